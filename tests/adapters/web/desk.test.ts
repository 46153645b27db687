import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFigureCounter } from "../../../adapters/web/desk/figures.ts";
import { aboutBusiness } from "../../../adapters/web/index.ts";
import type { Booking } from "../../../core/booking/state.ts";
import type { Case } from "../../../core/cases/state.ts";
import { newCustomer } from "../../../core/customers/state.ts";
import type { WorkOrder } from "../../../core/orders/state.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import { keepNotices } from "../../../core/spine/staff-fanout.ts";
import { DAY_MS } from "../../../core/time.ts";
import { ABOUT, call, NOW, startTestService, type TestService } from "./support.ts";

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.close());

const api = (path: string, body?: unknown) => call(`${service.url}/desk/api/${path}`, body);
const MINUTE = 60_000;

const order: WorkOrder = {
  number: "W1",
  customerId: "U1",
  status: "received",
  product: "ac",
  ownedProduct: null,
  plate: null,
  serial: null,
  services: ["ac-repair"],
  technician: "li",
  booking: null,
  promisedAt: NOW,
  note: null,
  history: [],
  hurried: 0,
  createdAt: NOW,
  updatedAt: NOW,
};
const booking: Booking = {
  status: "confirmed",
  number: "B1",
  customerId: "U1",
  conversation: "web:home",
  product: "ac",
  ownedProduct: null,
  fault: null,
  services: ["ac-repair"],
  place: "shop",
  address: null,
  contact: { name: "王芳", title: "ms", phone: "+8613800138000" },
  purchaseChannel: null,
  technician: "li",
  start: NOW + MINUTE,
  end: NOW + 2 * MINUTE,
  estimate: { lowMinor: 1, highMinor: 2, currency: "CNY", afterDiagnosis: false },
  note: null,
  changes: 0,
  createdAt: NOW,
  updatedAt: NOW,
};

async function save(kind: "order" | "booking", state: WorkOrder | Booking): Promise<void> {
  await service.store.unit((unit) => unit.records.save({ kind, id: state.number, events: [], state } as never, "test"));
}

/** Resolves once `holds` of what a call gives. */
async function until<T>(path: string, holds: (body: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      api(path).then(({ body }) => {
        if (!holds(body as T)) return;
        unwatch();
        resolve(body as T);
      }, reject);
    };
    const unwatch = service.feed.watch(null, look);
    look();
  });
}

describe("cases", () => {
  test("come open first, then by urgency, then by the time promised", async () => {
    const open = (number: string, extra: Partial<Case>) => service.openCase(`web:${number}`, { number, ...extra });
    await open("C1", { status: "resolved", urgency: "emergency" });
    await open("C2", { promisedAt: NOW + 2 * MINUTE });
    await open("C3", { promisedAt: NOW + MINUTE });
    await open("C4", { urgency: "urgent", promisedAt: NOW + 9 * MINUTE });
    await open("C5", { status: "claimed", urgency: "emergency" });
    await open("C6", { urgency: "emergency", promisedAt: NOW - MINUTE });
    const { cases, more } = (await api("cases")).body as { cases: { number: string; overdue: boolean }[]; more: boolean };
    expect([cases.map(({ number }) => number), more]).toEqual([["C6", "C4", "C3", "C2", "C5", "C1"], false]);
    expect(cases.filter(({ overdue }) => overdue).map(({ number }) => number)).toEqual(["C6"]);
  });

  test("are shown with the customer's file, the transcript and the reasons in the language asked for", async () => {
    await service.store.unit(async (unit) => {
      await unit.customers.put({ ...newCustomer("U1", NOW), name: "王芳", vip: true });
      await unit.customers.linkConversation("web:c1", "U1");
    });
    await save("order", order);
    await save("booking", booking);
    await call(`${service.url}/channels/web/messages`, { conversation: "c1", id: "m1", text: "human" });
    await until<{ cases: unknown[] }>("cases", ({ cases }) => cases.length === 1);
    const shown = (await api("cases/C001?lang=zh-TW")).body as {
      customer: unknown;
      messages: { text: string }[];
      traces: { entry: string; title: string; lines: { text: string }[] }[];
      orders: { next: string[] }[];
      bookings: { start: string }[];
    };
    expect(shown.customer).toMatchObject({ id: "U1", name: "王芳" });
    expect(shown.messages.map(({ text }) => text)).toEqual(["human", "A colleague will answer you. Case C001."]);
    expect(shown.traces).toMatchObject([{ entry: "web:c1:m1", title: "聽懂為：預約或報修（91%）" }]);
    expect(shown.traces[0]!.lines.map(({ text }) => text)).toContain("觸發規則「客戶要真人」，因為 意圖 = 要真人客服");
    expect([shown.orders[0]!.next, shown.bookings[0]!.start]).toEqual([
      ["diagnosing", "in_progress", "cancelled"],
      "2026-11-23T10:01:00+08:00",
    ]);
    expect((await api("conversations/web%3Ac1/trace?lang=en")).body).toMatchObject({
      traces: [{ title: "Understood: book a service (91%)" }],
    });
  });

  test("that are not there are answered with 404, a language that is not ours with 400", async () => {
    expect((await api("cases/C9")).status).toBe(404);
    await service.openCase("web:c1", { number: "C1" });
    expect((await api("cases/C1?lang=fr")).status).toBe(400);
  });
});

