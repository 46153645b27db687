import { describe, expect, test } from "vitest";
import { approverOf, type Compensation, evolveCompensations, limitOf, mayDecide, precedentOf } from "../../../core/cases/compensation.ts";
import { parseProposal } from "../../../core/cases/compensation-desk.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import { DAY_MS } from "../../../core/time.ts";
import { AMY, BEN, type CaseBench, CUSTOMER, MANAGER, OFFICE, openCaseBench, SHOP, texts } from "./bench-case.ts";

describe("parseProposal", () => {
  test.each([
    ["refund 200 ours floor got wet", { kind: "refund", amountMinor: 20_000, fault: "ours", reason: "floor got wet" }],
    ["退款 ¥88.5元 厂家 压缩机", { kind: "refund", amountMinor: 8_850, fault: "maker", reason: "压缩机" }],
    ["折扣 50块 下次保养", { kind: "discount", amountMinor: 5_000, fault: "unclear", reason: "下次保养" }],
    ["贈送 120 我方 濾網一組", { kind: "gift", amountMinor: 12_000, fault: "ours", reason: "濾網一組" }],
    ["refund 200", null],
    ["refund lots ours because", null],
    ["refund 0 ours because", null],
    ["refund -5 ours because", null],
    ["money 200 ours because", null],
    ["", null],
  ])("%s", (text, wanted) => {
    expect(parseProposal(text)).toEqual(wanted);
  });
});

describe("who may approve", () => {
  const { compensation: policy } = SHOP.cases;
  test.each([
    [50_000, "ours", "manager"],
    [50_001, "ours", "general_office"],
    [99_999_999, "ours", "general_office"],
    [10_000, "customer", "manager"],
    [100_001, "customer", null],
    [20_000, "unclear", "manager"],
    [500_001, "unclear", null],
  ] as const)("%d fen, %s: %s", (amount, fault, wanted) => {
    expect(approverOf(policy, SHOP.ladder, amount, fault)).toBe(wanted);
  });
  test("a role without a limit approves nothing, and only those as high as needed decide", () => {
    expect(limitOf(policy, "technician", "ours")).toBe(0);
    expect(limitOf(policy, "general_office", "ours")).toBe(Number.POSITIVE_INFINITY);
    expect(mayDecide("manager", "general_office")).toBe(false);
    expect(mayDecide("general_office", "manager")).toBe(true);
    expect(mayDecide("technician", "representative")).toBe(false);
  });
});

const one = (more: Partial<Compensation> = {}): Compensation => ({
  id: "K1",
  kind: "refund",
  amountMinor: 100,
  fault: "ours",
  reason: "x",
  proposedBy: "amy",
  proposedAt: 1,
  status: "proposed",
  needs: "manager",
  decidedBy: null,
  decidedAt: null,
  remark: null,
  answer: null,
  ...more,
});

test("evolveCompensations changes the one that is named and leaves the others", () => {
  const two = one({ id: "K2" });
  const approved = evolveCompensations([one(), two], { type: "compensation_approved", at: 5, id: "K1", by: "max", remark: null });
  expect(approved).toEqual([one({ status: "approved", decidedBy: "max", decidedAt: 5 }), two]);
  expect(evolveCompensations(approved, { type: "compensation_answered", at: 6, id: "K1", accepted: true, words: "好" })[0]).toMatchObject({
    status: "accepted",
    answer: { at: 6, words: "好" },
  });
});

test("precedentOf counts only what was given, and gives least, middle and most", () => {
  const given = (amountMinor: number) => one({ amountMinor, status: "approved" });
  expect(precedentOf([[given(300), one({ amountMinor: 9_999 })], [given(100)], [given(200)], []])).toEqual({
    cases: 4,
    given: 3,
    leastMinor: 100,
    middleMinor: 200,
    mostMinor: 300,
  });
  expect(precedentOf([])).toMatchObject({ given: 0, mostMinor: 0 });
});

