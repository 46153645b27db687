/** A short crash run with the real service; the long one is `npm run soak`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { soak } from "./run.ts";

/** Five starts and a training take some seconds; a busy machine takes several times as long. */
const WITHIN_MS = 180_000;

test("a service that is killed again and again loses nothing, doubles nothing and sells no hour twice", {
  timeout: WITHIN_MS,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "anxin-soak-short-"));
  try {
    const { findings, counts } = await soak({ faults: 4, seed: 7, customers: 8, dataDir, progress: () => {} });
    expect(findings).toEqual({ lost: [], doubled: [], overlaps: [], disordered: [], agenda: [], streams: [], broken: [] });
    expect(counts.faults["kills"]).toBe(4);
    expect(counts.acknowledged).toBeGreaterThan(0);
    expect(counts.answered).toBe(counts.acknowledged);
    const idle = Object.entries(counts.worked).filter(([, times]) => times === 0);
    expect(idle).toEqual([]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
