/** Several stores on one schema, as several processes have it. Nothing waits for time to pass: each step waits for another. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store, Unit } from "../../../core/ports.ts";
import { booking, bookingChange, customer, entry, message, NOW, notice, timer } from "../../contract/store/samples.ts";
import { createSchema, postgresUrl } from "../../support/postgres.ts";

/** Stops at `reached` until `go` is called. */
function gate(): { readonly reached: Promise<void>; readonly go: () => void; readonly pass: () => Promise<void> } {
  let arrive = (): void => undefined;
  let go = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const open = new Promise<void>((resolve) => {
    go = resolve;
  });
  return {
    reached,
    go: () => go(),
    pass: () => {
      arrive();
      return open;
    },
  };
}

describe.skipIf(postgresUrl === null)("stores that share a database", () => {
  const schema = postgresUrl === null ? null : createSchema();
  let one: Store;
  let other: Store;
  let retries: string[];
  beforeEach(async () => {
    retries = [];
    [one, other] = await Promise.all([
      schema!.open({ onRetry: (reason) => retries.push(reason) }),
      schema!.open({ onRetry: (reason) => retries.push(reason) }),
    ]);
  });
  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
    await schema!.empty();
  });
  afterAll(() => schema?.drop());

  const accept = (...ids: readonly (readonly [id: string, conversation: string])[]) =>
    one.unit(async (unit) => {
      for (const [id, conversation] of ids) await unit.inbox.accept(entry(id, conversation));
    });
  const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id);

  test("entries of a conversation that one works on are given to nobody else, those of others are", async () => {
    await accept(["a1", "web:a"], ["b1", "web:b"], ["a2", "web:a"]);
    const held = gate();
    const first = one.unit(async (unit) => {
      const [a1] = await unit.inbox.pending(NOW, 1);
      await held.pass();
      await unit.inbox.done(a1!.seq, NOW);
      return a1!.id;
    });
    await held.reached;
    expect(await other.unit(async (unit) => ids(await unit.inbox.pending(NOW, 10)))).toEqual(["b1"]);
    held.go();
    expect(await first).toBe("a1");
    expect(await other.unit(async (unit) => ids(await unit.inbox.pending(NOW, 10)))).toEqual(["b1", "a2"]);
  });

  test("a customer who writes on two channels is worked on by one at a time", async () => {
    await one.unit(async (unit) => {
      await unit.customers.put(customer("k1"));
      await unit.customers.linkConversation("web:a", "k1");
      await unit.customers.linkConversation("telegram:7", "k1");
    });
    await accept(["a1", "web:a"], ["t1", "telegram:7"], ["b1", "web:b"]);
    const held = gate();
    const first = one.unit(async (unit) => {
      const rows = await unit.inbox.pending(NOW, 1);
      await held.pass();
      return ids(rows);
    });
    await held.reached;
    expect(await other.unit(async (unit) => ids(await unit.inbox.pending(NOW, 10)))).toEqual(["b1"]);
    held.go();
    expect(await first).toEqual(["a1"]);
  });

  test("a turn reads what the turn before it in the same conversation wrote, whoever did that", async () => {
    const ROUNDS = 12;
    await accept(...Array.from({ length: ROUNDS }, (_, at) => [`e${at}`, "web:a"] as const));
    const work = async (store: Store): Promise<void> => {
      for (let tried = 1, idle = 0; tried > 0 || idle < 50; ) {
        tried = await store.unit(async (unit) => {
          const [next] = await unit.inbox.pending(NOW, 1);
          if (!next) return 0;
          const said = ((await unit.conversations.get("web:a"))?.state ?? []) as string[];
          await unit.conversations.put({ id: "web:a", customerId: null, state: [...said, next.id], updatedAt: NOW });
          await unit.inbox.done(next.seq, NOW);
          return 1;
        });
        idle = tried > 0 ? 0 : idle + 1;
      }
    };
    await Promise.all([work(one), work(one), work(other), work(other)]);
    const wanted = Array.from({ length: ROUNDS }, (_, at) => `e${at}`);
    expect(await one.unit(async (unit) => (await unit.conversations.get("web:a"))!.state)).toEqual(wanted);
    const history = await one.unit((unit) => unit.inbox.history(0, 100));
    expect(history.map((row) => [row.id, row.turn])).toEqual(wanted.map((id, at) => [id, at + 1]));
  });

  test.each(["messages", "notices", "turns"] as const)("%s numbered later are seen later, though their unit began first", async (what) => {
    await accept(["a1", "web:a"], ["b1", "web:b"]);
    const write = async (unit: Unit, name: string): Promise<void> => {
      if (what === "messages") await unit.messages.add(message(name));
      if (what === "notices") await unit.notices.add(notice(name));
      if (what === "turns") await unit.inbox.done((await unit.inbox.pending(NOW, 1))[0]!.seq, NOW);
    };
    const read = async (after: number): Promise<readonly (readonly [number, string])[]> =>
      other.unit(async (unit) => {
        if (what === "messages") return (await unit.messages.list("web:a", after, 10)).map((row) => [row.seq, row.id] as const);
        if (what === "notices") return (await unit.notices.list(after, 10)).map((row) => [row.seq, row.id] as const);
        return (await unit.inbox.history(after, 10)).map((row) => [row.turn, row.id] as const);
      });
    const late = gate();
    const first = one.unit(async (unit) => {
      await write(unit, "first to begin");
      await late.pass();
    });
    await late.reached;
    await other.unit((unit) => write(unit, "first to end"));
    const seen = [...(await read(0))];
    expect(seen).toHaveLength(1);
    late.go();
    await first;
    const more = await read(seen.at(-1)![0]);
    expect(more).toHaveLength(1);
    expect((await read(0)).map(([, id]) => id)).toEqual([...seen, ...more].map(([, id]) => id));
  });

  test("a day that one writes is busy for who doesn't wait, and changed for who waits; other days are free", async () => {
    const day = (date: string, version = 0) => ({ technician: "zhou", day: date, version });
    await accept(["a1", "web:a"], ["b1", "web:b"], ["c1", "web:c"]);
    const held = gate();
    const first = one.unit(async (unit) => {
      await unit.inbox.pending(NOW, 1);
      expect(await unit.agenda.hold([day("2026-11-23")], false)).toBe("held");
      await unit.agenda.put({ ...day("2026-11-23"), busy: [{ start: NOW, end: NOW + 1, booking: "B1" }] });
      await held.pass();
    });
    await held.reached;
    const tried = await other.unit(async (unit) => {
      await unit.inbox.pending(NOW, 1);
      return [await unit.agenda.hold([day("2026-11-23")], false), await unit.agenda.hold([day("2026-11-24")], false)];
    });
    expect(tried).toEqual(["busy", "held"]);
    let answered = false;
    const waited = other.unit(async (unit) => {
      await unit.inbox.pending(NOW, 1);
      const answer = await unit.agenda.hold([day("2026-11-23")], true);
      answered = true;
      return answer;
    });
    await one.unit((unit) => unit.meta.get("some round trip"));
    expect(answered).toBe(false);
    held.go();
    await first;
    expect(await waited).toBe("changed");
    expect(retries).toEqual([]);
  });

  test("two that wait for the same days in different order both get them", async () => {
    const days = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"].map((date) => ({ technician: "zhou", day: date, version: 0 }));
    const hold = (store: Store, wanted: typeof days) => store.unit(async (unit) => unit.agenda.hold(wanted, true));
    const both = Array.from({ length: 20 }, (_, at) => hold(at % 2 === 0 ? one : other, at % 2 === 0 ? days : days.toReversed()));
    expect(new Set(await Promise.all(both))).toEqual(new Set(["held"]));
    expect(retries).toEqual([]);
  });

  test("what one reads and another changes meanwhile is read anew: no change is lost", async () => {
    const add = (store: Store) =>
      store.unit(async (unit) => {
        const before = Number((await unit.meta.get("sum")) ?? "0");
        await unit.meta.set("sum", String(before + 1));
      });
    await Promise.all(Array.from({ length: 30 }, (_, at) => add(at % 2 === 0 ? one : other)));
    expect(await one.unit((unit) => unit.meta.get("sum"))).toBe("30");
  });

  test("two that each see the other's wish missing don't both take the last place", async () => {
    const take = (store: Store, own: string, others: string) =>
      store.unit(async (unit) => {
        if ((await unit.meta.get(others)) !== null) return false;
        await unit.meta.set(own, "taken");
        return true;
      });
    for (let round = 0; round < 10; round++) {
      const taken = await Promise.all([take(one, `a${round}`, `b${round}`), take(other, `b${round}`, `a${round}`)]);
      expect(taken.filter(Boolean)).toHaveLength(1);
    }
  });

  test("a number that was drawn holds nobody up, and one of an undone unit is given again", async () => {
    const held = gate();
    const first = one.unit(async (unit) => {
      const number = await unit.counters.next("booking");
      await unit.meta.set("k", String(number));
      await held.pass();
      throw new Error("undone");
    });
    await held.reached;
    expect(await other.unit((unit) => unit.counters.next("booking"))).toBe(2);
    held.go();
    await expect(first).rejects.toThrow("undone");
    expect(await one.unit((unit) => unit.counters.next("booking"))).toBe(1);
    expect(await one.unit((unit) => unit.counters.next("booking"))).toBe(3);
  });

  test("a timer is fired by one, and one that is set again meanwhile is not lost", async () => {
    await one.unit((unit) => unit.timers.set(timer("t1", NOW)));
    const held = gate();
    const first = one.unit(async (unit) => {
      const due = await unit.timers.due(NOW, 10);
      await held.pass();
      for (const each of due) await unit.timers.cancel(each.id);
      return ids(due);
    });
    await held.reached;
    expect(await other.unit((unit) => unit.timers.due(NOW, 10))).toEqual([]);
    const again = other.unit((unit) => unit.timers.set(timer("t1", NOW + 60_000)));
    held.go();
    expect(await first).toEqual(["t1"]);
    await again;
    expect(await one.unit((unit) => unit.timers.of("web:a"))).toEqual([timer("t1", NOW + 60_000)]);
  });

  test("two that book the same hour: one does, the other is told of a conflict and leaves nothing", async () => {
    const claim = (store: Store, name: string) =>
      store.unit(async (unit) => {
        await unit.inbox.pending(NOW, 1);
        const [day] = await unit.agenda.days("2026-11-23", "2026-11-23");
        await unit.records.save(bookingChange(booking(name, { customerId: name })), name);
        await unit.agenda.put({
          technician: "zhou",
          day: "2026-11-23",
          version: day?.version ?? 0,
          busy: [{ start: NOW, end: NOW + 1, booking: name }],
        });
        return name;
      });
    const both = gate();
    const slow = one.unit(async (unit) => {
      await unit.inbox.pending(NOW, 1);
      await unit.agenda.days("2026-11-23", "2026-11-23");
      await both.pass();
      await unit.records.save(bookingChange(booking("B2")), "B2");
      await unit.agenda.put({ technician: "zhou", day: "2026-11-23", version: 0, busy: [] });
    });
    await both.reached;
    await claim(other, "B1");
    both.go();
    await expect(slow).rejects.toMatchObject({ code: "conflict" });
    const left = await one.unit(async (unit) => [await unit.records.booking("B1"), await unit.records.booking("B2")]);
    expect(left.map((state) => state?.number ?? null)).toEqual(["B1", null]);
  });

  test("a connection that the server cuts before the commit costs a second try, and no change is made twice", async () => {
    let tries = 0;
    await one.unit(async (unit) => {
      tries += 1;
      const before = Number((await unit.meta.get("sum")) ?? "0");
      if (tries === 1) await schema!.cut();
      await unit.meta.set("sum", String(before + 1));
    });
    expect(tries).toBe(2);
    expect(retries).toEqual(["connection"]);
    expect(await other.unit((unit) => unit.meta.get("sum"))).toBe("1");
  });

  test("a number that was given back is not used again after the database lost its draw", async () => {
    const draw = (store: Store) => store.unit((unit) => unit.counters.next("booking"));
    const undone = one.unit(async (unit) => {
      await unit.counters.next("booking");
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    // As after a power cut: nobody had waited for the draw on the disk, and every connection is gone.
    await schema!.query("update counters set value = 0");
    await schema!.cut();
    expect([await draw(other), await draw(one)]).toEqual([1, 2]);
  });

  test("a number that was given back is drawn again while its database lives", async () => {
    await expect(
      one.unit(async (unit) => {
        await unit.counters.next("booking");
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await one.unit((unit) => unit.counters.next("booking"))).toBe(1);
  });

  test("connections that were cut while nobody used them are replaced", async () => {
    await Promise.all([one, other].map((store) => store.unit((unit) => unit.meta.set("k", "v"))));
    await schema!.cut();
    expect(await one.unit((unit) => unit.meta.get("k"))).toBe("v");
    expect(await one.unit((unit) => unit.counters.next("n"))).toBe(1);
  });
});
