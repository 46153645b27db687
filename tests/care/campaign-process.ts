/** A process that plans and sends a campaign on the database of its first argument until it is killed; what leaves is noted in a file. */
import { appendFileSync } from "node:fs";
import { loadProfile } from "../../bots/profiles.ts";
import { createEngine } from "../../bots/service/engine.ts";
import { createInProcessFeed } from "../../bots/service/feed.ts";
import type { Channel } from "../../core/ports.ts";
import { MINUTE_MS } from "../../core/time.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";

const [path, ledger, ahead] = process.argv.slice(2) as [string, string, string];
/** The machine's clock, moved to the day of the campaign: it goes on over a kill, and the pace with it. */
const clock = { now: () => Date.now() + Number(ahead) };
const profile = loadProfile("dealer", "en");
const channel: Channel = {
  name: "push",
  capabilities: {
    textLimit: { amount: 4000, unit: "characters" },
    buttons: 3,
    media: [],
    pulled: false,
    pushWindowMs: null,
    pushQuota: null,
    idempotent: false,
  },
  async send(message) {
    appendFileSync(ledger, `${message.id}\n`);
    return { result: "sent" };
  },
};
const engine = createEngine({
  profile: { ...profile, care: { ...profile.care, perMinute: 100_000, without: profile.carePlans.map((plan) => plan.id) } },
  store: openSqliteStore({ path }),
  clock,
  wakeups: createInProcessWakeups(),
  feed: createInProcessFeed(),
  channels: new Map([[channel.name, channel]]),
  understander: {
    understand: () => {
      throw new Error("nobody writes here");
    },
  },
  random: () => 0.5,
  onError: (what, error) => process.stderr.write(`${what}: ${String(error)}\n`),
});
// What the pace holds back comes within the second; when nothing is due soon, all has left.
for (let next: number | null = clock.now(); next !== null && next - clock.now() < MINUTE_MS; next = await engine.nextAt()) {
  const waitMs = next - clock.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  await engine.settle();
}
process.exit(0);
