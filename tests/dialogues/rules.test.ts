/** Every shipped rule: one script that fires it, and one near miss that doesn't. A rule without both is refused. */
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readScript } from "../../bots/script/schema.ts";
import { type BenchOptions, openBench, pushedChannel } from "../support/bench.ts";
import { shippedProfile } from "../support/profile.ts";
import { createTestUnderstander } from "../support/understander.ts";
import { faultsOf, play } from "./library.ts";

interface Story {
  readonly profile?: string;
  readonly now?: string;
  readonly customers?: readonly object[];
  readonly orders?: readonly object[];
  readonly turns: readonly object[];
}

const say = (text: string, as?: string): object => ({ say: text, ...(as ? { as } : {}) });
const CHEN = { name: "陈敏", phone: "13800138000", address: "上海市静安区胶州路 699 号", products: ["空调"] };
const repaired = (number: string): object => ({ number, status: "delivered", customer: "陈敏", product: "空调", services: ["ac-repair"] });
const order = (more: object): object => ({ number: "W26112001", customer: "陈敏", product: "空调", ...more });

const XU = {
  name: "徐磊",
  title: "mr",
  phone: "13957112233",
  products: [{ product: "帕萨特", plate: "浙A5K27X", bought: "2025-03-10", mileage: 18000 }],
};
const QUOTED = {
  profile: "dealer",
  customers: [XU],
  orders: [{ number: "W26112301", status: "diagnosing", service: "brake-check", technician: "xu-gang" }],
};
const STRANGER = {
  profile: "dealer",
  customers: [{ name: "陈默", verified: false }, XU],
  orders: [{ number: "W26111901", status: "in_progress", customer: "徐磊", service: "brake-check", plate: "浙A5K27X" }],
};
const SHEN = {
  name: "沈佳",
  title: "ms",
  phone: "13714567890",
  address: "静安区愚园路 168 号 501 室",
  products: [{ product: "fridge", serial: "SN123456", bought: "2026-06-01" }],
};
const againAfter = (span: string, booking: string): object[] => [
  { wait: span },
  say("冰箱又不制冷了,明天上午九点来修"),
  { press: "确认" },
  { wait: "1d" },
  { staff: `到店 ${booking}` },
];
const repairOfFridge = (booking: string, number: string): object[] => [
  say("冰箱不制冷,明天上午九点来修"),
  { press: "确认" },
  { wait: "1d" },
  { staff: `到店 ${booking}` },
  ...["in_progress", "quality_check", "ready", "delivered"].map((state) => ({ staff: `move ${number} ${state}` })),
];

