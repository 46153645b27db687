/**
 * Turns plans into touches: once a day over all customers, page by page, and at once when an order reaches the state a plan follows.
 * Where it stands is kept with what it writes, so that a kill at any moment loses and doubles nothing.
 */
import type { BookingEvent } from "../booking/state.ts";
import type { OrderEvent, OrderStatus } from "../orders/state.ts";
import type { Clock, Store, Unit } from "../ports.ts";
import type { CarePlan } from "../profile/care-schema.ts";
import type { BusinessModel } from "../profile/model.ts";
import { DAY_MS, dayOf, HOUR_MS, type Instant } from "../time.ts";
import { plansOf, zoneOf } from "./audience.ts";
import { kmAt } from "./mileage.ts";
import { type CustomerPlanner, createCustomerPlanner, planOrder, plansWithin } from "./plan.ts";
import { CAMPAIGN_PLAN, type Touch } from "./touch.ts";

/** Customers a transaction: a few ms even when each of them gets something, so that no conversation waits long for one. */
const PAGE = 100;
/** Events a transaction. */
const EVENTS = 500;
/** While a pass is under way, what happened to orders is looked at once in so many pages: before each it would cost as much as a page. */
const PAGES_A_LOOK = 10;
/** Touches are written this long before they are due. */
const AHEAD_MS = 48 * HOUR_MS;
/** A new pass begins when less than this is left. */
const AGAIN_MS = 24 * HOUR_MS;
/** A clock that was moved back further than this is a mistake mended: planning starts again from the present. */
const BACK_MS = 3 * DAY_MS;

/**
 * Where many processes write, an event may become visible behind one with a higher number: the last ones are looked at again. What is
 * done for an event a second time changes nothing.
 */
const OVERLAP = 100;

const PLANNED = "care:planned";
const PASS = "care:pass";
const TAIL = "care:tail";

interface Pass {
  readonly from: Instant;
  readonly to: Instant;
  readonly after: string;
}

/** A pass to come: at `at` it looks for what falls due in a span. */
export interface ComingPass extends Omit<Pass, "after"> {
  readonly at: Instant;
}

/** The passes of the coming time, from the one that is under way or next on. */
export async function comingPasses(unit: Unit, model: BusinessModel, now: Instant, until: Instant): Promise<readonly ComingPass[]> {
  const longestLate = longestLateOf(plansOf(model));
  const passes: ComingPass[] = [];
  const under = await unit.meta.get(PASS);
  if (under) passes.push({ ...(JSON.parse(under) as Pass), at: now });
  const kept = await unit.meta.get(PLANNED);
  let planned = passes[0]?.to ?? (kept === null ? null : Number(kept));
  // A clock that was moved back: see passNow.
  if (planned !== null && planned - now > AHEAD_MS + BACK_MS) planned = null;
  for (;;) {
    const at = planned === null ? now : Math.max(now, planned - AGAIN_MS);
    if (at > until) return passes;
    passes.push({ at, from: Math.min(planned ?? at, at - longestLate), to: at + AHEAD_MS });
    planned = at + AHEAD_MS;
  }
}

export interface Planner {
  /** One page of what is to be done; returns how much was looked at, 0 = nothing now. */
  step(): Promise<number>;
  /** When the next pass is due. */
  nextAt(unit: Unit): Promise<Instant>;
}

