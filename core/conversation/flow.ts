/**
 * A flow is what a matter needs: its facts (slots), how each is asked, checked and said back, and what happens when all are
 * there. Everything else (facts in any order, corrections, digressions, interruptions, choices, summary, cancel) is the
 * engine's and needs no line in a flow.
 */

import type { Intent } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import type { Prompt } from "./prompt.ts";
import type { Reading } from "./reading.ts";
import type { Frame, Json } from "./state.ts";

/** What came of checking a fact. */
export type Settled<Value> =
  | { readonly status: "ok"; readonly value: Value; readonly remark?: string }
  /** A part is there and kept, another is missing: asked for by `prompt`. */
  | { readonly status: "incomplete"; readonly prompt: Prompt }
  /** Not possible: said with `text`, asked anew with `prompt`. `reason` goes to the trace. */
  | { readonly status: "refused"; readonly reason: string; readonly text: string; readonly prompt: Prompt };

/** A turn seen from within one flow. */
export interface FlowContext<Values> {
  readonly turn: TurnContext;
  readonly frame: Frame;
  /** Settled facts so far. */
  readonly values: Partial<Values>;
}

/**
 * One fact of a flow.
 *
 * `take` reads it from a message as said (raw); `settle` checks the raw against everything else and gives the fact. When a
 * slot named in `dependsOn` changes, the fact is dropped and settled again from its raw.
 */
export interface Slot<Values, Value> {
  readonly label: (context: FlowContext<Values>) => string;
  /** Names of earlier slots this one rests on. */
  readonly dependsOn?: readonly string[];
  /** Words by which a customer names this fact ("change the time"). */
  readonly mention?: RegExp;
  /** Time may overtake the settled fact (a free hour): it is settled again before the commitment and on return. */
  readonly perishable?: boolean;
  /** Whatever is written is the answer (what happened, in the customer's words): not even a question is taken for an aside. */
  readonly verbatim?: boolean;
  /** May be skipped. */
  readonly optional?: boolean;
  /** Is it needed at all, given the rest? Left out = always. */
  needed?(context: FlowContext<Values>): boolean;
  /** What is known without asking. */
  known?(context: FlowContext<Values>): Json | undefined;
  /** What the message says of it. `asked`: it was the open question. */
  take(context: FlowContext<Values>, reading: Reading, asked: boolean): Json | undefined;
  /** The fact from what was said; left out = as said. */
  settle?(context: FlowContext<Values>, raw: Json): Settled<Value>;
  ask(context: FlowContext<Values>): Prompt;
  /** Does the fact only tell more closely what `before` (in words) said already? Then nothing was changed. */
  specifies?(context: FlowContext<Values>, before: string, value: Value): boolean;
  /** What was said, in words, while it can't be settled yet; left out = nothing to say of it. */
  heard?(context: FlowContext<Values>, raw: Json): string;
  /** The fact in words, for the summary and corrections. */
  show(context: FlowContext<Values>, value: Value): string;
}

export interface Flow<Values extends Record<string, Json> = Record<string, Json>> {
  readonly id: string;
  /** What is being done, for resuming: 「预约维修」. */
  readonly title: (context: TurnContext) => string;
  /** Order of asking when it is not that of the slots: names of those that come first. */
  order?(turn: TurnContext): readonly string[];
  /** In the order in which they are asked. */
  readonly slots: { readonly [Name in keyof Values]: Slot<Values, Values[Name]> };
  /** Words that sum it up before the commitment; left out or `null` = no commitment, completes at once. */
  summary?(context: FlowContext<Values>): Prompt | null;
  /** Everything is there (and agreed to). */
  complete(context: FlowContext<Values>, values: Values): void;
  /** Answers are read by this flow alone: what else might be heard in the same words (下次 in an answer to a quote) is not taken up. */
  readonly readsAlone?: boolean;
  /**
   * "Leave the washer out": a part that leaves the matter without ending it.
   *
   * @returns whether the message meant that; `asked` = it would end the matter, and the customer was asked (`$drop`)
   */
  takeOut?(context: FlowContext<Values>, reading: Reading): boolean | "asked";
  /** What was said is kept for a while when the customer drops it. */
  readonly keepsDraft?: boolean;
  /** After it nothing that waited is taken up by itself: the moment is not right. */
  readonly quietAfter?: boolean;
  /** Names of what it can't do without in its frame's `data` (the booking it is about): a stored frame that lacks one is left out. */
  readonly data?: readonly string[];
  /** Words of which nothing was made while it talks: dealt with here instead of "sorry?"; the open question follows. */
  unheard?(context: FlowContext<Values>, text: string): void;
  /** The customer dropped it. */
  dropped?(context: FlowContext<Values>): void;
  /** Intents that, while this flow talks, only bring it facts. */
  readonly absorbs?: readonly Intent[];
}

/** Types the values of a flow; gives it back with the types hidden, ready for the engine's table. */
export function defineFlow<Values extends Record<string, Json>>(flow: Flow<Values>): Flow {
  return flow as unknown as Flow;
}

export type { Prompt };
