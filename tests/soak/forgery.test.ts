/** A short run of what `npm run forge` does at length. */
import { expect, test } from "vitest";
import { FORGED_CHANNELS, forge } from "./forgery.ts";

test.each(FORGED_CHANNELS)("nothing forged, cut, swollen or replayed reaches the inbox on %s", async (channel) => {
  const counts = await forge(channel, 25, 5);
  expect(counts.length).toBeGreaterThan(8);
  for (const { kind, sent, reached, faults } of counts)
    expect({ kind, reached, faults }).toEqual({ kind, reached: kind.startsWith("genuine") ? sent : 0, faults: 0 });
});
