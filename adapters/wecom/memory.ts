/** What the adapter keeps in the store, beside what the core keeps there: a few values per conversation, member and account. */
import type { Store, Unit } from "../../core/ports.ts";
import type { ConversationId } from "../../core/spine/events.ts";
import type { Instant } from "../../core/time.ts";
import type { SessionState } from "./types.ts";

/** A session as last heard of. */
export interface SessionNote {
  readonly state: SessionState;
  readonly servicer: string | null;
  /** When that was heard. */
  readonly at: Instant;
}

/** A one-time right to answer an event (`kf/send_msg_on_event`). */
export interface EventCode {
  readonly code: string;
  readonly for: "welcome" | "session";
  readonly until: Instant;
}

/** The newest one-time right to change a card (`message/update_template_card`). */
export interface CardNote {
  readonly task: string;
  readonly code: string | null;
  readonly until: Instant;
}

/** What the platform says of a customer; only to be had within 48 hours of the customer's doings, so kept at first contact. */
export interface CustomerNote {
  readonly nickname: string | null;
  readonly unionId: string | null;
  readonly gender: number | null;
}

/** The case a member works on, as last chosen by a button. */
export interface CurrentCase {
  readonly case: string;
  readonly at: Instant;
}

/** Who holds the AI bot's connection. */
export interface Lease {
  readonly holder: string;
  readonly until: Instant;
}

/** A value kept under one name, as JSON. */
interface Place<T> {
  get(unit: Unit): Promise<T | null>;
  set(unit: Unit, value: T | null): Promise<void>;
}

function place<T>(key: string): Place<T> {
  return {
    async get(unit) {
      const kept = await unit.meta.get(key);
      return kept === null ? null : (JSON.parse(kept) as T | null);
    },
    set: (unit, value) => unit.meta.set(key, JSON.stringify(value)),
  };
}

export const cursorOf = (openKfId: string): Place<string> => place(`wecom:cursor:${openKfId}`);
export const sessionOf = (conversation: ConversationId): Place<SessionNote> => place(`wecom:session:${conversation}`);
export const eventCodeOf = (conversation: ConversationId): Place<EventCode> => place(`wecom:code:${conversation}`);
export const customerOf = (customer: string): Place<CustomerNote> => place(`wecom:customer:${customer}`);
/** Why a message failed that had not been noted as sent yet. */
export const lateFailureOf = (key: string): Place<string> => place(`wecom:failed:${key}`);
export const cardOf = (caseNumber: string): Place<CardNote> => place(`wecom:card:${caseNumber}`);
export const currentCaseOf = (user: string): Place<CurrentCase> => place(`wecom:current:${user}`);
export const AIBOT_LEASE: Place<Lease> = place("wecom:aibot:lease");
/** The group in which staff speak with the AI bot. */
export const AIBOT_ROOM: Place<string> = place("wecom:aibot:room");
/** When a good callback last came. */
export const LAST_CALLBACK: Place<Instant> = place("wecom:callback");

/** One value, read or written in a transaction of its own. */
export function keep<T>(store: Store, where: Place<T>, value: T | null): Promise<void> {
  return store.unit((unit) => where.set(unit, value));
}
export function recall<T>(store: Store, where: Place<T>): Promise<T | null> {
  return store.unit((unit) => where.get(unit));
}
