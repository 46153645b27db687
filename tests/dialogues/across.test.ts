/** One person on two platforms: joined by proof alone, and answered where they wrote last. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FolkCustomer } from "../emulators/folk.ts";
import { type ServedStreet, serveStreet, until } from "./served-street.ts";

const NAMES = ["telegram", "slack", "wecom"] as const;
type Name = (typeof NAMES)[number];
const WAYS = NAMES.flatMap((from) => NAMES.filter((to) => to !== from).map((to) => [from, to] as const));
/** Monday, in opening hours; from there time goes on as it does. */
const START = Date.parse("2026-11-23T10:00:00+08:00");

let served: ServedStreet;

beforeAll(async () => {
  const began = Date.now();
  served = await serveStreet({ now: () => START + (Date.now() - began) });
}, 120_000);
afterAll(() => served?.close());

const platform = (name: Name) => served.street.platforms.find((one) => one.name === name)!;
const saw = (customer: FolkCustomer, words: string): boolean => customer.seen().some((one) => one.text.includes(words));

test.each(WAYS)(
  "a customer who complains on %s and goes on on %s",
  async (first, second) => {
    const { store, dependencies } = served.service.engine;
    const staff = dependencies.model.profile.staff[0]!.id;
    const number = 60 + WAYS.findIndex(([from, to]) => from === first && to === second);
    const here = platform(first).customer(number);
    const there = platform(second).customer(number);
    const desk = platform("slack");
    const ownerOf = async (customer: FolkCustomer) => store.unit((unit) => unit.customers.ofConversation(customer.conversation));

    await here.say("我要投诉，空调修了三次还是不制冷");
    let found = "";
    await until("a case", async () => {
      found = (await store.unit((unit) => unit.records.casesOf(here.conversation)))[0]?.number ?? "";
      return found !== "" && (await store.unit((unit) => unit.staff.place("slack", found))) !== null;
    });
    const command = (words: string): Promise<void> => desk.member(staff).say(words, found);
    await command("!claim");
    await until("a claim", async () => (await store.unit((unit) => unit.records.case(found)))!.owner === staff);

    // Whoever merely says so is somebody else.
    await there.say("我就是刚才在另一边投诉的客户");
    await until("an answer to the stranger", () => there.seen().length > 0);
    const known = await ownerOf(here);
    expect(known === null || known !== (await ownerOf(there))).toBe(true);
    await command("!reply 请问在家吗");
    await until("the reply where the case was opened", () => saw(here, "请问在家吗"));
    expect(saw(there, "请问在家吗")).toBe(false);

    // A code that staff had made, typed on the other platform, is proof.
    await command("!join");
    let code = "";
    await until("a code", () => {
      code = desk.room().flatMap(({ text }) => (text.includes(found) ? (/输入 (\d{6})/.exec(text)?.slice(1) ?? []) : []))[0] ?? "";
      return code !== "";
    });
    await there.say(code);
    await until("the chats to be one customer's", async () => {
      const [one, other] = [await ownerOf(here), await ownerOf(there)];
      return one !== null && one === other;
    });

    await command("!reply 明天上午主管上门");
    await until("the reply where the customer wrote last", () => saw(there, "明天上午主管上门"));
    expect(saw(here, "明天上午主管上门")).toBe(false);

    const answer = `好的，我在家，门牌${number}号`;
    await here.say(answer);
    await until("those words in the team chat", () => desk.room().some((one) => one.text.includes(answer)));
    await command("!reply 收到，九点见");
    await until("the reply back where it began", () => saw(here, "收到，九点见"));
    expect(saw(there, "收到，九点见")).toBe(false);
    expect(await store.unit((unit) => unit.staff.failed(10))).toEqual([]);
  },
  180_000,
);
