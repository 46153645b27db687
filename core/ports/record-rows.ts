import type { Booking } from "../booking/state.ts";
import type { Case } from "../cases/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { ConversationId } from "../spine/events.ts";
import type { AgendaDay, Change, RecordKind, RecordOf } from "../spine/outcome.ts";
import type { DayKey, Instant } from "../time.ts";

/** Bookings, orders, cases and whatever else has a number and a life. */
export interface RecordRows {
  bookingsOf(customerId: string): Promise<readonly Booking[]>;
  ordersOf(customerId: string): Promise<readonly WorkOrder[]>;
  casesOf(conversation: ConversationId): Promise<readonly Case[]>;
  booking(number: string): Promise<Booking | null>;
  order(number: string): Promise<WorkOrder | null>;
  case(number: string): Promise<Case | null>;
  /** One record of any kind by its number. */
  one<Kind extends RecordKind>(kind: Kind, number: string): Promise<RecordOf<Kind> | null>;
  /** Records of a kind that belong to a conversation, oldest first. */
  ofConversation<Kind extends RecordKind>(kind: Kind, conversation: ConversationId): Promise<readonly RecordOf<Kind>[]>;
  /** Records of a kind for which somebody still waits (`isOpenRecord`), newest first. */
  open<Kind extends RecordKind>(kind: Kind, limit: number): Promise<readonly RecordOf<Kind>[]>;
  /** Cases with a mark (core/cases/marks.ts) not older than `since`, newest mark first. */
  casesMarked(mark: string, since: Instant, limit: number): Promise<readonly Case[]>;
  /** Cases not closed, newest first. */
  openCases(limit: number): Promise<readonly Case[]>;
  /** Appends the events and keeps the state they lead to; `change.id` is the number of the state. */
  save(change: Change, cause: string): Promise<void>;
  /** All events of one booking, order or case, oldest first. */
  events(kind: RecordKind, id: string): Promise<readonly unknown[]>;
  /** All records of a kind, by number; for reports, exports and checks. */
  all(kind: RecordKind, after: string, limit: number): Promise<readonly Change["state"][]>;
}

/** Taken hours of technicians. */
export interface AgendaRows {
  /** Written days only, for every technician, both ends included. */
  days(from: DayKey, to: DayKey): Promise<readonly AgendaDay[]>;
  /** Writes a day whose `version` is the one that was read; a day someone else wrote meanwhile throws `AnxinError("conflict")`. */
  put(day: AgendaDay): Promise<void>;
  /**
   * Takes hold of days before they are written, so that `put` can't meet another unit: `held` = they are as they were read, and
   * nobody else writes them until this unit ends; `changed` = somebody wrote one after it was read: read again and decide anew;
   * `busy` = another unit holds one of them, which only a call that doesn't wait is told.
   *
   * @param wait until nobody else holds them; only for a unit that holds no days yet, else two units may wait for each other
   */
  hold(days: readonly Pick<AgendaDay, "technician" | "day" | "version">[], wait: boolean): Promise<"held" | "changed" | "busy">;
}