async function proposed(text = "退款 200 我方 师傅弄湿地板", options: Parameters<typeof openCaseBench>[1] = {}): Promise<CaseBench> {
  const place = await openCaseBench("我要投诉,机器坏了", options);
  await place.act(AMY, { do: "reply", text: "您好" });
  const said = await place.act(AMY, { do: "propose", text });
  expect(said).toEqual([]);
  return place;
}

describe("a compensation at the desk", () => {
  test("proposed beyond one's authority, it goes to the manager, the rule fires, and the customer hears nothing", async () => {
    const { bench, current, told } = await proposed();
    expect((await current()).compensations).toMatchObject([{ id: "K1", status: "proposed", needs: "manager", amountMinor: 20_000 }]);
    expect(await current()).toMatchObject({ step: "manager", tags: expect.arrayContaining(["authority"]) });
    expect(
      (await told()).some((line) => line.startsWith("manager: 【待审批】") && line.includes("¥200") && line.includes("我方责任")),
    ).toBe(true);
    expect(texts(await bench.messages(CUSTOMER))).not.toMatch(/退款|200/);
  });

  test("approved, the customer is offered it and their acceptance is kept with the case", async () => {
    const { bench, number, act, current, told } = await proposed();
    const [offer] = (await act(MANAGER, { do: "approve", text: "K1" })).slice(-1);
    expect(offer!.text).toMatch(/经主管批准.*退款.*¥200/);
    expect((await current()).waitingSince).not.toBeNull();
    expect(texts(await bench.say(CUSTOMER, "可以,接受"))).toContain("已记录您接受");
    expect((await current()).compensations).toMatchObject([{ status: "accepted", decidedBy: MANAGER, answer: { words: "可以,接受" } }]);
    expect((await current()).waitingSince).toBeNull();
    expect((await told()).at(-1)).toMatch(new RegExp(`^${AMY}: .*接受补偿 K1`));
    expect(texts(await bench.press(CUSTOMER, `case:decline:${number}:K1`))).toContain("已经记录过");
    expect((await current()).compensations).toMatchObject([{ status: "accepted" }]);
  });

  test("declined by the customer, staff hear it and nothing is given", async () => {
    const { bench, number, act, current } = await proposed();
    await act(MANAGER, { do: "approve", text: "" });
    await bench.press(CUSTOMER, `case:decline:${number}:K1`);
    expect((await current()).compensations).toMatchObject([{ status: "declined" }]);
  });

  test("denied, the proposer hears why and the customer hears nothing", async () => {
    const { act, current, told } = await proposed();
    expect(await act(MANAGER, { do: "deny", text: "K1 先上门看" })).toEqual([]);
    expect((await told()).at(-1)).toMatch(new RegExp(`^${AMY}: .*驳回：先上门看`));
    expect((await current()).compensations).toMatchObject([{ status: "denied", remark: "先上门看" }]);
    expect(await act(OFFICE, { do: "approve", text: "K1" })).toEqual([]);
    expect((await current()).compensations).toMatchObject([{ status: "denied" }]);
  });

  test.each([
    ["a representative", BEN, "退款 200 我方 理由"],
    ["a manager above the limit", MANAGER, "退款 600 我方 理由"],
  ])("%s can't approve it", async (_name, by, text) => {
    const { act, current, told } = await proposed(text);
    expect(await act(by, { do: "approve", text: "K1" })).toEqual([]);
    expect((await current()).compensations).toMatchObject([{ status: "proposed" }]);
    expect((await told()).at(-1)).toMatch(new RegExp(`^${by}: `));
  });

  test("two approvals at once are one, and the customer is asked once", async () => {
    const { bench, number, current } = await proposed();
    const approve = { do: "approve", case: number, text: "K1" } as const;
    await Promise.all([MANAGER, OFFICE].map((by) => bench.post(CUSTOMER, { kind: "desk", by, command: approve }, `approve-${by}`)));
    await bench.engine.settle();
    expect((await current()).compensations).toMatchObject([{ status: "approved" }]);
    expect((await bench.messages(CUSTOMER)).filter((message) => message.text.includes("经主管批准"))).toHaveLength(1);
  });

  test("a manager's own within the limit needs nobody else, above it the office", async () => {
    const { act, current } = await openCaseBench();
    expect(texts(await act(MANAGER, { do: "propose", text: "赠送 100 我方 滤网" }))).toContain("¥100");
    await act(MANAGER, { do: "propose", text: "退款 501 我方 理由" });
    expect((await current()).compensations.map((each) => [each.status, each.needs])).toEqual([
      ["approved", "manager"],
      ["proposed", "general_office"],
    ]);
    expect(await act(MANAGER, { do: "approve", text: "K2" })).toEqual([]);
    expect((await current()).compensations[1]!.status).toBe("proposed");
  });

  test("withdrawn by its proposer alone", async () => {
    const { act, current } = await proposed();
    await act(BEN, { do: "withdraw", text: "K1" });
    expect((await current()).compensations).toMatchObject([{ status: "proposed" }]);
    await act(AMY, { do: "withdraw", text: "K1" });
    expect((await current()).compensations).toMatchObject([{ status: "withdrawn" }]);
  });

  test("what can't be read, is too much, or comes after the end is refused with what can be done", async () => {
    const { act, current, told } = await openCaseBench();
    await act(AMY, { do: "propose", text: "退款" });
    expect((await told()).at(-1)).toContain("写法");
    await act(AMY, { do: "propose", text: "退款 1001 客户 理由" });
    expect((await told()).at(-1)).toContain("最多可批准 ¥1,000");
    await act(AMY, { do: "resolve", text: "" });
    await act(AMY, { do: "propose", text: "退款 10 我方 理由" });
    expect((await told()).at(-1)).toContain("重新打开");
    expect((await current()).compensations).toEqual([]);
  });
});

