/** What a stranger is told never depends on whether what they ask for exists. */
import { describe, expect, test } from "vitest";
import type { Script } from "../../bots/script/schema.ts";
import { readScript } from "../../bots/script/schema.ts";
import { play } from "./library.ts";

const ASKS = [
  ["zh-CN", "plate", (it: string) => `${it} 修好了吗`],
  ["zh-CN", "number", (it: string) => `${it} 到哪一步了`],
  ["zh-CN", "phone", (it: string) => `${it} 的车修好了吗`],
  ["zh-TW", "plate", (it: string) => `${it} 修好了嗎`],
  ["zh-TW", "number", (it: string) => `${it} 到哪一步了`],
  ["zh-TW", "phone", (it: string) => `${it} 的車修好了嗎`],
  ["en", "plate", (it: string) => `is ${it} ready yet`],
  ["en", "number", (it: string) => `how far is order ${it}`],
  ["en", "phone", (it: string) => `is the car of ${it} ready`],
] as const;
const TARGETS = {
  plate: ["浙A5K27X", "浙A9Z99Z"],
  number: ["W26111901", "W26111999"],
  phone: ["13957112233", "13957112299"],
} as const;

function script(language: string, say: string): Script {
  return readScript(
    "stranger",
    `
profile: dealer
now: 2026-11-23T10:00:00+08:00
customers:
  - { name: Stranger, verified: false, language: ${language} }
  - { name: 徐磊, title: mr, phone: "13957112233", products: [{ product: 帕萨特, plate: 浙A5K27X }] }
orders:
  - { number: W26111901, status: in_progress, customer: 徐磊, service: brake-check, plate: 浙A5K27X }
turns:
  - { say: ${JSON.stringify(say)}, as: Stranger }
`,
  );
}

describe("a stranger hears the same of what exists and what does not", () => {
  test.each(ASKS)("%s, by %s", { timeout: 60_000 }, async (language, kind, ask) => {
    const [real, none] = TARGETS[kind];
    const answers = [];
    for (const target of [real, none]) {
      const { turns } = await play(script(language, ask(target)));
      const { turn, trace } = turns[0]!;
      expect(
        trace?.steps.some((step) => step.kind === "note" && step.code === "probe"),
        "the attempt is counted",
      ).toBe(true);
      // The same work is done for both, so that the time tells nothing either: no step of one is missing in the other.
      answers.push({
        replies: turn.replies.map(({ text, buttons }) => ({ text, buttons })),
        steps: trace?.steps.map((step) => (step.kind === "note" ? step.code : step.kind)),
        staff: turn.staff.length,
      });
    }
    expect(answers[0]).toStrictEqual(answers[1]);
    expect(JSON.stringify(answers[0])).not.toMatch(/徐|in_progress|维修中|維修中/);
  });
});
