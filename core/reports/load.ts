/** Counts a report over what is stored, a page a transaction. */
import type { Booking } from "../booking/state.ts";
import type { Case } from "../cases/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { Store } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { Change } from "../spine/outcome.ts";
import { DAY_MS, type Instant } from "../time.ts";
import { createReportCounter } from "./counter.ts";
import type { ReportFigures } from "./figures.ts";
import type { Period } from "./period.ts";

const PAGE = 500;
/** A questionnaire may be answered so long after it was sent: the ones of the time before are read too. */
const BEFORE_MS = 15 * DAY_MS;
/** A touch may be changed after the period (an answer, a fruit): those are read too. */
const AFTER_MS = 60 * DAY_MS;

export async function loadReport(store: Store, model: BusinessModel, period: Period, now: Instant): Promise<ReportFigures> {
  const counter = createReportCounter(model, period, now);
  for (let after = { at: period.from - BEFORE_MS, id: "" }; ; ) {
    const page = await store.unit((unit) => unit.care.changed(after, Math.max(now + 1, period.to + AFTER_MS), PAGE));
    for (const touch of page) counter.touch(touch);
    if (page.length < PAGE) break;
    after = { at: page.at(-1)!.at, id: page.at(-1)!.id };
  }
  await each<Booking>(store, "booking", counter.booking);
  await each<WorkOrder>(store, "order", counter.order);
  await each<Case>(store, "case", counter.case);
  for (let after = ""; ; ) {
    const page = await store.unit((unit) => unit.care.customers(after, PAGE));
    for (const { file, state } of page) counter.customer(file, state);
    if (page.length < PAGE) break;
    after = page.at(-1)!.file.id;
  }
  for (let after = ""; ; ) {
    const page = await store.unit((unit) => unit.care.tasks(after, PAGE));
    page.forEach(() => counter.openTask());
    if (page.length < PAGE) break;
    after = page.at(-1)!.id;
  }
  return counter.result();
}

async function each<T>(store: Store, kind: Change["kind"], add: (record: T) => void): Promise<void> {
  for (let after = ""; ; ) {
    const page = await store.unit((unit) => unit.records.all(kind, after, PAGE));
    for (const record of page) add(record as T);
    if (page.length < PAGE) return;
    after = page.at(-1)!.number;
  }
}
