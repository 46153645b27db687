/** Shapes of the Telegram channel: its settings and what it needs around it. */
import type { Clock, Intake, StaffIntake, Store } from "../../core/ports.ts";

export interface TelegramSettings {
  /** `<bot id>:<secret>`, from @BotFather. */
  readonly botToken: string;
  /** 1–256 of `A–Z a–z 0–9 _ -`; demanded in webhook mode, and of no use in polling mode. */
  readonly webhookSecret: string | null;
  /** Root of the Bot API; `null` = Telegram's own. */
  readonly apiRoot: string | null;
  readonly mode: "webhook" | "polling";
  /** Id of the forum supergroup in which staff sit, such as `-1001234567890`; `null` = staff don't work on Telegram. */
  readonly staffChat: string | null;
  /** Where the world reaches our host: Telegram is told to call `<publicUrl>/channels/telegram`. */
  readonly publicUrl: string | null;
}

export type LogLevel = "debug" | "info" | "warn" | "error";
/** @param data plain fields without secrets, phone numbers and words of customers */
export type ChannelLog = (level: LogLevel, event: string, data: Readonly<Record<string, unknown>>) => void;

export interface TelegramDependencies {
  readonly settings: TelegramSettings;
  readonly store: Store;
  readonly intake: Intake;
  readonly staffIntake: StaffIntake;
  readonly clock: Clock;
  readonly log: ChannelLog;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly limits?: Partial<TelegramLimits>;
}

/** Times, ms, and paces. Each says which fact it rests on; tests change them. */
export interface TelegramLimits {
  /** A call that takes longer is given up; whether it had an effect is then looked up. */
  readonly callMs: number;
  /** A long poll is held open this long, whole seconds; the server caps it at 50 s. Who takes over from a dead process waits little longer. */
  readonly pollSeconds: number;
  /** An album is whole when nothing more of it came for this long: Telegram sends its items apart and marks no end. */
  readonly albumMs: number;
  /** A pressed button waits this long for messages that were sent before it and are still on their way. */
  readonly overtakeMs: number;
  /** A send waits by itself up to this long for its turn; beyond it goes back to the outbox, so that others get theirs. */
  readonly patienceMs: number;
  /** As `patienceMs`, in the staff group: there one message takes the place of 5 s, and a post is several calls. */
  readonly roomPatienceMs: number;
  /** How long a button can be pressed. */
  readonly buttonMs: number;
  /** Pause before something that must succeed (setting the webhook, polling) is tried again; doubles up to a minute. */
  readonly againMs: number;
}

export const TELEGRAM_LIMITS: TelegramLimits = {
  callMs: 20_000,
  pollSeconds: 10,
  albumMs: 1_000,
  overtakeMs: 500,
  patienceMs: 1_200,
  roomPatienceMs: 6_000,
  // Reminders go out a week before and surveys a month after; what is older is asked anew.
  buttonMs: 30 * 86_400_000,
  againMs: 1_000,
};
