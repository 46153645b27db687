import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConversationState } from "../../../core/conversation/state.ts";
import type { StoredMessage } from "../../../core/spine/events.ts";
import { HOUR_MS } from "../../../core/time.ts";
import { openBench } from "../../support/bench.ts";
import { shippedProfile } from "../../support/profile.ts";

const SAYINGS = [
  "空调不制冷",
  "洗衣机漏水",
  "冰箱",
  "保养",
  "明天下午两点",
  "后天上午",
  "下周",
  "周日晚上八点",
  "昨天",
  "尽快",
  "都不行",
  "浦东新区张杨路500号3栋1202",
  "王芳 13800138000",
  "电话换一个 13911112222",
  "不对,改到周五上午十点",
  "1",
  "第二个",
  "随便",
  "确认",
  "好的",
  "是的",
  "不",
  "不用了",
  "取消预约",
  "改期",
  "多少钱",
  "几点开门",
  "保修多久",
  "修好没",
  "谢谢",
  "你好",
  "呵呵",
  "啊啊啊",
  "?",
  "我要投诉",
  "师傅迟到两小时",
  "重新开始",
  "再说一遍",
  "怎么用",
  "跳过",
  "人工",
  "找机器人",
  "我闻到煤气味",
  "my washing machine leaks",
  "tomorrow at 10",
  "yes",
  "no",
  "never mind",
  "cancel",
  "how much",
  "blah",
  "help",
] as const;
type Act = { readonly say: string } | { readonly press: number } | { readonly hours: number };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...SAYINGS).map((say) => ({ say })) },
  { weight: 3, arbitrary: fc.nat(5).map((press) => ({ press })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 30).map((hours) => ({ hours })) },
);

/** Is a person within reach of this answer: by a button, by a case, or because one has the conversation already? */
function offersPerson(messages: readonly StoredMessage[], state: ConversationState): boolean {
  return (
    state.holder.by === "human" ||
    messages.some((message) => message.buttons.some((button) => button.id === "intent:human") || /C\d{8,}/.test(message.text))
  );
}

/** The open question, and what the flow knows: asked again after something was learnt, it is another question. */
function questionOf(state: ConversationState): string | null {
  return state.asked
    ? JSON.stringify([
        state.asked.flow,
        state.asked.slot,
        state.stack.length,
        state.stack.at(-1)?.values ?? null,
        state.stack.at(-1)?.raw ?? null,
      ])
    : null;
}

interface Said {
  readonly replies: readonly StoredMessage[];
  readonly before: ConversationState | null;
  readonly after: ConversationState;
  readonly log: readonly string[];
}

/** Lets a customer act at random and looks at each turn. @returns number of turns */
async function live(numRuns: number, look: (one: Said) => void): Promise<number> {
  const profile = shippedProfile("appliance");
  let turns = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 24 }), async (sequence) => {
      const bench = openBench({ profile });
      const log: string[] = [];
      for (const one of sequence) {
        if ("hours" in one) {
          await bench.wait(one.hours * HOUR_MS);
          continue;
        }
        // A button of the open question; an older one has a test of its own.
        const buttons = (await bench.messages("web:a")).at(-1)?.buttons ?? [];
        const pressed = "press" in one ? buttons[one.press] : undefined;
        if ("press" in one && !pressed) continue;
        const before = await bench.state("web:a");
        const replies = pressed ? await bench.press("web:a", pressed.id) : await bench.say("web:a", (one as { say: string }).say);
        turns += 1;
        log.push(
          `> ${pressed ? `[${pressed.label}]` : (one as { say: string }).say}`,
          ...replies.map((message) => `  ${message.text.replaceAll("\n", " / ")}`),
        );
        expect(bench.errors, log.join("\n")).toStrictEqual([]);
        look({ replies, before, after: (await bench.state("web:a"))!, log });
      }
      await bench.store.close();
    }),
    { numRuns, seed: 20261123 },
  );
  return turns;
}

test("whatever a customer does, no turn throws and each is answered", { timeout: 240_000 }, async () => {
  const turns = await live(30, ({ replies, before, log }) => {
    if (before?.holder.by !== "human") expect(replies.length, `no answer\n${log.join("\n")}`).toBeGreaterThan(0);
  });
  expect(turns).toBeGreaterThan(300);
});

test("a question is put a fourth time in a row, with nothing learnt, only beside an offer of a person", { timeout: 240_000 }, async () => {
  let last: string | null = null;
  let times = 0;
  await live(30, ({ replies, before, after, log }) => {
    const question = questionOf(after);
    times = before !== null && question !== null && question === last ? times + 1 : 1;
    last = question;
    if (offersPerson(replies, after)) times = 0;
    expect(times, `the same question again\n${log.join("\n")}`).toBeLessThanOrEqual(3);
  });
});
