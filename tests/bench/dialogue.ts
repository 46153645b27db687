/** The conversations that the benches play: bookings in three turns. */
import type { InboundEvent, InboxEntry } from "../../core/spine/events.ts";

/** Faults of the appliance profile; between them they need most of its technicians. */
const FAULTS = ["空调不制冷", "洗衣机漏水", "冰箱不制冷", "电视没有图像", "油烟机吸力小"] as const;
const CLOCKS = ["上午9点", "上午10点", "下午2点", "下午3点半", "上午9点半", "下午2点半", "下午4点"] as const;
const STREETS = ["张杨路", "漕宝路", "仙霞路", "控江路", "万航渡路"] as const;
const SURNAMES = ["王", "李", "张", "刘", "陈", "杨"] as const;

/** Wishes lie within this many days from the day after tomorrow on; the profile takes bookings for 45. */
const DAYS = 40;

/** Turns of one conversation. */
export const TURNS = 3;

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length]!;
}

/** A number that looks like chance and is the same in every run. */
function scatter(who: number): number {
  return Math.imul(who + 1, 0x9e3779b1) >>> 5;
}

/** What customer number `who` says in turn 0, 1 or 2. Neighbours wish other work on other days, so that most get their hour. */
export function words(who: number, turn: number, now: number): string {
  if (turn === 0) {
    const wished = new Date(now + (2 + (scatter(who) % DAYS)) * 86_400_000);
    // On Sundays the business closes at noon.
    const day = wished.getUTCDay() === 0 ? new Date(wished.getTime() - 86_400_000) : wished;
    return `${pick(FAULTS, who)},${day.getUTCMonth() + 1}月${day.getUTCDate()}日${pick(CLOCKS, scatter(who) >>> 8)}能来吗`;
  }
  if (turn === 1)
    return `浦东新区${pick(STREETS, who)}${(who % 900) + 1}号3栋1202,${pick(SURNAMES, who)}先生 138${String(10_000_000 + (who % 89_999_999)).padStart(8, "0")}`;
  return "确认";
}

/** `run` keeps the conversations of one run apart from those of another on the same database. */
export function conversationOf(run: string, who: number): string {
  return `web:${run}-${who}`;
}

export function entryOf(run: string, who: number, turn: number, receivedAt: number): InboxEntry {
  const event: InboundEvent = { kind: "message", text: words(who, turn, receivedAt) };
  const conversation = conversationOf(run, who);
  return { id: `${conversation}:${turn}`, conversation, receivedAt, event };
}

/**
 * All turns of `count` conversations as they come in when many talk at once: `abreast` conversations at a time, the first turn
 * of some beside the second and third of others.
 */
export function interleaved(count: number, abreast: number): readonly (readonly [who: number, turn: number])[] {
  const order: [number, number][] = [];
  for (let block = 0; block * abreast < count + (TURNS - 1) * abreast; block++) {
    for (let place = 0; place < abreast; place++) {
      for (let turn = TURNS - 1; turn >= 0; turn--) {
        const who = (block - turn) * abreast + place;
        if (who >= 0 && who < count) order.push([who, turn]);
      }
    }
  }
  return order;
}
