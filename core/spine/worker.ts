/**
 * Works the inbox: several entries a transaction (group commit), in order within each conversation; what customers wait for goes
 * before what we send of ourselves. An entry whose turn throws is tried again later with growing pauses; after the last try it becomes a case for a person, never silence.
 */
import { AnxinError } from "../errors.ts";
import type { Clock, Feed, PendingEntry, Store, Wakeups } from "../ports.ts";
import { SECOND_MS } from "../time.ts";
import { readAhead } from "./beginning.ts";
import type { InboxEntry } from "./events.ts";
import { newSharedFacts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { decideAndHold, saveOutcome, type TurnShell } from "./run-turn.ts";

export interface RetryPolicy {
  /** Tries in all. */
  readonly tries: number;
  /** Pause after the first failure, ms; doubles each time. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** A fault of a moment is over in seconds; after about a minute a person should know. */
export const TURN_RETRIES: RetryPolicy = { tries: 6, firstPauseMs: SECOND_MS, longestPauseMs: 30 * SECOND_MS };

/** Pause before the next try: doubled each time, between half and all of it by chance, so that many don't come back at once. */
export function pauseMs(policy: RetryPolicy, failures: number, chance: number): number {
  const full = Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** (failures - 1));
  return Math.round(full * (0.5 + chance / 2));
}

export interface WorkerOptions {
  readonly store: Store;
  readonly shell: TurnShell;
  readonly clock: Clock;
  readonly wakeups: Wakeups;
  readonly feed: Feed;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly onError: (error: unknown, entry: InboxEntry, failures: number) => void;
  /** Called after the commit of a turn. */
  readonly onTurn?: (entry: InboxEntry) => void;
  readonly retries?: RetryPolicy;
  /** Most entries in one transaction. */
  readonly group?: number;
}

export interface Worker {
  /** Works one group; returns how many entries were tried. 0 = nothing to do now. */
  work(): Promise<number>;
}

/** What one transaction did. */
interface Attempt {
  readonly tried: number;
  readonly worked: readonly PendingEntry[];
  readonly changed: ReadonlySet<string>;
  readonly sends: boolean;
  readonly timers: boolean;
  readonly posts: boolean;
  readonly failures: readonly (readonly [PendingEntry, unknown])[];
}

/** Turns of one conversation in a transaction. What more of it waits comes with the next, so that others needn't wait for all of it. */
const MOST_OF_ONE = 8;

/** Turns of care in a transaction by themselves: who writes meanwhile waits for no more of them. */
const CARE_TURNS = 4;
/** And beside turns of customers: not none, so that many who write don't keep it away for good. */
const CARE_TURNS_BESIDE = 1;

/** Without most of what care sends: the rest of it stays in the inbox for a transaction in which nobody waits for it. */
function customersFirst(entries: readonly PendingEntry[]): readonly PendingEntry[] {
  const careTurns = entries.filter(isCare).length;
  let left = careTurns < entries.length ? CARE_TURNS_BESIDE : CARE_TURNS;
  return careTurns <= left ? entries : entries.filter((entry) => !isCare(entry) || left-- > 0);
}

function isCare({ event }: InboxEntry): boolean {
  return event.kind === "timer" && event.name === "care";
}

/** Chances of an entry whose turn meets those of other processes. */
const MEETINGS = 5;

function isAway(error: unknown): boolean {
  return error instanceof AnxinError && AWAY.has(error.code);
}
const AWAY = new Set(["storage_unreachable", "storage_refused", "storage_busy", "storage_closed"]);

export function createWorker(options: WorkerOptions): Worker {
  const { store, shell, clock, wakeups, feed, onError } = options;
  const retries = options.retries ?? TURN_RETRIES;
  const group = options.group ?? 64;

  /**
   * Tries entries in one transaction; a throw of a turn postpones that entry and its followers, not the others. A turn that would
   * write a day which another process is writing stays in the inbox, unless `waits`: then it comes after that process.
   */
  async function attempt(limit: number, waits = false): Promise<Attempt> {
    return store.unit(async (unit) => {
      const changed = new Set<string>();
      const failures: [PendingEntry, unknown][] = [];
      const worked: PendingEntry[] = [];
      let sends = false;
      let timers = false;
      let posts = false;
      const now = clock.now();
      const entries = customersFirst(await unit.inbox.pending(now, limit));
      const stopped = new Set<string>();
      const turns = new Map<string, number>();
      const shared = newSharedFacts();
      await readAhead(
        unit,
        entries.map((entry) => entry.conversation),
        shared,
      );
      for (const entry of entries) {
        const before = turns.get(entry.conversation) ?? 0;
        if (stopped.has(entry.conversation) || before >= MOST_OF_ONE) continue;
        turns.set(entry.conversation, before + 1);
        let outcome: Awaited<ReturnType<typeof decideAndHold>>;
        try {
          outcome = await decideAndHold(shell, unit, entry, now, shared, waits);
        } catch (error) {
          stopped.add(entry.conversation);
          failures.push([entry, error]);
          const failed = entry.attempts + 1;
          if (failed < retries.tries) {
            await unit.inbox.retry(entry.seq, failed, now + pauseMs(retries, failed, options.random()), messageOf(error));
            continue;
          }
          await unit.inbox.dead(entry.seq, now, messageOf(error));
          if (entry.event.kind !== "dead_letter") {
            await unit.inbox.accept({
              id: `dead:${entry.id}`,
              conversation: entry.conversation,
              receivedAt: now,
              event: { kind: "dead_letter", entry: entry.id, words: wordsOf(entry), error: messageOf(error) },
            });
          }
          continue;
        }
        if (outcome === null) {
          // Its customer's next message must not be worked before it.
          stopped.add(entry.conversation);
          continue;
        }
        if (await saveOutcome(shell, unit, entry, outcome, now, shared)) sends = true;
        posts ||= tellsStaff(outcome);
        changed.add(entry.conversation);
        worked.push(entry);
        // What falls due later is found when it does; to look for it now would cost each turn a transaction.
        timers ||= outcome.setTimers.some((timer) => timer.dueAt <= now);
      }
      return { tried: entries.length, worked, changed, sends, timers, posts, failures };
    });
  }

  return {
    async work() {
      let result: Attempt;
      try {
        result = await attempt(group);
        // All of them came too late for a day: one waits for its turn, so that nobody asks in vain again and again.
        if (result.tried > 0 && result.worked.length + result.failures.length === 0) result = await attempt(1, true);
      } catch (error) {
        // Nobody is to blame for a store that can't be reached: all of it is tried again when it can.
        if (isAway(error)) throw error;
        // The commit or a write failed. Alone, an entry shows whether it is the one to blame; for others take the same hour or
        // the same customer at the same time, it gets more than one chance.
        result = await alone(error);
      }
      for (const entry of result.worked) options.onTurn?.(entry);
      for (const [entry, error] of result.failures) onError(error, entry, entry.attempts + 1);
      for (const conversation of result.changed) feed.changed(conversation);
      if (result.sends) wakeups.wake("outbox");
      if (result.posts) wakeups.wake("staff");
      if (result.timers) wakeups.wake("timers");
      return result.tried;
    },
  };

  async function alone(error: unknown): Promise<Attempt> {
    let last = error;
    for (let chance = 0; chance < MEETINGS; chance++) {
      try {
        return await attempt(1);
      } catch (again) {
        if (isAway(again)) throw again;
        last = again;
        if (!(again instanceof AnxinError) || again.code !== "conflict") break;
      }
    }
    if (await postpone(last)) return { tried: 1, worked: [], changed: new Set(), sends: false, timers: false, posts: false, failures: [] };
    throw last;
  }

  /** The first entry can't be saved: it is tried later, and the ones behind it get their chance. `false` = there is none to blame. */
  async function postpone(error: unknown): Promise<boolean> {
    const blamed = await store.unit(async (unit) => {
      const now = clock.now();
      const [entry] = await unit.inbox.pending(now, 1);
      if (!entry) return null;
      const failed = entry.attempts + 1;
      if (failed < retries.tries)
        await unit.inbox.retry(entry.seq, failed, now + pauseMs(retries, failed, options.random()), messageOf(error));
      else {
        await unit.inbox.dead(entry.seq, now, messageOf(error));
        if (entry.event.kind !== "dead_letter") {
          await unit.inbox.accept({
            id: `dead:${entry.id}`,
            conversation: entry.conversation,
            receivedAt: now,
            event: { kind: "dead_letter", entry: entry.id, words: wordsOf(entry), error: messageOf(error) },
          });
        }
      }
      return entry;
    });
    if (blamed) onError(error, blamed, blamed.attempts + 1);
    return blamed !== null;
  }
}

/** Something for the team chats came of it. */
function tellsStaff({ notices, lines, changes }: Outcome<unknown>): boolean {
  return notices.length + lines.length > 0 || changes.some((change) => change.kind === "case");
}

function messageOf(error: unknown): string {
  // Cut and cleaned so that any store can keep it.
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500).replaceAll("\0", "").toWellFormed();
}

/** The customer's words in an entry, for the case that a person will read. */
function wordsOf(entry: InboxEntry): string {
  switch (entry.event.kind) {
    case "message":
      return entry.event.text;
    case "press":
      return entry.event.value;
    case "media":
      return entry.event.text ?? `[${entry.event.media.kind}]`;
    default:
      return "";
  }
}
