import type { Unit } from "../../core/ports.ts";
import { eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { conversationKey } from "./locks.ts";
import { type Session, slot } from "./session.ts";

export function createConversations({ db, read, write, protect }: Session, { conversations }: Tables): Unit["conversations"] {
  const get = read(
    "conversations.get",
    db
      .select()
      .from(conversations)
      .where(eq(conversations.id, slot("id"))),
  );
  const put = write(
    "conversations.put",
    db
      .insert(conversations)
      .values({ id: slot("id"), customerId: slot("customerId"), state: slot("state"), updatedAt: slot("updatedAt") })
      .onConflictDoUpdate({
        target: conversations.id,
        set: { customerId: sql`excluded.customer_id`, state: sql`excluded.state`, updatedAt: sql`excluded.updated_at` },
      }),
  );

  return {
    get: async (id) => (await get.get({ id })) ?? null,
    async put({ id, customerId, state, updatedAt }) {
      const bound = put.bind({ id, customerId, state, updatedAt });
      protect(conversationKey(id));
      bound();
    },
  };
}
