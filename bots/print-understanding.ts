/** The understanding of one message as the commands print it (public shape: design of the `understand` command). */

import { isoInZone } from "../core/time.ts";
import type { Entities, Understanding } from "../core/understanding/index.ts";

export interface PrintedUnderstanding {
  readonly text: string;
  readonly lang: string;
  readonly intent: string;
  readonly confidence: number;
  readonly intents: readonly string[];
  readonly decision: string;
  readonly candidates: readonly (readonly [string, number])[];
  readonly entities: Readonly<Record<string, unknown>>;
  readonly urgency: string;
  readonly danger: string | null;
  readonly signals: readonly string[];
  readonly ms: number;
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

export function printUnderstanding(understanding: Understanding, zone: string, ms: number): PrintedUnderstanding {
  const first = understanding.intents[0]!;
  return {
    text: understanding.text,
    lang: understanding.lang,
    intent: first.intent,
    confidence: rounded(first.confidence),
    intents: understanding.intents.map((one) => one.intent),
    decision: understanding.decision,
    candidates: understanding.candidates.slice(0, 3).map(([intent, confidence]) => [intent, rounded(confidence)]),
    entities: printEntities(understanding.entities, zone),
    urgency: understanding.urgency,
    danger: understanding.danger,
    signals: understanding.signals,
    ms: Math.round(ms * 1_000) / 1_000,
  };
}

function printEntities(entities: Entities, zone: string): Record<string, unknown> {
  const printed: Record<string, unknown> = {};
  const [datetime] = entities.datetime;
  if (datetime) {
    printed["datetime"] = {
      text: datetime.text,
      start: isoInZone(datetime.start, zone),
      end: datetime.end === null ? null : isoInZone(datetime.end, zone),
      grain: datetime.grain,
    };
  }
  // Values verbatim from the text stand first; what they were resolved to stands beside them.
  const verbatim = ["phone", "plate", "vin", "order_no", "product", "fault", "name", "address"] as const;
  for (const kind of verbatim) {
    const [found] = entities[kind];
    if (found) printed[kind] = kind === "name" ? entities.name[0]!.value : found.text;
  }
  if (!printed["fault"] && entities.service[0]) printed["service"] = entities.service[0].text;
  const [score] = entities.score;
  if (score) printed["score"] = { value: score.value, scale: score.scale };
  const [amount] = entities.amount;
  if (amount) printed["amount"] = { value: amount.minor, currency: amount.currency };
  const [mileage] = entities.mileage;
  if (mileage) printed["mileage"] = mileage.km;
  const resolved: Record<string, unknown> = {};
  if (entities.phone[0]) resolved["phone"] = entities.phone[0].value;
  if (entities.plate[0]) resolved["plate"] = entities.plate[0].value;
  if (entities.vin[0]) resolved["vin"] = entities.vin[0].value;
  if (entities.order_no[0]) resolved["order_no"] = entities.order_no[0].value;
  if (entities.product[0]) resolved["product"] = entities.product[0].id;
  if (entities.fault[0]) resolved["fault"] = entities.fault[0].id;
  if (entities.service[0]) resolved["service"] = entities.service[0].id;
  if (Object.keys(resolved).length > 0) printed["resolved"] = resolved;
  if (entities.datetime.length > 1) {
    printed["datetimes"] = entities.datetime.map((one) => ({
      text: one.text,
      start: isoInZone(one.start, zone),
      end: one.end === null ? null : isoInZone(one.end, zone),
      grain: one.grain,
    }));
  }
  return printed;
}
