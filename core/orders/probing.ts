/**
 * Who asks again and again for what is not theirs gets no more look-ups for a while, and a person is told. Counted twice: by who asks,
 * and by what is asked for, whoever asks (the house keeps that, for several strangers may want the same plate).
 */
import type { TurnContext } from "../conversation/context.ts";
import type { TimerData } from "../spine/events.ts";
import { MINUTE_MS } from "../time.ts";
import { HOUSE } from "./workshop.ts";

function current(turn: TurnContext): { readonly count: number; readonly since: number } {
  const { withinMinutes } = turn.model.profile.business.workshop.probing;
  const { probes } = turn.state;
  return probes && turn.now - probes.since < withinMinutes * MINUTE_MS ? probes : { count: 0, since: turn.now };
}

/** Have there been too many already? */
export function isProbing(turn: TurnContext): boolean {
  return current(turn).count >= turn.model.profile.business.workshop.probing.most;
}

/**
 * Counts one more, in the trace and for the rules.
 *
 * @param targets plates, numbers and phones that were asked for
 * @returns whether it was the one too many
 */
export function countProbe(turn: TurnContext, targets: readonly string[]): boolean {
  const { most } = turn.model.profile.business.workshop.probing;
  const { count, since } = current(turn);
  turn.state.probes = { count: count + 1, since };
  turn.note("probe", { count: count + 1 });
  for (const target of targets) turn.tell(HOUSE, "probed", { target, from: turn.conversation });
  if (count + 1 === most) turn.ruleFacts["probing"] = true;
  return count + 1 > most;
}

/** Targets remembered at once; the oldest give way. */
const TARGETS_MOST = 500;

/** In the house: somebody asked for what is not theirs. At the limit, those at the desk hear which plate, number or phone it is. */
export function noteProbed(turn: TurnContext, data: TimerData): void {
  const { mostOfTarget, withinMinutes } = turn.model.profile.business.workshop.probing;
  const target = String(data["target"]);
  const from = String(data["from"]);
  const fresh = Object.entries(turn.state.probed ?? {}).filter(([, { since }]) => turn.now - since < withinMinutes * MINUTE_MS);
  const known = fresh.find(([key]) => key === target)?.[1] ?? { count: 0, since: turn.now, from: [] };
  const next = { count: known.count + 1, since: known.since, from: [...new Set([...known.from, from])].slice(-20) };
  const others = fresh.filter(([key]) => key !== target).slice(1 - TARGETS_MOST);
  turn.state.probed = Object.fromEntries([...others, [target, next]]);
  turn.note("probed", { count: next.count, conversations: next.from.length });
  if (next.count === mostOfTarget)
    turn.notify("manager", turn.staffWords("staff.probed", { target, count: next.count, conversations: next.from.length }), null);
}
