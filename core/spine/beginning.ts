/** What every turn begins with: its conversation, and the file of its customer; read for several turns at once. */
import type { CustomerFacts } from "../conversation/facts.ts";
import type { ConversationRow } from "../ports/conversation-rows.ts";
import type { Unit } from "../ports.ts";
import type { ConversationId } from "./events.ts";
import type { Outcome } from "./outcome.ts";

export interface Beginning {
  readonly row: ConversationRow | null;
  readonly file: CustomerFacts;
}

interface Ahead {
  readonly ahead: Map<ConversationId, Beginning>;
}

/** What a turn begins with: as read ahead, or read now. */
export async function beginTurn(unit: Unit, conversation: ConversationId, { ahead }: Ahead): Promise<Beginning> {
  const read = ahead.get(conversation);
  ahead.delete(conversation);
  return read ?? loadBeginning(unit, conversation);
}

/**
 * Reads what the turns of these conversations begin with, side by side: a database at the other end of a network is then waited for
 * once and not at each turn. Of two conversations of one person only the first is read, for its turn may change what the other's
 * begins with.
 */
export async function readAhead(unit: Unit, conversations: readonly ConversationId[], { ahead }: Ahead): Promise<void> {
  const wanted = [...new Set(conversations)];
  if (wanted.length < 2) return;
  const read = await Promise.all(wanted.map((conversation) => loadBeginning(unit, conversation)));
  const people = new Set<string>();
  for (const [at, beginning] of read.entries()) {
    const ids = idsOf(beginning.file);
    if (ids.some((id) => people.has(id))) continue;
    for (const id of ids) people.add(id);
    ahead.set(wanted[at]!, beginning);
  }
}

/** A turn was saved: what it changed of others is not what was read ahead of them. */
export function dropStale({ ahead }: Ahead, conversation: ConversationId, outcome: Outcome<unknown>): void {
  if (ahead.size === 0) return;
  // An order says no conversation: whose it is need not be looked for, it changes rarely.
  const reachesOut =
    outcome.rejoining !== null || outcome.changes.some(({ state }) => !("conversation" in state) || state.conversation !== conversation);
  if (reachesOut) {
    ahead.clear();
    return;
  }
  const id = outcome.customer?.id;
  if (id === undefined) return;
  for (const [other, { file }] of ahead) if (idsOf(file).includes(id)) ahead.delete(other);
}

function idsOf({ customer }: CustomerFacts): readonly string[] {
  return customer === null ? [] : [customer.id, ...(customer.joined ?? []).map((one) => one.id)];
}

async function loadBeginning(unit: Unit, conversation: ConversationId): Promise<Beginning> {
  const [row, file] = await Promise.all([unit.conversations.get(conversation), loadFile(unit, conversation)]);
  return { row, file };
}

export async function loadFile(unit: Unit, conversation: ConversationId): Promise<CustomerFacts> {
  const id = await unit.customers.ofConversation(conversation);
  return id === null
    ? { customer: null, bookings: [], orders: [], cases: await unit.records.casesOf(conversation) }
    : loadPerson(unit, id, conversation);
}

/** A person with everything that is theirs, over all their chats and the files that were joined into theirs. */
async function loadPerson(unit: Unit, id: string, conversation: ConversationId): Promise<CustomerFacts> {
  const [customer, conversations] = await Promise.all([unit.customers.get(id), unit.customers.conversationsOf(id)]);
  const ids = [id, ...(customer?.joined ?? []).map((one) => one.id)];
  const [bookings, orders, cases] = await Promise.all([
    Promise.all(ids.map((each) => unit.records.bookingsOf(each))),
    Promise.all(ids.map((each) => unit.records.ordersOf(each))),
    Promise.all([...new Set([conversation, ...conversations])].map((each) => unit.records.casesOf(each))),
  ]);
  return { customer, bookings: bookings.flat(), orders: orders.flat(), cases: cases.flat() };
}
