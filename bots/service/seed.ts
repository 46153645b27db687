/** What a store held before its first event, put into an empty one: sample data as it was loaded, imports as they are now. */

import type { OrderEvent, WorkOrder } from "../../core/orders/state.ts";
import type { Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { Instant } from "../../core/time.ts";
import { loadSample } from "./sample.ts";

export interface SeedOptions {
  readonly profile: Profile;
  /** Conversations of the history. */
  readonly conversations: readonly string[];
  /** Instant of the first event; what is older was there before. */
  readonly before: Instant;
  readonly zone: string;
}

/** Customers that turns have begun carry a drawn number; those are begun by the replay itself. */
const DRAWN = /^U\d+$/;

export async function seedFrom(from: Store, into: Store, options: SeedOptions): Promise<void> {
  const { profile, conversations, before, zone } = options;
  const sample = profile.sample.customers[0];
  const loadedAt = sample && (await from.unit((unit) => unit.customers.get(`sample-${sample.id}`)))?.createdAt;
  if (loadedAt !== undefined) await loadSample(into, profile, loadedAt, zone);
  for (const conversation of conversations) {
    const file = await from.unit(async (unit) => {
      const id = await unit.customers.ofConversation(conversation);
      return id === null ? null : unit.customers.get(id);
    });
    if (!file || (DRAWN.test(file.id) && file.createdAt >= before)) continue;
    await into.unit(async (unit) => {
      if ((await unit.customers.get(file.id)) === null) await unit.customers.put(file);
      await unit.customers.linkConversation(conversation, file.id);
    });
  }
  for (let after = ""; ; ) {
    const page = (await from.unit((unit) => unit.records.all("order", after, 500))) as readonly WorkOrder[];
    for (const order of page) await seedOrder(from, into, order.number, before);
    if (page.length < 500) return;
    after = page.at(-1)!.number;
  }
}

/** An order that was there before, as it was opened; what came of it since comes with the events. */
async function seedOrder(from: Store, into: Store, number: string, before: Instant): Promise<void> {
  const [first] = (await from.unit((unit) => unit.records.events("order", number))) as readonly OrderEvent[];
  if (first?.type !== "order_opened" || first.at >= before) return;
  await into.unit(async (unit) => {
    if ((await unit.records.order(number)) !== null) return;
    await unit.records.save({ kind: "order", id: number, events: [first], state: first.order }, "seed");
  });
}
