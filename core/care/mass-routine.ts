/**
 * What staff are to send by hand is prepared at the platform where it allows that: customers who get the same words are one sending,
 * which a member of staff confirms with one tap. What became of it is read back; who has no such contact is called, or recorded as not
 * reachable. What is too late, or out of place by now, leaves the list and is withdrawn.
 *
 * A task: not prepared ──► asked for (kept before the platform is called) ──► prepared ──► sent | called | not reachable
 * An answer that was lost is looked for before anything is asked a second time, so that nobody is written to twice.
 */
import { memberOn } from "../desk/people.ts";
import type { Channel, Clock, MassOutcome, MassSending, Store, Unit } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import { channelOf } from "../spine/channel.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../time.ts";
import { splitText } from "../wording/split.ts";
import { loadReaches } from "./load.ts";
import { objectionTo } from "./recheck.ts";
import type { Routine } from "./runtime.ts";
import { nextByHand } from "./staff-task.ts";
import { moveTouch, type StaffTask, type Touch } from "./touch.ts";

/** Tasks a transaction. */
const PAGE = 50;
/** The list is gone through this often, and once a day where no platform prepares anything. */
const LOOK_MS = 15 * MINUTE_MS;
/** A task waits this long for others with the same words: each sending is one more tap for staff. */
const GATHER_MS = 15 * MINUTE_MS;
/** A platform that refused is not asked again for this long; staff have their list meanwhile. */
const REFUSED_MS = 6 * HOUR_MS;

/** A platform that has not answered for this long is not waited for before a task leaves the list. */
const UNANSWERED_MS = DAY_MS;

export interface MassRoutineOptions {
  readonly store: Store;
  readonly model: BusinessModel;
  readonly channels: ReadonlyMap<string, Channel>;
  /** By channel. */
  readonly sendings: ReadonlyMap<string, MassSending>;
  readonly clock: Clock;
  readonly onError: (what: string, error: unknown) => void;
}

/** Tasks that belong together, and the channel they are for. */
interface Batch {
  readonly channel: string;
  readonly text: string;
  readonly ids: string[];
  /** Of a sending asked for before: its id, or `null` for one whose answer was lost. */
  readonly sent: { readonly id: string | null; readonly at: Instant } | null;
}

/** One time through the list. */
interface Pass {
  /** Last task looked at; `null` = all were. */
  after: string | null;
  readonly batches: Map<string, Batch>;
  /** Prepared sendings in which somebody is no longer to be written to. */
  readonly spoilt: Set<string>;
}

