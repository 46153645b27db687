/** Booking (预约): products, what is wrong, place, address, contact, time; one summary; one yes. */
import { defineFlow, type FlowContext } from "../conversation/flow.ts";
import { confirmChoices } from "../conversation/question.ts";
import type { Json } from "../conversation/state.ts";
import { MINUTE_MS } from "../time.ts";
import { ALSO_SLOT, takeOutProduct } from "./also-slot.ts";
import { clockOfThatDay, timeAsBefore } from "./another.ts";
import { completeBooking } from "./book-complete.ts";
import { type BookContext, type BookSlot, type BookValues, isAsked, isUrgent, jobOf } from "./book-values.ts";
import { summaryText } from "./book-words.ts";
import { CONTACT_SLOT } from "./contact-slot.ts";
import { roomForWish } from "./displace-wish.ts";
import { FAULT_SLOT } from "./fault-slot.ts";
import { earliestTime, heardTime } from "./heard-time.ts";
import { holdOffer, releaseHold } from "./holds.ts";
import { LOAN_SLOT } from "./loan-slot.ts";
import { ADDRESS_SLOT, PLACE_SLOT } from "./place-slots.ts";
import { IDENTITY_SLOT, PRODUCT_SLOT } from "./product-slot.ts";
import type { Offer } from "./slots.ts";
import { askTime, settleTime } from "./time-slot.ts";
import { isSoonest, refusesOffers, takeTime } from "./time-wish.ts";

/** Where it was bought, where the profile asks for it; the customer may skip it. */
const PURCHASE_SLOT: BookSlot<"purchase_channel"> = {
  label: ({ turn }) => turn.words("label.purchase"),
  optional: true,
  needed: (context) => isAsked(context, "purchase_channel"),
  take: (_context, reading, asked) =>
    asked && !reading.choice && reading.text.trim().length >= 2 ? reading.text.trim().slice(0, 100) : undefined,
  ask: ({ turn }) => ({
    text: turn.words("book.ask_purchase"),
    question: "choice",
    choices: (["us", "online", "elsewhere"] as const).map((id) => ({
      id: `bought:${id}`,
      label: turn.words(`purchase.${id}`),
      value: turn.words(`purchase.${id}`),
    })),
  }),
  show: (_context, value) => String(value ?? ""),
};

const SAME_TECHNICIAN =
  /(?:还是|還是|要|找|请|請|派)?(?:上次|原来|原來|之前)(?:的|那个|那個|那位|来的|來的)*(?:师傅|師傅|技师|技師)|同一(?:个|個|位)(?:师傅|師傅|技师|技師)|\bsame (?:technician|mechanic|guy|person|engineer)/i;

/** Refusals behind which others have the hour. */
const TAKEN: readonly string[] = ["busy", "taken"];

const TIME_SLOT: BookSlot<"time"> = {
  label: ({ turn }) => turn.words("label.time"),
  mention: /时间|時間|日期|改期|哪天|几点|幾點|time|date|day/i,
  dependsOn: ["product", "fault", "also", "place", "loan"],
  perishable: true,
  take: (context, reading, asked) => {
    if (asked && refusesOffers(reading.text)) return undefined;
    // "The same technician as last time" is a wish for this hour, not an hour.
    if (SAME_TECHNICIAN.test(reading.text)) context.frame.data["same"] = true;
    return clockOfThatDay(context.turn, context.frame.data, takeTime(context as unknown as FlowContext<{ time: Json }>, reading, asked));
  },
  heard: (context, raw) => (isSoonest(raw) ? earliestTime(context) : heardTime(context.turn, raw)),
  known: ({ turn, frame }) => timeAsBefore(turn, frame.data),
  settle: (context, raw) => {
    const job = jobOf(context);
    const settled = settleTime(context.turn, job, raw, null);
    const room =
      settled.status === "refused" && TAKEN.includes(settled.reason) ? roomForWish(context.turn, job, raw, isUrgent(context)) : null;
    if (room) return { status: "ok", value: room as unknown as Json };
    if (settled.status !== "refused" || job.lent === undefined) return settled;
    // It may be only the loan car that is out then.
    const without = settleTime(context.turn, { ...job, lent: [] }, raw, null);
    return without.status === "ok" ? { ...settled, text: context.turn.words("loan.out_then") } : settled;
  },
  ask: (context) => askTime(context.turn, jobOf(context), null),
  show: ({ turn }, value) => {
    const offer = value as unknown as Offer;
    return turn.span(offer);
  },
};

export const BOOK_FLOW = defineFlow<BookValues>({
  id: "book",
  title: (turn) => turn.words("book.title"),
  keepsDraft: true,
  absorbs: ["book", "provide_info", "reschedule", "confirm_yes", "survey_score"],
  order: (turn) => turn.model.profile.business.booking.ask,
  slots: {
    fault: FAULT_SLOT,
    product: PRODUCT_SLOT,
    also: ALSO_SLOT,
    identity: IDENTITY_SLOT,
    purchase_channel: PURCHASE_SLOT,
    place: PLACE_SLOT,
    address: ADDRESS_SLOT,
    loan: LOAN_SLOT,
    contact: CONTACT_SLOT,
    time: TIME_SLOT,
  },
  summary: (context) => {
    holdWhileSummed(context, context.values.time as unknown as Offer);
    return { text: summaryText(context), question: "yesno", choices: confirmChoices(context.turn) };
  },
  complete: completeBooking,
  takeOut: takeOutProduct,
});

/** Where the profile says so, the hour of a summary is kept for the customer while they read it. */
function holdWhileSummed({ turn, frame }: BookContext, offer: Offer): void {
  const { summaryHoldMinutes } = turn.model.profile.business.workshop.bookings;
  if (summaryHoldMinutes === 0) return;
  const before = frame.data["held"] as unknown as Offer | undefined;
  if (before && (before.start !== offer.start || before.technician !== offer.technician)) releaseHold(turn, before);
  if (holdOffer(turn, offer, turn.now + summaryHoldMinutes * MINUTE_MS)) frame.data["held"] = offer as unknown as Json;
}
