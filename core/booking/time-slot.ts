/**
 * The time of a booking, for booking and moving alike: from what was wished to an hour that a technician has free, or the
 * nearest alternatives (handbook: on a clash, negotiate a new time).
 */

import type { TurnContext } from "../conversation/context.ts";
import type { Prompt, Settled } from "../conversation/flow.ts";
import type { Choice, Json } from "../conversation/state.ts";
import { DAY_MS, dayOf, daysBetween, type Instant, MINUTE_MS } from "../time.ts";
import { comma, formatClock, formatDay, formatOffer } from "../wording/format.ts";
import { holdKey } from "./hold-key.ts";
import type { Job } from "./job.ts";
import { bookingWindow, findOffers, nearestOffers, type Offer, offerAt } from "./slots.ts";
import type { TimeWish } from "./time-wish.ts";
import { waitChoiceId } from "./waiting-choice.ts";
import { agendaOf } from "./window.ts";

function isOffer(raw: Json): boolean {
  return typeof raw === "object" && raw !== null && "technician" in raw;
}

/** The hour for a wish. `moving` is the booking that is being moved. */
export function settleTime(turn: TurnContext, job: Job, raw: Json, moving: string | null): Settled<Json> {
  const { model, now } = turn;
  const window = bookingWindow(model, now);
  const agenda = agendaOf(turn, window);
  const search = { job, now, moving, hold: holdKey(turn.conversation) };
  const count = model.profile.business.booking.offers;
  const language = turn.lang;

  if (isOffer(raw)) {
    const chosen = raw as unknown as Offer;
    const still = offerAt(model, agenda, search, chosen.start);
    if (still)
      return { status: "ok", value: { ...still, others: (chosen as { others?: readonly number[] }).others ?? [] } as unknown as Json };
    if (chosen.start <= now)
      return clash(
        turn,
        nearestOffers(model, agenda, { ...search, limit: count }, window.from),
        "past",
        turn.words("time.past", { time: turn.time(chosen.start) }),
      );
    return clash(
      turn,
      nearestOffers(model, agenda, { ...search, limit: count }, chosen.start),
      "taken",
      turn.words("time.taken", { time: turn.time(chosen.start) }),
    );
  }
  // The first free time counts, not the one wished: a customer who wants Saturday week is not kept waiting by us.
  noteFirst(turn, findOffers(model, agenda, { ...search, from: window.from, to: window.to, limit: 1 })[0]);
  const wish = raw as unknown as TimeWish & { soft?: boolean };
  if ("asap" in wish) {
    const offers = findOffers(model, agenda, { ...search, from: window.from, to: window.to, limit: count });
    return offers.length > 0
      ? found(turn, offers[0]!, null, offers.length, offers.slice(1))
      : clash(turn, [], "full", turn.words("time.full"));
  }
  const label = wish.end === null ? turn.time(wish.start) : spanLabel(turn, wish);
  if ((wish.end ?? wish.start) <= now) {
    const offers = nearestOffers(model, agenda, { ...search, limit: count }, window.from);
    return clash(turn, offers, "past", turn.words("time.past", { time: label }));
  }
  if (wish.start > window.to) {
    const { horizonDays } = model.profile.business.booking;
    return clash(
      turn,
      nearestOffers(model, agenda, { ...search, limit: count }, window.to),
      "horizon",
      turn.words("time.too_far", { time: label, days: horizonDays, last: formatDay(window.to, language, turn.zone, now) }),
    );
  }
  if (wish.end === null) {
    const exact = offerAt(model, agenda, search, wish.start);
    if (exact) return found(turn, exact, wish.start, 1);
    const offers = nearestOffers(model, agenda, { ...search, limit: count }, wish.start);
    const day = dayOf(wish.start, turn.zone);
    if (wish.start < window.from)
      return clash(
        turn,
        offers,
        "notice",
        turn.words("time.too_soon", { time: label, minutes: model.profile.business.booking.minimumNoticeMinutes }),
      );
    if (model.calendar.openSpans(day).length === 0)
      return clash(turn, offers, "closed_day", turn.words("time.closed_day", { day: formatDay(wish.start, language, turn.zone, now) }));
    if (!model.calendar.isOpen(wish.start))
      return clash(turn, offers, "closed_hour", turn.words("time.closed_hour", { time: label, hours: hoursOf(turn, day) }));
    return clash(turn, offers, "busy", turn.words("time.busy", { time: label }), { from: wish.start, to: wish.start });
  }
  const offers = findOffers(model, agenda, { ...search, from: wish.start, to: wish.end - MINUTE_MS, limit: count });
  if (offers.length > 0) return found(turn, offers[0]!, wish.start, offers.length, offers.slice(1));
  const near = nearestOffers(model, agenda, { ...search, limit: count }, wish.start);
  const oneDay = wish.end - wish.start <= DAY_MS;
  if (oneDay && model.calendar.openSpans(dayOf(wish.start, turn.zone)).length === 0) {
    return clash(turn, near, "closed_day", turn.words("time.closed_day", { day: formatDay(wish.start, language, turn.zone, now) }));
  }
  return clash(turn, near, "busy", turn.words("time.busy", { time: label }), { from: wish.start, to: wish.end });
}

/** Enough for the first free times of several half-days, and no more. */
const OFFERS_LOOKED_AT = 48;

