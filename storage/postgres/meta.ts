import type { Unit } from "../../core/ports.ts";
import { eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Session, slot } from "./session.ts";

export function createMeta({ db, read, write }: Session, { meta }: Tables): Unit["meta"] {
  const get = read(
    "meta.get",
    db
      .select({ value: meta.value })
      .from(meta)
      .where(eq(meta.key, slot("key"))),
  );
  const set = write(
    "meta.set",
    db
      .insert(meta)
      .values({ key: slot("key"), value: slot("value") })
      .onConflictDoUpdate({ target: meta.key, set: { value: sql`excluded.value` } }),
  );

  return {
    get: async (key) => (await get.get({ key }))?.value ?? null,
    async set(key, value) {
      set.send({ key, value });
    },
  };
}
