import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { VinEntity } from "../types.ts";

/** Length of a vehicle identification number (ISO 3779). */
const VIN_LENGTH = 17;
/** Most pieces into which people break one. */
const MOST_PIECES = 17;
const CUE = /\bvin\b|车架|车辆识别|识别码|识别代号|大架号|chassis|frame number|底盘号/;

/** Letter values and position weights of the check digit (ISO 3779 / 49 CFR 565 / GB 16735). */
const LETTER_VALUES: ReadonlyMap<string, number> = new Map(
  [..."ABCDEFGH"]
    .map((letter, i) => [letter, i + 1] as const)
    .concat(
      [..."JKLMN"].map((letter, i) => [letter, i + 1] as const),
      [
        ["P", 7],
        ["R", 9],
      ],
      [..."STUVWXYZ"].map((letter, i) => [letter, i + 2] as const),
    ),
);
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * Does the ninth place agree with the rest?
 *
 * @param vin 17 characters, upper case, without I, O, Q
 */
export function vinCheckAgrees(vin: string): boolean {
  let sum = 0;
  for (let i = 0; i < VIN_LENGTH; i += 1) {
    const char = vin[i]!;
    const value = char >= "0" && char <= "9" ? Number(char) : LETTER_VALUES.get(char);
    if (value === undefined) return false;
    sum += value * WEIGHTS[i]!;
  }
  const rest = sum % 11;
  return vin[8] === (rest === 10 ? "X" : String(rest));
}

/** VINs of the message, in order. The letters I, O, Q are read as the digits they are mistaken for. */
export function readVins(normalised: Normalised): VinEntity[] {
  const { text } = normalised;
  if (!normalised.hasDigit || text.length < VIN_LENGTH) return [];
  const pieces = [...text.matchAll(/[a-z0-9]+/g)].slice(0, 400);
  const found: VinEntity[] = [];
  for (let i = 0; i < pieces.length; i += 1) {
    let raw = "";
    const from = pieces[i]!.index;
    for (let k = i; k < pieces.length && k < i + MOST_PIECES; k += 1) {
      const piece = pieces[k]!;
      // A word inside a broken VIN is a word, not a part of it; only the maker's letters may stand alone in front.
      if (!/\d/.test(piece[0]) && (k > i || piece[0].length > 4) && piece[0].length > 2) break;
      if (k > i) {
        const previous = pieces[k - 1]!;
        const gap = text.slice(previous.index + previous[0].length, piece.index);
        if (!/^(?: ?[-.·]? ?)$/.test(gap)) break;
      }
      raw += piece[0];
      if (raw.length > VIN_LENGTH) break;
      if (raw.length < VIN_LENGTH) continue;
      const to = piece.index + piece[0].length;
      const vin = judge(raw, k > i, CUE.test(text.slice(Math.max(0, from - 20), from)));
      if (vin) {
        found.push({ ...originalSpan(normalised, from, to), ...vin });
        i = k;
      }
      break;
    }
  }
  return found;
}

/** Seventeen characters become a VIN when they look like one: digits alone need a cue, broken pieces a cue or an agreeing check digit. */
function judge(raw: string, broken: boolean, cue: boolean): { value: string; checked: boolean | null } | null {
  const value = raw.toUpperCase().replace(/[OQ]/g, "0").replaceAll("I", "1");
  const digits = value.match(/\d/g)?.length ?? 0;
  if (!cue && (digits < 4 || digits > 15)) return null;
  if (digits < 2) return null;
  // The last four places are always digits; a word there means that something else was typed.
  if (!cue && !/\d{3}$/.test(value)) return null;
  const agrees = vinCheckAgrees(value);
  // Two letters and fifteen digits are an order number rather than a VIN.
  if (!cue && !agrees && digits > 13) return null;
  if (broken && !cue && !agrees) return null;
  // European makers (first place S to Z) leave the check digit out.
  return { value, checked: agrees ? true : /^[S-Z]/.test(value) ? null : false };
}