/** Question for a time, with the first free ones as choices. */
export function askTime(turn: TurnContext, job: Job, moving: string | null): Prompt {
  const { model, now } = turn;
  const window = bookingWindow(model, now);
  const agenda = agendaOf(turn, window);
  const search = { job, now, moving, hold: holdKey(turn.conversation) };
  const kept = stillOffered(turn, (start) => offerAt(model, agenda, search, start));
  const offers =
    kept.length > 0
      ? kept
      : spread(
          turn,
          findOffers(model, agenda, { ...search, from: window.from, to: window.to, limit: OFFERS_LOOKED_AT }),
          model.profile.business.booking.offers,
        );
  noteFirst(turn, offers[0]);
  traceOffer(turn, null, offers.length, offers);
  if (offers.length === 0) return { text: turn.words("time.full"), question: "datetime" };
  return { text: turn.words("time.ask"), question: "datetime", choices: offerChoices(turn, offers) };
}

/** An answer that told nothing leaves the hours on offer as they were, those that are still free. */
function stillOffered(turn: TurnContext, offerOf: (start: Instant) => Offer | null): Offer[] {
  const asked = turn.previouslyAsked;
  if (turn.learnt || asked?.slot !== "time") return [];
  return asked.choices.flatMap(({ id, value }) =>
    id.startsWith("time:") && value ? (offerOf((value as unknown as Offer).start) ?? []) : [],
  );
}

/** Not three half-hours in a row: the first of each part of a day, then the next. */
function spread(turn: TurnContext, offers: readonly Offer[], count: number): Offer[] {
  const picked: Offer[] = [];
  const seen = new Set<string>();
  for (const offer of offers) {
    const half = `${dayOf(offer.start, turn.zone)}|${Number(formatClock(offer.start, turn.zone).slice(0, 2)) < 12 ? "am" : "pm"}`;
    if (seen.has(half)) continue;
    seen.add(half);
    picked.push(offer);
    if (picked.length >= count) return picked;
  }
  for (const offer of offers) {
    if (picked.length >= count) break;
    if (!picked.includes(offer)) picked.push(offer);
  }
  return picked.sort((one, other) => one.start - other.start);
}

function offerChoices(turn: TurnContext, offers: readonly Offer[]): Choice[] {
  return offers.map((offer, index) => ({
    id: `time:${index + 1}:${offer.start}`,
    label: formatOffer(offer.start, turn.lang, turn.zone),
    value: offer as unknown as Json,
  }));
}

function found(turn: TurnContext, offer: Offer, wished: Instant | null, considered: number, others: readonly Offer[] = []): Settled<Json> {
  traceOffer(turn, wished, considered, [offer, ...others]);
  return { status: "ok", value: { ...offer, others: others.map((other) => other.start) } as unknown as Json };
}

/** @param wanted hours that others have: the customer may wait for them */
function clash(
  turn: TurnContext,
  offers: readonly Offer[],
  reason: string,
  text: string,
  wanted: { readonly from: Instant; readonly to: Instant } | null = null,
): Settled<Json> {
  traceOffer(turn, null, offers.length, offers);
  const wait = wanted === null ? [] : [{ id: waitChoiceId(wanted.from, wanted.to), label: turn.words("waiting.choice_join") }];
  const prompt: Prompt =
    offers.length > 0
      ? { text: turn.words("time.alternatives"), question: "datetime", choices: [...offerChoices(turn, offers), ...wait] }
      : { text: turn.words("time.ask_other"), question: "datetime", choices: wait };
  return { status: "refused", reason, text, prompt };
}

/** How many days off the first free time is: a fact for the rules. */
function noteFirst(turn: TurnContext, first: Offer | undefined): void {
  const { horizonDays } = turn.model.profile.business.booking;
  turn.ruleFacts["days_to_slot"] = first ? daysBetween(dayOf(turn.now, turn.zone), dayOf(first.start, turn.zone)) : horizonDays + 1;
}

function traceOffer(turn: TurnContext, wished: Instant | null, considered: number, offers: readonly Offer[]): void {
  turn.trace({
    kind: "offer",
    wished: wished === null ? null : turn.time(wished),
    considered,
    offered: offers.map((offer) => ({ start: offer.start, technician: offer.technician, reason: "free, skilled, least loaded" })),
  });
}

function spanLabel(turn: TurnContext, wish: { start: Instant; end: Instant | null; grain: string }): string {
  const { lang, zone, now } = turn;
  if (wish.grain === "part" || wish.grain === "range") {
    const from = turn.time(wish.start);
    const last = wish.end! - MINUTE_MS;
    return dayOf(wish.start, zone) === dayOf(last, zone)
      ? `${from}–${formatClock(wish.end!, zone)}`
      : `${formatDay(wish.start, lang, zone, now)}–${formatDay(last, lang, zone, now)}`;
  }
  if (wish.grain === "week" || wish.grain === "month")
    return `${formatDay(wish.start, lang, zone, now)}–${formatDay(wish.end! - MINUTE_MS, lang, zone, now)}`;
  return formatDay(wish.start, lang, zone, now);
}

/** Opening hours of a day as text: `08:30–12:00, 13:30–18:00`. */
export function hoursOf(turn: TurnContext, day: string): string {
  return turn.model.calendar
    .openSpans(day)
    .map(
      (span) =>
        `${formatClock(span.start, turn.zone)}–${formatClock(span.end, turn.zone) === "00:00" ? "24:00" : formatClock(span.end, turn.zone)}`,
    )
    .join(comma(turn.lang));
}
