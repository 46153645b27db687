/** Whether a message would be out of place just now, from what is known of the customer. */
import { type Case, isOpen } from "../cases/state.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { CareKind, CareSettings, TactReason } from "../profile/care-schema.ts";
import { DAY_MS, type DayKey, type Instant } from "../time.ts";
import { activeHold } from "./hold.ts";

export interface TactFacts {
  readonly customer: CustomerFile;
  readonly orders: readonly WorkOrder[];
  /** Cases of all conversations of the customer. */
  readonly cases: readonly Case[];
  readonly now: Instant;
  /** Today where the customer lives. */
  readonly today: DayKey;
}

/** States in which a product is with us or being worked on. */
const AT_WORK: readonly WorkOrder["status"][] = [
  "received",
  "diagnosing",
  "approved",
  "waiting_parts",
  "in_progress",
  "quality_check",
  "ready",
  "rework",
];

/** Every reason that holds, whatever the kind. */
export function tactReasons(facts: TactFacts, settings: CareSettings): readonly TactReason[] {
  const { cases, orders, now } = facts;
  const found: TactReason[] = [];
  if (cases.some((one) => isOpen(one) && (one.category === "complaint" || one.category === "survey"))) found.push("complaint");
  if (orders.some((one) => AT_WORK.includes(one.status))) found.push("in_shop");
  if (orders.some((one) => one.status === "quoted")) found.push("quote");
  const accident = settings.accidentDays * DAY_MS;
  const held = activeHold(facts.customer, facts.today)?.reason;
  if (held === "accident" || cases.some((one) => one.category === "emergency" && (isOpen(one) || now - one.createdAt < accident)))
    found.push("accident");
  if (held === "bereavement" || isBereaved(facts, settings)) found.push("bereavement");
  return found;
}

/** Do the words of a case or its notes tell of a death? */
function isBereaved({ cases, now }: TactFacts, settings: CareSettings): boolean {
  const since = now - settings.bereavementDays * DAY_MS;
  const tells = (text: string): boolean => settings.bereavementWords.some((word) => text.toLowerCase().includes(word.toLowerCase()));
  return cases.some(
    (one) => (one.createdAt >= since && tells(one.words)) || one.notes.some((note) => note.at >= since && tells(note.text)),
  );
}

/** The first reason for which this kind waits, or `null`. */
export function heldBy(kind: CareKind, facts: TactFacts, settings: CareSettings): TactReason | "asked_not_to" | null {
  if (activeHold(facts.customer, facts.today)?.reason === "asked") return "asked_not_to";
  return tactReasons(facts, settings).find((reason) => settings.tact[reason].includes(kind)) ?? null;
}
