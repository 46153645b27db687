/** Loads what a turn asks for, within the turn's own transaction. */

import { loadCare } from "../care/load.ts";
import { agendaKey, type FactSheet, type Need } from "../conversation/facts.ts";
import { unreachable } from "../errors.ts";
import type { Channel, Unit } from "../ports.ts";
import type { DayKey, Instant } from "../time.ts";
import type { AgendaDay, ConversationId } from "./events.ts";
import { counterOf, formatNumber } from "./numbers.ts";

/** Most cases looked at for one mark; an outbreak is plain long before. */
const MOST_MARKED = 200;

/**
 * What the turns of one transaction share: the agenda, read once and kept in step with what they write. To be dropped with the
 * transaction, for others write after it.
 */
export interface SharedFacts {
  agenda: { readonly from: DayKey; readonly to: DayKey; readonly days: Map<string, AgendaDay> } | null;
}

export function newSharedFacts(): SharedFacts {
  return { agenda: null };
}

/** What is known of a turn beside the database. */
export interface Surroundings {
  readonly conversation: ConversationId;
  readonly now: Instant;
  readonly today: DayKey;
  readonly channels: ReadonlyMap<string, Channel>;
}

/** Puts the missing fact on the sheet. */
export async function loadNeed(
  unit: Unit,
  sheet: FactSheet,
  need: Need,
  { conversation, now, today, channels }: Surroundings,
  shared: SharedFacts,
): Promise<void> {
  switch (need.kind) {
    case "file": {
      const id = await unit.customers.ofConversation(conversation);
      const cases = await unit.records.casesOf(conversation);
      if (id === null) {
        sheet.file = { customer: null, bookings: [], orders: [], cases };
        return;
      }
      sheet.file = {
        customer: await unit.customers.get(id),
        bookings: await unit.records.bookingsOf(id),
        orders: await unit.records.ordersOf(id),
        cases,
      };
      return;
    }
    case "agenda": {
      const days = await unit.agenda.days(need.from, need.to);
      shared.agenda = { from: need.from, to: need.to, days: new Map(days.map((day) => [agendaKey(day.technician, day.day), day])) };
      sheet.agenda = shared.agenda;
      return;
    }
    case "number": {
      const known = sheet.numbers[need.of] ?? [];
      const drawn = [...known];
      while (drawn.length < need.count) drawn.push(formatNumber(need.of, today, await unit.counters.next(counterOf(need.of, today))));
      sheet.numbers[need.of] = drawn;
      return;
    }
    case "case":
      sheet.cases.set(need.number, await unit.records.case(need.number));
      return;
    case "order":
      sheet.orders.set(need.number, await unit.records.order(need.number));
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
