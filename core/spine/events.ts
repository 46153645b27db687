/** What travels along the spine: what comes in, and what goes out. All of it is plain JSON; what a turn decided is in `outcome.ts`. */
import type { CaseCommand } from "../cases/case-command.ts";
import type { OrderStatus } from "../orders/state.ts";
import type { WorkshopCommand, WorkshopTimer } from "../orders/workshop.ts";
import type { Instant } from "../time.ts";

/** `channel:key`. Opaque to the core: only the channel's adapter builds and reads the key. */
export type ConversationId = string;

export interface Media {
  readonly kind: "photo" | "voice" | "video" | "file" | "location";
  /** Where the channel keeps it: a file id or a URL. Never fetched by the core. */
  readonly ref: string;
  readonly name: string | null;
  readonly mime: string | null;
}

/** What a member of staff does. `case` is the case's number. */
export type DeskCommand =
  | { readonly do: "claim"; readonly case: string }
  /** Goes to the customer. `holdMs` = waits so long, to be taken back; `anyway` = the writer was asked and wants it sent. */
  | {
      readonly do: "reply";
      readonly case: string;
      readonly text: string;
      readonly media?: Media | null;
      readonly holdMs?: number;
      readonly anyway?: boolean;
    }
  /** Takes back the last reply that has not left yet. */
  | { readonly do: "recall"; readonly case: string }
  /** Sends, or drops, the reply that waits for "send anyway?". */
  | { readonly do: "anyway"; readonly case: string }
  | { readonly do: "discard"; readonly case: string }
  /** Gives the case to a colleague, `to` = staff id. */
  | { readonly do: "assign"; readonly case: string; readonly to: string; readonly text: string | null }
  | { readonly do: "snooze"; readonly case: string; readonly until: Instant }
  | { readonly do: "tag"; readonly case: string; readonly tags: readonly string[] }
  /** Takes back the joining of two chats of the case's customer. */
  | { readonly do: "split"; readonly case: string }
  | { readonly do: "note"; readonly case: string; readonly text: string }
  | { readonly do: "release"; readonly case: string }
  | { readonly do: "resolve"; readonly case: string; readonly text: string }
  | { readonly do: "reopen"; readonly case: string; readonly text: string }
  | CaseCommand
  | {
      readonly do: "move_order";
      readonly order: string;
      readonly to: OrderStatus;
      readonly promisedAt: Instant | null;
      readonly text: string | null;
    }
  | WorkshopCommand;

/** Everything that can happen to a conversation. */
export type InboundEvent =
  | { readonly kind: "message"; readonly text: string }
  /** A button was pressed: its id or its label. */
  | { readonly kind: "press"; readonly value: string }
  /** `more` are further items that were sent together with the first (an album, several files at once). */
  | { readonly kind: "media"; readonly media: Media; readonly text: string | null; readonly more?: readonly Media[] }
  | { readonly kind: "timer"; readonly timer: string; readonly name: TimerName; readonly data: TimerData; readonly dueAt: Instant }
  /** `via` is the staff channel it was done on, or `desk`, the desk page; left out = neither (terminal, script). */
  | { readonly kind: "desk"; readonly by: string; readonly command: DeskCommand; readonly via?: string }
  /** An entry whose turn kept failing; becomes a case for a person. */
  | { readonly kind: "dead_letter"; readonly entry: string; readonly words: string; readonly error: string }
  /**
   * The customer opened the chat without a word: entered the session, pressed Start, opened the app's home. `scene` is what
   * the link or QR code carried; `name` and `language` are what the platform says of the person, as it writes them.
   */
  | { readonly kind: "opened"; readonly scene: string | null; readonly name: string | null; readonly language: string | null }
  /** A phone number handed over by the platform. `proven` = the platform vouches that it is the sender's own. */
  | { readonly kind: "contact"; readonly phone: string; readonly name: string | null; readonly proven: boolean }
  /** Fields of a form that were filled in together; ids of slots and what was chosen or written. */
  | { readonly kind: "form"; readonly flow: string; readonly values: Readonly<Record<string, string>> }
  /** A message sent before was changed. `message` is the platform's id of it, as in `InboxEntry.id`. */
  | { readonly kind: "edited"; readonly message: string; readonly text: string }
  /** The customer blocked us or left, or can be reached again. `reason` is the platform's word for it. */
  | { readonly kind: "reach"; readonly reachable: boolean; readonly reason: string }
  /** A message of ours that could not be brought to the customer. */
  | { readonly kind: "undelivered"; readonly message: string; readonly text: string; readonly reason: string };

export type TimerName =
  | "booking_reminder"
  | "nudge"
  | "gather"
  | "release"
  | "staff_reply"
  | "snooze"
  | "care"
  | "silence"
  | "case_clock"
  | "case_breach"
  | "case_page"
  | "case_close"
  | "case_waiting"
  | "case_task"
  | "case_gather"
  | "case_parent"
  | "case_parent_resolved"
  | WorkshopTimer;
export type TimerData = Readonly<Record<string, string | number | boolean | null>>;

/** An event on its way in. */
export interface InboxEntry {
  /** The platform's own id behind the channel's name: the same id is one entry, however often it arrives. */
  readonly id: string;
  readonly conversation: ConversationId;
  readonly receivedAt: Instant;
  readonly event: InboundEvent;
}

export interface Button {
  /** What comes back in a press; opaque to channels, at most 48 bytes. */
  readonly id: string;
  readonly label: string;
}

export type Sender = "customer" | "bot" | "staff";

/** A message of a conversation as kept: transcript and outbox in one row. */
export interface StoredMessage {
  /** Grows over all conversations in commit order; customers page by it. */
  readonly seq: number;
  /** A customer's message keeps the id its sender gave; ours are made from the entry that caused them. */
  readonly id: string;
  readonly conversation: ConversationId;
  readonly from: Sender;
  /** Staff id when `from` is staff. */
  readonly author: string | null;
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly media: Media | null;
  readonly at: Instant;
  /** `kept` needs no sending (came in, or the channel reads it here) · `pending` to send · `sent` · `failed` for good. */
  readonly status: "kept" | "pending" | "sent" | "failed";
  readonly attempts: number;
  readonly nextAt: Instant;
}

export type NewMessage = Omit<StoredMessage, "seq">;

/** A notice to staff. `to` is a role of the ladder, `on_call`, or a staff id. */
export interface StaffNotice {
  readonly id: string;
  readonly to: string;
  readonly case: string | null;
  readonly text: string;
  readonly at: Instant;
  /** The customer's photo or file that it is about; not kept with the notice. */
  readonly media?: Media | null;
  /**
   * What can be done about it with one tap. An id that begins with `/` is the command that could be typed instead; the words name
   * it too, for those who see no buttons. Kept for the desk page for a while (core/desk/taps.ts), not with the notice.
   */
  readonly buttons?: readonly Button[];
}

/**
 * A line for the case's thread in team chats: what somebody did there. No notice: nobody is called, and the desk page shows the
 * case itself.
 */
export interface StaffLine {
  readonly id: string;
  /** Staff id to call by name, or `null`. */
  readonly to: string | null;
  readonly case: string | null;
  readonly text: string;
  readonly at: Instant;
  readonly buttons: readonly Button[];
  /** The one channel it is for, or the one that needs it not; both `null` = every channel. */
  readonly only: string | null;
  readonly except: string | null;
}

/** A row that becomes an event of its conversation when due. One row an id: setting it again moves it. */
export interface Timer {
  readonly id: string;
  readonly conversation: ConversationId;
  readonly dueAt: Instant;
  readonly name: TimerName;
  readonly data: TimerData;
}
