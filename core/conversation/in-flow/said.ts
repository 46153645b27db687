/** A message as the flow under way sees it: what those who may take it ask of it, found out once. */
import type { Escalation } from "../../cases/escalate.ts";
import type { Intent, Signal } from "../../understanding/types.ts";
import type { TurnContext } from "../context.ts";
import type { Flow } from "../flow.ts";
import { entitiesOf, type Reading } from "../reading.ts";
import { flowOf } from "../stack.ts";
import type { Asked, Choice, Frame } from "../state.ts";
import type { Taken } from "../taking.ts";

export interface Said {
  readonly turn: TurnContext;
  /** The flow on top, and what is known in it. */
  readonly frame: Frame;
  readonly flow: Flow;
  readonly reading: Reading;
  /** The question that was open. */
  readonly asked: Asked | null;
  /** The choice that was picked, by a tap or in words. */
  readonly choice: Choice | null;
  readonly intents: readonly Intent[];
  readonly first: Intent | undefined;
  readonly signals: readonly Signal[];
  /** Sure enough to act on: a guess may bring facts, but it neither commits nor drops anything. */
  readonly sure: boolean;
  /** A plain yes, not asked back. */
  readonly agreed: boolean;
  /** The first intent only brings facts to this flow. */
  readonly absorbed: boolean;
  /** Questions that are answered beside the flow leave these to it. */
  readonly absorbs: readonly Intent[];
  readonly escalations: readonly Escalation[];
}

/** The same, once the flow has taken what facts there were. */
export interface Weighed extends Said {
  readonly taken: Taken;
  /** The facts in words, as they were before. */
  readonly before: ReadonlyMap<string, string>;
}

/**
 * One of those that may take a message.
 *
 * @returns whether the message made sense; `null` when it is none of its business, and the next one is asked
 */
export type Taker<Seen = Said> = (said: Seen) => boolean | null;

export function readSaid(
  turn: TurnContext,
  frame: Frame,
  reading: Reading,
  heard: readonly Intent[],
  escalations: readonly Escalation[],
): Said {
  const flow = flowOf(turn, frame);
  const asked = turn.previouslyAsked;
  const intents = answersTime(turn, frame, reading, asked, heard) ? (["provide_info", ...heard.slice(1)] as const) : heard;
  const first = intents[0];
  const absorbs = flow.absorbs ?? [];
  const sure = reading.choice !== null || reading.understanding?.decision === "act";
  return {
    turn,
    frame,
    flow,
    reading,
    asked,
    choice: reading.choice,
    intents,
    first,
    signals: reading.understanding?.signals ?? [],
    sure,
    agreed: sure && first === "confirm_yes" && !/[??]\s*$/.test(reading.text),
    absorbed: first !== undefined && absorbs.includes(first),
    absorbs,
    escalations,
  };
}

/**
 * "And yesterday afternoon? No, nine today": a time under the question for one asks after no order; nor does "can you come today?"
 * while a first visit is being booked, by somebody who has nothing to ask after.
 */
function answersTime(turn: TurnContext, frame: Frame, reading: Reading, asked: Asked | null, [first]: readonly Intent[]): boolean {
  const { datetime, order_no, plate, product } = entitiesOf(reading);
  if (first !== "status" || datetime.length === 0 || order_no.length + plate.length + product.length > 0) return false;
  return asked?.question === "datetime" || (frame.flow === "book" && hasNothingComing(turn));
}

function hasNothingComing(turn: TurnContext): boolean {
  return turn.orders().length + turn.bookings().length + turn.cases().length === 0;
}
