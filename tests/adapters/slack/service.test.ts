import { afterEach, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import type { Fault, SlackPerson } from "../../emulators/slack/index.ts";
import { openSlackService, type SlackService } from "./service.ts";

let service: SlackService;
afterEach(async () => {
  expect(service.errors).toEqual([]);
  await service.close();
});

/** What the bot said since the last look. */
function reader(person: SlackPerson): () => string {
  let from = 0;
  return () => {
    const seen = person.seen();
    const news = seen.slice(from).map((one) => one.text);
    from = seen.length;
    return news.join("\n");
  };
}

describe("through Slack, with the real engine,", () => {
  test("a customer books by talking and pressing, and is reminded in time", async () => {
    service = await openSlackService("appliance");
    const wang = service.place.slack.customer("U0WANG");
    const news = reader(wang);
    await wang.openHome("messages");
    await wang.say("空调不制冷了,明天下午3点能来吗,徐汇区漕溪北路88号12楼1203,李建军 13916628451");
    await service.settle();
    expect(news()).toContain("请您核对");
    await wang.press("确认");
    await service.settle();
    expect(news()).toContain("预约成功");
    const [booking] = await service.place.store.unit((unit) => unit.records.all("booking", "", 10));
    expect(booking).toMatchObject({ status: "confirmed", start: Date.parse("2026-11-24T15:00:00+08:00"), conversation: "slack:DU0WANG" });
    await wang.openHome();
    await service.place.slack.until(() => wang.home() !== null);
    expect(wang.home()!.text).toContain(booking!.number);
    expect(wang.home()!.text).toContain("15:00");
    await service.wait(28 * HOUR_MS);
    expect(news()).toContain("15:00");
  });

  test("a complaint reaches staff, who claim, answer by a form and resolve in its thread", async () => {
    service = await openSlackService("appliance");
    const wang = service.place.slack.customer("U0WANG");
    const sun = service.place.slack.staff("U0SUN", { name: "孙建平" });
    const news = reader(wang);
    await wang.say("我要投诉,师傅修完洗衣机把我家地板弄湿了一大片也不擦");
    await service.settle();
    expect(news()).toContain("个案");
    const [card] = sun.seen();
    expect(card!.text).toContain("地板弄湿了");
    await sun.press("claim");
    await service.settle();
    expect(news()).toContain("孙建平");
    await sun.press("reply");
    await sun.submit({ text: "实在抱歉,我安排人上门看看地板。" });
    await service.settle();
    expect(news()).toContain("安排人上门看看地板");
    await wang.say("那你们快点");
    await service.settle();
    expect(sun.seen().at(-1)).toMatchObject({ thread: card!.ts, text: expect.stringContaining("那你们快点") });
    // A plain word among colleagues stays inside.
    await sun.say("这位客户上个月也来过", { thread: card!.ts });
    await service.settle();
    expect(news()).not.toContain("上个月");
    await sun.say("<@U0BOT>", { thread: card!.ts });
    await sun.say("resolve 已安排上门清洁。", { thread: card!.ts, mention: true });
    await service.settle();
    expect(news()).toContain("已处理完毕");
    const [found] = await service.place.store.unit((unit) => unit.records.all("case", "", 10));
    expect(found).toMatchObject({ status: "resolved", owner: "sun-jianping" });
  });

  test("a customer asks for the status of their own order, and a stranger hears nothing of it", async () => {
    service = await openSlackService("dealer");
    const { store, slack, clock } = service.place;
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
      await unit.customers.linkConversation("slack:DU0XU", "U1");
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
    const [xu, stranger] = [slack.customer("U0XU"), slack.customer("U0LI")];
    await xu.say("我的车修得怎么样了");
    await stranger.say("W26111901 修得怎么样了");
    await service.settle();
    expect(reader(xu)()).toContain("正在维修");
    expect(reader(stranger)()).not.toMatch(/正在维修|徐/);
  });

  test("every message is answered once while deliveries come twice, out of order, and Slack refuses, breaks and forgets", async () => {
    service = await openSlackService("appliance");
    const { slack } = service.place;
    const people = Array.from({ length: 6 }, (_, index) => slack.customer(`U0C${index}`));
    slack.faults.duplicates = 2;
    const faults: readonly Fault[] = [
      { kind: "limited", seconds: 5 },
      { kind: "reset_after" },
      { kind: "http", status: 503 },
      { kind: "reset" },
      { kind: "error", error: "internal_error" },
      { kind: "reset_after" },
    ];
    for (let round = 0; round < 3; round++) {
      slack.faults.next("chat.postMessage", ...faults);
      slack.faults.hold();
      const said = people.map((person) => person.say("你们几点开门"));
      await new Promise((resolve) => setImmediate(resolve));
      await slack.faults.release();
      await Promise.all(said);
      await service.wait(20 * MINUTE_MS);
    }
    const history = await service.place.store.unit((unit) => unit.inbox.history(0, 1_000));
    expect(history.filter((entry) => entry.event.kind === "message")).toHaveLength(18);
    for (const person of people) {
      const conversation = `slack:${person.channel}`;
      const kept = await service.place.store.unit((unit) => unit.messages.list(conversation, 0, 100));
      const ours = kept.filter((message) => message.from === "bot");
      expect(ours.every((message) => message.status === "sent")).toBe(true);
      expect(person.seen().map((one) => one.text)).toEqual(ours.map((message) => message.text));
      expect(ours.length).toBeGreaterThanOrEqual(3);
    }
  });
});
