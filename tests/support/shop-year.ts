/** An invented shop with a year behind it, as raw records: orders, cases, touches and what is known of services. */
import type { CareState, Touch } from "../../core/care/touch.ts";
import type { Case } from "../../core/cases/state.ts";
import { type CustomerFile, newCustomer } from "../../core/customers/state.ts";
import type { OrderStatus, WorkOrder } from "../../core/orders/state.ts";
import type { Store } from "../../core/ports.ts";
import { caseChange, caseOf, order, orderChange, touch } from "../contract/store/samples.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

export interface Shop {
  readonly customers: readonly CustomerFile[];
  readonly orders: readonly WorkOrder[];
  readonly cases: readonly Case[];
  readonly touches: readonly Touch[];
  readonly states: ReadonlyMap<string, CareState>;
}

/** Chance that is the same each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 4_294_967_296;
  };
}

const day = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 10);

/** @param from beginning of the year; there are orders of the year before too */
export function shopYear(people: number, from: number, now: number): Shop {
  const roll = dice(11);
  const customers: CustomerFile[] = [];
  const orders: WorkOrder[] = [];
  const cases: Case[] = [];
  const touches: Touch[] = [];
  const states = new Map<string, CareState>();
  for (let index = 0; index < people; index++) {
    const id = `k${String(index).padStart(5, "0")}`;
    customers.push({
      ...newCustomer(id, from - 400 * DAY),
      name: `客户${index}`,
      vip: roll() < 0.05,
      phones: [`+86139${10_000_000 + index}`],
    });
    for (let visits = Math.floor(roll() * 4); visits > 0; visits--) {
      const number = `W${id}${visits}`;
      const received = from + Math.floor((roll() * 730 - 365) * 24) * HOUR + Math.floor(roll() * 59) * 60_000;
      const quoted = roll() < 0.7;
      const agreed = roll() < 0.9;
      const hours = 4 + Math.floor(roll() * 70);
      const steps: [OrderStatus, number][] = [["received", 0]];
      if (quoted) steps.push(["quoted", 1], ...((agreed ? [["approved", 2]] : []) as [OrderStatus, number][]));
      steps.push(["in_progress", 3]);
      if (roll() < 0.1) steps.push(["rework", hours - 1]);
      steps.push(["ready", hours], ["delivered", hours + 2]);
      const history = steps
        .map(([status, after]) => ({ status, at: received + after * HOUR, by: "shop", why: null }))
        .filter((move) => move.at <= now);
      if (history.length === 0) continue;
      const last = history.at(-1)!;
      orders.push({
        ...order(number),
        customerId: id,
        ownedProduct: "p1",
        status: last.status,
        promisedAt: roll() < 0.8 ? received + (hours + Math.floor(roll() * 20) - 6) * HOUR : null,
        history,
        createdAt: received,
        updatedAt: last.at,
      });
      if (last.status !== "delivered") continue;
      const known = states.get(id)?.services["p1"];
      if (!known || known.on < day(last.at)) states.set(id, { services: { p1: { on: day(last.at), km: null } } });
      followUp(number, id, last.at);
    }
    remind(id);
    if (roll() < 0.15) emergency(id, index);
  }

  function followUp(number: string, id: string, at: number): void {
    const asked = at + 3 * DAY;
    if (asked > now || roll() < 0.15) return;
    const mark = 1 + Math.floor(roll() * 5);
    const answered = asked + Math.floor(roll() * 5 * 24) * HOUR;
    const answer = {
      at: answered,
      score: mark,
      items: { quality: mark },
      topics: mark < 3 ? ["quality"] : [],
      remark: "",
      case: null,
      asked: false,
    };
    const unreachable = roll() < 0.1;
    touches.push(
      touch(`3dc/${id}/${number}/0`, {
        customerId: id,
        plan: "3dc",
        kind: "survey",
        order: number,
        status: unreachable ? "unreachable" : "sent",
        at: asked,
        answer: !unreachable && answered <= now && roll() < 0.6 ? answer : null,
      }),
    );
  }

  function remind(id: string): void {
    for (let times = Math.floor(roll() * 4); times > 0; times--) {
      const at = from + Math.floor(roll() * 365 * 24) * HOUR;
      const status = (["sent", "sent", "sent", "merged", "done", "task", "skipped", "unreachable"] as const)[Math.floor(roll() * 8)]!;
      const heard = status === "sent" || status === "merged" || status === "done";
      touches.push(
        touch(`maintenance/${id}/${times}/0`, {
          customerId: id,
          plan: "maintenance",
          kind: "reminder",
          status,
          at,
          fruit: heard && roll() < 0.3 ? { number: `B${id}${times}`, at } : null,
        }),
      );
    }
  }

  function emergency(id: string, index: number): void {
    const createdAt = from + Math.floor(roll() * 365 * 24) * HOUR;
    const answeredAt = roll() < 0.9 ? createdAt + Math.floor(roll() * 90) * 60_000 : null;
    cases.push(caseOf(`C${index}`, { customerId: id, category: "emergency", createdAt, promisedAt: createdAt + HOUR, answeredAt }));
  }

  return { customers, orders, cases, touches, states };
}

export async function keepShop(store: Store, { customers, orders, cases, touches, states }: Shop): Promise<void> {
  await store.unit(async (unit) => {
    for (const one of customers) await unit.customers.put(one);
    for (const [id, state] of states) await unit.care.putState(id, state);
    for (const one of orders) await unit.records.save(orderChange(one), "shop");
    for (const one of cases) await unit.records.save(caseChange(one), "shop");
    await unit.care.plan(touches);
  });
}
