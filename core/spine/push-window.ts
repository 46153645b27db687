/**
 * "May I send, how much, in what shape?" for channels on which a customer must have written first: within `pushWindowMs` of
 * the customer's last message, at most `pushQuota` messages.
 *
 * - What waits for one conversation leaves as few messages as the quota needs: texts that wait together become one.
 * - The last message of a quota is kept for a person's words: a reminder must not take it from a colleague.
 * - What can't be sent any more (window closed, quota spent) is refused at once, with the reason, so that a person gets a task.
 * - The customer's next message opens the window anew and brings the whole quota back.
 * - Some platforms let us greet a customer who opened the chat without writing, once and at once: an opening (`openPush`). A
 *   greeting that comes too late for it was asked for by nobody, and nobody is called for it.
 *
 * What has been spent is kept beside the conversation (`meta`), together with the messages that are being sent as one: sent
 * again after a crash, they are the same message with the same id, whatever else waits by then.
 */
import type { Capabilities, Unit } from "../ports.ts";
import type { Instant } from "../time.ts";
import { splitText } from "../wording/split.ts";
import type { ConversationId, StoredMessage } from "./events.ts";

/** Messages of a quota that only a person's words may use; none where the quota is this small. */
const RESERVE = 1;
const SMALLEST_QUOTA_WITH_RESERVE = 3;
/**
 * Messages looked through for the customer's last one, first few, then many; when it is not even among these, the customer has
 * been silent for long.
 */
const LOOK_BACK = [20, 200];
/** Messages that may wait for one conversation and be weighed together. */
const LOOK_AHEAD = 100;

/** What has been sent into a conversation since the customer last wrote. */
export interface PushLedger {
  /** `seq` of the customer's last message when this was written; 0 = none. */
  readonly customer: number;
  /** Messages of the platform sent since. */
  readonly spent: number;
  /** `seq`s of the messages that are being sent as one; empty = nothing under way. */
  readonly group: readonly number[];
  /** Chat opened without a word: `entry` is the event, and until the instant one message may answer it. */
  readonly opening: { readonly entry: string; readonly until: Instant } | null;
}

export type PushRefusal = "window_closed" | "quota_spent";

/** What to do with the messages that wait for one conversation. */
export interface PushDecision {
  /** Sent now, as one message; empty = nothing. What is in no list waits for the next round. */
  readonly send: readonly StoredMessage[];
  readonly refuse: readonly { readonly message: StoredMessage; readonly reason: PushRefusal }[];
  /** A greeting that came too late: not sent, and no task for anybody. */
  readonly unasked: readonly StoredMessage[];
}

export interface PushStanding {
  readonly capabilities: Pick<Capabilities, "textLimit" | "buttons" | "pushWindowMs" | "pushQuota">;
  readonly now: Instant;
  readonly customer: { readonly seq: number; readonly at: Instant } | null;
  readonly ledger: PushLedger;
}

/** Does the channel restrict when we may write? */
export function isPushLimited(capabilities: Capabilities): boolean {
  return !capabilities.pulled && (capabilities.pushWindowMs !== null || capabilities.pushQuota !== null);
}

/** @param waiting messages that wait, in order; not empty */
export function decidePush(standing: PushStanding, waiting: readonly StoredMessage[]): PushDecision {
  const { capabilities, now, customer, ledger } = standing;
  const under = waiting.filter((message) => ledger.group.includes(message.seq));
  if (under.length > 0) return { send: under, refuse: [], unasked: [] };
  const open = capabilities.pushWindowMs === null || (customer !== null && now - customer.at < capabilities.pushWindowMs);
  if (!open) return decideClosed(standing, waiting);
  if (capabilities.pushQuota === null) return { send: waiting.slice(0, 1), refuse: [], unasked: [] };
  const left = capabilities.pushQuota - ledger.spent;
  const reserve = capabilities.pushQuota >= SMALLEST_QUOTA_WITH_RESERVE ? RESERVE : 0;
  const kept = chooseFitting(capabilities, waiting, left, left - reserve);
  const refuse = waiting.filter((message) => !kept.includes(message)).map((message) => ({ message, reason: "quota_spent" as const }));
  if (kept.length === 0) return { send: [], refuse, unasked: [] };
  const gentle = groupsOf(kept, false);
  const groups = costOf(capabilities, gentle) <= left - reserve ? gentle : groupsOf(kept, true);
  return { send: groups[0]!, refuse, unasked: [] };
}

function decideClosed({ now, ledger, capabilities }: PushStanding, waiting: readonly StoredMessage[]): PushDecision {
  const { opening } = ledger;
  const greeting = opening === null ? [] : waiting.filter((message) => message.id.startsWith(`${opening.entry}/`));
  const refuse = waiting.filter((message) => !greeting.includes(message)).map((message) => ({ message, reason: "window_closed" as const }));
  if (greeting.length === 0 || now > opening!.until) return { send: [], refuse, unasked: greeting };
  const send = chooseFitting(capabilities, greeting, 1, 1);
  return { send, refuse, unasked: greeting.filter((message) => !send.includes(message)) };
}

/**
 * The messages that the quota still holds, in order. A person's words come first; of the rest, the oldest.
 *
 * @param left messages left for a person's words
 * @param leftForRoutine messages left for everything else
 */
function chooseFitting(
  capabilities: PushStanding["capabilities"],
  waiting: readonly StoredMessage[],
  left: number,
  leftForRoutine: number,
): readonly StoredMessage[] {
  const urgent = waiting.filter(isUrgent);
  const room = urgent.length > 0 ? left : leftForRoutine;
  let kept: readonly StoredMessage[] = [];
  for (const message of [...urgent, ...waiting.filter((one) => !isUrgent(one))]) {
    const tried = [...kept, message].sort((one, other) => one.seq - other.seq);
    const before = costOf(capabilities, groupsOf(kept, true));
    const after = costOf(capabilities, groupsOf(tried, true));
    // Beside a person's words a notice may ride along for nothing, and takes of the quota only what is not kept back.
    if (after <= room && (isUrgent(message) || after === before || after <= leftForRoutine)) kept = tried;
  }
  return kept;
}

