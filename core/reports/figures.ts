/** The figures of a report, counted one record after another, so that no more than a page is held at once. Pure. */
import type { Booking } from "../booking/state.ts";
import { addMonths } from "../care/months.ts";
import type { CareState, Touch } from "../care/touch.ts";
import type { Case } from "../cases/state.ts";
import type { OrderStatus, WorkOrder } from "../orders/state.ts";
import type { CareKind } from "../profile/care-schema.ts";
import type { BusinessModel } from "../profile/model.ts";
import { addDays, DAY_MS, type DayKey, dayOf, type Instant } from "../time.ts";
import type { Period } from "./period.ts";

/** A share as it was counted: `of` 0 = nothing to measure. */
export interface Share {
  readonly good: number;
  readonly of: number;
}

export interface ItemFigures {
  readonly survey: string;
  readonly item: string;
  readonly count: number;
  readonly mean: number | null;
  /** Times it was blamed, and of those, whose case is settled. */
  readonly blamed: number;
  readonly mended: number;
}

export interface ReportFigures {
  readonly period: Pick<Period, "kind" | "first" | "last">;
  /** What became of touches that ended in the period, by plan. */
  readonly plans: readonly {
    readonly plan: string;
    readonly kind: CareKind;
    readonly sent: number;
    readonly merged: number;
    readonly held: number;
    readonly tasks: number;
    readonly calledReached: number;
    readonly unreachable: number;
    readonly fruit: number;
  }[];
  readonly sent: number;
  /** Brought by a message or by a person, of all that were to be brought. */
  readonly reached: Share;
  /** Reasons for which something was left out or put off for good. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly surveys: {
    readonly asked: number;
    readonly answered: number;
    /** Of five. */
    readonly mean: number | null;
    /** Four or five of five. */
    readonly satisfied: Share;
    readonly goalPercent: number;
    readonly low: number;
    /** By mark, 1 to 5. */
    readonly marks: readonly number[];
    readonly items: readonly ItemFigures[];
  };
  /** Reminders and campaigns sent, and how many led to a booking or a job. */
  readonly conversion: Share;
  readonly customers: {
    readonly total: number;
    /** Had a service within the churn span. */
    readonly active: number;
    readonly lost: number;
    /** Of those served in the period, served before within the churn span. */
    readonly loyal: Share;
    readonly vip: number;
  };
  /** The five assurances as measured figures (service standard). */
  readonly assurances: Readonly<Record<"quality" | "cost" | "aftercare" | "time" | "emergency", Share>>;
  readonly openTasks: number;
  /** Messages and answers, day by day. */
  readonly days: readonly { readonly day: DayKey; readonly sent: number; readonly answered: number; readonly bookings: number }[];
}

