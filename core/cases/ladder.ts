/** Steps of the ladder in the order in which cases climb. Pure. */
import type { Profile } from "../profile/schema.ts";
import type { LadderStep } from "./state.ts";

const STEPS: readonly LadderStep[] = ["representative", "appraiser", "manager", "general_office"];

const rank = (step: LadderStep): number => STEPS.indexOf(step);

/** The higher of two steps. */
export function higherStep(one: LadderStep, other: LadderStep): LadderStep {
  return rank(one) >= rank(other) ? one : other;
}

/** The step above; the step itself at the end of the ladder. An appraiser stands beside the ladder and climbs onto it. */
export function nextStep(ladder: Profile["ladder"], step: LadderStep): LadderStep {
  return ladder.find((one) => rank(one) > rank(step)) ?? step;
}

/** The last step of the ladder. */
export function topStep(ladder: Profile["ladder"]): LadderStep {
  return ladder.at(-1)!;
}
