/**
 * What the plans of the profile ask for one customer within a span of time. Pure; asked again it gives the same touches with the same
 * ids, so that a pass may be repeated after any stop.
 */
import { birthdaysIn } from "../calendar/birthdays.ts";
import { festivalDay } from "../calendar/festivals.ts";
import type { CustomerFile, OwnedProduct } from "../customers/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { Audience, CarePlan } from "../profile/care-schema.ts";
import type { BusinessModel } from "../profile/model.ts";
import { addDays, DAY_MS, type DayKey, dayOf, daysBetween, type Instant, instantOf } from "../time.ts";
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

/** The zone a customer lives in. */
export function zoneOf(customer: Pick<CustomerFile, "zone">, model: BusinessModel): string {
  return customer.zone ?? model.zone;
}

/** Plans in force: those of the profile without the ones this shop does without. */
export function plansOf(model: BusinessModel): readonly CarePlan[] {
  const { without } = model.profile.care;
  return model.profile.carePlans.filter((plan) => !without.includes(plan.id));
}

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

/**
 * Touches whose time lies within `from … to` (end excluded).
 *
 * @param state what is known of earlier services; none when left out
 */
export function planCustomer(
  model: BusinessModel,
  plans: readonly CarePlan[],
  customer: CustomerFile,
  state: CareState,
  from: Instant,
  to: Instant,
): readonly Touch[] {
  const touches: Touch[] = [];
  const zone = zoneOf(customer, model);
  const first = dayOf(from, zone);
  const last = dayOf(to, zone);
  for (const plan of plans) {
    if (plan.on.event === "order" || !inAudience(model, plan.audience, customer, state, last)) continue;
    const reach = plan.steps.at(-1)!.afterDays;
    for (const anchor of anchorsOf(model, plan, customer, state, addDays(first, -reach), last))
      addSteps(touches, plan, anchor, customer.id, null, zone, from, to);
  }
  return touches;
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

/** Anchors whose first step falls on `first … last`, both included. */
function anchorsOf(
  model: BusinessModel,
  plan: CarePlan,
  customer: CustomerFile,
  state: CareState,
  first: DayKey,
  last: DayKey,
): readonly Anchor[] {
  const { on } = plan;
  const found: Anchor[] = [];
  const take = (day: DayKey, before: number, owned: string | null): void => {
    const send = addDays(day, -before);
    if (send >= first && send <= last) found.push({ on: day, day: send, key: owned === null ? day : `${owned}@${day}`, owned });
  };
  switch (on.event) {
    case "birthday": {
      if (!customer.birthday) break;
      for (const year of yearsOf(first, addDays(last, on.daysBefore)))
        for (const day of birthdaysIn(customer.birthday, year, model.profile.care.birthdays)) take(day, on.daysBefore, null);
      break;
    }
    case "festival":
      for (const year of yearsOf(first, addDays(last, on.daysBefore))) {
        const day = festivalDay(on.festival, year);
        if (day !== null) take(day, on.daysBefore, null);
      }
      break;
    case "date":
      for (const owned of customer.products) {
        if (owned.soldOn !== undefined || (on.products.length > 0 && !model.covers(on.products, owned.product))) continue;
        const date = on.date === "bought" ? owned.boughtOn : owned.due?.[on.date];
        if (!date) continue;
        const start = on.afterMonths > 0 ? addMonths(date, on.afterMonths) : date;
        take(start, on.daysBefore, owned.id);
        // A first time that lies ahead leaves nothing for the repetitions to do.
        if (addDays(start, -on.daysBefore) > last) continue;
        if (on.everyMonths === 0) continue;
        const passed = Math.floor(daysBetween(start, first) / 31 / on.everyMonths);
        for (let times = Math.max(1, passed - 1); ; times++) {
          const day = addMonths(start, times * on.everyMonths);
          if (addDays(day, -on.daysBefore) > last) break;
          take(day, on.daysBefore, owned.id);
        }
      }
      break;
    case "service_due":
      for (const owned of customer.products) {
        if (owned.soldOn !== undefined || (on.products.length > 0 && !model.covers(on.products, owned.product))) continue;
        const day = serviceDueOn(owned, state.services[owned.id] ?? null, on);
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

function yearsOf(first: DayKey, last: DayKey): readonly number[] {
  const from = Number(first.slice(0, 4));
  return Array.from({ length: Number(last.slice(0, 4)) - from + 1 }, (_, index) => from + index);
}

/**
 * The day on which the next maintenance falls due: by time since the last one (or the purchase), or by mileage at the pace of the
 * readings, whichever comes first.
 *
 * @returns `null` when neither purchase nor service is known
 */
export function serviceDueOn(
  owned: OwnedProduct,
  served: { readonly on: DayKey; readonly km: number | null } | null,
  rule: Extract<CarePlan["on"], { event: "service_due" }>,
): DayKey | null {
  const start = served?.on ?? owned.boughtOn;
  if (!start) return null;
  const byTime = addMonths(start, served ? rule.everyMonths : rule.firstMonths);
  const stepKm = served ? rule.everyKm : rule.firstKm;
  if (stepKm === 0) return byTime;
  const dueKm = (served ? (served.km ?? kmOn(owned, served.on, rule.kmPerYear)) : 0) + stepKm;
  const byKm = dayOfKm(owned, dueKm, rule.kmPerYear);
  return byKm !== null && byKm < byTime ? (byKm > start ? byKm : addDays(start, 1)) : byTime;
}

/** Readings of a product with the purchase as the first, by day. */
function readingsOf(owned: OwnedProduct): readonly { readonly on: DayKey; readonly km: number }[] {
  const known = owned.readings ?? [];
  return owned.boughtOn && (known[0]?.on ?? "9999") > owned.boughtOn ? [{ on: owned.boughtOn, km: 0 }, ...known] : known;
}

/** Kilometres a day: of the last two readings at least 30 days apart, else of all, else as assumed. */
function paceOf(owned: OwnedProduct, kmPerYear: number): number {
  const readings = readingsOf(owned);
  const last = readings.at(-1);
  const before = last ? readings.findLast((one) => daysBetween(one.on, last.on) >= 30) : undefined;
  if (!last || !before || last.km <= before.km) return kmPerYear / 365;
  return (last.km - before.km) / daysBetween(before.on, last.on);
}

/** The mileage on a day as far as its readings tell; `null` without any. */
export function kmAt(owned: OwnedProduct, day: DayKey): number | null {
  const last = readingsOf(owned).findLast((one) => one.on <= day);
  return last === undefined || last.km === 0 ? null : last.km;
}

function kmOn(owned: OwnedProduct, day: DayKey, kmPerYear: number): number {
  const last = readingsOf(owned).at(-1);
  if (!last) return 0;
  return Math.max(0, last.km + Math.round(daysBetween(last.on, day) * paceOf(owned, kmPerYear)));
}

/** The day on which a product reaches a mileage at its pace; `null` when there is nothing to reckon from. */
function dayOfKm(owned: OwnedProduct, km: number, kmPerYear: number): DayKey | null {
  const last = readingsOf(owned).at(-1);
  const pace = paceOf(owned, kmPerYear);
  if (!last || pace <= 0) return null;
  const days = Math.ceil((km - last.km) / pace);
  return Math.abs(days) > 40_000 ? null : addDays(last.on, days);
}

/** The day of the last service of any product, or `null`. */
function lastService(customer: CustomerFile, state: CareState): DayKey | null {
  const days = Object.values(state.services).map((one) => one.on);
  for (const owned of customer.products) if (owned.soldOn === undefined && owned.boughtOn) days.push(owned.boughtOn);
  return days.length === 0 ? null : days.reduce((one, other) => (one > other ? one : other));
}

/** Is a customer meant? @param today a day in their zone */
export function inAudience(model: BusinessModel, audience: Audience, customer: CustomerFile, state: CareState, today: DayKey): boolean {
  if (Object.keys(audience).length === 0) return true;
  if (audience.vip !== undefined && customer.vip !== audience.vip) return false;
  const own = customer.products.filter((owned) => owned.soldOn === undefined);
  if (audience.products !== undefined && audience.products.length > 0) {
    const wanted = audience.products;
    if (!own.some((owned) => model.covers(wanted, owned.product))) return false;
  }
  if (audience.languages !== undefined && (customer.language === null || !audience.languages.includes(customer.language))) return false;
  const served = Object.values(state.services).map((one) => one.on);
  const { servedWithinMonths, notServedForMonths, boughtWithinMonths } = audience;
  if (servedWithinMonths !== undefined && !served.some((on) => on > addMonths(today, -servedWithinMonths))) return false;
  if (notServedForMonths !== undefined && served.some((on) => on > addMonths(today, -notServedForMonths))) return false;
  if (
    boughtWithinMonths !== undefined &&
    !own.some((owned) => owned.boughtOn !== null && owned.boughtOn > addMonths(today, -boughtWithinMonths))
  )
    return false;
  return true;
}
