/** When a clock of a case ran: spans of time, the last one open while it runs. Pure. */
import type { Instant } from "../time.ts";

/** Three clocks of a case: until the first human answer, until the answer to the customer's next words, until it is resolved. */
export const CLOCKS = ["first_answer", "next_answer", "resolution"] as const;
export type ClockKind = (typeof CLOCKS)[number];

/** A span in which a clock ran; `to` is `null` while it runs. */
export interface ClockSpan {
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface CaseClock {
  /** In order, never overlapping; only the last may be open. */
  readonly spans: readonly ClockSpan[];
  /** Highest share of its budget that has been acted on, percent: 0, the warning's, 100, 200, 400 … */
  readonly level: number;
}

export type CaseClocks = Readonly<Record<ClockKind, CaseClock>>;

const STOPPED: CaseClock = { spans: [], level: 0 };

export const NO_CLOCKS: CaseClocks = { first_answer: STOPPED, next_answer: STOPPED, resolution: STOPPED };

export function runs(clock: CaseClock): boolean {
  return clock.spans.length > 0 && clock.spans.at(-1)!.to === null;
}

/** Begins anew: what ran before is forgotten. */
export function begun(at: Instant): CaseClock {
  return { spans: [{ from: at, to: null }], level: 0 };
}

/** Goes on from where it stood; a clock that runs is left alone. */
export function resumed(clock: CaseClock, at: Instant): CaseClock {
  return runs(clock) ? clock : { ...clock, spans: [...clock.spans, { from: at, to: null }] };
}

export function stopped(clock: CaseClock, at: Instant): CaseClock {
  if (!runs(clock)) return clock;
  const last = clock.spans.at(-1)!;
  return { ...clock, spans: [...clock.spans.slice(0, -1), { from: last.from, to: Math.max(last.from, at) }] };
}
