/** Pieces of a message that can be true or denied by themselves. Text is normalised: full-width punctuation has become ASCII. */
import { matchesOf } from "../text/matches.ts";

/** One piece with its place in the normalised text. */
export interface Clause {
  readonly text: string;
  readonly at: number;
}

const BREAK = /[,;!?\n。、…]+|\.(?=\s|$)|\s+-+\s+|\s(?:but|however|although|though)\s|但是?|不过|可是|然而/g;
/** A message of thousands of characters has said what it has to say; the rest is not searched for danger or anger. */
const MAX_CLAUSES = 200;

/** Clauses in order, blank ones left out. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  const push = (to: number): void => {
    const piece = text.slice(from, to);
    const trimmed = piece.trimStart();
    if (trimmed.trim() !== "") clauses.push({ text: trimmed.trimEnd(), at: from + piece.length - trimmed.length });
  };
  for (const match of matchesOf(text, BREAK)) {
    push(match.index);
    from = match.index + match[0].length;
    if (clauses.length >= MAX_CLAUSES) return clauses;
  }
  push(text.length);
  return clauses;
}
