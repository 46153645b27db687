import type { Booking } from "../../core/booking/state.ts";
import { marksOf } from "../../core/cases/marks.ts";
import type { Case } from "../../core/cases/state.ts";
import { AnxinError } from "../../core/errors.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import type { Unit } from "../../core/ports.ts";
import { isOpenRecord } from "../../core/spine/outcome.ts";
import { and, desc, eq, gt, gte, sql } from "../schema/drizzle.ts";
import { OPEN } from "../schema/tables/records.ts";
import type { Tables } from "../schema/tables.ts";
import { conversationKey, customerKey, markKey } from "./locks.ts";
import { type Session, slot } from "./session.ts";

/** Bookings, work orders and cases, as in sqlite/records.ts. */
export function createRecords(
  { db, read, write, protect, later, flush }: Session,
  { records, events, caseMarks }: Tables,
): Unit["records"] {
  const state = { state: records.state };
  const byNumber = read(
    "records.byNumber",
    db
      .select(state)
      .from(records)
      .where(and(eq(records.kind, slot("kind")), eq(records.number, slot("number")))),
  );
  const ofCustomer = read(
    "records.ofCustomer",
    db
      .select(state)
      .from(records)
      .where(and(eq(records.kind, slot("kind")), eq(records.customerId, slot("customerId"))))
      .orderBy(records.createdAt, records.number),
  );
  const ofConversation = read(
    "records.ofConversation",
    db
      .select(state)
      .from(records)
      .where(and(eq(records.kind, slot("kind")), eq(records.conversation, slot("conversation"))))
      .orderBy(records.createdAt, records.number),
  );
  const open = read(
    "records.open",
    db
      .select(state)
      .from(records)
      .where(and(sql.raw(OPEN), eq(records.kind, slot("kind"))))
      .orderBy(desc(records.createdAt), desc(records.number))
      .limit(slot("limit")),
  );
  const marked = read(
    "records.marked",
    db
      .select(state)
      .from(caseMarks)
      .innerJoin(records, and(eq(records.kind, sql`'case'`), eq(records.number, caseMarks.number)))
      .where(and(eq(caseMarks.mark, slot("mark")), gte(caseMarks.at, slot("since"))))
      .orderBy(desc(caseMarks.at), desc(caseMarks.number))
      .limit(slot("limit")),
  );
  const marksOfCase = read(
    "records.marksOfCase",
    db
      .select({ mark: caseMarks.mark, at: caseMarks.at })
      .from(caseMarks)
      .where(eq(caseMarks.number, slot("number"))),
  );
  const addMark = write(
    "records.addMark",
    db
      .insert(caseMarks)
      .values({ mark: slot("mark"), number: slot("number"), at: slot("at") })
      .onConflictDoUpdate({ target: [caseMarks.mark, caseMarks.number], set: { at: sql`excluded.at` } }),
  );
  const dropMark = write(
    "records.dropMark",
    db.delete(caseMarks).where(and(eq(caseMarks.mark, slot("mark")), eq(caseMarks.number, slot("number")))),
  );

  /** Only the difference is written: a case is saved far more often than its marks change. */
  async function saveMarks(one: Case): Promise<void> {
    const wanted = marksOf(one);
    const stored = await marksOfCase.all({ number: one.number });
    for (const { mark } of stored) if (!wanted.some((other) => other.mark === mark)) dropMark.send({ mark, number: one.number });
    for (const { mark, at } of wanted)
      if (!stored.some((other) => other.mark === mark && other.at === at)) addMark.send({ mark, number: one.number, at });
  }

  const all = read(
    "records.all",
    db
      .select(state)
      .from(records)
      .where(and(eq(records.kind, slot("kind")), gt(records.number, slot("after"))))
      .orderBy(records.number)
      .limit(slot("limit")),
  );
  const put = write(
    "records.put",
    db
      .insert(records)
      .values({
        kind: slot("kind"),
        number: slot("number"),
        customerId: slot("customerId"),
        conversation: slot("conversation"),
        open: slot("open"),
        createdAt: slot("createdAt"),
        state: slot("state"),
      })
      .onConflictDoUpdate({
        target: [records.kind, records.number],
        set: {
          customerId: sql`excluded.customer_id`,
          conversation: sql`excluded.conversation`,
          open: sql`excluded.open`,
          createdAt: sql`excluded.created_at`,
          state: sql`excluded.state`,
        },
      }),
  );
  const append = write(
    "records.append",
    db.insert(events).values({ kind: slot("kind"), number: slot("number"), cause: slot("cause"), event: slot("event") }),
  );
  const eventsOf = read(
    "records.events",
    db
      .select({ event: events.event })
      .from(events)
      .where(and(eq(events.kind, slot("kind")), eq(events.number, slot("number"))))
      .orderBy(events.seq),
  );

  return {
    // A row's kind says which of the three its state is.
    bookingsOf: async (customerId) => (await ofCustomer.all({ kind: "booking", customerId })).map((row) => row.state as Booking),
    ordersOf: async (customerId) => (await ofCustomer.all({ kind: "order", customerId })).map((row) => row.state as WorkOrder),
    casesOf: async (conversation) => (await ofConversation.all({ kind: "case", conversation })).map((row) => row.state as Case),
    booking: async (number) => ((await byNumber.get({ kind: "booking", number }))?.state ?? null) as Booking | null,
    order: async (number) => ((await byNumber.get({ kind: "order", number }))?.state ?? null) as WorkOrder | null,
    case: async (number) => ((await byNumber.get({ kind: "case", number }))?.state ?? null) as Case | null,
    async casesMarked(mark, since, limit) {
      // Two that each add one to the same kind at once would each count without the other: whoever counts first is first.
      protect(markKey(mark));
      return (await marked.all({ mark, since, limit })).map((row) => row.state as Case);
    },
    openCases: async (limit) => (await open.all({ kind: "case", limit })).map((row) => row.state as Case),
    one: async (kind, number) => ((await byNumber.get({ kind, number }))?.state ?? null) as never,
    ofConversation: async (kind, conversation) => (await ofConversation.all({ kind, conversation })).map((row) => row.state) as never,
    open: async (kind, limit) => (await open.all({ kind, limit })).map((row) => row.state) as never,
    async save(change, cause) {
      if (change.id !== change.state.number) {
        throw new AnxinError(
          "invalid_change",
          `can't save ${change.kind} "${change.id}": its state has the number "${change.state.number}"; wanted the same`,
          { kind: change.kind, id: change.id, number: change.state.number },
        );
      }
      const conversation = change.kind === "order" ? null : change.state.conversation;
      const appended = change.events.map((event) => append.bind({ kind: change.kind, number: change.id, cause, event }));
      const kept = put.bind({
        kind: change.kind,
        number: change.id,
        customerId: change.state.customerId,
        conversation,
        open: isOpenRecord(change),
        createdAt: change.state.createdAt,
        state: change.state,
      });
      // What belongs to a conversation is read under that conversation's lock; the rest under its customer's.
      if (change.kind !== "booking" && change.kind !== "order") protect(conversationKey(change.state.conversation));
      else if (change.state.customerId !== null) protect(customerKey(change.state.customerId));
      kept();
      // Whoever follows all events reads on from the last number he saw.
      for (const one of appended) later(one);
      if (change.kind === "case") await saveMarks(change.state);
    },
    async events(kind, id) {
      flush();
      return (await eventsOf.all({ kind, number: id })).map((row) => row.event);
    },
    all: async (kind, after, limit) => (await all.all({ kind, after, limit })).map((row) => row.state),
  };
}
