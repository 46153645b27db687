/**
 * The time of a booking, for booking and moving alike: from what was wished to an hour that a technician has free, or the
 * nearest alternatives (handbook: on a clash, negotiate a new time).
 */

import type { TurnContext } from "../conversation/context.ts";
import type { FlowContext, Prompt, Settled } from "../conversation/flow.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Choice, Json } from "../conversation/state.ts";
import { addDays, DAY_MS, dayOf, daysBetween, type Instant, instantOf, MINUTE_MS } from "../time.ts";
import { formatClock, formatDateTime, formatDay, formatOffer } from "../wording/format.ts";
import { holdKey } from "./hold-key.ts";
import { type Agenda, bookingWindow, findOffers, type Job, nearestOffers, type Offer, offerAt } from "./slots.ts";
import { timeShiftOf } from "./time-shift.ts";
import { waitChoiceId } from "./waiting-choice.ts";

/** A wished time as said: an instant (`end` null), a span, or as soon as possible. */
export type TimeWish = { readonly start: Instant; readonly end: Instant | null; readonly grain: string } | { readonly asap: true };

const ASAP =
  /尽快|盡快|儘快|尽早|盡早|儘早|越快越好|最快|最早|马上|馬上|立刻|随时|隨時|什么时候都|甚麼時候都|什麼時候都|几时都|幾時都|都可以|都行|asap|as soon as|soonest|earliest|any ?time|whenever|right away|first available/i;
const NONE_FITS =
  /都不行|都不方便|都不合适|都不合適|都唔得|都唔啱|没一个|沒一個|换个时间|換個時間|改个时间|其他时间|其他時間|另外的时间|none of (?:these|those|them)|another time|other times?|different time|neither/i;

/** Is the time in the words a wish for as soon as possible? */
export function wantsSoonest(text: string): boolean {
  return ASAP.test(text);
}

/** An hour of today that is past already but plainly wished (约今天上午10点), not told (今天早上八点开始不制冷). */
function wishedToday(
  turn: TurnContext,
  said: { readonly start: Instant; readonly end: Instant | null },
  text: string,
  asked: boolean,
): boolean {
  if (said.end !== null || dayOf(said.start, turn.zone) !== dayOf(turn.now, turn.zone)) return false;
  return (
    (asked || /约|約|来|來|改到|\b(?:book|come|appointment)\b/i.test(text)) &&
    !/开始|開始|起就|就不|坏|壞|\b(?:since|started|broke)\b/i.test(text)
  );
}

/**
 * Reads the wished time; a time that merely repeats the settled one is no new wish.
 *
 * @param standing the hour that stands so far outside the flow: that of the booking being moved
 */
