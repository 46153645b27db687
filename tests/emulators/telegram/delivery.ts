/**
 * Brings updates to the bot as the official server does: one after another per queue, messages of a chat in one queue and
 * presses in another; anything but a 2xx is tried again at once, then after 2, 4, 8 … s, until the update is too old. Without
 * a webhook updates wait for `getUpdates`.
 */
export interface Webhook {
  readonly url: string;
  readonly secret: string | null;
  readonly allowed: readonly string[] | null;
}

export interface QueuedUpdate {
  readonly id: number;
  readonly queue: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bornAt: number;
  readonly lifeMs: number;
}

export interface DeliveryFaults {
  /** Each update is delivered so many times. */
  copies: number;
  /** So many answers are lost: the update counts as not delivered although it was. */
  loseAnswers: number;
}

const MAX_PAUSE_MS = 60_000;

export function createDelivery(now: () => number, pause: (ms: number) => Promise<void>) {
  const queues = new Map<string, Promise<void>>();
  const held = new Map<string, Promise<void>>();
  const waiting: QueuedUpdate[] = [];
  const faults: DeliveryFaults = { copies: 1, loseAnswers: 0 };
  const statuses: number[] = [];
  let webhook: Webhook | null = null;
  let lastError: { readonly at: number; readonly message: string } | null = null;
  let closed = false;
  let polls: (() => void)[] = [];

  async function post(update: QueuedUpdate): Promise<{ readonly ok: boolean; readonly afterMs: number | null }> {
    const to = webhook!;
    try {
      const response = await fetch(to.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...(to.secret === null ? {} : { "x-telegram-bot-api-secret-token": to.secret }) },
        body: JSON.stringify({ update_id: update.id, ...update.body }),
      });
      await response.arrayBuffer();
      statuses.push(response.status);
      if (response.ok && faults.loseAnswers > 0) {
        faults.loseAnswers -= 1;
        return { ok: false, afterMs: null };
      }
      if (!response.ok) lastError = { at: now(), message: `Wrong response from the webhook: ${response.status}` };
      const retryAfter = response.headers.get("retry-after");
      return { ok: response.ok, afterMs: retryAfter === null ? null : Math.min(3_600, Math.max(0, Number(retryAfter))) * 1_000 };
    } catch (error) {
      lastError = { at: now(), message: `Connection failed: ${(error as Error).name}` };
      return { ok: false, afterMs: null };
    }
  }

  async function deliver(update: QueuedUpdate): Promise<void> {
    await held.get(update.queue);
    for (let copy = 0; copy < faults.copies; copy++) {
      for (let failures = 0; ; failures++) {
        if (closed || now() - update.bornAt > update.lifeMs) return;
        if (!webhook) {
          waiting.push(update);
          for (const wake of polls.splice(0)) wake();
          return;
        }
        const answer = await post(update);
        if (answer.ok) break;
        const wait = answer.afterMs ?? (failures === 0 ? 0 : Math.min(MAX_PAUSE_MS, 1_000 * 2 ** failures));
        if (wait > 0) await pause(wait);
      }
    }
  }

  return {
    faults,
    statuses,
    get webhook() {
      return webhook;
    },
    get pending() {
      return waiting.length;
    },
    get lastError() {
      return lastError;
    },
    /** Resolves when the update was delivered or dropped. */
    queue(update: QueuedUpdate): Promise<void> {
      const before = queues.get(update.queue) ?? Promise.resolve();
      const run = before.then(() => deliver(update));
      queues.set(update.queue, run);
      return run;
    },
    /** Keeps a queue back until the returned function is called. */
    hold(queue: string): () => void {
      let release: () => void = () => undefined;
      held.set(
        queue,
        new Promise((resolve) => {
          release = () => {
            held.delete(queue);
            resolve();
          };
        }),
      );
      return release;
    },
    setWebhook(to: Webhook | null): void {
      webhook = to;
      if (to) for (const update of waiting.splice(0)) void this.queue(update);
    },
    /** Everything from `offset` on; what is below it is confirmed. Waits up to `timeoutMs` for the first. */
    async poll(offset: number, limit: number, timeoutMs: number, cut: Promise<void>): Promise<readonly unknown[]> {
      for (let index = waiting.length - 1; index >= 0; index--) if (waiting[index]!.id < offset) waiting.splice(index, 1);
      if (waiting.length === 0 && timeoutMs > 0) {
        let timer: NodeJS.Timeout | undefined;
        const over = new Promise<void>((resolve) => {
          timer = setTimeout(resolve, timeoutMs);
        });
        await Promise.race([over, cut, new Promise<void>((resolve) => polls.push(resolve))]);
        clearTimeout(timer);
      }
      return [...waiting]
        .sort((one, other) => one.id - other.id)
        .slice(0, limit)
        .map((update) => ({ update_id: update.id, ...update.body }));
    },
    async drained(): Promise<void> {
      await Promise.all(queues.values());
    },
    close(): void {
      closed = true;
      for (const wake of polls) wake();
      polls = [];
    },
  };
}

export type Delivery = ReturnType<typeof createDelivery>;
