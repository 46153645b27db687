import type { TurnContext } from "../conversation/context.ts";
import type { Instant } from "../time.ts";

/** A customer who has booked for the day they waited for waits no more. */
export function leaveWaiting(turn: TurnContext, start: Instant): void {
  for (const wait of turn.own("wait")) {
    if ((wait.status === "waiting" || wait.status === "offered") && wait.from <= start && start <= wait.to)
      turn.applyWait(wait.number, wait, { type: "wait_passed", at: turn.now, left: true });
  }
}
