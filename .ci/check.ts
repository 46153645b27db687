/**
 * Everything that must hold before a change goes in, one named step after another: `npm run check`.
 * Stops at the first step that fails and says what to do; `--keep-going` runs the rest all the same.
 * Exit codes: 0 all good, 1 a step failed, 2 wrong use.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { countTests, describeCount } from "./count.ts";

interface Step {
  readonly name: string;
  readonly what: string;
  readonly command: readonly [string, ...string[]];
  /** What to do when it fails. */
  readonly mend: string;
}

const STEPS: readonly Step[] = [
  {
    name: "types",
    what: "TypeScript, strict",
    command: ["npm", "run", "--silent", "types"],
    mend: "mend the type errors above; the first one is often the cause of the others",
  },
  {
    name: "purity",
    what: "core/ takes no time, chance or environment of its own",
    command: ["npm", "run", "--silent", "purity"],
    mend: "pass the time, the chance or the setting in as an argument, as the lines above say",
  },
  {
    name: "lint",
    what: "rules and format",
    command: ["npm", "run", "--silent", "lint"],
    mend: "`npm run format` mends format, import order and simple rules; the rest is named above",
  },
  {
    name: "imports",
    what: "rooms import inwards, no cycles",
    command: ["npm", "run", "--silent", "imports"],
    mend: "move the code to the room it belongs to (docs/structure.md), or pass it in as an argument",
  },
  {
    name: "dead",
    what: "no dead files, exports or dependencies",
    command: ["npm", "run", "--silent", "dead"],
    mend: "delete what nobody uses, or drop the `export` of what is used in its own file only",
  },
  {
    name: "tests",
    what: "all suites",
    command: ["npm", "test", "--silent"],
    mend: "run one file alone with `npm test -- path/to/file.test.ts`",
  },
];

const HELP = `npm run check -- [options]
  --only a,b     run these steps alone: ${STEPS.map((step) => step.name).join(", ")}
  --keep-going   run every step, even after one has failed
  --help         this text`;

/** Repository of this file; steps run there, wherever the check was called from. */
const ROOT = resolve(import.meta.dirname, "..");

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${HELP}\n`);
  process.exit(2);
}

function readArguments(args: readonly string[]): { readonly steps: readonly Step[]; readonly keepGoing: boolean } {
  let steps = STEPS;
  let keepGoing = false;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    if (argument === "--help") {
      process.stdout.write(`${HELP}\n`);
      process.exit(0);
    } else if (argument === "--keep-going") keepGoing = true;
    else if (argument === "--only") {
      const names = (args[++index] ?? "").split(",").filter(Boolean);
      const unknown = names.find((name) => !STEPS.some((step) => step.name === name));
      if (names.length === 0 || unknown !== undefined)
        fail(unknown === undefined ? "--only wants names of steps" : `no step is called "${unknown}"`);
      steps = STEPS.filter((step) => names.includes(step.name));
    } else fail(`unknown option "${argument}"`);
  }
  return { steps, keepGoing };
}

function run(step: Step, report: string): Promise<boolean> {
  const [command, ...args] = step.command;
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ANXIN_TEST_REPORT: report } });
    child.on("error", (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      done(false);
    });
    child.on("exit", (code) => done(code === 0));
  });
}

const { steps, keepGoing } = readArguments(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), "anxin-check-"));
const report = process.env["ANXIN_TEST_REPORT"] ?? join(folder, "tests.json");
const began = performance.now();
const failed: Step[] = [];
for (const [index, step] of steps.entries()) {
  process.stdout.write(`\n▸ ${index + 1}/${steps.length} ${step.name}: ${step.what}\n`);
  const from = performance.now();
  const good = await run(step, report);
  const seconds = ((performance.now() - from) / 1_000).toFixed(1);
  process.stdout.write(good ? `✔ ${step.name} (${seconds} s)\n` : `✘ ${step.name} failed (${seconds} s). What to do: ${step.mend}\n`);
  if (good) continue;
  failed.push(step);
  if (!keepGoing) break;
}
const count = countTests(report);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  failed.length === 0
    ? `\nAll ${steps.length} steps are good (${((performance.now() - began) / 1_000).toFixed(0)} s).\n`
    : `\nFailed: ${failed.map((step) => step.name).join(", ")}. Again, alone: npm run check -- --only ${failed.map((step) => step.name).join(",")}\n`,
);
if (count) process.stdout.write(`${describeCount(count)}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
