/** The same matters on each platform, from the customer's first word to what staff did, with the real engine and its real desk. */
import { afterEach, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../core/time.ts";
import type { FolkCustomer } from "../emulators/folk.ts";
import { type ChannelService, openSlackService, openTelegramService, openWecomService } from "./service.ts";

const SERVICES = { slack: openSlackService, telegram: openTelegramService, wecom: openWecomService } as const;

let service: ChannelService<unknown>;
afterEach(async () => {
  expect(service.errors).toEqual([]);
  await service.close();
});

/** What the customer was shown since the last look. */
function reader(customer: FolkCustomer): () => string {
  let from = 0;
  return () => {
    const seen = customer.seen();
    const news = seen.slice(from).map((one) => one.text);
    from = seen.length;
    return news.join("\n");
  };
}

const room = (): string =>
  service.folk
    .room()
    .map((one) => one.text)
    .join("\n");

describe.each(Object.keys(SERVICES) as (keyof typeof SERVICES)[])("through %s, with the real engine,", (name) => {
  const open = async (profile: "appliance" | "dealer"): Promise<void> => {
    service = await SERVICES[name](profile);
  };

  test("a customer books by talking and pressing, and is reminded in time", async () => {
    await open("appliance");
    const { store } = service.engine;
    const li = service.folk.customer(1);
    const news = reader(li);
    await li.say("空调不制冷了,明天下午3点能来吗,徐汇区漕溪北路88号12楼1203,李建军 13916628451");
    await service.settle();
    expect(li.seen()).toHaveLength(1);
    expect(news()).toContain("请您核对");
    await li.press("确认");
    await service.settle();
    expect(news()).toContain("预约成功");
    const [booking] = await store.unit((unit) => unit.records.all("booking", "", 10));
    expect(booking).toMatchObject({
      status: "confirmed",
      start: Date.parse("2026-11-24T15:00:00+08:00"),
      conversation: li.conversation,
    });
    await service.wait(28 * HOUR_MS);
    expect(news()).toContain("15:00");
    const kept = await store.unit((unit) => unit.messages.list(li.conversation, 0, 100));
    expect(kept.filter((message) => message.from === "bot").every((message) => message.status === "sent")).toBe(true);
  });

  test("a complaint reaches staff, who claim by a button, answer and resolve there, and a plain word stays inside", async () => {
    await open("appliance");
    const { store } = service.engine;
    const { id: staff, name: person } = service.profile.staff.find((one) => one.role === "representative")!;
    const wang = service.folk.customer(1);
    const member = service.folk.member(staff);
    const news = reader(wang);
    await wang.say("我要投诉,师傅修完洗衣机把我家地板弄湿了一大片也不擦");
    await service.wait(MINUTE_MS);
    const number = /C\d{8,}/.exec(news())![0];
    expect(room()).toContain("地板弄湿了");
    await member.press("接单");
    await service.wait(MINUTE_MS);
    expect(news()).toContain(person["zh-CN"]);
    await member.say("/reply 实在抱歉,我安排人上门看看地板。", number);
    await service.wait(MINUTE_MS);
    expect(news()).toContain("安排人上门看看地板");
    await wang.say("那你们快点");
    await service.wait(MINUTE_MS);
    expect(room()).toContain("那你们快点");
    await member.say("这位客户上个月也来过", number);
    await service.wait(MINUTE_MS);
    expect(news()).not.toContain("上个月");
    await member.say("/cause workmanship 没擦地", number);
    await member.say("/resolve 已安排上门清洁。", number);
    await service.wait(MINUTE_MS);
    expect(news()).toContain("已安排上门清洁");
    const [found] = await store.unit((unit) => unit.records.all("case", "", 10));
    expect(found).toMatchObject({ status: "resolved", owner: staff });
    expect(await store.unit((unit) => unit.staff.failed(10))).toEqual([]);
  });

  test("a customer asks for the status of their own order, and a stranger hears nothing of it", async () => {
    await open("dealer");
    const { store, clock } = service.engine;
    const [xu, stranger] = [service.folk.customer(1), service.folk.customer(2)];
    const at = clock.now();
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
        createdAt: at,
        updatedAt: at,
      });
      await unit.customers.linkConversation(xu.conversation, "U1");
      const order = {
        number: "W26111901",
        customerId: "U1",
        status: "in_progress" as const,
        product: service.profile.products[0]!.id,
        ownedProduct: null,
        plate: "浙A5K27X",
        serial: null,
        services: ["brake-check"],
        technician: "xu-gang",
        booking: null,
        promisedAt: at + 31 * HOUR_MS,
        note: null,
        history: [],
        hurried: 0,
        createdAt: at,
        updatedAt: at,
      };
      await unit.records.save({ kind: "order", id: order.number, events: [{ type: "order_opened", at, order }], state: order }, "test");
    });
    await xu.say("我的车修得怎么样了");
    await stranger.say("W26111901 修得怎么样了");
    await service.settle();
    expect(reader(xu)()).toContain("正在维修");
    expect(reader(stranger)()).not.toMatch(/正在维修|徐/);
  });
});
