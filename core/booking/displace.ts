/**
 * Work that comes first (recall, campaign, repeat work; an emergency by word of staff) may take the hour of an ordinary booking. Nobody
 * loses an hour without having another: the new one is taken in the same commit, and the customer hears of it at once, with a way to
 * choose again, first in line.
 */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import type { Json } from "../conversation/state.ts";
import { AnxinError } from "../errors.ts";
import type { TimerData } from "../spine/events.ts";
import { dayOf, type Instant, MINUTE_MS } from "../time.ts";
import { formatPhone } from "../wording/format.ts";
import { resourceKey } from "./agenda.ts";
import { jobOfBooking } from "./book-values.ts";
import { holdOffer } from "./holds.ts";
import { ableTechnicians, type Job } from "./job.ts";
import { plannable } from "./plannable.ts";
import { scheduleReminders } from "./reminders.ts";
import { hoursOf, nearestOffers, type Offer, offerAt } from "./slots.ts";
import type { Booking } from "./state.ts";
import type { HeldHour } from "./waiting-state.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";

/** Why work comes first; `null` = it doesn't. */
export function comesFirst(job: Job): "recall" | "campaign" | "repeat" | null {
  for (const kind of ["recall", "campaign"] as const) if (job.services.some((service) => service.priority === kind)) return kind;
  return job.priority === true ? "repeat" : null;
}

/** Who decides: the profile's rule, which leaves a booking shortly before alone, or staff. */
export type Decider = "rule" | "staff";

/** May an ordinary booking be asked to give way? Not twice, not for its equal, and by rule alone not shortly before. */
function isDisplaceable(turn: TurnContext, booking: Booking, decider: Decider): boolean {
  const { noticeMinutes } = turn.model.profile.business.workshop.displace;
  return (
    booking.status === "confirmed" &&
    booking.displacedAt === undefined &&
    booking.start - turn.now >= (decider === "staff" ? 0 : noticeMinutes * MINUTE_MS) &&
    turn.model.fault(booking.fault ?? "")?.urgent !== true &&
    comesFirst(jobOfBooking(turn, booking)) === null
  );
}

/** Bookings that give way at most for one piece of work. */
const MOST = 2;

/**
 * An hour at `start` for work that comes first, with the bookings that would give way; `null` when there is none, or when one of those
 * bookings could not be given another hour.
 */
export function roomFor(turn: TurnContext, job: Job, start: Instant, decider: Decider): Offer | null {
  const day = dayOf(start, turn.zone);
  const agenda = agendaOf(turn, bookingWindowOf(turn));
  const everything = turn.model.profile.resources.map(({ id }) => resourceKey(id));
  for (const technician of ableTechnicians(turn.model, job)) {
    const numbers = agenda
      .day(technician.id, day)
      .busy.filter((span) => span.booking.startsWith("B"))
      .map((span) => span.booking);
    const plan = plannable(agenda, turn.zone);
    const giving: Booking[] = [];
    // Those nearest to the hour give way first, one more only where one is not enough.
    const near = numbers
      .map((number) => turn.record("booking", number))
      .filter((one): one is Booking => one !== null && isDisplaceable(turn, one, decider))
      .sort((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start));
    for (const booking of near.slice(0, MOST)) {
      plan.free([technician.id, ...everything], day, booking.number);
      giving.push(booking);
      const offer = offerAt(turn.model, plan.view, { job: { ...job, preferred: technician.id }, now: turn.now }, start);
      if (offer?.technician !== technician.id) continue;
      plan.take(offer, "first");
      if (giving.every((one) => newHour(turn, plan, one))) return { ...offer, displaces: giving.map(({ number }) => number) };
      break;
    }
  }
  return null;
}

/** Plans another hour for a booking; the same with somebody else, else the nearest. */
function newHour(turn: TurnContext, plan: ReturnType<typeof plannable>, booking: Booking): Offer | null {
  const search = { job: { ...jobOfBooking(turn, booking), preferred: null, priority: true }, now: turn.now };
  const offer =
    offerAt(turn.model, plan.view, search, booking.start) ??
    nearestOffers(turn.model, plan.view, { ...search, limit: 1 }, booking.start)[0] ??
    null;
  if (offer) plan.take(offer, booking.number);
  return offer;
}

/**
 * The bookings of an offer give way to it: their hours go, its own are taken, theirs are found anew and taken, all in this commit.
 *
 * @throws AnxinError("conflict") when one of them would be left without an hour: the turn is run again
 */
export function takeWithRoom(turn: TurnContext, offer: Offer, booking: string, by: string): void {
  const giving = (offer.displaces ?? []).map((number) => turn.record("booking", number));
  for (const one of giving) {
    if (one === null || !isDisplaceable(turn, one, "rule")) throw new AnxinError("conflict", "a booking no longer gives way", { booking });
    turn.releaseHours(one, one.number);
  }
  turn.takeHours(offer, booking);
  for (const one of giving) moveAside(turn, one!, by, booking);
}

/**
 * Gives a booking its new hour, and tells its customer at once.
 *
 * @param wish when the hour was wished, where staff decided on a wish
 */
