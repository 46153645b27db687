import { expect, test } from "vitest";
import type { BookingEvent } from "../../../core/booking/state.ts";
import { NO_LINKS } from "../../../core/cases/state.ts";
import type { TimePromise } from "../../../core/promises/state.ts";
import type { Change } from "../../../core/spine/outcome.ts";
import { ask, booking, bookingChange, caseChange, caseOf, NOW, order, orderChange, type Place } from "./samples.ts";

export function recordClauses(place: Place): void {
  const save = (...changes: readonly Change[]) =>
    ask(place, async (unit) => {
      for (const change of changes) await unit.records.save(change, "e1");
    });
  const numbers = (rows: readonly { readonly number: string }[]) => rows.map((row) => row.number);

  test("save keeps the state, and each kind has its own numbers", async () => {
    await save(bookingChange(booking("N1")), orderChange(order("N1")), caseChange(caseOf("N1")));
    await place.store.unit(async (unit) => {
      expect(await unit.records.booking("N1")).toEqual(booking("N1"));
      expect(await unit.records.order("N1")).toEqual(order("N1"));
      expect(await unit.records.case("N1")).toEqual(caseOf("N1"));
      expect(await unit.records.booking("N2")).toBeNull();
    });
  });

  test("the last saved state counts, and its events are appended to those before", async () => {
    const [moved, cancelled, restored]: readonly BookingEvent[] = [
      { type: "booking_moved", at: NOW, start: NOW, end: NOW + 1, technician: "li" },
      { type: "booking_cancelled", at: NOW + 1, reason: null },
      { type: "booking_restored", at: NOW + 2 },
    ];
    await save(bookingChange(booking("B1"), [moved!]), bookingChange(booking("B2"), [moved!]));
    await save(bookingChange(booking("B1", { technician: "li", changes: 1 }), [cancelled!, restored!]));
    expect(await ask(place, (unit) => unit.records.booking("B1"))).toEqual(booking("B1", { technician: "li", changes: 1 }));
    expect(await ask(place, (unit) => unit.records.events("booking", "B1"))).toEqual([moved, cancelled, restored]);
    expect(await ask(place, (unit) => unit.records.events("case", "B1"))).toEqual([]);
    expect(await ask(place, (unit) => unit.records.events("booking", "B3"))).toEqual([]);
  });

  test("a change whose id is not the number of its state is refused", async () => {
    const wrong = { ...bookingChange(booking("B1")), id: "B2" } as Change;
    await expect(save(wrong)).rejects.toEqual(expect.objectContaining({ code: "invalid_change" }));
    expect(await ask(place, (unit) => unit.records.booking("B1"))).toBeNull();
  });

  test("bookings and orders of a customer come oldest first and are that customer's alone", async () => {
    await save(
      bookingChange(booking("B2", { createdAt: NOW + 2 })),
      bookingChange(booking("B9", { createdAt: NOW })),
      bookingChange(booking("B3", { customerId: "k2" })),
      orderChange(order("W2", { createdAt: NOW + 2 })),
      orderChange(order("W9", { createdAt: NOW })),
      orderChange(order("W3", { customerId: "k2" })),
    );
    expect(numbers(await ask(place, (unit) => unit.records.bookingsOf("k1")))).toEqual(["B9", "B2"]);
    expect(numbers(await ask(place, (unit) => unit.records.ordersOf("k1")))).toEqual(["W9", "W2"]);
    expect(await ask(place, (unit) => unit.records.bookingsOf("k3"))).toEqual([]);
  });

  test("cases of a conversation include the closed ones and no bookings", async () => {
    await save(
      caseChange(caseOf("C1", { status: "closed" })),
      caseChange(caseOf("C2", { createdAt: NOW + 1 })),
      caseChange(caseOf("C3", { conversation: "web:b" })),
      bookingChange(booking("B1")),
    );
    expect(numbers(await ask(place, (unit) => unit.records.casesOf("web:a")))).toEqual(["C1", "C2"]);
  });

  test("open cases are those not closed, newest first, at most as many as asked for", async () => {
    await save(
      caseChange(caseOf("C1", { createdAt: NOW })),
      caseChange(caseOf("C2", { createdAt: NOW + 1, status: "claimed" })),
      caseChange(caseOf("C3", { createdAt: NOW + 2, status: "resolved" })),
      caseChange(caseOf("C4", { createdAt: NOW + 3, status: "closed" })),
      bookingChange(booking("B1")),
      orderChange(order("W1")),
    );
    const open = (limit: number) => ask(place, async (unit) => numbers(await unit.records.openCases(limit)));
    expect(await open(10)).toEqual(["C3", "C2", "C1"]);
    expect(await open(2)).toEqual(["C3", "C2"]);
    await save(caseChange(caseOf("C2", { status: "closed", createdAt: NOW + 1 })), caseChange(caseOf("C4", { createdAt: NOW + 3 })));
    expect(await open(10)).toEqual(["C4", "C3", "C1"]);
  });

  test("cases are found by their marks, newest first, since an instant, and by no mark they have lost", async () => {
    const links = { ...NO_LINKS, product: "sedan", fault: "noise" };
    await save(
      caseChange(caseOf("C1", { links, createdAt: NOW })),
      caseChange(caseOf("C2", { links, createdAt: NOW + 2, status: "closed" })),
      caseChange(caseOf("C3", { links: { ...links, technician: "zhou" }, createdAt: NOW + 1 })),
      caseChange(caseOf("C4", { links, category: "human" })),
      caseChange(caseOf("C5", { links: { ...links, fault: "leak" } })),
    );
    const marked = (mark: string, since = 0, limit = 10) =>
      ask(place, async (unit) => numbers(await unit.records.casesMarked(mark, since, limit)));
    expect(await marked("fault:sedan:noise")).toEqual(["C2", "C3", "C1"]);
    expect(await marked("fault:sedan:noise", NOW + 1)).toEqual(["C2", "C3"]);
    expect(await marked("fault:sedan:noise", 0, 1)).toEqual(["C2"]);
    expect(await marked("technician:zhou")).toEqual(["C3"]);
    expect(await marked("part:x")).toEqual([]);
    await save(caseChange(caseOf("C3", { links: { ...links, fault: "leak" }, createdAt: NOW + 1 })));
    expect(await marked("fault:sedan:noise")).toEqual(["C2", "C1"]);
    expect(await marked("technician:zhou")).toEqual([]);
    expect(await marked("fault:sedan:leak")).toEqual(["C3", "C5"]);
  });

  test("all records of a kind are paged by number", async () => {
    await save(...["B3", "B1", "B2", "B4"].map((number) => bookingChange(booking(number))), orderChange(order("B5")));
    const page = (after: string, limit: number) => ask(place, async (unit) => numbers(await unit.records.all("booking", after, limit)));
    expect(await page("", 3)).toEqual(["B1", "B2", "B3"]);
    expect(await page("B3", 3)).toEqual(["B4"]);
    expect(await page("B4", 3)).toEqual([]);
  });

  test("a promise is read by its number and by its conversation, and is listed as open until it is kept", async () => {
    const promise = (number: string, more: Partial<TimePromise> = {}): Change => {
      const state: TimePromise = {
        number,
        conversation: "web:a",
        customerId: "k1",
        about: null,
        words: "",
        by: "rep",
        status: "open",
        confirmed: true,
        dueAt: NOW + 1,
        renewals: [],
        broken: 0,
        closedAt: null,
        createdAt: NOW,
        updatedAt: NOW,
        ...more,
      };
      return { kind: "promise", id: number, events: [], state };
    };
    const openOnes = () => ask(place, async (unit) => numbers(await unit.records.open("promise", 10)));
    await save(promise("P1"), promise("P2", { createdAt: NOW + 1 }), promise("P3", { conversation: "web:b", status: "kept" }));
    await save(caseChange(caseOf("C1")));
    expect(await openOnes()).toEqual(["P2", "P1"]);
    expect(await ask(place, async (unit) => numbers(await unit.records.ofConversation("promise", "web:a")))).toEqual(["P1", "P2"]);
    expect(await ask(place, (unit) => unit.records.one("promise", "P3"))).toMatchObject({ conversation: "web:b", status: "kept" });
    expect(await ask(place, (unit) => unit.records.one("promise", "P9"))).toBeNull();
    expect(await ask(place, (unit) => unit.records.one("quote", "P1"))).toBeNull();
    await save(promise("P2", { createdAt: NOW + 1, status: "kept" }));
    expect(await openOnes()).toEqual(["P1"]);
  });
}

