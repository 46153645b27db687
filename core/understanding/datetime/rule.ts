/** A rule of the scan: where it may begin, its pattern, and what the match says. */
import type { Draft } from "./spec.ts";

/** What a rule may look at beside its match. */
export interface Scene {
  /** The folded text. */
  readonly text: string;
  /** Index at which the match began. */
  readonly at: number;
  /** The piece that ended right here, or with a space between, or `null`. */
  readonly before: Draft | null;
  /** The day piece at an index, for wording that leans on another day (three days after Christmas). */
  readonly lean: (at: number) => Draft | null;
}

export interface Rule {
  /** Characters with which a match can begin. */
  readonly first: string;
  /** Sticky; every repetition in it is bounded, so that one trial costs a constant. */
  readonly pattern: RegExp;
  /** The piece, or `null` when the match turns out to be something else. */
  readonly read: (match: RegExpExecArray, scene: Scene) => Draft | null;
}

/** Runs a sticky pattern at an index. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The last characters before an index. */
export const textBefore = (text: string, at: number, length: number): string => text.slice(Math.max(0, at - length), at);

/**
 * A sticky pattern from a source in which a blank stands for one to four blanks and ` ?` for up to four; blanks within brackets stand for
 * themselves. People type two blanks, and an open-ended repetition would cost more than a constant.
 */
export function spaced(source: string): RegExp {
  let inClass = false;
  let pattern = "";
  for (let index = 0; index < source.length; index += 1) {
    const char = source.charAt(index);
    if (char === "\\") {
      pattern += char + source.charAt(index + 1);
      index += 1;
      continue;
    }
    if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    if (char !== " " || inClass) {
      pattern += char;
    } else if (source.charAt(index + 1) === "?") {
      pattern += " {0,4}";
      index += 1;
    } else pattern += " {1,4}";
  }
  return new RegExp(pattern, "y");
}
