/** The same dialogues on every platform: customers and staff write in the emulated clients, the real service answers over HTTP. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareScript } from "../../bots/script/prepare.ts";
import { readScript, type Script } from "../../bots/script/schema.ts";
import type { Booking } from "../../core/booking/state.ts";
import type { Case } from "../../core/cases/state.ts";
import type { Said } from "../emulators/folk.ts";
import type { StreetPlatform } from "../emulators/street.ts";
import { type ServedStreet, serveStreet, until } from "./served-street.ts";

const FOLDER = join(import.meta.dirname, "channels");
const SCRIPTS = readdirSync(FOLDER)
  .sort()
  .map((file) => readScript(file, readFileSync(join(FOLDER, file), "utf8")));
/** Monday, in opening hours; from there time goes on as it does. */
const START = Date.parse("2026-11-23T10:00:00+08:00");

let served: ServedStreet;

beforeAll(async () => {
  const began = Date.now();
  served = await serveStreet({ now: () => START + (Date.now() - began) });
}, 120_000);
afterAll(() => served?.close());

const wordsOf = (said: readonly Said[]): string => said.map((one) => one.text).join("\n");

/** Plays one script as one customer of one platform. */
async function play(platform: StreetPlatform, script: Script, number: number): Promise<void> {
  const customer = platform.customer(number);
  const { store } = served.service.engine;
  const { zone, profile } = served.service.engine.dependencies.model;
  await prepareScript(store, suited(script, number), profile, START, zone, () => customer.conversation);
  const cases = () => store.unit((unit) => unit.records.casesOf(customer.conversation));
  for (const turn of script.turns) {
    const before = customer.seen().length;
    const room = wordsOf(platform.room());
    if ("say" in turn) await customer.say(turn.say);
    else if ("press" in turn) await customer.press(turn.press);
    else if ("staff" in turn) {
      const open = (await cases()).at(-1)?.number ?? null;
      // Nobody answers a case before its thread stands there.
      if (open !== null)
        await until(`${open} in the team chat`, () => store.unit(async (unit) => (await unit.staff.place(platform.name, open)) !== null));
      await platform.member(turn.as ?? profile.staff[0]!.id).say(turn.staff, open);
    }
    const wanted = "expect" in turn ? turn.expect : undefined;
    for (const part of wanted?.reply ?? [])
      await until(`"${part}" for the customer`, () => wordsOf(customer.seen().slice(before)).includes(suitedText(part, number)));
    for (const part of wanted?.staff ?? [])
      await until(`"${part}" in the team chat`, () => occurrences(wordsOf(platform.room()), part) > occurrences(room, part));
  }
  const bookings = (await store.unit((unit) => unit.records.all("booking", "", 1_000))) as Booking[];
  const own = bookings.filter((booking) => booking.conversation === customer.conversation);
  for (const [index, part] of (script.expect?.bookings ?? []).entries()) expect(own[index]).toMatchObject(part);
  const found: readonly Case[] = await cases();
  for (const [index, part] of (script.expect?.cases ?? []).entries()) expect(found[index]).toMatchObject(part);
  // Each message was answered once, as the customer sees it.
  const texts = customer.seen().map((one) => one.text);
  expect(new Set(texts).size).toBe(texts.length);
}

const occurrences = (text: string, part: string): number => text.split(part).length - 1;

/** Numbers and files of their own for each platform, so that none meets another's. */
function suited(script: Script, number: number): Script {
  return { ...script, orders: script.orders.map((order) => ({ ...order, number: suitedText(order.number, number) })) };
}
function suitedText(text: string, number: number): string {
  return text.replace(/^(W\d+)$/, `$1${number}`);
}

describe.each(["telegram", "slack", "wecom"] as const)("on %s", (name) => {
  test.each(SCRIPTS.map((script, index) => [script.title ?? "", script, index] as const))(
    "%s",
    async (_title, script, index) => {
      const platform = served.street.platforms.find((one) => one.name === name)!;
      const number = 1 + index * 3 + ["telegram", "slack", "wecom"].indexOf(name);
      await play(platform, script, number);
      expect(await served.service.engine.store.unit((unit) => unit.staff.failed(10))).toEqual([]);
    },
    180_000,
  );
});
