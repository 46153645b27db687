import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import type { Tables } from "../schema/tables.ts";
import { createAgenda } from "./agenda.ts";
import { createCare } from "./care.ts";
import { createConversations } from "./conversations.ts";
import type { Drawn } from "./counters.ts";
import { createCustomers } from "./customers.ts";
import { createInbox } from "./inbox.ts";
import { createMessages } from "./messages.ts";
import { createMeta } from "./meta.ts";
import { createNotices } from "./notices.ts";
import { createRecords } from "./records.ts";
import type { Session } from "./session.ts";
import { createStaff } from "./staff.ts";
import { createTimers } from "./timers.ts";
import { createTraces } from "./traces.ts";

/** All operations on one connection, prepared once for its life. */
export type Operations = Omit<Unit, "counters">;

export function createOperations(session: Session, tables: Tables): Operations {
  return {
    inbox: createInbox(session, tables),
    conversations: createConversations(session, tables),
    customers: createCustomers(session, tables),
    records: createRecords(session, tables),
    agenda: createAgenda(session, tables),
    messages: createMessages(session, tables),
    notices: createNotices(session, tables),
    staff: createStaff(session, tables),
    timers: createTimers(session, tables),
    care: createCare(session, tables),
    traces: createTraces(session, tables),
    meta: createMeta(session, tables),
  };
}

/** Operations that hand out rows to work on and hold them, so that no two units work on the same. */
const CLAIMS = new Set(["inbox.pending", "messages.due", "staff.due", "timers.due", "care.due", "care.paceFullAt"]);

/** The life of one unit. */
export interface Lease {
  open: boolean;
  /** Its transaction was begun, by its first operation. */
  begun: boolean;
  /** Numbers drawn; they are given back when the unit is undone. */
  readonly drawn: { readonly name: string; readonly number: Drawn }[];
  /** Operations that were called, awaited or not. */
  readonly calls: Promise<unknown>[];
}

type Operation = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * The operations as one unit sees them. The transaction begins with the first of them, and that one decides how the unit is kept
 * apart from others (docs/decisions/0005-many-machines.md): a unit that begins by claiming rows holds what it works on, any
 * other is serialisable.
 */
export function leaseUnit(
  operations: Operations,
  lease: Lease,
  parts: {
    readonly draw: (name: string) => Promise<Drawn>;
    readonly begin: (isolation: "read committed" | "serializable") => void;
    /** Notes that the unit can't commit; returns the error as callers get it. */
    readonly fail: (error: unknown) => unknown;
  },
): Unit {
  const groups: Record<string, Record<string, Operation>> = {};
  const guard = (group: string, name: string, operation: Operation): void => {
    groups[group] ??= {};
    groups[group][name] = async (...args) => {
      if (!lease.open) {
        throw new AnxinError("unit_ended", `can't call ${group}.${name}: its unit has ended; wanted a call within the work of the unit`);
      }
      if (!lease.begun && group !== "counters") {
        lease.begun = true;
        parts.begin(CLAIMS.has(`${group}.${name}`) ? "read committed" : "serializable");
      }
      const call = operation(...args).catch((error: unknown) => {
        // What a value or a rule of ours refused has changed nothing: the caller may go on.
        if (error instanceof AnxinError) throw error;
        throw parts.fail(error);
      });
      lease.calls.push(call.catch(() => undefined));
      return call;
    };
  };
  for (const group in operations) {
    const plain = operations[group as keyof Operations] as unknown as Readonly<Record<string, Operation>>;
    for (const name in plain) guard(group, name, plain[name]!);
  }
  guard("counters", "next", async (name) => {
    const drawn = await parts.draw(name as string);
    lease.drawn.push({ name: name as string, number: drawn });
    return drawn.value;
  });
  guard("counters", "giveBack", async (name, value) => {
    const at = lease.drawn.findIndex((drawn) => drawn.name === name && drawn.number.value === value);
    for (const { number } of at < 0 ? [] : lease.drawn.splice(at, 1)) number.giveBack();
  });
  // The loops keep every name and wrap every function; the type can't say so.
  return groups as unknown as Unit;
}
