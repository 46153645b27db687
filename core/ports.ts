/**
 * What the core needs of the world, in the core's words. Each port has one contract suite in tests/contract that every
 * implementation passes.
 */
import type { Booking } from "./booking/state.ts";
import type { Campaign } from "./care/campaign.ts";
import type { CareState, Touch, TouchReason, TouchStatus } from "./care/touch.ts";
import type { Case } from "./cases/state.ts";
import type { CustomerFile, CustomerKey } from "./customers/state.ts";
import type { LocalText } from "./language.ts";
import type { WorkOrder } from "./orders/state.ts";
import type {
  AgendaDay,
  Button,
  Change,
  ConversationId,
  InboxEntry,
  Media,
  NewMessage,
  RecordKind,
  RecordOf,
  StaffNotice,
  StoredMessage,
  Timer,
} from "./spine/events.ts";
import type { AuditEntry, NewStaffPost, StaffChannelHealth, StaffPostMark, StaffPostRow } from "./spine/staff-posts.ts";
import type { Trace } from "./spine/trace.ts";
import type { DayKey, Instant } from "./time.ts";

/** The time. In tests, scripts and the simulator it stands still until moved. */
export interface Clock {
  now(): Instant;
}

/** Tells workers that rows wait. A hint only: the rows are found without it, later. */
export interface Wakeups {
  /** Rows of this kind may be waiting. */
  wake(kind: WakeKind): void;
  /** Calls `listener` on each wake; returns the way to stop. */
  listen(kind: WakeKind, listener: () => void): () => void;
}
export type WakeKind = "inbox" | "outbox" | "timers" | "staff";

/** Tells those who watch a conversation that it has something new. A hint only: what is new is read from the store. */
export interface Feed {
  changed(conversation: ConversationId): void;
  /** Calls `listener` on each change of `conversation`, or of any (`null`); returns the way to stop. */
  watch(conversation: ConversationId | null, listener: (conversation: ConversationId) => void): () => void;
}

/**
 * Who of many processes does what only one may do: long polling, a socket, reading a platform's log. One process has them all
 * at once; of many, one at a time has each.
 */
export interface Leases {
  /** Tries to become the holder of `name`; `null` = somebody else is. */
  acquire(name: string): Promise<Lease | null>;
  /** Gives back everything that is held. */
  close(): Promise<void>;
}

export interface Lease {
  /** Aborted when it is held no longer, by `release` or because the ground it stood on is gone: then somebody else may have it. */
  readonly ended: AbortSignal;
  release(): Promise<void>;
}

/** How fast a channel may be sent to, over all processes together. */
export interface Pacing {
  /** Takes a place for one message now; returns 0 when it may go, else how long to wait before asking again, ms. */
  take(conversation: ConversationId): Promise<number>;
}

/** Takes events in: kept under the platform's id before anyone is told that they arrived. */
export interface Intake {
  /**
   * @param beside what is kept in the same transaction, such as the place up to which a platform's log has been read
   * @returns in the order of `entries`: `new`, or `known` when that id was taken in before
   * @throws AnxinError("overloaded") when too much waits; nothing of `entries` was kept then
   */
  accept(entries: readonly InboxEntry[], beside?: (unit: Unit) => Promise<void>): Promise<readonly ("new" | "known")[]>;
}

/** What a channel can do. Data, so that the core asks before it speaks. */
export interface Capabilities {
  /** Longest text of one message. */
  readonly textLimit: { readonly amount: number; readonly unit: "characters" | "bytes" };
  /** Most buttons of one message; 0 = none, choices become numbered text. */
  readonly buttons: number;
  readonly media: readonly ("photo" | "voice" | "video" | "file" | "location")[];
  /** The customer reads stored messages from us (web): storing a message is delivering it. */
  readonly pulled: boolean;
  /** How long after the customer's last message we may write, ms; `null` = always. */
  readonly pushWindowMs: number | null;
  /** Most messages in one push window; `null` = no limit. */
  readonly pushQuota: number | null;
  /** Members of staff can send a prepared message to this customer by hand when the bot may not (WeCom 企业群发). */
  readonly staffSend?: boolean;
  /** The platform drops a second message with the same id. */
  readonly idempotent: boolean;
}

/** What became of a send. `retry` may succeed later; `refused` never will. */
export type Delivery =
  /** `messages`: how many of the platform's messages it took, where a quota counts them; left out = as many as the text limit says. */
  | { readonly result: "sent"; readonly messages?: number }
  | { readonly result: "retry"; readonly reason: string; readonly afterMs: number | null }
  /** `attended`: a person talks with the customer in the platform's own client, and nobody needs to be told. */
  | { readonly result: "refused"; readonly reason: string; readonly attended?: boolean };

/** One way to reach customers. */
export interface Channel {
  /** The part of a conversation id before the colon. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Sends one message. The same message may be sent again after a crash: `message.id` is its key. */
  send(message: StoredMessage): Promise<Delivery>;
}

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

/** Something `doctor` found out about a platform's set-up. */
export interface Finding {
  readonly level: "good" | "warning" | "problem";
  /** What was found. */
  readonly what: LocalText;
  /** What to do; `null` when all is well. */
  readonly mend: LocalText | null;
}

