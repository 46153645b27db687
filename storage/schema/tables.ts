/**
 * Every table, once, for both engines. The migrations are the reviewed text of the same; a test keeps them equal.
 *
 * Index rule: no query of the store may walk rows in proportion to what was ever stored. What waits (inbox, outbox, open
 * cases) is found through partial indexes that hold the waiting rows alone; `WAITING`, `UNSENT` and `OPEN` are the exact
 * conditions, and a query must use the same text for the index to serve it.
 */

import type { Campaign } from "../../core/care/campaign.ts";
import type { CareState, Touch, TouchReason, TouchStatus } from "../../core/care/touch.ts";
import type { CustomerFile, CustomerKey } from "../../core/customers/state.ts";
import type {
  BusySpan,
  Button,
  Change,
  InboundEvent,
  Media,
  Sender,
  StoredMessage,
  TimerData,
  TimerName,
} from "../../core/spine/events.ts";
import type { StaffPostRow } from "../../core/spine/staff-posts.ts";
import type { Trace } from "../../core/spine/trace.ts";
import { sql } from "./drizzle.ts";
import type { Kit } from "./kit.ts";

const WAITING = "status = 'waiting'";
const UNSENT = "status = 'pending'";
const UNPOSTED = "status in ('pending', 'repeating')";
const POST_FAILED = "status = 'failed'";
export const OPEN = "open";
const TOUCH_WAITS = "status = 'waiting'";
const TOUCH_UNDER_WAY = "status in ('asked', 'pending')";
const TOUCH_OPEN = "status in ('waiting', 'paused', 'asked', 'pending')";
const TOUCH_TASK = "status = 'task'";

/** Kinds of the search keys of customers. */
export type KeyKind = "phone" | "plate" | "serial" | CustomerKey;

