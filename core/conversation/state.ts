/**
 * What a conversation remembers between turns. Plain JSON; stored whole.
 *
 * The stack holds the flows under way: the last one talks, those beneath it wait to be resumed. `asked` is the one open
 * question. `matters` are things the customer also mentioned, to be taken up when the stack is empty.
 */
import type { Contact, EarlierVisit, Estimate } from "../booking/state.ts";
import type { Language } from "../language.ts";
import type { Instant } from "../time.ts";
import type { Intent, Question } from "../understanding/types.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** One answer the customer can pick by button, number or words. */
export interface Choice {
  /** Comes back in a press; unique within the question. */
  readonly id: string;
  readonly label: string;
  /** What it stands for; `undefined` when the id says it all. */
  readonly value?: Json;
}

/** The question that waits for an answer. */
export interface Asked {
  /** Flow that asks; `null` for questions of the conversation itself. */
  readonly flow: string | null;
  readonly slot: string;
  readonly question: Question;
  readonly choices: readonly Choice[];
  /** How often it was put in a row. */
  readonly times: number;
  /** Its words when it was put first, and other words for it. */
  readonly text?: string;
  readonly again?: string;
}

/** A flow under way. `values` are settled facts, `raw` what the customer said of them before they were settled. */
export interface Frame {
  readonly flow: string;
  values: Record<string, Json>;
  raw: Record<string, Json>;
  /** Facts of the flow itself that nobody is asked for (the booking being moved). */
  data: Record<string, Json>;
  /** `confirming`: the summary is out and waits for a yes. */
  phase: "collecting" | "confirming";
  readonly startedAt: Instant;
}

/** Something mentioned and not yet dealt with. */
export interface Matter {
  readonly intent: Intent;
  readonly text: string;
  /** When it was said: "tomorrow" counts from there. */
  readonly at?: Instant;
}

/** A finished act that can still be taken back. */
export interface FinishedAct {
  readonly kind: "booked" | "moved" | "amended" | "visit" | "cancelled" | "complained";
  /** Number of the booking or case. */
  readonly number: string;
  readonly until: Instant;
  /** Where a moved booking was before, or one whose address changed. */
  readonly from?: { readonly start: Instant; readonly end: Instant; readonly technician: string };
  /** A visit with other products (`visit`): what it was before. */
  readonly visit?: EarlierVisit;
  /** What an amended booking said before. */
  readonly was?: { readonly contact?: Contact; readonly address?: string | null; readonly estimate?: Estimate };
}

/** A reply of staff on its way to the customer. */
export interface HeldReply {
  readonly id: string;
  readonly case: string;
  readonly by: string;
  readonly text: string;
  /** As `Media` of the spine, which this file must not import. */
  readonly media: {
    readonly kind: "photo" | "voice" | "video" | "file" | "location";
    readonly ref: string;
    readonly name: string | null;
    readonly mime: string | null;
  } | null;
  /** What the writer is asked about before it leaves, in words for staff; left out = nothing. */
  readonly why?: readonly string[];
  /** When it leaves; `null` = when the writer says "send anyway". */
  readonly dueAt: Instant | null;
  /** Staff channel it was written on, or the desk page; `null` = neither (terminal, script). */
  readonly via: string | null;
}

/** A person has the conversation, or is awaited. */
interface HumanHolder {
  readonly by: "human";
  readonly case: string;
  readonly since: Instant;
  readonly staff: string | null;
  /** When the customer was last told that nobody is there at this hour. */
  readonly toldClosedAt?: Instant;
}

export interface ConversationState {
  /** Version of this shape. */
  readonly v: 1;
  /** Version of the profile and flows that the stack was built with. */
  version: string;
  lang: Language;
  holder: { readonly by: "bot" } | HumanHolder;
  stack: Frame[];
  asked: Asked | null;
  matters: Matter[];
  /** A flow that was dropped, kept for a while in case the customer comes back to it. */
  draft: { readonly frame: Frame; readonly at: Instant } | null;
  /** The last finished act, while it can be undone. */
  undo: FinishedAct | null;
  /** Something under way was lost because its flow is gone, and the customer doesn't know yet. */
  lost?: boolean;
  /** The flow on top as it stood before the last answer, for taking that answer back. */
  before: Frame | null;
  /** Words that made no sense by themselves; the next ones may complete them (我那个… 空调… 不冷了). */
  fragment: { readonly text: string; readonly at: Instant } | null;
  /** Facts told with nothing open (a name, a phone, a time): the next booking begins with them. */
  offered?: string;
  /** When numbers that looked like a code for joining two chats were wrong. */
  joinTries?: readonly Instant[];
  /** Words of staff that have not left yet: they can be taken back, or wait for a "send anyway". */
  heldReplies?: readonly HeldReply[];
  /** Tries in a row to reach the customer that came to nothing, and when they had last written by then. */
  vainTries?: { readonly count: number; readonly since: Instant };
  /** The customer is on the waiting list: looked at when they book. */
  waits?: boolean;
  /** Look-ups of what was not the asker's own, since an instant. */
  probes?: { readonly count: number; readonly since: Instant };
  /** The house: what people asked for that is not theirs, how often, since when, and in which conversations. */
  probed?: Readonly<Record<string, { readonly count: number; readonly since: Instant; readonly from: readonly string[] }>>;
  /** Questionnaire that waits for its answer: the touch that asked, and which one. */
  survey?: { readonly touch: string; readonly survey: string; readonly at: Instant };
  /** The platform told that the customer can't be reached here (blocked, left). */
  blocked?: boolean;
  /** A reminder of the open question has been set. */
  nudge: boolean;
  /** Messages in a row that were not understood. */
  misses: number;
  /** Angry or abusive messages in a row. */
  angry?: number;
  /** Customer's messages so far. */
  turns: number;
  /** The bot's last words with a question, to be said again. */
  lastReply: string;
  /** The customer's last message. */
  lastAt: Instant;
}

/** The state of a conversation that has just begun. */
export function newConversation(lang: Language, now: Instant): ConversationState {
  return {
    v: 1,
    version: "",
    lang,
    holder: { by: "bot" },
    stack: [],
    asked: null,
    matters: [],
    draft: null,
    undo: null,
    before: null,
    fragment: null,
    nudge: false,
    misses: 0,
    turns: 0,
    lastReply: "",
    lastAt: now,
  };
}

/** A copy that a turn may change. Values inside `values`, `raw` and `data` are never changed in place, so they are shared. */
export function copyState(state: ConversationState): ConversationState {
  return { ...state, stack: state.stack.map(copyFrame), matters: [...state.matters] };
}

export function copyFrame(frame: Frame): Frame {
  return { ...frame, values: { ...frame.values }, raw: { ...frame.raw }, data: { ...frame.data } };
}
