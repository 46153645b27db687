/**
 * A touch (关怀任务): one thing planned for one customer, and what became of it.
 *
 *   waiting ──due──► asked (its event is in the inbox) ──turn──► pending (in the outbox) ──► sent
 *   asked | pending ──not now──► waiting (later)      ──never──► skipped
 *   waiting ──no channel──► task (a person sends or calls) ──► done | unreachable;   or at once ► unreachable
 *   asked ──said together with another──► merged
 *   waiting ⇄ paused (a campaign that rests)
 * Only `sent` was brought to the customer. Every step is kept in `log`, with its reason.
 */
import type { CareKind } from "../profile/care-schema.ts";
import type { DayKey, Instant } from "../time.ts";

export type TouchStatus = "waiting" | "paused" | "asked" | "pending" | "sent" | "merged" | "skipped" | "task" | "done" | "unreachable";

/** Why a touch waits, was left out or took another way. */
export type TouchReason =
  | "too_late"
  | "plan_gone"
  | "goal_reached"
  | "sold"
  | "no_consent"
  | "opted_out"
  | "complaint"
  | "in_shop"
  | "quote"
  | "accident"
  | "bereavement"
  | "asked_not_to"
  | "quiet_hours"
  | "day_full"
  | "month_full"
  | "busy"
  | "with_a_person"
  | "window_closed"
  | "quota_spent"
  | "blocked"
  | "channel_down"
  | "refused"
  | "not_a_contact"
  | "platform_full"
  | "no_channel"
  | "no_phone"
  | "merged"
  | "not_in_audience"
  | "campaign_stopped"
  | "second_step"
  | "sample";

export interface TouchNote {
  readonly at: Instant;
  readonly status: TouchStatus;
  readonly why: TouchReason | null;
}

/** What a customer answered to a questionnaire. */
export interface SurveyAnswer {
  readonly at: Instant;
  /** 1–5; `null` while only words came. */
  readonly score: number | null;
  /** Marks of single items, 1–5. */
  readonly items: Readonly<Record<string, number>>;
  /** Items that were blamed. */
  readonly topics: readonly string[];
  /** The customer's words, as written. */
  readonly remark: string;
  /** Case it led to. */
  readonly case: string | null;
  /** One more question has been put. */
  readonly asked: boolean;
}

/** What a person reported of a task. */
export interface TaskResult {
  readonly at: Instant;
  readonly by: string;
  readonly reached: boolean;
  readonly score: number | null;
  readonly text: string;
}

/** What a person is to do: send the words by hand (`mass`), or call. */
export interface StaffTask {
  readonly way: "mass" | "call";
  /** Step of the ladder whose people do it. */
  readonly to: string;
  readonly text: string;
  /** Prepared at the platform since `at`, so that one tap sends it; `id` null = asked for, and no answer came. */
  readonly sending?: { readonly conversation: string; readonly id: string | null; readonly at: Instant };
}

export interface Touch {
  /** Made of plan, customer or order, anchor and step: planned twice, it is one touch. */
  readonly id: string;
  readonly customerId: string;
  /** Plan id, or `campaign:` and the campaign's id, or `sample:second`, `sample:third`. */
  readonly plan: string;
  readonly kind: CareKind;
  readonly step: number;
  /** What it is reckoned from: `2027-02-06`, `W26112201@2026-11-22`. */
  readonly anchor: string;
  /** Owned product it is about. */
  readonly owned: string | null;
  /** Order it follows. */
  readonly order: string | null;
  /** The day it is for: the birthday, the festival, the due day. */
  readonly on: DayKey;
  readonly status: TouchStatus;
  /** Not before. */
  readonly dueAt: Instant;
  /** Too late after. */
  readonly notAfter: Instant;
  readonly conversation: string | null;
  /** Conversations that have failed. */
  readonly tried: readonly string[];
  /** Times it was put into the outbox. */
  readonly tries: number;
  /** Time of the last change; of the sending for `sent`. */
  readonly at: Instant;
  /** Touch that said it too, for `merged`. */
  readonly into: string | null;
  /** For `task`. */
  readonly task: StaffTask | null;
  readonly result: TaskResult | null;
  readonly answer: SurveyAnswer | null;
  /** Booking or order that came of it. */
  readonly fruit: { readonly number: string; readonly at: Instant } | null;
  readonly log: readonly TouchNote[];
}

/** The latest notes that are kept: enough to explain, few enough for a row. */
const NOTES = 12;

/** The touch in another state, with a note of why. The same wait for the same reason is noted once. */
export function moveTouch(touch: Touch, at: Instant, status: TouchStatus, why: TouchReason | null, more: Partial<Touch> = {}): Touch {
  const last = touch.log.at(-1);
  const known = last !== undefined && last.status === status && last.why === why;
  return {
    ...touch,
    ...more,
    status,
    at,
    log: known || (status === "asked" && why === null) ? touch.log : [...touch.log, { at, status, why }].slice(-NOTES),
  };
}

export const CAMPAIGN_PLAN = "campaign:";

/** Id of the message that brings a touch; the try is in it, so that a second sending is a second message. */
export function careMessageId(touch: Touch): string {
  return `care/${touch.tries}/${touch.id}`;
}

/** The touch of a message id, or `null` for any other message. */
export function touchOfMessage(messageId: string): string | null {
  return /^care\/\d+\/(.+)$/s.exec(messageId)?.[1] ?? null;
}

/** What planning knows of a customer's services without reading their orders; kept by `core/care/tail.ts`. */
export interface CareState {
  /** By owned product, `""` for those of which it isn't known: the last finished service. */
  readonly services: Readonly<Record<string, { readonly on: DayKey; readonly km: number | null }>>;
}

export const NO_STATE: CareState = { services: {} };