const STORIES: Readonly<Record<string, { readonly fires: Story; readonly near: Story }>> = {
  emergency: {
    fires: { turns: [say("热水器漏电,我被电了一下")] },
    near: { turns: [say("燃气灶火力小,饭都炒不熟")] },
  },
  human: { fires: { turns: [say("转人工")] }, near: { turns: [say("人工费怎么收")] } },
  complaint: { fires: { turns: [say("我要投诉,师傅态度很差")] }, near: { turns: [say("师傅态度很好,谢谢")] } },
  "legal-or-press": { fires: { turns: [say("再不处理我就打 12315 投诉")] }, near: { turns: [say("空调的烟雾报警响了要修一下")] } },
  anger: { fires: { turns: [say("气死我了,修了三天还没修好,我要投诉")] }, near: { turns: [say("修了三天了,请问修好了吗")] } },
  "anger-rising": {
    fires: { turns: [say("你们就是一帮骗子,垃圾公司"), say("他妈的耍我是吧")] },
    near: { turns: [say("你们就是一帮骗子,垃圾公司"), say("你好,我想约个空调清洗")] },
  },
  compensation: { fires: { turns: [say("我要投诉,地板泡坏了,必须赔偿")] }, near: { turns: [say("押金什么时候退款给我,没有别的问题")] } },
  "repeat-repair": {
    fires: { customers: [CHEN], turns: [say("你们上周刚修的空调又不制冷了,我要投诉")] },
    near: { customers: [CHEN], turns: [say("空调不制冷了,明天下午能来吗")] },
  },
  "third-repair": {
    fires: { customers: [CHEN], orders: [repaired("W26112001"), repaired("W26112002")], turns: [say("空调又不制冷了,约明天下午来修")] },
    near: { customers: [CHEN], orders: [repaired("W26112001")], turns: [say("空调又不制冷了,约明天下午来修")] },
  },
  privacy: { fires: { turns: [say("请删除我的个人信息")] }, near: { turns: [say("我的电话改成 13900139000")] } },
  "not-understood": {
    fires: { turns: [say("asdkjh qwe zzz"), say("blorp gnarf wibble")] },
    near: { turns: [say("asdkjh qwe zzz"), say("我要约空调清洗")] },
  },
  "low-score": { fires: { turns: [say("这次服务我打 3 分,满分 10 分")] }, near: { turns: [say("这次服务我打 9 分,满分 10 分")] } },
  "promise-missed": {
    fires: { customers: [CHEN], orders: [order({ promised: "2026-11-22T18:00:00+08:00" })], turns: [say("我的空调修好没有")] },
    near: { customers: [CHEN], orders: [order({ promised: "2026-11-24T18:00:00+08:00" })], turns: [say("我的空调修好没有")] },
  },
  vip: {
    fires: { customers: [{ ...CHEN, vip: true }], turns: [say("我要投诉,师傅迟到了")] },
    near: { customers: [CHEN], turns: [say("我要投诉,师傅迟到了")] },
  },
  "beyond-authority": {
    fires: { turns: [say("我要投诉,地板泡坏了"), { staff: "补偿 退款 200 我方 地板泡水" }] },
    near: { turns: [say("我要投诉,地板泡坏了"), { staff: "补偿 退款 200 我方 地板泡水", as: "manager" }] },
  },
  "quote-declined": {
    fires: { customers: [CHEN], orders: [order({ status: "quoted" })], turns: [{ staff: "move W26112001 declined 太贵" }] },
    near: { customers: [CHEN], orders: [order({ status: "quoted" })], turns: [{ staff: "move W26112001 approved" }] },
  },
  hurried: {
    fires: {
      customers: [CHEN],
      orders: [order({})],
      turns: [say("我的空调怎么还没修好,快点"), say("空调还没好吗,赶紧"), say("空调修到哪了,催一下")],
    },
    near: { customers: [CHEN], orders: [order({})], turns: [say("我的空调怎么还没修好,快点"), say("空调还没好吗,赶紧")] },
  },
  "batch-fault": {
    fires: {
      customers: ["甲", "乙", "丙"].map((name) => ({ ...CHEN, name })),
      turns: ["甲", "乙", "丙"].map((name) => say("我要投诉,你们的空调不制冷", name)),
    },
    near: {
      customers: ["甲", "乙", "丙"].map((name) => ({ ...CHEN, name })),
      turns: [say("我要投诉,你们的空调不制冷", "甲"), say("我要投诉,你们的空调不制冷", "乙"), say("我要投诉,你们的空调漏水", "丙")],
    },
  },
  "no-slot": {
    fires: { now: "2027-02-04T17:30:00+08:00", customers: [CHEN], turns: [say("约空调清洗,明天下午能来吗")] },
    near: { now: "2027-02-03T10:00:00+08:00", customers: [CHEN], turns: [say("约空调清洗,明天下午能来吗")] },
  },
  "third-change": {
    fires: {
      customers: [CHEN],
      turns: [
        ...[say("空调清洗 周四上午九点"), say("确认")],
        ...["改到周五上午九点", "改到周六下午两点", "又有事了 改到下周一上午十点"].flatMap((words) => [say(words), say("好")]),
      ],
    },
    near: {
      customers: [CHEN],
      turns: [
        ...[say("空调清洗 周四上午九点"), say("确认")],
        ...["改到周五上午九点", "改到周六下午两点"].flatMap((words) => [say(words), say("好")]),
      ],
    },
  },
  "warranty-uncertain": {
    fires: { profile: "dealer", customers: [XU], turns: [say("刹车片磨得厉害,保修吗")] },
    near: { profile: "dealer", customers: [XU], turns: [say("我车空调不制冷,还在保修期内吗")] },
  },
  "quote-unanswered": {
    fires: { ...QUOTED, turns: [{ staff: "报价 W26112301 前刹车片 200+380" }, { wait: "4h" }] },
    near: { ...QUOTED, turns: [{ staff: "报价 W26112301 前刹车片 200+380" }, { wait: "3h" }, say("同意"), { wait: "2h" }] },
  },
  "safety-declined": {
    fires: { ...QUOTED, turns: [{ staff: "报价 W26112301 机油机滤 100+280; 前刹车片 200+380!" }, say("1要,2不要")] },
    near: { ...QUOTED, turns: [{ staff: "报价 W26112301 机油机滤 100+280; 前刹车片 200+380!" }, say("1不要,2要")] },
  },
  unreachable: {
    fires: {
      customers: [CHEN],
      turns: [
        say("我要投诉,地板泡坏了"),
        { staff: "未接" },
        { wait: "20m" },
        { staff: "未接 占线" },
        { wait: "20m" },
        { staff: "/noanswer" },
      ],
    },
    // One word of the customer's, and the count begins anew.
    near: {
      customers: [CHEN],
      turns: [say("我要投诉,地板泡坏了"), { staff: "未接" }, { staff: "未接" }, { wait: "20m" }, say("我刚才在开会"), { staff: "未接" }],
    },
  },
  "statutory-limit": {
    fires: {
      customers: [SHEN],
      now: "2026-11-23T09:30:00+08:00",
      turns: [...repairOfFridge("B26112301", "W26112401"), ...againAfter("20d", "B26121401")],
    },
    near: { customers: [SHEN], now: "2026-11-23T09:30:00+08:00", turns: repairOfFridge("B26112301", "W26112401") },
  },
  probing: {
    fires: {
      ...STRANGER,
      turns: ["浙A5K27X 修好了吗", ...[1, 2, 3, 4].map((at) => `W2611190${at} 到哪一步了`)].map((text) => say(text, "陈默")),
    },
    near: {
      ...STRANGER,
      turns: ["浙A5K27X 修好了吗", ...[1, 2, 3].map((at) => `W2611190${at} 到哪一步了`)].map((text) => say(text, "陈默")),
    },
  },
  "silent-in-danger": {
    fires: { turns: [say("热水器漏电,我被电了一下"), { wait: "3m" }] },
    near: { turns: [say("热水器漏电,我被电了一下"), { wait: "2m" }] },
  },
};

