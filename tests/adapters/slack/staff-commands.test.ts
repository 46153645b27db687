import { describe, expect, test } from "vitest";
import type { ModalName } from "../../../adapters/slack/actions.ts";
import { staffCommandOf } from "../../../adapters/slack/staff-commands.ts";
import { parseProposal } from "../../../core/cases/compensation-desk.ts";
import { parseDeskCommand } from "../../../core/desk/command.ts";

const CASE = "C20261123001";
const typed = (modal: ModalName, values: Readonly<Record<string, string>>, number: string | null = CASE) =>
  staffCommandOf({ modal, values, memory: { case: number, thread: "1.1" } });
const read = (modal: ModalName, values: Readonly<Record<string, string>>, number: string | null = CASE) => {
  const command = typed(modal, values, number);
  if (!command.ok) throw new Error(command.mistake);
  return parseDeskCommand(command.text, CASE);
};

describe("a form is read by the desk as what it says", () => {
  test.each<[ModalName, Readonly<Record<string, string>>, object]>([
    ["reply", { text: "马上安排师傅。\n请稍等" }, { do: "reply", case: CASE, text: "马上安排师傅。\n请稍等" }],
    ["reply", { text: "/resolve 这不是命令" }, { do: "reply", text: "/resolve 这不是命令" }],
    ["note", { text: "上个月也来过" }, { do: "note", case: CASE, text: "上个月也来过" }],
    ["resolve", { text: "已换新" }, { do: "resolve", case: CASE, text: "已换新" }],
    ["resolve", {}, { do: "resolve", case: CASE, text: "" }],
  ])("%s %j", (modal, values, command) => {
    expect(read(modal, values)).toMatchObject({ ok: true, command });
    // Without its number the thread says which case it is.
    expect(read(modal, values, null)).toMatchObject({ ok: true, command });
  });

  test.each([
    [
      { kind: "refund", amount: "200", side: "ours", text: "地板弄湿" },
      { kind: "refund", amountMinor: 20_000, fault: "ours", reason: "地板弄湿" },
    ],
    [
      { kind: "gift", amount: "¥1,299.50", text: "等太久 两次" },
      { kind: "gift", amountMinor: 129_950, fault: "unclear", reason: "等太久 两次" },
    ],
  ])("compensation %j", (values, proposal) => {
    const parsed = read("compensate", values);
    expect(parsed).toMatchObject({ ok: true, command: { do: "propose", case: CASE } });
    expect(parseProposal((parsed as { command: { text: string } }).command.text)).toEqual(proposal);
  });

  test.each(["", "0", "-5", "很多", "1e3", "12345678", "1,2", "5.123"])("an amount of %j is sent back", (amount) => {
    expect(typed("compensate", { kind: "refund", amount, text: "x" })).toEqual({
      ok: false,
      field: "amount",
      mistake: "staff.amount_wrong",
    });
  });
});
