/** What the disk under the databases costs by itself: every commit waits for it, so no turn's or call's p99 can be below its own. */
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { median, percentile } from "./figures.ts";

const FOR_MS = 4_000;
const PAUSE_MS = 4;
const PAGE = Buffer.alloc(4_096, 1);

/** One page written and forced to the disk, again and again, as a commit of SQLite does at FULL. */
export async function diskLine(folder: string): Promise<string> {
  const file = openSync(join(folder, "disk"), "w");
  const waits: number[] = [];
  try {
    const until = performance.now() + FOR_MS;
    while (performance.now() < until) {
      const began = performance.now();
      writeSync(file, PAGE, 0, PAGE.length, 0);
      fdatasyncSync(file);
      waits.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  } finally {
    closeSync(file);
  }
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  return `disk: one page forced to it, p50 ${ms(median(waits))}, p99 ${ms(percentile(waits, 0.99))}, worst ${ms(percentile(waits, 1))} (TMPDIR names another folder; one in memory leaves the disk out)`;
}
