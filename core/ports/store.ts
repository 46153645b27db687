import type { CareRows } from "./care-rows.ts";
import type { ConversationRows, MessageRows, NoticeRows, TimerRows, TraceRows } from "./conversation-rows.ts";
import type { CustomerRows } from "./customer-rows.ts";
import type { InboxRows } from "./inbox-rows.ts";
import type { AgendaRows, RecordRows } from "./record-rows.ts";
import type { StaffRows } from "./staff-rows.ts";

/** Running numbers. */
export interface Counters {
  /** 1, 2, 3 … for each name, no number twice. Only a process that dies on the way leaves a gap. */
  next(name: string): Promise<number>;
  /** A number this unit drew and nobody will hear of: it is drawn again when that does no harm, else it stays a gap. */
  giveBack(name: string, value: number): Promise<void>;
}

/** Single values under a name. */
export interface MetaRows {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}

/** One transaction. Its reads see its own writes. */
export interface Unit {
  readonly inbox: InboxRows;
  readonly conversations: ConversationRows;
  readonly customers: CustomerRows;
  readonly records: RecordRows;
  readonly agenda: AgendaRows;
  readonly messages: MessageRows;
  readonly notices: NoticeRows;
  readonly staff: StaffRows;
  readonly timers: TimerRows;
  readonly care: CareRows;
  readonly traces: TraceRows;
  readonly counters: Counters;
  readonly meta: MetaRows;
}

/** The truth. All of it happens in units: one either happened whole or not at all. */
export interface Store {
  /**
   * Runs `work` in one transaction; a throw undoes all of it and is passed on. It is as if units ran one after another: nothing
   * slow belongs inside, and a store of many processes may run `work` again when it met another unit, so `work` changes nothing
   * but the unit. A unit within a unit throws `AnxinError("nested_unit")`. Text with NUL or half a surrogate pair throws
   * `AnxinError("unstorable_text")` at the call that would write it.
   *
   * What `inbox.pending`, `messages.due`, `staff.due` and `timers.due` hand out is given to no other unit until this one ends; a
   * unit that works on it begins with that call.
   */
  unit<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
