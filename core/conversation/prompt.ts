import type { Question } from "../understanding/types.ts";
import type { Choice } from "./state.ts";

/** A question put to the customer. */
export interface Prompt {
  readonly text: string;
  readonly question: Question;
  readonly choices?: readonly Choice[];
  /** The same question in other words, for when it was put in vain. */
  readonly again?: string;
}
