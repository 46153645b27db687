/**
 * Whether what comes in is still taken. Under a flood it is better to say "busy" at once than to take what will be answered in
 * ten minutes: platforms and pages send again what was refused, and whoever was taken is answered soon.
 *
 * A channel is crowded when many of its events wait and have waited for long, or will have: so many wait, and so few were worked since
 * the last look, that one who came now would wait for too long. To go by those who have waited already would be too late: in a flood of
 * ten times the capacity three seconds' wait of the oldest are thirty seconds' wait of the newest. It is judged by what stands in the
 * table, for all processes; channel by channel, so that a flood on one doesn't shut the others.
 */
import { AnxinError } from "../errors.ts";
import type { Clock, Intake, Store } from "../ports.ts";
import { type Instant, SECOND_MS } from "../time.ts";
import { channelOf } from "./channel.ts";
import type { ConversationId, InboxEntry } from "./events.ts";

/** So many of the oldest are looked at: three seconds' work of more than a thousand turns a second. */
const LOOKED_AT = 4_000;
/** A channel that has fewer among them is never crowded: a few that fail and are tried again don't make a crowd. */
const CROWD = 150;
/** Waiting longer than this is long, ms. */
const LONG_MS = 3 * SECOND_MS;
/** Between two looks, ms; in between, the last one counts. */
const LOOK_EVERY_MS = 250;
/** The pace is told by looks no further apart than this, ms. */
const FRESH_MS = 2 * SECOND_MS;
/** Where fewer than this came in since the last look, there is no flood to look for. */
const WORTH_A_LOOK = 25;

/** Made once: in a flood, to note where each refusal came from would be a third of its cost. */
const CROWDED = new AnxinError("overloaded", "too many events of this channel wait for their turn; try again in a moment");

/** What waited at an instant, the oldest first. */
export interface Look {
  readonly at: Instant;
  readonly waiting: readonly { readonly conversation: ConversationId; readonly at: Instant }[];
}

/**
 * Channels on which too much waits, or has waited, for too long.
 *
 * @param before an earlier look, by which it is known how fast they are worked; `null` = that isn't known
 */
export function crowdedChannels(look: Look, before: Look | null): ReadonlySet<string> {
  const waiting = byChannel(look);
  const earlier = before === null ? null : byChannel(before);
  return new Set(
    [...waiting].flatMap(([channel, rows]) => {
      if (rows.length < CROWD) return [];
      const late = rows.filter(({ at }) => look.at - at > LONG_MS).length;
      const soon = earlier === null ? 0 : waitMs(rows, earlier.get(channel) ?? [], look.at - before!.at);
      return late >= CROWD || soon > LONG_MS ? [channel] : [];
    }),
  );
}

const byChannel = ({ waiting }: Look): ReadonlyMap<string, Look["waiting"]> =>
  Map.groupBy(waiting, ({ conversation }) => channelOf(conversation));

/**
 * How long the last one of a line will wait at the pace of late, ms; 0 where the pace can't be told: nothing was worked yet (turns are
 * saved in groups), or all that waited was, and more might have been.
 */
function waitMs(rows: Look["waiting"], earlier: Look["waiting"], passedMs: number): number {
  const still = new Map<string, number>();
  const keyOf = ({ conversation, at }: Look["waiting"][number]): string => `${at} ${conversation}`;
  for (const row of rows) still.set(keyOf(row), (still.get(keyOf(row)) ?? 0) + 1);
  let left = 0;
  for (const row of earlier) {
    const count = still.get(keyOf(row)) ?? 0;
    if (count === 0) continue;
    still.set(keyOf(row), count - 1);
    left += 1;
  }
  const worked = earlier.length - left;
  return left === 0 || worked === 0 ? 0 : (rows.length * passedMs) / worked;
}

export interface AdmittingIntake extends Intake {
  /** Resolves when the last look at what waits is over. */
  readonly looked: () => Promise<void>;
}

/** The same intake; customers' events of a crowded channel are refused with `AnxinError("overloaded")`, what staff do never is. */
export function withAdmission(intake: Intake, store: Store, clock: Clock): AdmittingIntake {
  let crowded: ReadonlySet<string> = new Set();
  let before: Look | null = null;
  let lookedAt: Instant = Number.NEGATIVE_INFINITY;
  let looking = false;
  let looked: Promise<void> = Promise.resolve();
  let came = 0;

  async function look(now: Instant): Promise<void> {
    looking = true;
    lookedAt = now;
    came = 0;
    try {
      const waiting = await store.unit((unit) => unit.inbox.waiting(LOOKED_AT));
      const seen = { at: clock.now(), waiting };
      // An old look says nothing of the pace now.
      crowded = crowdedChannels(seen, before !== null && seen.at - before.at <= FRESH_MS ? before : null);
      before = seen;
    } catch {
      // A store that doesn't answer refuses by itself.
      crowded = new Set();
      before = null;
    } finally {
      looking = false;
    }
  }

  const isRefused = ({ conversation, event }: InboxEntry): boolean => event.kind !== "desk" && crowded.has(channelOf(conversation));

  return {
    accept(entries, beside) {
      came += entries.length;
      const now = clock.now();
      // Nobody waits for the look: it is about those who come next.
      if (!looking && now - lookedAt >= LOOK_EVERY_MS && (came >= WORTH_A_LOOK || crowded.size > 0)) looked = look(now);
      if (entries.some(isRefused)) return Promise.reject(CROWDED);
      return intake.accept(entries, beside);
    },
    looked: () => looked,
  };
}