/** What no script can say: something of ours fails so many times. */
const FAILURES: Readonly<Record<string, { readonly conversation: string; readonly fails: (times: number) => Partial<BenchOptions> }>> = {
  "dead-letter": {
    conversation: "web:a",
    fails(times) {
      const understander = createTestUnderstander(shippedProfile("appliance"));
      let left = times;
      return {
        turnRetries: { tries: 4, firstPauseMs: 1_000, longestPauseMs: 1_000 },
        understander: {
          understand(text, context) {
            if (left-- > 0) throw new Error("the reading broke");
            return understander.understand(text, context);
          },
        },
      };
    },
  },
  undelivered: {
    conversation: "telegram:1",
    fails(times) {
      let left = times;
      return {
        channels: [
          pushedChannel("telegram", () =>
            left-- > 0
              ? times === Number.POSITIVE_INFINITY
                ? { result: "refused", reason: "blocked" }
                : { result: "retry", reason: "busy", afterMs: null }
              : { result: "sent" },
          ),
        ],
      };
    },
  },
};

async function firedAfter(conversation: string, options: Partial<BenchOptions>): Promise<readonly string[]> {
  const bench = openBench({ profile: shippedProfile("appliance"), ...options });
  await bench.say(conversation, "你好");
  await bench.wait(60_000);
  const traces = await bench.store.unit((unit) => unit.traces.list(conversation, 50));
  return traces.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === "rule" ? [step.rule] : [])));
}

