import type { Unit } from "../../core/ports.ts";
import { eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createMeta(db: Db, { meta }: Tables): Sync<Unit["meta"]> {
  const get = db
    .select({ value: meta.value })
    .from(meta)
    .where(eq(meta.key, slot("key")))
    .prepare();

  const set = db
    .insert(meta)
    .values({ key: slot("key"), value: slot("value") })
    .onConflictDoUpdate({ target: meta.key, set: { value: sql`excluded.value` } })
    .prepare();

  return {
    get: (key) => get.get({ key })?.value ?? null,
    set: (key, value) => void set.run({ key, value }),
  };
}