/** Builds the tables with a kit. */
export function defineTables(kit: Kit) {
  const { text, instant, integer, flag, json, sequence, table, primaryKey, index, uniqueIndex } = kit;

  const inbox = table(
    "inbox",
    {
      seq: sequence("seq"),
      id: text("id").notNull(),
      conversation: text("conversation").notNull(),
      receivedAt: instant("received_at").notNull(),
      event: json<InboundEvent>("event"),
      status: text<"waiting" | "done" | "dead">("status").notNull(),
      attempts: integer("attempts").notNull(),
      /** Not before this instant; 0 until the first failure. */
      nextAt: instant("next_at").notNull(),
      error: text("error"),
      /** Place in commit order; only entries whose turn is saved have one. */
      turn: integer("turn"),
      doneAt: instant("done_at"),
    },
    (t) => [
      uniqueIndex("inbox_id").on(t.id),
      uniqueIndex("inbox_turn").on(t.turn).where(sql.raw("turn is not null")),
      index("inbox_waiting").on(t.seq, t.nextAt).where(sql.raw(WAITING)),
      index("inbox_waiting_next").on(t.nextAt, t.seq, t.conversation).where(sql.raw(WAITING)),
      index("inbox_waiting_conversation").on(t.conversation, t.seq, t.nextAt).where(sql.raw(WAITING)),
    ],
  );

  const conversations = table("conversations", {
    id: text("id").primaryKey(),
    customerId: text("customer_id"),
    state: json<unknown>("state"),
    updatedAt: instant("updated_at").notNull(),
  });

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

  const records = table(
    "records",
    {
      kind: text<Change["kind"]>("kind").notNull(),
      number: text("number").notNull(),
      customerId: text("customer_id"),
      /** Work orders have none. */
      conversation: text("conversation"),
      /** Somebody still waits for it, as `isOpenRecord` says: found by kind without walking what was ever stored. */
      open: flag("open").notNull(),
      createdAt: instant("created_at").notNull(),
      state: json<Change["state"]>("state"),
    },
    (t) => [
      primaryKey({ name: "records_pk", columns: [t.kind, t.number] }),
      index("records_customer").on(t.kind, t.customerId, t.createdAt, t.number),
      index("records_conversation").on(t.kind, t.conversation, t.createdAt, t.number),
      index("records_open").on(t.kind, t.createdAt, t.number).where(sql.raw(OPEN)),
    ],
  );

  /** What cases are found by beside their number, as `marksOf` writes it. */
  const caseMarks = table(
    "case_marks",
    {
      mark: text("mark").notNull(),
      number: text("number").notNull(),
      at: instant("at").notNull(),
    },
    (t) => [
      primaryKey({ name: "case_marks_pk", columns: [t.mark, t.number] }),
      index("case_marks_at").on(t.mark, t.at, t.number),
      index("case_marks_number").on(t.number),
    ],
  );

  const events = table(
    "events",
    {
      seq: sequence("seq"),
      kind: text<Change["kind"]>("kind").notNull(),
      number: text("number").notNull(),
      /** Inbox entry, or whatever else caused it. */
      cause: text("cause").notNull(),
      event: json<unknown>("event"),
    },
    (t) => [index("events_record").on(t.kind, t.number, t.seq)],
  );

  const agenda = table(
    "agenda",
    {
      day: text("day").notNull(),
      technician: text("technician").notNull(),
      version: integer("version").notNull(),
      busy: json<readonly BusySpan[]>("busy"),
    },
    (t) => [primaryKey({ name: "agenda_pk", columns: [t.day, t.technician] })],
  );

  const messages = table(
    "messages",
    {
      seq: sequence("seq"),
      id: text("id").notNull(),
      conversation: text("conversation").notNull(),
      from: text<Sender>("sender").notNull(),
      author: text("author"),
      text: text("text").notNull(),
      buttons: json<readonly Button[]>("buttons"),
      media: json<Media | null>("media"),
      at: instant("at").notNull(),
      status: text<StoredMessage["status"]>("status").notNull(),
      attempts: integer("attempts").notNull(),
      nextAt: instant("next_at").notNull(),
    },
    (t) => [
      uniqueIndex("messages_id").on(t.conversation, t.id),
      index("messages_conversation").on(t.conversation, t.seq),
      index("messages_unsent").on(t.seq, t.nextAt).where(sql.raw(UNSENT)),
      index("messages_unsent_next").on(t.nextAt, t.seq, t.conversation).where(sql.raw(UNSENT)),
      index("messages_unsent_conversation").on(t.conversation, t.seq).where(sql.raw(UNSENT)),
    ],
  );

  const notices = table(
    "notices",
    {
      seq: sequence("seq"),
      id: text("id").notNull(),
      to: text("recipient").notNull(),
      case: text("case_number"),
      text: text("text").notNull(),
      at: instant("at").notNull(),
    },
    (t) => [uniqueIndex("notices_id").on(t.id)],
  );

  const staffPosts = table(
    "staff_posts",
    {
      seq: sequence("seq"),
      id: text("id").notNull(),
      channel: text("channel").notNull(),
      /** Number of the case; empty = the room itself. Posts of one lane leave in order. */
      lane: text("lane").notNull(),
      to: text("recipient"),
      text: text("text").notNull(),
      page: flag("page").notNull(),
      buttons: json<readonly Button[]>("buttons"),
      media: json<Media | null>("media"),
      at: instant("at").notNull(),
      status: text<StaffPostRow["status"]>("status").notNull(),
      attempts: integer("attempts").notNull(),
      repeats: integer("repeats").notNull(),
      nextAt: instant("next_at").notNull(),
      error: text("error"),
    },
    (t) => [
      uniqueIndex("staff_posts_id").on(t.channel, t.id),
      index("staff_posts_waiting").on(t.channel, t.seq).where(sql.raw(UNPOSTED)),
      index("staff_posts_waiting_next").on(t.channel, t.nextAt, t.seq).where(sql.raw(UNPOSTED)),
      index("staff_posts_waiting_lane").on(t.channel, t.lane, t.seq).where(sql.raw(UNPOSTED)),
      index("staff_posts_failed").on(t.seq).where(sql.raw(POST_FAILED)),
    ],
  );

  const staffPlaces = table(
    "staff_places",
    {
      channel: text("channel").notNull(),
      case: text("case_number").notNull(),
      thread: text("thread"),
      card: text("card"),
    },
    (t) => [primaryKey({ name: "staff_places_pk", columns: [t.channel, t.case] }), index("staff_places_thread").on(t.channel, t.thread)],
  );

  const audit = table(
    "audit",
    {
      seq: sequence("seq"),
      at: instant("at").notNull(),
      by: text("staff").notNull(),
      via: text("via").notNull(),
      act: text("act").notNull(),
      subject: text("subject").notNull(),
      before: json<Readonly<Record<string, unknown>>>("before"),
      after: json<Readonly<Record<string, unknown>>>("after"),
      cause: text("cause").notNull(),
    },
    (t) => [uniqueIndex("audit_cause").on(t.cause, t.subject, t.act), index("audit_subject").on(t.subject, t.seq)],
  );

  const timers = table(
    "timers",
    {
      id: text("id").primaryKey(),
      conversation: text("conversation").notNull(),
      dueAt: instant("due_at").notNull(),
      name: text<TimerName>("name").notNull(),
      data: json<TimerData>("data"),
    },
    (t) => [index("timers_due").on(t.dueAt, t.id), index("timers_conversation").on(t.conversation, t.dueAt, t.id)],
  );

  const traces = table(
    "traces",
    {
      seq: sequence("seq"),
      conversation: text("conversation").notNull(),
      trace: json<Trace>("trace"),
    },
    (t) => [index("traces_conversation").on(t.conversation, t.seq)],
  );

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

  const counters = table("counters", {
    name: text("name").primaryKey(),
    value: integer("value").notNull(),
  });

  const meta = table("meta", {
    key: text("key").primaryKey(),
    value: text("value").notNull(),
  });

  return {
    inbox,
    conversations,
    customers,
    customerKeys,
    customerConversations,
    records,
    caseMarks,
    events,
    agenda,
    messages,
    notices,
    staffPosts,
    staffPlaces,
    audit,
    timers,
    traces,
    touches,
    careStates,
    campaigns,
    counters,
    meta,
  };
}

export type Tables = ReturnType<typeof defineTables>;
