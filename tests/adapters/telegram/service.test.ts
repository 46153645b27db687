import { afterEach, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import type { CallFault, Customer } from "../../emulators/telegram/index.ts";
import { type ChannelService, openTelegramService } from "../service.ts";
import type { Place } from "./support.ts";

let service: ChannelService<Place>;
afterEach(async () => {
  expect(service.errors).toEqual([]);
  await service.close();
});

/** What the bot said since the last look. */
function reader(customer: Customer): () => string {
  let from = 0;
  return () => {
    const seen = customer.seen();
    const news = seen.slice(from).map((one) => one.text);
    from = seen.length;
    return news.join("\n");
  };
}

describe("through Telegram, with the real engine,", () => {
  test("staff claim by a reaction and resolve by a command that names the bot; there is one topic", async () => {
    service = await openTelegramService("appliance");
    const { telegram } = service.place;
    const wang = telegram.customer(4002, { language: "zh-hans" });
    const staff = service.profile.staff.find((one) => one.role === "representative")!;
    const member = telegram.staff.member(Number(staff.channels.telegram), staff.name["zh-CN"]);
    const news = reader(wang);
    await wang.say("我要投诉,师傅修完洗衣机把我家地板弄湿了一大片也不擦");
    await service.wait(MINUTE_MS);
    expect(news()).toContain("个案");
    const [topic] = telegram.staff.topics();
    const [card] = telegram.staff.seen(topic!.id);
    expect(card!.text).toContain("地板弄湿了");
    await member.react(card!.id, "👀");
    await service.wait(MINUTE_MS);
    expect(news()).toContain(staff.name["zh-CN"]);
    await member.say("/cause workmanship 没擦地", topic!.id);
    await member.say("/resolve@anxin_emulated_bot 已安排上门清洁。", topic!.id);
    await service.wait(MINUTE_MS);
    expect(news()).toContain("已安排上门清洁");
    const [found] = await service.engine.store.unit((unit) => unit.records.all("case", "", 10));
    expect(found).toMatchObject({ status: "resolved", owner: staff.id });
    expect(telegram.staff.topics()).toHaveLength(1);
  });

  test("a command of the menu asks as words would", async () => {
    service = await openTelegramService("dealer");
    const stranger = service.place.telegram.customer(4004);
    await stranger.say("/status");
    await service.settle();
    expect(stranger.seen().length).toBeGreaterThan(0);
  });

  test("every message is answered once while deliveries come twice and their answers get lost, and Telegram refuses, breaks and forgets", async () => {
    service = await openTelegramService("appliance");
    const { telegram } = service.place;
    const people = Array.from({ length: 6 }, (_, index) => telegram.customer(4100 + index));
    telegram.faults.duplicates = 2;
    const faults: readonly CallFault[] = [
      { kind: "busy", retryAfter: 5 },
      { kind: "reset_after" },
      { kind: "down" },
      { kind: "reset" },
      { kind: "gateway" },
      { kind: "reset_after" },
      { kind: "reset_after" },
    ];
    for (let round = 0; round < 3; round++) {
      telegram.faults.next("sendMessage", ...faults);
      telegram.faults.loseAnswers = 4;
      await Promise.all(people.map((person) => person.say("你们几点开门")));
      await service.wait(20 * MINUTE_MS);
    }
    const history = await service.engine.store.unit((unit) => unit.inbox.history(0, 1_000));
    expect(history.filter((entry) => entry.event.kind === "message")).toHaveLength(18);
    for (const person of people) {
      const kept = await service.engine.store.unit((unit) => unit.messages.list(`telegram:${person.id}`, 0, 100));
      const ours = kept.filter((message) => message.from === "bot");
      expect(ours.every((message) => message.status === "sent")).toBe(true);
      expect(person.seen().map((one) => one.text)).toEqual(ours.map((message) => message.text));
      expect(ours.length).toBeGreaterThanOrEqual(3);
    }
    expect(telegram.world.rates.state.offences).toBe(0);
  });

  test("a clock that jumps by an hour takes nothing away", async () => {
    service = await openTelegramService("appliance");
    const customer = service.place.telegram.customer(4200);
    await customer.say("你们几点开门");
    await service.place.time.advance(HOUR_MS);
    await customer.say("谢谢");
    await service.settle();
    expect(customer.seen().length).toBeGreaterThanOrEqual(2);
  });
});