export function moveAside(turn: TurnContext, booking: Booking, by: string, first: string | null, wish?: Instant): Offer {
  const plan = plannable(agendaOf(turn, bookingWindowOf(turn)), turn.zone);
  const offer = newHour(turn, plan, booking);
  if (!offer) throw new AnxinError("conflict", "a booking can't give way: no other hour is free", { booking: booking.number });
  turn.takeHours(offer, booking.number);
  const moved = turn.applyBooking(booking.number, booking, {
    type: "booking_moved",
    at: turn.now,
    ...hoursOf(offer),
    by,
    displaced: true,
    ...(wish === undefined ? {} : { wish }),
  });
  scheduleReminders(turn, moved);
  turn.tell(booking.conversation, "displaced", { booking: booking.number, from: booking.start, start: offer.start });
  turn.note("displaced", { booking: booking.number, for: first });
  turn.notify(
    "representative",
    turn.staffWords("staff.displaced", {
      number: booking.number,
      name: booking.contact.name,
      phone: formatPhone(booking.contact.phone),
      from: turn.staffTime(booking.start),
      to: turn.staffTime(offer.start),
    }),
    null,
  );
  return offer;
}

/**
 * By word of staff (an emergency, or where the profile leaves it to them): the booking gets another hour, and its old one is kept for
 * urgent work.
 *
 * @param text may name the booking for which room is made: its customer is offered the hour
 */
export function displaceByStaff(turn: TurnContext, by: string, booking: Booking, text: string): void {
  if (booking.status !== "confirmed" || booking.start <= turn.now) {
    turn.notify(by, turn.staffWords("staff.not_confirmed", { number: booking.number }), null);
    return;
  }
  const { offerHoldMinutes } = turn.model.profile.business.workshop.bookings;
  const first = /\bB\d{4,}\b/i.exec(text)?.[0].toUpperCase() ?? null;
  const other = first === null ? null : turn.record("booking", first);
  if (other?.status === "confirmed" && other.start === booking.start) {
    const time = turn.staffTime(other.start);
    turn.notify(by, turn.staffWords("staff.room_has", { number: other.number, time }), null);
    return;
  }
  const until = first === null ? booking.end : turn.now + offerHoldMinutes * MINUTE_MS;
  const plan = plannable(agendaOf(turn, bookingWindowOf(turn)), turn.zone);
  const everything = turn.model.profile.resources.map(({ id }) => resourceKey(id));
  plan.free([booking.technician, ...everything], dayOf(booking.start, turn.zone), booking.number);
  const job = { ...jobOfBooking(turn, booking), preferred: booking.technician, priority: true };
  const hour = offerAt(turn.model, plan.view, { job, now: turn.now }, booking.start);
  if (hour) plan.take(hour, "first");
  if (!hour || !newHour(turn, plan, booking)) {
    turn.notify(by, turn.staffWords("staff.no_hours", { number: booking.number }), null);
    return;
  }
  turn.releaseHours(booking, booking.number);
  // Kept for the urgent work before the other hour is looked for, so that it is not found again.
  const key = `urgent:${booking.number}`;
  holdOffer(turn, hour, until, key);
  moveAside(turn, booking, by, first);
  if (other?.status === "confirmed")
    turn.tell(other.conversation, "room_made", {
      booking: other.number,
      start: booking.start,
      hold: key,
      until,
      technician: booking.technician,
    });
}

/** At the customer whose booking gave way. */
export function putDisplaced(turn: TurnContext, data: TimerData): void {
  const booking = turn.bookings().find((one) => one.number === data["booking"]);
  if (booking?.status !== "confirmed" || booking.start !== data["start"]) return;
  const technician = turn.model.technician(booking.technician);
  if (data["from"] === data["start"]) {
    turn.say(
      turn.words("rescue.told", {
        name: turn.callName(),
        number: booking.number,
        time: turn.time(booking.start),
        technician: technician?.name[turn.lang] ?? "",
        phone: technician ? formatPhone(technician.phone) : "",
      }),
    );
    return;
  }
  startFlow(turn, "new-time", null, {
    booking: booking.number,
    offer: { ...hoursOf(booking as unknown as Offer), busy: { start: booking.start, end: booking.end } } as unknown as Json,
    from: Number(data["from"]),
    until: booking.start,
    why: "displaced",
    rescue: null,
  });
}

/** At the customer for whose booking room was made. */
export function putRoomMade(turn: TurnContext, data: TimerData): void {
  const booking = turn.bookings().find((one) => one.number === data["booking"]);
  const until = Number(data["until"]);
  if (booking?.status !== "confirmed" || until <= turn.now) return;
  offerRoom(turn, booking, { start: Number(data["start"]), technician: String(data["technician"]), hold: String(data["hold"]), until });
}

/** The hour made free is offered for a booking, and held for its customer meanwhile. */
export function offerRoom(turn: TurnContext, booking: Booking, { start, technician, hold, until }: HeldHour): void {
  const search = { job: jobOfBooking(turn, booking), now: turn.now, moving: booking.number, hold };
  const offer = offerAt(turn.model, agendaOf(turn, bookingWindowOf(turn)), search, start);
  if (!offer) return;
  turn.releaseHours({ start, technician }, hold);
  holdOffer(turn, offer, until);
  startFlow(turn, "new-time", null, { booking: booking.number, offer: offer as unknown as Json, until, why: "staff", rescue: null });
}
