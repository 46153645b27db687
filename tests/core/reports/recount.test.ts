/**
 * The figures of a report against a second count: a year of an invented shop, kept in the store, reported by the product, and counted
 * here once more from the raw records in the plainest way there is.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { loadReport } from "../../../core/reports/load.ts";
import { PERIODS, periodOf } from "../../../core/reports/period.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { keepShop, type Shop, shopYear } from "../../support/shop-year.ts";

const DAY = 86_400_000;
const ZONE = "Asia/Shanghai";
const model = createBusinessModel(loadProfile("dealer", "en"));
const NOW = Date.parse("2027-01-01T12:00:00+08:00");
const shop = shopYear(300, Date.parse("2026-01-01T00:00:00+08:00"), NOW);
const store = openSqliteStore({ path: ":memory:" });

beforeAll(() => keepShop(store, shop));
afterAll(() => store.close());

/** What the pages promise, in words turned into loops. */
function recount({ orders, cases, touches, states, customers }: Shop, from: number, to: number) {
  const inside = (at: number | null | undefined): boolean => at != null && at >= from && at < to;
  const moved = (order: Shop["orders"][number], status: string) => order.history.find((move) => move.status === status)?.at;
  const handedOver = orders.filter((order) => inside(moved(order, "delivered")));
  const quality = handedOver.filter(
    (order) =>
      !order.history.some((move) => move.status === "rework" && inside(move.at)) &&
      !orders.some(
        (other) =>
          other.number !== order.number &&
          other.customerId === order.customerId &&
          other.createdAt > moved(order, "delivered")! &&
          other.createdAt < moved(order, "delivered")! + 30 * DAY,
      ),
  );
  const followed = (order: Shop["orders"][number]): boolean =>
    touches.some((one) => one.order === order.number && (one.status === "sent" || one.status === "done" || one.answer !== null));
  const judged = handedOver.filter((order) => NOW - moved(order, "delivered")! >= 5 * DAY || followed(order));
  const promised = orders.filter((order) => inside(order.promisedAt) && order.promisedAt! <= NOW);
  const priced = orders.filter((order) => moved(order, "quoted") !== undefined && inside(moved(order, "in_progress")));
  const emergencies = cases.filter(
    (one) => one.category === "emergency" && inside(one.createdAt) && (one.answeredAt !== null || one.promisedAt <= NOW),
  );
  const ended = touches.filter((one) => inside(one.at));
  const brought = ended.filter((one) => one.status === "sent" || one.status === "done");
  const wanted = ended.filter(
    (one) => (one.kind === "reminder" || one.kind === "campaign") && ["sent", "done", "merged"].includes(one.status),
  );
  const served = new Set(handedOver.map((order) => order.customerId));
  const loyal = [...served].filter((id) => {
    const own = orders.filter((order) => order.customerId === id).flatMap((order) => moved(order, "delivered") ?? []);
    const first = Math.min(...own.filter((at) => inside(at)));
    return own.some((at) => at < first && first - at < 372 * DAY);
  });
  const answers = touches.flatMap((one) => (one.answer && inside(one.answer.at) && one.answer.score !== null ? [one.answer.score] : []));
  const border = `${Number(new Date(Math.min(NOW, to) + 8 * 3_600_000).toISOString().slice(0, 4)) - 1}${new Date(Math.min(NOW, to) + 8 * 3_600_000).toISOString().slice(4, 10)}`;
  const lastServed = customers.flatMap(({ id }) => {
    const days = Object.values(states.get(id)?.services ?? {}).map((one) => one.on);
    return days.length === 0 ? [] : [days.toSorted().at(-1)!];
  });
  return {
    sent: ended.filter((one) => one.status === "sent").length,
    reached: { good: brought.length, of: brought.length + ended.filter((one) => one.status === "unreachable").length },
    conversion: { good: wanted.filter((one) => one.fruit !== null).length, of: wanted.length },
    satisfied: { good: answers.filter((mark) => mark >= 4).length, of: answers.length },
    loyal: { good: loyal.length, of: served.size },
    active: lastServed.filter((day) => day >= border).length,
    lost: lastServed.filter((day) => day < border).length,
    assurances: {
      quality: { good: quality.length, of: handedOver.length },
      cost: {
        good: priced.filter((order) => (moved(order, "approved") ?? Number.POSITIVE_INFINITY) <= moved(order, "in_progress")!).length,
        of: priced.length,
      },
      aftercare: { good: judged.filter(followed).length, of: judged.length },
      time: {
        good: promised.filter(
          (order) => (moved(order, "ready") ?? moved(order, "delivered") ?? Number.POSITIVE_INFINITY) <= order.promisedAt!,
        ).length,
        of: promised.length,
      },
      emergency: {
        good: emergencies.filter((one) => one.answeredAt !== null && one.answeredAt <= one.promisedAt).length,
        of: emergencies.length,
      },
    },
    openTasks: touches.filter((one) => one.status === "task").length,
  };
}

const PERIODS_TRIED = PERIODS.flatMap((kind) => ["2026-01-15", "2026-06-30", "2026-12-31"].map((day) => [kind, day] as const));

describe("a report of a year of a shop", () => {
  test.each(PERIODS_TRIED)("of the %s of %s has the figures of a second count", async (kind, day) => {
    const period = periodOf(kind, day, ZONE);
    const figures = await loadReport(store, model, period, NOW);
    const { sent, reached, conversion, surveys, customers, assurances, openTasks } = figures;
    expect({
      sent,
      reached,
      conversion,
      satisfied: surveys.satisfied,
      loyal: customers.loyal,
      active: customers.active,
      lost: customers.lost,
      assurances,
      openTasks,
    }).toEqual(recount(shop, period.from, period.to));
  });

  test("has something of everything, so that the counts mean something", async () => {
    const { assurances, customers, conversion, surveys } = await loadReport(store, model, periodOf("quarter", "2026-12-31", ZONE), NOW);
    for (const { good, of } of [...Object.values(assurances), customers.loyal, conversion, surveys.satisfied]) {
      expect(good).toBeGreaterThan(0);
      expect(of).toBeGreaterThan(good);
    }
    expect([customers.active > 0, customers.lost > 0]).toEqual([true, true]);
  });
});
