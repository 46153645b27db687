/**
 * What will go out by itself in the coming weeks, over which channel, and what can't and why: every customer's touches played ahead
 * ({@link playCustomer}) and counted by day, plan and way. Nothing is written. Of a large town a sample is played, evenly over all ids, and
 * the counts are those of the sample: {@link Forecast.looked} of {@link Forecast.customers}.
 */
import type { CustomerFile } from "../customers/state.ts";
import type { Channel, Clock, Store, Unit } from "../ports.ts";
import type { Audience, CarePlan } from "../profile/care-schema.ts";
import type { BusinessModel } from "../profile/model.ts";
import { channelOf } from "../spine/channel.ts";
import { addDays, type DayKey, dayOf, type Instant, instantOf, MINUTE_MS } from "../time.ts";
import { inAudience, plansOf, zoneOf } from "./audience.ts";
import { CAMPAIGN_PLAN_RUNNING, type Campaign } from "./campaign.ts";
import { touchFor } from "./campaigns.ts";
import { BACK_MS, loadCampaigns, loadCases, loadStanding, type Standing } from "./load.ts";
import { type CustomerPlanner, createCustomerPlanner, plansWithin } from "./plan.ts";
import { type ComingPass, comingPasses, stillGood } from "./planner.ts";
import { type PlannedTouch, playCustomer } from "./play.ts";
import type { CareState, Touch, TouchReason } from "./touch.ts";

/** Spans a forecast is asked for, weeks; the longest is what is played. */
export const FORECAST_WEEKS = [2, 4, 8] as const;
export const FORECAST_DAYS = 7 * FORECAST_WEEKS.at(-1)!;

/** More customers than this are not all played. */
const PLAYED_MOST = 10_000;
/** Customers a transaction: a conversation waits no longer than for these. */
const PAGE = 25;
const IDS = 5_000;
/** A forecast is good for this long: customers write meanwhile, but the picture is the same. */
const KEPT_MS = 5 * MINUTE_MS;
/** Customers remembered of one cell, to be named. */
const NAMED_MOST = 200;
const CAMPAIGNS_MOST = 200;

/** What becomes of a touch. `along`: said in the same message as another. */
export const FORECAST_WAYS = ["message", "along", "mass", "call", "unreachable", "left_out"] as const;
export type ForecastWay = (typeof FORECAST_WAYS)[number];

export interface ForecastCell {
  /** In the shop's zone. */
  readonly day: DayKey;
  readonly plan: string;
  readonly way: ForecastWay;
  /** For `message`. */
  readonly channel: string | null;
  /** For all but `message` and `along`. */
  readonly why: TouchReason | null;
  /** Of the customers that were played. */
  readonly count: number;
  /** The first of them. */
  readonly who: readonly string[];
}

export interface Forecast {
  readonly at: Instant;
  /** Today; the forecast begins with what is left of it. */
  readonly first: DayKey;
  readonly customers: number;
  /** Of them, those who were played; fewer = a sample. */
  readonly looked: number;
  /** By day. */
  readonly cells: readonly ForecastCell[];
}

export interface Forecasts {
  /** The coming eight weeks as they look now, or as they looked a few minutes ago. */
  read(): Promise<Forecast>;
}

/**
 * @param breathe lets others run; called between pages
 * @param playedMost with more customers than this, a sample is played
 */
