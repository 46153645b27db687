import type { CustomerFile } from "../../core/customers/state.ts";
import type { Unit } from "../../core/ports.ts";
import { and, eq, gt, gte, lt, sql } from "../schema/drizzle.ts";
import { searchKey, searchKeysOf } from "../schema/search-keys.ts";
import type { Tables } from "../schema/tables.ts";
import { conversationKey, customerKey } from "./locks.ts";
import { type Session, slot } from "./session.ts";

export function createCustomers(
  { db, read, write, protect }: Session,
  { customers, customerKeys, customerConversations }: Tables,
): Unit["customers"] {
  const get = read(
    "customers.get",
    db
      .select({ file: customers.file })
      .from(customers)
      .where(eq(customers.id, slot("id"))),
  );
  const put = write(
    "customers.put",
    db
      .insert(customers)
      .values({ id: slot("id"), file: slot("file") })
      .onConflictDoUpdate({ target: customers.id, set: { file: sql`excluded.file` } }),
  );
  const keysOf = read(
    "customers.keysOf",
    db
      .select({ kind: customerKeys.kind, value: customerKeys.value })
      .from(customerKeys)
      .where(eq(customerKeys.customerId, slot("customerId"))),
  );
  const addKey = write(
    "customers.addKey",
    db.insert(customerKeys).values({ kind: slot("kind"), value: slot("value"), customerId: slot("customerId") }),
  );
  const dropKey = write(
    "customers.dropKey",
    db
      .delete(customerKeys)
      .where(
        and(eq(customerKeys.kind, slot("kind")), eq(customerKeys.value, slot("value")), eq(customerKeys.customerId, slot("customerId"))),
      ),
  );
  const find = read(
    "customers.find",
    db
      .select({ file: customers.file })
      .from(customerKeys)
      .innerJoin(customers, eq(customers.id, customerKeys.customerId))
      .where(and(eq(customerKeys.kind, slot("kind")), eq(customerKeys.value, slot("value"))))
      .orderBy(customerKeys.customerId),
  );
  const search = read(
    "customers.search",
    db
      .select({ id: customerKeys.customerId, file: customers.file })
      .from(customerKeys)
      .innerJoin(customers, eq(customers.id, customerKeys.customerId))
      .where(and(eq(customerKeys.kind, slot("kind")), gte(customerKeys.value, slot("from")), lt(customerKeys.value, slot("to"))))
      .orderBy(customerKeys.value, customerKeys.customerId)
      .limit(slot("limit")),
  );
  const all = read(
    "customers.all",
    db
      .select({ file: customers.file })
      .from(customers)
      .where(gt(customers.id, slot("after")))
      .orderBy(customers.id)
      .limit(slot("limit")),
  );
  const ids = read(
    "customers.ids",
    db
      .select({ id: customers.id })
      .from(customers)
      .where(gt(customers.id, slot("after")))
      .orderBy(customers.id)
      .limit(slot("limit")),
  );
  const ofConversation = read(
    "customers.ofConversation",
    db
      .select({ customerId: customerConversations.customerId })
      .from(customerConversations)
      .where(eq(customerConversations.conversation, slot("conversation"))),
  );
  const linkConversation = write(
    "customers.linkConversation",
    db
      .insert(customerConversations)
      .values({ conversation: slot("conversation"), customerId: slot("customerId") })
      .onConflictDoUpdate({ target: customerConversations.conversation, set: { customerId: sql`excluded.customer_id` } }),
  );
  const conversationsOf = read(
    "customers.conversationsOf",
    db
      .select({ conversation: customerConversations.conversation })
      .from(customerConversations)
      .where(eq(customerConversations.customerId, slot("customerId")))
      .orderBy(customerConversations.conversation),
  );

  return {
    get: async (id) => (await get.get({ id }))?.file ?? null,
    async put(file) {
      const bound = put.bind({ id: file.id, file });
      const wanted = searchKeysOf(file);
      protect(customerKey(file.id));
      bound();
      // A file is written far more often than its keys change, so only the difference is written.
      const stored = await keysOf.all({ customerId: file.id });
      for (const { kind, value } of stored) {
        if (!wanted.some((key) => key.kind === kind && key.value === value)) dropKey.send({ kind, value, customerId: file.id });
      }
      for (const { kind, value } of wanted) {
        if (!stored.some((key) => key.kind === kind && key.value === value)) addKey.send({ kind, value, customerId: file.id });
      }
    },
    ofConversation: async (conversation) => (await ofConversation.get({ conversation }))?.customerId ?? null,
    async linkConversation(conversation, customerId) {
      const bound = linkConversation.bind({ conversation, customerId });
      protect(conversationKey(conversation));
      bound();
    },
    conversationsOf: async (customerId) => (await conversationsOf.all({ customerId })).map((row) => row.conversation),
    async search(kind, value, limit) {
      const from = searchKey(kind, value);
      if (from === "") return [];
      const found = new Map<string, CustomerFile>();
      for (const row of await search.all({ kind, from, to: `${from}\u{10FFFF}`, limit })) found.set(row.id, row.file);
      return [...found.values()];
    },
    all: async (after, limit) => (await all.all({ after, limit })).map((row) => row.file),
    ids: async (after, limit) => (await ids.all({ after, limit })).map((row) => row.id),
    find: async (kind, value) => (await find.all({ kind, value: searchKey(kind, value) })).map((row) => row.file),
  };
}
