/** Touches, campaigns, and what planning remembers. */
import { expect, test } from "vitest";
import type { TouchStatus } from "../../../core/care/touch.ts";
import { ask, booking, bookingChange, campaign, customer, NOW, type Place, touch } from "./samples.ts";

export function careClauses(place: Place): void {
  const ids = (touches: readonly { readonly id: string }[]): string[] => touches.map((one) => one.id);

  test("a touch that is planned again stays as it became", async () => {
    expect(await ask(place, (unit) => unit.care.plan([touch("t1"), touch("t2")]))).toBe(2);
    const sent = touch("t1", { status: "sent", at: NOW + 5 });
    await ask(place, (unit) => unit.care.put(sent));
    expect(await ask(place, (unit) => unit.care.plan([touch("t1"), touch("t3")]))).toBe(1);
    expect(await ask(place, (unit) => unit.care.get("t1"))).toEqual(sent);
    expect(await ask(place, (unit) => unit.care.get("t9"))).toBeNull();
  });

  test("waiting touches are due from their time on, earliest first; others never", async () => {
    await ask(place, (unit) =>
      unit.care.plan([
        touch("later", { dueAt: NOW + 1 }),
        touch("b"),
        touch("a", { dueAt: NOW - 9 }),
        touch("resting", { status: "paused", dueAt: NOW - 9 }),
        touch("sent", { status: "sent", dueAt: NOW - 9 }),
      ]),
    );
    expect(ids(await ask(place, (unit) => unit.care.due(NOW, 10)))).toEqual(["a", "b"]);
    expect(ids(await ask(place, (unit) => unit.care.due(NOW, 1)))).toEqual(["a"]);
    expect(await ask(place, (unit) => unit.care.nextAt())).toBe(NOW - 9);
  });

  test("nextAt is null when nothing waits", async () => {
    expect(await ask(place, (unit) => unit.care.nextAt())).toBeNull();
  });

  test("what is under way is told oldest first", async () => {
    const one = (id: string, status: TouchStatus, at: number) => touch(id, { status, at, conversation: "web:a" });
    await ask(place, (unit) => unit.care.plan([one("b", "pending", NOW + 2), one("a", "asked", NOW + 1), one("c", "sent", NOW)]));
    expect(await ask(place, (unit) => unit.care.underWay(10))).toEqual([
      { id: "a", conversation: "web:a", at: NOW + 1 },
      { id: "b", conversation: "web:a", at: NOW + 2 },
    ]);
  });

  test("a customer's touches are the open ones and those changed since", async () => {
    await ask(place, (unit) =>
      unit.care.plan([
        touch("open", { at: NOW - 100 }),
        touch("old", { status: "sent", at: NOW - 100 }),
        touch("new", { status: "sent", at: NOW, dueAt: NOW - 50 }),
        touch("other", { customerId: "k2" }),
      ]),
    );
    expect(ids(await ask(place, (unit) => unit.care.ofCustomer("k1", NOW)))).toEqual(["new", "open"]);
  });

  test("tasks page by id", async () => {
    await ask(place, (unit) => unit.care.plan(["c", "a", "b"].map((id) => touch(id, { status: "task" }))));
    expect(ids(await ask(place, (unit) => unit.care.tasks("", 2)))).toEqual(["a", "b"]);
    expect(ids(await ask(place, (unit) => unit.care.tasks("b", 2)))).toEqual(["c"]);
  });

  test("changed touches page by time and id, up to an end", async () => {
    await ask(place, (unit) =>
      unit.care.plan([touch("b", { at: NOW }), touch("a", { at: NOW }), touch("c", { at: NOW + 5 }), touch("d", { at: NOW + 9 })]),
    );
    const first = await ask(place, (unit) => unit.care.changed({ at: NOW, id: "" }, NOW + 9, 2));
    expect(ids(first)).toEqual(["a", "b"]);
    expect(ids(await ask(place, (unit) => unit.care.changed(first.at(-1)!, NOW + 9, 2)))).toEqual(["c"]);
  });

  test("a plan is counted by state and last reason, rests and goes on", async () => {
    const log = [{ at: NOW, status: "skipped" as const, why: "opted_out" as const }];
    await ask(place, (unit) =>
      unit.care.plan([touch("a"), touch("b"), touch("c", { status: "skipped", log }), touch("d", { plan: "spring" })]),
    );
    const count = () => ask(place, (unit) => unit.care.count("birthday"));
    expect([...(await count())].sort((one, other) => one.status.localeCompare(other.status))).toEqual([
      { status: "skipped", why: "opted_out", count: 1 },
      { status: "waiting", why: null, count: 2 },
    ]);
    expect(await ask(place, (unit) => unit.care.pause("birthday", true, 1))).toBe(1);
    expect(await ask(place, (unit) => unit.care.pause("birthday", true, 10))).toBe(1);
    expect(await ask(place, (unit) => unit.care.hasOpen("birthday"))).toBe(true);
    expect(ids(await ask(place, (unit) => unit.care.due(NOW, 10)))).toEqual(["d"]);
    expect((await ask(place, (unit) => unit.care.get("a")))?.status).toBe("paused");
    expect(await ask(place, (unit) => unit.care.pause("birthday", false, 10))).toBe(2);
    expect(ids(await ask(place, (unit) => unit.care.due(NOW, 10)))).toEqual(["a", "b", "d"]);
  });

  test("a plan has nothing open once all its touches ended", async () => {
    expect(await ask(place, (unit) => unit.care.hasOpen("birthday"))).toBe(false);
    await ask(place, (unit) => unit.care.plan([touch("a"), touch("b", { status: "sent" })]));
    for (const [status, open] of [
      ["asked", true],
      ["pending", true],
      ["paused", true],
      ["task", false],
      ["unreachable", false],
    ] as const) {
      await ask(place, (unit) => unit.care.put(touch("a", { status })));
      expect([status, await ask(place, (unit) => unit.care.hasOpen("birthday"))]).toEqual([status, open]);
    }
  });

  test.each(["before it claims touches", "after it claimed touches"])(
    "a unit that asks for the pace %s counts all others",
    async (when) => {
      expect(await ask(place, (unit) => unit.care.paceFullAt())).toBe(0);
      const feed = (): Promise<void> =>
        ask(place, async (unit) => {
          if (when.startsWith("after")) await unit.care.due(NOW, 10);
          const fullAt = Math.max(NOW, await unit.care.paceFullAt());
          await unit.care.putPaceFullAt(fullAt + 101.5);
        });
      await Promise.all(Array.from({ length: 12 }, feed));
      expect(await ask(place, (unit) => unit.care.paceFullAt())).toBe(NOW + 12 * 101.5);
    },
  );

  test("customers page by id with what is known of their services", async () => {
    const state = { services: { p1: { on: "2026-05-01", km: 42_000 } } };
    await ask(place, async (unit) => {
      for (const id of ["k2", "k1", "k3"]) await unit.customers.put(customer(id));
      await unit.care.putState("k2", { services: {} });
      await unit.care.putState("k2", state);
    });
    const page = await ask(place, (unit) => unit.care.customers("k1", 1));
    expect(page).toEqual([{ file: customer("k2"), state }]);
    expect((await ask(place, (unit) => unit.care.customers("k2", 5))).map((row) => row.state)).toEqual([{ services: {} }]);
    expect(await ask(place, (unit) => unit.care.stateOf("k2"))).toEqual(state);
    expect(await ask(place, (unit) => unit.care.stateOf("k9"))).toEqual({ services: {} });
  });

  test("events of all records are told in the order in which they were kept", async () => {
    await ask(place, async (unit) => {
      await unit.records.save(bookingChange(booking("B1"), [{ type: "booking_restored", at: NOW }]), "e1");
      await unit.records.save(bookingChange(booking("B2"), [{ type: "booking_restored", at: NOW + 1 }]), "e2");
    });
    const [first, second] = await ask(place, (unit) => unit.care.events(0, 10));
    expect([first, second]).toMatchObject([
      { kind: "booking", number: "B1", event: { at: NOW } },
      { kind: "booking", number: "B2", event: { at: NOW + 1 } },
    ]);
    expect(await ask(place, (unit) => unit.care.events(first!.seq, 10))).toEqual([second]);
  });

  test("campaigns are kept whole, newest first", async () => {
    await ask(place, async (unit) => {
      await unit.care.putCampaign(campaign("K001"));
      await unit.care.putCampaign(campaign("K002", { createdAt: NOW + 1 }));
      await unit.care.putCampaign(campaign("K001", { status: "submitted" }));
    });
    expect(await ask(place, (unit) => unit.care.campaign("K001"))).toEqual(campaign("K001", { status: "submitted" }));
    expect(ids(await ask(place, (unit) => unit.care.campaigns(10)))).toEqual(["K002", "K001"]);
    expect(await ask(place, (unit) => unit.care.campaign("K009"))).toBeNull();
  });
}
