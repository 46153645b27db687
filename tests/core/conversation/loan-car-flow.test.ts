/** The example of docs/flows.md: it compiles, it runs, and the page shows it as it is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newFactSheet } from "../../../core/conversation/facts.ts";
import { type ConversationState, newConversation } from "../../../core/conversation/state.ts";
import { takeTurn } from "../../../core/conversation/turn.ts";
import type { TurnDependencies } from "../../../core/conversation/turn-effects.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { tinyProfile } from "../../support/profile.ts";
import { createTestUnderstander } from "../../support/understander.ts";
import { LOAN_CAR_FLOW } from "./loan-car-flow.ts";

// A Monday; the tiny shop is open from Monday to Friday, 9:00–17:00.
const NOW = Date.parse("2026-11-23T10:00:00+08:00");

/** Says lines one after another to a conversation in which the flow has begun; the bot's replies and the last outcome. */
function talk(...lines: string[]) {
  const profile = tinyProfile();
  const dependencies: TurnDependencies = {
    model: createBusinessModel(profile),
    understander: createTestUnderstander(profile),
    flows: new Map([[LOAN_CAR_FLOW.id, LOAN_CAR_FLOW]]),
  };
  const frame = { flow: LOAN_CAR_FLOW.id, values: {}, raw: {}, data: {}, phase: "collecting" as const, startedAt: NOW };
  let state: ConversationState = { ...newConversation("zh-CN", NOW), stack: [frame], turns: 1 };
  const sheet = { ...newFactSheet(), file: { customer: null, bookings: [], orders: [], cases: [] }, numbers: { case: ["AX1"] } };
  const outcomes = lines.map((text, index) => {
    const input = { entry: `test:c:${index}`, conversation: "test:c", now: NOW };
    const outcome = takeTurn(dependencies, input, state, { kind: "message", text }, sheet);
    state = outcome.state;
    return outcome;
  });
  const replies = outcomes.map((outcome) => outcome.messages.find((message) => message.from === "bot")?.text ?? "");
  return { replies, last: outcomes.at(-1)! };
}

describe("the loan car flow", () => {
  test("takes both facts from one message, sums them up, and registers after a yes", () => {
    const { replies, last } = talk("明天上午10点来取,借两天", "确认");
    expect(replies[0]).toContain("11月24日（周二）10:00, 2天");
    expect(replies[1]).toBe("已登记,编号 AX1");
    expect(last.changes).toMatchObject([{ kind: "case", id: "AX1", state: { category: "booking", tags: ["loan-car"] } }]);
    expect(last.notices.map((notice) => notice.to)).toEqual(["representative"]);
  });

  test("asks for what is missing, and offers the days as choices", () => {
    const { replies, last } = talk("明天上午10点");
    expect(replies[0]).toBe("好的，明天 11月24日（周二）10:00。\n\n借几天?最多三天。");
    expect(last.messages.at(-1)?.buttons.map((button) => button.label)).toEqual(["1天", "2天", "3天"]);
  });

  test("refuses an hour at which the shop is shut, and takes a better one", () => {
    expect(talk("周六上午10点").replies[0]).toBe("那时我们没有营业。\n\n什么时候来取车?");
    expect(talk("周六上午10点", "明天上午10点").replies[1]).toBe("借几天?最多三天。");
  });

  test("stands in docs/flows.md word for word", () => {
    const source = readFileSync(join(import.meta.dirname, "loan-car-flow.ts"), "utf8");
    const page = readFileSync(join(import.meta.dirname, "../../../docs/flows.md"), "utf8");
    expect(page).toContain(source.replaceAll("../../../core/", "../"));
  });
});