export function takeTime(
  context: FlowContext<{ time: Json }>,
  reading: Reading,
  asked: boolean,
  standing: Instant | null = null,
): Json | undefined {
  const { datetime } = entitiesOf(reading);
  const shift = timeShiftOf(reading.text);
  const base = shift === null ? null : (hourOnTheTable(context) ?? standing);
  if (base !== null) return { start: movedBy(base, shift!, context.turn.zone), end: null, grain: "minute" };
  const settled = context.values.time as unknown as Offer | undefined;
  const said =
    datetime.find((one) => !one.past) ??
    datetime.find((one) => wishedToday(context.turn, one, reading.text, asked)) ??
    // With an hour on the table a bare clock reading is one of that day, past or not today.
    (settled ? datetime.find((one) => !one.daySaid && one.end === null) : undefined);
  if (said) {
    if (settled && said.end !== null && settled.start >= said.start && settled.start < said.end) return undefined;
    if (settled && said.end === null && !said.daySaid) {
      // A bare clock reading moves the hour, not the day.
      const day = dayOf(settled.start, context.turn.zone);
      const clock = said.start - instantOf(dayOf(said.start, context.turn.zone), 0, context.turn.zone);
      return { start: instantOf(day, 0, context.turn.zone) + clock, end: null, grain: said.grain };
    }
    const earlier = context.frame.raw["time"] as TimeWish | undefined;
    if (
      said.end === null &&
      !said.daySaid &&
      earlier &&
      "start" in earlier &&
      (earlier.end === null || earlier.end - earlier.start <= DAY_MS)
    ) {
      // The day was said before; a bare clock reading is an hour of that day.
      const { zone } = context.turn;
      const clock = said.start - instantOf(dayOf(said.start, zone), 0, zone);
      return { start: instantOf(dayOf(earlier.start, zone), 0, zone) + clock, end: null, grain: said.grain };
    }
    if (said.grain === "day" && !settled && !asked && earlier && "start" in earlier) {
      // Another day: the hour or the part of the day that was said before goes with it.
      const { zone } = context.turn;
      const days = daysBetween(dayOf(earlier.start, zone), dayOf(said.start, zone)) * DAY_MS;
      if (earlier.end === null && earlier.grain !== "day") return { start: earlier.start + days, end: null, grain: earlier.grain };
      if (earlier.grain === "part")
        return { start: earlier.start + days, end: earlier.end === null ? null : earlier.end + days, grain: "part" };
    }
    if (said.grain === "part" && !said.daySaid && settled) {
      const shift = daysBetween(dayOf(said.start, context.turn.zone), dayOf(settled.start, context.turn.zone)) * DAY_MS;
      return { start: said.start + shift, end: said.end === null ? null : said.end + shift, grain: said.grain };
    }
    if (said.grain === "day" && settled && asked === false && context.frame.phase === "confirming") {
      // Another day at the same hour, when only the day was said.
      const clock = settled.start - instantOf(dayOf(settled.start, context.turn.zone), 0, context.turn.zone);
      return { start: said.start + clock, end: null, grain: "minute", soft: true };
    }
    return { start: said.start, end: said.end, grain: said.grain };
  }
  if (asked && ASAP.test(reading.text) && !NONE_FITS.test(reading.text)) return { asap: true };
  if (!settled && ASAP.test(reading.text) && context.frame.raw["time"] === undefined && reading.understanding) return { asap: true };
  return undefined;
}

/** The hour settled or wished so far. */
function hourOnTheTable(context: FlowContext<{ time: Json }>): Instant | null {
  const settled = context.values.time as unknown as Offer | undefined;
  if (settled) return settled.start;
  const wish = context.frame.raw["time"] as TimeWish | undefined;
  return wish && "start" in wish && wish.end === null ? wish.start : null;
}

/** Whole days keep the hour of the wall clock. */
function movedBy(base: Instant, shift: number, zone: string): Instant {
  if (shift % DAY_MS !== 0) return base + shift;
  const day = dayOf(base, zone);
  return instantOf(addDays(day, shift / DAY_MS), 0, zone) + (base - instantOf(day, 0, zone));
}

/** Does an answer to the offered times say that none of them suits? */
export function refusesOffers(text: string): boolean {
  return NONE_FITS.test(text);
}

function isOffer(raw: Json): boolean {
  return typeof raw === "object" && raw !== null && "technician" in raw;
}

/** The span in which bookings are taken now. */
export function bookingWindowOf(turn: TurnContext): { readonly from: Instant; readonly to: Instant } {
  return bookingWindow(turn.model, turn.now);
}

/** Taken hours of the booking window, and of its eve: work before midnight keeps the way after it. */
export function agendaOf(turn: TurnContext, window: { readonly from: Instant; readonly to: Instant }): Agenda {
  return turn.agenda(addDays(dayOf(window.from, turn.zone), -1), dayOf(window.to, turn.zone));
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
        turn.words("time.past", { time: formatDateTime(chosen.start, language, turn.zone, now) }),
      );
    return clash(
      turn,
      nearestOffers(model, agenda, { ...search, limit: count }, chosen.start),
      "taken",
      turn.words("time.taken", { time: formatDateTime(chosen.start, language, turn.zone, now) }),
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
  const label = wish.end === null ? formatDateTime(wish.start, language, turn.zone, now) : spanLabel(turn, wish);
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
    wished: wished === null ? null : formatDateTime(wished, turn.lang, turn.zone, turn.now),
    considered,
    offered: offers.map((offer) => ({ start: offer.start, technician: offer.technician, reason: "free, skilled, least loaded" })),
  });
}

function spanLabel(turn: TurnContext, wish: { start: Instant; end: Instant | null; grain: string }): string {
  const { lang, zone, now } = turn;
  if (wish.grain === "part" || wish.grain === "range") {
    const from = formatDateTime(wish.start, lang, zone, now);
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
    .join(turn.lang === "en" ? ", " : "、");
}
