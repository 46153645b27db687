/** Customers' files, what they are found by, and which conversations are theirs. */
import type { CustomerFile, CustomerKey } from "../../../core/customers/state.ts";
import type { Kit } from "../kit.ts";

/** Kinds of the search keys of customers. */
export type KeyKind = "phone" | "plate" | "serial" | CustomerKey;

export function defineCustomerTables(kit: Kit) {
  const { text, json, table, primaryKey, index } = kit;

  const customers = table("customers", {
    id: text("id").primaryKey(),
    file: json<CustomerFile>("file"),
  });

  const customerKeys = table(
    "customer_keys",
    {
      kind: text<KeyKind>("kind").notNull(),
      /** As `searchKey` writes it. */
      value: text("value").notNull(),
      customerId: text("customer_id")
        .notNull()
        .references(() => customers.id, { onDelete: "cascade" }),
    },
    (t) => [
      primaryKey({ name: "customer_keys_pk", columns: [t.kind, t.value, t.customerId] }),
      index("customer_keys_customer").on(t.customerId),
    ],
  );

  const customerConversations = table(
    "customer_conversations",
    {
      conversation: text("conversation").primaryKey(),
      customerId: text("customer_id").notNull(),
    },
    (t) => [index("customer_conversations_customer").on(t.customerId, t.conversation)],
  );

  return { customers, customerKeys, customerConversations };
}
