/** `npm run planning -- --customers N`: the daily planning pass over N customers, timed, on a database of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProfile } from "../../bots/profiles.ts";
import { createPlanner } from "../../core/care/planner.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { createTown } from "./world.ts";

const at = process.argv.indexOf("--customers");
const customers = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
if (!Number.isInteger(customers) || customers < 1) {
  console.error("--customers wants a whole number above 0");
  process.exit(2);
}

/** An ordinary day, and the eve of the spring festival, on which everybody gets a greeting. */
const DAYS = [
  ["an ordinary day", "2027-01-12T08:00:00+08:00"],
  ["the eve of the spring festival", "2027-02-04T08:00:00+08:00"],
] as const;
const CHUNK = 20_000;

const folder = mkdtempSync(join(tmpdir(), "anxin-planning-"));
const store = openSqliteStore({ path: join(folder, "anxin.sqlite") });
try {
  for (let from = 0; from < customers; from += CHUNK) {
    const people = createTown(Math.min(CHUNK, customers - from), Date.parse("2027-01-04T00:00:00+08:00"), from + 1);
    await store.unit(async (unit) => {
      for (const [index, { file }] of people.entries())
        await unit.customers.put({ ...file, id: `k${String(from + index).padStart(9, "0")}` });
    });
    if (from % 200_000 === 0) process.stderr.write(`${from} customers written\n`);
  }
  const model = createBusinessModel(loadProfile("dealer", "en"));
  let peak = 0;
  for (const [name, time] of DAYS) {
    const now = Date.parse(time);
    const planner = createPlanner(store, model, { now: () => now });
    const cpu = process.cpuUsage();
    const began = performance.now();
    let looked = 0;
    for (;;) {
      const step = await planner.step();
      if (step === 0) break;
      looked += step;
      if (looked % 20_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const due = await store.unit((unit) => unit.care.nextAt());
    console.log(
      `${name}: ${looked} customers in ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of one core), peak memory ${Math.round(peak / 1_048_576)} MB, first due ${due === null ? "none" : new Date(due).toISOString()}`,
    );
  }
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}
