/** A message while a flow is under way: an answer, a correction, a question in between, something more urgent, a way out. */
import type { Escalation } from "../cases/escalate.ts";
import type { Intent } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import {
  asksAboutWork,
  asksBetween,
  booksAnotherToo,
  bringsAnotherMatter,
  complains,
  wantsToWait,
  wishesOfTheVisit,
} from "./in-flow/beside.ts";
import { startsOver, undoes, wantsHelp, wantsItAgain } from "./in-flow/commands.ts";
import { answersAlone, bringsFacts, keptAsSaid, saysWhatIsKnown, takesOut, weigh } from "./in-flow/facts.ts";
import { answersResume, comesBack, goesOn, takesUpWhereItStood, wantsToThink } from "./in-flow/pauses.ts";
import { readSaid, type Taker, type Weighed } from "./in-flow/said.ts";
import { tapsAnotherMatter, tapsAway, tapsChange, tapsOnOrAnew } from "./in-flow/taps.ts";
import { answersDrop, cancelsNamed, cancelsThis, leavesAsItIs, wasFalseAlarm } from "./in-flow/ways-out.ts";
import {
  agreesToNothing,
  agreesToSummary,
  agreesToWhatWasTold,
  namesWhatIsWrong,
  refusesQuestion,
  refusesSummary,
} from "./in-flow/yes-no.ts";
import type { Reading } from "./reading.ts";
import type { Frame } from "./state.ts";

/** Asked in this order, before the flow takes facts from the message: the first that knows what was meant takes it. */
const BEFORE_FACTS: readonly Taker[] = [
  tapsAway,
  wantsToWait,
  booksAnotherToo,
  tapsOnOrAnew,
  undoes,
  tapsAnotherMatter,
  tapsChange,
  startsOver,
  wantsItAgain,
  wantsHelp,
  wasFalseAlarm,
  answersAlone,
  answersDrop,
  takesOut,
  wishesOfTheVisit,
  complains,
  cancelsThis,
  cancelsNamed,
  asksAboutWork,
];

/** And these once the facts are taken. */
const WITH_FACTS: readonly Taker<Weighed>[] = [
  comesBack,
  answersResume,
  bringsFacts,
  leavesAsItIs,
  wantsToThink,
  agreesToSummary,
  namesWhatIsWrong,
  refusesSummary,
  refusesQuestion,
  agreesToWhatWasTold,
  agreesToNothing,
  saysWhatIsKnown,
  goesOn,
  asksBetween,
  takesUpWhereItStood,
  bringsAnotherMatter,
  keptAsSaid,
];

/** @returns whether the message made sense here */
export function inFlow(
  turn: TurnContext,
  frame: Frame,
  reading: Reading,
  heard: readonly Intent[],
  escalations: readonly Escalation[],
): boolean {
  const said = readSaid(turn, frame, reading, heard, escalations);
  return firstOf(BEFORE_FACTS, said) ?? firstOf(WITH_FACTS, weigh(said)) ?? false;
}

function firstOf<Seen>(takers: readonly Taker<Seen>[], said: Seen): boolean | null {
  for (const take of takers) {
    const done = take(said);
    if (done !== null) return done;
  }
  return null;
}
