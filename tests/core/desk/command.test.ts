import { describe, expect, test } from "vitest";
import { type CommandRefusal, caseNumberIn, type ParsedCommand, parseDeskCommand } from "../../../core/desk/command.ts";
import type { DeskCommand } from "../../../core/spine/events.ts";

const CURRENT = "C26112301";
const OTHER = "C26112207";
const ok = (command: DeskCommand): ParsedCommand => ({ ok: true, command });
const no = (reason: CommandRefusal) => ({ ok: false, reason });

describe("parseDeskCommand", () => {
  const table: readonly (readonly [string, ParsedCommand | ReturnType<typeof no>])[] = [
    ["claim", ok({ do: "claim", case: CURRENT })],
    ["/claim", ok({ do: "claim", case: CURRENT })],
    ["  CLAIM  ", ok({ do: "claim", case: CURRENT })],
    ["claim C26112207", ok({ do: "claim", case: OTHER })],
    ["接单 #c26112207", ok({ do: "claim", case: OTHER })],
    ["认领", ok({ do: "claim", case: CURRENT })],
    ["認領", ok({ do: "claim", case: CURRENT })],
    ["reply 您好", ok({ do: "reply", case: CURRENT, text: "您好" })],
    ["reply: on the way", ok({ do: "reply", case: CURRENT, text: "on the way" })],
    ["回复:马上到", ok({ do: "reply", case: CURRENT, text: "马上到" })],
    ["回覆 C26112207 馬上到", ok({ do: "reply", case: OTHER, text: "馬上到" })],
    ["reply C26112207: line one\nline two", ok({ do: "reply", case: OTHER, text: "line one\nline two" })],
    ["reply", no("no_text")],
    ["reply C26112207", no("no_text")],
    ["note 打过电话", ok({ do: "note", case: CURRENT, text: "打过电话" })],
    ["备注:打过电话", ok({ do: "note", case: CURRENT, text: "打过电话" })],
    ["release", ok({ do: "release", case: CURRENT })],
    ["back to bot", ok({ do: "release", case: CURRENT })],
    ["交回", ok({ do: "release", case: CURRENT })],
    ["resolve mended at last", ok({ do: "resolve", case: CURRENT, text: "mended at last" })],
    ["结案", ok({ do: "resolve", case: CURRENT, text: "" })],
    ["解決 C26112207 已換新", ok({ do: "resolve", case: OTHER, text: "已換新" })],
    ["reopen not happy", ok({ do: "reopen", case: CURRENT, text: "not happy" })],
    ["重开", ok({ do: "reopen", case: CURRENT, text: "" })],
    ["move W26112301 ready", ok({ do: "move_order", order: "W26112301", to: "ready", promisedAt: null, text: null })],
    [
      "工单 wx20261118001 waiting_parts 配件周五到",
      ok({ do: "move_order", order: "WX20261118001", to: "waiting_parts", promisedAt: null, text: "配件周五到" }),
    ],
    ["move W26112301 READY", ok({ do: "move_order", order: "W26112301", to: "ready", promisedAt: null, text: null })],
    ["move #W-2611 ready", ok({ do: "move_order", order: "W-2611", to: "ready", promisedAt: null, text: null })],
    ["move", no("no_order")],
    ["move ready", no("no_order")],
    ["move W26112301", no("no_status")],
    ["move W26112301 finished", no("no_status")],
    ["move W26112301 做好了", no("no_status")],
    // plain text is a note and stays inside
    ["客户很着急", ok({ do: "note", case: CURRENT, text: "客户很着急" })],
    ["C26112207 客户很着急", ok({ do: "note", case: OTHER, text: "客户很着急" })],
    ["claiming is not claim", ok({ do: "note", case: CURRENT, text: "claiming is not claim" })],
    ["回复了没有?", ok({ do: "note", case: CURRENT, text: "回复了没有?" })],
    ["解决不了", ok({ do: "note", case: CURRENT, text: "解决不了" })],
    ["", no("no_text")],
    ["   ", no("no_text")],
  ];
  test.each(table)("%j", (text, wanted) => {
    expect(parseDeskCommand(text, CURRENT)).toMatchObject(wanted);
  });

  test("without a case at hand, one must be named", () => {
    for (const text of ["claim", "reply hello", "hello", "resolve"])
      expect(parseDeskCommand(text, null), text).toMatchObject(no("no_case"));
    expect(parseDeskCommand("claim C26112207", null)).toStrictEqual(ok({ do: "claim", case: OTHER }));
    expect(parseDeskCommand("move W26112301 ready", null).ok).toBe(true);
  });
});

