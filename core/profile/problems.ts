/** What is wrong with a profile, said so that a shop owner can mend it. */
import type { Language } from "../language.ts";

export interface ProfileProblem {
  /** File name as the owner knows it, `team.yaml`. */
  readonly file: string;
  /** 1-based; `null` when the file is missing as a whole. */
  readonly line: number | null;
  /** Where in the file, `technicians → 2 → skills`. */
  readonly path: string;
  readonly what: LocalMessage;
  readonly wanted: LocalMessage;
}

/** A message in Chinese and English; traditional readers are served by conversion at the page. */
export interface LocalMessage {
  readonly zh: string;
  readonly en: string;
}

/** Keys and positions (from 0) that lead to a value. */
export type Path = readonly (string | number)[];

/** Notes a problem with the value at a path, which begins with the section's name. */
export type Complain = (path: Path, what: LocalMessage, wanted: LocalMessage) => void;

/** One problem as a line of text: file, line, what is wrong, what is wanted. */
export function describeProblem(problem: ProfileProblem, language: Language): string {
  const zh = language !== "en";
  const where =
    problem.line === null ? problem.file : zh ? `${problem.file} 第 ${problem.line} 行` : `${problem.file} line ${problem.line}`;
  const path = problem.path ? (zh ? `(${problem.path})` : ` (${problem.path})`) : "";
  return zh
    ? `${where}${path}:${problem.what.zh}。应为:${problem.wanted.zh}`
    : `${where}${path}: ${problem.what.en}. Wanted: ${problem.wanted.en}`;
}

/** The closest of `known` to a mistyped word, or `null` when nothing is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length]!;
}
