import { expect, test } from "vitest";
import type { InboxEntry } from "../../../core/spine/events.ts";
import { ask, entry, NOW, type Place } from "./samples.ts";

const conflict = expect.objectContaining({ name: "AnxinError", code: "conflict" });

export function inboxClauses(place: Place): void {
  const accept = (...entries: readonly InboxEntry[]) =>
    ask(place, async (unit) => {
      for (const each of entries) await unit.inbox.accept(each);
    });
  const waiting = (now = NOW, limit = 100) => ask(place, async (unit) => (await unit.inbox.pending(now, limit)).map((row) => row.id));
  const seqOf = (id: string) =>
    ask(place, async (unit) => (await unit.inbox.pending(Number.MAX_SAFE_INTEGER, 1000)).find((row) => row.id === id)!.seq);

  test("the same id ten times at once is one entry", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(place, (unit) => unit.inbox.accept(entry("e1")))));
    expect(answers.toSorted()).toEqual([...Array.from({ length: 9 }, () => "known"), "new"]);
    expect(await waiting()).toEqual(["e1"]);
  });

  test("an id stays known after its entry is done or dead, and the first content stays", async () => {
    await accept(entry("e1", "web:a", "first"), entry("e2"));
    const [one, two] = await ask(place, (unit) => unit.inbox.pending(NOW, 2));
    await ask(place, (unit) => unit.inbox.done(one!.seq, NOW));
    await ask(place, (unit) => unit.inbox.dead(two!.seq, NOW, "broken"));
    expect(await ask(place, (unit) => unit.inbox.accept(entry("e1", "web:a", "second")))).toBe("known");
    expect(await ask(place, (unit) => unit.inbox.accept(entry("e2")))).toBe("known");
    expect((await ask(place, (unit) => unit.inbox.history(0, 10)))[0]?.event).toEqual({ kind: "message", text: "first" });
    expect(await waiting()).toEqual([]);
  });

  test("a conversation is waited for from its first entry until its last is done or dead", async () => {
    const waitsFor = (conversation: string) => ask(place, (unit) => unit.inbox.waitsFor(conversation));
    expect(await waitsFor("web:a")).toBe(false);
    await accept(entry("e1", "web:a"), entry("e2", "web:a"), entry("e3", "web:b"));
    const [first, second] = [await seqOf("e1"), await seqOf("e2")];
    await ask(place, (unit) => unit.inbox.retry(second, 1, NOW + 1000, "busy"));
    await ask(place, (unit) => unit.inbox.done(first, NOW));
    expect([await waitsFor("web:a"), await waitsFor("web:b"), await waitsFor("web:c")]).toEqual([true, true, false]);
    await ask(place, (unit) => unit.inbox.dead(second, NOW, "broken"));
    expect([await waitsFor("web:a"), await waitsFor("web:b")]).toEqual([false, true]);
  });

  test("pending gives whole entries, oldest first, at most as many as asked for", async () => {
    await accept(entry("e1", "web:b"), entry("e2", "web:a"), entry("e3", "web:b"));
    const rows = await ask(place, (unit) => unit.inbox.pending(NOW, 2));
    expect(rows).toEqual([
      { ...entry("e1", "web:b"), seq: rows[0]!.seq, attempts: 0 },
      { ...entry("e2", "web:a"), seq: rows[1]!.seq, attempts: 0 },
    ]);
    expect(rows[1]!.seq).toBeGreaterThan(rows[0]!.seq);
  });

  test("one who writes much holds up nobody: the first of each conversation goes before the second of any", async () => {
    await accept(
      ...Array.from({ length: 300 }, (_, count) => entry(`a${count + 1}`)),
      entry("b1", "web:b"),
      entry("c1", "web:c"),
      entry("b2", "web:b"),
    );
    expect(await waiting(NOW, 2)).toEqual(["a1", "b1"]);
    expect(await waiting(NOW, 3)).toEqual(["a1", "b1", "c1"]);
    const six = await waiting(NOW, 6);
    // Beyond the first of each, any of those that follow; each conversation in its order.
    expect(six).toHaveLength(6);
    expect(six).toEqual(expect.arrayContaining(["a1", "a2", "b1", "c1"]));
    expect(six.filter((id) => id.startsWith("a"))).toEqual(
      ["a1", "a2", "a3", "a4"].slice(0, six.filter((id) => id.startsWith("a")).length),
    );
  });

  test("a fresh entry can be tried at once, even if the clock was set back", async () => {
    await accept(entry("e1"));
    expect(await waiting(NOW - 86_400_000)).toEqual(["e1"]);
    expect(await ask(place, (unit) => unit.inbox.nextAt())).toBeLessThanOrEqual(NOW - 86_400_000);
  });

  test("an entry that backs off holds back those behind it in its conversation, and no others", async () => {
    await accept(entry("a1"), entry("b1", "web:b"), entry("a2"), entry("b2", "web:b"), entry("a3"));
    const a2 = await seqOf("a2");
    await ask(place, (unit) => unit.inbox.retry(a2, 1, NOW + 1000, "busy"));
    expect(await waiting(NOW)).toEqual(["a1", "b1", "b2"]);
    expect(await waiting(NOW + 999)).toEqual(["a1", "b1", "b2"]);
    expect(await waiting(NOW + 1000)).toEqual(["a1", "b1", "a2", "b2", "a3"]);
  });

  test("retry counts the tries and keeps the entry's place", async () => {
    await accept(entry("a1"), entry("a2"));
    const a1 = await seqOf("a1");
    await ask(place, (unit) => unit.inbox.retry(a1, 3, NOW + 1000, "busy"));
    const rows = await ask(place, (unit) => unit.inbox.pending(NOW + 1000, 10));
    expect(rows.map((row) => [row.id, row.attempts])).toEqual([
      ["a1", 3],
      ["a2", 0],
    ]);
  });

  test("a dead entry lets those behind it go on and has no turn", async () => {
    await accept(entry("a1"), entry("a2"));
    const a1 = await seqOf("a1");
    await ask(place, (unit) => unit.inbox.retry(a1, 4, NOW + 1000, "busy"));
    expect(await waiting()).toEqual([]);
    await ask(place, (unit) => unit.inbox.dead(a1, NOW, "busy for good"));
    expect(await waiting()).toEqual(["a2"]);
    expect(await ask(place, (unit) => unit.inbox.history(0, 10))).toEqual([]);
  });

  test.each(["a\0b", "half a \ud83d"])("a failure whose words can't be kept as they are is noted all the same: %j", async (words) => {
    await accept(entry("a1"));
    const a1 = await seqOf("a1");
    await ask(place, (unit) => unit.inbox.retry(a1, 1, NOW + 1000, words));
    expect(await waiting(NOW)).toEqual([]);
    await ask(place, (unit) => unit.inbox.dead(a1, NOW, words));
    expect(await ask(place, (unit) => unit.inbox.nextAt())).toBeNull();
  });

  test("nextAt is the earliest instant at which the head of some conversation may be tried", async () => {
    const nextAt = () => ask(place, (unit) => unit.inbox.nextAt());
    expect(await nextAt()).toBeNull();
    await accept(entry("a1"), entry("a2"), entry("b1", "web:b"));
    const [a1, b1] = [await seqOf("a1"), await seqOf("b1")];
    await ask(place, (unit) => unit.inbox.retry(a1, 1, NOW + 5000, "busy"));
    await ask(place, (unit) => unit.inbox.retry(b1, 1, NOW + 9000, "busy"));
    // a2 could be tried by itself, but it is behind a1.
    expect(await nextAt()).toBe(NOW + 5000);
    await ask(place, (unit) => unit.inbox.dead(a1, NOW, "busy"));
    expect(await nextAt()).toBeLessThanOrEqual(NOW);
    const a2 = await seqOf("a2");
    await ask(place, (unit) => unit.inbox.done(a2, NOW));
    expect(await nextAt()).toBe(NOW + 9000);
    await ask(place, (unit) => unit.inbox.done(b1, NOW));
    expect(await nextAt()).toBeNull();
  });

  test("turns are numbered from 1 without gaps in the order in which they were saved, and history pages by them", async () => {
    await accept(entry("e1", "web:a"), entry("e2", "web:b"), entry("e3", "web:c"), entry("e4", "web:d"));
    const seqs = (await ask(place, (unit) => unit.inbox.pending(NOW, 10))).map((row) => row.seq);
    await ask(place, (unit) => unit.inbox.done(seqs[2]!, NOW + 1));
    await expect(
      place.store.unit(async (unit) => {
        await unit.inbox.done(seqs[1]!, NOW + 2);
        throw new Error("not saved");
      }),
    ).rejects.toThrow("not saved");
    await ask(place, async (unit) => {
      await unit.inbox.done(seqs[3]!, NOW + 3);
      await unit.inbox.done(seqs[0]!, NOW + 3);
    });
    const history = await ask(place, (unit) => unit.inbox.history(0, 10));
    expect(history).toEqual([
      { ...entry("e3", "web:c"), turn: 1, doneAt: NOW + 1 },
      { ...entry("e4", "web:d"), turn: 2, doneAt: NOW + 3 },
      { ...entry("e1", "web:a"), turn: 3, doneAt: NOW + 3 },
    ]);
    expect((await ask(place, (unit) => unit.inbox.history(1, 1))).map((row) => row.turn)).toEqual([2]);
    expect(await ask(place, (unit) => unit.inbox.history(3, 10))).toEqual([]);
  });

  test.each(["done", "retry", "dead"] as const)(
    "%s of an entry that waits no more is a conflict, so that no turn is saved twice",
    async (verb) => {
      await accept(entry("e1"));
      const seq = await seqOf("e1");
      await ask(place, (unit) => unit.inbox.done(seq, NOW));
      const again = place.store.unit(async (unit) => {
        await unit.meta.set("k", "of the second turn");
        if (verb === "done") await unit.inbox.done(seq, NOW);
        else if (verb === "retry") await unit.inbox.retry(seq, 1, NOW, "late");
        else await unit.inbox.dead(seq, NOW, "late");
      });
      await expect(again).rejects.toEqual(conflict);
      expect(await ask(place, (unit) => unit.meta.get("k"))).toBeNull();
      expect(await ask(place, (unit) => unit.inbox.history(0, 10))).toHaveLength(1);
    },
  );
}
