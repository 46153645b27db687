/**
 * Whether what comes in is still taken. Under a flood it is better to say "busy" at once than to take what will be answered in
 * ten minutes: platforms and pages send again what was refused, and whoever was taken is answered soon.
 *
 * A channel is crowded when many of its events wait and have waited for long. It is judged by the oldest that wait, over all
 * processes, because they stand in the table; channel by channel, so that a flood on one doesn't shut the others.
 */
import { AnxinError } from "../errors.ts";
import type { Clock, Intake, Store } from "../ports.ts";
import { type Instant, SECOND_MS } from "../time.ts";
import { channelOf } from "./channel.ts";
import type { ConversationId, InboxEntry } from "./events.ts";

/** So many of the oldest that wait are looked at. */
const LOOKED_AT = 400;
/** A channel that has fewer among them is never crowded: a few that fail and are tried again don't make a crowd. */
const CROWD = 150;
/** Waiting longer than this is long, ms. */
const LONG_MS = 3 * SECOND_MS;
/** Between two looks, ms; in between, the last one counts. */
const LOOK_EVERY_MS = 250;
/** Where fewer than this came in since the last look, there is no flood to look for. */
const WORTH_A_LOOK = 25;

/** Channels on which too much has waited for too long. */
export function crowdedChannels(
  oldest: readonly { readonly conversation: ConversationId; readonly at: Instant }[],
  now: Instant,
): ReadonlySet<string> {
  const late = oldest.filter(({ at }) => now - at > LONG_MS);
  const byChannel = Map.groupBy(late, ({ conversation }) => channelOf(conversation));
  return new Set([...byChannel].filter(([, rows]) => rows.length >= CROWD).map(([channel]) => channel));
}

export interface AdmittingIntake extends Intake {
  /** Resolves when the last look at what waits is over. */
  readonly looked: () => Promise<void>;
}

/** The same intake; customers' events of a crowded channel are refused with `AnxinError("overloaded")`, what staff do never is. */
export function withAdmission(intake: Intake, store: Store, clock: Clock): AdmittingIntake {
  let crowded: ReadonlySet<string> = new Set();
  let lookedAt: Instant = Number.NEGATIVE_INFINITY;
  let looking = false;
  let looked: Promise<void> = Promise.resolve();
  let came = 0;

  async function look(now: Instant): Promise<void> {
    looking = true;
    lookedAt = now;
    came = 0;
    try {
      crowded = crowdedChannels(await store.unit((unit) => unit.inbox.waiting(LOOKED_AT)), now);
    } catch {
      // A store that doesn't answer refuses by itself.
      crowded = new Set();
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
      if (entries.some(isRefused))
        return Promise.reject(new AnxinError("overloaded", "too many events of this channel wait for their turn; try again in a moment"));
      return intake.accept(entries, beside);
    },
    looked: () => looked,
  };
}
