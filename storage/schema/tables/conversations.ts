/** What conversations leave: events, states, transcripts, traces, timers, notices. */
import type { Button, InboundEvent, Media, Sender, StoredMessage, TimerData, TimerName } from "../../../core/spine/events.ts";
import type { Trace } from "../../../core/spine/trace.ts";
import { sql } from "../drizzle.ts";
import type { Kit } from "../kit.ts";

const WAITING = "status = 'waiting'";
const UNSENT = "status = 'pending'";

export function defineConversationTables(kit: Kit) {
  const { text, instant, integer, json, sequence, table, index, uniqueIndex } = kit;

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

  return { inbox, conversations, messages, notices, timers, traces };
}
