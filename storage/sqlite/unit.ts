import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import type { Tables } from "../schema/tables.ts";
import { createAgenda } from "./agenda.ts";
import { createCare } from "./care.ts";
import type { Connection } from "./connection.ts";
import { createConversations } from "./conversations.ts";
import { createCounters } from "./counters.ts";
import { createCustomers } from "./customers.ts";
import { isSqliteError, translateError } from "./errors.ts";
import { createInbox } from "./inbox.ts";
import { createMessages } from "./messages.ts";
import { createMeta } from "./meta.ts";
import { createNotices } from "./notices.ts";
import { createRecords } from "./records.ts";
import { createStaff } from "./staff.ts";
import type { Db, Sync } from "./statements.ts";
import { createTimers } from "./timers.ts";
import { createTraces } from "./traces.ts";

/** All operations of a unit, prepared once for the life of the connection. */
export type Operations = { readonly [Group in keyof Unit]: Sync<Unit[Group]> };

/** `forget` drops what was kept in memory of a unit's writes; to be called when one is rolled back. */
export function createOperations(
  db: Db & { readonly $client: Connection },
  tables: Tables,
): { readonly operations: Operations; readonly forget: () => void } {
  const agenda = createAgenda(db, tables);
  const operations: Operations = {
    inbox: createInbox(db, tables),
    conversations: createConversations(db, tables),
    customers: createCustomers(db, tables),
    records: createRecords(db, tables),
    agenda: agenda.operations,
    messages: createMessages(db, tables),
    notices: createNotices(db, tables),
    staff: createStaff(db, tables),
    timers: createTimers(db, tables),
    care: createCare(db, tables),
    traces: createTraces(db, tables),
    counters: createCounters(db, tables),
    meta: createMeta(db, tables),
  };
  return { operations, forget: agenda.forget };
}

/** The life of one unit. `failure` is the first statement that failed: a unit with one never commits. */
export interface Lease {
  open: boolean;
  failure: unknown;
}

type Operation = (...args: readonly unknown[]) => unknown;

/**
 * The operations as one unit sees them. Each call checks that the unit is still open: all units share the connection, so a
 * call after the end would write into a stranger's transaction. An operation that was called and not awaited has happened.
 */
export function leaseUnit(operations: Operations, lease: Lease, connection: Connection): Unit {
  const groups: Record<string, Record<string, (...args: readonly unknown[]) => Promise<unknown>>> = {};
  for (const group in operations) {
    const plain = operations[group as keyof Operations] as unknown as Readonly<Record<string, Operation>>;
    const guarded: Record<string, (...args: readonly unknown[]) => Promise<unknown>> = {};
    for (const name in plain) {
      const operation = plain[name]!;
      guarded[name] = async (...args) => {
        // A grave error (disk full) makes SQLite roll back by itself; what follows would then commit one by one. Without an error it
        // never does, so that SQLite is asked only after one: thirteen times a turn would be a hundredth of it.
        if (!lease.open || (lease.failure !== null && !connection.inTransaction)) {
          throw new AnxinError("unit_ended", `can't call ${group}.${name}: its unit has ended; wanted a call within the work of the unit`);
        }
        try {
          return operation(...args);
        } catch (error) {
          if (!isSqliteError(error)) throw error;
          lease.failure ??= translateError(error, connection.name);
          throw lease.failure;
        }
      };
    }
    groups[group] = guarded;
  }
  // The loop keeps every name and wraps every function; the type can't say so.
  return groups as unknown as Unit;
}
