/** What the WeChat Work adapter is given, and the shapes it passes around inside. */
import type { Clock, Intake, StaffIntake, Store } from "../../core/ports.ts";
import type { ConversationId, InboxEntry, Media } from "../../core/spine/events.ts";
import type { Instant } from "../../core/time.ts";

/** The variables `WECOM_…`, as camelCase. */
export interface WecomSettings {
  readonly corpId: string;
  readonly agentId: string;
  readonly secret: string;
  /** Token of the callback. */
  readonly token: string;
  /** EncodingAESKey of the callback, 43 letters and digits. */
  readonly aesKey: string;
  /** Root of the API; `null` = the official one. */
  readonly apiRoot: string | null;
  /** User ids of the members who are staff. */
  readonly staff: readonly string[];
  /** Address of a group robot, with its key: a secret. */
  readonly groupWebhook: string | null;
  readonly aibotId: string | null;
  readonly aibotSecret: string | null;
  /** Address of the AI bot's long connection; the official one when left out. */
  readonly aibotUrl?: string;
}

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface WecomDependencies {
  readonly settings: WecomSettings;
  readonly store: Store;
  readonly intake: Intake;
  readonly staffIntake: StaffIntake;
  readonly clock: Clock;
  /** Never given secrets, phone numbers or what people said. */
  readonly log: (level: LogLevel, event: string, data: Readonly<Record<string, unknown>>) => void;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** A decrypted callback, read. */
export type Callback =
  /** Something new in a customer service account; the content is to be fetched. */
  | { readonly kind: "kf"; readonly token: string | null; readonly openKfId: string }
  /** The app may use other accounts than before. */
  | { readonly kind: "accounts"; readonly added: readonly string[]; readonly removed: readonly string[] }
  /** A member wrote to the app. */
  | { readonly kind: "said"; readonly id: string; readonly user: string; readonly text: string }
  | { readonly kind: "sent"; readonly id: string; readonly user: string; readonly media: Media }
  /** A member pressed a button of a card. */
  | {
      readonly kind: "pressed";
      readonly id: string;
      readonly user: string;
      readonly task: string;
      readonly key: string;
      readonly responseCode: string | null;
    }
  /** WeChat Work tells the operator of something that threatens the service. */
  | { readonly kind: "alarm"; readonly event: string }
  /** Known or not, but nothing to do. */
  | { readonly kind: "ignored"; readonly what: string };

/** A session's state as the platform numbers it: 0 new, 1 assistant, 2 waits in the pool, 3 a servicer talks, 4 over. */
export type SessionState = 0 | 1 | 2 | 3 | 4;

/** One item of a customer service account's log, read. */
export type KfItem =
  | { readonly kind: "customer"; readonly entry: InboxEntry; readonly sentAt: Instant }
  /** The customer entered through a link. */
  | {
      readonly kind: "opened";
      readonly id: string;
      readonly conversation: ConversationId;
      readonly scene: string | null;
      readonly welcomeCode: string | null;
      readonly sentAt: Instant;
    }
  /** A servicer wrote in the WeChat Work client. */
  | {
      readonly kind: "servicer";
      readonly id: string;
      readonly conversation: ConversationId;
      readonly servicer: string;
      readonly text: string;
      readonly media: Media | null;
      readonly sentAt: Instant;
    }
  /** A message of ours that was accepted and could not be brought to the customer. */
  | {
      readonly kind: "send_failed";
      readonly id: string;
      readonly conversation: ConversationId;
      readonly msgid: string;
      readonly why: string;
    }
  /** A servicer took, passed on, ended or re-opened a session in the client. */
  | {
      readonly kind: "session";
      readonly id: string;
      readonly conversation: ConversationId;
      readonly state: SessionState;
      readonly servicer: string | null;
      readonly code: string | null;
      readonly sentAt: Instant;
    }
  | { readonly kind: "servicer_status"; readonly openKfId: string; readonly servicer: string; readonly onDuty: boolean }
  | { readonly kind: "ignored"; readonly what: string };
