/**
 * What staff do in the workshop, as data: acts on a booking, an order, a quote, a promise or a whole day. `about` is the number
 * of what it is about; {@link HOUSE} stands for the house itself. The grammar is in core/desk/workshop-command.ts.
 */
import type { Instant } from "../time.ts";

/** The conversation of the house: events that belong to no customer (rescue of a day, freed hours) are worked there in order. */
export const HOUSE = "house:workshop";

/** A line of a quote as staff wrote it; money in minor units. */
export interface DraftLine {
  readonly item: string;
  readonly labourMinor: number;
  readonly partsMinor: number;
  /** Safety depends on it: declining it brings the safety notice. */
  readonly safety: boolean;
}

export type WorkshopAct =
  /** The customer is here, or the technician is at the door: the booking becomes an order. */
  | { readonly name: "arrived"; readonly text: string | null }
  | { readonly name: "no_show" }
  /** A quote of an order; again for the same order = a revision. `lines` empty = the price list's lines of the order's services. */
  | { readonly name: "quote"; readonly lines: readonly DraftLine[]; readonly text: string | null; readonly promisedAt: Instant | null }
  /** Work found beside what was agreed (增项). */
  | { readonly name: "added"; readonly lines: readonly DraftLine[]; readonly text: string | null; readonly promisedAt: Instant | null }
  /** The final total. */
  | { readonly name: "bill"; readonly minor: number; readonly text: string | null }
  | { readonly name: "kept" }
  | { readonly name: "confirm_promise" }
  | { readonly name: "dismiss" }
  /** A new time for a promise, in words or as an instant. */
  | { readonly name: "renew"; readonly text: string; readonly promisedAt: Instant | null }
  /** Another time put to the customer of a booking, held until answered. */
  | { readonly name: "propose"; readonly text: string }
  /** A technician is away: a plan for the day, shown before anything is sent. */
  | { readonly name: "away"; readonly technician: string; readonly text: string }
  /** An ordinary booking gives way to urgent work; the words may name the booking for which room is made. */
  | { readonly name: "displace"; readonly text: string }
  /** Who else has to do with the product of an order: `driver 王芳 13800138000`. */
  | { readonly name: "person"; readonly text: string }
  | { readonly name: "rescue_send" }
  | { readonly name: "rescue_list" };

export interface WorkshopCommand {
  readonly do: "workshop";
  readonly about: string;
  readonly act: WorkshopAct;
}

/** Timers of the workshop, and what one conversation tells another. */
const WORKSHOP_TIMERS = [
  "quote_silent",
  "quote_expired",
  "quote_later",
  "promise_soon",
  "promise_tell",
  "promise_due",
  "visit_check",
  "hours_freed",
  "wait_offer",
  "wait_gone",
  "wait_over",
  "rescue_offer",
  "rescue_answer",
  "statutory_check",
  "displaced",
  "probed",
  "room_made",
] as const;
export type WorkshopTimer = (typeof WORKSHOP_TIMERS)[number];

export function isWorkshopTimer(name: string): name is WorkshopTimer {
  return (WORKSHOP_TIMERS as readonly string[]).includes(name);
}
