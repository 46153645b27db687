/**
 * The crash run, a rolling update under load, and a flood.
 *
 *   npm run soak -- [--faults 200] [--engine embedded|scaled] [--channel web|telegram|slack|wecom] [--seed 1] [--customers 12] [--keep]
 *   npm run soak -- --update [--faults 8]              replaces every process by the next version, twice, in place of faults
 *   npm run soak -- --flood [--seconds 60] [--engine embedded|scaled]
 *   npm run soak -- --compose                          plays the scaled profile of compose.yaml without containers
 *
 * Exit 0 nothing lost, doubled or sold twice · 1 something was, or the run broke off · 2 wrong use.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { printChannelSoak } from "./channels/print.ts";
import { PLATFORMS, type PlatformName } from "./channels/run.ts";
import { isClean } from "./check.ts";
import { playCompose } from "./compose.ts";
import { flood } from "./flood.ts";
import { printFindings } from "./print.ts";
import { soak } from "./run.ts";

const ENGINES = ["embedded", "scaled"] as const;
const CHANNELS = ["web", ...Object.keys(PLATFORMS)];

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function wrongUse(text: string): never {
  say(text);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        faults: { type: "string" },
        update: { type: "boolean", default: false },
        flood: { type: "boolean", default: false },
        compose: { type: "boolean", default: false },
        seconds: { type: "string", default: "60" },
        engine: { type: "string", default: "embedded" },
        channel: { type: "string", default: "web" },
        seed: { type: "string", default: "1" },
        customers: { type: "string", default: "12" },
        keep: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return wrongUse((error as Error).message);
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) wrongUse(`--${name} "${text}" is no number; wanted a whole number from ${least} on`);
  return number;
}

const values = readOptions();
if (values.help) {
  print(
    "npm run soak -- [--faults 200] [--engine embedded|scaled] [--channel web|telegram|slack|wecom] [--seed 1] [--customers 12] [--keep]\n" +
      "npm run soak -- --update [--faults 8]\n" +
      "npm run soak -- --flood [--seconds 60] [--engine embedded|scaled]\n" +
      "npm run soak -- --compose",
  );
  process.exit(0);
}
const engine = ENGINES.find((one) => one === values.engine);
if (engine === undefined) wrongUse(`--engine ${values.engine} is not available in this version; available: ${ENGINES.join(", ")}`);
if (!CHANNELS.includes(values.channel))
  wrongUse(`--channel ${values.channel} is not available in this version; available: ${CHANNELS.join(", ")}`);
if (values.channel !== "web" && engine !== "embedded")
  wrongUse(`--channel ${values.channel} runs on the embedded engine; --engine scaled is for web`);
const faults = wholeNumber("faults", values.faults ?? (values.update ? "8" : "200"), 1);
const floodSeconds = wholeNumber("seconds", values.seconds, 1);
const seed = wholeNumber("seed", values.seed, 0);
const customers = wholeNumber("customers", values.customers, 4);

const dataDir = mkdtempSync(join(tmpdir(), "anxin-soak-"));
// An end by `process.exit` takes the service with it.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
    process.exit(1);
  });
}
/** One process or many on the web channel, killed under load. */
async function runWeb(): Promise<boolean> {
  const { findings, counts } = await soak({ faults, engine: engine!, update: values.update, seed, customers, dataDir, progress: say });
  print(values.update ? `rolling update, seed ${seed}` : `crash run, engine ${values.engine}, channel ${values.channel}, seed ${seed}`);
  for (const [what, times] of Object.entries(counts.faults)) print(`  ${what.padEnd(27)}${times}`);
  print(`  conversations            ${counts.conversations}`);
  print(`  messages sent            ${counts.sent}`);
  print(`  messages acknowledged    ${counts.acknowledged}`);
  print(`  messages answered        ${counts.answered}`);
  print(`  sent again, same id      ${counts.resent}`);
  print(`  staff commands           ${counts.commands}`);
  for (const [what, times] of Object.entries(counts.worked)) print(`    ${what.padEnd(23)}${times}`);
  print(`  live streams             ${counts.streams}, connected again ${counts.reconnects} times`);
  print(`  bookings at the end      ${counts.bookings}`);
  printFindings(print, { ...findings });
  print(`  seconds                  ${counts.seconds.toFixed(0)}`);
  return isClean(findings);
}

async function runFlood(): Promise<boolean> {
  const cores = availableParallelism();
  const { figures, problems } = await flood({ engine: engine!, dataDir, seconds: floodSeconds, progress: say });
  print(`flood, engine ${values.engine}, ${floodSeconds} s, on ${cores} cores`);
  for (const [what, value] of figures) print(`  ${what.padEnd(46)}${value}`);
  printFindings(print, { problems });
  return problems.length === 0;
}

async function runCompose(): Promise<boolean> {
  const problems = await playCompose(dataDir, say);
  print("compose.yaml, scaled profile, played without containers");
  printFindings(print, { problems });
  return problems.length === 0;
}

let exitCode = 1;
try {
  const channel = (Object.keys(PLATFORMS) as PlatformName[]).find((name) => name === values.channel);
  const isGood = await (channel === undefined
    ? values.compose
      ? runCompose()
      : values.flood
        ? runFlood()
        : runWeb()
    : printChannelSoak({ channel, faults, seed, customers, dataDir, progress: say, print }));
  exitCode = isGood ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  if (values.keep) say(`data kept in ${dataDir}`);
  else rmSync(dataDir, { recursive: true, force: true });
}
process.exit(exitCode);
