/** Hours kept free for one customer for a while: in the agenda under a key of their own, with the instant at which they lapse. */
import type { TurnContext } from "../conversation/context.ts";
import { AnxinError } from "../errors.ts";
import type { Instant } from "../time.ts";
import { holdKey } from "./hold-key.ts";
import type { Offer } from "./slots.ts";

/** Holds an offer for this conversation until an instant; `false` when it is not free. */
export function holdOffer(turn: TurnContext, offer: Offer, until: Instant, key = holdKey(turn.conversation)): boolean {
  try {
    turn.takeHours(offer, key, until);
    return true;
  } catch (error) {
    if (error instanceof AnxinError && error.code === "conflict") return false;
    throw error;
  }
}

/** Gives a held hour back. */
export function releaseHold(turn: TurnContext, offer: Pick<Offer, "start" | "technician">, key = holdKey(turn.conversation)): void {
  turn.releaseHours(offer, key);
}
