/**
 * What the plans of the profile ask for one customer within a span of time. Pure; asked again it gives the same touches with the same
 * ids, so that a pass may be repeated after any stop.
 */
import { birthdaysIn } from "../calendar/birthdays.ts";
import { festivalDay } from "../calendar/festival-days.ts";
import type { CustomerFile, OwnedProduct } from "../customers/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { CarePlan } from "../profile/care-schema.ts";
import type { BusinessModel } from "../profile/model.ts";
import { addDays, DAY_MS, type DayKey, dayOf, daysBetween, type Instant, instantOf } from "../time.ts";
import { inAudience, zoneOf } from "./audience.ts";
import { lastService, serviceDueOn } from "./mileage.ts";
import { addMonths } from "./months.ts";
import { type CareState, NO_STATE, type Touch } from "./touch.ts";

/** A day something is reckoned from, and what makes it this one and no other. */
interface Anchor {
  readonly on: DayKey;
  /** The day of the first step. */
  readonly day: DayKey;
  readonly key: string;
  readonly owned: string | null;
}

const LONGEST_MONTH_DAYS = 31;

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Plans that may ask for something within a span: those of festivals only near their day. Saves looking at everybody for nothing. */
export function plansWithin(plans: readonly CarePlan[], from: Instant, to: Instant): readonly CarePlan[] {
  // A day on either side for the zones of customers.
  const last = dayOf(to + DAY_MS, "UTC");
  return plans.filter((plan) => {
    const { on } = plan;
    if (on.event === "order") return false;
    if (on.event !== "festival") return true;
    const first = addDays(dayOf(from - DAY_MS, "UTC"), -plan.steps.at(-1)!.afterDays);
    return yearsOf(first, addDays(last, on.daysBefore)).some((year) => {
      const day = festivalDay(on.festival, year);
      const send = day === null ? "" : addDays(day, -on.daysBefore);
      return send >= first && send <= last;
    });
  });
}

/** Days on which something must fall to be sent within a span, and the festivals among them: the same for all customers of a zone. */
interface Window {
  readonly plan: CarePlan;
  /** First steps fall on `first … last`, both included. */
  readonly first: DayKey;
  readonly last: DayKey;
  /** What they are reckoned from falls on these days. */
  readonly from: DayKey;
  readonly to: DayKey;
  readonly years: readonly number[];
  readonly festivals: readonly Anchor[];
}

/** Touches whose time lies within a span (end excluded), customer by customer. */
export type CustomerPlanner = (customer: CustomerFile, state: CareState) => readonly Touch[];

/** What is the same for all customers is reckoned once: a pass asks for a million of them. */
export function createCustomerPlanner(model: BusinessModel, plans: readonly CarePlan[], from: Instant, to: Instant): CustomerPlanner {
  const wanted = plans.filter((plan) => plan.on.event !== "order");
  const zones = new Map<string, { readonly today: DayKey; readonly windows: readonly Window[] }>();
  const inZone = (zone: string) => {
    const known = zones.get(zone);
    if (known) return known;
    const first = dayOf(from, zone);
    const today = dayOf(to, zone);
    const fresh = { today, windows: wanted.map((plan) => windowOf(plan, first, today)) };
    zones.set(zone, fresh);
    return fresh;
  };
  return (customer, state) => {
    const touches: Touch[] = [];
    const zone = zoneOf(customer, model);
    const { today, windows } = inZone(zone);
    for (const window of windows) {
      if (!inAudience(model, window.plan.audience, customer, state, today)) continue;
      for (const anchor of anchorsOf(model, window, customer, state))
        addSteps(touches, window.plan, anchor, customer.id, null, zone, from, to);
    }
    return touches;
  };
}

function windowOf(plan: CarePlan, firstDay: DayKey, last: DayKey): Window {
  const first = addDays(firstDay, -plan.steps.at(-1)!.afterDays);
  const before = "daysBefore" in plan.on ? plan.on.daysBefore : 0;
  const [from, to] = [addDays(first, before), addDays(last, before)];
  const years = yearsOf(first, to);
  const festivals: Anchor[] = [];
  if (plan.on.event === "festival")
    for (const year of years) {
      const day = festivalDay(plan.on.festival, year);
      if (day !== null && day >= from && day <= to) festivals.push({ on: day, day: addDays(day, -before), key: day, owned: null });
    }
  return { plan, first, last, from, to, years, festivals };
}

