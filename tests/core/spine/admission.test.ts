import { describe, expect, test } from "vitest";
import { createVirtualClock } from "../../../bots/service/virtual-clock.ts";
import { crowdedChannels } from "../../../core/spine/admission.ts";
import type { InboxEntry } from "../../../core/spine/events.ts";
import { createIntake, withAdmission } from "../../../core/spine/index.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openTestStore } from "../../support/store.ts";

const NOW = 1_800_000_000_000;

const rows = (channel: string, count: number, waitedMs: number) =>
  Array.from({ length: count }, (_, place) => ({ conversation: `${channel}:${place}`, at: NOW - waitedMs }));

describe("a channel is crowded", () => {
  test.each([
    ["nothing waits", [], []],
    ["many wait, and not for long", rows("web", 400, 3_000), []],
    ["few have waited for long", rows("web", 149, 60_000), []],
    ["many have waited for long", rows("web", 150, 3_001), ["web"]],
    ["one channel floods, another is at work", [...rows("web", 200, 9_000), ...rows("slack", 20, 9_000)], ["web"]],
    ["two flood", [...rows("web", 200, 9_000), ...rows("telegram", 200, 4_000)], ["web", "telegram"]],
  ])("%s", (_name, waiting, crowded) => {
    expect([...crowdedChannels({ at: NOW, waiting }, null)]).toEqual(crowded);
  });

  // A second ago `before` waited; the first `worked` of them are gone, and `come` have come since.
  test.each([
    ["it is worked as fast as it comes", { before: 1_000, worked: 800, come: 800 }, []],
    ["the last one will wait for three seconds", { before: 400, worked: 200, come: 400 }, []],
    ["the last one will wait for longer", { before: 400, worked: 200, come: 401 }, ["web"]],
    ["it comes ten times as fast as it is worked", { before: 300, worked: 100, come: 1_000 }, ["web"]],
    ["few wait, however slowly they are worked", { before: 140, worked: 1, come: 10 }, []],
    ["all that waited was worked: it may be faster than that", { before: 20, worked: 20, come: 1_000 }, []],
    ["nothing was saved yet", { before: 300, worked: 0, come: 300 }, []],
  ])("%s", (_name, { before, worked, come }, crowded) => {
    const earlier = rows("web", before, 1_500);
    const waiting = [...earlier.slice(worked), ...rows("web", come, 500)];
    expect([...crowdedChannels({ at: NOW, waiting }, { at: NOW - 1_000, waiting: earlier })]).toEqual(crowded);
  });

  test("the flood of one channel shuts not another that is worked in time", () => {
    const earlier = [...rows("web", 400, 1_500), ...rows("slack", 400, 1_500)];
    const waiting = [...earlier.slice(20, 400), ...rows("web", 1_000, 500), ...earlier.slice(700)];
    expect([...crowdedChannels({ at: NOW, waiting }, { at: NOW - 1_000, waiting: earlier })]).toEqual(["web"]);
  });
});

describe("withAdmission", () => {
  const entry = (id: string, channel = "web", kind: "message" | "desk" = "message"): InboxEntry => ({
    id: `${channel}:${id}`,
    conversation: `${channel}:${id}`,
    receivedAt: NOW,
    event: kind === "message" ? { kind, text: "hi" } : { kind, by: "chen", command: { do: "claim", case: "C1" } },
  });
  const many = (prefix: string, count: number) => Array.from({ length: count }, (_, place) => entry(`${prefix}${place}`));
  const overloaded = expect.objectContaining({ name: "AnxinError", code: "overloaded" });

  /** A flooded store: 200 events of the web wait, and nobody works them until the test says so. */
  async function flooded() {
    const store = openTestStore();
    const clock = createVirtualClock(NOW);
    const intake = withAdmission(
      createIntake(store, createInProcessWakeups(), () => Promise.resolve()),
      store,
      clock,
    );
    await intake.accept(many("old", 200));
    clock.moveTo(NOW + 5_000);
    // The look that these start is about those who come after them.
    await intake.accept(many("last", 25));
    await intake.looked();
    return { store, clock, intake };
  }

  test("customers of a crowded channel are told so, and nothing of theirs is kept", async () => {
    const { store, intake } = await flooded();
    await expect(intake.accept([entry("new")])).rejects.toEqual(overloaded);
    expect(await store.unit((unit) => unit.inbox.waitsFor("web:new"))).toBe(false);
  });

  test("other channels and staff are taken", async () => {
    const { intake } = await flooded();
    expect(await intake.accept([entry("7", "telegram"), entry("9", "web", "desk")])).toEqual(["new", "new"]);
  });

  test("when it has been worked the next ones are taken again", async () => {
    const { store, clock, intake } = await flooded();
    await store.unit(async (unit) => {
      for (const { seq } of await unit.inbox.pending(NOW + 5_000, 1_000)) await unit.inbox.done(seq, NOW + 5_000);
    });
    clock.moveTo(NOW + 5_250);
    // Refused by the last look, and the one that makes the next look.
    await expect(intake.accept([entry("early")])).rejects.toEqual(overloaded);
    await intake.looked();
    expect(await intake.accept([entry("late")])).toEqual(["new"]);
  });
});
