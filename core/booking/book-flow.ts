/** Booking (预约): product, what is wrong, place, address, contact, time; one summary; one yes. */
import type { TurnContext } from "../conversation/context.ts";
import { defineFlow, type FlowContext } from "../conversation/flow.ts";
import { confirmChoices } from "../conversation/question.ts";
import type { Json } from "../conversation/state.ts";
import { estimateOf, nameIn } from "../profile/model.ts";
import { dayOf, MINUTE_MS } from "../time.ts";
import { addressForm, formatClock, formatDateTime, formatEstimate, formatPhone } from "../wording/format.ts";
import { clockOfThatDay, timeAsBefore } from "./another.ts";
import { type BookContext, type BookSlot, type BookValues, isAsked, jobOf, type ProductValue, servicesOf, workOf } from "./book-values.ts";
import { CONTACT_SLOT } from "./contact-slot.ts";
import { FAULT_SLOT } from "./fault-slot.ts";
import { heardTime } from "./heard-time.ts";
import { holdOffer, releaseHold } from "./holds.ts";
import { ADDRESS_SLOT, PLACE_SLOT } from "./place-slots.ts";
import { IDENTITY_SLOT, PRODUCT_SLOT, productText } from "./product-slot.ts";
import { scheduleReminders } from "./reminders.ts";
import type { Offer } from "./slots.ts";
import type { Contact } from "./state.ts";
import { askTime, refusesOffers, settleTime, takeTime } from "./time-slot.ts";
import { leaveWaiting } from "./waiting-leave.ts";
import { faultsFor } from "./work.ts";

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

const TIME_SLOT: BookSlot<"time"> = {
  label: ({ turn }) => turn.words("label.time"),
  mention: /时间|時間|日期|改期|哪天|几点|幾點|time|date|day/i,
  dependsOn: ["product", "fault", "place"],
  perishable: true,
  take: (context, reading, asked) => {
    if (asked && refusesOffers(reading.text)) return undefined;
    // "The same technician as last time" is a wish for this hour, not an hour.
    if (SAME_TECHNICIAN.test(reading.text)) context.frame.data["same"] = true;
    return clockOfThatDay(context.turn, context.frame.data, takeTime(context as unknown as FlowContext<{ time: Json }>, reading, asked));
  },
  heard: ({ turn }, raw) => heardTime(turn, raw),
  known: ({ turn, frame }) => timeAsBefore(turn, frame.data),
  settle: (context, raw) => settleTime(context.turn, jobOf(context), raw, null),
  ask: (context) => askTime(context.turn, jobOf(context), null),
  show: ({ turn }, value) => {
    const offer = value as unknown as Offer;
    return `${formatDateTime(offer.start, turn.lang, turn.zone, turn.now)}–${formatClock(offer.end, turn.zone)}`;
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
    identity: IDENTITY_SLOT,
    purchase_channel: PURCHASE_SLOT,
    place: PLACE_SLOT,
    address: ADDRESS_SLOT,
    contact: CONTACT_SLOT,
    time: TIME_SLOT,
  },
  summary: (context) => {
    const { turn, values } = context;
    const services = servicesOf(context);
    const offer = values.time as unknown as Offer & { others?: readonly number[] };
    holdWhileSummed(context, offer);
    const visit = values.place === "visit";
    const contact = values.contact as unknown as Contact;
    const business = turn.model.profile.business;
    const estimate = estimateOf(services, visit, business.currency);
    return {
      text: turn.words("book.summary", {
        items: services.map((service) => nameIn(service, turn.lang)).join(turn.lang === "en" ? ", " : "、"),
        product: productText(turn, values.product as unknown as ProductValue),
        time: `${formatDateTime(offer.start, turn.lang, turn.zone, turn.now)}–${formatClock(offer.end, turn.zone)}`,
        others: (offer.others ?? [])
          .map((start) =>
            dayOf(start, turn.zone) === dayOf(offer.start, turn.zone)
              ? formatClock(start, turn.zone)
              : formatDateTime(start, turn.lang, turn.zone, turn.now),
          )
          .join(turn.lang === "en" ? ", " : "、"),
        technician: nameIn(turn.model.technician(offer.technician), turn.lang),
        place: visit ? turn.words("place.visit") : turn.words("place.shop"),
        address: visit ? String(values.address) : business.contact.address[turn.lang],
        contact: `${addressForm(contact.name, contact.title, turn.lang, true) || contact.name} ${formatPhone(contact.phone)}`,
        estimate: formatEstimate(estimate),
      }),
      question: "yesno",
      choices: confirmChoices(turn),
    };
  },
  complete: completeBooking,
});

/** Where the profile says so, the hour of a summary is kept for the customer while they read it. */
function holdWhileSummed({ turn, frame }: BookContext, offer: Offer): void {
  const { summaryHoldMinutes } = turn.model.profile.business.workshop.bookings;
  if (summaryHoldMinutes === 0) return;
  const before = frame.data["held"] as unknown as Offer | undefined;
  if (before && (before.start !== offer.start || before.technician !== offer.technician)) releaseHold(turn, before);
  if (holdOffer(turn, offer, turn.now + summaryHoldMinutes * MINUTE_MS)) frame.data["held"] = offer as unknown as Json;
}

