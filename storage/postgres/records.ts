import type { Booking } from "../../core/booking/state.ts";
import type { Case } from "../../core/cases/state.ts";
import { AnxinError } from "../../core/errors.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import type { Unit } from "../../core/ports.ts";
import { and, desc, eq, gt, sql } from "../schema/drizzle.ts";
import { OPEN_CASE, type Tables } from "../schema/tables.ts";
import { conversationKey, customerKey } from "./locks.ts";
import { type Session, slot } from "./session.ts";

/** Bookings, work orders and cases, as in sqlite/records.ts. */
export function createRecords({ db, read, write, protect }: Session, { records, events }: Tables): Unit["records"] {
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
  const openCases = read(
    "records.openCases",
    db.select(state).from(records).where(sql.raw(OPEN_CASE)).orderBy(desc(records.createdAt), desc(records.number)).limit(slot("limit")),
  );
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
        openCase: slot("openCase"),
        createdAt: slot("createdAt"),
        state: slot("state"),
      })
      .onConflictDoUpdate({
        target: [records.kind, records.number],
        set: {
          customerId: sql`excluded.customer_id`,
          conversation: sql`excluded.conversation`,
          openCase: sql`excluded.open_case`,
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
    openCases: async (limit) => (await openCases.all({ limit })).map((row) => row.state as Case),
    async save(change, cause) {
      if (change.id !== change.state.number) {
        throw new AnxinError(
          "invalid_change",
          `can't save ${change.kind} "${change.id}": its state has the number "${change.state.number}"; wanted the same`,
          { kind: change.kind, id: change.id, number: change.state.number },
        );
      }
      const conversation = change.kind === "order" ? null : change.state.conversation;
      const bound = [
        ...change.events.map((event) => append.bind({ kind: change.kind, number: change.id, cause, event })),
        put.bind({
          kind: change.kind,
          number: change.id,
          customerId: change.state.customerId,
          conversation,
          openCase: change.kind === "case" && change.state.status !== "closed",
          createdAt: change.state.createdAt,
          state: change.state,
        }),
      ];
      if (change.kind === "case") protect(conversationKey(change.state.conversation));
      else if (change.state.customerId !== null) protect(customerKey(change.state.customerId));
      for (const send of bound) send();
    },
    events: async (kind, id) => (await eventsOf.all({ kind, number: id })).map((row) => row.event),
    all: async (kind, after, limit) => (await all.all({ kind, after, limit })).map((row) => row.state),
  };
}
