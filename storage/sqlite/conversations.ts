import type { Unit } from "../../core/ports.ts";
import { eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createConversations(db: Db, { conversations }: Tables): Sync<Unit["conversations"]> {
  const get = db
    .select()
    .from(conversations)
    .where(eq(conversations.id, slot("id")))
    .prepare();

  const put = db
    .insert(conversations)
    .values({ id: slot("id"), customerId: slot("customerId"), state: slot("state"), updatedAt: slot("updatedAt") })
    .onConflictDoUpdate({
      target: conversations.id,
      set: { customerId: sql`excluded.customer_id`, state: sql`excluded.state`, updatedAt: sql`excluded.updated_at` },
    })
    .prepare();

  return {
    get: (id) => get.get({ id }) ?? null,
    put: ({ id, customerId, state, updatedAt }) => void put.run({ id, customerId, state, updatedAt }),
  };
}
