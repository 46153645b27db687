/** What the decision on a touch rests on. Loaded by the shell, within the turn's own transaction. */
import type { Case } from "../cases/state.ts";
import type { Capabilities } from "../ports.ts";
import type { ConversationId } from "../spine/events.ts";
import type { Instant } from "../time.ts";
import type { Campaign } from "./campaign.ts";
import type { CareState, Touch } from "./touch.ts";

/** Whether a conversation can be written to at a moment, and how much. */
export interface Reach {
  readonly conversation: ConversationId;
  /** The channel runs here. */
  readonly running: boolean;
  /** The customer blocked us or left. */
  readonly blocked: boolean;
  /** We may still write until then; `null` = always. */
  readonly openUntil: Instant | null;
  /** Messages left in the window; `null` = any number. */
  readonly left: number | null;
  /** The customer reads stored messages: storing one is sending it. */
  readonly pulled: boolean;
  /** Members of staff can send a prepared message there by hand. */
  readonly staffSend: boolean;
  /** The customer's last message; 0 = none. */
  readonly lastAt: Instant;
}

export interface CareFacts {
  /** The customer's touches that are open or were changed in the last 31 days. */
  readonly touches: readonly Touch[];
  /** Cases of all their conversations. */
  readonly cases: readonly Case[];
  readonly state: CareState;
  readonly reach: Reach;
  /** Campaigns of the touches, by id. */
  readonly campaigns: ReadonlyMap<string, Campaign>;
}

/**
 * Reach of one conversation.
 *
 * @param capabilities `null` = the channel does not run
 * @param lastAt the customer's last message, 0 = none
 * @param since messages of ours since then
 */
export function reachOf(
  conversation: ConversationId,
  capabilities: Capabilities | null,
  lastAt: Instant,
  since: number,
  blocked: boolean,
): Reach {
  const window = capabilities?.pushWindowMs ?? null;
  const quota = capabilities?.pushQuota ?? null;
  return {
    conversation,
    running: capabilities !== null,
    blocked,
    openUntil: window === null ? null : lastAt === 0 ? 0 : lastAt + window,
    left: quota === null ? null : Math.max(0, quota - since),
    pulled: capabilities?.pulled ?? false,
    staffSend: capabilities?.staffSend ?? false,
    lastAt,
  };
}

/** Kept free in a window with a quota: news of a repair must still get through. */
const KEPT_FREE = 2;

/** Why a conversation can't bring a care message now, or `null` when it can. */
export function unreachable(reach: Reach, now: Instant): "channel_down" | "blocked" | "window_closed" | "quota_spent" | null {
  if (reach.blocked) return "blocked";
  if (!reach.running) return "channel_down";
  if (reach.openUntil !== null && now >= reach.openUntil) return "window_closed";
  if (reach.left !== null && reach.left <= KEPT_FREE) return "quota_spent";
  return null;
}

/** How somebody would be reached if a message fell due now. */
export type BestWay = "message" | "mass" | "call" | "none";

/** The way a touch would take; the same order as the real one. */
export function bestWay(reaches: readonly Reach[], fallback: readonly ("mass" | "call")[], hasPhone: boolean, now: Instant): BestWay {
  if (reaches.some((reach) => unreachable(reach, now) === null)) return "message";
  if (fallback.includes("mass") && reaches.some((reach) => reach.staffSend && !reach.blocked)) return "mass";
  return fallback.includes("call") && hasPhone ? "call" : "none";
}

/** Conversations from the best way down: those that can be used, the one used last first. */
export function waysFor(reaches: readonly Reach[], tried: readonly ConversationId[], now: Instant): readonly Reach[] {
  return reaches
    .filter((reach) => !tried.includes(reach.conversation) && unreachable(reach, now) === null)
    .sort((one, other) => other.lastAt - one.lastAt || (one.conversation < other.conversation ? -1 : 1));
}

/** Touches that count against the caps: brought to the customer, or on the way. */
export function counted(touches: readonly Touch[]): readonly Touch[] {
  return touches.filter((touch) => touch.status === "sent" || touch.status === "pending");
}
