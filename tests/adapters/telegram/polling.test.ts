import { afterEach, describe, expect, test } from "vitest";
import { startTelegramEmulator } from "../../emulators/telegram/index.ts";
import { createTestTime, openPlace, type Place, STAFF_CHAT } from "./support.ts";

const open: Place[] = [];
afterEach(async () => {
  for (const place of open.splice(0).reverse()) await place.dispose();
});

const POLLING = { settings: { mode: "polling", webhookSecret: null, publicUrl: null }, limits: { pollSeconds: 1 } } as const;

async function polled(more: Parameters<typeof openPlace>[0] = {}): Promise<Place> {
  const place = await openPlace({ ...POLLING, ...more });
  open.push(place);
  return place;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const texts = async (place: Place) =>
  (await place.entries()).flatMap((entry) => (entry.event.kind === "message" ? [entry.event.text] : []));

describe("polling", () => {
  test("has no route for a webhook, and takes one away that is in its way", async () => {
    const time = createTestTime();
    const telegram = await startTelegramEmulator({ clock: time, staffChat: STAFF_CHAT });
    telegram.delivery.setWebhook({ url: "https://old.example/hook", secret: null, allowed: null });
    const place = await polled({ telegram, time });
    expect(telegram.delivery.webhook).toBeNull();
    expect(telegram.world.dropped).toBe(false);
    expect((await fetch(`${place.url}/channels/telegram`, { method: "POST" })).status).toBe(404);
  });

  test("brings what customers write, in order", async () => {
    const place = await polled();
    const customer = place.telegram.customer(11);
    for (const text of ["一", "二", "三"]) await customer.say(text);
    await until(async () => (await texts(place)).length === 3);
    expect(await texts(place)).toEqual(["一", "二", "三"]);
  });

  test("confirms nothing that was not kept", async () => {
    const place = await polled();
    place.overloaded = true;
    const customer = place.telegram.customer(11);
    await customer.say("一");
    await until(() => place.logged.some((line) => line.event === "telegram.update_not_kept"));
    expect(place.telegram.delivery.pending).toBe(1);
    place.overloaded = false;
    await until(async () => (await texts(place)).length === 1);
  });

  test("a batch that was kept and not confirmed before a crash is known the second time", async () => {
    const place = await polled();
    const customer = place.telegram.customer(11);
    await customer.say("一");
    await until(async () => (await texts(place)).length === 1);
    open.splice(open.indexOf(place), 1);
    const next = await place.again();
    open.push(next);
    await customer.say("二");
    await until(async () => (await texts(next)).length === 2);
    expect(await texts(next)).toEqual(["一", "二"]);
  });

  test("goes on after faults of the platform, whatever they are", async () => {
    const place = await polled();
    place.telegram.faults.next("getUpdates", { kind: "reset" }, { kind: "gateway" }, { kind: "down" }, { kind: "busy", retryAfter: 3 });
    const customer = place.telegram.customer(11);
    await customer.say("还在吗");
    await until(async () => (await texts(place)).length === 1);
  });

  test("of two processes on one database one polls, and the other takes over when it ends", async () => {
    const first = await polled();
    // Time stands still while the one polls: waits that jump ahead would outrun its lease during a poll in real time.
    first.time.auto = false;
    const second = await polled({ telegram: first.telegram, time: first.time, store: first.store });
    const conflicts = () => [...first.logged, ...second.logged].filter((line) => line.data["failure"] === "conflict");
    const customer = first.telegram.customer(11);
    await customer.say("一");
    await until(async () => (await texts(first)).length === 1);
    expect(conflicts()).toEqual([]);
    await first.connection.stop();
    await customer.say("二");
    await until(async () => {
      await first.time.advance(1_000);
      return (await texts(first)).length === 2;
    });
    expect(conflicts()).toEqual([]);
    first.time.auto = true;
    await first.time.advance(60_000);
  });

  test("a second program with the same token is said aloud, and ended by nobody but its owner", async () => {
    const first = await polled();
    const stranger = await polled({ telegram: first.telegram, time: first.time });
    await until(() => [...first.logged, ...stranger.logged].some((line) => line.level === "error" && line.data["failure"] === "conflict"));
    const customer = first.telegram.customer(11);
    await customer.say("一");
    // Two databases: which of them gets it, or both before either confirms it, is Telegram's affair.
    await until(async () => [...(await texts(first)), ...(await texts(stranger))].length >= 1);
  });
});