export function createMassRoutine({ store, model, channels, sendings, clock, onError }: MassRoutineOptions): Routine {
  let lookAt: Instant = 0;
  let pass: Pass | null = null;
  const refusedUntil = new Map<string, Instant>();

  return {
    async step() {
      const now = clock.now();
      if (pass === null) {
        if (now < lookAt) return 0;
        pass = { after: "", batches: new Map(), spoilt: new Set() };
      }
      const under = pass;
      if (under.after !== null) return store.unit((unit) => sort(unit, under, now));
      const [next] = under.batches;
      if (!next) {
        pass = null;
        lookAt = now + (sendings.size > 0 ? LOOK_MS : DAY_MS);
        return 0;
      }
      const [key, batch] = next;
      under.batches.delete(key);
      const sending = sendings.get(batch.channel);
      if (sending) await work(sending, batch, under.spoilt.has(key), now).catch((error) => onError("mass sending", error));
      return 1;
    },
    nextAt: (now) => (pass === null ? Math.max(lookAt, 0) : now),
  };

  /** A page of the list: what is out of place leaves it, the rest is put together. */
  async function sort(unit: Unit, under: Pass, now: Instant): Promise<number> {
    const page = await unit.care.tasks(under.after!, PAGE);
    for (const touch of page) if (touch.task?.way === "mass") await sortOne(unit, under, touch, touch.task, now);
    under.after = page.length < PAGE ? null : page.at(-1)!.id;
    return Math.max(1, page.length);
  }

  async function sortOne(unit: Unit, under: Pass, touch: Touch, task: StaffTask, now: Instant): Promise<void> {
    const { sending } = task;
    const customer = await unit.customers.get(touch.customerId);
    const objection = customer ? await objectionTo(unit, touch, customer, model, channels, now) : null;
    if (sending) {
      const key = `${channelOf(sending.conversation)}|${sending.id ?? `${sending.at}|${task.text}`}`;
      // Whether it was sent meanwhile is asked first, as long as there is somebody to ask.
      if (objection && sending.id === null && now - sending.at > UNANSWERED_MS) {
        await unit.care.put(objection);
        return;
      }
      if (objection && sending.id !== null) under.spoilt.add(key);
      join(under, key, { channel: channelOf(sending.conversation), text: task.text, sent: sending }, touch.id);
      return;
    }
    if (objection) {
      await unit.care.put(objection);
      return;
    }
    if (sendings.size === 0 || now - touch.at < GATHER_MS) return;
    const conversation = (await bestFirst(unit, touch.customerId, now)).find((one) => maySend(channelOf(one), task.text, now));
    if (conversation === undefined) return;
    const channel = channelOf(conversation);
    join(under, `${channel}|new|${task.text}`, { channel, text: task.text, sent: null }, touch.id);
  }

  /** Conversations of a customer who did not block us, the one used last first. */
  async function bestFirst(unit: Unit, customerId: string, now: Instant): Promise<readonly string[]> {
    return (await loadReaches(unit, channels, customerId, now))
      .filter((one) => !one.blocked)
      .sort((one, other) => other.lastAt - one.lastAt || (one.conversation < other.conversation ? -1 : 1))
      .map((one) => one.conversation);
  }

  function maySend(channel: string, text: string, now: Instant): boolean {
    const sending = sendings.get(channel);
    return sending !== undefined && (refusedUntil.get(channel) ?? 0) <= now && splitText(text, sending.textLimit).length === 1;
  }

  async function work(sending: MassSending, batch: Batch, spoilt: boolean, now: Instant): Promise<void> {
    if (batch.sent?.id) return follow(sending, batch, batch.sent.id, spoilt, now);
    if (batch.sent) return prepare(sending, batch, batch.ids, batch.sent.at, now);
    for (let from = 0; from < batch.ids.length; from += sending.most)
      await prepare(sending, batch, batch.ids.slice(from, from + sending.most), null, now);
  }

  /** @param begun when it was asked for before; `null` = not yet */
  async function prepare(sending: MassSending, batch: Batch, ids: readonly string[], begun: Instant | null, now: Instant): Promise<void> {
    if ((refusedUntil.get(batch.channel) ?? 0) > now) return;
    const conversations = begun === null ? await begin(batch.channel, ids, now) : await begunFor(ids);
    if (conversations.size === 0) return;
    const prepared = await sending.prepare(batch.text, [...conversations.values()], begun);
    if (prepared.result === "retry") return;
    if (prepared.result === "refused") refusedUntil.set(batch.channel, now + REFUSED_MS);
    await settle(conversations, (unit, touch, conversation) => {
      if (prepared.result === "refused") return withSending(touch, null);
      if (prepared.id === null || prepared.left.includes(conversation)) return otherWay(unit, touch, "not_a_contact", now);
      return withSending(touch, { conversation, id: prepared.id, at: begun ?? now });
    });
  }

  /** Writes down what is asked for before it is: a stop in between leaves a trace. @returns conversations by task */
  function begin(channel: string, ids: readonly string[], now: Instant): Promise<ReadonlyMap<string, string>> {
    return store.unit(async (unit) => {
      const found = new Map<string, string>();
      for (const id of ids) {
        const touch = await unit.care.get(id);
        if (touch?.status !== "task" || touch.task?.way !== "mass" || touch.task.sending) continue;
        const conversation = (await bestFirst(unit, touch.customerId, now)).find((one) => channelOf(one) === channel);
        if (conversation === undefined) continue;
        found.set(id, conversation);
        await unit.care.put(withSending(touch, { conversation, id: null, at: now }));
      }
      return found;
    });
  }

  /** Of tasks those that were asked for and are open, with their conversations. */
  function begunFor(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return store.unit(async (unit) => {
      const found = new Map<string, string>();
      for (const id of ids) {
        const touch = await unit.care.get(id);
        if (touch?.status === "task" && touch.task?.sending) found.set(id, touch.task.sending.conversation);
      }
      return found;
    });
  }

  /** Reads back what became of a sending, and withdraws it when somebody in it is no longer to be written to. */
  async function follow(sending: MassSending, batch: Batch, id: string, spoilt: boolean, now: Instant): Promise<void> {
    const conversations = await begunFor(batch.ids);
    await readBack(sending, id, conversations, now);
    if (!spoilt) return;
    await sending.withdraw(id);
    // Somebody may have sent it in between.
    await readBack(sending, id, await begunFor(batch.ids), now);
    await settle(await begunFor(batch.ids), async (unit, touch) => {
      const customer = await unit.customers.get(touch.customerId);
      const free = withSending(touch, null);
      return (customer && (await objectionTo(unit, free, customer, model, channels, now))) ?? free;
    });
  }

  async function readBack(sending: MassSending, id: string, conversations: ReadonlyMap<string, string>, now: Instant): Promise<void> {
    if (conversations.size === 0) return;
    const outcomes = await sending.outcomes(id, [...conversations.values()]);
    await settle(conversations, (unit, touch, conversation) => ended(unit, touch, outcomes.get(conversation), conversation, now));
  }

  function ended(
    unit: Unit,
    touch: Touch,
    outcome: MassOutcome | undefined,
    conversation: string,
    now: Instant,
  ): Touch | null | Promise<Touch | null> {
    switch (outcome?.result) {
      case "sent": {
        const by = memberOn(model.profile, channelOf(conversation), outcome.by)?.id ?? outcome.by;
        return moveTouch(touch, now, "sent", null, { conversation, result: { at: now, by, reached: true, score: null, text: "" } });
      }
      case "not_a_contact":
        return otherWay(unit, touch, "not_a_contact", now);
      case "full":
        return otherWay(unit, touch, "platform_full", now);
      default:
        return null;
    }
  }

  async function otherWay(unit: Unit, touch: Touch, why: "not_a_contact" | "platform_full", now: Instant): Promise<Touch> {
    const customer = await unit.customers.get(touch.customerId);
    return customer ? nextByHand(unit, model, touch, customer, why, now) : moveTouch(touch, now, "unreachable", why);
  }

  /** Keeps what became of tasks that are still open, a page a transaction. @param of the touch as it is to be, `null` = as it was */
  async function settle(
    conversations: ReadonlyMap<string, string>,
    of: (unit: Unit, touch: Touch, conversation: string) => Touch | null | Promise<Touch | null>,
  ): Promise<void> {
    const all = [...conversations];
    for (let from = 0; from < all.length; from += PAGE)
      await store.unit(async (unit) => {
        for (const [id, conversation] of all.slice(from, from + PAGE)) {
          const touch = await unit.care.get(id);
          // A person may have finished it by hand in between.
          const next = touch?.status === "task" && touch.task?.sending ? await of(unit, touch, conversation) : null;
          if (next) await unit.care.put(next);
        }
      });
  }
}

function join(under: Pass, key: string, batch: Omit<Batch, "ids">, id: string): void {
  const known = under.batches.get(key);
  if (known) known.ids.push(id);
  else under.batches.set(key, { ...batch, ids: [id] });
}

/** The task with what is known of its sending; `null` = it has none. */
function withSending(touch: Touch, sending: NonNullable<StaffTask["sending"]> | null): Touch {
  const { sending: _old, ...task } = touch.task!;
  return { ...touch, task: sending === null ? task : { ...task, sending } };
}
