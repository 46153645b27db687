/** Patterns and small readers that the English rules for clock readings share. */
import { FOLLOWERS, NUMBERS, oneOf } from "./lexicon-en.ts";
import { type ClockSpec, type Draft, piece } from "./spec.ts";

export const HALF_FULL = "(a ?\\.? ?m(?!(?!-?ish)[a-z\\d])(?: ?\\.)?(?:-?ish)?|p ?\\.? ?m(?!(?!-?ish)[a-z\\d])(?: ?\\.)?(?:-?ish)?)";
export const HOUR_WORD = oneOf([...NUMBERS].filter(([, value]) => value <= 12).map(([word]) => word));
export const HOUR = `(\\d{1,2}(?!\\d)|${HOUR_WORD})`;

/** At ten to two, it's five to: minutes before the hour, not a span. */
export const MINUTES_TO = /(?:\b(?:at|it'?s|about|around|by)|@) +$/;

export const SOFT_AFTER = new RegExp(`^(?:\\s*$|\\s*[,;!?)](?!\\d)|\\s*\\.(?!\\d)|\\s*[-~](?! ?\\d{3})|\\s+${FOLLOWERS}(?![a-z]))`);

export const halfOf = (mark: string | undefined): ClockSpec["half"] => (mark === undefined ? null : mark.startsWith("a") ? "am" : "pm");

export function clockPiece(at: number, end: number, hour: number, minute: number, half: ClockSpec["half"]): Draft | null {
  if (!(hour >= 0 && hour <= 24 && minute >= 0 && minute < 60)) return null;
  return piece(at, end, { clock: { hour, minute, half: hour > 12 || hour === 0 ? "day24" : half } });
}

/** End of a match whose last sign is the full stop of a sentence rather than of `p.m.`. */
export function endOf(at: number, whole: string): number {
  const trimmed = whole.trimEnd();
  return at + (/[a-z] ?\. ?m ?\.$/.test(trimmed) || !trimmed.endsWith(".") ? trimmed.length : trimmed.length - 1);
}
