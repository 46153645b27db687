/** Who asks again and again for what is not theirs gets no more look-ups for a while, and a person is told. */
import type { TurnContext } from "../conversation/context.ts";
import { MINUTE_MS } from "../time.ts";

function current(turn: TurnContext): { readonly count: number; readonly since: number } {
  const { withinMinutes } = turn.model.profile.business.workshop.probing;
  const { probes } = turn.state;
  return probes && turn.now - probes.since < withinMinutes * MINUTE_MS ? probes : { count: 0, since: turn.now };
}

/** Have there been too many already? */
export function isProbing(turn: TurnContext): boolean {
  return current(turn).count >= turn.model.profile.business.workshop.probing.most;
}

/** Counts one more, in the trace and for the rules. @returns whether it was the one too many */
export function countProbe(turn: TurnContext): boolean {
  const { most } = turn.model.profile.business.workshop.probing;
  const { count, since } = current(turn);
  turn.state.probes = { count: count + 1, since };
  turn.note("probe", { count: count + 1 });
  if (count + 1 === most) turn.ruleFacts["probing"] = true;
  return count + 1 > most;
}