describe("commands", () => {
  test("become entries of the case's conversation, once per id, and change the case", async () => {
    await service.openCase("telegram:7", { number: "C1" });
    const claim = { id: "k1", by: "chen", command: { do: "claim", case: "C1" } };
    expect([(await api("commands", claim)).status, (await api("commands", claim)).status]).toEqual([202, 202]);
    expect(service.taken).toEqual([
      {
        id: "desk:k1",
        conversation: "telegram:7",
        receivedAt: NOW,
        event: { kind: "desk", by: "chen", command: claim.command, via: "desk" },
      },
    ]);
    const { case: claimed } = await until<{ case: Case }>("cases/C1", (body) => body.case.status === "claimed");
    expect(claimed.owner).toBe("chen");
  });

  test("keep a note from the customer and bring a reply to them", async () => {
    await service.openCase("web:c1", { number: "C1" });
    await api("commands", { id: "k1", by: "chen", command: { do: "note", case: "C1", text: "difficult" } });
    await api("commands", { id: "k2", by: "chen", command: { do: "reply", case: "C1", text: "We are on our way." } });
    await until<{ case: Case }>("cases/C1", (body) => body.case.answeredAt !== null && body.case.notes.length === 1);
    const { body } = await call(`${service.url}/channels/web/messages?conversation=c1`);
    expect(body).toMatchObject({ messages: [{ from: "staff", text: "We are on our way." }] });
    expect(JSON.stringify(body)).not.toContain("difficult");
  });

  test.each([
    ["a stranger", { id: "k", by: "nobody", command: { do: "claim", case: "C1" } }, 422, "staff_unknown"],
    ["an unknown act", { id: "k", by: "chen", command: { do: "erase", case: "C1" } }, 422, "command_unknown"],
    ["no command", { id: "k", by: "chen" }, 422, "command_type"],
    ["no id", { by: "chen", command: { do: "claim", case: "C1" } }, 422, "id_missing"],
    ["no case", { id: "k", by: "chen", command: { do: "claim" } }, 422, "case_missing"],
    ["a case that is not there", { id: "k", by: "chen", command: { do: "claim", case: "C9" } }, 404, "case_unknown"],
    ["an empty reply", { id: "k", by: "chen", command: { do: "reply", case: "C1", text: " " } }, 422, "text_empty"],
    ["an order that is not there", { id: "k", by: "chen", command: { do: "move_order", order: "W9", to: "ready" } }, 404, "order_unknown"],
    ["an unknown state", { id: "k", by: "chen", command: { do: "move_order", order: "W1", to: "lost" } }, 422, "order_status"],
    [
      "a promise that is no time",
      { id: "k", by: "chen", command: { do: "move_order", order: "W1", to: "ready", promisedAt: "soon" } },
      422,
      "promise_invalid",
    ],
  ])("refuse %s", async (_name, body, status, code) => {
    await service.openCase("web:c1", { number: "C1" });
    const answer = await api("commands", body);
    expect([answer.status, (answer.body as { error: { code: string } }).error.code]).toEqual([status, code]);
    expect(service.taken).toEqual([]);
  });

  const move = { do: "move_order", order: "W1", to: "diagnosing", promisedAt: "2026-11-24T14:00", text: "Part ordered" };

  test.each<[string, Partial<WorkOrder>, readonly Booking[], string]>([
    ["the conversation of its own booking", { booking: "B1" }, [booking], "web:home"],
    ["where the customer wrote last", {}, [booking], "slack:9"],
    ["the sample customer's conversation", {}, [], "web:sample-wang"],
    ["the orders' own conversation when the customer has none", { customerId: "U2" }, [], "house:workshop"],
  ])("bring a moved order to %s", async (_name, extra, bookings, conversation) => {
    await save("order", { ...order, ...extra });
    for (const one of bookings) await save("booking", one);
    await service.store.unit(async (unit) => {
      if (conversation === "web:sample-wang") await unit.customers.linkConversation(conversation, order.customerId);
      if (conversation !== "slack:9") return;
      for (const [id, updatedAt] of [
        ["slack:9", NOW + 1],
        ["telegram:1", NOW],
      ] as const) {
        await unit.customers.linkConversation(id, order.customerId);
        await unit.conversations.put({ id, customerId: order.customerId, state: {}, updatedAt });
      }
    });
    expect((await api("commands", { id: "k1", by: "luo", command: move })).status).toBe(202);
    expect(service.taken).toMatchObject([
      { conversation, event: { command: { ...move, promisedAt: Date.parse("2026-11-24T14:00:00+08:00") } } },
    ]);
  });
});

