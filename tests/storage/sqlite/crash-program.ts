/** An engine on a file, in a process of its own that works until it is killed; for tests of what is there after it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { HOUR_MS } from "../../../core/time.ts";

const ROOT = new URL("../../../", import.meta.url);

/** What every program begins with: an engine, `post`, `wait` on its virtual clock, `tell` for a line once something has been taken in. */
const PRELUDE = `
  import { writeSync } from "node:fs";
  const at = (path) => new URL(path, ${JSON.stringify(ROOT.href)}).href;
  const load = (path) => import(at(path));
  const { createEngine } = await load("bots/service/engine.ts");
  const { createInProcessFeed } = await load("bots/service/feed.ts");
  const { createVirtualClock } = await load("bots/service/virtual-clock.ts");
  const { createInProcessWakeups } = await load("storage/jobs/in-process.ts");
  const { openSqliteStore } = await load("storage/sqlite/index.ts");
  const { tinyProfile } = await load("tests/support/profile.ts");
  const { createTestUnderstander } = await load("tests/support/understander.ts");
  const profile = tinyProfile();
  const id = (role) => profile.staff.find((member) => member.role === role).id;
  const run = Number(process.argv[2]);
  const store = openSqliteStore({ path: process.argv[1] });
  const clock = createVirtualClock(Date.parse("2026-11-23T09:00:00+08:00") + run * ${HOUR_MS});
  const web = {
    name: "web",
    capabilities: { textLimit: { amount: 4000, unit: "characters" }, buttons: 10, media: [], pulled: true, pushWindowMs: null, pushQuota: null, idempotent: true },
    send: () => Promise.resolve({ result: "sent" }),
  };
  const engine = createEngine({
    profile, store, clock, wakeups: createInProcessWakeups(), feed: createInProcessFeed(), channels: new Map([["web", web]]),
    understander: createTestUnderstander(profile), random: () => 0.5, onError: (what, error) => { throw error; },
  });
  const post = (conversation, event, key) =>
    engine.intake.accept([{ id: conversation + ":" + key, conversation, receivedAt: clock.now(), event }]);
  async function wait(ms) {
    const until = clock.now() + ms;
    for (;;) {
      await engine.settle();
      const next = await engine.nextAt();
      if (next === null || next > until) break;
      clock.moveTo(Math.max(next, clock.now()));
    }
    clock.moveTo(until);
  }
  const tell = (what) => writeSync(1, what + "\\n");
  await engine.settle();
`;

/**
 * Runs a program and kills it with SIGKILL once it has said so many lines.
 *
 * @param body what goes on behind the prelude, for ever
 * @param run number of the run: the clock begins an hour later each time
 * @returns every line it said, in words
 */
export async function killedAfter(lines: number, body: string, path: string, run: number): Promise<readonly (readonly string[])[]> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", PRELUDE + body, path, String(run)], {
    cwd: fileURLToPath(ROOT),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const heard: (readonly string[])[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    heard.push(line.split(" "));
    if (heard.length === lines) child.kill("SIGKILL");
  }
  await ended;
  return heard;
}
