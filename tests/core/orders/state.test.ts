import { describe, expect, test } from "vitest";
import { evolveOrder, MOVES, ORDER_STATUSES, type OrderEvent, type OrderStatus, type WorkOrder } from "../../../core/orders/state.ts";

const order: WorkOrder = {
  number: "W26112301",
  customerId: "U1",
  status: "requested",
  product: "machine",
  ownedProduct: null,
  plate: null,
  serial: null,
  services: ["check"],
  technician: "amy",
  booking: null,
  promisedAt: 500,
  note: "seen",
  history: [],
  hurried: 0,
  createdAt: 10,
  updatedAt: 10,
};
const moveTo = (to: OrderStatus, more: Partial<Extract<OrderEvent, { type: "order_moved" }>> = {}): OrderEvent => ({
  type: "order_moved",
  at: 20,
  to,
  by: "rep",
  why: null,
  promisedAt: null,
  note: null,
  ...more,
});

describe("evolveOrder: given an order, when an event, then the order", () => {
  const table: readonly (readonly [string, OrderEvent, WorkOrder])[] = [
    [
      "a move notes who, when and why",
      moveTo("confirmed", { why: "ok" }),
      { ...order, status: "confirmed", history: [{ status: "confirmed", at: 20, by: "rep", why: "ok" }], updatedAt: 20 },
    ],
    [
      "a move without a new promise or note keeps the old ones",
      moveTo("confirmed"),
      { ...order, status: "confirmed", history: [{ status: "confirmed", at: 20, by: "rep", why: null }], updatedAt: 20 },
    ],
    [
      "a move with a new promise and note has those",
      moveTo("confirmed", { promisedAt: 900, note: "later" }),
      {
        ...order,
        status: "confirmed",
        promisedAt: 900,
        note: "later",
        history: [{ status: "confirmed", at: 20, by: "rep", why: null, promisedAt: 900 }],
        updatedAt: 20,
      },
    ],
    ["being hurried is counted", { type: "order_hurried", at: 30 }, { ...order, hurried: 1, updatedAt: 30 }],
  ];
  test.each(table)("%s", (_name, event, wanted) => {
    expect(evolveOrder(order, event)).toStrictEqual(wanted);
  });

  test("an opened order is the order of the event", () => {
    expect(evolveOrder(null, { type: "order_opened", at: 10, order })).toStrictEqual(order);
  });

  test("history grows in the order of the moves", () => {
    const moved = (["confirmed", "received", "in_progress"] as const).reduce((state, to) => evolveOrder(state, moveTo(to)), order);
    expect(moved.history.map((move) => move.status)).toStrictEqual(["confirmed", "received", "in_progress"]);
  });

  test.each([moveTo("confirmed"), { type: "order_hurried", at: 1 } as const])("$type before order_opened is refused", (event) => {
    expect(() => evolveOrder(null, event)).toThrow(new RangeError(`${event.type} before order_opened`));
  });

  test("an event of an unknown type is refused, not taken for a move", () => {
    expect(() => evolveOrder(order, { type: "order_eaten", at: 1 } as unknown as OrderEvent)).toThrow(/unhandled case.*order_eaten/);
  });
});

describe("MOVES", () => {
  test("has a line for every status, and moves only to statuses", () => {
    expect(Object.keys(MOVES).sort()).toStrictEqual([...ORDER_STATUSES].sort());
    for (const next of Object.values(MOVES)) for (const to of next) expect(ORDER_STATUSES).toContain(to);
  });

  test("every status can be reached from requested", () => {
    const reached = new Set<OrderStatus>(["requested"]);
    for (const status of reached) for (const to of MOVES[status]) reached.add(to);
    expect([...reached].sort()).toStrictEqual([...ORDER_STATUSES].sort());
  });

  test("only a cancelled order is over for good", () => {
    expect(ORDER_STATUSES.filter((status) => MOVES[status].length === 0)).toStrictEqual(["cancelled"]);
  });

  test("from every other status a closed or cancelled end can be reached", () => {
    for (const from of ORDER_STATUSES) {
      const reached = new Set<OrderStatus>([from]);
      for (const status of reached) for (const to of MOVES[status]) reached.add(to);
      expect(
        [...reached].some((status) => status === "closed" || status === "cancelled"),
        from,
      ).toBe(true);
    }
  });

  test("no status follows itself or is named twice in a line", () => {
    for (const [from, next] of Object.entries(MOVES)) {
      expect(next).not.toContain(from);
      expect(new Set(next).size).toBe(next.length);
    }
  });

  test("work on a quote begins only after it was approved", () => {
    expect(MOVES.quoted).not.toContain("in_progress");
    expect(MOVES.declined).not.toContain("in_progress");
  });

  test("work begun is handed over only through the quality check", () => {
    expect(ORDER_STATUSES.filter((status) => MOVES[status].includes("ready")).sort()).toStrictEqual(["declined", "quality_check"]);
    expect(ORDER_STATUSES.filter((status) => MOVES[status].includes("delivered"))).toStrictEqual(["ready"]);
  });
});
