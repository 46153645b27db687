/** One entry of the inbox, from load to save, within a transaction that the caller opened. */

import { agendaKey, FactMissing, newFactSheet } from "../conversation/facts.ts";
import type { ConversationState } from "../conversation/state.ts";
import { takeTurn } from "../conversation/turn.ts";
import type { TurnDependencies } from "../conversation/turn-effects.ts";
import { AnxinError } from "../errors.ts";
import type { Channel, PendingEntry, StaffChannel, Unit } from "../ports.ts";
import { dayOf, type Instant } from "../time.ts";
import type { UnderstandContext, Understander, Understanding } from "../understanding/types.ts";
import { auditDesk, snapshotBefore } from "./audit.ts";
import { beginTurn, dropStale } from "./beginning.ts";
import { channelOf } from "./channel.ts";
import { type DrawnNumber, joinKey, loadNeed, newSharedFacts, type SharedFacts } from "./facts.ts";
import type { Outcome, Rejoining } from "./outcome.ts";
import { keepNotices, postToStaff } from "./staff-fanout.ts";

/** A turn asks for a handful of facts; more rounds than this mean that it asks in circles. */
const MAX_LOADS = 40;

/** Decisions of one turn about days that others write too; after that they go first. */
const MAX_DECISIONS = 4;

export interface TurnShell {
  readonly dependencies: TurnDependencies;
  /** By name; messages to a channel that is not here stay pending. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** Team chats by name; left out or empty = the desk page is the desk. */
  readonly staffChannels?: ReadonlyMap<string, StaffChannel>;
}

async function saveRejoining(unit: Unit, { files, links, code }: Rejoining): Promise<void> {
  for (const file of files) await unit.customers.put(file);
  for (const { conversation, customer } of links) await unit.customers.linkConversation(conversation, customer);
  if (code !== null) await unit.meta.set(joinKey(code), "");
}

/**
 * Decides what an entry leads to, and takes hold of the days it would write. Where somebody wrote one of them after it was read,
 * it is decided anew on the agenda as it is now.
 *
 * @param wait for a unit that writes such a day; see `AgendaRows.hold`
 * @returns `null` = another unit writes one of these days: nothing was written, the entry is to be worked later
 */
export async function decideAndHold(
  shell: TurnShell,
  unit: Unit,
  entry: PendingEntry,
  now: Instant,
  shared: SharedFacts,
  wait: boolean,
): Promise<Outcome<ConversationState> | null> {
  for (let tries = 0; tries < MAX_DECISIONS; tries++) {
    const drawn: DrawnNumber[] = [];
    const outcome = await decideEntry(shell, unit, entry, now, shared, drawn);
    if (outcome.agenda.length === 0) return outcome;
    const hold = await unit.agenda.hold(outcome.agenda, wait && tries === 0);
    if (hold === "held") return outcome;
    // The last one first: what counts the numbers may only be able to step back.
    for (const { counter, value } of drawn.toReversed()) await unit.counters.giveBack(counter, value);
    if (hold === "busy") return null;
    shared.agenda = null;
  }
  return null;
}

/** Decides what an entry leads to. Reads only. `drawn` gets the numbers it took on the way. */
export async function decideEntry(
  shell: TurnShell,
  unit: Unit,
  entry: PendingEntry,
  now: Instant,
  shared: SharedFacts = newSharedFacts(),
  drawn: DrawnNumber[] = [],
): Promise<Outcome<ConversationState>> {
  const { row, file } = await beginTurn(unit, entry.conversation, shared);
  const sheet = newFactSheet();
  sheet.file = file;
  sheet.agenda = shared.agenda;
  const dependencies = { ...shell.dependencies, understander: remembering(shell.dependencies.understander) };
  const today = dayOf(now, shell.dependencies.model.zone);
  const around = { conversation: entry.conversation, now, today, channels: shell.channels, drawn };
  const input = { entry: entry.id, conversation: entry.conversation, now, pulled: isPulled(shell, entry) };
  for (let loads = 0; loads < MAX_LOADS; loads++) {
    try {
      return takeTurn(dependencies, input, (row?.state as ConversationState | undefined) ?? null, entry.event, sheet);
    } catch (error) {
      if (!(error instanceof FactMissing)) throw error;
      await loadNeed(unit, sheet, error.need, around, shared);
    }
  }
  throw new AnxinError("turn_in_circles", "a turn kept asking for facts", { entry: entry.id });
}

function isPulled(shell: TurnShell, entry: PendingEntry): boolean {
  return shell.channels.get(channelOf(entry.conversation))?.capabilities.pulled ?? false;
}

/** The same message is read once however often the turn is run again. */
function remembering(understander: Understander): Understander {
  const known: { readonly text: string; readonly context: UnderstandContext; readonly understanding: Understanding }[] = [];
  return {
    understand(text, context) {
      const before = known.find((one) => one.text === text && sameContext(one.context, context));
      if (before) return before.understanding;
      const understanding = understander.understand(text, context);
      known.push({ text, context, understanding });
      return understanding;
    },
  };
}

function sameContext(one: UnderstandContext, other: UnderstandContext): boolean {
  const keys = Object.keys(one) as (keyof UnderstandContext)[];
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/**
 * Keeps everything an entry led to. After this, and the commit, it has happened.
 *
 * @param shared as it was decided with
 * @returns whether a message now waits to be sent
 */
export async function saveOutcome(
  shell: TurnShell,
  unit: Unit,
  entry: PendingEntry,
  outcome: Outcome<ConversationState>,
  now: Instant,
  shared: SharedFacts = newSharedFacts(),
): Promise<boolean> {
  const before = await snapshotBefore(unit, entry, outcome);
  for (const day of outcome.agenda) {
    await unit.agenda.put(day);
    shared.agenda?.days.set(agendaKey(day.technician, day.day), { ...day, version: day.version + 1 });
  }
  if (outcome.customer) {
    await unit.customers.put(outcome.customer);
    await unit.customers.linkConversation(entry.conversation, outcome.customer.id);
  }
  if (outcome.rejoining) await saveRejoining(unit, outcome.rejoining);
  for (const change of outcome.changes) await unit.records.save(change, entry.id);
  await auditDesk(unit, entry, outcome, before, now);
  const pulled = isPulled(shell, entry);
  for (const message of outcome.messages)
    await unit.messages.add(pulled && message.status === "pending" ? { ...message, status: "kept" } : message);
  await keepNotices(unit, outcome.notices);
  await postToStaff(unit, [...(shell.staffChannels?.values() ?? [])], outcome, entry.id);
  for (const id of outcome.cancelTimers) await unit.timers.cancel(id);
  for (const timer of outcome.setTimers) await unit.timers.set(timer);
  for (const touch of outcome.touches) await unit.care.put(touch);
  if (outcome.trace) await unit.traces.add(outcome.trace);
  await unit.conversations.put({ id: entry.conversation, customerId: outcome.customer?.id ?? null, state: outcome.state, updatedAt: now });
  await unit.inbox.done(entry.seq, now);
  dropStale(shared, entry.conversation, outcome);
  return !pulled && outcome.messages.some((message) => message.status === "pending");
}
