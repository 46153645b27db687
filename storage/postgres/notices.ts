import type { Unit } from "../../core/ports.ts";
import { desc, gt } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Session, slot } from "./session.ts";

export function createNotices({ db, read, write, later, flush }: Session, { notices }: Tables): Unit["notices"] {
  const add = write(
    "notices.add",
    db
      .insert(notices)
      .values({ id: slot("id"), to: slot("to"), case: slot("case"), text: slot("text"), at: slot("at") })
      .onConflictDoNothing({ target: notices.id }),
  );
  const list = read(
    "notices.list",
    db
      .select()
      .from(notices)
      .where(gt(notices.seq, slot("after")))
      .orderBy(notices.seq)
      .limit(slot("limit")),
  );

  const recent = read(
    "notices.recent",
    db
      .select()
      .from(notices)
      .where(gt(notices.seq, slot("after")))
      .orderBy(desc(notices.seq))
      .limit(slot("limit")),
  );

  return {
    async recent(limit) {
      flush();
      return (await recent.all({ after: 0, limit })).reverse();
    },
    async add({ id, to, case: number, text, at }) {
      later(add.bind({ id, to, case: number, text, at }));
    },
    async list(after, limit) {
      flush();
      return list.all({ after, limit });
    },
  };
}
