/** The coming days on a copy of the shop's data, with what each channel allows. */
import { describe, expect, test } from "vitest";
import { CHANNEL_CAPABILITIES } from "../../../bots/care/channels.ts";
import { type SimulatedEvent, simulate } from "../../../bots/care/simulate.ts";
import {
  dayHeading,
  folded,
  timelineGroups,
  timelineLine,
  timelinePage,
  timelineTable,
  timelineTotals,
} from "../../../bots/care/timeline.ts";
import { loadProfile } from "../../../bots/profiles.ts";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { newCustomer } from "../../../core/customers/state.ts";
import type { Store } from "../../../core/ports.ts";
import { saveLedger } from "../../../core/spine/push-window.ts";
import { DAY_MS, HOUR_MS } from "../../../core/time.ts";
import { message } from "../../contract/store/samples.ts";

const NOW = Date.parse("2026-11-23T09:00:00+08:00");
const ZONE = "Asia/Shanghai";
const BASE = loadProfile("dealer", "en");
const profile = { ...BASE, carePlans: BASE.carePlans.filter((plan) => plan.id === "birthday") };
const words = { profile, zone: ZONE, language: "en" } as const;

/** @param wrote when they last wrote, `null` = never; `spent` messages of ours since */
interface Person {
  readonly id: string;
  readonly on: readonly string[];
  readonly wrote: number | null;
  readonly spent?: number;
}

async function shop(people: readonly Person[]): Promise<Store> {
  const { store } = await openScratchStore();
  await store.unit(async (unit) => {
    for (const { id, on, wrote, spent = 0 } of people) {
      const birthday = { calendar: "solar", year: null, month: 11, date: 26, leap: false } as const;
      await unit.customers.put({ ...newCustomer(id, NOW - 90 * DAY_MS), name: `Customer ${id}`, language: "en", birthday });
      for (const channel of on) {
        const conversation = `${channel}:${id}`;
        await unit.customers.linkConversation(conversation, id);
        if (wrote === null) continue;
        await unit.messages.add(message(`m-${conversation}`, { conversation, from: "customer", at: wrote, status: "kept" }));
        const seq = (await unit.messages.recent(conversation, 1))[0]!.seq;
        await saveLedger(unit, conversation, { customer: seq, spent, group: [], opening: null });
      }
    }
  });
  return store;
}

async function play(people: readonly Person[], days = 3): Promise<readonly SimulatedEvent[]> {
  const store = await shop(people);
  const events: SimulatedEvent[] = [];
  const capabilities = CHANNEL_CAPABILITIES;
  await simulate({ source: store, profile, zone: null, now: NOW, days, capabilities, onEvent: (event) => events.push(event) });
  // The shop's own data stay as they were.
  expect(await store.unit((unit) => unit.care.changed({ at: 0, id: "" }, NOW + 99 * DAY_MS, 10))).toEqual([]);
  await store.close();
  return events;
}

describe("simulate", () => {
  test.each<[string, Person, Partial<SimulatedEvent>]>([
    ["Telegram, always open", { id: "k1", on: ["telegram"], wrote: null }, { what: "message", channel: "telegram", shut: [] }],
    ["WeChat Work, wrote an hour ago", { id: "k1", on: ["wecom"], wrote: NOW - HOUR_MS }, { what: "message", channel: "wecom", shut: [] }],
    [
      "WeChat Work, wrote three days ago: by hand",
      { id: "k1", on: ["wecom"], wrote: NOW - 3 * DAY_MS },
      { what: "task", channel: "mass", why: "window_closed", shut: [{ channel: "wecom", why: "window_closed" }] },
    ],
    [
      "WeChat Work, never wrote: by hand",
      { id: "k1", on: ["wecom"], wrote: null },
      { what: "task", channel: "mass", shut: [{ channel: "wecom", why: "window_closed" }] },
    ],
    [
      "WeChat Work, its quota nearly spent: by hand",
      { id: "k1", on: ["wecom"], wrote: NOW - HOUR_MS, spent: 3 },
      { what: "task", channel: "mass", shut: [{ channel: "wecom", why: "quota_spent" }] },
    ],
    [
      "both, the window shut: the other channel",
      { id: "k1", on: ["wecom", "slack"], wrote: NOW - 3 * DAY_MS },
      { what: "message", channel: "slack", shut: [{ channel: "wecom", why: "window_closed" }] },
    ],
    ["no channel at all", { id: "k1", on: [], wrote: null }, { what: "not_sent", why: "no_channel", shut: [] }],
  ])("%s", async (_name, person, wanted) => {
    expect((await play([person])).filter((event) => event.what !== "notice")).toEqual([expect.objectContaining(wanted)]);
  });
});

