/** What staff did, with old → new, from the difference between what stood there before and what the turn left. */
import type { Unit } from "../ports.ts";
import type { Instant } from "../time.ts";
import type { InboxEntry } from "./events.ts";
import type { Change, Outcome } from "./outcome.ts";

type Before = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Fields that change with everything and say nothing. */
const SILENT = new Set(["updatedAt"]);
/** Lists that only grow are kept as what was added. */
const GROWING = new Set(["notes", "history", "reasons"]);

async function stateBefore(unit: Unit, kind: Change["kind"], id: string): Promise<object | null> {
  if (kind === "case") return unit.records.case(id);
  if (kind === "order") return unit.records.order(id);
  return kind === "booking" ? unit.records.booking(id) : null;
}

/** What stood there before an act of staff; empty for every other event. To be called before the changes are saved. */
export async function snapshotBefore(unit: Unit, entry: InboxEntry, outcome: Outcome<unknown>): Promise<Before> {
  const before = new Map<string, Readonly<Record<string, unknown>>>();
  if (entry.event.kind !== "desk") return before;
  for (const { kind, id } of outcome.changes) {
    before.set(`${kind}:${id}`, { ...(await stateBefore(unit, kind, id)) });
  }
  if (outcome.customer) before.set("customer", { ...(await unit.customers.get(outcome.customer.id)) });
  return before;
}

/** Keeps who did what to which record; an act that changed no record is kept with its subject alone. */
export async function auditDesk(unit: Unit, entry: InboxEntry, outcome: Outcome<unknown>, before: Before, now: Instant): Promise<void> {
  const { event } = entry;
  if (event.kind !== "desk") return;
  const { by, command } = event;
  const common = { at: now, by, via: event.via ?? "desk", act: command.do, cause: entry.id };
  const subjects: { subject: string; from: Readonly<Record<string, unknown>>; to: Readonly<Record<string, unknown>> }[] =
    outcome.changes.map(({ kind, id, state }) => ({ subject: id, from: before.get(`${kind}:${id}`) ?? {}, to: { ...state } }));
  if (outcome.customer) subjects.push({ subject: outcome.customer.id, from: before.get("customer") ?? {}, to: { ...outcome.customer } });
  const { case: ofCase, order } = command as { readonly case?: string; readonly order?: string };
  const named = ofCase ?? order ?? command.do;
  if (subjects.length === 0) subjects.push({ subject: named, from: {}, to: {} });
  for (const { subject, from, to } of subjects) await unit.staff.record({ ...common, subject, ...difference(from, to) });
}

/** The changed fields, old and new. */
function difference(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): { readonly before: Readonly<Record<string, unknown>>; readonly after: Readonly<Record<string, unknown>> } {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [old, fresh] = [from[name], to[name]];
    if (SILENT.has(name) || JSON.stringify(old) === JSON.stringify(fresh)) continue;
    if (GROWING.has(name) && Array.isArray(fresh)) {
      after[name] = fresh.slice(Array.isArray(old) ? old.length : 0) as unknown[];
      continue;
    }
    before[name] = old ?? null;
    after[name] = fresh ?? null;
  }
  return { before, after };
}
