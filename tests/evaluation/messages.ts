/** The evaluation sets: messages by hands that wrote none of the corpus, with what should be understood. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "../../core/time.ts";
import { parseIso } from "../../core/time.ts";
import { defaultUrgency } from "../../core/understanding/intents/corpus.ts";
import type { Grain, Intent, Question, Urgency } from "../../core/understanding/types.ts";

export const SETS = ["zh-CN", "zh-TW", "en"] as const;
/** By another hand, which had seen neither the corpus nor the other sets; run for the record, not while tuning. */
export const HELD_SETS = ["held-zh-CN", "held-zh-TW", "held-en"] as const;
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

/** Messages of one set (`zh-CN`, `held-zh-CN`, `dates`, `dates-held` …); none when the file is not there. */
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
    urgency: urgencyOf(set, raw),
    now: instant(raw.now) ?? parseIso(DEFAULT_NOW, ZONE)!,
    asked: raw.asked ?? null,
    entities,
    datetime: start === null ? null : { text: datetime.text, start, end: instant(datetime.end), grain: datetime.grain },
  };
}

/**
 * Urgency as the labels have it: `none` where there is no matter. The hand of the held-out sets marked an answer (a score, a yes or no)
 * `normal`; where nothing in such a message is a matter, it has none.
 */
function urgencyOf(set: string, raw: { intents?: Intent[]; urgency?: Urgency }): Urgency | null {
  const isHeld = (HELD_SETS as readonly string[]).includes(set);
  if (isHeld && raw.urgency === "normal" && raw.intents?.every((intent) => defaultUrgency(intent) === "none")) return "none";
  return raw.urgency ?? null;
}
