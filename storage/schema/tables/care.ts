/** Reminders, follow-ups, greetings and campaigns. */
import type { Campaign } from "../../../core/care/campaign.ts";
import type { CareState, Touch, TouchReason, TouchStatus } from "../../../core/care/touch.ts";
import { sql } from "../drizzle.ts";
import type { Kit } from "../kit.ts";

const TOUCH_WAITS = "status = 'waiting'";
const TOUCH_UNDER_WAY = "status in ('asked', 'pending')";
const TOUCH_OPEN = "status in ('waiting', 'paused', 'asked', 'pending')";
const TOUCH_TASK = "status = 'task'";

export function defineCareTables(kit: Kit) {
  const { text, instant, json, table, index } = kit;

  const touches = table(
    "touches",
    {
      id: text("id").primaryKey(),
      customerId: text("customer_id").notNull(),
      plan: text("plan").notNull(),
      status: text<TouchStatus>("status").notNull(),
      /** Reason of the last note. */
      why: text<TouchReason>("why"),
      dueAt: instant("due_at").notNull(),
      conversation: text("conversation"),
      at: instant("at").notNull(),
      touch: json<Touch>("touch"),
    },
    (t) => [
      index("touches_due").on(t.dueAt, t.id).where(sql.raw(TOUCH_WAITS)),
      index("touches_under_way").on(t.at, t.id, t.conversation).where(sql.raw(TOUCH_UNDER_WAY)),
      index("touches_open").on(t.customerId, t.dueAt).where(sql.raw(TOUCH_OPEN)),
      index("touches_tasks").on(t.id).where(sql.raw(TOUCH_TASK)),
      index("touches_customer").on(t.customerId, t.at),
      index("touches_at").on(t.at, t.id),
      index("touches_plan").on(t.plan, t.status, t.why),
    ],
  );

  const careStates = table("care_states", {
    customerId: text("customer_id").primaryKey(),
    state: json<CareState>("state"),
  });

  const campaigns = table(
    "campaigns",
    {
      id: text("id").primaryKey(),
      createdAt: instant("created_at").notNull(),
      campaign: json<Campaign>("campaign"),
    },
    (t) => [index("campaigns_created").on(t.createdAt, t.id)],
  );

  return { touches, careStates, campaigns };
}
