/** Shapes of the emulated platform. */

/** Text as a client shows it, with what it made of it. */
export interface Shown {
  readonly id: number;
  readonly chat: number;
  readonly thread: number | null;
  readonly text: string;
  /** Labels of the inline keyboard, row by row. */
  readonly buttons: readonly string[];
  /** Labels of a reply keyboard; `null` = none was set with this message. */
  readonly keyboard: readonly string[] | null;
  /** Beyond plain words: `mention`, `bot_command`, `hashtag`, `bold`, `link preview` … */
  readonly markup: readonly string[];
  readonly media: string | null;
  readonly ephemeralTo: number | null;
  readonly silent: boolean;
  readonly edited: boolean;
  /** ms, whole seconds as the platform has them. */
  readonly at: number;
  readonly answerLost: boolean;
}

export interface StoredMessage {
  id: number;
  chat: number;
  from: number;
  thread: number | null;
  text: string;
  media: string | null;
  entities: readonly { type: string; offset: number; length: number; user?: { id: number } }[];
  inline: readonly (readonly { text: string; callback_data?: string }[])[];
  keyboard: readonly string[] | null;
  preview: boolean;
  silent: boolean;
  ephemeralTo: number | null;
  edited: boolean;
  date: number;
  /** The answer that told the bot of it was cut off. */
  answerLost?: boolean;
}

export interface Topic {
  readonly id: number;
  name: string;
  closed: boolean;
}

export interface PrivateChat {
  readonly id: number;
  readonly firstName: string;
  readonly language: string | undefined;
  started: boolean;
  blocked: boolean;
  deactivated: boolean;
}

export interface Group {
  id: number;
  readonly title: string;
  type: "group" | "supergroup";
  forum: boolean;
  /** What the bot is there. */
  bot: { status: "administrator" | "member" | "left" | "kicked"; can_manage_topics: boolean; can_pin_messages: boolean };
  readonly members: Map<number, string>;
  readonly topics: Map<number, Topic>;
  readonly pinned: { readonly id: number; readonly loud: boolean }[];
  movedTo: number | null;
}

/** A refusal of the Bot API. */
export class ApiRefusal extends Error {
  readonly code: number;
  readonly parameters: Readonly<Record<string, number>> | undefined;
  constructor(code: number, description: string, parameters?: Readonly<Record<string, number>>) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** What may go wrong with one call. */
export type CallFault =
  | { readonly kind: "busy"; readonly retryAfter: number }
  | { readonly kind: "refuse"; readonly code: number; readonly description: string; readonly parameters?: Readonly<Record<string, number>> }
  /** 500 with the platform's own JSON; nothing happened. */
  | { readonly kind: "down" }
  /** A gateway's page instead of JSON; nothing happened. */
  | { readonly kind: "gateway" }
  /** The connection is closed, nothing happened. */
  | { readonly kind: "reset" }
  /** The connection is closed after it happened. */
  | { readonly kind: "reset_after" }
  /** No answer until the caller gives up; it happened. */
  | { readonly kind: "silent_after" }
  /** All goes well, and takes so long. */
  | { readonly kind: "slow"; readonly ms: number };

export type Params = Readonly<Record<string, unknown>>;
