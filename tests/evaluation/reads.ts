/** A message with what should be understood and what was. */
import type { Understanding } from "../../core/understanding/index.ts";
import type { Expected } from "./messages.ts";

export interface Read {
  readonly expected: Expected;
  readonly got: Understanding;
  readonly ms: number;
}

export const isRight = ({ expected, got }: Read): boolean => got.intents[0]!.intent === expected.intents[0];
/** Share of the readings that pass the test, 0–1. */
export const share = (reads: readonly Read[], test: (read: Read) => boolean): number => reads.filter(test).length / reads.length;
