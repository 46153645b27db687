/** Counts a report one record after another, so that no more than a page is held at once. Pure. */
import type { Booking } from "../booking/state.ts";
import { addMonths } from "../care/months.ts";
import type { CareState, Touch } from "../care/touch.ts";
import type { Case } from "../cases/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { BusinessModel } from "../profile/model.ts";
import { addDays, type DayKey, dayOf, type Instant } from "../time.ts";
import { createAssuranceCounter } from "./assurance-counter.ts";
import { nothingCounted, type ReportFigures } from "./figures.ts";
import type { Period } from "./period.ts";
import { createSurveyCounter } from "./survey-counter.ts";

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
const NO_TOUCHES = { sent: 0, merged: 0, held: 0, tasks: 0, calledReached: 0, unreachable: 0, fruit: 0 } as const;

export function createReportCounter(model: BusinessModel, period: Period, now: Instant): ReportCounter {
  const { care } = model.profile;
  const within = (at: Instant | null | undefined): boolean => at != null && at >= period.from && at < period.to;
  const surveys = createSurveyCounter(model.profile);
  const assurances = createAssuranceCounter(within, care.churnMonths, now);
  const plans = new Map<string, PlanRow>();
  const reasons: Record<string, number> = {};
  const days = new Map<DayKey, { sent: number; answered: number; bookings: number }>();
  const reached = nothingCounted();
  const conversion = nothingCounted();
  const churnDay = addMonths(dayOf(Math.min(now, period.to), model.zone), -care.churnMonths);
  const customers = { total: 0, active: 0, lost: 0, vip: 0 };
  let openTasks = 0;
  for (let day = period.first; day <= period.last; day = addDays(day, 1)) days.set(day, { sent: 0, answered: 0, bookings: 0 });
  const onDay = (at: Instant) => days.get(dayOf(at, model.zone));

  function rowOf({ plan, kind }: Touch): PlanRow {
    const row = plans.get(plan) ?? { plan, kind, ...NO_TOUCHES };
    plans.set(plan, row);
    return row;
  }

  function countReason(touch: Touch, otherwise: string): void {
    const why = touch.log.at(-1)?.why ?? otherwise;
    reasons[why] = (reasons[why] ?? 0) + 1;
  }

  /** What became of a touch in the period; returns whether the customer heard of it. */
  function countEnd(touch: Touch, row: PlanRow): boolean {
    switch (touch.status) {
      case "sent": {
        row.sent++;
        reached.good++;
        reached.of++;
        if (touch.kind === "survey" && touch.step === 0) surveys.asked();
        const day = onDay(touch.at);
        if (day) day.sent++;
        return true;
      }
      case "merged":
        row.merged++;
        return true;
      case "done":
        row.calledReached++;
        reached.good++;
        reached.of++;
        return true;
      case "skipped":
        row.held++;
        countReason(touch, "too_late");
        return false;
      case "task":
        row.tasks++;
        return false;
      case "unreachable":
        row.unreachable++;
        reached.of++;
        countReason(touch, "no_channel");
        return false;
      default:
        return false;
    }
  }

  return {
    touch(touch) {
      const { answer } = touch;
      if (answer && within(answer.at)) {
        surveys.answer(touch, answer);
        const day = onDay(answer.at);
        if (day) day.answered++;
      }
      if (touch.order !== null && (touch.status === "sent" || touch.status === "done" || answer !== null)) assurances.followed(touch.order);
      if (!within(touch.at)) return;
      const row = rowOf(touch);
      if (!countEnd(touch, row) || (touch.kind !== "reminder" && touch.kind !== "campaign")) return;
      conversion.of++;
      if (!touch.fruit) return;
      conversion.good++;
      row.fruit++;
    },
    booking(booking) {
      const day = within(booking.createdAt) ? onDay(booking.createdAt) : undefined;
      if (day) day.bookings++;
    },
    order: assurances.order,
    case(one) {
      surveys.case(one);
      assurances.case(one);
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
      const rows = [...plans.values()];
      const { loyal, assurances: five } = assurances.result();
      return {
        period: { kind: period.kind, first: period.first, last: period.last },
        plans: rows.sort((one, other) => other.sent - one.sent || (one.plan < other.plan ? -1 : 1)),
        sent: rows.reduce((total, row) => total + row.sent, 0),
        reached,
        reasons,
        surveys: surveys.result(),
        conversion,
        customers: { ...customers, loyal },
        assurances: five,
        openTasks,
        days: [...days].map(([day, counts]) => ({ day, ...counts })),
      };
    },
  };
}
