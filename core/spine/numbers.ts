/** Numbers of bookings, cases, orders and customers: short enough to say on the phone, unique by their counter. */
import type { NumberKind } from "../conversation/facts.ts";
import type { DayKey } from "../time.ts";

const LETTERS: Readonly<Record<NumberKind, string>> = {
  booking: "B",
  case: "C",
  order: "W",
  customer: "U",
  quote: "Q",
  promise: "P",
  wait: "L",
  rescue: "R",
};

/** Counter that numbers of this kind are drawn from: one a day, one for ever for customers. */
export function counterOf(kind: NumberKind, day: DayKey): string {
  return kind === "customer" ? "customer" : `${kind}:${day}`;
}

/** `B26112301`: letter, day, running number of the day, at least two digits. */
export function formatNumber(kind: NumberKind, day: DayKey, count: number): string {
  if (kind === "customer") return `${LETTERS.customer}${count}`;
  return `${LETTERS[kind]}${day.slice(2).replaceAll("-", "")}${String(count).padStart(2, "0")}`;
}
