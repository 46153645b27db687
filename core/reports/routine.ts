/** Reports to staff each morning, week and month, and the draws for follow-ups by people. Each is told once, whatever stops in between. */
import { zoneOf } from "../care/audience.ts";
import type { Routine } from "../care/runtime.ts";
import type { Touch } from "../care/touch.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { Clock, Store, Unit } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { StaffNotice } from "../spine/events.ts";
import { addDays, DAY_MS, type DayKey, dayOf, type Instant, instantOf, weekdayOf } from "../time.ts";
import type { WordingKey } from "../wording/keys.ts";
import { fillTemplate, type TemplateValues } from "../wording/template.ts";
import { loadReport } from "./load.ts";
import { periodBefore } from "./period.ts";
import { type Drawn, drawSecond, drawThird } from "./samples.ts";
import { reportTelling } from "./telling.ts";

const TOLD = "reports:told";
/** What the last morning said when nothing had happened; a run of quiet days is told of once. */
const QUIET = "reports:quiet";
const PAGE = 500;
/** People have this long for a sample, days. */
const SAMPLE_DAYS = 30;

/** @param tell says a notice to staff, within the unit it is given */
export function createReportRoutine(
  store: Store,
  model: BusinessModel,
  clock: Clock,
  tell: (unit: Unit, notice: StaffNotice) => Promise<void> = (unit, notice) => unit.notices.add(notice),
): Routine {
  const { reports } = model.profile.care;
  const minute = Number(reports.at.slice(0, 2)) * 60 + Number(reports.at.slice(3));
  const language = model.staffLanguage;
  const words = (key: WordingKey, values: TemplateValues = {}): string => fillTemplate(model.profile.wording[key]![language], values);
  const due = (now: Instant): DayKey => {
    const today = dayOf(now, model.zone);
    return now >= instantOf(today, minute, model.zone) ? today : addDays(today, -1);
  };
  /** The day up to which all was told; read once, then kept in step. */
  let told: DayKey | null = null;

  return {
    async step() {
      const now = clock.now();
      const day = due(now);
      told ??= await store.unit((unit) => unit.meta.get(TOLD));
      if (told === null) {
        // The first day of all: there is nothing to tell yet.
        await store.unit((unit) => unit.meta.set(TOLD, day));
        told = day;
        return 0;
      }
      if (told >= day) return 0;
      const week = mondayWithin(told, day);
      await report("day", now, day, week);
      if (week) await report("week", now, day);
      if (day.slice(0, 7) !== told.slice(0, 7)) {
        await report("month", now, day);
        await draw("second", now);
        if ((Number(day.slice(5, 7)) - 1) % 3 === 0) await draw("third", now);
      }
      await store.unit((unit) => unit.meta.set(TOLD, day));
      told = day;
      return 1;
    },
    nextAt(now) {
      const today = dayOf(now, model.zone);
      const at = instantOf(today, minute, model.zone);
      return at > now ? at : instantOf(addDays(today, 1), minute, model.zone);
    },
  };

  /** @param followed a report of more than a day follows: that nothing happened need not be said twice */
  async function report(kind: "day" | "week" | "month", now: Instant, day: DayKey, followed = false): Promise<void> {
    const figures = await loadReport(store, model, periodBefore(kind, now, model.zone), now);
    const { text, quiet } = reportTelling(figures, kind, words);
    await store.unit(async (unit) => {
      if (kind === "day") {
        const before = await unit.meta.get(QUIET);
        await unit.meta.set(QUIET, quiet ? text : "");
        if (quiet && (figures.openTasks === 0 || followed || before === text)) return;
      }
      await tell(unit, { id: `report:${kind}:${day}`, to: reports.to, case: null, at: now, text });
    });
  }

  async function draw(level: "second" | "third", now: Instant): Promise<void> {
    const period = periodBefore(level === "second" ? "month" : "quarter", now, model.zone);
    const orders: WorkOrder[] = [];
    for (let after = ""; ; ) {
      const page = await store.unit((unit) => unit.records.all("order", after, PAGE));
      orders.push(...(page as WorkOrder[]).filter((one) => one.updatedAt >= period.from));
      if (page.length < PAGE) break;
      after = page.at(-1)!.number;
    }
    let drawn: readonly Drawn[];
    if (level === "second") drawn = drawSecond(orders, period, model.profile.care.samples);
    else {
      const people = [];
      for (let after = ""; ; ) {
        const page = await store.unit((unit) => unit.care.customers(after, PAGE));
        for (const { file } of page) people.push({ id: file.id, vip: file.vip, bought: file.products.map((one) => one.boughtOn) });
        if (page.length < PAGE) break;
        after = page.at(-1)!.file.id;
      }
      drawn = drawThird(orders, people, period, model.profile.care.samples);
    }
    const to = level === "second" ? "representative" : "general_office";
    await store.unit(async (unit) => {
      for (const one of drawn) {
        const customer = await unit.customers.get(one.customerId);
        if (!customer || customer.phones.length === 0) continue;
        await unit.care.plan([
          sampleTouch(
            level,
            one,
            period.first,
            dayOf(now, zoneOf(customer, model)),
            to,
            words(`care.sample_${one.why}`, { order: one.order }),
            now,
          ),
        ]);
      }
      if (drawn.length === 0) return;
      await tell(unit, {
        id: `sample:${level}:${period.first}`,
        to,
        case: null,
        at: now,
        text: words("staff.care_sample", {
          level: words(`care.level_${level}` as WordingKey),
          count: drawn.length,
          period: `${period.first} – ${period.last}`,
        }),
      });
    });
  }
}

/** Was there a Monday after one day and up to another? */
function mondayWithin(after: DayKey, to: DayKey): boolean {
  for (let day = addDays(after, 1); day <= to; day = addDays(day, 1)) if (weekdayOf(day) === 1) return true;
  return false;
}

function sampleTouch(level: "second" | "third", drawn: Drawn, anchor: DayKey, on: DayKey, to: string, text: string, now: Instant): Touch {
  return {
    id: `sample:${level}/${drawn.customerId}/${anchor}`,
    customerId: drawn.customerId,
    plan: `sample:${level}`,
    kind: "survey",
    step: 0,
    anchor,
    owned: null,
    order: drawn.order,
    on,
    status: "task",
    dueAt: now,
    notAfter: now + SAMPLE_DAYS * DAY_MS,
    conversation: null,
    tried: [],
    tries: 0,
    at: now,
    into: null,
    task: { way: "call", to, text },
    result: null,
    answer: null,
    fruit: null,
    log: [{ at: now, status: "task", why: "sample" }],
  };
}
