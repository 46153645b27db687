import type { CustomerFile } from "../../core/customers/state.ts";
import type { Unit } from "../../core/ports.ts";
import { and, eq, gt, gte, lt, sql } from "../schema/drizzle.ts";
import { searchKey, searchKeysOf } from "../schema/search-keys.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

export function createCustomers(db: Db, { customers, customerKeys, customerConversations }: Tables): Sync<Unit["customers"]> {
  const get = db
    .select({ file: customers.file })
    .from(customers)
    .where(eq(customers.id, slot("id")))
    .prepare();

  const put = db
    .insert(customers)
    .values({ id: slot("id"), file: slot("file") })
    .onConflictDoUpdate({ target: customers.id, set: { file: sql`excluded.file` } })
    .prepare();

  const keysOf = db
    .select({ kind: customerKeys.kind, value: customerKeys.value })
    .from(customerKeys)
    .where(eq(customerKeys.customerId, slot("customerId")))
    .prepare();

  const addKey = db
    .insert(customerKeys)
    .values({ kind: slot("kind"), value: slot("value"), customerId: slot("customerId") })
    .prepare();

  const dropKey = db
    .delete(customerKeys)
    .where(and(eq(customerKeys.kind, slot("kind")), eq(customerKeys.value, slot("value")), eq(customerKeys.customerId, slot("customerId"))))
    .prepare();

  const find = db
    .select({ file: customers.file })
    .from(customerKeys)
    .innerJoin(customers, eq(customers.id, customerKeys.customerId))
    .where(and(eq(customerKeys.kind, slot("kind")), eq(customerKeys.value, slot("value"))))
    .orderBy(customerKeys.customerId)
    .prepare();

  // A range of the key's order: the limit bounds what is read, however many begin so.
  const search = db
    .select({ id: customerKeys.customerId, file: customers.file })
    .from(customerKeys)
    .innerJoin(customers, eq(customers.id, customerKeys.customerId))
    .where(and(eq(customerKeys.kind, slot("kind")), gte(customerKeys.value, slot("from")), lt(customerKeys.value, slot("to"))))
    .orderBy(customerKeys.value, customerKeys.customerId)
    .limit(slot("limit"))
    .prepare();

  const all = db
    .select({ file: customers.file })
    .from(customers)
    .where(gt(customers.id, slot("after")))
    .orderBy(customers.id)
    .limit(slot("limit"))
    .prepare();

  const ids = db
    .select({ id: customers.id })
    .from(customers)
    .where(gt(customers.id, slot("after")))
    .orderBy(customers.id)
    .limit(slot("limit"))
    .prepare();

  const ofConversation = db
    .select({ customerId: customerConversations.customerId })
    .from(customerConversations)
    .where(eq(customerConversations.conversation, slot("conversation")))
    .prepare();

  const linkConversation = db
    .insert(customerConversations)
    .values({ conversation: slot("conversation"), customerId: slot("customerId") })
    .onConflictDoUpdate({ target: customerConversations.conversation, set: { customerId: sql`excluded.customer_id` } })
    .prepare();

  const conversationsOf = db
    .select({ conversation: customerConversations.conversation })
    .from(customerConversations)
    .where(eq(customerConversations.customerId, slot("customerId")))
    .orderBy(customerConversations.conversation)
    .prepare();

  return {
    get: (id) => get.get({ id })?.file ?? null,
    put(file) {
      put.run({ id: file.id, file });
      // A file is written far more often than its keys change, so only the difference is written.
      const wanted = searchKeysOf(file);
      const stored = keysOf.all({ customerId: file.id });
      for (const { kind, value } of stored) {
        if (!wanted.some((key) => key.kind === kind && key.value === value)) dropKey.run({ kind, value, customerId: file.id });
      }
      for (const { kind, value } of wanted) {
        if (!stored.some((key) => key.kind === kind && key.value === value)) addKey.run({ kind, value, customerId: file.id });
      }
    },
    ofConversation: (conversation) => ofConversation.get({ conversation })?.customerId ?? null,
    linkConversation: (conversation, customerId) => void linkConversation.run({ conversation, customerId }),
    conversationsOf: (customerId) => conversationsOf.all({ customerId }).map((row) => row.conversation),
    search(kind, value, limit) {
      const from = searchKey(kind, value);
      if (from === "") return [];
      const found = new Map<string, CustomerFile>();
      for (const row of search.all({ kind, from, to: `${from}\u{10FFFF}`, limit })) found.set(row.id, row.file);
      return [...found.values()];
    },
    all: (after, limit) => all.all({ after, limit }).map((row) => row.file),
    ids: (after, limit) => ids.all({ after, limit }).map((row) => row.id),
    find: (kind, value) => find.all({ kind, value: searchKey(kind, value) }).map((row) => row.file),
  };
}
