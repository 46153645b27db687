import { describe, expect, test } from "vitest";
import { marksOf, outbreakMarks } from "../../../core/cases/marks.ts";
import { type Case, NO_LINKS, OUTBREAKS } from "../../../core/cases/state.ts";
import { DAY_MS } from "../../../core/time.ts";
import { caseOf } from "../../contract/store/samples.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { AMY, MANAGER, SHOP } from "./bench-case.ts";

describe("marks of a case", () => {
  const links = { ...NO_LINKS, product: "machine", fault: "broken" };
  const table: readonly (readonly [string, Partial<Case>, readonly string[]])[] = [
    ["fault and product", { links }, ["fault:machine:broken"]],
    ["a fault of an unknown product says nothing", { links: { ...links, product: null } }, []],
    ["a part, whatever its case", { links: { ...NO_LINKS, part: "Compressor" } }, ["part:compressor"]],
    ["a technician", { links: { ...NO_LINKS, technician: "amy" } }, ["technician:amy"]],
    ["all of them", { links: { ...links, part: "x", technician: "amy" } }, ["fault:machine:broken", "part:x", "technician:amy"]],
    ["a wish for a person is no outbreak", { links, category: "human" }, []],
    ["a warranty matter may be one", { links, category: "warranty" }, ["fault:machine:broken"]],
  ];
  test.each(table)("%s", (_name, more, wanted) => {
    expect(outbreakMarks(caseOf("C1", more))).toEqual(wanted);
  });

  test("what was given is marked when it was decided, what was only proposed is not", () => {
    const compensation = {
      id: "K1",
      kind: "refund",
      amountMinor: 100,
      fault: "ours",
      reason: "x",
      proposedBy: "amy",
      proposedAt: 1,
      needs: "manager",
      decidedBy: "max",
      decidedAt: 7,
      remark: null,
      answer: null,
    } as const;
    const marks = (status: "proposed" | "approved") =>
      marksOf(caseOf("C1", { links, compensations: [{ ...compensation, status }] })).map((one) => one.mark);
    expect(marks("proposed")).toEqual(["fault:machine:broken"]);
    expect(marks("approved")).toEqual(["fault:machine:broken", "given", "given:complaint:broken"]);
  });
});

async function complain(bench: Bench, count: number, from = 0): Promise<void> {
  for (let index = from; index < from + count; index += 1) await bench.say(`web:${index}`, `我要投诉,机器坏了,第${index}位`);
}

const parents = async (bench: Bench): Promise<readonly Case[]> => (await bench.cases()).filter((one) => one.category === "batch");

describe("an outbreak", () => {
  test("gathers the third case of the same fault and those before it, with the words side by side, and tells the manager", async () => {
    const bench = openBench({ profile: SHOP });
    await complain(bench, 2);
    expect(await parents(bench)).toEqual([]);
    await complain(bench, 1, 2);
    const [parent, ...more] = await parents(bench);
    expect(more).toEqual([]);
    expect(parent).toMatchObject({ step: "manager", urgency: "urgent", conversation: OUTBREAKS, customerId: null });
    expect(parent!.children.map((child) => child.words)).toEqual([0, 1, 2].map((index) => `我要投诉,机器坏了,第${index}位`));
    const children = (await bench.cases()).filter((one) => one.category === "complaint");
    expect(children.map((one) => one.parent)).toEqual([parent!.number, parent!.number, parent!.number]);
    const told = (await bench.notices()).filter((notice) => notice.text.includes("【批量】"));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ to: "manager", case: parent!.number });
    expect(told[0]!.text).toMatch(/第0位[\s\S]*第1位[\s\S]*第2位/);
  });

  test("later cases join the parent, the same customer's words add none", async () => {
    const bench = openBench({ profile: SHOP });
    await complain(bench, 4);
    await bench.say("web:3", "我要投诉,机器坏了,还没人理我");
    expect((await parents(bench)).map((one) => one.children.length)).toEqual([4]);
  });

  test("no customer hears of it", async () => {
    const bench = openBench({ profile: SHOP });
    await complain(bench, 3);
    for (let index = 0; index < 3; index += 1) {
      const said = (await bench.messages(`web:${index}`)).map((message) => message.text).join("\n");
      expect(said).not.toMatch(/批量|同类/);
      expect(await bench.say(`web:${index}`, "修好没")).not.toEqual([]);
    }
    const [parent] = await parents(bench);
    await bench.desk(OUTBREAKS, MANAGER, { do: "claim", case: parent!.number });
    expect(await bench.messages(OUTBREAKS)).toEqual([]);
  });

  test("claimed in time its first clock stops; resolved, its outcome stands on each open case", async () => {
    const bench = openBench({ profile: SHOP });
    await complain(bench, 3);
    const { number } = (await parents(bench))[0]!;
    await bench.desk(OUTBREAKS, MANAGER, { do: "claim", case: number });
    expect((await parents(bench))[0]!.clocks.first_answer.spans[0]!.to).not.toBeNull();
    await bench.desk(OUTBREAKS, MANAGER, { do: "resolve", case: number, text: "同一批次,统一换件" });
    for (const one of (await bench.cases()).filter((each) => each.category === "complaint"))
      expect(one.notes.at(-1)).toMatchObject({ by: MANAGER, text: expect.stringContaining("统一换件") });
    expect(await bench.messages(OUTBREAKS)).toEqual([]);
  });

  test("cases further apart than thirty days make none", async () => {
    const bench = openBench({ profile: SHOP });
    await complain(bench, 1);
    await bench.wait(20 * DAY_MS);
    await complain(bench, 1, 1);
    await bench.wait(11 * DAY_MS);
    await complain(bench, 1, 2);
    expect(await parents(bench)).toEqual([]);
  });

  test("shows too when staff find the same part behind different words", async () => {
    const bench = openBench({ profile: SHOP });
    for (const index of [0, 1, 2]) {
      await bench.say(`web:${index}`, "我要投诉,师傅迟到了");
      const one = (await bench.cases()).find((each) => each.conversation === `web:${index}`)!;
      await bench.desk(`web:${index}`, AMY, { do: "link", case: one.number, text: "配件 压缩机" });
    }
    expect(await parents(bench)).toMatchObject([{ links: { part: "压缩机" }, children: [{}, {}, {}] }]);
  });
});
