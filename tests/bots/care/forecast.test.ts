/** What the forecast says is what the virtual clock then sends: customer by customer, day by day, way by way. */
import { describe, expect, test } from "vitest";
import { CHANNEL_CAPABILITIES } from "../../../bots/care/channels.ts";
import { type SimulatedEvent, simulate } from "../../../bots/care/simulate.ts";
import { loadProfile } from "../../../bots/profiles.ts";
import { loadSample } from "../../../bots/service/sample.ts";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { createForecasts, FORECAST_DAYS, type Forecast } from "../../../core/care/forecasts.ts";
import { createPlanner } from "../../../core/care/planner.ts";
import { newConversation } from "../../../core/conversation/state.ts";
import type { Channel, Store } from "../../../core/ports.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import { forecastTables } from "../../../core/reports/forecast-tables.ts";
import { saveLedger } from "../../../core/spine/push-window.ts";
import { addDays, DAY_MS, HOUR_MS, instantOf, wallClock } from "../../../core/time.ts";
import { createTown, orderOf } from "../../care/world.ts";
import { campaign, message } from "../../contract/store/samples.ts";

const NOW = Date.parse("2026-12-20T11:20:00+08:00");
/** Channels of the platforms as they are; a page that is read is a message that was sent. */
const CHANNELS: ReadonlyMap<string, Channel> = new Map(
  Object.entries(CHANNEL_CAPABILITIES).map(([name, capabilities]) => [
    name,
    { name, capabilities: { ...capabilities, pulled: false }, send: () => Promise.resolve({ result: "sent" as const }) },
  ]),
);

/** What both say, a line for each message, task or message not sent. */
function linesOf(forecast: Forecast): readonly string[] {
  return forecast.cells
    .flatMap(({ day, plan, way, channel, why, who }) =>
      who.map((id) =>
        [
          day,
          id,
          plan,
          way === "along" || way === "left_out" || way === "unreachable" ? "not_sent" : way,
          channel,
          way === "along" ? "merged" : why,
        ].join(" "),
      ),
    )
    .toSorted();
}

function linesPlayed(events: readonly SimulatedEvent[], zone: string): readonly string[] {
  return events
    .filter((event) => event.what !== "notice" && !event.plan?.startsWith("sample:"))
    .map(({ at, customer, plan, what, channel, why }) =>
      [wallClock(at, zone).day, customer, plan, what === "task" ? channel : what, what === "task" ? null : channel, why].join(" "),
    )
    .toSorted();
}

async function compare(store: Store, profile: Profile): Promise<readonly string[]> {
  const model = createBusinessModel(profile);
  const clock = { now: () => NOW };
  // As in a shop that has been running: what happened to orders has been looked at.
  const planner = createPlanner(store, model, clock);
  while ((await planner.step()) > 0);
  const forecast = await createForecasts(store, model, CHANNELS, clock).read();
  expect(forecast.looked).toBe(forecast.customers);
  for (const cell of forecast.cells) expect(cell.count).toBe(cell.who.length);
  const until = instantOf(addDays(wallClock(NOW, model.zone).day, FORECAST_DAYS), 0, model.zone);
  const events: SimulatedEvent[] = [];
  const days = Math.ceil((until - NOW) / DAY_MS);
  await simulate({
    source: store,
    profile,
    zone: null,
    now: NOW,
    days,
    capabilities: CHANNEL_CAPABILITIES,
    onEvent: (event) => void (event.at < until && events.push(event)),
  });
  const lines = linesOf(forecast);
  expect(lines).toEqual(linesPlayed(events, model.zone));
  return lines;
}

/** Greeted and reminded on the same day. */
const TOGETHER = {
  birthday: { calendar: "solar", year: null, month: 1, date: 18, leap: false },
  due: { inspection: "2027-01-22", insurance: "2027-01-22" },
} as const;

