import { describe, expect, test } from "vitest";
import type { Store } from "../../../core/ports.ts";
import type { InboxEntry } from "../../../core/spine/events.ts";
import { createIntake } from "../../../core/spine/index.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openTestStore } from "../../support/store.ts";
import { failing } from "./faults.ts";

const entry = (id: string, text = "hello"): InboxEntry => ({
  id: `web:a:${id}`,
  conversation: "web:a",
  receivedAt: 1,
  event: { kind: "message", text },
});

/** An intake whose round of the event loop ends when the test says so, and that counts its commits and wakes. */
function open(store: Store = openTestStore(), maxWaiting?: number) {
  let commits = 0;
  let wakes = 0;
  const rounds: (() => void)[] = [];
  const counted: Store = {
    unit: (work) => {
      commits += 1;
      return store.unit(work);
    },
    close: () => store.close(),
  };
  const wakeups = { ...createInProcessWakeups(), wake: () => (wakes += 1) };
  const intake = createIntake(counted, wakeups, () => new Promise((resolve) => rounds.push(resolve)), maxWaiting);
  return {
    intake,
    store,
    counts: () => ({ commits, wakes }),
    nextRound: () => rounds.splice(0).forEach((round) => round()),
    kept: () => store.unit(async (unit) => (await unit.inbox.pending(1, 1_000)).map((one) => one.id)),
  };
}

describe("createIntake", () => {
  test("entries of one round share one commit, in the order in which they came", async () => {
    const { intake, nextRound, counts, kept } = open();
    const accepted = Promise.all([intake.accept([entry("1")]), intake.accept([entry("2"), entry("3")]), intake.accept([entry("4")])]);
    expect(counts()).toStrictEqual({ commits: 0, wakes: 0 });
    nextRound();
    expect(await accepted).toStrictEqual([["new"], ["new", "new"], ["new"]]);
    expect(counts()).toStrictEqual({ commits: 1, wakes: 1 });
    expect(await kept()).toStrictEqual(["web:a:1", "web:a:2", "web:a:3", "web:a:4"]);
  });

  test("an id that came before is known, also within one round, and wakes nobody", async () => {
    const { intake, nextRound, counts, kept } = open();
    const first = Promise.all([intake.accept([entry("1")]), intake.accept([entry("1", "again"), entry("2")])]);
    nextRound();
    expect(await first).toStrictEqual([["new"], ["known", "new"]]);
    const second = intake.accept([entry("2", "once more")]);
    nextRound();
    expect(await second).toStrictEqual(["known"]);
    expect(counts().wakes).toBe(1);
    expect(await kept()).toStrictEqual(["web:a:1", "web:a:2"]);
  });

  test("one broken entry does not take its neighbours with it", async () => {
    const { intake, nextRound, kept } = open();
    const accepted = Promise.allSettled([intake.accept([entry("1")]), intake.accept([entry("2", "NUL \0")]), intake.accept([entry("3")])]);
    nextRound();
    expect(
      (await accepted).map((one) => (one.status === "fulfilled" ? one.value[0] : (one.reason as { code: string }).code)),
    ).toStrictEqual(["new", "unstorable_text", "new"]);
    expect(await kept()).toStrictEqual(["web:a:1", "web:a:3"]);
  });

  test("entries given together are kept together or not at all", async () => {
    const { intake, nextRound, kept } = open();
    const accepted = Promise.allSettled([intake.accept([entry("1"), entry("2", "half a pair \ud83d")])]);
    nextRound();
    expect((await accepted)[0]!.status).toBe("rejected");
    expect(await kept()).toStrictEqual([]);
  });

  test("too much waiting is refused at once, and taken again when the rest was kept", async () => {
    const { intake, nextRound, kept } = open(undefined, 3);
    const first = intake.accept([entry("1"), entry("2")]);
    await expect(intake.accept([entry("3"), entry("4")])).rejects.toMatchObject({ code: "overloaded" });
    const last = intake.accept([entry("5")]);
    nextRound();
    expect(await Promise.all([first, last])).toStrictEqual([["new", "new"], ["new"]]);
    const after = intake.accept([entry("6"), entry("7"), entry("8")]);
    nextRound();
    expect(await after).toStrictEqual(["new", "new", "new"]);
    expect(await kept()).toStrictEqual(["1", "2", "5", "6", "7", "8"].map((id) => `web:a:${id}`));
  });

  test("a store that fails refuses everyone, and room is given back", async () => {
    const { intake, nextRound } = open(
      failing(openTestStore(), () => new Error("disk gone")),
      2,
    );
    for (let round = 0; round < 3; round += 1) {
      const accepted = Promise.allSettled([intake.accept([entry("1")]), intake.accept([entry("2")])]);
      nextRound();
      expect((await accepted).map((one) => one.status === "rejected" && (one.reason as Error).message)).toStrictEqual([
        "disk gone",
        "disk gone",
      ]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  test("what arrives while a commit runs goes into the next", async () => {
    const { intake, nextRound, counts } = open();
    const first = intake.accept([entry("1")]);
    nextRound();
    while (counts().commits === 0) await Promise.resolve();
    const second = intake.accept([entry("2")]);
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    nextRound();
    expect(await second).toStrictEqual(["new"]);
    expect(counts().commits).toBe(2);
  });

  test("what is kept beside entries is kept with them or not at all, and harms no neighbour", async () => {
    const store = openTestStore();
    const { intake, nextRound, kept } = open(store);
    const cursor = () => store.unit((unit) => unit.meta.get("cursor"));
    const good = intake.accept([entry("1")], (unit) => unit.meta.set("cursor", "a"));
    const bad = intake.accept([entry("2")], () => Promise.reject(new Error("no")));
    nextRound();
    expect(await good).toStrictEqual(["new"]);
    await expect(bad).rejects.toThrow("no");
    expect(await kept()).toStrictEqual(["web:a:1"]);
    expect(await cursor()).toBe("a");
  });

  test("something may be kept beside no entry at all", async () => {
    const store = openTestStore();
    const { intake, nextRound } = open(store);
    const accepted = intake.accept([], (unit) => unit.meta.set("cursor", "b"));
    nextRound();
    expect(await accepted).toStrictEqual([]);
    expect(await store.unit((unit) => unit.meta.get("cursor"))).toBe("b");
  });
});
