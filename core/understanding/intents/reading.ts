/** The part of a reading that the learner's training and its use must share: the same text gives the same tokens in both. */

import type { Language } from "../../language.ts";
import type { DateTimeContext } from "../datetime/index.ts";
import { readDateTimes } from "../datetime/index.ts";
import type { TextEntities } from "../entities/index.ts";
import { readEntities } from "../entities/index.ts";
import { readAsks } from "../rules/asks.ts";
import type { DangerReading } from "../rules/danger.ts";
import { readDanger } from "../rules/danger.ts";
import { isShouting, readSignals } from "../rules/signals.ts";
import type { Normalised } from "../text/index.ts";
import type { DateTimeEntity, Entities, Question, Signal } from "../types.ts";
import { evidenceOf } from "./evidence.ts";
import { tokensOf } from "./features.ts";
import type { Lexicon } from "./lexicon.ts";

export interface ReadContext extends DateTimeContext {
  readonly asked: Question | null;
  readonly language: Language | null;
  readonly currency?: Entities["amount"][number]["currency"] | null;
}

export interface Reading {
  readonly dates: readonly DateTimeEntity[];
  readonly entities: TextEntities;
  readonly danger: DangerReading;
  readonly signals: readonly Signal[];
  readonly shouting: boolean;
  readonly tokens: readonly string[];
}

/** Everything read of a message without the shop's vocabulary and without the model. */
export function readMessage(normalised: Normalised, context: ReadContext, lexicon: Lexicon): Reading {
  const dates = readDateTimes(normalised.original, context);
  const { asked, language, currency = null } = context;
  const entities = readEntities(normalised, { asked, language, currency, taken: dates });
  // Danger is written in the words of every region; one wording of each is enough once they are made the same.
  const danger = readDanger(normalised.hasHan ? lexicon.rewrite(normalised.text) : normalised.text);
  const signals = readSignals(normalised.text);
  const evidence = evidenceOf({ dates, entities, danger, signals, asks: readAsks(normalised.text) });
  return {
    dates,
    entities,
    danger,
    signals,
    shouting: isShouting(normalised.original),
    tokens: tokensOf({ text: normalised.text, asked, evidence }, lexicon),
  };
}
