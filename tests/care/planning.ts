/**
 * `npm run planning -- --customers N`: the daily planning pass over N customers, timed, on a database of its own. The customers are
 * written by another process, so that the memory shown is that of planning. Exit code 0 when it kept within time and memory.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProfile } from "../../bots/profiles.ts";
import { createPlanner } from "../../core/care/planner.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { wholeNumber } from "./arguments.ts";
import { createTown } from "./world.ts";

/** An ordinary day, and the eve of the spring festival, on which everybody gets a greeting. */
const DAYS = [
  ["an ordinary day", "2027-01-12T08:00:00+08:00"],
  ["the eve of the spring festival", "2027-02-04T08:00:00+08:00"],
] as const;
const CHUNK = 5_000;
/** Wanted for a million on one core: seconds, and megabytes in all. */
const MILLION_S = 60;
const MOST_MB = 500;
const MEGABYTE = 1_048_576;
const SHOWN_EVERY = 100_000;

/** Seconds of one core that this process used since. */
function ownSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** The most memory so far; `maxRSS` is in kB. */
const peakMb = (): number => Math.round((process.resourceUsage().maxRSS * 1_024) / MEGABYTE);

const customers = wholeNumber("customers", 1_000_000);

async function fill(path: string): Promise<void> {
  const store = openSqliteStore({ path });
  for (let from = 0; from < customers; from += CHUNK) {
    const people = createTown(Math.min(CHUNK, customers - from), Date.parse("2027-01-04T00:00:00+08:00"), from + 1);
    await store.unit(async (unit) => {
      for (const [index, { file }] of people.entries())
        await unit.customers.put({ ...file, id: `k${String(from + index).padStart(9, "0")}` });
    });
    if ((from + CHUNK) % SHOWN_EVERY === 0) process.stderr.write(`${from + CHUNK} of ${customers} customers written\n`);
  }
  await store.close();
}

async function measure(path: string): Promise<boolean> {
  const store = openSqliteStore({ path });
  const model = createBusinessModel(loadProfile("dealer", "en"));
  let good = true;
  for (const [name, time] of DAYS) {
    const now = Date.parse(time);
    const planner = createPlanner(store, model, { now: () => now });
    const cpu = process.cpuUsage();
    const began = performance.now();
    let shown = 0;
    for (let looked = 1, all = 0; looked > 0; all += looked) {
      looked = await planner.step();
      if (all - shown < SHOWN_EVERY) continue;
      shown = all;
      process.stderr.write(`${name}: ${all} customers looked at, ${ownSeconds(cpu).toFixed(1)} s of one core, at most ${peakMb()} MB\n`);
    }
    const seconds = (performance.now() - began) / 1_000;
    const own = ownSeconds(cpu);
    const peak = peakMb();
    const touches = await store.unit(async (unit) => {
      let planned = 0;
      for (const { id } of model.profile.carePlans) for (const { count } of await unit.care.count(id)) planned += count;
      return planned;
    });
    const within = own <= (MILLION_S * customers) / 1_000_000 && peak <= MOST_MB;
    good &&= within;
    console.log(
      `${name}: ${customers} customers, ${touches} touches stand, ${seconds.toFixed(1)} s, of one core ${own.toFixed(1)} s ` +
        `(${((own / customers) * 1_000_000).toFixed(1)} s a million), memory at most ${peak} MB` +
        `: ${within ? "within" : "BEYOND"} ${MILLION_S} s a million and ${MOST_MB} MB`,
    );
  }
  await store.close();
  return good;
}

const filling = process.argv.indexOf("--fill");
if (filling > 0) await fill(process.argv[filling + 1]!);
else {
  const folder = mkdtempSync(join(tmpdir(), "anxin-planning-"));
  try {
    const path = join(folder, "anxin.sqlite");
    const { status } = spawnSync(process.execPath, [import.meta.filename, "--customers", String(customers), "--fill", path], {
      stdio: "inherit",
    });
    process.exitCode = status === 0 && (await measure(path)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
