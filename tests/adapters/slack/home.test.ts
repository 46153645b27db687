import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Booking } from "../../../core/booking/state.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import type { CustomerFile } from "../../../core/customers/state.ts";
import { HOUR_MS } from "../../../core/time.ts";
import type { SlackPerson } from "../../emulators/slack/index.ts";
import { NAMES } from "../web/support.ts";
import { NOW, openSlackPlace, type SlackPlace } from "./support.ts";

let place: SlackPlace;
let wang: SlackPerson;
beforeEach(async () => {
  place = await openSlackPlace({ business: { names: NAMES, language: "zh-CN" } });
  wang = place.slack.customer("U0WANG");
});
afterEach(() => place.close());

const events = async (): Promise<unknown[]> => (await place.entries()).map((entry) => entry.event);

const FILE: CustomerFile = {
  id: "U1",
  name: "王芳",
  title: "ms",
  phones: ["+8613800138000"],
  address: "南京西路 1 号",
  language: "zh-CN",
  vip: false,
  products: [],
  consents: {},
  createdAt: NOW,
  updatedAt: NOW,
};

const BOOKING: Booking = {
  status: "confirmed",
  number: "B20261123001",
  customerId: "U1",
  conversation: "slack:DU0WANG",
  product: "ac",
  ownedProduct: null,
  fault: null,
  services: ["ac-repair"],
  place: "visit",
  address: "南京西路 1 号",
  contact: { name: "王芳", title: "ms", phone: "+8613800138000" },
  purchaseChannel: null,
  technician: "li",
  start: NOW + 28 * HOUR_MS,
  end: NOW + 29 * HOUR_MS,
  estimate: { lowMinor: 1, highMinor: 2, currency: "CNY", afterDiagnosis: false },
  note: null,
  changes: 0,
  createdAt: NOW,
  updatedAt: NOW,
};

/** Puts a customer with one booking and one case into the store. */
async function fill(): Promise<void> {
  await place.store.unit(async (unit) => {
    await unit.customers.put(FILE);
    await unit.customers.linkConversation("slack:DU0WANG", "U1");
    const { status: _status, changes: _changes, createdAt: _created, updatedAt: _updated, ...data } = BOOKING;
    await unit.records.save(
      { kind: "booking", id: BOOKING.number, events: [{ type: "booking_confirmed", at: NOW, data }], state: BOOKING },
      "test",
    );
    const event = {
      type: "case_opened",
      at: NOW,
      case: {
        number: "C20261123001",
        category: "complaint",
        urgency: "normal",
        step: "representative",
        conversation: "slack:DU0WANG",
        customerId: "U1",
        words: "太慢了",
        about: null,
        reasons: [],
        tags: [],
        promisedAt: NOW + HOUR_MS,
      },
    } as unknown as Parameters<typeof evolveCase>[1];
    await unit.records.save({ kind: "case", id: "C20261123001", events: [event], state: evolveCase(null, event) }, "test");
  });
}

