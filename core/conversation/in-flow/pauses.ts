/** Time between two messages of one matter: coming back after a silence, wanting to think, wanting to go on. */
import { MINUTE_MS } from "../../time.ts";
import { asksForTime } from "../aside.ts";
import type { TurnContext } from "../context.ts";
import { keepAsked } from "../question.ts";
import { askAgain, askResume, dropTop, resumeTop } from "../resume.ts";
import { digress } from "../routing.ts";
import { flowOf } from "../stack.ts";
import type { Frame } from "../state.ts";
import type { Taker, Weighed } from "./said.ts";
import { DROPS, GOES_ON } from "./spoken.ts";

/** Back after a long silence with nothing to the point: what now? */
export const comesBack: Taker<Weighed> = ({ turn, reading, choice, intents, first, absorbs, taken }) => {
  const { parkMinutes } = turn.model.profile.business.conversation;
  if (taken.changed.length > 0 || choice || turn.silentMs <= parkMinutes * MINUTE_MS) return null;
  if (first === "confirm_yes" || first === "confirm_no") return null;
  digress(turn, reading, intents, absorbs);
  askResume(turn);
  return true;
};

/** The answer to whether to go on with it. */
export const answersResume: Taker = ({ turn, asked, agreed, sure, first }) => {
  if (asked?.slot !== "$resume") return null;
  if (agreed) resumeTop(turn);
  else if (sure && first === "confirm_no") dropTop(turn);
  else return null;
  return true;
};

export const wantsToThink: Taker = ({ turn, frame, reading, asked, choice }) => {
  if (choice || !asked || !asksForTime(reading.text) || DROPS.test(reading.text)) return null;
  letThink(turn, frame);
  return true;
};

export const goesOn: Taker = ({ turn, frame, reading }) => {
  if (!GOES_ON.test(reading.text) || frame.phase !== "collecting") return null;
  askAgain(turn);
  return true;
};

/** Nothing of it was asked after a pause (an emergency): the matter is taken up where it stood. */
export const takesUpWhereItStood: Taker = ({ turn, asked, absorbed, sure }) => {
  if ((asked !== null && asked.flow !== null) || !absorbed || !sure) return null;
  resumeTop(turn);
  return true;
};

/** The customer wants time: the matter is kept, its question stays open and is neither put again nor recalled. */
function letThink(turn: TurnContext, frame: Frame): void {
  const again = frame.data["thinking"] === true;
  frame.data["thinking"] = true;
  frame.data["nudged"] = true;
  turn.say(again ? turn.words("small.ok") : turn.words("flow.kept", { title: flowOf(turn, frame).title(turn) }));
  keepAsked(turn);
}
