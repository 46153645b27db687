/** Rules on what a turn itself brought about: an order that moved, a booking that changed, a silence that has lasted. */
import type { TurnContext } from "../conversation/context.ts";
import type { RuleCondition } from "../profile/rules-schema.ts";
import type { Profile } from "../profile/schema.ts";
import { type Instant, MINUTE_MS } from "../time.ts";
import { escalate } from "./escalate.ts";

/** Fires what hold by the end of a turn of staff, a timer or a platform's news; messages have had their rules by then. */
export function settleRules(turn: TurnContext): void {
  const { events } = turn;
  if (events.has("message") || events.has("press") || events.has("media")) {
    watchForSilence(turn);
    return;
  }
  escalate(turn, "");
}

/** Lengths of silence that rules ask for, min, ascending. */
function silencesOf(profile: Profile): readonly number[] {
  const known = silences.get(profile.rules);
  if (known) return known;
  const found = new Set<number>();
  const look = (condition: RuleCondition): void => {
    if ("all" in condition) condition.all.forEach(look);
    else if ("any" in condition) condition.any.forEach(look);
    else if ("not" in condition) look(condition.not);
    else if ("fact" in condition && condition.fact === "silence_minutes" && condition.atLeast !== undefined) found.add(condition.atLeast);
  };
  for (const rule of profile.rules) look(rule.when);
  const sorted = [...found].sort((one, other) => one - other);
  silences.set(profile.rules, sorted);
  return sorted;
}
const silences = new WeakMap<Profile["rules"], readonly number[]>();

const silenceTimer = (turn: TurnContext): string => `silence:${turn.conversation}`;

/** After the customer's words the next silence begins: the shortest that a rule asks for is watched. */
function watchForSilence(turn: TurnContext): void {
  const [first] = silencesOf(turn.model.profile);
  if (first === undefined) return;
  setSilence(turn, turn.now, first);
}

function setSilence(turn: TurnContext, since: Instant, minutes: number): void {
  turn.setTimer({ id: silenceTimer(turn), dueAt: since + minutes * MINUTE_MS, name: "silence", data: { since } });
}

/** The customer has been silent for as long as a rule asks for. What the rule then does is no word of the customer's: the silence goes on. */
export function silenceDue(turn: TurnContext, since: Instant): void {
  if (turn.state.lastAt !== since) {
    turn.note("silence_over");
    return;
  }
  const minutes = Math.floor((turn.now - since) / MINUTE_MS);
  turn.events.add("silence");
  turn.ruleFacts["silence_minutes"] = minutes;
  escalate(turn, "");
  const next = silencesOf(turn.model.profile).find((one) => one > minutes);
  if (next !== undefined) setSilence(turn, since, next);
}