describe("lists", () => {
  test("give with a notice what can be done about it, as commands that the page hands in, for three days", async () => {
    const buttons = [{ id: "/displace B26112301 @mi2x4k80", label: "请他们让位" }];
    const keep = (id: string, at: number) =>
      service.store.unit((unit) => keepNotices(unit, [{ id, to: "manager", case: null, text: id, at, buttons }]));
    await keep("old", NOW - 4 * DAY_MS);
    await keep("new", NOW);
    const { notices } = (await api("notices")).body as { notices: { text: string; buttons: typeof buttons }[] };
    expect(notices.map(({ text, buttons }) => [text, buttons.length])).toEqual([
      ["old", 0],
      ["new", 1],
    ]);
    const command = { do: "workshop", text: notices[1]!.buttons[0]!.id.slice(1) };
    expect((await api("commands", { id: "tap", by: "luo", command })).status).toBe(202);
    expect(service.taken).toMatchObject([
      { event: { command: { do: "workshop", about: "B26112301", act: { name: "displace", text: "@mi2x4k80" } } } },
    ]);
  });

  test("give notices after a sequence number", async () => {
    for (const text of ["a", "b", "c"])
      await service.store.unit((unit) => unit.notices.add({ id: text, to: "manager", case: null, text, at: NOW }));
    const { notices } = (await api("notices?after=1")).body as { notices: { text: string }[] };
    expect(notices.map(({ text }) => text)).toEqual(["b", "c"]);
  });

  test("page orders and bookings by number", async () => {
    for (const number of ["W1", "W2", "W3"]) await save("order", { ...order, number });
    await save("booking", booking);
    expect((await api("orders?limit=2")).body).toMatchObject({
      orders: [{ number: "W1", promisedAt: "2026-11-23T10:00:00+08:00" }, { number: "W2" }],
      next: "W2",
    });
    expect((await api("orders?limit=2&after=W2")).body).toMatchObject({ orders: [{ number: "W3" }], next: null });
    expect((await api("bookings")).body).toMatchObject({ bookings: [{ number: "B1" }], next: null });
    expect((await api("orders?limit=201")).status).toBe(400);
  });

  test("tell of the business, never of its secrets", async () => {
    expect((await api("about")).body).toEqual({ ...ABOUT, now: NOW });
  });
});

