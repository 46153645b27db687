/** A short fault run of each channel with the real service; the long ones are `npm run soak -- --channel …`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PLATFORMS, type PlatformName, soakChannel } from "./run.ts";

/** A start and a handful of faults take some seconds; a refusal of a minute, and a busy machine, many more. */
const WITHIN_MS = 240_000;

test.each(Object.keys(PLATFORMS) as PlatformName[])(
  "on %s nothing is lost while the platform fails and the service is killed",
  async (channel) => {
    const dataDir = mkdtempSync(join(tmpdir(), "anxin-soak-channel-"));
    try {
      const { findings, counts } = await soakChannel({ channel, faults: 5, seed: 3, customers: 4, dataDir, progress: () => {} });
      expect(findings).toEqual({ lost: [], doubled: [], strange: [], broken: [] });
      expect(counts.acknowledged).toBeGreaterThan(0);
      expect(counts.answered).toBeGreaterThanOrEqual(counts.acknowledged);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  WITHIN_MS,
);
