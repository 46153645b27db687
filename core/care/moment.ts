/** The moment of a turn of care: is the talk free for a message, and what else may go along with it? Pure. */
import type { ConversationState } from "../conversation/state.ts";
import type { BusinessModel } from "../profile/model.ts";
import { HOUR_MS, type Instant } from "../time.ts";
import { type Piece, pieceOf } from "./compose.ts";
import { type DecisionFacts, decideTouch } from "./decide.ts";
import type { CareFacts } from "./facts.ts";
import type { Touch } from "./touch.ts";

/** At most so many touches become one message: longer ones are not read. */
const MERGED_MOST = 3;
/** A question of ours that was put less than this ago is still being thought about. */
const BUSY_MS = HOUR_MS;

/** Is this a moment at which a message of ours would get in between? */
export function talkOf(
  state: Pick<ConversationState, "holder" | "nudge" | "turns" | "lastAt" | "asked" | "stack">,
  now: Instant,
): DecisionFacts["talk"] {
  if (state.holder.by === "human") return "with_a_person";
  const recent = state.turns > 0 && now - state.lastAt < BUSY_MS;
  return state.nudge || (recent && (state.asked !== null || state.stack.length > 0)) ? "busy" : "free";
}

/**
 * Others of this customer that are due and may go along: no questionnaire, no campaign, nothing that would be held back.
 *
 * @param decision what the decision on one of them looks at
 */
export function goingAlong(
  model: BusinessModel,
  lead: Piece,
  facts: Pick<CareFacts, "touches" | "campaigns">,
  now: Instant,
  decision: (touch: Touch) => DecisionFacts,
): readonly Piece[] {
  if (lead.survey || lead.touch.kind === "campaign") return [];
  return facts.touches
    .filter((one) => one.id !== lead.touch.id && one.status === "waiting" && one.dueAt <= now && one.kind !== "campaign")
    .filter((one) => model.profile.carePlans.find((plan) => plan.id === one.plan)?.steps[one.step]?.do === "message")
    .filter((one) => decideTouch(one, decision(one)).do === "send")
    .map((one) => pieceOf(model, one, facts.campaigns))
    .filter((piece): piece is Piece => piece !== null && piece.survey === null)
    .sort(byPriority(model))
    .slice(0, MERGED_MOST - 1);
}

/** The most important first. */
export function byPriority(model: BusinessModel): (one: Piece, other: Piece) => number {
  const priority = ({ touch }: Piece): number => model.profile.carePlans.find((plan) => plan.id === touch.plan)?.priority ?? 0;
  return (one, other) => priority(other) - priority(one) || (one.touch.id < other.touch.id ? -1 : 1);
}
