/** Ways to reach customers. */
import type { StoredMessage } from "../spine/events.ts";

/** What a channel can do. Data, so that the core asks before it speaks. */
export interface Capabilities {
  /** Longest text of one message. */
  readonly textLimit: { readonly amount: number; readonly unit: "characters" | "bytes" };
  /** Most buttons of one message; 0 = none, choices become numbered text. */
  readonly buttons: number;
  readonly media: readonly ("photo" | "voice" | "video" | "file" | "location")[];
  /** The customer reads stored messages from us (web): storing a message is delivering it. */
  readonly pulled: boolean;
  /** How long after the customer's last message we may write, ms; `null` = always. */
  readonly pushWindowMs: number | null;
  /** Most messages in one push window; `null` = no limit. */
  readonly pushQuota: number | null;
  /** Members of staff can send a prepared message to this customer by hand when the bot may not (WeCom 企业群发). */
  readonly staffSend?: boolean;
  /** The platform drops a second message with the same id. */
  readonly idempotent: boolean;
}

/** What became of a send. `retry` may succeed later; `refused` never will. */
export type Delivery =
  /** `messages`: how many of the platform's messages it took, where a quota counts them; left out = as many as the text limit says. */
  | { readonly result: "sent"; readonly messages?: number }
  | { readonly result: "retry"; readonly reason: string; readonly afterMs: number | null }
  /** `attended`: a person talks with the customer in the platform's own client, and nobody needs to be told. */
  | { readonly result: "refused"; readonly reason: string; readonly attended?: boolean };

/** One way to reach customers. */
export interface Channel {
  /** The part of a conversation id before the colon. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Sends one message. The same message may be sent again after a crash: `message.id` is its key. */
  send(message: StoredMessage): Promise<Delivery>;
}
