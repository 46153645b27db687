import { afterEach, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import type { CallFault, Customer } from "../../emulators/telegram/index.ts";
import { openTelegramService, type TelegramService } from "./service.ts";

let service: TelegramService;
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
  test("a customer books by talking and pressing, and is reminded in time", async () => {
    service = await openTelegramService("appliance");
    const li = service.place.telegram.customer(4001, { language: "zh-hans" });
    const news = reader(li);
    await li.say("空调不制冷了,明天下午3点能来吗,徐汇区漕溪北路88号12楼1203,李建军 13916628451");
    await service.settle();
    expect(news()).toContain("请您核对");
    await li.press("确认");
    await service.settle();
    expect(news()).toContain("预约成功");
    const [booking] = await service.store.unit((unit) => unit.records.all("booking", "", 10));
    expect(booking).toMatchObject({ status: "confirmed", start: Date.parse("2026-11-24T15:00:00+08:00"), conversation: "telegram:4001" });
    await service.wait(28 * HOUR_MS);
    expect(news()).toContain("15:00");
  });

  test("a complaint gets a topic; staff claim by a reaction, answer and resolve there, and a plain word stays inside", async () => {
    service = await openTelegramService("appliance");
    const { telegram } = service.place;
    const wang = telegram.customer(4002, { language: "zh-hans" });
    const sun = telegram.staff.member(5001, "孙建平");
    const news = reader(wang);
    await wang.say("我要投诉,师傅修完洗衣机把我家地板弄湿了一大片也不擦");
    await service.settle();
    expect(news()).toContain("个案");
    const [topic] = telegram.staff.topics();
    const [card] = telegram.staff.seen(topic!.id);
    expect(card!.text).toContain("地板弄湿了");
    await sun.react(card!.id, "👀");
    await service.settle();
    expect(news()).toContain("孙建平");
    await sun.say("/reply 实在抱歉,我安排人上门看看地板。", topic!.id);
    await service.settle();
    expect(news()).toContain("安排人上门看看地板");
    await wang.say("那你们快点");
    await service.settle();
    expect(telegram.staff.seen(topic!.id).at(-1)!.text).toContain("那你们快点");
    await sun.say("这位客户上个月也来过", topic!.id);
    await service.settle();
    expect(news()).not.toContain("上个月");
    await sun.say("/resolve@anxin_emulated_bot 已安排上门清洁。", topic!.id);
    await service.settle();
    expect(news()).toContain("已处理完毕");
    const [found] = await service.store.unit((unit) => unit.records.all("case", "", 10));
    expect(found).toMatchObject({ status: "resolved", owner: "sun-jianping" });
    expect(telegram.staff.topics()).toHaveLength(1);
  });

  test("a customer asks for the status of their own order by a command, and a stranger hears nothing of it", async () => {
    service = await openTelegramService("dealer");
    const { time, telegram } = service.place;
    await service.store.unit(async (unit) => {
      await unit.customers.put({
        id: "U1",
        name: "徐磊",
        title: "mr",
        phones: ["+8613957112233"],
        address: null,
        language: "zh-CN",
        vip: false,
        products: [],
        consents: {},
        createdAt: time.now(),
        updatedAt: time.now(),
      });
      await unit.customers.linkConversation("telegram:4003", "U1");
      const order = {
        number: "W26111901",
        customerId: "U1",
        status: "in_progress" as const,
        product: service.engine.dependencies.model.profile.products[0]!.id,
        ownedProduct: null,
        plate: "浙A5K27X",
        serial: null,
        services: ["brake-check"],
        technician: "xu-gang",
        booking: null,
        promisedAt: time.now() + 31 * HOUR_MS,
        note: null,
        history: [],
        hurried: 0,
        createdAt: time.now(),
        updatedAt: time.now(),
      };
      await unit.records.save(
        { kind: "order", id: order.number, events: [{ type: "order_opened", at: time.now(), order }], state: order },
        "test",
      );
    });
    const [xu, stranger] = [telegram.customer(4003), telegram.customer(4004)];
    await xu.say("/status");
    await stranger.say("W26111901 修得怎么样了");
    await service.settle();
    expect(reader(xu)()).toContain("正在维修");
    expect(reader(stranger)()).not.toMatch(/正在维修|徐/);
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
    const history = await service.store.unit((unit) => unit.inbox.history(0, 1_000));
    expect(history.filter((entry) => entry.event.kind === "message")).toHaveLength(18);
    for (const person of people) {
      const kept = await service.store.unit((unit) => unit.messages.list(`telegram:${person.id}`, 0, 100));
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
