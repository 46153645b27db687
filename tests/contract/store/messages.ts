import { expect, test } from "vitest";
import type { NewMessage } from "../../../core/spine/events.ts";
import { ask, message, NOW, notice, type Place, timer, trace } from "./samples.ts";

export function messageClauses(place: Place): void {
  const add = (...messages: readonly NewMessage[]) =>
    ask(place, async (unit) => {
      for (const each of messages) await unit.messages.add(each);
    });
  const list = (conversation = "web:a", after = 0, limit = 100) => ask(place, (unit) => unit.messages.list(conversation, after, limit));
  const due = (now = NOW, limit = 100) => ask(place, async (unit) => (await unit.messages.due(now, limit)).map((row) => row.id));
  const seqOf = async (id: string, conversation = "web:a") => (await list(conversation)).find((row) => row.id === id)!.seq;
  const mark = (seq: number, status: "sent" | "failed" | "pending", attempts = 1, nextAt = NOW) =>
    ask(place, (unit) => unit.messages.mark(seq, status, attempts, nextAt));

  test("a message comes back whole, with its buttons and its media", async () => {
    const whole = message("m1", {
      from: "staff",
      author: "u7",
      text: "您好",
      buttons: [{ id: "yes", label: "是" }],
      media: { kind: "photo", ref: "file:1", name: null, mime: "image/png" },
      status: "kept",
      attempts: 2,
      nextAt: NOW + 5,
    });
    await add(whole, message("m2"));
    const rows = await list();
    expect(rows).toEqual([
      { ...whole, seq: rows[0]!.seq },
      { ...message("m2"), seq: rows[1]!.seq },
    ]);
  });

  test("a known id of the same conversation leaves the message as it was; another conversation may use the id", async () => {
    await add(message("m1", { text: "first" }));
    await mark(await seqOf("m1"), "sent");
    await add(message("m1", { text: "second" }), message("m1", { conversation: "web:b" }));
    const rows = await list();
    expect(rows.map((row) => [row.text, row.status])).toEqual([["first", "sent"]]);
    expect(await list("web:b")).toHaveLength(1);
  });

  test("seq grows over all conversations in commit order", async () => {
    const seqs: number[] = [];
    for (let at = 0; at < 12; at += 1) {
      await add(message(`m${at}`, { conversation: `web:${at % 3}` }));
      seqs.push(await seqOf(`m${at}`, `web:${at % 3}`));
    }
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  });

  test("list pages after a seq, oldest first; recent gives the last ones, oldest first too", async () => {
    await add(...[1, 2, 3, 4].map((at) => message(`m${at}`)), message("other", { conversation: "web:b" }));
    const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id);
    expect(ids(await list("web:a", 0, 2))).toEqual(["m1", "m2"]);
    expect(ids(await list("web:a", await seqOf("m2"), 10))).toEqual(["m3", "m4"]);
    expect(ids(await ask(place, (unit) => unit.messages.recent("web:a", 3)))).toEqual(["m2", "m3", "m4"]);
    expect(await list("web:none")).toEqual([]);
  });

  test("due gives only the first unsent message of each conversation, oldest first", async () => {
    await add(message("b1", { conversation: "web:b" }), message("a1"), message("a2"), message("b2", { conversation: "web:b" }));
    expect(await due()).toEqual(["b1", "a1"]);
    expect(await due(NOW, 1)).toEqual(["b1"]);
    await mark(await seqOf("b1", "web:b"), "sent");
    expect(await due()).toEqual(["a1", "b2"]);
    await mark(await seqOf("a1"), "failed");
    expect(await due()).toEqual(["a2", "b2"]);
  });

  test("a message that backs off holds back the next one of its conversation until its time", async () => {
    await add(message("a1"), message("a2"), message("b1", { conversation: "web:b" }));
    await mark(await seqOf("a1"), "pending", 2, NOW + 1000);
    expect(await due()).toEqual(["b1"]);
    expect(await due(NOW + 999)).toEqual(["b1"]);
    expect(await due(NOW + 1000)).toEqual(["a1", "b1"]);
    expect((await list()).map((row) => [row.id, row.attempts])).toEqual([
      ["a1", 2],
      ["a2", 0],
    ]);
  });

  test("a message is not due before its own time", async () => {
    await add(message("a1", { nextAt: NOW + 10 }));
    expect(await due(NOW + 9)).toEqual([]);
    expect(await due(NOW + 10)).toEqual(["a1"]);
  });

  test("messages that are kept, sent or failed are never due and hold nothing back", async () => {
    await add(message("a1", { status: "kept" }), message("a2", { status: "failed" }), message("a3", { status: "sent" }), message("a4"));
    expect(await due()).toEqual(["a4"]);
  });

  test("nextAt is the earliest instant at which the first unsent message of some conversation may go", async () => {
    const nextAt = () => ask(place, (unit) => unit.messages.nextAt());
    expect(await nextAt()).toBeNull();
    await add(message("k", { status: "kept" }), message("a1"), message("a2"), message("b1", { conversation: "web:b", nextAt: NOW + 9000 }));
    await mark(await seqOf("a1"), "pending", 1, NOW + 5000);
    // a2 could go by itself, but it is behind a1.
    expect(await nextAt()).toBe(NOW + 5000);
    await mark(await seqOf("a1"), "sent");
    expect(await nextAt()).toBe(NOW);
    await mark(await seqOf("a2"), "sent");
    expect(await nextAt()).toBe(NOW + 9000);
  });

  test("marking a message that does not exist is an error", async () => {
    await expect(mark(99, "sent")).rejects.toEqual(expect.objectContaining({ code: "not_found" }));
  });
}

