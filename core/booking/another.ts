/** "And the same for the other car": a booking that follows another one, with what it shares with it. */
import type { TurnContext } from "../conversation/context.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import type { OwnedProduct } from "../customers/state.ts";
import { DAY_MS, dayOf, instantOf } from "../time.ts";
import type { ProductValue } from "./book-values.ts";
import type { Booking } from "./state.ts";
import type { WorkWish } from "./work.ts";

const OTHER =
  /另(?:外)?(?:那|一)?(?:台|辆|輛|部|架|个|個|间|間|扇|套)|第二(?:台|辆|輛|部|架|间|間|扇)|\bthe other (?:one|car|unit|machine|door|window|room|[a-z]+)\b|\bmy other\b|\banother (?:one|car|unit|machine)\b/i;
const TOO = /也|一样|一樣|同样|同樣|照样|照樣|都要|\b(?:too|as well|same|also|likewise)\b/i;
const SAME_DAY = /同一?(?:天|日)|当天|當天|一起|\bsame day\b|\btogether\b/i;
const SAME_TIME = /同一?(?:时间|時間|个时间|個時間)|\bsame time\b/i;

/** Bookings that have not begun, the newest first. */
function standing(turn: TurnContext): Booking[] {
  return turn
    .bookings()
    .filter((booking) => booking.status === "confirmed" && booking.start > turn.now)
    .sort((one, other) => other.createdAt - one.createdAt);
}

function isAbout(turn: TurnContext, booking: Booking, named: readonly string[], plates: readonly string[]): boolean {
  const owned = turn.customer()?.products.find((one) => one.id === booking.ownedProduct);
  return (
    plates.some((plate) => owned?.plate === plate) ||
    named.some((id) => turn.model.covers([id], booking.product) || turn.model.covers([booking.product], id))
  );
}

/** Is a thing named that no coming booking is for? Then it is no booking that is moved or cancelled. */
export function namesUnbooked(turn: TurnContext, reading: Reading): boolean {
  const { product, plate, order_no } = entitiesOf(reading);
  if (order_no.length > 0 || product.length + plate.length === 0) return false;
  const named = product.map((one) => one.id);
  const plates = plate.map((one) => one.value);
  return !standing(turn).some((booking) => isAbout(turn, booking, named, plates));
}

/** Does the customer want for another thing what was just arranged? */
export function speaksOfAnother(turn: TurnContext, reading: Reading): boolean {
  const { product, plate, fault, service } = entitiesOf(reading);
  if (!TOO.test(reading.text) || fault.length + service.length > 0) return false;
  return OTHER.test(reading.text) || (product.length + plate.length > 0 && namesUnbooked(turn, reading));
}

/** What a booking takes over from the newest one, as data of its flow; nothing when the words don't ask for it. */
export function likeBefore(turn: TurnContext, reading: Reading): Record<string, Json> {
  const before = standing(turn)[0];
  if (!before || !speaksOfAnother(turn, reading)) return {};
  return {
    likeServices: before.services,
    ...(OTHER.test(reading.text) ? { besides: before.ownedProduct ?? before.product } : {}),
    ...(SAME_TIME.test(reading.text) ? { likeTime: before.start } : {}),
    ...(SAME_DAY.test(reading.text) ? { likeDay: dayOf(before.start, turn.zone) } : {}),
  };
}

/** The work of the booking that this one follows. */
export function workAsBefore(data: Readonly<Record<string, Json>>): WorkWish | undefined {
  const services = data["likeServices"] as readonly string[] | undefined;
  return services ? { faults: [], services: services.map((id) => [id]), note: null } : undefined;
}

/** The customer's only other product of the same sort. */
export function otherProduct(turn: TurnContext, data: Readonly<Record<string, Json>>): ProductValue | undefined {
  const besides = data["besides"];
  if (typeof besides !== "string") return undefined;
  const owned = turn.customer()?.products ?? [];
  const first = owned.find((one) => one.id === besides || one.product === besides);
  const sort = (one: OwnedProduct): string => turn.model.product(one.product)?.kind ?? one.product;
  const others = owned.filter((one) => one !== first && (!first || sort(one) === sort(first)));
  return others.length === 1 ? { id: others[0]!.product, owned: others[0]!.id } : undefined;
}

/** The wished time of the booking that this one follows, or its day. */
export function timeAsBefore(turn: TurnContext, data: Readonly<Record<string, Json>>): Json | undefined {
  if (typeof data["likeTime"] === "number") return { start: data["likeTime"], end: null, grain: "minute" };
  const day = data["likeDay"];
  if (typeof day !== "string") return undefined;
  const start = instantOf(day, 0, turn.zone);
  return { start, end: start + DAY_MS, grain: "day" };
}

/** A clock reading without a day is one of the day of the booking that this one follows. */
export function clockOfThatDay(turn: TurnContext, data: Readonly<Record<string, Json>>, raw: Json | undefined): Json | undefined {
  const day = data["likeDay"];
  const wish = raw as { readonly start?: number; readonly end?: number | null; readonly grain?: string } | undefined;
  if (typeof day !== "string" || wish?.start === undefined || wish.grain === "day") return raw;
  const shift = instantOf(day, 0, turn.zone) - instantOf(dayOf(wish.start, turn.zone), 0, turn.zone);
  return { start: wish.start + shift, end: wish.end == null ? null : wish.end + shift, grain: wish.grain ?? "minute" };
}

/** In the middle of a booking: is the same wanted for another thing, once this one is done? */
export function wantsAnotherToo(turn: TurnContext, about: ProductValue | undefined, reading: Reading): boolean {
  if (reading.choice || !TOO.test(reading.text) || entitiesOf(reading).datetime.length > 1) return false;
  const { product, plate } = entitiesOf(reading);
  if (OTHER.test(reading.text)) return (turn.customer()?.products.length ?? 0) > 1;
  if (!about) return false;
  const owned = turn.customer()?.products.find((one) => one.id === about.owned);
  if (plate[0]) return owned !== undefined && owned.plate !== plate[0].value;
  return product[0] !== undefined && !turn.model.covers([product[0].id], about.id) && /也|\b(?:too|as well|also)\b/i.test(reading.text);
}
