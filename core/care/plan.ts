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
import { addDays, DAY_MS, type DayKey, dayOf, type Instant, instantOf, monthNumber } from "../time.ts";
import { inAudience, isEverybody, zoneOf } from "./audience.ts";
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
  /** Nobody is left out by the plan's audience. */
  readonly everybody: boolean;
  /** What first steps are reckoned from falls on these days, both included. */
  readonly from: DayKey;
  readonly to: DayKey;
  /** Their months by number. */
  readonly firstMonth: number;
  readonly lastMonth: number;
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
      if (!window.everybody && !inAudience(model, window.plan.audience, customer, state, today)) continue;
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
  const [firstMonth, lastMonth] = [monthNumber(from), monthNumber(to)];
  return { plan, everybody: isEverybody(plan.audience), from, to, firstMonth, lastMonth, years, festivals };
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

const NO_ANCHORS: readonly Anchor[] = [];

/** Anchors whose first step falls within the window. Most customers have none on most days, and that is found out with little work. */
function anchorsOf(model: BusinessModel, window: Window, customer: CustomerFile, state: CareState): readonly Anchor[] {
  const { on } = window.plan;
  switch (on.event) {
    case "festival":
      return window.festivals;
    case "birthday":
      return customer.birthday ? birthdayAnchors(window, on.daysBefore, customer.birthday, model) : NO_ANCHORS;
    case "date":
      return dateAnchors(model, window, on, customer.products);
    case "service_due": {
      let found = NO_ANCHORS;
      for (const owned of customer.products) {
        const day = isCovered(model, owned, on.products) ? serviceDueOn(owned, state.services[owned.id] ?? null, on) : null;
        if (day !== null) found = withAnchor(found, window, day, on.daysBefore, owned.id);
      }
      return found;
    }
    case "idle": {
      const served = lastService(customer, state);
      return served === null ? NO_ANCHORS : withAnchor(NO_ANCHORS, window, addMonths(served, on.months), 0, null);
    }
    case "order":
      return NO_ANCHORS;
  }
}

function birthdayAnchors(
  window: Window,
  daysBefore: number,
  birthday: NonNullable<CustomerFile["birthday"]>,
  model: BusinessModel,
): readonly Anchor[] {
  let found = NO_ANCHORS;
  for (const year of window.years)
    for (const day of birthdaysIn(birthday, year, model.profile.care.birthdays)) found = withAnchor(found, window, day, daysBefore, null);
  return found;
}

/** Days of products, moved by months, and their returns. */
function dateAnchors(
  model: BusinessModel,
  window: Window,
  on: Extract<CarePlan["on"], { event: "date" }>,
  products: readonly OwnedProduct[],
): readonly Anchor[] {
  let found = NO_ANCHORS;
  const { firstMonth: first, lastMonth: last } = window;
  for (const owned of products) {
    const date = on.date === "bought" ? owned.boughtOn : owned.due?.[on.date];
    if (!date) continue;
    const start = monthNumber(date) + on.afterMonths;
    if (start > last || (on.everyMonths === 0 && start < first) || !isCovered(model, owned, on.products)) continue;
    const base = on.afterMonths > 0 ? addMonths(date, on.afterMonths) : date;
    const passed = start < first ? Math.ceil((first - start) / on.everyMonths) : 0;
    for (let times = passed; start + times * on.everyMonths <= last; times++) {
      found = withAnchor(found, window, times === 0 ? base : addMonths(base, times * on.everyMonths), on.daysBefore, owned.id);
      if (on.everyMonths === 0) break;
    }
  }
  return found;
}

function isCovered(model: BusinessModel, owned: OwnedProduct, products: readonly string[]): boolean {
  return owned.soldOn === undefined && (products.length === 0 || model.covers(products, owned.product));
}

/** With one more, if it falls within the window. */
function withAnchor(found: readonly Anchor[], window: Window, day: DayKey, daysBefore: number, owned: string | null): readonly Anchor[] {
  if (day < window.from || day > window.to) return found;
  return [...found, { on: day, day: addDays(day, -daysBefore), key: owned === null ? day : `${owned}@${day}`, owned }];
}

function yearsOf(first: DayKey, last: DayKey): readonly number[] {
  const from = Number(first.slice(0, 4));
  return Array.from({ length: Number(last.slice(0, 4)) - from + 1 }, (_, index) => from + index);
}
