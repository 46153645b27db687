/** What customers do: mostly book, often for the same hours as others, move and cancel, complain, chat, and make no sense. */
import type { Chance } from "./chance.ts";
import type { Customer, Shown } from "./customer.ts";
import { pause } from "./http.ts";

export type Scenario = (customer: Customer, chance: Chance) => Promise<void>;

const FAULTS = ["空调不制冷", "洗衣机漏水", "冰箱不制冷", "电视没有图像", "油烟机吸力小"] as const;
const CLOCKS = ["上午9点", "上午10点", "下午2点", "下午3点", "下午4点"] as const;
const STREETS = ["张杨路", "漕宝路", "仙霞路", "控江路"] as const;
const CHATTER = ["你好", "你们几点开门", "空调加氟多少钱", "我的单子到哪一步了", "谢谢", "啦啦啦哦哦", "地址在哪里"] as const;
const DAY_MS = 86_400_000;
/** A booking takes a handful of answers; beyond this the customer leaves. */
const MOST_STEPS = 8;

function wish(chance: Chance, daysAhead: number): string {
  const day = new Date(Date.now() + daysAhead * DAY_MS);
  return `${day.getUTCMonth() + 1}月${day.getUTCDate()}日${chance.pick(CLOCKS)}`;
}

function whoAndWhere(chance: Chance): string {
  return `浦东新区${chance.pick(STREETS)}${chance.between(1, 900)}号3栋1202,${chance.pick(["王", "李", "张", "刘"])}先生 138${chance.between(10_000_000, 99_999_999)}`;
}

/** Answers what the bot asks until nothing is left to choose. `beforeYes` is waited for before the last yes. */
async function follow(
  customer: Customer,
  chance: Chance,
  first: Shown | null,
  beforeYes: () => Promise<void> = async () => {},
): Promise<boolean> {
  let shown = first;
  for (let step = 0; step < MOST_STEPS && shown; step++) {
    const buttons = shown.buttons ?? [];
    let id: string | null;
    if (buttons.some((button) => button.id === "yes")) {
      await beforeYes();
      id = chance.happens(0.5) ? await customer.press("yes") : await customer.say("确认");
    } else if (buttons.some((button) => button.id.startsWith("time:") || button.id.startsWith("product:") || button.id === "visit")) {
      id = await customer.press(chance.pick(buttons.filter((button) => !button.id.startsWith("intent:"))).id);
    } else return /预约号|新时间|已为您取消/.test(shown.text);
    shown = id === null ? null : await customer.reply(id);
    await pause(chance.between(0, 60));
  }
  return false;
}

async function bookAt(customer: Customer, chance: Chance, fault: string, time: string, beforeYes?: () => Promise<void>): Promise<boolean> {
  const first = await customer.say(`${fault},${time}能来吗`);
  // Some wait for the question, some write everything at once.
  if (first !== null && chance.happens(0.7)) await customer.reply(first);
  const second = await customer.say(whoAndWhere(chance));
  return second === null ? false : follow(customer, chance, await customer.reply(second), beforeYes);
}

/** Books, then often moves or cancels, so that hours are given back and sold again. */
const book: Scenario = async (customer, chance) => {
  const booked = await bookAt(customer, chance, chance.pick(FAULTS), wish(chance, chance.between(2, 40)));
  if (!booked) return;
  if (chance.happens(0.35)) {
    const moved = await customer.say(`改到${wish(chance, chance.between(2, 40))}`);
    if (moved !== null) await follow(customer, chance, await customer.reply(moved));
  }
  if (chance.happens(0.6)) {
    const asked = await customer.say("取消预约");
    if (asked === null) return;
    await customer.reply(asked);
    const sure = await customer.say("确认取消");
    if (sure !== null) await customer.reply(sure);
  }
};

/** Several short messages in a row, none of which waits for a reply. */
const burst: Scenario = async (customer, chance) => {
  let last: string | null = null;
  for (const words of [chance.pick(FAULTS), wish(chance, chance.between(2, 30)), whoAndWhere(chance), "确认"])
    last = (await customer.say(words)) ?? last;
  if (last !== null) await follow(customer, chance, await customer.reply(last));
};

const chat: Scenario = async (customer, chance) => {
  for (let count = chance.between(1, 4); count > 0; count--) {
    const id = await customer.say(chance.pick(CHATTER));
    if (id !== null) await customer.reply(id);
  }
};

/** Complains, so that staff have something to do, and goes on talking while they do it. */
export const complain: Scenario = async (customer, chance) => {
  for (const words of ["我要投诉,上次师傅迟到两小时还把地板划了", "什么时候处理", "在吗"]) {
    const id = await customer.say(words);
    if (id !== null && chance.happens(0.5)) await customer.reply(id);
    await pause(chance.between(50, 300));
  }
};

export function pickScenario(chance: Chance): Scenario {
  const share = chance.next();
  if (share < 0.55) return book;
  if (share < 0.75) return burst;
  if (share < 0.9) return chat;
  return complain;
}

/** Customers who want the same hour of the same work and say yes at the same moment. */
export async function race(customers: readonly Customer[], chance: Chance): Promise<void> {
  const fault = chance.pick(FAULTS);
  const time = wish(chance, chance.between(2, 40));
  let waiting = customers.length;
  let open = (): void => {};
  const together = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arrive = (): void => {
    waiting -= 1;
    if (waiting === 0) open();
  };
  await Promise.all(
    customers.map(async (customer) => {
      let arrived = false;
      const arriveOnce = (): void => {
        if (!arrived) arrive();
        arrived = true;
      };
      await bookAt(customer, chance.branch(), fault, time, async () => {
        arriveOnce();
        await together;
      }).finally(arriveOnce);
    }),
  );
}
