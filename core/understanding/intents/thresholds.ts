/** Numbers that turn scores into decisions; data, so that a new corpus needs no change of code. */
import { LANGUAGES, type Language } from "../../language.ts";
import type { Intent } from "../types.ts";
import { INTENTS } from "../types.ts";

export interface Thresholds {
  /** Divides the scores before they become shares of 1; > 1 makes them humbler. */
  readonly temperature: Readonly<Record<Language, number>>;
  /** Confidence from which a message is acted on without asking. */
  readonly act: Readonly<Record<Language, number>>;
  /** Confidence from which the top candidates are offered; below, the message is not understood. */
  readonly clarify: Readonly<Record<Language, number>>;
  /** How much the first piece of a message counts beside the whole: where one matter is held, where several are, and the margin from which one is. */
  readonly first: {
    readonly ofOne: number;
    readonly ofSeveral: number;
    readonly holds: number;
  };
  /**
   * Factors on the shares of intents that cost more missed than mistaken: a complaint left lying, a refusal of messages unheard, a call
   * for a person unanswered; ≥ 1, intents not named 1.
   */
  readonly lean: Partial<Readonly<Record<Intent, number>>>;
  /** How much the wordings most like a message count: all of them together multiply the share of their intent by e to this. */
  readonly neighbours: number;
  readonly further: {
    /** Confidence from which a further intent is taken up. */
    readonly accept: number;
    /** Weights of the odds: of the margin with which the message holds it, of the piece that says most for it, instead where there is but one piece; when a word announces more; of the confidence of the first; of nothing. */
    readonly weights: {
      readonly none: number;
      readonly holds: number;
      readonly piece: number;
      readonly onePiece: number;
      readonly announced: number;
      readonly sure: number;
    };
  };
  /** Danger score (margin + 2 × confidence of `emergency`) from which a message is an emergency. */
  readonly danger: number;
  /** The same where words that are danger on their own stand unguarded. */
  readonly dangerNamed: number;
  /** The same where not even a hint of danger stands. */
  readonly dangerUnnamed: number;
  /** The same where every word of danger is denied, past, solved or asked about. */
  readonly dangerGuarded: number;
  /** The same where they are supposed (要是漏气了) or a figure of speech. */
  readonly dangerSupposed: number;
  /** How far the piece that sounds most like danger raises the margin of the whole message, 0–1. */
  readonly dangerPiece: number;
  /** Margin from which a matter is urgent. */
  readonly urgent: number;
  /** Share of known words below which a message is not understood. */
  readonly known: number;
}

/** @throws TypeError when a number is missing or a name is no intent */
export function readThresholds(data: unknown): Thresholds {
  const source = data as Thresholds;
  const numbers = [
    source?.danger,
    source?.dangerNamed,
    source?.dangerUnnamed,
    source?.dangerGuarded,
    source?.dangerSupposed,
    source?.dangerPiece,
    source?.urgent,
    source?.known,
    source?.neighbours,
    source?.first?.ofOne,
    source?.first?.ofSeveral,
    source?.first?.holds,
    source?.further?.accept,
    source?.further?.weights?.none,
    source?.further?.weights?.holds,
    source?.further?.weights?.piece,
    source?.further?.weights?.onePiece,
    source?.further?.weights?.announced,
    source?.further?.weights?.sure,
  ];
  for (const language of LANGUAGES) numbers.push(source?.temperature?.[language], source?.act?.[language], source?.clarify?.[language]);
  for (const [intent, factor] of Object.entries(source?.lean ?? {})) {
    if (!(INTENTS as readonly string[]).includes(intent)) throw new TypeError(`thresholds: lean names no intent: ${intent}`);
    numbers.push(factor);
  }
  if (numbers.some((value) => typeof value !== "number" || !Number.isFinite(value))) throw new TypeError("thresholds: a number is missing");
  return source;
}
