import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HOUR_MS } from "../../core/time.ts";
import { openBench, pushedChannel } from "../support/bench.ts";
import { CAMPAIGN_PROFILE, isGood, type KillsVerdict, LEAVING_MOST, peopleOf, playKills, WINTER_CHECK } from "./kills.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const PROFILE = CAMPAIGN_PROFILE;
const DRAFT = WINTER_CHECK;

const approved = async (campaigns: ReturnType<typeof openBench>["engine"]["care"]["campaigns"], draft = DRAFT) => {
  const { id } = await campaigns.write(draft, "shen-yue");
  expect(await campaigns.act(id, { do: "submit" }, "shen-yue")).toMatchObject({ ok: true });
  expect(await campaigns.act(id, { do: "approve" }, "shen-yue")).toEqual({ ok: false, why: "needs_manager" });
  expect(await campaigns.act(id, { do: "approve" }, "jiang-min")).toMatchObject({ ok: true });
  expect(await campaigns.act(id, { do: "start" }, "shen-yue")).toMatchObject({ ok: true });
  return id;
};

describe("a campaign", () => {
  test("shows who would get it, tries it on one, and goes to those who agreed", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: PROFILE, channels: [channel], now: NOW });
    await peopleOf(bench.store, 30, NOW);
    const { campaigns } = bench.engine.care;
    const preview = await campaigns.preview(DRAFT);
    expect([preview.count, preview.ways.message, preview.ways.no_consent, preview.sample.length]).toEqual([30, 27, 3, 5]);
    expect(preview.sample[0]?.text).toBe("冬季免费检查,客户1欢迎来店。");
    expect((await campaigns.preview({ ...DRAFT, audience: { vip: true } })).count).toBe(5);
    const id = await approved(campaigns);
    expect(await campaigns.test(id, "k000001")).toBe("sent");
    await bench.wait(2 * HOUR_MS);
    expect(channel.sent).toHaveLength(1 + 27);
    const { campaign, counts } = await campaigns.report(id);
    expect(campaign.status).toBe("finished");
    expect([...counts].sort((one, other) => one.count - other.count)).toEqual([
      { status: "skipped", why: "no_consent", count: 3 },
      { status: "sent", why: null, count: 27 },
    ]);
  });

  test("rests while it is paused and goes on where it was", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: { ...PROFILE, care: { ...PROFILE.care, perMinute: 10 } }, channels: [channel], now: NOW });
    await peopleOf(bench.store, 30, NOW);
    const { campaigns } = bench.engine.care;
    const id = await approved(campaigns);
    await bench.wait(55_000);
    // Ten were looked at, one every six seconds; the tenth has not agreed to advertising.
    expect(channel.sent).toHaveLength(9);
    await campaigns.act(id, { do: "pause" }, "shen-yue");
    await bench.wait(2 * HOUR_MS);
    expect(channel.sent).toHaveLength(9);
    await campaigns.act(id, { do: "resume" }, "shen-yue");
    await bench.wait(HOUR_MS);
    expect(channel.sent).toHaveLength(27);
  });

  test("that is cancelled stops", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: { ...PROFILE, care: { ...PROFILE.care, perMinute: 10 } }, channels: [channel], now: NOW });
    await peopleOf(bench.store, 30, NOW);
    const { campaigns } = bench.engine.care;
    const id = await approved(campaigns);
    await bench.wait(55_000);
    await campaigns.act(id, { do: "cancel", why: "wrong price" }, "jiang-min");
    await bench.wait(2 * HOUR_MS);
    expect(channel.sent).toHaveLength(9);
  });
});

describe("a process killed in the middle of a campaign", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "anxin-campaign-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("loses nobody and writes to nobody twice but those whose message was leaving at that moment", { timeout: 300_000 }, async () => {
    const verdict = await playKills(folder, 400, 3, NOW);
    expect(verdict).toMatchObject({ kills: 3, doubled: 0, missing: 0, unasked: 0, finished: true, counts: { sent: 360, skipped: 40 } });
    expect(verdict.once + verdict.again).toBe(360);
    expect(verdict.again).toBeLessThanOrEqual(3 * LEAVING_MOST);
    expect(isGood(verdict)).toBe(true);
  });

  test.each<[string, Partial<KillsVerdict>]>([
    ["somebody was missed", { missing: 1 }],
    ["a message that had been noted came again", { doubled: 1 }],
    ["it went to somebody who had not agreed", { unasked: 1 }],
    ["more came again than can have been leaving", { again: 61 }],
    ["the report calls sent what was not", { counts: { sent: 361, skipped: 40 } }],
    ["it never ended", { finished: false }],
  ])("is not called good when %s", (_name, wrong) => {
    const good = { recipients: 400, unwilling: 40, kills: 3, once: 357, again: 3, doubled: 0, missing: 0, unasked: 0, finished: true };
    const verdict: KillsVerdict = { ...good, counts: { sent: 360, skipped: 40 } };
    expect([isGood(verdict), isGood({ ...verdict, ...wrong })]).toEqual([true, false]);
  });
});
