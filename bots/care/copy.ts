/** Copies what care rests on into another store, so that the coming days can be played without touching the shop's own. */
import type { Store } from "../../core/ports.ts";
import { channelOf } from "../../core/spine/channel.ts";
import type { Change } from "../../core/spine/outcome.ts";
import { copyPush } from "../../core/spine/push-window.ts";
import { DAY_MS, type Instant } from "../../core/time.ts";

const PAGE = 200;
/** Longer than any span the caps look back. */
const BACK_MS = 32 * DAY_MS;
const KINDS = ["booking", "order", "case"] as const satisfies readonly Change["kind"][];
const KEPT = ["care:planned", "care:pass"] as const;

/**
 * @param limited names of the channels that may only write for a time after the customer did
 * @returns names of the channels on which the customers are reached
 */
export async function copyForCare(from: Store, to: Store, now: Instant, limited: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const channels = new Set<string>();
  const windows: string[] = [];
  let after = "";
  for (;;) {
    const page = await from.unit(async (unit) => {
      const rows = [];
      for (const { file, state } of await unit.care.customers(after, PAGE)) {
        const conversations = [];
        for (const id of await unit.customers.conversationsOf(file.id)) conversations.push({ id, row: await unit.conversations.get(id) });
        rows.push({ file, state, conversations, touches: await unit.care.ofCustomer(file.id, now - BACK_MS) });
      }
      return rows;
    });
    await to.unit(async (unit) => {
      for (const { file, state, conversations, touches } of page) {
        await unit.customers.put(file);
        await unit.care.putState(file.id, state);
        await unit.care.plan(touches);
        for (const { id, row } of conversations) {
          await unit.customers.linkConversation(id, file.id);
          if (row) await unit.conversations.put(row);
          channels.add(channelOf(id));
          if (limited.has(channelOf(id))) windows.push(id);
        }
      }
    });
    // When somebody wrote last decides whether they can be written to at all.
    await from.unit((source) =>
      to.unit(async (unit) => {
        for (const id of windows.splice(0)) await copyPush(source, unit, id);
      }),
    );
    if (page.length < PAGE) break;
    after = page.at(-1)!.file.id;
  }
  for (const kind of KINDS) await copyRecords(from, to, kind);
  await to.unit(async (unit) => {
    for (const campaign of await from.unit((source) => source.care.campaigns(PAGE))) await unit.care.putCampaign(campaign);
    for (const key of KEPT) {
      const value = await from.unit((source) => source.meta.get(key));
      if (value !== null) await unit.meta.set(key, value);
    }
  });
  return channels;
}

async function copyRecords(from: Store, to: Store, kind: Change["kind"]): Promise<void> {
  let after = "";
  for (;;) {
    const page = await from.unit(async (unit) => {
      const rows = [];
      for (const state of await unit.records.all(kind, after, PAGE))
        rows.push({ kind, id: state.number, state, events: await unit.records.events(kind, state.number) } as unknown as Change);
      return rows;
    });
    await to.unit(async (unit) => {
      for (const change of page) await unit.records.save(change, "copy");
    });
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
