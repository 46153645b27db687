/** Who talks to the customer: a person who has taken over, or the bot. */
import { tellLeft } from "../cases/hand-over.ts";
import { type Case, OUTBREAKS } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { takeUpMatters } from "../conversation/routing.ts";
import { MINUTE_MS } from "../time.ts";

/** The member of staff talks; the bot keeps quiet until released. */
export function holdBy(turn: TurnContext, number: string, by: string): void {
  // The conversation of outbreaks has no customer in it.
  if (turn.conversation === OUTBREAKS) return;
  const { releaseMinutes } = turn.model.profile.business.service;
  turn.state.holder = { by: "human", case: number, since: turn.now, staff: by };
  turn.setTimer({
    id: `release:${turn.conversation}`,
    dueAt: turn.now + releaseMinutes * MINUTE_MS,
    name: "release",
    data: { case: number },
  });
}

/** Back to the bot without a word. */
export function letGo(turn: TurnContext): void {
  turn.state.holder = { by: "bot" };
  turn.state.misses = 0;
  turn.cancelTimer(`release:${turn.conversation}`);
}

/** Back to the bot: what was interrupted is offered again. */
export function release(turn: TurnContext, found: Case): void {
  if (turn.state.holder.by === "bot") return;
  letGo(turn);
  turn.say(turn.words("desk.released", { number: found.number }));
  turn.state.asked = null;
  takeUpMatters(turn);
}

/** A conversation nobody has touched for long goes back to the bot; the case stays with staff. */
export function releaseByTimeout(turn: TurnContext, number: string): void {
  if (turn.state.holder.by !== "human" || turn.state.holder.case !== number) return;
  turn.state.holder = { by: "bot" };
  turn.notify(turn.model.profile.ladder[0]!, turn.staffWords("staff.released", { number }), number);
  turn.note("released_by_timeout", { case: number });
  tellLeft(turn, number);
}
