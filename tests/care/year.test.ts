import { expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import { playYear } from "./year.ts";

/** The same as `npm run year`, small: a town of forty for a year, with a day on which their channel is down. */
test("a year of care for a small town breaks no rule", { timeout: 240_000 }, async () => {
  const { broken, failures, messages, touches } = await playYear({
    profile: loadProfile("dealer", "en"),
    customers: 40,
    days: 365,
    start: Date.parse("2027-01-04T00:00:00+08:00"),
  });
  expect(broken).toEqual([]);
  expect(failures).toBe(0);
  expect(messages).toBeGreaterThan(100);
  expect(touches["task"]).toBeGreaterThan(10);
});