/** A person's words to the customer. */
function isUrgent(message: StoredMessage): boolean {
  return message.from === "staff";
}

/**
 * Messages that can leave as one: texts that follow each other. Media stands alone, and so that a button stays with its
 * question, a message with buttons ends its group, unless the quota is short (`hard`).
 */
function groupsOf(messages: readonly StoredMessage[], hard: boolean): readonly (readonly StoredMessage[])[] {
  const groups: StoredMessage[][] = [];
  for (const message of messages) {
    const last = groups.at(-1)?.at(-1);
    const joins = last !== undefined && last.media === null && message.media === null && (hard || last.buttons.length === 0);
    if (joins) groups.at(-1)!.push(message);
    else groups.push([message]);
  }
  return groups;
}

function costOf(capabilities: PushStanding["capabilities"], groups: readonly (readonly StoredMessage[])[]): number {
  return groups.reduce((sum, group) => sum + messagesNeeded(capabilities, mergeMessages(group, capabilities.buttons)), 0);
}

/** Messages of the platform that a message takes. */
export function messagesNeeded(capabilities: Pick<Capabilities, "textLimit">, message: Pick<StoredMessage, "text" | "media">): number {
  const texts = message.text === "" && message.media !== null ? 0 : splitText(message.text, capabilities.textLimit).length;
  return texts + (message.media === null ? 0 : 1);
}

/**
 * Several messages as the one that leaves: key and place of the first, the words one after the other, and the buttons of all
 * as far as the channel can show them, else those of the last question.
 */
export function mergeMessages(group: readonly StoredMessage[], maxButtons: number): StoredMessage {
  const first = group[0]!;
  if (group.length === 1) return first;
  const all = group.flatMap((message) => message.buttons);
  const lastAsked = group.findLast((message) => message.buttons.length > 0);
  return {
    ...first,
    text: group.map((message) => message.text).join("\n\n"),
    buttons: all.length <= maxButtons ? all : (lastAsked?.buttons ?? []),
    media: group.find((message) => message.media !== null)?.media ?? null,
  };
}

// ---- kept beside the conversation

const ledgerKey = (conversation: ConversationId): string => `push:${conversation}`;

/** How a conversation stands, and what waits for it from `first` on. */
export async function loadPush(
  unit: Unit,
  capabilities: Capabilities,
  first: Pick<StoredMessage, "conversation" | "seq">,
  now: Instant,
): Promise<{ readonly standing: PushStanding; readonly waiting: readonly StoredMessage[] }> {
  const customer = await lastOfCustomer(unit, first.conversation);
  const ahead = await unit.messages.list(first.conversation, first.seq - 1, LOOK_AHEAD);
  const pending = ahead.filter((message) => message.status === "pending");
  const later = pending.findIndex((message) => message.nextAt > now);
  return {
    standing: { capabilities, now, customer, ledger: await loadLedger(unit, first.conversation, customer?.seq ?? 0) },
    waiting: later < 0 ? pending : pending.slice(0, later),
  };
}

async function lastOfCustomer(unit: Unit, conversation: ConversationId): Promise<PushStanding["customer"]> {
  for (const many of LOOK_BACK) {
    const recent = await unit.messages.recent(conversation, many);
    const last = recent.findLast((message) => message.from === "customer");
    if (last) return { seq: last.seq, at: last.at };
    if (recent.length < many) return null;
  }
  return null;
}

/** The ledger as it stands: a message of the customer since then has emptied it, except for what is under way. */
async function loadLedger(unit: Unit, conversation: ConversationId, customer: number): Promise<PushLedger> {
  const kept = await unit.meta.get(ledgerKey(conversation));
  const ledger = kept === null ? null : (JSON.parse(kept) as PushLedger);
  if (ledger?.customer === customer) return ledger;
  return { customer, spent: 0, group: ledger?.group ?? [], opening: null };
}

/** Keeps the ledger of a conversation. */
export async function saveLedger(unit: Unit, conversation: ConversationId, ledger: PushLedger): Promise<void> {
  await unit.meta.set(ledgerKey(conversation), JSON.stringify(ledger));
}

/**
 * The customer opened the chat without a word. To be called by an adapter in the transaction that keeps the event.
 *
 * @param entry id of the event's inbox entry
 * @param until one message that answers the event may be sent until then; `null` = the platform lets us say nothing yet
 */
export async function openPush(unit: Unit, conversation: ConversationId, entry: string, until: Instant | null): Promise<void> {
  const customer = await lastOfCustomer(unit, conversation);
  const ledger = await loadLedger(unit, conversation, customer?.seq ?? 0);
  await saveLedger(unit, conversation, { ...ledger, opening: { entry, until: until ?? 0 } });
}

/**
 * Takes over how a conversation stands from another store: the customer's last message, which opened the window, and what has been spent
 * since.
 */
export async function copyPush(from: Unit, to: Unit, conversation: ConversationId): Promise<void> {
  const last = await lastOfCustomer(from, conversation);
  if (last === null) return;
  const { seq: _seq, ...message } = (await from.messages.list(conversation, last.seq - 1, 1))[0]!;
  await to.messages.add(message);
  const { spent } = await loadLedger(from, conversation, last.seq);
  const copied = await lastOfCustomer(to, conversation);
  await saveLedger(to, conversation, { customer: copied!.seq, spent, group: [], opening: null });
}