/** A platform in operation, as an adapter's `connect…` gives it: what customers and staff are reached through. */
export interface Connection {
  readonly channel: Channel;
  /** `null` when no staff room is set. */
  readonly staff: StaffChannel | null;
  /** Begins to receive (polling, sockets; webhooks are hung on the host before it listens). Called once, after the host listens. */
  start(): Promise<void>;
  /** Takes nothing new and resolves when nothing is under way. */
  stop(): Promise<void>;
  /** Asks the platform whether everything is set up, for `doctor`. Never throws; a platform that can't be reached is a finding. */
  check(): Promise<readonly Finding[]>;
}

/** A conversation as kept; `State` is the engine's own and opaque to storage. */
export interface ConversationRow<State = unknown> {
  readonly id: ConversationId;
  readonly customerId: string | null;
  readonly state: State;
  readonly updatedAt: Instant;
}

/** An entry waiting in the inbox. */
export interface PendingEntry extends InboxEntry {
  readonly seq: number;
  /** Failed tries so far. */
  readonly attempts: number;
}

/** One transaction. Its reads see its own writes. */
export interface Unit {
  readonly inbox: {
    /** Keeps the entry unless its id is known. */
    accept(entry: InboxEntry): Promise<"new" | "known">;
    /**
     * Entries to work on, oldest first, at most `limit`. Entries behind one of the same conversation that waits for its
     * next try are left out, so that order holds.
     */
    pending(now: Instant, limit: number): Promise<readonly PendingEntry[]>;
    /**
     * The entry's turn is saved. `turn` numbers turns in commit order.
     * `done`, `retry` and `dead` of an entry that waits no more throw `AnxinError("conflict")`: no turn is saved twice.
     */
    done(seq: number, at: Instant): Promise<void>;
    /** The turn failed; try again at `nextAt`. */
    retry(seq: number, attempts: number, nextAt: Instant, error: string): Promise<void>;
    /** The turn failed too often. */
    dead(seq: number, at: Instant, error: string): Promise<void>;
    /** Earliest instant at which a waiting entry may be tried, or `null`. */
    nextAt(): Promise<Instant | null>;
    /** What waits, oldest first, without taking it; for monitoring. */
    waiting(limit: number): Promise<readonly { readonly conversation: ConversationId; readonly at: Instant }[]>;
    /** All entries in the order of their turns, for replay; `after` is a turn number, 0 = from the start. */
    history(after: number, limit: number): Promise<readonly (InboxEntry & { readonly turn: number; readonly doneAt: Instant })[]>;
  };
  readonly conversations: {
    get(id: ConversationId): Promise<ConversationRow | null>;
    put(row: ConversationRow): Promise<void>;
  };
  readonly customers: {
    get(id: string): Promise<CustomerFile | null>;
    put(file: CustomerFile): Promise<void>;
    /** Customer whose proven identity on a channel this conversation is. */
    ofConversation(conversation: ConversationId): Promise<string | null>;
    linkConversation(conversation: ConversationId, customerId: string): Promise<void>;
    /** Conversations linked to a customer, in order of their ids. */
    conversationsOf(customerId: string): Promise<readonly ConversationId[]>;
    /** Customers with this phone, plate or serial in their file; for staff and merging, never for answering strangers. */
    find(kind: "phone" | "plate" | "serial", value: string): Promise<readonly CustomerFile[]>;
    /**
     * Customers one of whose keys of this kind begins with `value`, by key, each once; for staff, never for answering strangers.
     * A `tail` is asked for as it is written, from its end.
     */
    search(kind: CustomerKey, value: string, limit: number): Promise<readonly CustomerFile[]>;
    /** All files by id, for export; those behind `after`. */
    all(after: string, limit: number): Promise<readonly CustomerFile[]>;
  };
  readonly records: {
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
  };
  readonly agenda: {
    /** Written days only, for every technician, both ends included. */
    days(from: DayKey, to: DayKey): Promise<readonly AgendaDay[]>;
    /** Writes a day whose `version` is the one that was read; a day someone else wrote meanwhile throws `AnxinError("conflict")`. */
    put(day: AgendaDay): Promise<void>;
  };
  readonly messages: {
    /** Adds to the transcript; a message with a known id of the same conversation is left as it was. */
    add(message: NewMessage): Promise<void>;
    /** Transcript after `after` (a `seq`), oldest first. */
    list(conversation: ConversationId, after: number, limit: number): Promise<readonly StoredMessage[]>;
    /** Last messages, oldest first. */
    recent(conversation: ConversationId, limit: number): Promise<readonly StoredMessage[]>;
    /** Messages to send now, oldest first, only the first unsent of each conversation. */
    due(now: Instant, limit: number): Promise<readonly StoredMessage[]>;
    mark(seq: number, status: "sent" | "failed" | "pending", attempts: number, nextAt: Instant): Promise<void>;
    nextAt(): Promise<Instant | null>;
    /** What waits to be sent, oldest first, without taking it; for monitoring. */
    unsent(limit: number): Promise<readonly { readonly conversation: ConversationId; readonly at: Instant }[]>;
  };
  readonly notices: {
    /** A notice with a known id is left as it was. */
    add(notice: StaffNotice): Promise<void>;
    /** After a sequence number, oldest first. */
    list(after: number, limit: number): Promise<readonly (StaffNotice & { readonly seq: number })[]>;
    /** The newest ones, oldest first. */
    recent(limit: number): Promise<readonly (StaffNotice & { readonly seq: number })[]>;
  };
  /** Posts to team chats, where they stand there, and what staff did. */
  readonly staff: {
    /** A post with a known id on its channel is left as it was. */
    post(post: NewStaffPost): Promise<void>;
    /**
     * Posts to send now on `channel`, oldest first: of each case (and of the room) only the first pending one, and the pages
     * whose time to come again has arrived.
     */
    due(channel: string, now: Instant, limit: number): Promise<readonly StaffPostRow[]>;
    mark(seq: number, mark: StaffPostMark): Promise<void>;
    /** Earliest instant at which something of `channel` may be sent, or `null`. */
    nextAt(channel: string): Promise<Instant | null>;
    /** Posts that will never be sent, newest first. */
    failed(limit: number): Promise<readonly StaffPostRow[]>;
    /** Of one channel. */
    health(channel: string): Promise<StaffChannelHealth>;
    /** Where a case stands on a channel, or `null`. */
    place(channel: string, caseNumber: string): Promise<StaffPlace | null>;
    setPlace(channel: string, caseNumber: string, place: StaffPlace): Promise<void>;
    /** The case whose posts stand in this thread, or `null`. */
    caseOfThread(channel: string, thread: string): Promise<string | null>;
    /** Keeps what somebody did; a known cause with the same subject and act is left as it was. */
    record(entry: AuditEntry): Promise<"new" | "known">;
    /** What was done to something, oldest first. */
    recordsOf(subject: string, limit: number): Promise<readonly AuditEntry[]>;
  };
  readonly timers: {
    set(timer: Timer): Promise<void>;
    cancel(id: string): Promise<void>;
    due(now: Instant, limit: number): Promise<readonly Timer[]>;
    nextAt(): Promise<Instant | null>;
    of(conversation: ConversationId): Promise<readonly Timer[]>;
  };
  readonly care: {
    /** Keeps touches whose ids are new; returns how many were. */
    plan(touches: readonly Touch[]): Promise<number>;
    /** Keeps a touch as it is now. */
    put(touch: Touch): Promise<void>;
    get(id: string): Promise<Touch | null>;
    /** `waiting` touches whose time has come, earliest first. */
    due(now: Instant, limit: number): Promise<readonly Touch[]>;
    /** Time of the earliest `waiting` touch, or `null`. */
    nextAt(): Promise<Instant | null>;
    /** Touches on their way, `asked` or `pending`, oldest first. */
    underWay(
      limit: number,
    ): Promise<readonly { readonly id: string; readonly conversation: ConversationId | null; readonly at: Instant }[]>;
    /** Touches of a customer that are open, or were changed at or after `since`, by time. */
    ofCustomer(customerId: string, since: Instant): Promise<readonly Touch[]>;
    /** Tasks for people, oldest first, after a touch id. */
    tasks(after: string, limit: number): Promise<readonly Touch[]>;
    /** Touches by the time of their last change and their id, after that of another one and before `to`; for reports. */
    changed(after: Pick<Touch, "at" | "id">, to: Instant, limit: number): Promise<readonly Touch[]>;
    /** How many touches of a plan are in each state, by the last reason. */
    count(plan: string): Promise<readonly { readonly status: TouchStatus; readonly why: TouchReason | null; readonly count: number }[]>;
    /** Lets the waiting touches of a plan rest (`paused`) or wait again. */
    pause(plan: string, paused: boolean): Promise<number>;
    /** Customers by id, after an id, with what planning knows of their services. */
    customers(after: string, limit: number): Promise<readonly { readonly file: CustomerFile; readonly state: CareState }[]>;
    stateOf(customerId: string): Promise<CareState>;
    putState(customerId: string, state: CareState): Promise<void>;
    /** Events of bookings, orders and cases in the order in which they were kept, after a sequence number. */
    events(
      after: number,
      limit: number,
    ): Promise<readonly { readonly seq: number; readonly kind: Change["kind"]; readonly number: string; readonly event: unknown }[]>;
    campaign(id: string): Promise<Campaign | null>;
    putCampaign(campaign: Campaign): Promise<void>;
    /** Newest first. */
    campaigns(limit: number): Promise<readonly Campaign[]>;
  };
  readonly traces: {
    add(trace: Trace): Promise<void>;
    /** Newest first. */
    list(conversation: ConversationId, limit: number): Promise<readonly Trace[]>;
  };
  readonly counters: {
    /** 1, 2, 3 … for each name, no number twice. Only a process that dies on the way leaves a gap. */
    next(name: string): Promise<number>;
  };
  readonly meta: {
    get(key: string): Promise<string | null>;
    set(key: string, value: string): Promise<void>;
  };
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
