import type { Campaign } from "../care/campaign.ts";
import type { CareState, Touch, TouchReason, TouchStatus } from "../care/touch.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { ConversationId } from "../spine/events.ts";
import type { Change } from "../spine/outcome.ts";
import type { Instant } from "../time.ts";

/** Reminders, follow-ups, greetings and campaigns. */
export interface CareRows {
  /** Keeps touches whose ids are new; returns how many were. */
  plan(touches: readonly Touch[]): Promise<number>;
  /** Keeps a touch as it is now. */
  put(touch: Touch): Promise<void>;
  get(id: string): Promise<Touch | null>;
  /** `waiting` touches whose time has come, earliest first. */
  due(now: Instant, limit: number): Promise<readonly Touch[]>;
  /** Time of the earliest `waiting` touch, or `null`. */
  nextAt(): Promise<Instant | null>;
  /** Touches on their way, `asked` or `pending`, oldest first. */
  underWay(limit: number): Promise<readonly { readonly id: string; readonly conversation: ConversationId | null; readonly at: Instant }[]>;
  /** Touches of a customer that are open, or were changed at or after `since`, by time. */
  ofCustomer(customerId: string, since: Instant): Promise<readonly Touch[]>;
  /** Tasks for people, oldest first, after a touch id. */
  tasks(after: string, limit: number): Promise<readonly Touch[]>;
  /** Touches by the time of their last change and their id, after that of another one and before `to`; for reports. */
  changed(after: Pick<Touch, "at" | "id">, to: Instant, limit: number): Promise<readonly Touch[]>;
  /** How many touches of a plan are in each state, by the last reason. */
  count(plan: string): Promise<readonly { readonly status: TouchStatus; readonly why: TouchReason | null; readonly count: number }[]>;
  /** Has a plan any touch that may still be brought? */
  hasOpen(plan: string): Promise<boolean>;
  /** Lets some waiting touches of a plan rest (`paused`) or wait again; returns how many, less than `limit` = those were the last. */
  pause(plan: string, paused: boolean, limit: number): Promise<number>;
  /**
   * When the pace of care has all its places again (not whole ms), over all processes; 0 = nothing was fed yet. Kept from all other
   * units that ask for it until this one ends.
   */
  paceFullAt(): Promise<Instant>;
  putPaceFullAt(at: Instant): Promise<void>;
  /** Customers by id, after an id, with what planning knows of their services. */
  customers(after: string, limit: number): Promise<readonly { readonly file: CustomerFile; readonly state: CareState }[]>;
  stateOf(customerId: string): Promise<CareState>;
  putState(customerId: string, state: CareState): Promise<void>;
  /** Events of bookings, orders and cases in the order in which they were kept, after a sequence number. */
  events(
    after: number,
    limit: number,
  ): Promise<readonly { readonly seq: number; readonly kind: Change["kind"]; readonly number: string; readonly event: unknown }[]>;
  campaign(id: string): Promise<Campaign | null>;
  putCampaign(campaign: Campaign): Promise<void>;
  /** Newest first. */
  campaigns(limit: number): Promise<readonly Campaign[]>;
}
