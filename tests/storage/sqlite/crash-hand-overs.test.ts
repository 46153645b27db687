import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import { parseRoster, ROSTER_KEY } from "../../../core/desk/roster.ts";
import { HOUR_MS } from "../../../core/time.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { openBench } from "../../support/bench.ts";
import { tinyProfile } from "../../support/profile.ts";
import { killedAfter } from "./crash-program.ts";

/**
 * Round after round: a customer who asks for a person and is answered by one, who then hands their cases to a colleague, who
 * accepts. Says a line once each step has been taken in.
 */
const PROGRAM = `
  const [giver, taker] = profile.staff.filter((member) => member.role === "representative").map((member) => member.id);
  for (let round = 0; ; round += 1) {
    const human = "web:h" + run + "x" + round;
    await post(human, { kind: "message", text: "我要人工" }, "m");
    tell("asked " + human);
    await engine.settle();
    const [found] = await store.unit((unit) => unit.records.casesOf(human));
    await post(human, { kind: "desk", by: giver, command: { do: "reply", case: found.number, text: "我来处理" } }, "c");
    tell("claimed " + human);
    await engine.settle();
    await engine.questions.ask("o" + run + "x" + round, giver, { do: "handover", to: null }, null);
    tell("offered " + human);
    await engine.questions.ask("a" + run + "x" + round, taker, { do: "accept", id: null }, null);
    tell("accepted " + human);
    await wait(60_000);
  }`;

/** Lines after which each run is killed: between all four steps, some rounds further on. */
const KILLS = [1, 2, 3, 4, 9, 14, 19, 24];

test(`a process killed amid hand-overs, ${KILLS.length} times over: each case has one owner, each customer is told once`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "anxin-crash-"));
  const path = join(folder, "anxin.sqlite");
  const steps = new Map<string, Set<string>>();
  for (const [run, lines] of KILLS.entries())
    for (const [what, conversation] of await killedAfter(lines, PROGRAM, path, run))
      steps.set(conversation!, (steps.get(conversation!) ?? new Set()).add(what!));

  const profile = tinyProfile();
  const [giver, taker] = profile.staff.filter((member) => member.role === "representative").map((member) => member.id);
  const store = openSqliteStore({ path });
  // Right after the restart, before any time has passed.
  const bench = openBench({ profile, store, now: Date.parse("2026-11-23T09:00:00+08:00") + KILLS.length * HOUR_MS });
  await bench.engine.settle();
  expect(bench.errors).toEqual([]);
  const figures = { kills: KILLS.length, asked: 0, claimed: 0, offered: 0, accepted: 0, assigned: 0, waiting: 0, twice: 0 };
  for (const [conversation, done] of steps) {
    for (const step of done) figures[step as "asked"] += 1;
    const cases = await store.unit((unit) => unit.records.casesOf(conversation));
    expect(cases, conversation).toHaveLength(1);
    const [one] = cases;
    const events = (await store.unit((unit) => unit.records.events("case", one!.number))) as readonly CaseEvent[];
    const count = (type: CaseEvent["type"]): number => events.filter((event) => event.type === type).length;
    expect([count("case_opened"), count("case_claimed")], conversation).toEqual([1, done.has("claimed") ? 1 : count("case_claimed")]);
    expect(count("case_claimed")).toBeLessThanOrEqual(1);
    const assigned = count("case_assigned");
    figures.assigned += assigned;
    if (done.has("accepted")) expect([one!.owner, assigned], conversation).toEqual([taker, 1]);
    // What was claimed is never nobody's: with the giver until somebody has accepted.
    if (done.has("claimed")) expect([giver, taker], conversation).toContain(one!.owner);
    const texts = (await store.unit((unit) => unit.messages.list(conversation, 0, 1_000)))
      .filter((message) => message.from === "bot")
      .map((message) => message.text);
    figures.twice += texts.length - new Set(texts).size;
  }
  const { handovers } = parseRoster(await store.unit((unit) => unit.meta.get(ROSTER_KEY)));
  figures.waiting = handovers.length;
  process.stdout.write(`crash amid hand-overs: ${JSON.stringify(figures)}\n`);
  expect(figures.twice).toBe(0);
  // An offer that was open when the process died is open still, and one at a time.
  expect(handovers.length).toBeLessThanOrEqual(1);
  expect(figures.accepted).toBeGreaterThanOrEqual(12);
  await store.close();
  rmSync(folder, { recursive: true });
}, 300_000);
