/**
 * Pauses between pieces of work, in which requests are answered.
 *
 * A pause is one round of the event loop, as `setImmediate` makes it. But a round ends only when what stood ready on all connections
 * was read: with a thousand busy connections libuv looks at them up to 48 times running before it comes to anything else, and a
 * connection that carries many requests at once has them all read together. In a flood a round then takes a second or more, and
 * whoever was admitted would wait for its end. So each request also looks whether a pause has been long enough.
 */
export interface Rounds {
  /** Resolves after one round, or earlier when that takes long. */
  readonly next: () => Promise<void>;
  /** Calls back after one round, or earlier when that takes long. The caller sees to the context it is called in. */
  readonly soon: (call: () => void) => void;
  /** To be called at each request. */
  readonly onRequest: () => void;
}

/** A pause ends early after this much, ms, at the least: some hundred requests have been answered. */
const LEAST_MS = 15;
/** And after so many times what the work before it took: in a flood most of the time goes to saying "busy" soon. */
const TIMES_THE_WORK = 4;
/** So many requests in one pause are a flood: then it lasts so long even where the rounds are short. */
const FLOOD = 50;
/** And after this much at the most, ms, however long the work took. */
const MOST_MS = 250;

/** @param now ms of any clock that only goes forward */
export function createRounds(now: () => number = () => performance.now()): Rounds {
  let waiting: (() => void)[] = [];
  let since = 0;
  let longMs = LEAST_MS;
  /** In this pause, and those of them up to the last round. */
  let requests = 0;
  let seen = 0;
  let round: NodeJS.Immediate | undefined;

  function end(): void {
    clearImmediate(round);
    const calls = waiting;
    waiting = [];
    since = now();
    requests = 0;
    seen = 0;
    for (const call of calls) call();
  }

  function soon(call: () => void): void {
    if (waiting.length === 0) {
      const workedMs = now() - since;
      longMs = Math.min(MOST_MS, Math.max(LEAST_MS, TIMES_THE_WORK * workedMs));
      since += workedMs;
      round = setImmediate(endOfRound);
    }
    waiting.push(call);
  }

  function endOfRound(): void {
    const isPouring = requests >= FLOOD && requests > seen;
    seen = requests;
    if (isPouring && now() - since < longMs) round = setImmediate(endOfRound);
    else end();
  }

  return {
    soon,
    next: () => new Promise((resolve) => soon(resolve)),
    onRequest() {
      requests += 1;
      if (waiting.length > 0 && now() - since >= longMs) end();
    },
  };
}
