/** Reports, tasks and campaigns over HTTP. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mountReports } from "../../../adapters/web/index.ts";
import { loadProfile } from "../../../bots/profiles.ts";
import { createCampaigns } from "../../../core/care/campaigns.ts";
import { createForecasts } from "../../../core/care/forecasts.ts";
import { createHolds } from "../../../core/care/holds.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { customer, order, orderChange, touch } from "../../contract/store/samples.ts";
import { NOW, startTestService, type TestService } from "./support.ts";

const model = createBusinessModel(loadProfile("dealer", "en"));
const DAY = 86_400_000;
const DRAFT = { by: "shen-yue", name: "Winter", text: { "zh-CN": "冬检 {name}", "zh-TW": "冬檢", en: "Winter check" }, audience: {} };

let service: TestService;
beforeEach(async () => {
  service = await startTestService({
    routes: (host, { store, clock }) =>
      mountReports(host, {
        store,
        clock,
        model,
        campaigns: createCampaigns(store, model, new Map(), clock),
        holds: createHolds(store, model, clock),
        forecasts: createForecasts(store, model, new Map(), clock),
      }),
  });
});
afterEach(() => service.close());

const get = (path: string) => fetch(`${service.url}/reports/api${path}`);
const post = (path: string, body: unknown) =>
  fetch(`${service.url}/reports/api${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

async function aMonth(): Promise<void> {
  await service.store.unit(async (unit) => {
    await unit.customers.put(customer("k1", { name: "王", phones: ["+8613800138000"] }));
    const answer = { at: NOW - DAY, score: 3, items: { waiting: 2 }, topics: ["waiting"], remark: "等太久", case: null, asked: false };
    await unit.care.plan([
      touch("3dc/k1/W1/0", { plan: "3dc", kind: "survey", status: "sent", at: NOW - DAY, order: "W1", answer }),
      touch("maintenance/k1/x/0", {
        plan: "maintenance",
        kind: "reminder",
        status: "sent",
        at: NOW - 2 * DAY,
        fruit: { number: "B1", at: NOW - DAY },
      }),
      touch("birthday/k1/x/0", { status: "skipped", at: NOW - DAY, log: [{ at: NOW - DAY, status: "skipped", why: "complaint" }] }),
      touch("3dc/k1/W2/1", {
        plan: "3dc",
        kind: "survey",
        step: 1,
        status: "task",
        at: NOW,
        task: { way: "call", to: "representative", text: "三日回访" },
      }),
    ]);
    const history = [{ status: "delivered" as const, at: NOW - 6 * DAY, by: "x", why: null }];
    await unit.records.save(orderChange(order("W1", { status: "delivered", history })), "e1");
  });
}

describe("the report", () => {
  test("counts what was sent, answered, held back and brought", async () => {
    await aMonth();
    const { figures, tables } = (await (await get("/report?period=month&lang=en")).json()) as {
      figures: Record<string, never>;
      tables: { id: string; rows: unknown[][] }[];
    };
    expect(figures).toMatchObject({
      sent: 2,
      reached: { good: 2, of: 2 },
      reasons: { complaint: 1 },
      surveys: { answered: 1, mean: 3, satisfied: { good: 0, of: 1 }, low: 1, goalPercent: 90 },
      conversion: { good: 1, of: 1 },
      assurances: { aftercare: { good: 1, of: 1 }, quality: { good: 1, of: 1 } },
      openTasks: 1,
    });
    expect(tables.find((one) => one.id === "items")?.rows).toEqual([["waiting time", "scheduling", 1, 2, 1, 0]]);
  });

  test("comes as CSV that spreadsheets open as text, and as XLSX", async () => {
    await aMonth();
    const csv = await get("/report.csv?period=month&lang=zh-CN");
    expect(csv.headers.get("content-disposition")).toMatch(/report-month-\d{4}-\d{2}-01\.csv/);
    const text = await csv.text();
    expect(text).toContain("回访收回,1");
    const xlsx = new Uint8Array(await (await get("/report.xlsx?period=month&lang=zh-CN")).arrayBuffer());
    expect([...xlsx.slice(0, 2)]).toEqual([0x50, 0x4b]);
    expect(xlsx.length).toBeGreaterThan(2_000);
  });

  test.each(["period=year", "period=day&day=soon", "period=day&day=2026-13-45"])("refuses %s", async (query) => {
    expect((await get(`/report?${query}`)).status).toBe(422);
  });
});

describe("tasks", () => {
  test("are listed with whom to call, and finished with what came of it", async () => {
    await aMonth();
    const { tasks } = (await (await get("/tasks?lang=en")).json()) as { tasks: { id: string; customer: { phones: string[] } }[] };
    expect(tasks).toMatchObject([
      { id: "3dc/k1/W2/1", way: "call", text: "三日回访", customer: { name: "王", phones: ["+8613800138000"] } },
    ]);
    const done = await post("/tasks/result", { id: tasks[0]!.id, by: "shen-yue", reached: true, score: 5, text: "很满意" });
    expect(await done.json()).toEqual({ id: "3dc/k1/W2/1", status: "done" });
    expect((await service.store.unit((unit) => unit.care.get("3dc/k1/W2/1")))?.answer?.score).toBe(5);
    expect((await post("/tasks/result", { id: tasks[0]!.id, by: "shen-yue", reached: true })).status).toBe(404);
  });

  test.each([
    [{ id: "x", by: "eve", reached: true }, "staff_unknown"],
    [{ id: "x", by: "shen-yue", reached: "yes" }, "reached_type"],
    [{ id: "x", by: "shen-yue", reached: true, score: 7 }, "score_invalid"],
  ])("refuse %j", async (body, code) => {
    const answer = await post("/tasks/result", body);
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([422, code]);
  });
});

describe("campaigns", () => {
  test("are previewed, written, submitted, approved by a manager and started", async () => {
    await service.store.unit((unit) =>
      unit.customers.put(
        customer("k1", { name: "王建华", title: "mr", consents: { "care.campaign": { allowed: true, at: NOW, source: "form" } } }),
      ),
    );
    const preview = (await (await post("/campaigns/preview", DRAFT)).json()) as { count: number; sample: { text: string }[] };
    expect([preview.count, preview.sample[0]?.text]).toEqual([1, "冬检 王先生"]);
    const { campaign } = (await (await post("/campaigns", DRAFT)).json()) as { campaign: { id: string } };
    const act = async (by: string, what: string, why?: string) => {
      const answer = await post(`/campaigns/${campaign.id}/act`, { by, do: what, why });
      const body = (await answer.json()) as { campaign?: { status: string }; error?: { code: string } };
      return body.campaign?.status ?? body.error?.code;
    };
    expect(await act("shen-yue", "start")).toBe("wrong_state");
    expect(await act("shen-yue", "submit")).toBe("submitted");
    expect(await act("shen-yue", "approve")).toBe("needs_manager");
    expect(await act("jiang-min", "approve")).toBe("approved");
    expect(await act("shen-yue", "start")).toBe("sending");
    expect((await (await get("/campaigns")).json()) as object).toMatchObject({ campaigns: [{ id: campaign.id, status: "sending" }] });
    expect(await (await post(`/campaigns/${campaign.id}/test`, { by: "shen-yue", customer: "k1" })).json()).toEqual({ way: "none" });
    expect((await get("/campaigns/K999")).status).toBe(404);
  });

  test.each([
    [{ ...DRAFT, text: { "zh-CN": "{nmae}", "zh-TW": "a", en: "a" } }, "variable_unknown"],
    [{ ...DRAFT, text: { "zh-CN": "a", "zh-TW": "a" } }, "text en_type"],
    [{ ...DRAFT, book: "massage" }, "service_unknown"],
    [{ ...DRAFT, audience: { products: ["boat"] } }, "product_unknown"],
    [{ ...DRAFT, audience: { age: 30 } }, "audience_invalid"],
    [{ ...DRAFT, startAt: "2026-12-02T10:00", endAt: "2026-12-01T10:00" }, "end_early"],
    [{ ...DRAFT, by: "eve" }, "staff_unknown"],
  ])("refuse %j", async (body, code) => {
    const answer = await post("/campaigns", body);
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([422, code]);
  });
});

describe("the forecast", () => {
  test("is counted over HTTP, in files too, and names who a row stands for", async () => {
    const birthday = { calendar: "solar", year: null, month: 12, date: 1, leap: false } as const;
    await service.store.unit(async (unit) => {
      await unit.customers.put({ ...customer("k1", { name: "王芳", phones: ["+8613800138000"] }), birthday });
      await unit.customers.put({
        ...customer("k2", { name: "李雷", consents: { care: { allowed: false, at: NOW, source: "x" } } }),
        birthday,
      });
    });
    const answer = (await (await get("/forecast?weeks=2&lang=en")).json()) as {
      customers: number;
      looked: number;
      due: boolean;
      tables: { id: string; rows: unknown[][]; keys: (string | null)[] }[];
    };
    expect([answer.customers, answer.looked, answer.due]).toEqual([2, 2, true]);
    const reasons = answer.tables.find((one) => one.id === "reasons")!;
    expect(reasons.rows).toEqual([
      ["left out", "opted out", 1],
      ["not reachable", "no channel", 1],
    ]);
    const people = await get(`/forecast/people?weeks=2&lang=en&of=${encodeURIComponent(reasons.keys[1]!)}`);
    expect(await people.json()).toEqual({
      people: [
        {
          id: "k1",
          name: "王芳",
          phones: ["+8613800138000"],
          day: "2026-11-28",
          plan: "birthday wishes",
          way: "not reachable",
          channel: "",
          why: "no channel",
        },
      ],
      more: false,
    });
    expect(await (await get("/forecast.csv?weeks=2&lang=zh-CN")).text()).toContain("不发,客户已退订,1");
    expect([...new Uint8Array(await (await get("/forecast.xlsx?weeks=2")).arrayBuffer()).slice(0, 2)]).toEqual([0x50, 0x4b]);
  });

  test.each([
    ["/forecast?weeks=3", 422],
    ["/forecast?weeks=x", 422],
    ["/forecast/people?weeks=2", 400],
  ])("refuses %s", async (path, status) => expect((await get(path)).status).toBe(status));
});