describe("the App Home", () => {
  test("shows one's own bookings and cases, in words and shop time", async () => {
    await fill();
    await wang.openHome();
    await place.slack.until(() => wang.home() !== null);
    const { text, buttons } = wang.home()!;
    expect(text).toContain("B20261123001 · 空调维修\n明天 11月24日（周二）14:00–15:00 · Li Qiang");
    expect(text).toContain("C20261123001 · 待处理 · 答复时限 今天 11月23日（周一）11:00");
    expect(buttons).toEqual(["预约维修", "查进度", "投诉或建议", "找人工", "刷新", "改时间", "取消预约"]);
  });

  test("shows a stranger nothing of anybody", async () => {
    await fill();
    const stranger = place.slack.customer("U0LI", { locale: "en-US" });
    await stranger.openHome();
    await place.slack.until(() => stranger.home() !== null);
    const { text, buttons } = stranger.home()!;
    expect(text).toContain("You have no bookings.");
    for (const hidden of ["B20261123001", "C20261123001", "王芳"]) expect(text).not.toContain(hidden);
    expect(buttons).toEqual(["Book a service", "Ask for status", "Complain", "Talk to a person", "Refresh"]);
  });

  test("its buttons are presses that mean what they say", async () => {
    await fill();
    await wang.openHome();
    await place.slack.until(() => wang.home() !== null);
    for (const label of ["查进度", "投诉或建议", "找人工", "改时间", "取消预约"]) await wang.press(label, { home: true });
    expect((await events()).slice(1)).toEqual(
      ["status", "complaint", "human", "reschedule", "cancel_booking"].map((intent) => ({ kind: "press", value: `intent:${intent}` })),
    );
    const { home } = place.slack.workspace.users.get("U0WANG")!;
    await wang.press("刷新", { home: true });
    await place.slack.until(() => place.slack.workspace.users.get("U0WANG")!.home !== home);
    expect(await place.entries()).toHaveLength(6);
  });

  test("a press three times delivered is one", async () => {
    await wang.openHome();
    await place.slack.until(() => wang.home() !== null);
    place.slack.faults.duplicates = 3;
    await wang.press("查进度", { home: true });
    expect(await place.entries()).toHaveLength(2);
  });
});

describe("the booking form", () => {
  test("is filled with what is known and becomes a form event", async () => {
    await fill();
    await wang.shortcut("book");
    expect(wang.modal()).toEqual({
      title: "预约维修",
      fields: ["product", "fault", "date", "clock", "place", "address", "name", "phone"],
      filled: { address: "南京西路 1 号", name: "王芳", phone: "+8613800138000" },
    });
    const sent = await wang.submit({ product: "空调", fault: "不制冷", date: "2026-11-24", clock: "14:00", place: "visit" });
    expect(sent).toEqual({ closed: true, errors: {} });
    expect(await events()).toEqual([
      {
        kind: "form",
        flow: "book",
        values: {
          product: "空调",
          fault: "不制冷",
          place: "visit",
          address: "南京西路 1 号",
          contact: "王芳 +8613800138000",
          time: "2026-11-24 14:00",
        },
      },
    ]);
    expect((await place.entries())[0]!.conversation).toBe("slack:DU0WANG");
  });

  test("leaves out what was left empty", async () => {
    await wang.shortcut("book");
    await wang.submit({ fault: "不制冷" });
    expect(await events()).toEqual([{ kind: "form", flow: "book", values: { fault: "不制冷" } }]);
  });

  test("stays open on a past day and a phone that is none", async () => {
    await wang.shortcut("book");
    expect(await wang.submit({ fault: "x", date: "2026-11-22", phone: "123" })).toEqual({
      closed: false,
      errors: { date: "这一天已经过去，请选今天或以后。", phone: "请填写可以联系到您的电话号码。" },
    });
    expect(await events()).toEqual([]);
    expect((await wang.submit({ fault: "x", date: "2026-11-23", phone: "138 0013 8000" })).closed).toBe(true);
  });

  test("that can't be stored now stays open with everything in it", async () => {
    await wang.shortcut("book");
    place.overloaded = true;
    expect(await wang.submit({ fault: "x" })).toEqual({ closed: false, errors: { fault: "没有提交成功，请稍后再试。" } });
    place.overloaded = false;
    expect((await wang.submit({ fault: "x" })).closed).toBe(true);
    expect(await events()).toHaveLength(1);
  });

  test("that Slack opens too late is booked by talking instead", async () => {
    for (const error of ["expired_trigger_id", "exchanged_trigger_id"]) {
      place.slack.faults.next("views.open", { kind: "error", error });
      await wang.shortcut("book");
      expect(wang.modal()).toBeNull();
    }
    expect(await events()).toEqual([
      { kind: "press", value: "intent:book" },
      { kind: "press", value: "intent:book" },
    ]);
  });

  test("sent in twice is one booking", async () => {
    await wang.shortcut("book");
    place.slack.faults.duplicates = 2;
    await wang.submit({ fault: "x" });
    expect(await events()).toHaveLength(1);
  });
});
