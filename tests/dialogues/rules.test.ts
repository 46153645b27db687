/** Every shipped rule that something said or done can set off: one script that fires it, and one near miss that doesn't. */
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readScript } from "../../bots/script/schema.ts";
import { shippedProfile } from "../support/profile.ts";
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
  "silent-in-danger": {
    fires: { turns: [say("热水器漏电,我被电了一下"), { wait: "3m" }] },
    near: { turns: [say("热水器漏电,我被电了一下"), { wait: "2m" }] },
  },
};

/** Set off by what other rooms find out, or by failures of delivery and processing: tried there, and by their facts in shipped-rules.test.ts. */
const ELSEWHERE = [
  "no-slot",
  "third-change",
  "dead-letter",
  "undelivered",
  "warranty-uncertain",
  "quote-unanswered",
  "statutory-limit",
  "probing",
  "hurried",
  "unreachable",
  "safety-declined",
  "statutory-limit",
  "probing",
];

async function firedIn(name: string, story: Story): Promise<readonly string[]> {
  const script = readScript(name, stringify({ profile: "appliance", now: "2026-11-23T10:00:00+08:00", ...story }));
  const played = await play(script);
  expect(faultsOf(script, played)).toEqual([]);
  // Several things may happen in one turn of a script: what fired is on the traces and, for cases, on their reasons.
  return played.turns.flatMap(({ turn }) => turn.rules);
}

describe("each shipped rule", () => {
  test("has a story here or elsewhere", () => {
    const known = new Set([...Object.keys(STORIES), ...ELSEWHERE]);
    expect(
      shippedProfile("appliance")
        .rules.map((rule) => rule.id)
        .filter((id) => !known.has(id)),
    ).toEqual([]);
  });

  test.each(Object.keys(STORIES))("%s fires on its story and not on the near miss", async (id) => {
    const { fires, near } = STORIES[id]!;
    expect(await firedIn(`${id}.yaml`, fires)).toContain(id);
    expect(await firedIn(`${id}-near.yaml`, near)).not.toContain(id);
  });
});
