/** What values each fact can have and which events state it: by this the linter knows what can never hold. */
import { ORDER_STATUSES } from "../orders/state.ts";
import { CATEGORIES } from "../profile/cases-schema.ts";
import { RULE_EVENTS, type RuleEvent } from "../profile/rules-schema.ts";
import { INTENTS, SIGNALS } from "../understanding/types.ts";
import type { FactName } from "./facts.ts";

export type FactKind =
  /** One of some values; `values` left out = any text. */
  | { readonly kind: "one"; readonly values?: readonly string[]; readonly on?: readonly RuleEvent[] }
  /** Several of some values at once. */
  | { readonly kind: "many"; readonly values: readonly string[]; readonly on?: readonly RuleEvent[] }
  | { readonly kind: "number"; readonly least: number; readonly most: number; readonly on?: readonly RuleEvent[] }
  | { readonly kind: "flag"; readonly on?: readonly RuleEvent[] };

const HEARD: readonly RuleEvent[] = ["message", "press", "media"];
/** A count; `on` left out = it may be stated whatever happens. */
const count = (on?: readonly RuleEvent[]): FactKind => ({
  kind: "number",
  least: 0,
  most: Number.POSITIVE_INFINITY,
  ...(on ? { on } : {}),
});

export const FACT_KINDS: Readonly<Record<FactName, FactKind>> = {
  event: { kind: "one", values: RULE_EVENTS.filter((one) => !["silence", "clock", "order", "booking", "score"].includes(one)) },
  intent: { kind: "one", values: INTENTS, on: HEARD },
  intents: { kind: "many", values: INTENTS, on: HEARD },
  urgency: { kind: "one", values: ["none", "normal", "urgent", "emergency"], on: HEARD },
  danger: {
    kind: "one",
    values: ["injury", "fire", "gas", "carbon_monoxide", "shock", "brakes", "steering", "glass", "trapped", "flood", "other"],
    on: HEARD,
  },
  signals: { kind: "many", values: SIGNALS, on: HEARD },
  misses: count(HEARD),
  angry_messages: count(HEARD),
  vip: { kind: "flag" },
  customer_class: { kind: "one", values: ["vip", "known", "new"] },
  business_open: { kind: "flag" },
  hour: { kind: "number", least: 0, most: 23 },
  flow: { kind: "one" },
  silence_minutes: count(["silence", "timer"]),
  order_status: { kind: "one", values: ORDER_STATUSES },
  order_hurried: count(),
  booking_event: { kind: "one" },
  booking_changes: count(),
  days_to_slot: count(),
  score: { kind: "number", least: 0, most: 10 },
  item_score: { kind: "number", least: 0, most: 5 },
  quote: { kind: "one", values: ["declined", "unanswered"] },
  warranty_uncertain: { kind: "flag" },
  safety_declined: { kind: "flag" },
  contact_tries: count(),
  beyond_authority: { kind: "flag" },
  clock: { kind: "one", values: ["first_answer", "next_answer", "resolution"], on: ["clock", "timer"] },
  clock_percent: count(["clock", "timer"]),
  case_category: { kind: "one", values: CATEGORIES, on: ["clock", "timer"] },
  batch_count: count(),
  dead_letter: { kind: "flag", on: ["dead_letter"] },
  undelivered: { kind: "flag", on: ["undelivered"] },
  repeat_repair: { kind: "flag" },
  promise_missed: { kind: "flag" },
  probing: { kind: "flag" },
  statutory_near: { kind: "flag" },
};
