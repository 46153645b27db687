/** Team chats: what goes out to them, and what staff do in them. */
import type { Button, Media } from "../spine/events.ts";
import type { Instant } from "../time.ts";
import type { Capabilities } from "./channel.ts";

/** A case as staff see it in a team chat: written by the core in the business's language, only laid out by the channel. */
export interface StaffCard {
  readonly case: string;
  readonly title: string;
  readonly urgency: "normal" | "urgent" | "emergency";
  /** What is known, in the order in which it matters. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  /** The customer's words, as written. */
  readonly words: string;
  /** A case that is resolved or closed: the card is shown as done. */
  readonly done: boolean;
}

/** One message to staff in a team chat. */
export interface StaffPost {
  /** Key of the post: sent again after a crash under the same key. */
  readonly id: string;
  /** Posts of one case stand together (thread, topic); `null` = the room itself. */
  readonly case: string | null;
  /** The channel's own ids of the people to call by name. */
  readonly mention: readonly string[];
  /** A page: with sound, to everyone in the room. */
  readonly page: boolean;
  /** Empty: nothing is written, only the card is brought up to date (sent to channels that can edit, alone). */
  readonly text: string;
  /** The case's card as it stands now; channels that can edit keep one card a case up to date. */
  readonly card: StaffCard | null;
  readonly buttons: readonly Button[];
  readonly media: Media | null;
}

/** Where the posts of a case stand in a team chat, in the channel's own ids; opaque to the core. */
export interface StaffPlace {
  /** Thread or topic. */
  readonly thread: string | null;
  /** Message that shows the card. */
  readonly card: string | null;
}

export type StaffDelivery =
  | { readonly result: "sent"; readonly place: StaffPlace }
  | { readonly result: "retry"; readonly reason: string; readonly afterMs: number | null }
  | { readonly result: "refused"; readonly reason: string };

/** One team chat in which staff sit. */
export interface StaffChannel {
  /** Name of the platform, as in `Channel.name`. */
  readonly name: string;
  readonly capabilities: {
    readonly textLimit: Capabilities["textLimit"];
    readonly buttons: number;
    /** Posts of one case stand together by themselves; without, each text begins with the case's number. */
    readonly threads: boolean;
    /** A card sent before can be changed. */
    readonly edits: boolean;
  };
  /**
   * @param place where the case's earlier posts stand, as an earlier send answered; `null` = the first, or the place was lost
   */
  send(post: StaffPost, place: StaffPlace | null): Promise<StaffDelivery>;
}

/** What a person did in a team chat, before anyone knows who that is. Ids are the channel's own. */
export interface StaffAct {
  /** The platform's id of the act behind the channel's name: the same id is one act. */
  readonly id: string;
  readonly channel: string;
  readonly actor: string;
  /** Case named by a pressed button or a form. */
  readonly case: string | null;
  /** Thread it was written in, as in `StaffPlace.thread`. */
  readonly thread: string | null;
  readonly act:
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "press"; readonly button: string }
    | { readonly kind: "media"; readonly media: Media; readonly text: string | null };
  readonly receivedAt: Instant;
}

/** Takes what staff do. */
export interface StaffIntake {
  /**
   * @returns `taken`; `known` = that act was taken before, or there is nothing to do and nothing to say; `refused` with the
   *   words to show to that person alone (a stranger, a command that can't be read, no such case)
   */
  accept(act: StaffAct): Promise<{ readonly result: "taken" | "known" } | { readonly result: "refused"; readonly say: string }>;
}
