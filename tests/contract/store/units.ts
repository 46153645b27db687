import { expect, test } from "vitest";
import { AnxinError } from "../../../core/errors.ts";
import { ask, booking, bookingChange, customer, entry, message, NOW, notice, type Place, timer, trace } from "./samples.ts";

const code = (wanted: string) => expect.objectContaining({ name: "AnxinError", code: wanted });

export function unitClauses(place: Place): void {
  test("a unit gives back what its work returned", async () => {
    expect(await ask(place, async () => "answer")).toBe("answer");
  });

  test("the reads of a unit see its own writes", async () => {
    await place.store.unit(async (unit) => {
      await unit.meta.set("k", "v");
      expect(await unit.meta.get("k")).toBe("v");
      await unit.conversations.put({ id: "web:a", customerId: null, state: { step: 1 }, updatedAt: NOW });
      expect((await unit.conversations.get("web:a"))?.state).toEqual({ step: 1 });
      await unit.inbox.accept(entry("e1"));
      expect(await unit.inbox.pending(NOW, 10)).toHaveLength(1);
    });
  });

  test("a unit that throws leaves nothing behind in any group, and passes the error on", async () => {
    const thrown = new Error("the turn failed");
    const work = place.store.unit(async (unit) => {
      await unit.inbox.accept(entry("e1"));
      await unit.conversations.put({ id: "web:a", customerId: "k1", state: {}, updatedAt: NOW });
      await unit.customers.put(customer("k1", { phones: ["+8613800138000"] }));
      await unit.customers.linkConversation("web:a", "k1");
      await unit.records.save(bookingChange(booking("B1"), [{ type: "booking_restored", at: NOW }]), "e1");
      await unit.agenda.put({ technician: "zhou", day: "2026-11-23", version: 0, busy: [] });
      await unit.messages.add(message("m1"));
      await unit.notices.add(notice("n1"));
      await unit.timers.set(timer("t1", NOW));
      await unit.traces.add(trace("e1"));
      await unit.counters.next("booking");
      await unit.meta.set("k", "v");
      throw thrown;
    });
    await expect(work).rejects.toBe(thrown);
    await place.store.unit(async (unit) => {
      expect(await unit.inbox.pending(NOW, 10)).toEqual([]);
      expect(await unit.conversations.get("web:a")).toBeNull();
      expect(await unit.customers.get("k1")).toBeNull();
      expect(await unit.customers.find("phone", "+8613800138000")).toEqual([]);
      expect(await unit.customers.ofConversation("web:a")).toBeNull();
      expect(await unit.records.booking("B1")).toBeNull();
      expect(await unit.records.events("booking", "B1")).toEqual([]);
      expect(await unit.agenda.days("2026-11-01", "2026-11-30")).toEqual([]);
      expect(await unit.messages.list("web:a", 0, 10)).toEqual([]);
      expect(await unit.notices.list(0, 10)).toEqual([]);
      expect(await unit.timers.of("web:a")).toEqual([]);
      expect(await unit.traces.list("web:a", 10)).toEqual([]);
      expect(await unit.meta.get("k")).toBeNull();
      expect(await unit.counters.next("booking")).toBe(1);
    });
  });

  test("an error of the network or the file system thrown by the work is passed on as it was", async () => {
    const thrown = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
    await expect(place.store.unit(async () => Promise.reject(thrown))).rejects.toBe(thrown);
  });

  test("a unit after one that threw commits as usual", async () => {
    await expect(place.store.unit(async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await ask(place, (unit) => unit.meta.set("k", "after"));
    expect(await ask(place, (unit) => unit.meta.get("k"))).toBe("after");
  });

  test("units asked for at once never see each other half done", async () => {
    const add = () =>
      place.store.unit(async (unit) => {
        const before = Number((await unit.meta.get("sum")) ?? "0");
        await new Promise((resolve) => setImmediate(resolve));
        await unit.meta.set("sum", String(before + 1));
      });
    await Promise.all(Array.from({ length: 20 }, add));
    expect(await ask(place, (unit) => unit.meta.get("sum"))).toBe("20");
  });

  test("a unit within a unit is refused, and the outer one still commits", async () => {
    await place.store.unit(async (unit) => {
      await expect(place.store.unit(async () => 1)).rejects.toEqual(code("nested_unit"));
      await unit.meta.set("k", "outer");
    });
    expect(await ask(place, (unit) => unit.meta.get("k"))).toBe("outer");
  });

  test("work started inside a unit may begin its own unit once that one has ended", async () => {
    let later: Promise<number> | undefined;
    await place.store.unit(async () => {
      later = new Promise((resolve, reject) =>
        setImmediate(() => setImmediate(() => place.store.unit(async () => 7).then(resolve, reject))),
      );
    });
    expect(await later).toBe(7);
  });

  test("a unit used after its end is refused and writes nothing", async () => {
    const kept = await place.store.unit(async (unit) => unit);
    await expect(kept.meta.set("k", "late")).rejects.toEqual(code("unit_ended"));
    await place.store.unit(async (unit) => {
      await expect(kept.meta.set("k", "late")).rejects.toEqual(code("unit_ended"));
      expect(await unit.meta.get("k")).toBeNull();
    });
  });

  test("the store closes after the units that were asked for, and then begins none", async () => {
    const store = place.store;
    const written = store.unit(async (unit) => unit.meta.set("k", "before the end"));
    await store.close();
    await written;
    await expect(store.unit(async () => 1)).rejects.toEqual(code("storage_closed"));
    await store.close();
    await place.reopen();
    expect(await ask(place, (unit) => unit.meta.get("k"))).toBe("before the end");
  });

  test("errors of the store are of the one family", async () => {
    const error: unknown = await place.store.unit((unit) => unit.inbox.done(99, NOW)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AnxinError);
  });

  test("everything committed is there after the store was closed and opened again", async () => {
    await place.store.unit(async (unit) => {
      await unit.inbox.accept(entry("e1"));
      await unit.inbox.accept(entry("e2"));
      const [first] = await unit.inbox.pending(NOW, 1);
      await unit.inbox.done(first!.seq, NOW);
      await unit.conversations.put({ id: "web:a", customerId: "k1", state: { deep: [1, { two: null }] }, updatedAt: NOW });
      await unit.customers.put(customer("k1", { phones: ["+8613800138000"], name: "王芳" }));
      await unit.customers.linkConversation("web:a", "k1");
      await unit.records.save(bookingChange(booking("B1"), [{ type: "booking_restored", at: NOW }]), "e1");
      await unit.agenda.put({ technician: "zhou", day: "2026-11-23", version: 0, busy: [{ start: 1, end: 2, booking: "B1" }] });
      await unit.messages.add(message("m1"));
      await unit.notices.add(notice("n1"));
      await unit.timers.set(timer("t1", NOW));
      await unit.traces.add(trace("e1"));
      await unit.counters.next("booking");
      await unit.meta.set("k", "v");
    });
    await place.reopen();
    await place.store.unit(async (unit) => {
      expect(await unit.inbox.accept(entry("e1"))).toBe("known");
      expect((await unit.inbox.pending(NOW, 10)).map((row) => row.id)).toEqual(["e2"]);
      expect(await unit.inbox.history(0, 10)).toEqual([{ ...entry("e1"), turn: 1, doneAt: NOW }]);
      expect(await unit.conversations.get("web:a")).toEqual({
        id: "web:a",
        customerId: "k1",
        state: { deep: [1, { two: null }] },
        updatedAt: NOW,
      });
      expect(await unit.customers.find("phone", "+8613800138000")).toEqual([customer("k1", { phones: ["+8613800138000"], name: "王芳" })]);
      expect(await unit.customers.ofConversation("web:a")).toBe("k1");
      expect(await unit.records.booking("B1")).toEqual(booking("B1"));
      expect(await unit.records.events("booking", "B1")).toEqual([{ type: "booking_restored", at: NOW }]);
      expect(await unit.agenda.days("2026-11-23", "2026-11-23")).toEqual([
        { technician: "zhou", day: "2026-11-23", version: 1, busy: [{ start: 1, end: 2, booking: "B1" }] },
      ]);
      expect(await unit.messages.due(NOW, 10)).toEqual([{ ...message("m1"), seq: 1 }]);
      expect(await unit.notices.list(0, 10)).toEqual([{ ...notice("n1"), seq: 1 }]);
      expect(await unit.timers.due(NOW, 10)).toEqual([timer("t1", NOW)]);
      expect(await unit.traces.list("web:a", 10)).toEqual([trace("e1")]);
      expect(await unit.counters.next("booking")).toBe(2);
      expect(await unit.meta.get("k")).toBe("v");
    });
  });
}
