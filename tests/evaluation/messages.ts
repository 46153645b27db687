/** The evaluation sets: messages by hands that wrote none of the corpus, with what should be understood. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "../../core/time.ts";
import { parseIso } from "../../core/time.ts";
import type { Grain, Intent, Question, Urgency } from "../../core/understanding/types.ts";

export const SETS = ["zh-CN", "zh-TW", "en"] as const;
export const ZONE = "Asia/Shanghai";
/** Reference time of messages without one: a Wednesday morning. */
const DEFAULT_NOW = "2026-11-18T10:00:00+08:00";

export interface ExpectedTime {
  readonly text?: string;
  readonly start: Instant;
  readonly end: Instant | null;
  readonly grain: Grain;
}

export interface Expected {
  readonly set: string;
  readonly line: number;
  readonly text: string;
  /** Empty in the set of dates, which has times alone. */
  readonly intents: readonly Intent[];
  readonly urgency: Urgency | null;
  readonly now: Instant;
  readonly asked: Question | null;
  /** Verbatim pieces, and numbers, by kind. */
  readonly entities: Readonly<Record<string, unknown>>;
  readonly datetime: ExpectedTime | null;
}

/** Messages of one set (`zh-CN`, `zh-TW`, `en`, `dates`, `dates-held`); none when the file is not there. */
export function readSet(set: string, folder = import.meta.dirname): Expected[] {
  const path = join(folder, `${set}.jsonl`);
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((content, index) => (content.trim() === "" ? [] : [readLine(set, index + 1, content)]));
}

function readLine(set: string, line: number, content: string): Expected {
  const raw = JSON.parse(content);
  const instant = (value: unknown): Instant | null => (typeof value === "string" ? parseIso(value, ZONE) : null);
  const { datetime = null, ...entities } = raw.entities ?? {};
  const start = datetime === null ? null : instant(datetime.start);
  return {
    set,
    line,
    text: raw.text,
    intents: raw.intents ?? [],
    urgency: raw.urgency ?? null,
    now: instant(raw.now) ?? parseIso(DEFAULT_NOW, ZONE)!,
    asked: raw.asked ?? null,
    entities,
    datetime: start === null ? null : { text: datetime.text, start, end: instant(datetime.end), grain: datetime.grain },
  };
}
