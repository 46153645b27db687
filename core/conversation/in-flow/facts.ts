/** What a message tells the flow under way: facts to take, parts to leave out, words to keep as they are. */

import type { Intent } from "../../understanding/types.ts";
import { isQuestion } from "../aside.ts";
import { advance } from "../engine.ts";
import { COURTESY } from "../menu.ts";
import { askAgain } from "../resume.ts";
import { digress } from "../routing.ts";
import { contextOf, shownFacts } from "../stack.ts";
import { type Taken, takeFacts } from "../taking.ts";
import type { Said, Taker, Weighed } from "./said.ts";

/** Questions about something that may be another thing than the one under way. */
const BESIDE: readonly Intent[] = ["status", "hours_location", "warranty", "quote_price"];

const NOTHING_TAKEN: Taken = { changed: [], seen: [] };

/** A flow that reads alone hears its answer before anything else is made of the words. */
export const answersAlone: Taker = ({ turn, frame, flow, reading, asked, choice }) => {
  const answersIt = !choice || (asked?.flow === frame.flow && !asked.slot.startsWith("$"));
  if (!flow.readsAlone || !answersIt || takeFacts(turn, frame, reading).changed.length === 0) return null;
  advance(turn);
  return true;
};

/** "Leave the washer out." */
export const takesOut: Taker = ({ turn, frame, flow, reading }) => {
  if (!flow.takeOut) return null;
  const shown = shownFacts(turn, frame);
  const out = flow.takeOut({ turn, frame, values: frame.values }, reading);
  if (out === true) advance(turn, shown);
  return out ? true : null;
};

/** Lets the flow take every fact of the message. */
export function weigh(said: Said): Weighed {
  const { turn, frame, reading, choice, intents, first, absorbed, sure } = said;
  const before = shownFacts(turn, frame);
  // "Is the fridge's order ready?" in between speaks of another thing: it overwrites nothing of this one.
  const asksBeside =
    !choice && intents.length === 1 && first !== undefined && BESIDE.includes(first) && !absorbed && (sure || isQuestion(reading.text));
  // The day in "are you open on Sunday?" is no wish at all.
  const taken = asksBeside && first === "hours_location" ? NOTHING_TAKEN : takeFacts(turn, frame, reading, asksBeside);
  return { ...said, taken, before };
}

export const bringsFacts: Taker<Weighed> = ({ turn, frame, reading, choice, intents, sure, absorbs, taken, before }) => {
  if (taken.changed.length === 0) return null;
  delete frame.data["thinking"];
  // A message that brings facts is about them; "thanks" beside them needs no answer of its own.
  const asks = sure || isQuestion(reading.text);
  digress(turn, reading, choice || !asks ? [] : intents.filter((intent) => !COURTESY.includes(intent)), absorbs);
  advance(turn, before);
  return true;
};

/** It spoke of facts that are known already. */
export const saysWhatIsKnown: Taker<Weighed> = ({ turn, reading, intents, absorbs, taken }) => {
  if (taken.seen.length === 0) return null;
  askAgain(turn, digress(turn, reading, intents, absorbs));
  return true;
};

/** Words of which nothing else was made are kept by a flow that listens for them. */
export const keptAsSaid: Taker = ({ turn, frame, flow, reading }) => {
  if (!flow.unheard || !reading.text) return null;
  flow.unheard(contextOf(turn, frame), reading.text);
  askAgain(turn);
  return true;
};
