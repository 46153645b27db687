/**
 * Sends what waits in the outbox: in order within each conversation, at least once, with the message's own id as key. A
 * message that can't be delivered becomes an event the conversation hears of, so that a person sees it.
 */
import type { Gate } from "../care/gate.ts";
import type { Channel, Clock, Feed, Store } from "../ports.ts";
import { MINUTE_MS, SECOND_MS } from "../time.ts";
import { channelOf } from "./channel.ts";
import type { StoredMessage } from "./events.ts";
import { pauseMs, type RetryPolicy } from "./worker.ts";

/** A platform that is down comes back within the hour; then a person takes over. */
export const SEND_RETRIES: RetryPolicy = { tries: 12, firstPauseMs: 2 * SECOND_MS, longestPauseMs: 10 * MINUTE_MS };

export interface DeliveryOptions {
  readonly store: Store;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly random: () => number;
  readonly onError: (error: unknown, message: StoredMessage) => void;
  readonly retries?: RetryPolicy;
  /** Asked once more before a care message leaves; what becomes of one is its matter. */
  readonly gate?: Gate;
}

export interface Delivery {
  /** Sends what is due; returns how many messages were tried. */
  deliver(): Promise<number>;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, channels, clock, feed } = options;
  const retries = options.retries ?? SEND_RETRIES;

  async function send(message: StoredMessage): Promise<void> {
    const gate = options.gate?.concerns(message) ? options.gate : null;
    if (gate && !(await admitted(gate, message))) return;
    const channel = channels.get(channelOf(message.conversation));
    let result: Awaited<ReturnType<Channel["send"]>>;
    try {
      result = channel ? await channel.send(message) : { result: "retry", reason: "channel not running", afterMs: MINUTE_MS };
    } catch (error) {
      options.onError(error, message);
      result = { result: "retry", reason: error instanceof Error ? error.name : "unknown", afterMs: null };
    }
    const attempts = message.attempts + 1;
    const now = clock.now();
    const spent = channel !== undefined && attempts >= retries.tries;
    await store.unit(async (unit) => {
      if (result.result === "sent") {
        await unit.messages.mark(message.seq, "sent", attempts, now);
        await gate?.settled(unit, message, "sent", now);
      } else if (result.result === "retry" && !spent) {
        const pause = Math.max(result.afterMs ?? 0, pauseMs(retries, attempts, options.random()));
        await unit.messages.mark(message.seq, "pending", attempts, now + pause);
      } else {
        await unit.messages.mark(message.seq, "failed", attempts, now);
        if (gate) {
          await gate.settled(unit, message, result.result, now);
          return;
        }
        await unit.inbox.accept({
          id: `unsent:${message.conversation}:${message.id}`,
          conversation: message.conversation,
          receivedAt: now,
          event: { kind: "undelivered", message: message.id, text: message.text, reason: result.reason },
        });
      }
    });
    feed.changed(message.conversation);
  }

  /** A message whose time has passed, or that is no longer wanted, leaves the outbox unsent. */
  async function admitted(gate: Gate, message: StoredMessage): Promise<boolean> {
    return store.unit(async (unit) => {
      const now = clock.now();
      const goes = await gate.admit(unit, message, now);
      if (!goes) await unit.messages.mark(message.seq, "failed", message.attempts, now);
      return goes;
    });
  }

  return {
    async deliver() {
      const due = await store.unit((unit) => unit.messages.due(clock.now(), 50));
      await Promise.all(due.map(send));
      return due.length;
    },
  };
}
