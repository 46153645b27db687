/**
 * What reading one message costs: everyday ones, the longest, hostile ones, and ten thousand lines through the `understand` command,
 * whose memory must not grow with their number.
 */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Figure, median, percentile, progress, type Section } from "./figures.ts";
import type { Bench } from "./setup.ts";

const ZONE = "Asia/Shanghai";
const GOAL_HOSTILE_MS = 50;
const GOAL_LONG_MS = 30;
const GOAL_ADDED_MB = 80;
/** What the collector happens to leave lying about, MB. */
const FLAT_MB = 30;
const ROOT = join(import.meta.dirname, "../..");

const EVERYDAY = [
  "空调不制冷了,明天下午能来修吗",
  "冷氣唔凍,想約師傅星期三下晝上嚟",
  "My washing machine won't drain, can someone come on Friday after 3?",
  "预约改到周五上午可以吗",
  "你们修完三天又坏了,什么水平,我要投诉",
  "how much is an oil change for a 2017 Focus",
];

/** Messages that mean to hurt; each is also the worst of its kind that was found. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ["100 kB of Chinese", "修车".repeat(50_000)],
  ["100 kB of times", "明天下午两点".repeat(17_000)],
  ["100 kB of English times", "next Tuesday at 3 ".repeat(5_600)],
  ["digits", "1".repeat(100_000)],
  ["digits apart", "1 ".repeat(50_000)],
  ["500 spaces", `明天${" ".repeat(500)}下午${" ".repeat(500)}三点`],
  ["zero-width", "明\u200b天\u200b来\u200b".repeat(5_000)],
  ["homoglyphs", "аіrсоn brоkеn ".repeat(5_000)],
  ["mixed directions", "\u202e\u2067明天 tomorrow \u202c\u2069".repeat(5_000)],
  ["prices", "收我380块,退200 ".repeat(5_000)],
  ["__proto__", "__proto__ constructor toString ".repeat(3_000)],
];

export async function benchUnderstanding({ understander, quick, folder }: Bench): Promise<Section> {
  progress("understanding: everyday, longest and hostile messages");
  const timed = (text: string): number => {
    const from = performance.now();
    understander.understand(text, { now: Date.now(), zone: ZONE });
    return performance.now() - from;
  };
  /** The best of several: what the text costs, not what else the machine did. */
  const least = (text: string, times: number): number => Math.min(...Array.from({ length: times }, () => timed(text)));
  const rounds = quick ? 100 : 1_000;
  for (let round = 0; round < 200; round++) for (const text of EVERYDAY) timed(text);
  const everyday = Array.from({ length: rounds }, () => EVERYDAY.map(timed)).flat();
  const long = Math.max(...EVERYDAY.map((text) => least(text.repeat(Math.ceil(2_000 / text.length)).slice(0, 2_000), 5)));
  const hostile = HOSTILE.map(([what, text]) => ({ what, ms: least(text, 5) }));
  const worst = hostile.reduce((one, other) => (other.ms > one.ms ? other : one));
  const lines = quick ? 2_000 : 10_000;
  progress(`understanding: ${lines.toLocaleString("en")} lines through the command`);
  const few = await stream(lines / 10);
  const many = await stream(lines);
  const program = join(import.meta.dirname, "understanding-memory.ts");
  const addedMb = Number(execFileSync(process.execPath, [program, folder, EVERYDAY[0]!], { encoding: "utf8" }));
  const figures: Figure[] = [
    { what: "everyday message, p50", value: median(everyday), unit: "ms", goal: { text: "at most 1 ms", met: median(everyday) <= 1 } },
    {
      what: "everyday message, p99",
      value: percentile(everyday, 0.99),
      unit: "ms",
      goal: { text: "at most 5 ms", met: percentile(everyday, 0.99) <= 5 },
    },
    { what: "worst of 2,000 characters", value: long, unit: "ms", goal: { text: `at most ${GOAL_LONG_MS} ms`, met: long <= GOAL_LONG_MS } },
    {
      what: `worst hostile (${worst.what})`,
      value: worst.ms,
      unit: "ms",
      goal: { text: `at most ${GOAL_HOSTILE_MS} ms`, met: worst.ms <= GOAL_HOSTILE_MS },
    },
    ...hostile.map(({ what, ms }): Figure => ({ what: `  ${what}`, value: ms, unit: "ms" })),
    {
      what: "memory it adds to a process",
      value: addedMb,
      unit: "MB",
      goal: { text: `at most ${GOAL_ADDED_MB} MB`, met: addedMb <= GOAL_ADDED_MB },
      note: "in use after the collector, model and vocabulary",
    },
    { what: `understand, ${few.lines.toLocaleString("en")} lines: peak resident`, value: few.peakMb, unit: "MB" },
    {
      what: `understand, ${many.lines.toLocaleString("en")} lines: peak resident`,
      value: many.peakMb,
      unit: "MB",
      goal: { text: "flat", met: many.peakMb - few.peakMb < FLAT_MB },
      note: `${(many.lines / many.seconds).toFixed(0)} lines a second`,
    },
  ];
  return { title: "understanding: the cost of one message, in this process; lines through the command, in its own", figures };
}

/** Lines through `understand` as a process of its own, each answered by one line; its peak of resident memory as Linux tells it. */
async function stream(lines: number): Promise<{ readonly lines: number; readonly peakMb: number; readonly seconds: number }> {
  const child = spawn(process.execPath, ["bots/anxin.ts", "understand"], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  let answered = 0;
  let peakMb = Number.NaN;
  let from = performance.now();
  const status = `/proc/${child.pid}/status`;
  const done = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`understand ended with ${code}`))));
  });
  child.stdout.on("data", (chunk: Buffer) => {
    if (answered === 0) from = performance.now();
    for (const byte of chunk) if (byte === 10) answered += 1;
    // The last answer is out and the process still there: its high-water mark is final.
    if (answered === lines) {
      peakMb = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1_024;
      child.stdin.end();
    }
  });
  for (let line = 0; line < lines; line++) {
    if (!child.stdin.write(`${EVERYDAY[line % EVERYDAY.length]} ${line}\n`))
      await new Promise((resolve) => child.stdin.once("drain", resolve));
  }
  await done;
  return { lines, peakMb, seconds: (performance.now() - from) / 1_000 };
}
