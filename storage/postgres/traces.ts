import type { Unit } from "../../core/ports.ts";
import { desc, eq } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Session, slot } from "./session.ts";

export function createTraces({ db, read, write }: Session, { traces }: Tables): Unit["traces"] {
  const add = write("traces.add", db.insert(traces).values({ conversation: slot("conversation"), trace: slot("trace") }));
  const list = read(
    "traces.list",
    db
      .select({ trace: traces.trace })
      .from(traces)
      .where(eq(traces.conversation, slot("conversation")))
      .orderBy(desc(traces.seq))
      .limit(slot("limit")),
  );

  return {
    async add(trace) {
      add.send({ conversation: trace.conversation, trace });
    },
    list: async (conversation, limit) => (await list.all({ conversation, limit })).map((row) => row.trace),
  };
}
