import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../core/language.ts";
import type { Finding } from "../../../core/ports.ts";
import { openPlace, type Place, SECRET, STAFF_CHAT } from "./support.ts";

let place: Place;
beforeEach(async () => {
  place = await openPlace({ start: false });
});
afterEach(() => place.dispose());

const WANTED = "https://service.example/channels/telegram";
/** As a start would leave it. */
function setWebhook(url = WANTED): void {
  const allowed = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"];
  place.telegram.delivery.setWebhook({ url, secret: SECRET, allowed });
}

async function check(of: Place = place): Promise<readonly Finding[]> {
  const findings = await of.connection.check();
  for (const finding of findings) {
    for (const language of LANGUAGES) {
      expect(finding.what[language]).not.toBe("");
      if (finding.level !== "good") expect(finding.mend?.[language] ?? "").not.toBe("");
    }
    expect(finding.level === "good").toBe(finding.mend === null);
  }
  expect(JSON.stringify(findings)).not.toContain(of.telegram.token.split(":")[1]);
  return findings;
}

const found = async (of: Place = place) =>
  (await check(of)).filter((one) => one.level !== "good").map((one) => `${one.level}: ${one.what.en}`);

describe("check", () => {
  test("finds nothing to mend when all is set up", async () => {
    setWebhook();
    expect(await found()).toEqual([]);
    expect((await check()).map((one) => one.what.en)).toEqual([
      "the Telegram bot @anxin_emulated_bot answers",
      "Telegram's webhook is set",
      "the staff group is ready",
    ]);
  });

  test("a wrong token is all there is to say", async () => {
    const wrong = await openPlace({ start: false, telegram: place.telegram, settings: { botToken: "70000001:wrong" } });
    expect(await found(wrong)).toEqual(["problem: Telegram doesn't accept TELEGRAM_BOT_TOKEN"]);
    await wrong.dispose();
  });

  test("a platform that can't be reached is a finding, not a throw", async () => {
    const away = await openPlace({ start: false, telegram: place.telegram, settings: { apiRoot: "http://127.0.0.1:9" } });
    expect(await found(away)).toEqual(["problem: Telegram can't be reached (ECONNREFUSED)"]);
    await away.dispose();
  });

  test("a webhook that is not set, or set elsewhere, and whose address is not told whole", async () => {
    expect(await found()).toEqual(["problem: Telegram's webhook is not set"]);
    setWebhook("https://other.example/secret/path");
    expect(await found()).toEqual(["problem: Telegram's webhook is set elsewhere: other.example"]);
    expect(JSON.stringify(await check())).not.toContain("secret/path");
  });

  test.each([
    [{ publicUrl: null }, "problem: PUBLIC_URL can't be used for Telegram's webhook"],
    [{ publicUrl: "http://service.example" }, "problem: PUBLIC_URL can't be used for Telegram's webhook"],
    [{ publicUrl: "https://service.example:3000" }, "problem: PUBLIC_URL can't be used for Telegram's webhook"],
    [{ webhookSecret: "short" }, "warning: TELEGRAM_WEBHOOK_SECRET is short enough to be guessed"],
    [{ staffChat: null }, "warning: no staff group is set"],
  ])("%j", async (settings, expected) => {
    setWebhook();
    const other = await openPlace({ start: false, telegram: place.telegram, settings });
    expect(await found(other)).toContain(expected);
    await other.dispose();
  });

  test("deliveries that fail, and subscriptions that are missing", async () => {
    place.telegram.delivery.setWebhook({ url: WANTED, secret: SECRET, allowed: ["message"] });
    const failing = `${place.url}/nowhere`;
    place.telegram.delivery.setWebhook({ url: failing, secret: SECRET, allowed: null });
    void place.telegram.customer(1).say("你好");
    while (place.telegram.delivery.lastError === null) await new Promise((resolve) => setImmediate(resolve));
    place.telegram.delivery.setWebhook({ url: WANTED, secret: SECRET, allowed: ["message"] });
    expect(await found()).toEqual([
      "warning: the webhook doesn't ask for edited_message, callback_query, my_chat_member, message_reaction",
      "warning: Telegram's last delivery failed: Wrong response from the webhook: 404",
    ]);
  });

  test("polling with a webhook in its way", async () => {
    const polling = await openPlace({ start: false, telegram: place.telegram, settings: { mode: "polling" } });
    expect(await found(polling)).toEqual([]);
    setWebhook("https://other.example/x");
    expect(await found(polling)).toEqual(["warning: a webhook at other.example is set, so polling gets nothing"]);
    await polling.dispose();
  });

  test("the staff group: not there, no forum, no admin, privacy mode, missing rights", async () => {
    setWebhook();
    const { group } = place.telegram.staff;
    group.bot.can_pin_messages = false;
    expect(await found()).toEqual(["warning: the bot may not pin: a page can be missed by who has muted the group"]);
    group.bot.can_manage_topics = false;
    expect(await found()).toEqual(["problem: the bot may not manage topics"]);
    group.bot.status = "member";
    place.telegram.world.bot.privacy = true;
    group.forum = false;
    expect(await found()).toEqual([
      "problem: the staff group has no topics",
      "problem: the bot is no admin of the staff group",
      "problem: privacy mode is on: the bot doesn't see what staff write",
    ]);
    group.bot.status = "left";
    expect(await found()).toEqual(["problem: the bot is not in the staff group"]);
  });

  test("shows the id of the group that the bot was added to, so that nobody has to look for it", async () => {
    const bare = await openPlace({ telegram: place.telegram, settings: { staffChat: null } });
    await fetch(`${bare.url}/channels/telegram`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": SECRET },
      body: JSON.stringify({
        update_id: 9,
        my_chat_member: {
          chat: { id: STAFF_CHAT, type: "supergroup", title: "客服群", is_forum: true },
          from: { id: 5, is_bot: false, first_name: "x" },
          new_chat_member: { status: "member" },
        },
      }),
    });
    const room = (await check(bare)).find((one) => one.what.en === "no staff group is set");
    expect(room?.mend?.["zh-CN"]).toContain(`TELEGRAM_STAFF_CHAT=${STAFF_CHAT}`);
    await bare.dispose();
  });

  test("a group that moved says its new id", async () => {
    setWebhook();
    const moved = await openPlace({ telegram: place.telegram });
    await place.telegram.staff.move(-1_009_999_999_999);
    expect(await found(moved)).toContain("warning: the staff group was upgraded and has another id");
    await moved.dispose();
  });
});