export function noticeClauses(place: Place): void {
  test("notices page after a seq, oldest first, each id once", async () => {
    const full = { ...notice("n2"), case: "C7", to: "manager" };
    await ask(place, async (unit) => {
      for (const each of [notice("n1"), full, notice("n1"), notice("n3")]) await unit.notices.add(each);
    });
    const all = await ask(place, (unit) => unit.notices.list(0, 10));
    expect(all.map(({ seq: _seq, ...rest }) => rest)).toEqual([notice("n1"), full, notice("n3")]);
    expect((await ask(place, (unit) => unit.notices.list(all[0]!.seq, 1))).map((row) => row.id)).toEqual(["n2"]);
    expect((await ask(place, (unit) => unit.notices.recent(2))).map((row) => row.id)).toEqual(["n2", "n3"]);
  });
}

export function timerClauses(place: Place): void {
  const due = (now = NOW, limit = 10) => ask(place, async (unit) => (await unit.timers.due(now, limit)).map((row) => row.id));

  test("timers are due from their instant on, earliest first, at most as many as asked for", async () => {
    await ask(place, async (unit) => {
      await unit.timers.set(timer("t3", NOW + 1));
      await unit.timers.set(timer("t2", NOW));
      await unit.timers.set(timer("t1", NOW - 5));
    });
    expect(await due()).toEqual(["t1", "t2"]);
    expect(await due(NOW, 1)).toEqual(["t1"]);
    expect(await due(NOW + 1)).toEqual(["t1", "t2", "t3"]);
    expect(await ask(place, (unit) => unit.timers.due(NOW - 5, 10))).toEqual([timer("t1", NOW - 5)]);
  });

  test("setting a timer again replaces all of it", async () => {
    await ask(place, (unit) => unit.timers.set(timer("t1", NOW)));
    const moved = { ...timer("t1", NOW + 50, "web:b"), name: "release" as const, data: { why: "moved" } };
    await ask(place, (unit) => unit.timers.set(moved));
    expect(await due()).toEqual([]);
    expect(await ask(place, (unit) => unit.timers.of("web:a"))).toEqual([]);
    expect(await ask(place, (unit) => unit.timers.of("web:b"))).toEqual([moved]);
  });

  test("a cancelled timer is gone, and cancelling an unknown one changes nothing", async () => {
    await ask(place, (unit) => unit.timers.set(timer("t1", NOW)));
    await ask(place, (unit) => unit.timers.cancel("t2"));
    expect(await due()).toEqual(["t1"]);
    await ask(place, (unit) => unit.timers.cancel("t1"));
    expect(await due()).toEqual([]);
  });

  test("nextAt is the earliest timer, or null", async () => {
    const nextAt = () => ask(place, (unit) => unit.timers.nextAt());
    expect(await nextAt()).toBeNull();
    await ask(place, (unit) => unit.timers.set(timer("t1", NOW + 9)));
    await ask(place, (unit) => unit.timers.set(timer("t2", NOW + 3)));
    expect(await nextAt()).toBe(NOW + 3);
    await ask(place, (unit) => unit.timers.set(timer("t2", NOW + 30)));
    expect(await nextAt()).toBe(NOW + 9);
  });
}

export function traceClauses(place: Place): void {
  test("traces of a conversation come newest first, whole", async () => {
    await ask(place, async (unit) => {
      for (const each of [trace("e1"), trace("e2", "web:b"), trace("e3")]) await unit.traces.add(each);
    });
    expect(await ask(place, (unit) => unit.traces.list("web:a", 10))).toEqual([trace("e3"), trace("e1")]);
    expect(await ask(place, (unit) => unit.traces.list("web:a", 1))).toEqual([trace("e3")]);
  });
}
