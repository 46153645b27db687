/**
 * Plays what has happened once more under other rules. Customers and staff say and do what they said and did, at the same
 * times; timers are those of the rehearsal itself, for other rules set other timers. Acts of staff on a case go to the case
 * that stands for it here; where none does, they are left out and counted.
 */
import type { TurnDependencies } from "../conversation/turn-effects.ts";
import type { Channel, Store, Unit } from "../ports.ts";
import type { Instant } from "../time.ts";
import type { InboxEntry } from "./events.ts";
import { decideEntry, saveOutcome, type TurnShell } from "./run-turn.ts";

export interface Firing {
  readonly rule: string;
  readonly conversation: string;
  readonly at: Instant;
}

export interface Rehearsal {
  /** Events played, timers of the rehearsal among them. */
  readonly played: number;
  /** Acts of staff on cases that don't exist here. */
  readonly left: number;
  readonly firings: readonly Firing[];
}

/** More timers than this between two events mean that they set each other off. */
const MOST_TIMERS = 10_000;

/**
 * @param from the store with the history; read only
 * @param into an empty store with what was there before the first event
 */
export async function rehearseHistory(
  from: Store,
  into: Store,
  dependencies: TurnDependencies,
  channels: ReadonlyMap<string, Channel>,
): Promise<Rehearsal> {
  const shell: TurnShell = { dependencies, channels };
  const firings: Firing[] = [];
  let played = 0;
  let left = 0;

  async function turn(entry: InboxEntry, now: Instant): Promise<void> {
    await into.unit(async (unit) => {
      await unit.inbox.accept({ ...entry, receivedAt: now });
      const [pending] = await unit.inbox.pending(now, 1);
      if (!pending) return;
      const outcome = await decideEntry(shell, unit, pending, now);
      await saveOutcome(shell, unit, pending, outcome, now);
      for (const step of outcome.trace?.steps ?? [])
        if (step.kind === "rule") firings.push({ rule: step.rule, conversation: entry.conversation, at: now });
    });
    played += 1;
  }

  async function fireUntil(now: Instant): Promise<void> {
    for (let fired = 0; fired < MOST_TIMERS; fired++) {
      const timer = await into.unit(async (unit) => {
        const [due] = await unit.timers.due(now, 1);
        if (due) await unit.timers.cancel(due.id);
        return due;
      });
      if (!timer) return;
      const at = Math.max(timer.dueAt, last);
      last = at;
      const event = { kind: "timer", timer: timer.id, name: timer.name, data: timer.data, dueAt: timer.dueAt } as const;
      await turn({ id: `timer:${timer.id}:${timer.dueAt}`, conversation: timer.conversation, receivedAt: at, event }, at);
    }
  }

  let last: Instant = 0;
  let after = 0;
  for (;;) {
    const entries = await from.unit((unit) => unit.inbox.history(after, 500));
    if (entries.length === 0) return { played, left, firings };
    for (const { turn: number, doneAt, ...entry } of entries) {
      after = number;
      if (entry.event.kind === "timer") continue;
      await fireUntil(doneAt);
      last = Math.max(last, doneAt);
      const translated = await translate(from, into, entry);
      if (translated === null) left += 1;
      else await turn(translated, doneAt);
    }
  }
}

/** The entry with the number of its case as it is here; `null` when there is no such case here. */
async function translate(from: Store, into: Store, entry: InboxEntry): Promise<InboxEntry | null> {
  if (entry.event.kind !== "desk" || !("case" in entry.event.command)) return entry;
  const { command } = entry.event;
  const place = await from.unit((unit) => placeOf(unit, command.case));
  if (place === null) return entry;
  const number = await into.unit((unit) => caseAt(unit, place));
  return number === null ? null : { ...entry, event: { ...entry.event, command: { ...command, case: number } } };
}

/** Where a case stands: the how-manieth of its category in its conversation. */
interface CasePlace {
  readonly conversation: string;
  readonly category: string;
  readonly index: number;
}

async function placeOf(unit: Unit, number: string): Promise<CasePlace | null> {
  const found = await unit.records.case(number);
  if (!found) return null;
  const alike = (await unit.records.casesOf(found.conversation)).filter((one) => one.category === found.category);
  return { conversation: found.conversation, category: found.category, index: alike.findIndex((one) => one.number === number) };
}

async function caseAt(unit: Unit, place: CasePlace): Promise<string | null> {
  const alike = (await unit.records.casesOf(place.conversation)).filter((one) => one.category === place.category);
  return alike[place.index]?.number ?? null;
}