/** A town with everything that keeps a message back: windows, spent quotas, blocks, opt-outs, holds, complaints, other zones. */
async function keepTown(store: Store, count: number): Promise<void> {
  const ways = [["telegram"], ["wecom"], ["wecom", "slack"], ["web"], [], ["telegram"], ["wecom"]] as const;
  await store.unit(async (unit) => {
    await unit.care.putCampaign(CAMPAIGN);
    for (const [index, person] of createTown(count, NOW, 5).entries()) {
      const { id } = person.file;
      const refused = { allowed: false, at: NOW - DAY_MS, source: "test" };
      await unit.customers.put({
        ...person.file,
        ...(index % 11 === 0 ? { consents: { care: refused } } : {}),
        ...(index % 13 === 0 ? { consents: { "care.greeting": refused } } : {}),
        ...(index % 3 === 0 ? { consents: { "care.campaign": { ...refused, allowed: true } } } : {}),
        ...(index % 17 === 0 ? { hold: { reason: "asked", until: "2027-01-05", by: "amy", at: NOW } } : {}),
        ...(index % 23 === 1 ? { birthday: TOGETHER.birthday, products: [{ ...person.file.products[0]!, due: TOGETHER.due }] } : {}),
        ...(index % 19 === 0 ? { phones: [] } : {}),
      });
      for (const channel of ways[index % ways.length]!) {
        const conversation = `${channel}:${id}`;
        const blocked = index % 7 === 5 ? { blocked: true } : {};
        const talked = { ...newConversation(person.file.language ?? "zh-CN", NOW), turns: 2, lastAt: NOW - HOUR_MS, ...blocked };
        await unit.customers.linkConversation(conversation, id);
        await unit.conversations.put({ id: conversation, customerId: id, state: talked, updatedAt: NOW });
        if (channel !== "wecom" || index % 2 === 0) continue;
        await unit.messages.add(
          message(`m-${conversation}`, { conversation, from: "customer", at: NOW - (index % 60) * HOUR_MS, status: "kept" }),
        );
        const { seq } = (await unit.messages.recent(conversation, 1))[0]!;
        await saveLedger(unit, conversation, { customer: seq, spent: index % 4, group: [], opening: null });
      }
      if (index % 5 === 0) {
        const order = orderOf(
          { ...person, orders: [{ number: `W${id}`, received: NOW - 6 * DAY_MS, delivered: NOW - (index % 4) * DAY_MS }] },
          0,
          true,
        );
        const event = {
          type: "order_moved",
          at: order.updatedAt,
          to: "delivered",
          by: "town",
          why: null,
          promisedAt: null,
          note: null,
        } as const;
        await unit.records.save({ kind: "order", id: order.number, events: [event], state: order }, "town");
      }
    }
  });
}

/** One that begins on Christmas morning and is still to be planned. */
const CAMPAIGN = campaign("K001", { status: "sending", startAt: Date.parse("2026-12-25T09:30:00+08:00") });

describe("the forecast", { timeout: 120_000 }, () => {
  test.each(["dealer", "appliance", "glass"])("of the sample of %s is what the clock then sends", async (name) => {
    const profile = loadProfile(name, "en");
    const { store } = await openScratchStore();
    await loadSample(store, profile, NOW, profile.business.zone);
    expect((await compare(store, profile)).length).toBeGreaterThan(10);
    await store.close();
  });

  test.each([
    ["as shipped", (profile: Profile) => profile],
    ["two a day, nine a month", (profile: Profile) => ({ ...profile, care: { ...profile.care, perDay: 2, perMonth: 9 } })],
    [
      "for some alone, by what they were served and bought",
      (profile: Profile) => ({
        ...profile,
        carePlans: profile.carePlans.map((plan) =>
          plan.id === "new-year"
            ? { ...plan, audience: { boughtWithinMonths: 12 } }
            : plan.id === "spring"
              ? { ...plan, audience: { vip: true } }
              : plan,
        ),
      }),
    ],
  ])("of a town of a hundred and twenty is what the clock then sends: %s", async (_name, change) => {
    const profile = change(loadProfile("dealer", "en")) as Profile;
    const { store } = await openScratchStore();
    await keepTown(store, 120);
    const lines = await compare(store, profile);
    expect(lines.length).toBeGreaterThan(100);
    for (const wanted of [
      "campaign:K001 message telegram",
      "mass  window_closed",
      "call  no_channel",
      "not_sent  opted_out",
      "not_sent  merged",
    ])
      expect(lines.some((line) => line.includes(wanted))).toBe(true);
    await store.close();
  });

  test("of more customers than are played is that of every second, fourth … one, and says so", async () => {
    const { store } = await openScratchStore();
    await keepTown(store, 120);
    const model = createBusinessModel(loadProfile("dealer", "en"));
    const read = (most: number) => createForecasts(store, model, CHANNELS, { now: () => NOW }, undefined, most).read();
    const [all, some] = [await read(120), await read(50)];
    expect([all.looked, some.looked, some.customers]).toEqual([120, 30, 120]);
    const greetings = (one: Forecast): number =>
      one.cells.filter(({ plan }) => plan === "spring").reduce((sum, { count }) => sum + count, 0);
    expect(greetings(some)).toBe(greetings(all) / 4);
    const [weeks] = forecastTables(some, 8, model, "en", (code) => code);
    const played = some.cells.reduce((sum, { count }) => sum + count, 0);
    expect(
      weeks!.rows
        .at(-1)!
        .slice(1)
        .reduce<number>((sum, cell) => sum + Number(cell), 0),
    ).toBe(played * 4);
    await store.close();
  });
});
