import type { Unit } from "../../core/ports.ts";
import { and, eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createCounters(db: Db, { counters }: Tables): Sync<Unit["counters"]> {
  const next = db
    .insert(counters)
    .values({ name: slot("name"), value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`value + 1` } })
    .returning({ value: counters.value })
    .prepare();

  // Only the last number that was drawn: an earlier one stays a gap.
  const back = db
    .update(counters)
    .set({ value: sql`value - 1` })
    .where(and(eq(counters.name, slot("name")), eq(counters.value, slot("value"))))
    .prepare();

  return {
    next: (name) => next.get({ name }).value,
    giveBack: (name, value) => void back.run({ name, value }),
  };
}
