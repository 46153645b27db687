import { expect, test } from "vitest";
import { parseCareCommand } from "../../../core/care/staff-command.ts";

test.each([
  ["campaign", { do: "list" }],
  ["群发", { do: "list" }],
  ["campaign K001", { do: "report", id: "K001" }],
  ["/campaign approve k001", { do: "act", id: "K001", act: { do: "approve" } }],
  ["群发 批准 K012", { do: "act", id: "K012", act: { do: "approve" } }],
  ["活动 暂停 K001", { do: "act", id: "K001", act: { do: "pause" } }],
  ["campaign cancel K001 wrong price", { do: "act", id: "K001", act: { do: "cancel", why: "wrong price" } }],
  ["活動 退回 K001", { do: "act", id: "K001", act: { do: "reject", why: "–" } }],
  ["campaign for the winter?", null],
  ["客户问活动", null],
  ["resolve C26112201 done", null],
])("%s", (text, wanted) => expect(parseCareCommand(text)).toEqual(wanted));
