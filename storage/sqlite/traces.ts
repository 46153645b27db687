import type { Unit } from "../../core/ports.ts";
import { desc, eq } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createTraces(db: Db, { traces }: Tables): Sync<Unit["traces"]> {
  const add = db
    .insert(traces)
    .values({ conversation: slot("conversation"), trace: slot("trace") })
    .prepare();

  const list = db
    .select({ trace: traces.trace })
    .from(traces)
    .where(eq(traces.conversation, slot("conversation")))
    .orderBy(desc(traces.seq))
    .limit(slot("limit"))
    .prepare();

  return {
    add: (trace) => void add.run({ conversation: trace.conversation, trace }),
    list: (conversation, limit) => list.all({ conversation, limit }).map((row) => row.trace),
  };
}