test("figures are those of every record, and are counted anew after ten seconds", async () => {
  await save("order", { ...order, promisedAt: NOW - 1 });
  await save("booking", { ...booking, changes: 1 });
  await service.openCase("web:a", {
    number: "C1",
    status: "claimed",
    createdAt: NOW - 10 * MINUTE,
    answeredAt: NOW - 5 * MINUTE,
    promisedAt: NOW,
  });
  await service.openCase("web:b", { number: "C2", promisedAt: NOW - 1 });
  const expected = {
    at: NOW,
    orders: { total: 1, late: 1, byStatus: { received: 1 } },
    bookings: { total: 1, upcoming: 1, moved: 1, byStatus: { confirmed: 1 } },
    cases: { total: 2, byStatus: { claimed: 1, open: 1 }, byCategory: { human: 2 }, byUrgency: { normal: 2 } },
    answers: { inTime: 1, late: 0, unanswered: 1, medianMinutes: 5 },
    promises: { closed: 0, kept: 0, keptLater: 0, broken: 0, open: 0, keptPercent: null },
  };
  expect((await api("figures")).body).toEqual(expected);
  await save("order", { ...order, number: "W2", status: "closed", promisedAt: NOW - 1 });
  expect((await api("figures")).body).toEqual(expected);
  service.ahead = 10_000;
  expect((await api("figures")).body).toMatchObject({ orders: { total: 2, late: 1, byStatus: { received: 1, closed: 1 } } });
});

test("a customer is found by what is known of them, and shown with the two files of each product", async () => {
  await service.store.unit((unit) =>
    unit.customers.put({
      ...newCustomer("U77", NOW),
      name: "罗文强",
      phones: ["+8613800138821"],
      products: [
        { id: "p1", product: "sedan", brand: null, model: null, plate: "粤B8821F", serial: null, boughtOn: "2024-03-05", mileageKm: 1 },
      ],
    }),
  );
  await save("order", { ...order, number: "W77", customerId: "U77", ownedProduct: "p1" });
  expect((await api("customers?q=lwq%208821")).body).toMatchObject({ customers: [{ id: "U77" }] });
  expect((await api("customers?q=lwq%209999")).body).toEqual({ customers: [] });
  expect((await api("customers?q=")).status).toBe(400);
  expect((await api("customers/U77")).body).toMatchObject({
    customer: { id: "U77" },
    products: [{ sales: { plate: "粤B8821F" }, service: [{ number: "W77" }], coming: [] }],
  });
  expect((await api("customers/U78")).status).toBe(404);
});

test("the figures of nothing are nothing", () => {
  expect(createFigureCounter(NOW).result().answers).toEqual({ inTime: 0, late: 0, unanswered: 0, medianMinutes: null });
});

test("aboutBusiness takes what the pages need from a profile and leaves phones out", () => {
  const name = { "zh-CN": "甲", "zh-TW": "甲", en: "A" };
  const entry = { id: "x", name };
  const profile = {
    business: { name, botName: name, currency: "CNY", languages: ["en"], contact: { phone: "+86 21 0000" } },
    staff: [{ ...entry, role: "manager", onCall: true }],
    technicians: [{ ...entry, phone: "13800000000" }],
    products: [entry],
    services: [entry],
    faults: [entry],
    rules: [entry],
    cases: { causes: [entry] },
  } as unknown as Profile;
  const about = aboutBusiness(profile, "Asia/Shanghai", [], ["web"]);
  expect(about.names.technician).toEqual({ x: name });
  expect(JSON.stringify(about)).not.toMatch(/138|\+86/);
});
