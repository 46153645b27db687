import type { Unit } from "../../core/ports.ts";
import { eq, lte, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { unlessLocked } from "./alias.ts";
import { type Session, slot } from "./session.ts";

/** Timers that are due and that another unit has in hand are left out, so that one process fires each. */
export function createTimers({ db, read, write }: Session, { timers }: Tables): Unit["timers"] {
  const set = write(
    "timers.set",
    db
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
      }),
  );
  const cancel = write("timers.cancel", db.delete(timers).where(eq(timers.id, slot("id"))));
  const due = read(
    "timers.due",
    unlessLocked(
      db
        .select()
        .from(timers)
        .where(lte(timers.dueAt, slot("now")))
        .orderBy(timers.dueAt, timers.id)
        .limit(slot("limit")),
    ),
  );
  const nextAt = read("timers.nextAt", db.select({ at: timers.dueAt }).from(timers).orderBy(timers.dueAt).limit(1));
  const of = read(
    "timers.of",
    db
      .select()
      .from(timers)
      .where(eq(timers.conversation, slot("conversation")))
      .orderBy(timers.dueAt, timers.id),
  );

  return {
    async set({ id, conversation, dueAt, name, data }) {
      set.send({ id, conversation, dueAt, name, data });
    },
    async cancel(id) {
      cancel.send({ id });
    },
    due: (now, limit) => due.all({ now, limit }),
    nextAt: async () => (await nextAt.get())?.at ?? null,
    of: (conversation) => of.all({ conversation }),
  };
}