export function createPlanner(store: Store, model: BusinessModel, clock: Clock): Planner {
  const plans = plansOf(model);
  /** Numbers of events looked at lately. */
  const seen = new Set<number>();
  /** Pages of the pass that is under way. */
  let pages = 0;
  /** What the pages of one pass share. */
  let prepared: { readonly from: Instant; readonly to: Instant; readonly plan: CustomerPlanner } | null = null;
  const longestLate = longestLateOf(plans);

  return {
    async step() {
      const looked = pages % PAGES_A_LOOK === 0 ? await store.unit(tail) : [];
      // Only now is it certain that what was done for them stays.
      for (const seq of looked) seen.add(seq);
      if (seen.size > 4 * (EVENTS + OVERLAP)) forgetOld();
      const planned = await store.unit(page);
      pages = planned > 0 ? pages + 1 : 0;
      return looked.length + planned;
    },
    async nextAt(unit) {
      const planned = Number((await unit.meta.get(PLANNED)) ?? 0);
      return Math.max(planned - AGAIN_MS, 0);
    },
  };

  function forgetOld(): void {
    const oldest = Math.max(...seen) - 2 * OVERLAP;
    for (const seq of seen) if (seq < oldest) seen.delete(seq);
  }

  /** A page of the daily pass. */
  async function page(unit: Unit): Promise<number> {
    const now = clock.now();
    const pass = await passNow(unit, now);
    if (!pass) return 0;
    const customers = await unit.care.customers(pass.after, PAGE);
    const plan = plannerFor(pass);
    const touches = customers.flatMap(({ file, state }) => plan(file, state).filter((touch) => stillGood(touch, now, file.createdAt)));
    if (touches.length > 0) await unit.care.plan(touches);
    if (customers.length < PAGE) {
      await unit.meta.set(PASS, "");
      await unit.meta.set(PLANNED, String(pass.to));
    } else await unit.meta.set(PASS, JSON.stringify({ ...pass, after: customers.at(-1)!.file.id }));
    return Math.max(1, customers.length);
  }

  function plannerFor({ from, to }: Pass): CustomerPlanner {
    if (prepared?.from !== from || prepared.to !== to)
      prepared = { from, to, plan: createCustomerPlanner(model, plansWithin(plans, from, to), from, to) };
    return prepared.plan;
  }

  async function passNow(unit: Unit, now: Instant): Promise<Pass | null> {
    const under = await unit.meta.get(PASS);
    if (under) return JSON.parse(under) as Pass;
    const kept = await unit.meta.get(PLANNED);
    const planned = kept === null ? now : Number(kept);
    if (planned - now > AHEAD_MS + BACK_MS) return { from: now - longestLate, to: now + AHEAD_MS, after: "" };
    if (kept !== null && planned - now > AGAIN_MS) return null;
    // What was entered meanwhile for days already planned is found too, as long as it isn't too late for it.
    return { from: Math.min(planned, now - longestLate), to: now + AHEAD_MS, after: "" };
  }

  /** A page of what happened to orders and bookings; the numbers of the events that were looked at. */
  async function tail(unit: Unit): Promise<readonly number[]> {
    const after = Number((await unit.meta.get(TAIL)) ?? 0);
    const page = await unit.care.events(Math.max(0, after - OVERLAP), EVENTS + OVERLAP);
    const events = page.filter(({ seq }) => !seen.has(seq));
    for (const { kind, number, event } of events) {
      if (kind === "order") await orderChanged(unit, number, event as OrderEvent);
      else if (kind === "booking") await bookingChanged(unit, number, event as BookingEvent);
    }
    const last = events.at(-1)?.seq ?? 0;
    if (last > after) await unit.meta.set(TAIL, String(last));
    return events.map(({ seq }) => seq);
  }

  async function orderChanged(unit: Unit, number: string, event: OrderEvent): Promise<void> {
    const [status, at]: [OrderStatus | null, Instant] =
      event.type === "order_opened"
        ? [event.order.status, event.order.history.at(-1)?.at ?? event.at]
        : event.type === "order_moved"
          ? [event.to, event.at]
          : [null, 0];
    const order = status === null ? null : await unit.records.order(number);
    const customer = order ? await unit.customers.get(order.customerId) : null;
    if (!order || !customer || status === null) return;
    const now = clock.now();
    if (status === "delivered" || status === "closed") {
      const state = await unit.care.stateOf(customer.id);
      const owned = customer.products.find((one) => one.id === order.ownedProduct);
      const on = dayOf(at, zoneOf(customer, model));
      const known = state.services[order.ownedProduct ?? ""];
      if (!known || known.on <= on) {
        const served = { on, km: owned ? kmAt(owned, on) : null };
        await unit.care.putState(customer.id, { services: { ...state.services, [order.ownedProduct ?? ""]: served } });
      }
      await bearFruit(unit, customer.id, order.ownedProduct, number, at);
    }
    await unit.care.plan(planOrder(model, plans, customer, order, status, at).filter((touch) => stillGood(touch, now, 0)));
  }

  async function bookingChanged(unit: Unit, number: string, event: BookingEvent): Promise<void> {
    if (event.type !== "booking_confirmed") return;
    await bearFruit(unit, event.data.customerId, event.data.ownedProduct, number, event.at);
  }

  /** A booking or a finished job soon after a reminder or campaign counts as its fruit: of the last one that fits. */
  async function bearFruit(unit: Unit, customerId: string, owned: string | null, number: string, at: Instant): Promise<void> {
    const since = at - model.profile.care.conversionDays * DAY_MS;
    const fits = (await unit.care.ofCustomer(customerId, since)).filter(
      (one) =>
        (one.status === "sent" || one.status === "done") &&
        one.at >= since &&
        one.at <= at &&
        one.fruit === null &&
        (one.owned === null || owned === null || one.owned === owned) &&
        wantsWork(one),
    );
    const known = (await unit.care.ofCustomer(customerId, since)).some((one) => one.fruit?.number === number);
    const last = known ? undefined : fits.at(-1);
    if (last) await unit.care.put({ ...last, fruit: { number, at } });
  }

  function wantsWork(touch: Touch): boolean {
    if (touch.plan.startsWith(CAMPAIGN_PLAN)) return true;
    const plan = model.profile.carePlans.find((one) => one.id === touch.plan);
    return plan !== undefined && (plan.goal === "booked" || plan.goal === "served");
  }
}

const longestLateOf = (plans: readonly CarePlan[]): number => Math.max(0, ...plans.map((plan) => plan.lateDays)) * DAY_MS;

/** Worth keeping: not too late before it was known. What the file did not hold yet is not owed. */
export function stillGood(touch: Touch, now: Instant, since: Instant): boolean {
  return touch.notAfter >= now && touch.dueAt >= since - DAY_MS;
}
