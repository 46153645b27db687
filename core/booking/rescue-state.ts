/**
 * A rescue (改派): the bookings of a technician who can't come, each with its way out.
 *
 *   planned (shown to staff) ── sent ──► open (customers are told or asked) ── everybody settled ──► closed
 */
import { unreachable } from "../errors.ts";
import type { DayKey, Instant } from "../time.ts";

export interface RescueItem {
  readonly booking: string;
  readonly conversation: string;
  /** `same_time` another technician at the same hour · `other_time` a new hour is asked · `call` nothing free: a person calls. */
  readonly way: "same_time" | "other_time" | "call";
  readonly start: Instant | null;
  readonly technician: string | null;
  /** `told` the customer knows (nothing to answer) · `asked` waits for the answer. */
  readonly status: "planned" | "told" | "asked" | "accepted" | "declined" | "gone";
}

export interface Rescue {
  readonly number: string;
  readonly conversation: string;
  readonly customerId: null;
  readonly status: "planned" | "open" | "closed";
  readonly technician: string;
  readonly day: DayKey;
  readonly by: string;
  readonly items: readonly RescueItem[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type RescueEvent =
  | { readonly type: "rescue_planned"; readonly at: Instant; readonly rescue: Rescue }
  | { readonly type: "rescue_sent"; readonly at: Instant; readonly items: readonly RescueItem[] }
  | { readonly type: "rescue_answered"; readonly at: Instant; readonly booking: string; readonly status: RescueItem["status"] };

/** Does anybody still have to answer or to be called? */
function isSettled(items: readonly RescueItem[]): boolean {
  return items.every((item) => item.status === "told" || item.status === "accepted" || item.status === "gone");
}

/** The state after an event. `null` is the state before the first. */
export function evolveRescue(state: Rescue | null, event: RescueEvent): Rescue {
  if (event.type === "rescue_planned") return event.rescue;
  if (state === null) throw new RangeError(`${event.type} before rescue_planned`);
  switch (event.type) {
    case "rescue_sent":
      return { ...state, items: event.items, status: isSettled(event.items) ? "closed" : "open", updatedAt: event.at };
    case "rescue_answered": {
      const items = state.items.map((item) => (item.booking === event.booking ? { ...item, status: event.status } : item));
      return { ...state, items, status: isSettled(items) ? "closed" : state.status, updatedAt: event.at };
    }
    default:
      return unreachable(event);
  }
}
