/** What readers and rules found in a message, as names for the learner. The shop's own vocabulary is left out: one model serves all shops. */

import type { TextEntities } from "../entities/index.ts";
import type { Ask } from "../rules/asks.ts";
import type { DangerReading } from "../rules/danger.ts";
import type { Signal } from "../types.ts";

export interface Found {
  readonly dates: readonly { readonly past: boolean; readonly timeSaid: boolean }[];
  readonly entities: TextEntities;
  readonly danger: DangerReading;
  readonly signals: readonly Signal[];
  readonly asks: readonly Ask[];
}

const KINDS = [
  "phone",
  "plate",
  "vin",
  "order_no",
  "name",
  "address",
  "score",
  "amount",
  "mileage",
] as const satisfies readonly (keyof TextEntities)[];

export function evidenceOf({ dates, entities, danger, signals, asks }: Found): string[] {
  const names: string[] = [];
  if (dates.some((date) => !date.past)) names.push("date");
  if (dates.some((date) => date.past)) names.push("past");
  if (dates.some((date) => date.timeSaid)) names.push("clock");
  if (dates.length > 1) names.push("dates");
  for (const kind of KINDS) if (entities[kind].length > 0) names.push(kind);
  if (danger.strong.length > 0) names.push("danger");
  for (const kind of danger.strong) names.push(`danger:${kind}`);
  for (const kind of danger.weak) names.push(`hint:${kind}`);
  for (const guard of danger.guards) names.push(`guard:${guard}`);
  for (const signal of signals) names.push(`signal:${signal}`);
  for (const ask of asks) names.push(`ask:${ask}`);
  if (asks.length === 0) names.push("ask:nothing");
  return names;
}
