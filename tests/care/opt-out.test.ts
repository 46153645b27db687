/**
 * Customers who write back to a campaign that they want no more, in their own words and in three languages, with the shipped
 * understanding: what was named stops at once, on all their channels, for them alone, and the answer says what it was.
 */
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import { understanderFor } from "../../bots/understanding.ts";
import { kindsToStop, mayReceive } from "../../core/care/consent.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { Language } from "../../core/language.ts";
import { CARE_KINDS, type CareKind } from "../../core/profile/care-schema.ts";
import { DAY_MS } from "../../core/time.ts";
import type { WordingKey } from "../../core/wording/keys.ts";
import { openBench, pushedChannel } from "../support/bench.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const profile = loadProfile("dealer", "en");
const AUTHOR = profile.staff.find((one) => one.role === "representative")!.id;
const MANAGER = profile.staff.find((one) => one.role === "manager")!.id;
const understander = understanderFor("dealer", profile, "data");

/** What is left after the words; `null` = the button below the message. */
async function leftAfter(
  language: Language,
  words: string | null,
): Promise<{ readonly left: readonly CareKind[]; readonly answer: string }> {
  const [one, other] = [pushedChannel("push"), pushedChannel("other")];
  const bench = openBench({ profile, channels: [one, other], now: NOW, understander: await understander });
  await bench.store.unit(async (unit) => {
    for (const id of ["k1", "k2"]) {
      const agreed = { "care.campaign": { allowed: true, at: NOW, source: "form" } };
      const birthday = { calendar: "solar", year: null, month: 11, date: 28, leap: false } as const;
      await unit.customers.put({ ...newCustomer(id, NOW - DAY_MS), name: "王芳", title: "ms", language, consents: agreed, birthday });
      await unit.customers.linkConversation(`push:${id}`, id);
      await unit.customers.linkConversation(`other:${id}`, id);
    }
  });
  const { campaigns } = bench.engine.care;
  const send = async (name: string): Promise<void> => {
    const text = { "zh-CN": "冬季免费检查。", "zh-TW": "冬季免費檢查。", en: "Free winter check." };
    const { id } = await campaigns.write({ name, text, book: "inspection", audience: {}, startAt: null, endAt: null }, AUTHOR);
    for (const [what, by] of [
      ["submit", AUTHOR],
      ["approve", MANAGER],
      ["start", AUTHOR],
    ] as const)
      await campaigns.act(id, { do: what }, by);
  };
  await send("first");
  await bench.engine.settle();
  const conversation = [...one.sent, ...other.sent].find((message) => message.conversation.endsWith("k1"))!.conversation;
  await bench.post(conversation, words === null ? { kind: "press", value: "intent:opt_out" } : { kind: "message", text: words });
  await bench.engine.settle();
  const answer = (await bench.messages(conversation)).at(-1)!.text;
  const before = [...one.sent, ...other.sent].length;
  await send("second");
  await bench.wait(4 * DAY_MS);
  const file = (await bench.store.unit((unit) => unit.customers.get("k1")))!;
  const left = CARE_KINDS.filter((kind) => mayReceive(file, kind, profile.care));
  const later = [...one.sent, ...other.sent].slice(before);
  const got = (id: string): number => later.filter((message) => message.conversation.endsWith(id)).length;
  expect([words, got("k1") > 0]).toEqual([words, left.includes("campaign") || left.includes("greeting")]);
  expect(got("k2")).toBeGreaterThan(0);
  return { left, answer };
}

const ALL: readonly CareKind[] = [];
const NO_CAMPAIGN: readonly CareKind[] = ["reminder", "survey", "greeting"];
const NO_GREETING: readonly CareKind[] = ["reminder", "survey", "campaign"];

describe("in the middle of a campaign", { timeout: 300_000 }, () => {
  test.each<[Language, string, readonly CareKind[]]>([
    ["zh-CN", "退订", ALL],
    ["zh-CN", "TD", ALL],
    ["zh-CN", "td", ALL],
    ["zh-CN", "别发了", ALL],
    ["zh-CN", "以后别再给我发这些了", ALL],
    ["zh-CN", "别再给我发广告了", NO_CAMPAIGN],
    ["zh-CN", "活动通知不用发给我，保养提醒还要", NO_CAMPAIGN],
    ["zh-CN", "生日祝福就不用发了", NO_GREETING],
    ["zh-CN", "除了保养提醒都别发了", ["reminder"]],
    ["zh-TW", "退訂", ALL],
    ["zh-TW", "不要再傳了", ALL],
    ["zh-TW", "取消訂閱", ALL],
    ["zh-TW", "請不要再傳優惠訊息給我", NO_CAMPAIGN],
    ["zh-TW", "節日問候不用傳了", NO_GREETING],
    ["en", "unsubscribe", ALL],
    ["en", "STOP", ALL],
    ["en", "stop", ALL],
    ["en", "Please stop sending me these", ALL],
    ["en", "no more ads please", NO_CAMPAIGN],
    ["en", "stop the promotions but keep the service reminders", NO_CAMPAIGN],
    ["en", "no more holiday greetings", NO_GREETING],
    ["en", "stop everything except the service reminders", ["reminder"]],
  ])("%s: %s", async (language, words, left) => {
    const after = await leftAfter(language, words);
    expect(after.left).toEqual(left);
    expect(after.answer).toMatch(language === "en" ? /stop|no more|won't/i : /不再|不会|不會|停/);
  });

  test.each<Language>(["zh-CN", "zh-TW", "en"])("the button below it stops campaigns in %s, and nothing else", async (language) => {
    expect((await leftAfter(language, null)).left).toEqual(NO_CAMPAIGN);
  });
});

test.each(["zh-CN", "zh-TW", "en"] as const)("the words behind each stop button name its own kind in %s", (language) => {
  const words = (key: WordingKey) => kindsToStop(profile.wording[key]![language]);
  expect([words("care.stop_words"), words("care.stop_words_greeting"), words("care.stop_words_campaign")]).toEqual([
    ["reminder"],
    ["greeting"],
    ["campaign"],
  ]);
});