describe("in a team chat", () => {
  const NOW = Date.parse("2026-11-23T09:00:00+08:00");
  const parse = (text: string) => parseDeskCommand(text, CURRENT, { strict: true, now: NOW, zone: "Asia/Shanghai" });
  const note = (text: string) => ok({ do: "note", case: CURRENT, text });
  const table: readonly (readonly [string, ParsedCommand | ReturnType<typeof no>])[] = [
    // English without a slash is talk
    ["close the window please", note("close the window please")],
    ["order lunch?", note("order lunch?")],
    ["reply to him later", note("reply to him later")],
    ["claim", note("claim")],
    ["send", note("send")],
    ["/claim", ok({ do: "claim", case: CURRENT })],
    ["/claim@anxin_bot", ok({ do: "claim", case: CURRENT })],
    ["/reply on the way", ok({ do: "reply", case: CURRENT, text: "on the way" })],
    ["/close mended", ok({ do: "resolve", case: CURRENT, text: "mended" })],
    // Chinese verbs stand bare, words of every day don't
    ["接单", ok({ do: "claim", case: CURRENT })],
    ["回复:马上到", ok({ do: "reply", case: CURRENT, text: "马上到" })],
    ["回复：马上到，请稍等", ok({ do: "reply", case: CURRENT, text: "马上到，请稍等" })],
    ["／reply 马上到", ok({ do: "reply", case: CURRENT, text: "马上到" })],
    ["标签：漏水，急", ok({ do: "tag", case: CURRENT, tags: ["漏水", "急"] })],
    ["回复了没有?", note("回复了没有?")],
    ["解决不了", note("解决不了")],
    ["结案 已换新", ok({ do: "resolve", case: CURRENT, text: "已换新" })],
    ["完成", note("完成")],
    ["/完成", ok({ do: "resolve", case: CURRENT, text: "" })],
    ["撤回", ok({ do: "recall", case: CURRENT })],
    ["转给 孙建平 客户要见经理", ok({ do: "assign", case: CURRENT, to: "孙建平", text: "客户要见经理" })],
    ["/assign @sun-jianping", ok({ do: "assign", case: CURRENT, to: "sun-jianping", text: null })],
    ["/snooze 2h", ok({ do: "snooze", case: CURRENT, until: NOW + 7_200_000 })],
    ["/snooze C26112207 14:30", ok({ do: "snooze", case: OTHER, until: NOW + 19_800_000 })],
    ["/snooze 08:00", ok({ do: "snooze", case: CURRENT, until: NOW + 82_800_000 })],
    ["延后 半小时", ok({ do: "snooze", case: CURRENT, until: NOW + 1_800_000 })],
    ["/snooze some day", no("no_time")],
    ["/tag vip-care, parts", ok({ do: "tag", case: CURRENT, tags: ["vip-care", "parts"] })],
    ["/split", ok({ do: "split", case: CURRENT })],
    ["/clam", no("unknown")],
    ["/reply", no("no_text")],
    ["// 1/2 of it", note("// 1/2 of it")],
  ];
  test.each(table)("%j", (text, wanted) => {
    expect(parse(text)).toMatchObject(wanted);
  });
});

test("a case's number is found wherever it stands, and never inside another word", () => {
  expect(caseNumberIn("about C26112301, please")).toBe("C26112301");
  expect(caseNumberIn("个案#c26112301的客户")).toBe("C26112301");
  expect(caseNumberIn("ABC26112301")).toBeNull();
  expect(caseNumberIn("C123")).toBeNull();
});