/** Rules with several ways to fire: the other ways. */
const OTHER_WAYS: readonly (readonly [way: string, id: string, fires: Story, near: Story])[] = [
  ["one item of a survey at two of five", "low-score", surveyed("5 5 2 5 5"), surveyed("5 5 3 5 5")],
  [
    "one part behind different faults",
    "batch-fault",
    fitted(["更换节气门", "节气门更换", "换节气门"]),
    fitted(["更换节气门", "火花塞", "换节气门"]),
  ],
];

function surveyed(marks: string): Story {
  return {
    profile: "dealer",
    customers: [XU],
    orders: [{ number: "W26112003", status: "ready", plate: "浙A5K27X", service: "brake-check", customer: "徐磊" }],
    turns: [{ staff: "move W26112003 delivered" }, { wait: "4d" }, say(marks)],
  };
}

/** Three customers had work with these lines done, approved them, and are not content for reasons of their own. */
function fitted(lines: readonly string[]): Story {
  const names = ["甲", "乙", "丙"];
  const complaints = ["我要投诉,车又抖了", "我要投诉,你们修完油耗高了", "我要投诉,修了还是启动困难"];
  return {
    profile: "dealer",
    customers: names.map((name, at) => ({
      ...XU,
      name,
      phone: `1395711223${at}`,
      products: [{ product: "帕萨特", plate: `浙A5K27${at}` }],
    })),
    orders: names.map((name, at) => ({
      number: `W2611230${at + 1}`,
      status: "diagnosing",
      service: "brake-check",
      technician: ["xu-gang", undefined, undefined][at],
      customer: name,
      plate: `浙A5K27${at}`,
    })),
    turns: [
      ...names.flatMap((name, at) => [{ staff: `报价 W2611230${at + 1} ${lines[at]} 200+900` }, say("同意", name)]),
      ...names.map((name, at) => say(complaints[at]!, name)),
    ],
  };
}

async function firedIn(name: string, story: Story): Promise<readonly string[]> {
  const script = readScript(name, stringify({ profile: "appliance", now: "2026-11-23T10:00:00+08:00", ...story }));
  const played = await play(script);
  expect(faultsOf(script, played)).toEqual([]);
  // Several things may happen in one turn of a script: what fired is on the traces and, for cases, on their reasons.
  return played.turns.flatMap(({ turn }) => turn.rules);
}

describe("each shipped rule", () => {
  test("has one story that fires it and one near miss that doesn't", () => {
    const told = new Set([...Object.keys(STORIES), ...Object.keys(FAILURES)]);
    const shipped = (["appliance", "dealer", "glass"] as const).flatMap((name) => shippedProfile(name).rules.map((rule) => rule.id));
    expect([...new Set(shipped)].filter((id) => !told.has(id))).toEqual([]);
    expect([...told].filter((id) => !shipped.includes(id))).toEqual([]);
  });

  test.each(Object.keys(STORIES))("%s fires on its story and not on the near miss", async (id) => {
    const { fires, near } = STORIES[id]!;
    expect(await firedIn(`${id}.yaml`, fires)).toContain(id);
    expect(await firedIn(`${id}-near.yaml`, near)).not.toContain(id);
  });

  test.each(OTHER_WAYS)("for %s %s fires too", async (_way, id, fires, near) => {
    expect(await firedIn(`${id}-too.yaml`, fires)).toContain(id);
    expect(await firedIn(`${id}-too-near.yaml`, near)).not.toContain(id);
  });

  test.each(Object.keys(FAILURES))("%s fires when it fails for good and not when a later try succeeds", async (id) => {
    const { fails, conversation } = FAILURES[id]!;
    expect(await firedAfter(conversation, fails(Number.POSITIVE_INFINITY))).toContain(id);
    expect(await firedAfter(conversation, fails(2))).not.toContain(id);
  });
});
