/** Loads what a turn asks for, within the turn's own transaction. */
import { loadCare } from "../care/load.ts";
import { agendaKey, type FactSheet, type JoinOffer, type LinkedFile, type Need } from "../conversation/facts.ts";
import { unreachable } from "../errors.ts";
import type { Channel, Unit } from "../ports.ts";
import type { DayKey, Instant } from "../time.ts";
import { type Beginning, loadFile } from "./beginning.ts";
import type { ConversationId } from "./events.ts";
import { counterOf, formatNumber } from "./numbers.ts";
import type { AgendaDay } from "./outcome.ts";

/** Most cases looked at for one mark; an outbreak is plain long before. */
const MOST_MARKED = 200;

/**
 * What the turns of one transaction share: the agenda, read once and kept in step with what they write. To be dropped with the
 * transaction, for others write after it.
 */
export interface SharedFacts {
  agenda: { readonly from: DayKey; readonly to: DayKey; readonly days: Map<string, AgendaDay> } | null;
  /** What the first turns of conversations begin with, read for all of them at once; each is used once. */
  readonly ahead: Map<ConversationId, Beginning>;
}

export function newSharedFacts(): SharedFacts {
  return { agenda: null, ahead: new Map() };
}

/** What is known of a turn beside the database. */
export interface Surroundings {
  readonly conversation: ConversationId;
  readonly now: Instant;
  readonly today: DayKey;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Gets the numbers that are drawn. */
  readonly drawn: DrawnNumber[];
}

/** A running number taken from its counter. */
export interface DrawnNumber {
  readonly counter: string;
  readonly value: number;
}

/** Puts the missing fact on the sheet. */
export async function loadNeed(
  unit: Unit,
  sheet: FactSheet,
  need: Need,
  { conversation, now, today, channels, drawn }: Surroundings,
  shared: SharedFacts,
): Promise<void> {
  switch (need.kind) {
    case "file":
      sheet.file = await loadFile(unit, conversation);
      return;
    case "agenda": {
      const days = await unit.agenda.days(need.from, need.to);
      shared.agenda = { from: need.from, to: need.to, days: new Map(days.map((day) => [agendaKey(day.technician, day.day), day])) };
      sheet.agenda = shared.agenda;
      return;
    }
    case "number": {
      const numbers = [...(sheet.numbers[need.of] ?? [])];
      const counter = counterOf(need.of, today);
      while (numbers.length < need.count) {
        const value = await unit.counters.next(counter);
        drawn.push({ counter, value });
        numbers.push(formatNumber(need.of, today, value));
      }
      sheet.numbers[need.of] = numbers;
      return;
    }
    case "case":
      sheet.cases.set(need.number, await unit.records.case(need.number));
      return;
    case "order":
      sheet.orders.set(need.number, await unit.records.order(need.number));
      return;
    case "people": {
      const found: LinkedFile[] = [];
      for (const file of await unit.customers.find("phone", need.phone))
        if (file.joinedInto === undefined) found.push({ file, conversations: await unit.customers.conversationsOf(file.id) });
      sheet.people.set(need.phone, found);
      return;
    }
    case "join": {
      const kept = await unit.meta.get(joinKey(need.code));
      const offer = kept ? (JSON.parse(kept) as JoinOffer) : null;
      const owner = offer ? await unit.customers.ofConversation(offer.conversation) : null;
      sheet.joins.set(need.code, offer ? { offer, owner: owner === null ? null : await loadLinked(unit, owner) } : null);
      return;
    }
    case "linked":
      sheet.linked.set(need.customer, await loadLinked(unit, need.customer));
      return;
    case "said": {
      const recent = await unit.messages.recent(conversation, SAID_MOST);
      const id = need.entry.startsWith(`${conversation}:`) ? need.entry.slice(conversation.length + 1) : need.entry;
      sheet.said.set(need.entry, recent.findLast((message) => message.from === "customer" && message.id === id)?.text ?? null);
      return;
    }
    case "unsent":
      sheet.unsent = (await unit.messages.recent(conversation, SAID_MOST))
        .filter((message) => message.status === "pending")
        .map((message) => message.text);
      return;
    case "care":
      sheet.care = await loadCare(unit, channels, sheet.file?.customer?.id ?? null, conversation, now);
      return;
    case "marked":
      sheet.marked.set(need.mark, { since: need.since, cases: await unit.records.casesMarked(need.mark, need.since, MOST_MARKED) });
      return;
    case "record":
      sheet.records.set(`${need.of}:${need.number}`, await unit.records.one(need.of, need.number));
      return;
    case "own":
      sheet.own.set(need.of, await unit.records.ofConversation(need.of, conversation));
      return;
    case "open":
      sheet.open.set(need.of, await unit.records.open(need.of, OPEN_MOST));
      return;
    default:
      unreachable(need);
  }
}

/** How far back an edited or unsent message is looked for. */
const SAID_MOST = 200;

/** Key under which a code that joins two chats is kept in the store's meta; an empty value = used up. */
export function joinKey(code: string): string {
  return `join:${code}`;
}

async function loadLinked(unit: Unit, id: string): Promise<LinkedFile | null> {
  const file = await unit.customers.get(id);
  return file && { file, conversations: await unit.customers.conversationsOf(id) };
}

/** Open records looked at by one turn; a waiting list longer than this is served from its newest end. */
const OPEN_MOST = 500;

/** The conversation in which a customer wrote last, or `null` when none is theirs. */
export async function latestConversation(unit: Unit, customer: string): Promise<ConversationId | null> {
  let latest: { readonly id: ConversationId; readonly at: number } | null = null;
  for (const id of await unit.customers.conversationsOf(customer)) {
    const row = await unit.conversations.get(id);
    if (latest === null || (row?.updatedAt ?? 0) > latest.at) latest = { id, at: row?.updatedAt ?? 0 };
  }
  return latest?.id ?? null;
}
