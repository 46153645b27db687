/**
 * Every table, once, for both engines. The migrations are the reviewed text of the same; a test keeps them equal.
 *
 * Index rule: no query of the store may walk rows in proportion to what was ever stored. What waits (inbox, outbox, open
 * cases) is found through partial indexes that hold the waiting rows alone; the constants beside the tables are the exact
 * conditions, and a query must use the same text for the index to serve it.
 */
import type { Kit } from "./kit.ts";
import { defineCareTables } from "./tables/care.ts";
import { defineConversationTables } from "./tables/conversations.ts";
import { defineCustomerTables } from "./tables/customers.ts";
import { defineRecordTables } from "./tables/records.ts";
import { defineStaffTables } from "./tables/staff.ts";

/** Builds the tables with a kit. */
export function defineTables(kit: Kit) {
  const { text, integer, table } = kit;
  return {
    ...defineConversationTables(kit),
    ...defineCustomerTables(kit),
    ...defineRecordTables(kit),
    ...defineStaffTables(kit),
    ...defineCareTables(kit),
    counters: table("counters", {
      name: text("name").primaryKey(),
      value: integer("value").notNull(),
    }),
    meta: table("meta", {
      key: text("key").primaryKey(),
      value: text("value").notNull(),
    }),
  };
}

export type Tables = ReturnType<typeof defineTables>;
