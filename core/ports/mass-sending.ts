/** Messages that members of staff send with one tap after we prepared them, where a platform lets nobody else (WeCom 企业群发). */
import type { ConversationId } from "../spine/events.ts";
import type { Instant } from "../time.ts";
import type { Capabilities } from "./channel.ts";

type MassPrepared =
  /** `id` null = there is nobody it can be sent to; `left`: those it can't be sent to, for the staff have no contact with them. */
  | { readonly result: "prepared"; readonly id: string | null; readonly left: readonly ConversationId[] }
  /** Not now; whether it took effect may be unknown. */
  | { readonly result: "retry" }
  /** The platform does not do this for us. */
  | { readonly result: "refused"; readonly reason: string };

/** What became of a prepared message for one customer. */
export type MassOutcome =
  | { readonly result: "waiting" }
  /** `by`: the member who sent it, as the platform names them. */
  | { readonly result: "sent"; readonly by: string }
  | { readonly result: "not_a_contact" }
  /** The customer had as many of these as the platform allows. */
  | { readonly result: "full" };

export interface MassSending {
  readonly textLimit: Capabilities["textLimit"];
  /** Most customers of one sending. */
  readonly most: number;
  /**
   * Puts a message before the members of staff who know these customers.
   *
   * @param begun when the same was asked for before and its answer got lost: one that stands there already is taken; `null` = the first time
   */
  prepare(text: string, conversations: readonly ConversationId[], begun: Instant | null): Promise<MassPrepared>;
  /** What became of it, by customer; who is left out is not known yet. Throws when the platform can't be asked. */
  outcomes(id: string, conversations: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, MassOutcome>>;
  /** Nobody is to send it any more. Throws when the platform can't be asked. */
  withdraw(id: string): Promise<void>;
}
