/** Shapes of the Slack channel: its settings, what it needs around it, and the parts of Slack's payloads that it reads. */
import type { TraceNames } from "../../core/conversation/explain.ts";
import type { Language } from "../../core/language.ts";
import type { Clock, Intake, StaffIntake, Store } from "../../core/ports.ts";

export interface SlackSettings {
  /** `xoxb-…`: speaks as the bot. */
  readonly botToken: string;
  /** Signs Slack's calls; without it nothing is taken over HTTP. */
  readonly signingSecret: string | null;
  /** `xapp-…`: present → Socket Mode, no public address needed. */
  readonly appToken: string | null;
  /** Root of the Web API; `null` = Slack's own. */
  readonly apiUrl: string | null;
  /** Id of the channel in which staff sit; `null` = staff don't work on Slack. */
  readonly staffChannel: string | null;
}

export type LogLevel = "debug" | "info" | "warn" | "error";
/** @param data plain fields without secrets, phone numbers and words of customers */
export type ChannelLog = (level: LogLevel, event: string, data: Readonly<Record<string, unknown>>) => void;

export interface SlackDependencies {
  readonly settings: SlackSettings;
  readonly store: Store;
  readonly intake: Intake;
  readonly staffIntake: StaffIntake;
  readonly clock: Clock;
  readonly log: ChannelLog;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** What the business is called by: names for the App Home, and the language of staff. Without it ids and Chinese are shown. */
  readonly business?: { readonly names: TraceNames; readonly language: Language };
  readonly limits?: Partial<SlackLimits>;
}

/** Times that tests shorten, ms. */
export interface SlackLimits {
  /** A call of the Web API that takes longer is given up; what became of it is then looked up. */
  readonly callMs: number;
  /** A look-up on the way to an acknowledgement: Slack waits 3 s for that in all. */
  readonly lookupMs: number;
  /** A socket that isn't greeted within this time is dropped. */
  readonly connectMs: number;
  /** Pause before the socket is tried again; doubles up to 30 s. */
  readonly reconnectMs: number;
}

export const SLACK_LIMITS: SlackLimits = { callMs: 10_000, lookupMs: 1_200, connectMs: 15_000, reconnectMs: 500 };

/** JSON as Slack sends and takes it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** A block of Block Kit, a view: plain JSON that only this adapter builds. */
export type Block = JsonObject;
export type View = JsonObject;

/** One message to post. */
export interface Post {
  /** For notifications and screen readers; escaped. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of the object itself as an object; an empty one when there is none. */
export function objectIn(value: unknown, field: string): JsonObject {
  const inner = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return isObject(inner) ? inner : {};
}

/** A field of the object itself as text that is not empty, or `null`. */
export function textIn(value: unknown, field: string): string | null {
  const inner = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return typeof inner === "string" && inner !== "" ? inner : null;
}

export function listIn(value: unknown, field: string): readonly Json[] {
  const inner = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return Array.isArray(inner) ? inner : [];
}
