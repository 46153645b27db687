import { afterEach, describe, expect, test } from "vitest";
import { MINUTE_MS } from "../../../core/time.ts";
import type { Fault, SlackPerson } from "../../emulators/slack/index.ts";
import { type ChannelService, openSlackService } from "../service.ts";
import type { SlackPlace } from "./support.ts";

let service: ChannelService<SlackPlace>;
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
  test("the app's home shows a booking as soon as it is made", async () => {
    service = await openSlackService("appliance");
    const { slack, store } = service.place;
    const wang = slack.customer("U0WANG");
    await wang.openHome("messages");
    await wang.say("空调不制冷了,明天下午3点能来吗,徐汇区漕溪北路88号12楼1203,李建军 13916628451");
    await service.settle();
    await wang.press("确认");
    await service.settle();
    const [booking] = await store.unit((unit) => unit.records.all("booking", "", 10));
    await wang.openHome();
    await slack.until(() => wang.home() !== null);
    expect(wang.home()!.text).toContain((booking as { number: string }).number);
    expect(wang.home()!.text).toContain("15:00");
  });

  test("staff answer a complaint by a form and resolve it by calling the bot by name in its thread", async () => {
    service = await openSlackService("appliance");
    const { slack, store } = service.place;
    const wang = slack.customer("U0WANG");
    const staff = service.profile.staff.find((one) => one.role === "representative")!;
    const member = slack.staff(staff.channels.slack!, { name: staff.name["zh-CN"] });
    const news = reader(wang);
    await wang.say("我要投诉,师傅修完洗衣机把我家地板弄湿了一大片也不擦");
    await service.wait(MINUTE_MS);
    expect(news()).toContain("个案");
    const [card] = member.seen();
    await member.press("接单");
    await service.wait(MINUTE_MS);
    await member.press("回复");
    await member.submit({ text: "实在抱歉,我安排人上门看看地板。" });
    await service.wait(MINUTE_MS);
    expect(news()).toContain("安排人上门看看地板");
    await wang.say("那你们快点");
    await service.wait(MINUTE_MS);
    expect(member.seen().at(-1)).toMatchObject({ thread: card!.ts, text: expect.stringContaining("那你们快点") });
    await member.say("<@U0BOT>", { thread: card!.ts });
    await member.say("cause workmanship 没擦地", { thread: card!.ts, mention: true });
    await member.say("resolve 已安排上门清洁。", { thread: card!.ts, mention: true });
    await service.wait(MINUTE_MS);
    expect(news()).toContain("已安排上门清洁");
    const [found] = await store.unit((unit) => unit.records.all("case", "", 10));
    expect(found).toMatchObject({ status: "resolved", owner: staff.id });
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
