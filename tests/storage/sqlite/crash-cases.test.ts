import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import type { Case } from "../../../core/cases/state.ts";
import { HOUR_MS } from "../../../core/time.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { openBench } from "../../support/bench.ts";
import { tinyProfile } from "../../support/profile.ts";
import { killedAfter } from "./crash-program.ts";

/** Minutes of the virtual clock between two rounds; pages climb every five. */
const ROUND_MINUTES = 2;

/**
 * Round after round: a complaint with an approved compensation, and a danger whose page nobody acknowledges. Says a line once
 * an event has been taken in, so that the parent knows what was acknowledged; works on until it is killed.
 */
const PROGRAM = `
  for (let round = 0; ; round += 1) {
    const complaint = "web:c" + run + "x" + round;
    const danger = "web:d" + run + "x" + round;
    await post(complaint, { kind: "message", text: "我要投诉,机器坏了" }, "m");
    tell("said " + complaint);
    await post(danger, { kind: "message", text: "我闻到煤气味" }, "m");
    tell("said " + danger);
    await engine.settle();
    const [found] = await store.unit((unit) => unit.records.casesOf(complaint));
    await post(complaint, { kind: "desk", by: id("representative"), command: { do: "propose", case: found.number, text: "退款 100 我方 理由" } }, "p");
    await engine.settle();
    await post(complaint, { kind: "desk", by: id("manager"), command: { do: "approve", case: found.number, text: "K1" } }, "a");
    tell("approved " + complaint);
    await wait(${ROUND_MINUTES * 60_000});
  }`;

test("a process killed amid approvals and pages, five times over: what was acknowledged happened once, nothing is said twice", async () => {
  const folder = mkdtempSync(join(tmpdir(), "anxin-crash-"));
  const path = join(folder, "anxin.sqlite");
  const said: string[] = [];
  const approved: string[] = [];
  let runs = 0;
  for (const lines of [2, 3, 9, 14, 25]) {
    for (const [what, conversation] of await killedAfter(lines, PROGRAM, path, runs))
      (what === "said" ? said : approved).push(conversation!);
    runs += 1;
  }
  const now = Date.parse("2026-11-23T09:00:00+08:00") + runs * HOUR_MS;
  const store = openSqliteStore({ path });
  const bench = openBench({ profile: tinyProfile(), store, now });
  await bench.engine.settle();
  expect(bench.errors).toEqual([]);
  const notices = await store.unit((unit) => unit.notices.list(0, 100_000));
  const eventsOf = (one: Case): Promise<readonly CaseEvent[]> =>
    store.unit((unit) => unit.records.events("case", one.number)) as Promise<readonly CaseEvent[]>;
  const caseIn = async (conversation: string): Promise<Case> => {
    const cases = await store.unit((unit) => unit.records.casesOf(conversation));
    expect(cases, conversation).toHaveLength(1);
    return cases[0]!;
  };
  for (const conversation of said) {
    const one = await caseIn(conversation);
    const opened = (await eventsOf(one)).filter((event) => event.type === "case_opened");
    expect(opened, conversation).toHaveLength(1);
    const messages = await store.unit((unit) => unit.messages.list(conversation, 0, 1_000));
    expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
  }
  for (const conversation of approved) {
    const one = await caseIn(conversation);
    const events = await eventsOf(one);
    expect(
      events.filter((event) => event.type === "compensation_approved"),
      conversation,
    ).toHaveLength(1);
    const messages = await store.unit((unit) => unit.messages.list(conversation, 0, 1_000));
    expect(
      messages.filter((message) => message.text.includes("经主管批准")),
      conversation,
    ).toHaveLength(1);
  }
  // Each danger still pages: as many rounds were told as it climbed, at different times, and the next one is set.
  const dangers = said.filter((conversation) => conversation.startsWith("web:d"));
  for (const conversation of dangers) {
    const one = await caseIn(conversation);
    const climbs = (await eventsOf(one)).filter((event) => event.type === "case_climbed");
    expect(new Set(climbs.map((event) => event.at)).size).toBe(climbs.length);
    expect(
      notices.filter((notice) => notice.case === one.number && notice.to === "on_call" && notice.text.includes("【呼叫】")),
    ).toHaveLength(climbs.length);
    const timers = await store.unit((unit) => unit.timers.of(conversation));
    expect(timers.filter((timer) => timer.name === "case_page")).toHaveLength(1);
  }
  expect(approved.length).toBeGreaterThanOrEqual(12);
  expect(dangers.length).toBeGreaterThanOrEqual(15);
  await store.close();
  rmSync(folder, { recursive: true });
}, 300_000);
