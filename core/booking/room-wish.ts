/**
 * A wish for an hour that an ordinary booking has, which staff decide (an emergency, or where the profile leaves recalls and repeat
 * work to them). It stands on the booking that would give way; staff are asked once, and decide with one tap that names the booking
 * and the wish. A tap that comes twice, late, or after the hour changed does nothing and says so.
 */
import type { TurnContext } from "../conversation/context.ts";
import { advance } from "../conversation/engine.ts";
import { topFrame } from "../conversation/stack.ts";
import type { Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import type { Service } from "../profile/schema.ts";
import type { TimerData } from "../spine/events.ts";
import { type Instant, MINUTE_MS } from "../time.ts";
import { comma } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import { moveAside, offerRoom, roomFor } from "./displace.ts";
import { holdOffer, releaseHold } from "./holds.ts";
import type { Job } from "./job.ts";
import { type Offer, offerAt } from "./slots.ts";
import type { Booking, RoomWish } from "./state.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";

/** The wish in a button's command (`/displace B26112301 @mi2x4k80`): a tap for another wish than the one that stands is none. */
function wishStamp(wish: Pick<RoomWish, "at">): string {
  return `@${wish.at.toString(36)}`;
}

export function stampIn(text: string): string | null {
  return /(?:^|\s)(@[0-9a-z]{6,10})(?=\s|$)/.exec(text)?.[1] ?? null;
}

/** Asks staff whether `start` is to be made free for this customer's work; once for one hour. */
export function askForRoom(turn: TurnContext, job: Job, start: Instant): void {
  const offer = roomFor(turn, job, start, "staff");
  const giving = (offer?.displaces ?? []).flatMap((number) => turn.record("booking", number) ?? []);
  const first = giving[0];
  if (!offer || !first) return;
  const { wantedBy } = first;
  if (wantedBy?.conversation === turn.conversation && wantedBy.start === start) return;
  const wish: RoomWish = {
    conversation: turn.conversation,
    at: turn.now,
    start,
    gives: giving.map(({ number }) => number),
    services: job.services.map((service) => service.id),
    place: job.place,
    address: job.address ?? null,
    ...(job.lent ? { lent: job.lent } : {}),
  };
  turn.applyBooking(first.number, first, { type: "booking_wanted", at: turn.now, wish });
  const language = turn.staffLanguage;
  const time = (instant: Instant): string => turn.staffTime(instant);
  const lines = giving.map((one) =>
    turn.staffWords("staff.room_gives", {
      number: one.number,
      time: time(one.start),
      items: one.services.map((id) => nameIn(turn.model.service(id), language)).join(comma(language)),
    }),
  );
  turn.notify(
    "manager",
    turn.staffWords("staff.room_possible", {
      items: job.services.map((service) => nameIn(service, language)).join(comma(language)),
      time: time(start),
      gives: lines.join("\n"),
      command: `/displace ${first.number} ${wishStamp(wish)}`,
    }),
    null,
    { buttons: [{ id: `/displace ${first.number} ${wishStamp(wish)}`, label: turn.staffWords("button.give_way") }] },
  );
}

function jobOfWish(turn: TurnContext, wish: RoomWish): Job {
  const services = wish.services.map((id) => turn.model.service(id)).filter((service): service is Service => service !== undefined);
  return { services, place: wish.place, address: wish.address, ...(wish.lent ? { lent: wish.lent } : {}) };
}

/** In the house: staff said yes to a wish. Everything of it happens in this commit, or nothing does. */
export function giveWayToWish(turn: TurnContext, by: string, booking: Booking, stamp: string): void {
  const answer = carryOutWish(turn, by, booking, stamp);
  if (answer === null) return;
  const time = turn.staffTime(booking.start);
  turn.notify(by, turn.staffWords(answer, { number: booking.number, time }), null);
}

/** @returns what the person who tapped hears beside the news of who gave way; `null` = nothing */
function carryOutWish(turn: TurnContext, by: string, booking: Booking, stamp: string): WordingKey | null {
  const wish = booking.wantedBy;
  if (booking.gaveWayTo !== undefined && wishStamp({ at: booking.gaveWayTo }) === stamp) return "staff.room_given";
  if (booking.status !== "confirmed") return "staff.not_confirmed";
  if (wish === undefined || wishStamp(wish) !== stamp) return "staff.room_changed";
  if (wish.start <= turn.now) return "staff.room_late";
  const job = jobOfWish(turn, wish);
  const free = offerAt(turn.model, agendaOf(turn, bookingWindowOf(turn)), { job, now: turn.now }, wish.start);
  const offer = free ?? roomFor(turn, job, wish.start, "staff");
  if (!offer) return "staff.no_hours";
  const giving = (offer.displaces ?? []).flatMap((number) => turn.record("booking", number) ?? []);
  // Somebody else would have to give way than staff were shown.
  if (!free && giving.some((one) => !wish.gives.includes(one.number))) return "staff.room_changed";
  for (const one of giving) turn.releaseHours(one, one.number);
  const until = turn.now + turn.model.profile.business.workshop.bookings.offerHoldMinutes * MINUTE_MS;
  const hold = `urgent:${booking.number}`;
  holdOffer(turn, offer, until, hold);
  for (const one of giving) moveAside(turn, one, by, wish.conversation, wish.at);
  turn.tell(wish.conversation, "room_made", {
    booking: null,
    start: offer.start,
    technician: offer.technician,
    hold,
    until,
    asked: wish.at,
  });
  if (!free) return null;
  // Answered: a second tap finds no wish.
  turn.applyBooking(booking.number, booking, { type: "booking_wanted", at: turn.now, wish: null });
  return "staff.room_free";
}

/**
 * At the customer who wished the hour: into the booking they are arranging, else offered for the one they have made since. Who has
 * neither any more is called by staff; the hold lapses by itself.
 */
export function putWishedRoom(turn: TurnContext, data: TimerData): void {
  const until = Number(data["until"]);
  const asked = Number(data["asked"]);
  if (until <= turn.now) return;
  const start = Number(data["start"]);
  const held = { start, technician: String(data["technician"]) };
  const hold = String(data["hold"]);
  const time = turn.time(start);
  const frame = turn.state.stack.find((one) => one.flow === "book");
  if (frame) {
    releaseHold(turn, held, hold);
    const offer = { ...held, end: start, busy: { start, end: start } } as unknown as Json;
    frame.raw["time"] = offer;
    delete frame.values["time"];
    turn.say(turn.words("room.made", { name: turn.callName(), time }));
    if (topFrame(turn) !== frame) return;
    turn.state.asked = null;
    advance(turn);
    const settled = frame.values["time"] as unknown as Offer | undefined;
    if (settled?.start === start) holdOffer(turn, settled, until);
    return;
  }
  const booked = [...turn.bookings()]
    .filter((one) => one.status === "confirmed" && one.createdAt >= asked && one.conversation === turn.conversation)
    .sort((one, other) => other.createdAt - one.createdAt)[0];
  if (booked) {
    offerRoom(turn, booked, { ...held, hold, until });
    return;
  }
  turn.notify("representative", turn.staffWords("staff.room_unclaimed", { time: turn.staffTime(start) }), null);
}
