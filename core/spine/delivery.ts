/**
 * Sends what waits in the outbox: in order within each conversation, at least once, with the message's own id as key. A
 * message that can't be delivered becomes an event the conversation hears of, so that a person sees it. Where a channel limits
 * when and how much we may write, push-window.ts decides what goes.
 */
import type { Gate } from "../care/gate.ts";
import type { Channel, Clock, Feed, Pacing, Delivery as SendResult, Store, Unit } from "../ports.ts";
import { type Instant, MINUTE_MS, SECOND_MS } from "../time.ts";
import type { Carrier } from "./carry.ts";
import { channelOf } from "./channel.ts";
import type { StoredMessage } from "./events.ts";
import { decidePush, isPushLimited, loadPush, mergeMessages, messagesNeeded, type PushLedger, saveLedger } from "./push-window.ts";
import { createSingleFile } from "./single-file.ts";
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
  /**
   * Where several processes send: a message that one of them has taken is nobody else's for this long, ms; more than any send
   * takes. 0 or left out = one process.
   */
  readonly holdMs?: number;
  /** How fast each channel may be sent to; left out = as fast as it takes. */
  readonly pacing?: Pacing;
  /** Brings files from one platform to another. */
  readonly carrier?: Carrier;
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
  const careFile = createSingleFile();

  /**
   * Care messages take their places at the store one by one, so that a turn waits for one of them and not for all. What was sent is
   * kept before the next is begun: a kill in between repeats little.
   */
  function unitFor<T>(first: StoredMessage, what: "begin" | "end", work: (unit: Unit) => Promise<T>): Promise<T> {
    return gateFor(first) === null ? store.unit(work) : careFile.run(what, () => store.unit(work));
  }

  /** Sends the first message that waits for a conversation, or as much as may go with it, and keeps what became of it. */
  async function send(first: StoredMessage): Promise<void> {
    const channel = channels.get(channelOf(first.conversation));
    const pause = channel && options.pacing ? await options.pacing.take(first.conversation) : 0;
    if (pause > 0) {
      // No try: it goes when there is room for it.
      await store.unit((unit) => unit.messages.mark(first.seq, "pending", first.attempts, clock.now() + pause));
      return;
    }
    if (channel && isPushLimited(channel.capabilities)) return sendLimited(channel, first);
    if (gateFor(first) && (await unitFor(first, "begin", (unit) => admitted(unit, [first], clock.now()))).length === 0) return;
    await settle(channel, [first], await trySend(channel, first), null);
  }

  /** On a channel with a push window: what may go is chosen and kept first, so that a crash can't change what a key stands for. */
  async function sendLimited(channel: Channel, first: StoredMessage): Promise<void> {
    const { capabilities } = channel;
    const { group, ledger } = await unitFor(first, "begin", async (unit) => {
      const now = clock.now();
      const loaded = await loadPush(unit, capabilities, first, now);
      const { standing } = loaded;
      const waiting = await admitted(unit, loaded.waiting, now);
      if (waiting.length === 0) return { group: [], ledger: standing.ledger };
      const decision = decidePush(standing, waiting);
      const ledger: PushLedger = { ...standing.ledger, group: decision.send.map((message) => message.seq) };
      for (const message of decision.unasked) await unit.messages.mark(message.seq, "failed", message.attempts, now);
      for (const reason of new Set(decision.refuse.map((one) => one.reason))) {
        const refused = decision.refuse.filter((one) => one.reason === reason).map((one) => one.message);
        await giveUp(unit, refused, reason, now);
      }
      await saveLedger(unit, first.conversation, ledger);
      return { group: decision.send, ledger };
    });
    if (group.length === 0) {
      feed.changed(first.conversation);
      return;
    }
    const message = mergeMessages(group, capabilities.buttons);
    await settle(channel, group, await trySend(channel, message), { ledger, cost: messagesNeeded(capabilities, message) });
  }

  async function trySend(channel: Channel | undefined, message: StoredMessage): Promise<SendResult> {
    if (!channel) return { result: "retry", reason: "channel not running", afterMs: MINUTE_MS };
    try {
      if (message.media === null || !options.carrier) return await channel.send(message);
      const carried = await options.carrier.carry(message.media, channel.name, null);
      return carried.result === "read" ? await channel.send({ ...message, media: carried.media }) : carried;
    } catch (error) {
      options.onError(error, message);
      return { result: "retry", reason: error instanceof Error ? error.name : "unknown", afterMs: null };
    }
  }

  /** @param push where the channel limits what we may send: what to count the message against */
  async function settle(
    channel: Channel | undefined,
    group: readonly StoredMessage[],
    result: SendResult,
    push: { readonly ledger: PushLedger; readonly cost: number } | null,
  ): Promise<void> {
    const first = group[0]!;
    const attempts = first.attempts + 1;
    const spent = channel !== undefined && attempts >= retries.tries;
    await unitFor(first, "end", async (unit) => {
      const now = clock.now();
      if (result.result === "retry" && !spent) {
        // The first holds back the others; its group stays written down.
        const pause = Math.max(result.afterMs ?? 0, pauseMs(retries, attempts, options.random()));
        await unit.messages.mark(first.seq, "pending", attempts, now + pause);
        return;
      }
      if (result.result === "sent") {
        for (const message of group) {
          await unit.messages.mark(message.seq, "sent", message.attempts + 1, now);
          await gateFor(message)?.settled(unit, message, "sent", now);
        }
      } else if (result.result === "refused" && result.attended) {
        for (const message of group) {
          await unit.messages.mark(message.seq, "failed", message.attempts + 1, now);
          await gateFor(message)?.settled(unit, message, "refused", now);
        }
      } else await giveUp(unit, group, result.reason, now, result.result);
      if (push === null) return;
      const cost = result.result === "sent" ? (result.messages ?? push.cost) : 0;
      await saveLedger(unit, first.conversation, { ...push.ledger, spent: push.ledger.spent + cost, group: [], opening: null });
    });
    feed.changed(first.conversation);
  }

  /** These will never arrive: a person is told, once for all of them. */
  async function giveUp(
    unit: Unit,
    all: readonly StoredMessage[],
    reason: string,
    now: Instant,
    result: "retry" | "refused" = "refused",
  ): Promise<void> {
    for (const message of all) {
      await unit.messages.mark(message.seq, "failed", message.attempts + 1, now);
      await gateFor(message)?.settled(unit, message, result, now);
    }
    // A care message takes its next way by itself; nobody needs a case for it.
    const group = all.filter((message) => gateFor(message) === null);
    const first = group[0];
    if (!first) return;
    await unit.inbox.accept({
      id: `unsent:${first.conversation}:${first.id}`,
      conversation: first.conversation,
      receivedAt: now,
      event: { kind: "undelivered", message: first.id, text: group.map((message) => message.text).join("\n\n"), reason },
    });
  }

  function gateFor(message: StoredMessage): Gate | null {
    return options.gate?.concerns(message) ? options.gate : null;
  }

  /** Those that may still go out; a care message whose time has passed, or that is no longer wanted, leaves the outbox unsent. */
  async function admitted(unit: Unit, waiting: readonly StoredMessage[], now: Instant): Promise<readonly StoredMessage[]> {
    const kept: StoredMessage[] = [];
    for (const message of waiting) {
      const gate = gateFor(message);
      if (gate === null || (await gate.admit(unit, message, now))) kept.push(message);
      else await unit.messages.mark(message.seq, "failed", message.attempts, now);
    }
    return kept;
  }

  return {
    async deliver() {
      const due = await store.unit(async (unit) => {
        const now = clock.now();
        const found = await unit.messages.due(now, 50);
        if (options.holdMs)
          for (const message of found) await unit.messages.mark(message.seq, "pending", message.attempts, now + options.holdMs);
        return found;
      });
      await Promise.all(due.map(send));
      return due.length;
    },
  };
}
