import { expect, test } from "vitest";
import { ask, booking, bookingChange, customer, entry, message, NOW, type Place, product, timer } from "./samples.ts";

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ["quotes", `'; drop table inbox; -- " \` \\ '' %_*?`],
  ["emoji and joined emoji", "😀👨‍👩‍👧‍👦🏳️‍🌈"],
  ["characters beyond the basic plane", "𠮷野家 𨋢"],
  ["an escape that is only text", String.raw`\u0000 and \ud800 and \\u0000`],
  ["line ends and separators", "a\r\nb\u2028c\u2029d\te"],
  ["control characters and a byte order mark", "\u0001\u001f\u007f\ufeff"],
  ["right-to-left marks", "\u202eabc\u202c"],
  ["an unusual composition", "e\u0301 Å Å"],
  ["nothing", ""],
  ["a placeholder", "?1 :id $name @x"],
  ["a prototype", "__proto__"],
  ["a constructor", "constructor"],
  ["ids as long as any platform's", "𠮷".repeat(200)],
];

const unstorable = expect.objectContaining({ name: "AnxinError", code: "unstorable_text" });

export function hostileClauses(place: Place): void {
  test.each(TEXTS)("text of %s comes back as it was from every column", async (_name, text) => {
    await ask(place, async (unit) => {
      await unit.inbox.accept(entry(text, text, text));
      await unit.conversations.put({ id: text, customerId: text, state: { text, [text]: [text] }, updatedAt: NOW });
      await unit.customers.put(customer(text, { name: text, products: [product("p1", { model: text })] }));
      await unit.customers.linkConversation(text, text);
      await unit.records.save(bookingChange(booking(text, { note: text, customerId: text })), text);
      await unit.agenda.put({ technician: text, day: text, version: 0, busy: [] });
      await unit.messages.add(message(text, { conversation: text, text, author: text }));
      await unit.notices.add({ id: text, to: text, case: text, text, at: NOW });
      await unit.timers.set({ ...timer(text, NOW, text), data: { text } });
      await unit.traces.add({ entry: text, conversation: text, at: NOW, steps: [] });
      await unit.counters.next(text);
      await unit.meta.set(text, text);
    });
    await place.reopen();
    await place.store.unit(async (unit) => {
      const [waiting] = await unit.inbox.pending(NOW, 10);
      expect(waiting).toEqual({ ...entry(text, text, text), seq: waiting!.seq, attempts: 0 });
      const kept = await unit.conversations.get(text);
      expect(JSON.stringify(kept)).toBe(JSON.stringify({ id: text, customerId: text, state: { text, [text]: [text] }, updatedAt: NOW }));
      expect((await unit.customers.get(text))?.name).toBe(text);
      expect(await unit.customers.ofConversation(text)).toBe(text);
      expect((await unit.records.bookingsOf(text))[0]?.note).toBe(text);
      expect(await unit.agenda.days(text, text)).toEqual([{ technician: text, day: text, version: 1, busy: [] }]);
      expect((await unit.messages.list(text, 0, 10))[0]).toMatchObject({ id: text, text, author: text });
      expect((await unit.notices.list(0, 10))[0]).toMatchObject({ id: text, to: text, case: text, text });
      expect((await unit.timers.of(text))[0]?.data).toEqual({ text });
      expect((await unit.traces.list(text, 10))[0]?.entry).toBe(text);
      expect(await unit.counters.next(text)).toBe(2);
      expect(await unit.meta.get(text)).toBe(text);
    });
  });

  test("a megabyte comes back as it was from every column that holds words", async () => {
    const text = "漏水".repeat(174_763);
    await ask(place, async (unit) => {
      await unit.inbox.accept(entry("e1", "web:a", text));
      await unit.conversations.put({ id: "web:a", customerId: null, state: { text }, updatedAt: NOW });
      await unit.records.save(bookingChange(booking("B1", { note: text })), "e1");
      await unit.messages.add(message("m1", { text }));
      await unit.notices.add({ id: "n1", to: "on_call", case: null, text, at: NOW });
      await unit.meta.set("k", text);
    });
    await place.reopen();
    await place.store.unit(async (unit) => {
      expect((await unit.inbox.pending(NOW, 1))[0]?.event).toEqual({ kind: "message", text });
      expect((await unit.conversations.get("web:a"))?.state).toEqual({ text });
      expect((await unit.records.booking("B1"))?.note).toBe(text);
      expect((await unit.messages.list("web:a", 0, 1))[0]?.text).toBe(text);
      expect((await unit.notices.list(0, 1))[0]?.text).toBe(text);
      expect(await unit.meta.get("k")).toBe(text);
    });
  });

  test("a key named __proto__ in data is kept as data and changes no prototype", async () => {
    const state = JSON.parse(`{"__proto__": {"polluted": true}, "constructor": 1}`) as unknown;
    await ask(place, (unit) => unit.conversations.put({ id: "web:a", customerId: null, state, updatedAt: NOW }));
    const read = (await ask(place, (unit) => unit.conversations.get("web:a")))!.state as Record<string, unknown>;
    expect(Object.keys(read).toSorted()).toEqual(["__proto__", "constructor"]);
    expect(read["polluted"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each([
    ["a NUL", "a\0b"],
    ["a NUL behind a backslash", "a\\\0"],
    ["half of a surrogate pair", "a\ud83d"],
    ["the other half", "\ude00b"],
  ])("text with %s is refused wherever it stands, and nothing of the unit is kept", async (_name, text) => {
    await expect(ask(place, (unit) => unit.inbox.accept(entry("e1", "web:a", text)))).rejects.toEqual(unstorable);
    await expect(ask(place, (unit) => unit.inbox.accept(entry(text)))).rejects.toEqual(unstorable);
    await expect(ask(place, (unit) => unit.messages.add(message("m1", { text })))).rejects.toEqual(unstorable);
    await expect(ask(place, (unit) => unit.meta.set("k", text))).rejects.toEqual(unstorable);
    const put = place.store.unit(async (unit) => {
      await unit.meta.set("k", "v");
      await unit.conversations.put({ id: "web:a", customerId: null, state: { [text]: 1 }, updatedAt: NOW });
    });
    await expect(put).rejects.toEqual(unstorable);
    expect(await ask(place, (unit) => unit.meta.get("k"))).toBeNull();
    expect(await ask(place, (unit) => unit.inbox.pending(NOW, 10))).toEqual([]);
  });

  test.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** 60])("an instant of %d is refused", async (dueAt) => {
    await expect(ask(place, (unit) => unit.timers.set(timer("t1", dueAt)))).rejects.toEqual(
      expect.objectContaining({ code: "unstorable_value" }),
    );
    expect(await ask(place, (unit) => unit.timers.of("web:a"))).toEqual([]);
  });

  test("a state that is no JSON is refused", async () => {
    const put = ask(place, (unit) => unit.conversations.put({ id: "web:a", customerId: null, state: undefined, updatedAt: NOW }));
    await expect(put).rejects.toEqual(expect.objectContaining({ code: "unstorable_value" }));
  });
}
