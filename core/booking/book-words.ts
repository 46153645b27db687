/** A booking in words: the summary before the yes, and the confirmation behind it. */
import type { TurnContext } from "../conversation/context.ts";
import { estimateOf, nameIn } from "../profile/model.ts";
import { dayOf } from "../time.ts";
import { addressForm, comma, formatClock, formatEstimate, formatPhone, semicolon } from "../wording/format.ts";
import { type BookContext, itemsOf, servicesOf, type VisitItem, visitEstimate } from "./book-values.ts";
import { productText } from "./owned-product.ts";
import { offersPickup } from "./place-slots.ts";
import type { Offer } from "./slots.ts";
import type { Booking, Contact } from "./state.ts";
import { faultsFor } from "./work.ts";

const listed = (turn: TurnContext, words: readonly string[]): string => words.filter(Boolean).join(comma(turn.lang));

/** Where it happens, in words. */
export function placeText(turn: TurnContext, { place, address }: Pick<Booking, "place" | "address">): string {
  if (place === "pickup") return turn.words("place.pickup_at", { address: address ?? "" });
  return place === "visit" ? (address ?? "") : turn.model.profile.business.contact.address[turn.lang];
}

/** One product: its name and work on a line. Several: a line each, with what each may cost by itself. */
function workLines(turn: TurnContext, items: readonly VisitItem[]): { readonly product: string; readonly items: string } {
  const names = (item: VisitItem): string =>
    listed(
      turn,
      item.services.map((service) => nameIn(service, turn.lang)),
    );
  if (items.length === 1) return { product: productText(turn, items[0]!.product), items: names(items[0]!) };
  const { currency } = turn.model.profile.business;
  const lines = items.map((item) =>
    turn.words("book.item_line", {
      product: productText(turn, item.product),
      items: names(item),
      estimate: formatEstimate(estimateOf(item.services, false, currency)),
    }),
  );
  return { product: [turn.words("book.several", { count: items.length }), ...lines].join("\n"), items: "" };
}

export function summaryText(context: BookContext): string {
  const { turn, values } = context;
  const offer = values.time as unknown as Offer & { others?: readonly number[] };
  const contact = values.contact as unknown as Contact;
  const { business } = turn.model.profile;
  const away = values.place === "visit" || values.place === "pickup";
  const text = turn.words("book.summary", {
    ...workLines(turn, itemsOf(context)),
    time: turn.span(offer),
    others: listed(
      turn,
      (offer.others ?? []).map((start) =>
        dayOf(start, turn.zone) === dayOf(offer.start, turn.zone) ? formatClock(start, turn.zone) : turn.time(start),
      ),
    ),
    technician: nameIn(turn.model.technician(offer.technician), turn.lang),
    place: turn.words(values.place === "visit" || values.place === "pickup" ? `place.${values.place}` : "place.shop"),
    address: away ? String(values.address) : business.contact.address[turn.lang],
    contact: `${addressForm(contact.name, contact.title, turn.lang, true) || contact.name} ${formatPhone(contact.phone)}`,
    estimate: formatEstimate(visitEstimate(context)),
  });
  const beside = [
    values.loan === "yes" ? turn.words("loan.in_summary") : "",
    offersPickup(context) ? turn.words("pickup.possible") : "",
  ].filter(Boolean);
  return [...beside, text].join("\n\n");
}

/** @param number of the new booking */
export function confirmedText(context: BookContext, booking: Booking): string {
  const { turn } = context;
  const items = itemsOf(context);
  const technician = turn.model.technician(booking.technician)!;
  const advice = items
    .flatMap(({ product, wish }) => faultsFor(turn.model, product.id, wish))
    .map((fault) => fault.advice?.[turn.lang])
    .filter(Boolean);
  const bring = servicesOf(context).map((service) => service.bring?.[turn.lang] ?? "");
  const lent = lentNames(turn, booking);
  if (lent) bring.push(turn.model.profile.business.booking.loans?.bring?.[turn.lang] ?? "");
  const text = turn.words("book.confirmed", {
    number: booking.number,
    name: addressForm(booking.contact.name, booking.contact.title, turn.lang, false),
    ...workLines(turn, items),
    time: turn.span(booking),
    technician: nameIn(technician, turn.lang),
    technicianPhone: technician.phone,
    place: placeText(turn, booking),
    estimate: formatEstimate(booking.estimate),
    tolerance: turn.model.profile.business.booking.tolerancePercent,
    after: booking.estimate.afterDiagnosis ? turn.words("book.after_diagnosis") : "",
    bring: [...new Set(bring.filter(Boolean))].join(semicolon(turn.lang)),
    advice: [...new Set(advice)].join("\n"),
  });
  const wishes = booking.wishes ?? [];
  const wished = wishes.length > 0 ? turn.words("wish.confirmed", { wishes: wishes.join(semicolon(turn.lang)) }) : "";
  return [text, wished, lent ? turn.words("loan.confirmed", { car: lent }) : "", pickupText(turn, booking)].filter(Boolean).join("\n");
}

/** Names of what is lent with a booking. */
function lentNames(turn: TurnContext, booking: Booking): string {
  const kinds = booking.lent ?? [];
  const keys = new Set((booking.resources ?? []).map(({ key }) => key));
  const lent = turn.model.profile.resources.filter((one) => kinds.includes(one.kind) && keys.has(`bay:${one.id}`));
  return listed(
    turn,
    lent.map((one) => nameIn(one, turn.lang)),
  );
}

/** When it is fetched, by whom, and when it is back. */
function pickupText(turn: TurnContext, booking: Booking): string {
  if (booking.place !== "pickup") return "";
  return turn.words("pickup.confirmed", {
    fetched: turn.time(booking.start),
    back: turn.time(booking.end),
    driver: driverName(turn, booking),
  });
}

/** Who drives the first way of a pick-up. */
function driverName(turn: TurnContext, booking: Booking): string {
  const kind = turn.model.profile.business.booking.pickup?.driver;
  const keys = (booking.resources ?? []).map(({ key }) => key);
  const drivers = turn.model.profile.resources.filter((one) => one.kind === kind && keys.includes(`bay:${one.id}`));
  return nameIn(drivers[0], turn.lang);
}