/** Touches that an order's new state asks for, whenever they fall. */
export function planOrder(
  model: BusinessModel,
  plans: readonly CarePlan[],
  customer: CustomerFile,
  order: WorkOrder,
  status: WorkOrder["status"],
  at: Instant,
): readonly Touch[] {
  const touches: Touch[] = [];
  const zone = zoneOf(customer, model);
  const on = dayOf(at, zone);
  for (const plan of plans) {
    if (plan.on.event !== "order" || plan.on.status !== status) continue;
    if (plan.on.products.length > 0 && !model.covers(plan.on.products, order.product)) continue;
    if (!inAudience(model, plan.audience, customer, NO_STATE, on)) continue;
    const anchor: Anchor = { on, day: addDays(on, plan.on.daysAfter), key: `${order.number}@${on}`, owned: order.ownedProduct };
    addSteps(touches, plan, anchor, customer.id, order.number, zone, at, Number.POSITIVE_INFINITY);
  }
  return touches;
}

function addSteps(
  touches: Touch[],
  plan: CarePlan,
  anchor: Anchor,
  customerId: string,
  order: string | null,
  zone: string,
  from: Instant,
  to: Instant,
): void {
  for (const [step, { afterDays }] of plan.steps.entries()) {
    const dueAt = instantOf(addDays(anchor.day, afterDays), minuteOf(plan.at), zone);
    if (dueAt < from || dueAt >= to) continue;
    touches.push({
      id: `${plan.id}/${customerId}/${anchor.key}/${step}`,
      customerId,
      plan: plan.id,
      kind: plan.kind,
      step,
      anchor: anchor.key,
      owned: anchor.owned,
      order,
      on: anchor.on,
      status: "waiting",
      dueAt,
      notAfter: dueAt + plan.lateDays * DAY_MS,
      conversation: null,
      tried: [],
      tries: 0,
      at: dueAt,
      into: null,
      task: null,
      result: null,
      answer: null,
      fruit: null,
      log: [],
    });
  }
}

/** Anchors whose first step falls within the window. */
function anchorsOf(model: BusinessModel, window: Window, customer: CustomerFile, state: CareState): readonly Anchor[] {
  const { on } = window.plan;
  if (on.event === "festival") return window.festivals;
  const found: Anchor[] = [];
  const take = (day: DayKey, before: number, owned: string | null): void => {
    if (day < window.from || day > window.to) return;
    found.push({ on: day, day: addDays(day, -before), key: owned === null ? day : `${owned}@${day}`, owned });
  };
  const covered = (owned: OwnedProduct, products: readonly string[]): boolean =>
    owned.soldOn === undefined && (products.length === 0 || model.covers(products, owned.product));
  switch (on.event) {
    case "birthday":
      if (!customer.birthday) break;
      for (const year of window.years)
        for (const day of birthdaysIn(customer.birthday, year, model.profile.care.birthdays)) take(day, on.daysBefore, null);
      break;
    case "date":
      for (const owned of customer.products) {
        const date = covered(owned, on.products) ? (on.date === "bought" ? owned.boughtOn : owned.due?.[on.date]) : undefined;
        if (date) for (const day of repeated(date, on.afterMonths, on.everyMonths, window)) take(day, on.daysBefore, owned.id);
      }
      break;
    case "service_due":
      for (const owned of customer.products) {
        const day = covered(owned, on.products) ? serviceDueOn(owned, state.services[owned.id] ?? null, on) : null;
        if (day !== null) take(day, on.daysBefore, owned.id);
      }
      break;
    case "idle": {
      const served = lastService(customer, state);
      if (served !== null) take(addMonths(served, on.months), 0, null);
      break;
    }
    case "order":
      break;
  }
  return found;
}

/** A date moved by months, and its returns, as far as the end of the window; some may lie before its beginning. */
function* repeated(date: DayKey, afterMonths: number, everyMonths: number, { first, to }: Window): Generator<DayKey> {
  const start = afterMonths > 0 ? addMonths(date, afterMonths) : date;
  yield start;
  // A first time that lies ahead leaves nothing for the repetitions to do.
  if (start > to || everyMonths === 0) return;
  const passed = Math.floor(daysBetween(start, first) / LONGEST_MONTH_DAYS / everyMonths);
  for (let times = Math.max(1, passed - 1); ; times++) {
    const day = addMonths(start, times * everyMonths);
    if (day > to) return;
    yield day;
  }
}

function yearsOf(first: DayKey, last: DayKey): readonly number[] {
  const from = Number(first.slice(0, 4));
  return Array.from({ length: Number(last.slice(0, 4)) - from + 1 }, (_, index) => from + index);
}