export interface ReportCounter {
  touch(touch: Touch): void;
  order(order: WorkOrder): void;
  booking(booking: Booking): void;
  case(one: Case): void;
  customer(customer: { readonly vip: boolean }, state: CareState): void;
  openTask(): void;
  result(): ReportFigures;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type PlanRow = Mutable<ReportFigures["plans"][number]>;

/** Days after a hand-over within which the same product coming back counts as rework (domain: 30). */
const REWORK_DAYS = 30;
const SATISFIED = 4;

export function createReportCounter(model: BusinessModel, period: Period, now: Instant): ReportCounter {
  const { care, careSurveys, carePlans } = model.profile;
  const within = (at: Instant | null | undefined): boolean => at != null && at >= period.from && at < period.to;
  const share = (): Mutable<Share> => ({ good: 0, of: 0 });
  const plans = new Map<string, PlanRow>();
  const reasons: Record<string, number> = {};
  const items = new Map<string, { count: number; sum: number; blamed: number; mended: number }>();
  const marks = [0, 0, 0, 0, 0];
  const answers: { customerId: string; at: Instant; topics: readonly string[]; survey: string }[] = [];
  const surveyCases = new Map<string, Case[]>();
  const days = new Map<DayKey, { sent: number; answered: number; bookings: number }>();
  const reached = share();
  const conversion = share();
  const satisfied = share();
  const loyal = share();
  const assurances = { quality: share(), cost: share(), aftercare: share(), time: share(), emergency: share() };
  const served = new Map<string, Instant[]>();
  const delivered: { number: string; product: string; at: Instant }[] = [];
  const followed = new Set<string>();
  const comeBack = new Map<string, { number: string; at: Instant }[]>();
  const reworked = new Set<string>();
  const churnDay = addMonths(dayOf(Math.min(now, period.to), model.zone), -care.churnMonths);
  const customers = { total: 0, active: 0, lost: 0, vip: 0 };
  let asked = 0;
  let answered = 0;
  let sum = 0;
  let low = 0;
  let openTasks = 0;
  for (let day = period.first; day <= period.last; day = addDays(day, 1)) days.set(day, { sent: 0, answered: 0, bookings: 0 });
  const onDay = (at: Instant) => days.get(dayOf(at, model.zone));

  const rowOf = (touch: Touch): PlanRow => {
    const known = plans.get(touch.plan);
    if (known) return known;
    const row: PlanRow = {
      plan: touch.plan,
      kind: touch.kind,
      sent: 0,
      merged: 0,
      held: 0,
      tasks: 0,
      calledReached: 0,
      unreachable: 0,
      fruit: 0,
    };
    plans.set(touch.plan, row);
    return row;
  };

  function countAnswer(touch: Touch): void {
    const { answer } = touch;
    if (!answer || !within(answer.at)) return;
    answered++;
    const day = onDay(answer.at);
    if (day) day.answered++;
    if (answer.score !== null) {
      sum += answer.score;
      marks[answer.score - 1]!++;
      satisfied.of++;
      if (answer.score >= SATISFIED) satisfied.good++;
      if (answer.score <= 3) low++;
    }
    const survey = carePlans.find((one) => one.id === touch.plan)?.survey ?? careSurveys[0]?.id ?? "";
    for (const [item, mark] of Object.entries(answer.items)) {
      const row = itemOf(survey, item);
      row.count++;
      row.sum += mark;
    }
    if (answer.topics.length > 0) answers.push({ customerId: touch.customerId, at: answer.at, topics: answer.topics, survey });
  }

  function itemOf(survey: string, item: string) {
    const key = `${survey}/${item}`;
    const row = items.get(key) ?? { count: 0, sum: 0, blamed: 0, mended: 0 };
    items.set(key, row);
    return row;
  }

  return {
    touch(touch) {
      countAnswer(touch);
      if (touch.order !== null && (touch.status === "sent" || touch.status === "done" || touch.answer !== null)) followed.add(touch.order);
      if (!within(touch.at)) return;
      const row = rowOf(touch);
      const survey = touch.kind === "survey" && touch.step === 0;
      switch (touch.status) {
        case "sent": {
          row.sent++;
          reached.good++;
          reached.of++;
          if (survey) asked++;
          const day = onDay(touch.at);
          if (day) day.sent++;
          break;
        }
        case "merged":
          row.merged++;
          break;
        case "skipped": {
          row.held++;
          const why = touch.log.at(-1)?.why ?? "too_late";
          reasons[why] = (reasons[why] ?? 0) + 1;
          return;
        }
        case "task":
          row.tasks++;
          return;
        case "done":
          reached.of++;
          if (touch.result?.reached) {
            row.calledReached++;
            reached.good++;
          } else row.unreachable++;
          break;
        case "unreachable": {
          row.unreachable++;
          reached.of++;
          const why = touch.log.at(-1)?.why ?? "no_channel";
          reasons[why] = (reasons[why] ?? 0) + 1;
          return;
        }
        default:
          return;
      }
      if (touch.kind === "reminder" || touch.kind === "campaign") {
        conversion.of++;
        if (touch.fruit) {
          conversion.good++;
          row.fruit++;
        }
      }
    },
    booking(booking) {
      const day = within(booking.createdAt) ? onDay(booking.createdAt) : undefined;
      if (day) day.bookings++;
    },
    order(order) {
      const at = (status: OrderStatus): Instant | undefined => order.history.find((move) => move.status === status)?.at;
      const done = at("delivered") ?? at("closed");
      if (done !== undefined) {
        served.set(order.customerId, [...(served.get(order.customerId) ?? []), done]);
        if (within(done)) delivered.push({ number: order.number, product: productKey(order), at: done });
      }
      comeBack.set(productKey(order), [...(comeBack.get(productKey(order)) ?? []), { number: order.number, at: order.createdAt }]);
      const ready = at("ready") ?? done;
      if (order.promisedAt !== null && within(order.promisedAt) && order.promisedAt <= now) {
        assurances.time.of++;
        if (ready !== undefined && ready <= order.promisedAt) assurances.time.good++;
      }
      // Priced work is begun after the customer's yes and not before.
      const quoted = at("quoted");
      const began = order.history.find((move) => move.status === "in_progress" && quoted !== undefined && move.at >= quoted)?.at;
      if (quoted !== undefined && within(began)) {
        assurances.cost.of++;
        const yes = at("approved");
        if (yes !== undefined && yes <= began!) assurances.cost.good++;
      }
      if (order.history.some((move) => move.status === "rework" && within(move.at))) reworked.add(order.number);
    },
    case(one) {
      if (one.category === "survey" && one.customerId !== null)
        surveyCases.set(one.customerId, [...(surveyCases.get(one.customerId) ?? []), one]);
      if (one.category === "emergency" && within(one.createdAt) && (one.answeredAt !== null || one.promisedAt <= now)) {
        assurances.emergency.of++;
        if (one.answeredAt !== null && one.answeredAt <= one.promisedAt) assurances.emergency.good++;
      }
    },
    customer({ vip }, state) {
      customers.total++;
      if (vip) customers.vip++;
      const last = Object.values(state.services).reduce((latest, one) => (one.on > latest ? one.on : latest), "");
      if (last === "") return;
      if (last >= churnDay) customers.active++;
      else customers.lost++;
    },
    openTask() {
      openTasks++;
    },
    result() {
      for (const times of served.values()) {
        const sorted = [...times].sort((one, other) => one - other);
        const first = sorted.findIndex((at) => within(at));
        if (first < 0) continue;
        loyal.of++;
        if (sorted.slice(0, first).some((at) => sorted[first]! - at < care.churnMonths * 31 * DAY_MS)) loyal.good++;
      }
      for (const { number, product, at } of delivered) {
        assurances.quality.of++;
        const again = (comeBack.get(product) ?? []).some(
          (other) => other.number !== number && other.at > at && other.at - at < REWORK_DAYS * DAY_MS,
        );
        if (!again && !reworked.has(number)) assurances.quality.good++;
        // The follow-up is due three days after; younger ones can't be judged yet.
        if (now - at < 5 * DAY_MS && !followed.has(number)) continue;
        assurances.aftercare.of++;
        if (followed.has(number)) assurances.aftercare.good++;
      }
      for (const { customerId, at, topics, survey } of answers) {
        const own = (surveyCases.get(customerId) ?? []).find((one) => Math.abs(one.createdAt - at) < DAY_MS);
        for (const topic of topics) {
          const row = itemOf(survey, topic);
          row.blamed++;
          if (own?.status === "resolved" || own?.status === "closed") row.mended++;
        }
      }
      return {
        period: { kind: period.kind, first: period.first, last: period.last },
        plans: [...plans.values()].sort((one, other) => other.sent - one.sent || (one.plan < other.plan ? -1 : 1)),
        sent: [...plans.values()].reduce((total, row) => total + row.sent, 0),
        reached,
        reasons,
        surveys: {
          asked,
          answered,
          mean: satisfied.of === 0 ? null : round(sum / satisfied.of),
          satisfied,
          goalPercent: care.goalPercent,
          low,
          marks,
          items: careSurveys.flatMap((survey) =>
            survey.items.flatMap((item) => {
              const row = items.get(`${survey.id}/${item.id}`);
              if (!row) return [];
              const { count, blamed, mended } = row;
              return [{ survey: survey.id, item: item.id, count, mean: count === 0 ? null : round(row.sum / count), blamed, mended }];
            }),
          ),
        },
        conversion,
        customers: { ...customers, loyal },
        assurances,
        openTasks,
        days: [...days].map(([day, counts]) => ({ day, ...counts })),
      };
    },
  };
}

/** What tells one product of a customer from another. */
function productKey(order: WorkOrder): string {
  return `${order.customerId}/${order.ownedProduct ?? order.plate ?? order.serial ?? order.product}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** A share in percent with one digit behind the point; `null` when there is nothing to measure. */
export function percentOf({ good, of }: Share): number | null {
  return of === 0 ? null : Math.round((good / of) * 1_000) / 10;
}
