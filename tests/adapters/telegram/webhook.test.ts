import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPlace, type Place, SECRET } from "./support.ts";

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.dispose());

const HEADER = "X-Telegram-Bot-Api-Secret-Token";
const UPDATE = {
  update_id: 1,
  message: { message_id: 1, date: 1, chat: { id: 7, type: "private" }, from: { id: 7, is_bot: false, first_name: "x" }, text: "hi" },
};

async function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = { [HEADER]: SECRET },
): Promise<number> {
  const response = await fetch(`${place.url}/channels/telegram`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

describe("POST /channels/telegram", () => {
  test("keeps an update that shows the secret and answers 200 without a body", async () => {
    const response = await fetch(`${place.url}/channels/telegram`, {
      method: "POST",
      headers: { "content-type": "application/json", [HEADER]: SECRET },
      body: JSON.stringify(UPDATE),
    });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(await place.entries()).toMatchObject([{ id: "telegram:7:70000001.1", event: { kind: "message", text: "hi" } }]);
  });

  test.each<readonly [string, string, Readonly<Record<string, string>>, number]>([
    ["no secret", JSON.stringify(UPDATE), {}, 401],
    ["an empty secret", JSON.stringify(UPDATE), { [HEADER]: "" }, 401],
    ["another secret", JSON.stringify(UPDATE), { [HEADER]: "hook-secret_0123456789abcdeg" }, 401],
    ["the secret cut short", JSON.stringify(UPDATE), { [HEADER]: SECRET.slice(0, -1) }, 401],
    ["the secret with more behind", JSON.stringify(UPDATE), { [HEADER]: `${SECRET}x` }, 401],
    ["the secret in another case", JSON.stringify(UPDATE), { [HEADER]: SECRET.toUpperCase() }, 401],
    ["the secret as bearer", JSON.stringify(UPDATE), { authorization: `Bearer ${SECRET}` }, 401],
    ["no secret and a body that is too large", "x".repeat(200_000), {}, 401],
    ["a body that is too large", JSON.stringify({ ...UPDATE, x: "x".repeat(200_000) }), { [HEADER]: SECRET }, 413],
    ["a truncated body", JSON.stringify(UPDATE).slice(0, -5), { [HEADER]: SECRET }, 400],
    ["no body", "", { [HEADER]: SECRET }, 400],
    ["another content type", JSON.stringify(UPDATE), { [HEADER]: SECRET, "content-type": "text/plain" }, 415],
    ["JSON that is too deep", `${'{"a":'.repeat(40)}1${"}".repeat(40)}`, { [HEADER]: SECRET }, 400],
  ])("refuses %s, and nothing reaches the inbox", async (_name, body, headers, status) => {
    expect(await post(body, headers)).toBe(status);
    expect(await place.entries()).toEqual([]);
  });

  test("refuses bytes that are no UTF-8", async () => {
    expect(await post(new Uint8Array([0x22, 0xff, 0xfe, 0x22]))).toBe(400);
  });

  test("refuses 300 made-up secrets", async () => {
    const runs = 300;
    let refused = 0;
    const near = fc.nat(SECRET.length - 1).map((at) => SECRET.slice(0, at) + (SECRET[at] === "x" ? "y" : "x") + SECRET.slice(at + 1));
    const made = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
    await fc.assert(
      fc.asyncProperty(fc.oneof(near, made), async (secret) => {
        fc.pre(secret !== SECRET);
        expect(await post(JSON.stringify(UPDATE), { [HEADER]: secret })).toBe(401);
        refused += 1;
      }),
      { numRuns: runs, seed: 7 },
    );
    expect(refused).toBe(runs);
    expect(await place.entries()).toEqual([]);
  });

  test("takes 300 strange bodies behind the right secret without a fault, and none reaches the inbox", async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((json) => json.slice(1)),
        ),
        async (body) => {
          const status = await post(body);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        },
      ),
      { numRuns: 300, seed: 8 },
    );
    expect([...statuses.keys()].filter((status) => ![200, 400].includes(status))).toEqual([]);
    expect([...statuses.values()].reduce((sum, count) => sum + count)).toBe(300);
    expect(await place.entries()).toEqual([]);
  });

  test("answers 503 when too much waits, and the platform's next try is taken", async () => {
    place.overloaded = true;
    expect(await post(JSON.stringify(UPDATE))).toBe(503);
    expect(await place.entries()).toEqual([]);
    place.overloaded = false;
    expect(await post(JSON.stringify(UPDATE))).toBe(200);
    expect(await place.entries()).toHaveLength(1);
  });

  test("a replayed update is one entry", async () => {
    for (let round = 0; round < 5; round++) expect(await post(JSON.stringify(UPDATE))).toBe(200);
    expect(await place.entries()).toHaveLength(1);
  });

  test("takes nothing once it stops: the platform keeps it for the next process", async () => {
    await place.connection.stop();
    expect(await post(JSON.stringify(UPDATE))).toBe(503);
    expect(await place.entries()).toEqual([]);
  });
});

describe("connectTelegram", () => {
  test.each([
    ["TELEGRAM_BOT_TOKEN", { botToken: "no token" }],
    ["TELEGRAM_WEBHOOK_SECRET", { webhookSecret: null }],
    ["TELEGRAM_WEBHOOK_SECRET", { webhookSecret: "with space" }],
    ["TELEGRAM_API_ROOT", { apiRoot: "api.telegram.org" }],
    ["TELEGRAM_STAFF_CHAT", { staffChat: "12345" }],
  ])("names %s when it can't be used, and tells no secret", async (variable, settings) => {
    await expect(openPlace({ settings, telegram: place.telegram })).rejects.toMatchObject({ code: "settings_invalid", data: { variable } });
    await expect(openPlace({ settings, telegram: place.telegram })).rejects.not.toThrow(/AAEmulated|with space/);
  });
});

describe("start", () => {
  test("sets the webhook with its secret and everything that we read, and throws nothing away", async () => {
    const set = place.telegram.calls.find((call) => call.method === "setWebhook")!.params;
    expect(set).toMatchObject({
      url: "https://service.example/channels/telegram",
      secret_token: SECRET,
      allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"],
    });
    expect(place.telegram.world.dropped).toBe(false);
  });

  test("offers commands to customers and staff in the languages that Telegram tells apart", () => {
    const keys = [...place.telegram.world.commands.keys()];
    expect(keys).toEqual(["all_private_chats::", "all_private_chats::zh", "chat:-1001234567890:", "chat:-1001234567890:zh"]);
  });

  test("offers traditional script to a chat whose client is set to it", async () => {
    await place.telegram.customer(8, { language: "zh-hant" }).start();
    await place.connection.stop();
    expect(place.telegram.world.commands.get("chat:8:")?.[0]?.description).toBe("預約服務");
  });

  test("is tried again when the platform is down, without holding up what is there already", async () => {
    const other = await openPlace({ start: false });
    other.telegram.faults.next("getMe", { kind: "reset" }, { kind: "down" });
    await other.connection.start();
    await other.connection.stop();
    expect(other.logged.filter((line) => line.event === "telegram.setup_failed").length).toBeGreaterThan(0);
    await other.dispose();
  });
});
