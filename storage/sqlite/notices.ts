import type { Unit } from "../../core/ports.ts";
import { desc, gt } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createNotices(db: Db, { notices }: Tables): Sync<Unit["notices"]> {
  const add = db
    .insert(notices)
    .values({ id: slot("id"), to: slot("to"), case: slot("case"), text: slot("text"), at: slot("at") })
    .onConflictDoNothing({ target: notices.id })
    .prepare();

  const list = db
    .select()
    .from(notices)
    .where(gt(notices.seq, slot("after")))
    .orderBy(notices.seq)
    .limit(slot("limit"))
    .prepare();

  const recent = db
    .select()
    .from(notices)
    .where(gt(notices.seq, slot("after")))
    .orderBy(desc(notices.seq))
    .limit(slot("limit"))
    .prepare();

  return {
    recent: (limit) => recent.all({ after: 0, limit }).reverse(),
    add: ({ id, to, case: number, text, at }) => void add.run({ id, to, case: number, text, at }),
    list: (after, limit) => list.all({ after, limit }),
  };
}