export function agendaClauses(place: Place): void {
  const busy = [{ start: NOW, end: NOW + 1, booking: "B1" }];
  const conflict = expect.objectContaining({ name: "AnxinError", code: "conflict" });
  const write = (day: string, version: number, technician = "zhou", spans = busy) =>
    ask(place, (unit) => unit.agenda.put({ technician, day, version, busy: spans }));
  const days = (from: string, to: string) => ask(place, (unit) => unit.agenda.days(from, to));

  test("days gives the written days of every technician between two days, both included", async () => {
    await write("2026-11-22", 0);
    await write("2026-11-23", 0, "zhou", []);
    await write("2026-11-23", 0, "li");
    await write("2026-11-24", 0);
    await write("2026-11-25", 0);
    expect(await days("2026-11-23", "2026-11-24")).toEqual([
      { technician: "li", day: "2026-11-23", version: 1, busy },
      { technician: "zhou", day: "2026-11-23", version: 1, busy: [] },
      { technician: "zhou", day: "2026-11-24", version: 1, busy },
    ]);
    expect(await days("2026-12-01", "2026-12-31")).toEqual([]);
  });

  test("a day is written with the version that was read, which then grows", async () => {
    await write("2026-11-23", 0);
    const [read] = await days("2026-11-23", "2026-11-23");
    await write("2026-11-23", read!.version, "zhou", []);
    const [again] = await days("2026-11-23", "2026-11-23");
    expect(again!.busy).toEqual([]);
    expect(again!.version).toBeGreaterThan(read!.version);
  });

  test("of two that read the same day only one can write it, and the other's unit is undone", async () => {
    await write("2026-11-23", 0);
    const [read] = await days("2026-11-23", "2026-11-23");
    const claim = (name: string) =>
      place.store.unit(async (unit) => {
        await unit.meta.set(name, "claimed");
        await unit.agenda.put({ ...read!, busy: [{ start: NOW, end: NOW + 1, booking: name }] });
      });
    const results = await Promise.allSettled([claim("B1"), claim("B2")]);
    expect(results.map((result) => result.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")!.reason).toEqual(conflict);
    const [winner, loser] = results[0]!.status === "fulfilled" ? ["B1", "B2"] : ["B2", "B1"];
    expect((await days("2026-11-23", "2026-11-23"))[0]!.busy[0]!.booking).toBe(winner);
    expect(await ask(place, (unit) => unit.meta.get(loser))).toBeNull();
  });

  test("a day is first written by one only", async () => {
    await write("2026-11-23", 0);
    await expect(write("2026-11-23", 0)).rejects.toEqual(conflict);
  });

  test("days are held as they were read, and who read them before the last write is told", async () => {
    const hold = (version: number, wait = false) =>
      ask(place, (unit) => unit.agenda.hold([{ technician: "zhou", day: "2026-11-23", version }], wait));
    expect(await hold(0)).toBe("held");
    await write("2026-11-23", 0);
    const [read] = await days("2026-11-23", "2026-11-23");
    expect([await hold(0), await hold(read!.version), await hold(0, true), await hold(read!.version, true)]).toEqual([
      "changed",
      "held",
      "changed",
      "held",
    ]);
    expect(await days("2026-11-23", "2026-11-23")).toEqual([read]);
  });

  test("one day of several that was written since is enough to be told", async () => {
    await write("2026-11-24", 0);
    const wanted = [
      { technician: "zhou", day: "2026-11-23", version: 0 },
      { technician: "zhou", day: "2026-11-24", version: 0 },
    ];
    expect(await ask(place, (unit) => unit.agenda.hold(wanted, false))).toBe("changed");
  });

  test("what is held is written in the same unit", async () => {
    await ask(place, async (unit) => {
      expect(await unit.agenda.hold([{ technician: "zhou", day: "2026-11-23", version: 0 }], false)).toBe("held");
      await unit.agenda.put({ technician: "zhou", day: "2026-11-23", version: 0, busy });
    });
    expect(await days("2026-11-23", "2026-11-23")).toHaveLength(1);
  });

  test("a version that was never reached is a conflict", async () => {
    await expect(write("2026-11-23", 3)).rejects.toEqual(conflict);
    expect(await days("2026-11-23", "2026-11-23")).toEqual([]);
  });
}

export function smallClauses(place: Place): void {
  test("each counter counts 1, 2, 3 by its own name", async () => {
    const next = (name: string) => ask(place, (unit) => unit.counters.next(name));
    expect([await next("booking"), await next("booking"), await next("case"), await next("booking")]).toEqual([1, 2, 1, 3]);
  });

  test("the number last drawn is drawn again when it was given back; an earlier one may stay a gap, and none is drawn twice", async () => {
    const given = await ask(place, async (unit) => {
      const first = await unit.counters.next("n");
      const second = await unit.counters.next("n");
      await unit.counters.giveBack("n", second);
      return [first, second];
    });
    expect(given).toEqual([1, 2]);
    expect(await ask(place, (unit) => unit.counters.next("n"))).toBe(2);
    await ask(place, async (unit) => {
      const third = await unit.counters.next("n");
      await unit.counters.next("n");
      await unit.counters.giveBack("n", third);
      // Twice the same: nothing more comes of it.
      await unit.counters.giveBack("n", third);
    });
    const later = [await ask(place, (unit) => unit.counters.next("n")), await ask(place, (unit) => unit.counters.next("n"))];
    expect(new Set([...later, 4]).size).toBe(3);
    expect(later.every((value) => value === 3 || value > 4)).toBe(true);
  });

  test("counters give no number twice to units asked for at once", async () => {
    const given = await Promise.all(Array.from({ length: 20 }, () => ask(place, (unit) => unit.counters.next("n"))));
    expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  test("meta keeps the last value of a key", async () => {
    expect(await ask(place, (unit) => unit.meta.get("k"))).toBeNull();
    await ask(place, (unit) => unit.meta.set("k", "1"));
    await ask(place, (unit) => unit.meta.set("k", "2"));
    expect(await ask(place, (unit) => unit.meta.get("k"))).toBe("2");
  });
}
