/** Several matters in one message: what its pieces would mean alone, and what it holds beside the first. */
import type { Intent } from "../types.ts";
import { INTENTS, MATTERS } from "../types.ts";
import { unitsOf } from "./features.ts";
import type { Thresholds } from "./thresholds.ts";

const BREAK =
  /[。;!\n]+|(?<=\?)|,+|\.(?=\s|$)|另外|还有就是|还有|顺便|顺带|对了|再就是|同时|然后|以及|而且|并且|仲有|顺手|另|\b(?:also|by the way|btw|plus|and then|another thing|one more thing|as well as|while you'?re at it|and (?=(?:can|could|please|what|how|when|where|do|is|are|i|also|tell|let|send|have|book|cancel|move|stop)\b))\b|(?<=\S)\s(?=\p{Script=Han})/gu;

/** Units from which a piece can be a matter by itself. */
const LEAST_UNITS = 3;
const MAX_PIECES = 8;
/** Longer messages tell a story, whose parts are not asked for one by one. */
const MAX_LENGTH = 600;

/** Pieces of a normalised text, in order; empty when it is one piece. */
export function piecesOf(text: string): string[] {
  if (text.length > MAX_LENGTH) return [];
  const pieces = text
    .split(BREAK)
    .map((piece) => piece?.trim() ?? "")
    .filter((piece) => piece !== "" && unitsOf(piece).length >= LEAST_UNITS);
  return pieces.length < 2 || pieces.length > MAX_PIECES ? [] : pieces;
}

const JOINS =
  /另外|还有|順便|顺便|顺带|对了|同时|仲有|顺手|再就是|\balso\b|\bby the way\b|\bbtw\b|\bplus\b|\b(?:another|one more) thing\b|\bwhile you\b|\bas well\b/;

/** Does a word announce that another matter follows (另外, by the way)? */
function announcesMore(text: string): boolean {
  return JOINS.test(text);
}

/** Matters that people call by their name when they mean them. */
const NAMES: Readonly<Partial<Record<Intent, RegExp>>> = {
  complaint:
    /(?<!不是|没有?|不想|不|唔系|唔想)(?:要|想|来|嚟)投诉|投诉你们|\b(?:want|wish|like|here|need) to (?:\w+ )?(?:complain|make a complaint|file a complaint|raise a complaint)\b/,
  human:
    /(?<!不用|不要|唔使|别)转人工|人工客服|\b(?:speak|talk) (?:to|with) (?:a |the |your )?(?:human|person|manager|agent|someone|somebody|boss)\b/,
  opt_out: /(?<!不要|别|没有?|不是)退订|\bunsubscribe me\b/,
};

/** Does the piece call the matter by its name, undenied? */
export function names(intent: Intent, piece: string): boolean {
  return NAMES[intent]?.test(piece) === true;
}

/** A piece of a message, read as if it stood alone. */
export interface Piece {
  readonly text: string;
  /** Confidence of each intent, sum 1. */
  readonly shares: Float64Array;
}

/** A matter beside the first one. */
export interface Further {
  readonly intent: Intent;
  readonly confidence: number;
}

/** Further intents of one message, at most. */
const MOST = 3;
/** Confidence of a matter that its piece calls by its name (我要投诉). */
const NAMED_CONFIDENCE = 0.9;

/**
 * Further intents, in order of the pieces that speak for them: weighed by whether the whole message holds them, by the piece that says
 * most for them, by whether a word announces that more follows, and by how sure the first is: a doubtful first stands in the place of
 * another, which is then no further one.
 *
 * @param first what the message is first, with its confidence
 * @param holds margin with which the message holds each of {@link MATTERS}
 */
export function furtherIntents(
  text: string,
  [first, sureness]: readonly [Intent, number],
  pieces: readonly Piece[],
  holds: ArrayLike<number>,
  { accept, weights }: Thresholds["further"],
): readonly Further[] {
  const announced = pieces.length > 0 && announcesMore(text) ? weights.announced : 0;
  const found: (Further & { at: number })[] = [];
  MATTERS.forEach((intent, matter) => {
    if (intent === first) return;
    const column = INTENTS.indexOf(intent);
    let at = -1;
    for (const [index, { shares }] of pieces.entries()) if (at < 0 || shares[column]! > pieces[at]!.shares[column]!) at = index;
    const piece = at < 0 ? weights.onePiece : weights.piece * logit(pieces[at]!.shares[column]!);
    const odds = weights.none + weights.sure * sureness + weights.holds * holds[matter]! + piece + announced;
    const confidence = 1 / (1 + Math.exp(-odds));
    const named = pieces.findIndex((one) => names(intent, one.text));
    if (named >= 0) found.push({ intent, at: named, confidence: Math.max(confidence, NAMED_CONFIDENCE) });
    else if (confidence >= accept) found.push({ intent, at, confidence });
  });
  return found
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, MOST)
    .sort((one, other) => one.at - other.at)
    .map(({ intent, confidence }) => ({ intent, confidence }));
}

/** Logarithm of the odds, kept within ±7 as in the fit. */
function logit(share: number): number {
  return Math.max(-7, Math.min(7, Math.log((share + 1e-4) / (1 - share + 1e-4))));
}
