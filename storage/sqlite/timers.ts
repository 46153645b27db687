import type { Unit } from "../../core/ports.ts";
import { eq, lte, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createTimers(db: Db, { timers }: Tables): Sync<Unit["timers"]> {
  const set = db
    .insert(timers)
    .values({ id: slot("id"), conversation: slot("conversation"), dueAt: slot("dueAt"), name: slot("name"), data: slot("data") })
    .onConflictDoUpdate({
      target: timers.id,
      set: {
        conversation: sql`excluded.conversation`,
        dueAt: sql`excluded.due_at`,
        name: sql`excluded.name`,
        data: sql`excluded.data`,
      },
    })
    .prepare();

  const cancel = db
    .delete(timers)
    .where(eq(timers.id, slot("id")))
    .prepare();

  const due = db
    .select()
    .from(timers)
    .where(lte(timers.dueAt, slot("now")))
    .orderBy(timers.dueAt, timers.id)
    .limit(slot("limit"))
    .prepare();

  const nextAt = db.select({ at: timers.dueAt }).from(timers).orderBy(timers.dueAt).limit(1).prepare();

  const of = db
    .select()
    .from(timers)
    .where(eq(timers.conversation, slot("conversation")))
    .orderBy(timers.dueAt, timers.id)
    .prepare();

  return {
    set: ({ id, conversation, dueAt, name, data }) => void set.run({ id, conversation, dueAt, name, data }),
    cancel: (id) => void cancel.run({ id }),
    due: (now, limit) => due.all({ now, limit }),
    nextAt: () => nextAt.get()?.at ?? null,
    of: (conversation) => of.all({ conversation }),
  };
}
