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
import { type Db, type Sync, slot } from "./statements.ts";

/**
 * Bookings, work orders and cases: one table of states, one of events. The columns beside `state` are what queries look for;
 * everything else is read from the state.
 */
export function createRecords(db: Db, { records, events, caseMarks }: Tables): Sync<Unit["records"]> {
  const state = { state: records.state };

  const byNumber = db
    .select(state)
    .from(records)
    .where(and(eq(records.kind, slot("kind")), eq(records.number, slot("number"))))
    .prepare();

  const ofCustomer = db
    .select(state)
    .from(records)
    .where(and(eq(records.kind, slot("kind")), eq(records.customerId, slot("customerId"))))
    .orderBy(records.createdAt, records.number)
    .prepare();

  const ofConversation = db
    .select(state)
    .from(records)
    .where(and(eq(records.kind, slot("kind")), eq(records.conversation, slot("conversation"))))
    .orderBy(records.createdAt, records.number)
    .prepare();

  const open = db
    .select(state)
    .from(records)
    .where(and(sql.raw(OPEN), eq(records.kind, slot("kind"))))
    .orderBy(desc(records.createdAt), desc(records.number))
    .limit(slot("limit"))
    .prepare();

  const marked = db
    .select(state)
    .from(caseMarks)
    .innerJoin(records, and(eq(records.kind, sql`'case'`), eq(records.number, caseMarks.number)))
    .where(and(eq(caseMarks.mark, slot("mark")), gte(caseMarks.at, slot("since"))))
    .orderBy(desc(caseMarks.at), desc(caseMarks.number))
    .limit(slot("limit"))
    .prepare();

  const marksOfCase = db
    .select({ mark: caseMarks.mark, at: caseMarks.at })
    .from(caseMarks)
    .where(eq(caseMarks.number, slot("number")))
    .prepare();

  const addMark = db
    .insert(caseMarks)
    .values({ mark: slot("mark"), number: slot("number"), at: slot("at") })
    .onConflictDoUpdate({ target: [caseMarks.mark, caseMarks.number], set: { at: sql`excluded.at` } })
    .prepare();

  const dropMark = db
    .delete(caseMarks)
    .where(and(eq(caseMarks.mark, slot("mark")), eq(caseMarks.number, slot("number"))))
    .prepare();

  /** Only the difference is written: a case is saved far more often than its marks change. */
  function saveMarks(one: Case): void {
    const wanted = marksOf(one);
    const stored = marksOfCase.all({ number: one.number });
    for (const { mark } of stored) if (!wanted.some((other) => other.mark === mark)) dropMark.run({ mark, number: one.number });
    for (const { mark, at } of wanted)
      if (!stored.some((other) => other.mark === mark && other.at === at)) addMark.run({ mark, number: one.number, at });
  }

  const all = db
    .select(state)
    .from(records)
    .where(and(eq(records.kind, slot("kind")), gt(records.number, slot("after"))))
    .orderBy(records.number)
    .limit(slot("limit"))
    .prepare();

  const put = db
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
    })
    .prepare();

  const append = db
    .insert(events)
    .values({ kind: slot("kind"), number: slot("number"), cause: slot("cause"), event: slot("event") })
    .prepare();

  const eventsOf = db
    .select({ event: events.event })
    .from(events)
    .where(and(eq(events.kind, slot("kind")), eq(events.number, slot("number"))))
    .orderBy(events.seq)
    .prepare();

  return {
    // A row's kind says which of the three its state is.
    bookingsOf: (customerId) => ofCustomer.all({ kind: "booking", customerId }).map((row) => row.state as Booking),
    ordersOf: (customerId) => ofCustomer.all({ kind: "order", customerId }).map((row) => row.state as WorkOrder),
    casesOf: (conversation) => ofConversation.all({ kind: "case", conversation }).map((row) => row.state as Case),
    booking: (number) => (byNumber.get({ kind: "booking", number })?.state ?? null) as Booking | null,
    order: (number) => (byNumber.get({ kind: "order", number })?.state ?? null) as WorkOrder | null,
    case: (number) => (byNumber.get({ kind: "case", number })?.state ?? null) as Case | null,
    casesMarked: (mark, since, limit) => marked.all({ mark, since, limit }).map((row) => row.state as Case),
    openCases: (limit) => open.all({ kind: "case", limit }).map((row) => row.state as Case),
    one: (kind, number) => (byNumber.get({ kind, number })?.state ?? null) as never,
    ofConversation: (kind, conversation) => ofConversation.all({ kind, conversation }).map((row) => row.state) as never,
    open: (kind, limit) => open.all({ kind, limit }).map((row) => row.state) as never,
    save(change, cause) {
      if (change.id !== change.state.number) {
        throw new AnxinError(
          "invalid_change",
          `can't save ${change.kind} "${change.id}": its state has the number "${change.state.number}"; wanted the same`,
          { kind: change.kind, id: change.id, number: change.state.number },
        );
      }
      for (const event of change.events) append.run({ kind: change.kind, number: change.id, cause, event });
      put.run({
        kind: change.kind,
        number: change.id,
        customerId: change.state.customerId,
        conversation: change.kind === "order" ? null : change.state.conversation,
        open: isOpenRecord(change),
        createdAt: change.state.createdAt,
        state: change.state,
      });
      if (change.kind === "case") saveMarks(change.state);
    },
    events: (kind, id) => eventsOf.all({ kind, number: id }).map((row) => row.event),
    all: (kind, after, limit) => all.all({ kind, after, limit }).map((row) => row.state),
  };
}
