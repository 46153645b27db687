/** `understand`: lines in, one JSON a line out, streaming. */
import { createInterface } from "node:readline";
import { AnxinError } from "../../core/errors.ts";
import { type Instant, parseIso } from "../../core/time.ts";
import { printUnderstanding } from "../print-understanding.ts";
import { loadProfile } from "../profiles.ts";
import { loadSettings } from "../settings.ts";
import { understanderFor } from "../understanding.ts";

const DEFAULT_ZONE = "Asia/Shanghai";

/** The reference time of a command. @throws AnxinError("wrong_use") */
export function referenceTime(text: string | undefined, zone: string): Instant {
  if (text === undefined) return Date.now();
  const at = parseIso(text, zone);
  if (at === null) throw new AnxinError("wrong_use", `--now "${text}" is no ISO date-time; wanted e.g. 2026-11-23T09:00:00+08:00`, {});
  return at;
}

export async function runUnderstand(options: { readonly profile?: string; readonly now?: string }): Promise<void> {
  const settings = loadSettings();
  const profile = options.profile === undefined ? null : loadProfile(options.profile, settings.language);
  const zone = settings.zone ?? profile?.business.zone ?? DEFAULT_ZONE;
  const fixed = options.now === undefined ? null : referenceTime(options.now, zone);
  const understander = await understanderFor(options.profile ?? null, profile, settings.dataDir);
  const { stdout } = process;
  // A reader that leaves early (head) is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const began = performance.now();
    const understanding = understander.understand(line, { now: fixed ?? Date.now(), zone });
    const printed = printUnderstanding(understanding, zone, performance.now() - began);
    if (!stdout.write(`${JSON.stringify(printed)}\n`)) await new Promise((resolve) => stdout.once("drain", resolve));
  }
}