describe("the timeline", () => {
  const event = (more: Partial<SimulatedEvent>): SimulatedEvent => ({
    at: NOW,
    what: "message",
    customer: "k1",
    name: "Wang Fang",
    channel: "slack",
    plan: "birthday",
    why: null,
    text: "Happy birthday!",
    buttons: ["Stop"],
    shut: [{ channel: "wecom", why: "window_closed" }],
    ...more,
  });

  test("says in words what was in the way", () => {
    expect(timelineLine(event({}), words)).toBe(
      "09:00 → Wang Fang · birthday wishes · Slack · shut: WeChat Work the channel's window is shut\n        Happy birthday!\n        [Stop]",
    );
  });

  test("stands by day or by customer", () => {
    const events = [event({}), event({ customer: "k2", name: "Ann" }), event({ at: NOW + DAY_MS })];
    const headings = (by: "day" | "customer") => timelineGroups(events, by, words).map(([heading, group]) => [heading, group.length]);
    expect(headings("day")).toEqual([
      ["2026-11-23 Mon", 2],
      ["2026-11-24 Tue", 1],
    ]);
    expect(headings("customer")).toEqual([
      ["Ann · k2", 1],
      ["Wang Fang · k1", 2],
    ]);
  });

  test("calls a day by its weekday and by the festival that is greeted on it", () => {
    const greeting = { ...words, profile: BASE };
    expect(dayHeading("2027-02-05", greeting)).toBe("2027-02-05 Fri · Lunar New Year's Eve");
    expect(dayHeading("2027-02-05", { ...greeting, language: "zh-CN" })).toBe("2027-02-05 周五 · 除夕");
    expect(dayHeading("2027-02-05", words)).toBe("2027-02-05 Fri");
  });

  test("names those who are not written to for one reason in one line, and no others", () => {
    const held = (customer: string, why: string) => event({ customer, name: customer, what: "not_sent", why, text: "", shut: [] });
    const lines = folded([held("a", "in_shop"), event({}), held("b", "in_shop"), held("c", "quote")], words);
    expect(lines.map((one) => [one.what, one.name])).toEqual([
      ["not_sent", "a, b"],
      ["message", "Wang Fang"],
      ["not_sent", "c"],
    ]);
    const many = Array.from({ length: 20 }, (_, index) => held(String(index), "quote"));
    expect(folded(many, words)[0]!.name).toMatch(/^0, 1, .*11 and 8 more$/);
  });

  test("counts at the end what became of each plan", () => {
    const events = [
      event({}),
      event({}),
      event({ what: "task" }),
      event({ plan: "campaign:K001", what: "not_sent" }),
      event({ plan: null, what: "notice" }),
    ];
    expect(timelineTotals(events, words).rows).toEqual([
      ["birthday wishes", 2, 1, 0],
      ["campaign K001", 0, 0, 1],
      ["total", 2, 1, 1],
    ]);
  });

  test("as a page and as a table runs nothing of what customers are called", () => {
    const evil = event({ name: "<script>x</script>", text: "<b>&" });
    const page = timelinePage([evil], "1 customer", words);
    expect(page).not.toContain("<script>x");
    expect(page).toContain("&lt;b&gt;&amp;");
    expect(page.match(/<details>/g)).toHaveLength(2);
    expect(timelineTable([evil], words).rows).toEqual([
      [
        "2026-11-23T09:00:00+08:00",
        "sent",
        "k1",
        "<script>x</script>",
        "birthday wishes",
        "Slack",
        "",
        "WeChat Work: the channel's window is shut",
        "<b>&",
      ],
    ]);
  });
});
