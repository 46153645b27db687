/** Reads the pieces of a message as the understanding does, for the tables of pieces. */
import { loadProfile } from "../../../../bots/profiles.ts";
import { readDateTimes } from "../../../../core/understanding/datetime/index.ts";
import { readEntities } from "../../../../core/understanding/entities/index.ts";
import { detectLanguage, normalise } from "../../../../core/understanding/text/index.ts";
import type { NameEntity } from "../../../../core/understanding/types.ts";
import type { Vocabulary } from "../../../../core/understanding/vocabulary/index.ts";
import { createVocabulary } from "../../../../core/understanding/vocabulary/index.ts";
import { instant, NOW, ZONE } from "../datetime/table.ts";
import type { Found, Key, PiecesRow } from "./pieces.ts";
import { asExpected } from "./pieces.ts";

/** Vocabularies of the businesses, each built once. */
export function vocabularies(): (profile: string) => Vocabulary {
  const built = new Map<string, Vocabulary>();
  return (profile) => {
    const vocabulary = built.get(profile) ?? createVocabulary([loadProfile(profile, "en")]);
    built.set(profile, vocabulary);
    return vocabulary;
  };
}

export function readRowPieces(row: PiecesRow, vocabularyOf: (profile: string) => Vocabulary): PiecesRow["pieces"] {
  const normalised = normalise(row.text);
  const taken = readDateTimes(row.text, { now: instant(NOW), zone: ZONE });
  const pieces = readEntities(normalised, { language: detectLanguage(row.text), taken });
  const words = vocabularyOf(row.profile).read(normalised);
  const named = (list: readonly NameEntity[]): Found[] => list.map(({ value, at }) => ({ text: value, at }));
  const shown = (key: Key, found: readonly Found[]): readonly string[] => asExpected(row.text, key, row.pieces[key], found);
  return {
    n: shown("n", named(pieces.name)),
    ph: shown("ph", pieces.phone),
    pl: shown("pl", pieces.plate),
    v: shown("v", pieces.vin),
    o: shown("o", pieces.order_no),
    a: shown("a", pieces.address),
    p: shown("p", words.product),
    f: shown("f", words.fault),
  };
}
