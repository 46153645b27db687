import { afterEach, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import type { EmulatedCustomer } from "../../emulators/wecom/index.ts";
import type { Fault } from "../../emulators/wecom/platform.ts";
import { openWecomService, type WecomService } from "./service.ts";

let service: WecomService;
afterEach(async () => {
  expect(service.errors).toEqual([]);
  await service.close();
});

/** What the customer was shown since the last look. */
function reader(customer: EmulatedCustomer): () => string {
  let from = 0;
  return () => {
    const seen = customer.seen();
    const news = seen.slice(from).map((one) => one.text);
    from = seen.length;
    return news.join("\n");
  };
}

describe("through WeChat customer service, with the real engine,", () => {
  test("a customer books by talking and pressing, each turn is one message, and the reminder comes within the window", async () => {
    service = await openWecomService("appliance");
    const wang = service.place.platform.customer("wmWang");
    const news = reader(wang);
    await wang.say("空调不制冷了，明天下午3点能来吗，徐汇区漕溪北路88号12楼1203，李建军 13916628451");
    await service.settle();
    expect(wang.seen()).toHaveLength(1);
    expect(news()).toContain("请您核对");
    await wang.press("确认");
    await service.settle();
    expect(news()).toContain("预约成功");
    const [booking] = await service.place.store.unit((unit) => unit.records.all("booking", "", 10));
    expect(booking).toMatchObject({
      status: "confirmed",
      start: Date.parse("2026-11-24T15:00:00+08:00"),
      conversation: "wecom:wkExampleAccount1:wmWang",
    });
    await service.wait(28 * HOUR_MS);
    expect(news()).toContain("15:00");
    // Two reminders fell into one window of 48 hours and five messages.
    const kept = await service.place.store.unit((unit) => unit.messages.list("wecom:wkExampleAccount1:wmWang", 0, 100));
    expect(kept.filter((message) => message.from === "bot").every((message) => message.status === "sent")).toBe(true);
  });

  test("a complaint reaches staff as a card, who claim by its button, answer and resolve by text with the case's number", async () => {
    service = await openWecomService("appliance");
    const { platform } = service.place;
    const wang = platform.customer("wmWang");
    const zhang = platform.staff("zhang");
    const news = reader(wang);
    await wang.say("我要投诉，师傅修完洗衣机把我家地板弄湿了一大片也不擦");
    await service.settle();
    const shown = news();
    const number = /C\d{8,}/.exec(shown)![0];
    expect(JSON.stringify(zhang.seen().cards.at(-1)!.card)).toContain("地板弄湿了");
    await zhang.press("认领");
    await service.settle();
    expect(news()).toContain("孙建平");
    await zhang.say(`reply ${number} 实在抱歉，我安排人上门看看地板。`);
    await service.settle();
    expect(news()).toContain("安排人上门看看地板");
    await wang.say("那你们快点");
    await service.settle();
    expect(zhang.seen().texts.at(-1)).toContain("那你们快点");
    expect(zhang.seen().texts.at(-1)).toContain(number);
    await zhang.say(`resolve ${number} 已安排上门清洁。`);
    await service.settle();
    expect(news()).toContain("已处理完毕");
    const [found] = await service.place.store.unit((unit) => unit.records.all("case", "", 10));
    expect(found).toMatchObject({ status: "resolved", owner: "sun-jianping" });
  });

  test("a customer asks for the status of their own order, and a stranger hears nothing of it", async () => {
    service = await openWecomService("dealer");
    const { store, platform, clock } = service.place;
    await store.unit(async (unit) => {
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
        createdAt: clock.now(),
        updatedAt: clock.now(),
      });
      await unit.customers.linkConversation(service.place.conversation("wmXu"), "U1");
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
        promisedAt: clock.now() + 31 * HOUR_MS,
        note: null,
        history: [],
        hurried: 0,
        createdAt: clock.now(),
        updatedAt: clock.now(),
      };
      await unit.records.save(
        { kind: "order", id: order.number, events: [{ type: "order_opened", at: clock.now(), order }], state: order },
        "test",
      );
    });
    const [xu, stranger] = [platform.customer("wmXu"), platform.customer("wmLi")];
    await xu.say("我的车修得怎么样了");
    await stranger.say("W26111901 修得怎么样了");
    await service.settle();
    expect(reader(xu)()).toContain("正在维修");
    expect(reader(stranger)()).not.toMatch(/正在维修|徐/);
  });

  test("what comes too late for the window becomes a task for staff, and is never shown as sent", async () => {
    service = await openWecomService("appliance");
    const wang = service.place.platform.customer("wmWang");
    await wang.say("空调不制冷了，11月27日下午3点能来吗，徐汇区漕溪北路88号12楼1203，李建军 13916628451");
    await service.settle();
    await wang.press("确认");
    await service.settle();
    const shown = wang.seen().length;
    await service.wait(5 * 24 * HOUR_MS);
    expect(wang.seen()).toHaveLength(shown);
    const kept = await service.place.store.unit((unit) => unit.messages.list(service.place.conversation("wmWang"), 0, 100));
    expect(kept.filter((message) => message.status === "failed").length).toBeGreaterThan(0);
    const cases = await service.place.store.unit((unit) => unit.records.all("case", "", 10));
    expect(cases.map((one) => ("tags" in one ? one.tags : []))).toContainEqual(["undelivered"]);
  });

  test("every message is answered once while callbacks come twice, get lost and are late, and the platform refuses, breaks and forgets", async () => {
    service = await openWecomService("appliance");
    const { platform } = service.place;
    const people = Array.from({ length: 6 }, (_, index) => platform.customer(`wmC${index}`));
    platform.faults.repeatCallbacks(2);
    const faults: readonly Fault[] = [
      { errcode: 45009 },
      "reset_after",
      { status: 503 },
      "reset_before",
      { errcode: -1 },
      "reset_after",
      "garbage",
      { errcode: 42001 },
    ];
    for (let round = 0; round < 3; round++) {
      for (const fault of faults) platform.faults.next("kf/send_msg", fault);
      platform.faults.next("kf/sync_msg", { errcode: 95007 });
      platform.faults.next("kf/sync_msg", "reset_after");
      platform.faults.emptyPages(2);
      platform.faults.pageSize(2);
      // The callbacks of half of them are lost; the others' wake the reading of all.
      platform.faults.loseCallbacks(true);
      await Promise.all(people.slice(0, 3).map((person) => person.say("你们几点开门")));
      platform.faults.loseCallbacks(false);
      await Promise.all(people.slice(3).map((person) => person.say("你们几点开门")));
      await service.wait(20 * MINUTE_MS);
      platform.faults.expireTokens();
      await service.place.restart();
      (service.engine.channels as Map<string, unknown>).set("wecom", service.place.connection.channel);
    }
    const history = await service.place.store.unit((unit) => unit.inbox.history(0, 1_000));
    expect(history.filter((entry) => entry.event.kind === "message")).toHaveLength(18);
    for (const person of people) {
      const kept = await service.place.store.unit((unit) => unit.messages.list(service.place.conversation(person.id), 0, 100));
      const ours = kept.filter((message) => message.from === "bot");
      expect(ours.every((message) => message.status === "sent")).toBe(true);
      // What waited together left together; in order, each once.
      expect(
        person
          .seen()
          .map((one) => one.text)
          .join("\n\n"),
      ).toBe(ours.map((message) => message.text).join("\n\n"));
      expect(ours.length).toBeGreaterThanOrEqual(3);
    }
  });
});