describe("what the approver sees", () => {
  const tight: Profile = { ...SHOP, cases: { ...SHOP.cases, compensation: { ...SHOP.cases.compensation, monthlyBudget: 300 } } };

  test("what similar cases received and what the budget has left; beyond it only the last step approves", async () => {
    const place = await proposed("退款 200 我方 理由", { profile: tight });
    await place.act(MANAGER, { do: "approve", text: "K1" });
    const { bench } = place;
    await bench.say("web:b", "我要投诉,机器坏了");
    const second = (await bench.cases()).find((each) => each.conversation === "web:b")!;
    await bench.desk("web:b", AMY, { do: "propose", case: second.number, text: "退款 150 我方 理由" });
    const wanted = (await place.told()).findLast((line) => line.includes("【待审批】"))!;
    expect(wanted).toMatch(/^general_office: /);
    expect(wanted).toContain("同类个案曾补偿 1 次：最少 ¥200，中位 ¥200，最多 ¥200");
    expect(wanted).toContain("¥200 / 预算 ¥300，本次将超出预算");
    expect(await bench.desk("web:b", MANAGER, { do: "approve", case: second.number, text: "K1" })).toEqual([]);
    expect(texts(await bench.desk("web:b", OFFICE, { do: "approve", case: second.number, text: "K1" }))).toContain("¥150");
  });

  test("a new month has its own budget", async () => {
    const place = await proposed("退款 200 我方 理由", { profile: tight });
    await place.act(MANAGER, { do: "approve", text: "K1" });
    await place.bench.wait(10 * DAY_MS);
    await place.bench.say("web:b", "我要投诉,机器坏了");
    const second = (await place.bench.cases()).find((each) => each.conversation === "web:b")!;
    await place.bench.desk("web:b", AMY, { do: "propose", case: second.number, text: "退款 200 我方 理由" });
    expect((await place.bench.cases()).find((each) => each.number === second.number)!.compensations).toMatchObject([{ needs: "manager" }]);
  });
});
