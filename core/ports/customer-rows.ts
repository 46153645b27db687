import type { CustomerFile, CustomerKey } from "../customers/state.ts";
import type { ConversationId } from "../spine/events.ts";

/** Customers' files, and which conversations are theirs. */
export interface CustomerRows {
  get(id: string): Promise<CustomerFile | null>;
  put(file: CustomerFile): Promise<void>;
  /** Customer whose proven identity on a channel this conversation is. */
  ofConversation(conversation: ConversationId): Promise<string | null>;
  linkConversation(conversation: ConversationId, customerId: string): Promise<void>;
  /** Conversations linked to a customer, in order of their ids. */
  conversationsOf(customerId: string): Promise<readonly ConversationId[]>;
  /** Customers with this phone, plate or serial in their file; for staff and merging, never for answering strangers. */
  find(kind: "phone" | "plate" | "serial", value: string): Promise<readonly CustomerFile[]>;
  /**
   * Customers one of whose keys of this kind begins with `value`, by key, each once; for staff, never for answering strangers.
   * A `tail` is asked for as it is written, from its end.
   */
  search(kind: CustomerKey, value: string, limit: number): Promise<readonly CustomerFile[]>;
  /** All files by id, for export; those behind `after`. */
  all(after: string, limit: number): Promise<readonly CustomerFile[]>;
  /** Ids of all files, in order, those behind `after`; to count and to draw from without reading them. */
  ids(after: string, limit: number): Promise<readonly string[]>;
}
