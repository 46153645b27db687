/** Words told while no flow was open ("my fridge, I live in Nanshan"): kept, for they are what a booking right behind them is about. */
import type { TurnContext } from "./context.ts";
import { readAgain } from "./read-again.ts";
import { entitiesOf, type Reading } from "./reading.ts";

/** Of longer words the end is kept; UTF-16 units. */
const MOST_KEPT = 500;

export function keepOffered(turn: TurnContext, words: string): void {
  turn.state.offered = words.slice(-MOST_KEPT);
}

/** What was kept, read anew; `null` when nothing was. */
export function readOffered(turn: TurnContext): Reading | null {
  const { offered } = turn.state;
  return offered ? readAgain(turn, offered) : null;
}

/** The message, with the facts kept before (`earlier`) behind its own. They are used once. */
export function withOffered(turn: TurnContext, reading: Reading, earlier: Reading | null = readOffered(turn)): Reading {
  if (!earlier) return reading;
  delete turn.state.offered;
  return withFacts(reading, earlier);
}

/** The message, with the facts of an earlier one behind its own. */
export function withFacts(reading: Reading, earlier: Reading): Reading {
  if (!reading.understanding || !earlier.understanding) return reading.understanding ? reading : earlier;
  const own = reading.understanding.entities;
  // What is wrong and what is to be done are one: work that is named now is not the work of before.
  const namesWork = own.fault.length + own.service.length > 0;
  const lacks = (kind: string): boolean =>
    kind === "fault" || kind === "service" ? !namesWork : own[kind as keyof typeof own].length === 0;
  const entities = {
    ...own,
    ...Object.fromEntries(Object.entries(earlier.understanding.entities).filter(([kind]) => lacks(kind))),
  };
  return { ...reading, understanding: { ...reading.understanding, entities } };
}

/** Does what was kept name something that can be worked on? */
export function offersWork(earlier: Reading | null): boolean {
  if (!earlier) return false;
  const { fault, service, product } = entitiesOf(earlier);
  return fault.length + service.length + product.length > 0;
}
