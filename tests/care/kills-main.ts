/** `npm run kills -- --kills N --customers N`: a campaign whose process is killed N times. Exit code 0 when nobody was missed or doubled. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wholeNumber } from "./arguments.ts";
import { isGood, playKills } from "./kills.ts";

const kills = wholeNumber("kills", 50);
const recipients = wholeNumber("customers", 10_000);
const folder = mkdtempSync(join(tmpdir(), "anxin-kills-"));
try {
  const began = performance.now();
  const verdict = await playKills(folder, recipients, kills, Date.parse("2026-11-23T10:00:00+08:00"), (kill, seen) => {
    if (kill % 10 === 0) process.stderr.write(`kill ${kill}: ${seen} messages have left\n`);
  });
  const { unwilling, once, again, doubled, missing, unasked, counts, finished } = verdict;
  console.log(`campaign to ${recipients} customers, ${unwilling} of them without consent; killed ${verdict.kills} times by SIGKILL`);
  console.log(`seen by the platform once: ${once}`);
  console.log(`seen again under the same id, because they were leaving at a kill: ${again} (at most ${kills * 20} are unavoidable)`);
  console.log(`doubled otherwise: ${doubled}; missing: ${missing}; without consent: ${unasked}`);
  console.log(`the report says: ${JSON.stringify(counts)}, ${finished ? "finished" : "NOT FINISHED"}`);
  console.log(`${isGood(verdict) ? "good" : "NOT GOOD"}, ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  process.exitCode = isGood(verdict) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
