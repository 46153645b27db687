import type { Unit } from "../../core/ports.ts";
import { sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createCounters(db: Db, { counters }: Tables): Sync<Unit["counters"]> {
  const next = db
    .insert(counters)
    .values({ name: slot("name"), value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`value + 1` } })
    .returning({ value: counters.value })
    .prepare();

  return { next: (name) => next.get({ name }).value };
}
