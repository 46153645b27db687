/**
 * One worker process of the bench `scale`: at each word works the inbox of a Postgres until nothing waits, and tells how many turns
 * it took and how much processor; ends after `go`.
 */
import { join } from "node:path";
import { createWebClient } from "../../adapters/web/client.ts";
import { loadProfile } from "../../bots/profiles.ts";
import { createEngine } from "../../bots/service/engine.ts";
import { createInProcessFeed } from "../../bots/service/feed.ts";
import { understanderFor } from "../../bots/understanding.ts";
import type { Channel } from "../../core/ports.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openPostgresStore } from "../../storage/postgres/index.ts";
import { withMoreHands } from "./setup.ts";

const [url, schema, folder, hands, lanes, group] = process.argv.slice(2) as [string, string, string, string, string, string];
const profile = withMoreHands(loadProfile("appliance", "en"), Number(hands));
const understander = await understanderFor("appliance", profile, folder);
const store = await openPostgresStore({ url, schema });
const web = createWebClient();
let turns = 0;
const engine = createEngine({
  profile,
  store,
  clock: { now: () => Date.now() },
  wakeups: createInProcessWakeups(),
  feed: createInProcessFeed(),
  channels: new Map<string, Channel>([[web.name, web]]),
  understander,
  random: Math.random,
  group: Number(group),
  onTurn: () => {
    turns += 1;
  },
  onError: (what, error) => {
    process.stderr.write(`${what}: ${error instanceof Error ? error.message : String(error)}\n`);
  },
});

async function lane(): Promise<void> {
  for (;;) {
    if ((await engine.work()) > 0) continue;
    // What others hold is not handed out, and may yet come back to the inbox.
    const left = await store.unit((unit) => unit.inbox.waiting(1));
    if (left.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Works until nothing waits. */
async function workAll(): Promise<{ readonly turns: number; readonly cpuUs: number }> {
  turns = 0;
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: Number(lanes) }, lane));
  const { user, system } = process.cpuUsage(cpu);
  return { turns, cpuUs: user + system };
}

process.send!({ ready: join(folder) });
process.on("message", (what: "warm" | "go") => {
  void workAll().then(async (worked) => {
    if (what === "go") await store.close();
    process.send!(worked);
    if (what === "go") process.disconnect();
  });
});
