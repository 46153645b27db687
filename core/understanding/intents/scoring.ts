/**
 * What the learned model says of a message and of its pieces. Who brings several matters names first what is to be done first, and who
 * tells a story begins with its point: the first piece counts beside the whole, more so where the message holds several matters.
 */
import type { Language } from "../../language.ts";
import { readShortcut } from "../rules/answers.ts";
import { readAsks } from "../rules/asks.ts";
import { INTENTS, MATTERS } from "../types.ts";
import { tokensOf } from "./features.ts";
import type { Piece } from "./further.ts";
import { piecesOf } from "./further.ts";
import { DANGER_COLUMN, HOLDS_COLUMN } from "./inner-model.ts";
import type { Scorer } from "./learner.ts";
import type { Lexicon } from "./lexicon.ts";
import type { SparseVector } from "./linear.ts";
import { softmaxInPlace } from "./linear.ts";
import type { Opinion } from "./neighbours.ts";
import type { Thresholds } from "./thresholds.ts";

export interface Scored {
  /** Confidence of each intent to be the first, sum 1. */
  readonly shares: Float64Array;
  /** Of each column, of the whole message. */
  readonly scores: Float32Array;
  /** Margin with which the message holds each of the matters. */
  readonly holds: Float32Array;
  /** Margin of danger now: of the whole message, raised by the piece that sounds most like it, which a long message drowns. */
  readonly danger: number;
  readonly pieces: readonly Piece[];
  readonly vector: SparseVector;
  /** The wordings taught that are most like the message, nearest first. */
  readonly nearest: Opinion["nearest"];
  /** Share of the message's words that the model knows; `null` when it has none. */
  readonly known: number | null;
}

/**
 * @param text normalised text
 * @param tokens of the whole message, with what readers and rules found
 */
export function scoreMessage(
  text: string,
  tokens: readonly string[],
  lang: Language,
  scorer: Scorer,
  lexicon: Lexicon,
  thresholds: Thresholds,
): Scored {
  const { scores, vector, known } = scorer.score(tokens);
  const temperature = thresholds.temperature[lang];
  const holds = scores.subarray(HOLDS_COLUMN, HOLDS_COLUMN + MATTERS.length);
  const intents = Float64Array.from(scores.subarray(0, INTENTS.length));
  const whole = scores[DANGER_COLUMN]!;
  let worst = whole;
  const pieces = piecesOf(text).map((piece, index): Piece => {
    const evidence = readAsks(piece).map((ask) => `ask:${ask}`);
    const own = scorer.score(tokensOf({ text: piece, asked: null, evidence }, lexicon)).scores;
    worst = Math.max(worst, own[DANGER_COLUMN]!);
    const shares = Float64Array.from(own.subarray(0, INTENTS.length));
    if (index === 0) {
      const weight = isAside(piece, shares, holds, thresholds)
        ? 0
        : holdsSeveral(holds, thresholds)
          ? thresholds.first.ofSeveral
          : thresholds.first.ofOne;
      for (let c = 0; c < intents.length; c += 1) intents[c]! += weight * shares[c]!;
    }
    softmaxInPlace(shares, temperature);
    return { text: piece, shares };
  });
  softmaxInPlace(intents, temperature);
  const { votes, nearest } = scorer.opinion(vector);
  weigh(intents, (c) => (thresholds.lean[INTENTS[c]!] ?? 1) * Math.exp(thresholds.neighbours * votes[c]!));
  const danger = whole + thresholds.dangerPiece * (worst - whole);
  return { shares: intents, scores, holds, danger, pieces, vector, nearest, known };
}

/** Multiplies each share by its factor; the sum stays 1. */
function weigh(shares: Float64Array, factor: (column: number) => number): void {
  let sum = 0;
  for (let c = 0; c < shares.length; c += 1) {
    shares[c]! *= factor(c);
    sum += shares[c]!;
  }
  for (let c = 0; c < shares.length; c += 1) shares[c]! /= sum;
}

function holdsSeveral(holds: Float32Array, thresholds: Thresholds): boolean {
  let held = 0;
  for (const margin of holds) if (margin >= thresholds.first.holds) held += 1;
  return held > 1;
}

/** A first piece that says nothing of what comes first: another language is asked for, or the fault that a complaint is about is told. */
function isAside(piece: string, shares: Float64Array, holds: Float32Array, thresholds: Thresholds): boolean {
  if (readShortcut(piece)?.intent === "chitchat") return true;
  const isFault = INTENTS[shares.indexOf(Math.max(...shares))] === "book";
  return isFault && holds[MATTERS.indexOf("complaint")]! >= thresholds.first.holds;
}
