import { pgCore } from "../schema/drizzle.ts";

/** `alias` of Postgres under the nominal type of the tables (schema/kit.ts). */
export const pgAlias = pgCore.alias as unknown as typeof import("drizzle-orm/sqlite-core").alias;

/** The rows of a query locked for this unit; rows that another unit has locked are left out. */
export function unlessLocked<Query>(query: Query): Query {
  return (query as unknown as { for(strength: "update", config: { readonly skipLocked: true }): Query }).for("update", {
    skipLocked: true,
  });
}

/** The rows of a query locked for this unit; waits for a unit that has locked them. */
export function held<Query>(query: Query): Query {
  return (query as unknown as { for(strength: "update"): Query }).for("update");
}