function completeBooking(context: BookContext, values: BookValues): void {
  const { turn } = context;
  const offer = values.time as unknown as Offer;
  const number = turn.number("booking");
  turn.takeHours(offer, number);
  const services = servicesOf(context);
  const visit = values.place === "visit";
  const contact = values.contact as unknown as Contact;
  const named = values.product as unknown as ProductValue;
  const identity = values.identity === undefined || values.identity === null ? null : String(values.identity);
  const byPlate = turn.model.product(named.id)?.identify === "plate";
  const product: ProductValue = identity === null ? named : { ...named, ...(byPlate ? { plate: identity } : { serial: identity }) };
  const business = turn.model.profile.business;
  const customer = keepInFile(turn, contact, product, visit ? String(values.address) : null);
  const wish = workOf(context);
  const faults = faultsFor(turn.model, product.id, wish);
  const booking = turn.applyBooking(number, null, {
    type: "booking_confirmed",
    at: turn.now,
    data: {
      number,
      customerId: customer.id,
      conversation: turn.conversation,
      product: product.id,
      ownedProduct: customer.owned,
      fault: faults[0]?.id ?? null,
      services: services.map((service) => service.id),
      place: visit ? "visit" : "shop",
      address: visit ? String(values.address) : null,
      contact,
      purchaseChannel: values.purchase_channel === undefined || values.purchase_channel === null ? null : String(values.purchase_channel),
      technician: offer.technician,
      start: offer.start,
      end: offer.end,
      estimate: estimateOf(services, visit, business.currency),
      note: wish.note,
    },
  });
  scheduleReminders(turn, booking);
  if (turn.state.waits) leaveWaiting(turn, offer.start);
  turn.finished({ kind: "booked", number });
  const technician = turn.model.technician(offer.technician)!;
  const advice = faults
    .map((fault) => fault.advice?.[turn.lang])
    .filter(Boolean)
    .join("\n");
  turn.say(
    turn.words("book.confirmed", {
      number,
      name: addressForm(contact.name, contact.title, turn.lang, false),
      items: services.map((service) => nameIn(service, turn.lang)).join(turn.lang === "en" ? ", " : "、"),
      product: productText(turn, product),
      time: `${formatDateTime(offer.start, turn.lang, turn.zone, turn.now)}–${formatClock(offer.end, turn.zone)}`,
      technician: nameIn(technician, turn.lang),
      technicianPhone: technician.phone,
      place: visit ? String(values.address) : business.contact.address[turn.lang],
      estimate: formatEstimate(booking.estimate),
      tolerance: business.booking.tolerancePercent,
      after: booking.estimate.afterDiagnosis ? turn.words("book.after_diagnosis") : "",
      bring: services
        .map((service) => service.bring?.[turn.lang])
        .filter(Boolean)
        .join(turn.lang === "en" ? "; " : "；"),
      advice,
    }),
  );
  turn.notify(
    "representative",
    staffLine(
      turn,
      faults.some((fault) => fault.urgent) ? "staff.booked_urgent" : "staff.booked",
      number,
      nameIn(technician, staffLanguage(turn)),
      offer,
    ),
    null,
  );
}

export function staffLanguage(turn: TurnContext): "zh-CN" | "zh-TW" | "en" {
  return turn.model.profile.business.languages[0]!;
}

function staffLine(
  turn: TurnContext,
  key: "staff.booked" | "staff.booked_urgent",
  number: string,
  technician: string,
  offer: Offer,
): string {
  const language = staffLanguage(turn);
  return turn.wordsIn(language, key, { number, technician, time: `${formatDateTime(offer.start, language, turn.zone, turn.now)}` });
}

/** Puts what the customer told into the file, and gives the product there. */
function keepInFile(
  turn: TurnContext,
  contact: Contact,
  product: ProductValue,
  address: string | null,
): { id: string; owned: string | null } {
  const file = turn.ensureCustomer();
  let products = file.products;
  let owned = product.owned;
  if (!owned) {
    const same = products.find(
      (one) =>
        one.product === product.id && (!product.plate || one.plate === product.plate) && (!product.serial || one.serial === product.serial),
    );
    if (same) owned = same.id;
    else {
      owned = `p${products.length + 1}`;
      products = [
        ...products,
        {
          id: owned,
          product: product.id,
          brand: null,
          model: null,
          plate: product.plate ?? null,
          serial: product.serial ?? null,
          boughtOn: null,
          mileageKm: null,
        },
      ];
    }
  }
  turn.saveCustomer({
    ...file,
    name: file.name ?? contact.name,
    title: file.title ?? (file.name === null || file.name === contact.name ? contact.title : null),
    phones: file.phones.includes(contact.phone) ? file.phones : [...file.phones, contact.phone],
    address: file.address ?? address,
    language: turn.lang,
    products,
  });
  return { id: file.id, owned };
}