export function createForecasts(
  store: Store,
  model: BusinessModel,
  channels: ReadonlyMap<string, Channel>,
  clock: Clock,
  breathe: () => Promise<void> = () => Promise.resolve(),
  playedMost = PLAYED_MOST,
): Forecasts {
  let kept: Forecast | null = null;
  let running: Promise<Forecast> | null = null;
  return {
    async read() {
      const age = kept === null ? Number.POSITIVE_INFINITY : clock.now() - kept.at;
      if (kept !== null && age >= 0 && age < KEPT_MS) return kept;
      running ??= reckon()
        .then((fresh) => (kept = fresh))
        .finally(() => (running = null));
      return running;
    },
  };

  async function reckon(): Promise<Forecast> {
    const now = clock.now();
    const first = dayOf(now, model.zone);
    const until = instantOf(addDays(first, FORECAST_DAYS), 0, model.zone) - 1;
    const { ids, total } = await drawIds();
    const { passes, campaigns } = await store.unit(async (unit) => ({
      passes: await comingPasses(unit, model, now, until),
      campaigns: await unit.care.campaigns(CAMPAIGNS_MOST),
    }));
    const plan = createComing(passes, campaigns, now);
    const count = createCount();
    for (let from = 0; from < ids.length; from += PAGE) {
      await store.unit(async (unit) => {
        for (const id of ids.slice(from, from + PAGE))
          for (const touch of await play(unit, id, plan, campaigns, now, until)) count.add(touch);
      });
      await breathe();
    }
    return { at: now, first, customers: total, looked: ids.length, cells: count.cells() };
  }

  /** All ids, or every second, fourth … where there are too many. */
  async function drawIds(): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
    let ids: string[] = [];
    let every = 1;
    let total = 0;
    for (let after = ""; ; ) {
      const page = await store.unit((unit) => unit.customers.ids(after, IDS));
      for (const id of page) if (total++ % every === 0) ids.push(id);
      for (; ids.length > playedMost; every *= 2) ids = ids.filter((_, index) => index % 2 === 0);
      if (page.length < IDS) return { ids, total };
      after = page.at(-1)!;
      await breathe();
    }
  }

  async function play(
    unit: Unit,
    id: string,
    plan: Coming,
    campaigns: readonly Campaign[],
    now: Instant,
    until: Instant,
  ): Promise<readonly Touch[]> {
    const customer = await unit.customers.get(id);
    if (!customer) return [];
    const state = await unit.care.stateOf(id);
    const planned = plan(customer, state);
    const touches = await unit.care.ofCustomer(id, now - BACK_MS);
    // Most customers have nothing before them in most weeks: the rest of their file need not be read.
    if (planned.length === 0 && touches.every((one) => one.status !== "waiting" && one.status !== "asked")) return [];
    const standings: Standing[] = [];
    for (const one of await unit.customers.conversationsOf(id)) standings.push(await loadStanding(unit, channels, one, now));
    const known = await loadCampaigns(unit, touches);
    const facts = {
      customer,
      state,
      touches,
      bookings: await unit.records.bookingsOf(id),
      orders: await unit.records.ordersOf(id),
      cases: await loadCases(
        unit,
        standings.map(({ reach }) => reach.conversation),
      ),
      campaigns: new Map([...known, ...campaigns.map((one) => [one.id, one] as const)]),
      conversations: standings,
    };
    return playCustomer(model, facts, planned, now, until);
  }

  /** What the coming passes, and the campaigns that are being sent, will plan. */
  function createComing(passes: readonly ComingPass[], campaigns: readonly Campaign[], now: Instant): Coming {
    const plans = plansOf(model);
    const planner = (wanted: readonly CarePlan[], from: Instant, to: Instant): CustomerPlanner =>
      createCustomerPlanner(model, plansWithin(wanted, from, to), from, to);
    const lasting = plans.filter((one) => !changesWithTime(one.audience));
    const whole = planner(lasting, Math.min(...passes.map(({ from }) => from)), Math.max(...passes.map(({ to }) => to)));
    const changing = plans.filter((one) => changesWithTime(one.audience));
    const daily = changing.length === 0 ? [] : passes.map((pass) => ({ at: pass.at, plan: planner(changing, pass.from, pass.to) }));
    const sent = campaigns.filter((one) => !one.planned && CAMPAIGN_PLAN_RUNNING.includes(one.status));
    return (customer, state) => {
      const found: PlannedTouch[] = [];
      for (const touch of whole(customer, state)) {
        const pass = passes.find(({ from, to }) => touch.dueAt >= from && touch.dueAt < to);
        if (pass && stillGood(touch, pass.at, customer.createdAt)) found.push({ touch, from: pass.at });
      }
      const seen = new Set<string>();
      for (const { at, plan } of daily)
        for (const touch of plan(customer, state)) {
          if (seen.has(touch.id) || !stillGood(touch, at, customer.createdAt)) continue;
          seen.add(touch.id);
          found.push({ touch, from: at });
        }
      for (const campaign of sent) {
        const from = Math.max(now, campaign.startAt ?? 0);
        const zone = zoneOf(customer, model);
        if (customer.id > (campaign.plannedTo ?? "") && inAudience(model, campaign.audience, customer, state, dayOf(from, zone)))
          found.push({ touch: touchFor(campaign, customer, zone, from), from });
      }
      return found;
    };
  }

  function createCount() {
    const cells = new Map<string, { readonly cell: Omit<ForecastCell, "count" | "who">; count: number; readonly who: string[] }>();
    return {
      add(touch: Touch): void {
        const { plan, conversation } = touch;
        const way = wayEnded(touch);
        const channel = way === "message" && conversation !== null ? channelOf(conversation) : null;
        const why = way === "message" || way === "along" ? null : (touch.log.at(-1)?.why ?? null);
        const day = dayOf(touch.at, model.zone);
        const key = [day, plan, way, channel, why].join("|");
        const known = cells.get(key) ?? { cell: { day, plan, way, channel, why }, count: 0, who: [] };
        cells.set(key, known);
        known.count++;
        if (known.who.length < NAMED_MOST) known.who.push(touch.customerId);
      },
      cells: (): readonly ForecastCell[] =>
        [...cells].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, { cell, count, who }]) => ({ ...cell, count, who })),
    };
  }
}

/** What the coming passes will plan for a customer. */
type Coming = (customer: CustomerFile, state: CareState) => readonly PlannedTouch[];

/** Is somebody meant on one day and not on another? Such plans are asked pass by pass, as planning does; all others once. */
function changesWithTime({ servedWithinMonths, notServedForMonths, boughtWithinMonths }: Audience): boolean {
  return servedWithinMonths !== undefined || notServedForMonths !== undefined || boughtWithinMonths !== undefined;
}

function wayEnded({ status, task }: Touch): ForecastWay {
  if (status === "sent") return "message";
  if (status === "merged") return "along";
  if (status === "task") return task?.way ?? "call";
  return status === "unreachable" ? "unreachable" : "left_out";
}
