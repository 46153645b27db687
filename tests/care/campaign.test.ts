import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { Store } from "../../core/ports.ts";
import { HOUR_MS } from "../../core/time.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { openBench, pushedChannel } from "../support/bench.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const BASE = loadProfile("dealer", "en");
const PROFILE = { ...BASE, care: { ...BASE.care, without: BASE.carePlans.map((plan) => plan.id) } };
const DRAFT = {
  name: "冬季检查",
  text: { "zh-CN": "冬季免费检查,{name}欢迎来店。", "zh-TW": "冬季免費檢查。", en: "Free winter check." },
  book: "inspection",
  audience: {},
  startAt: null,
  endAt: null,
};

async function town(store: Store, count: number): Promise<void> {
  await store.unit(async (unit) => {
    for (let index = 1; index <= count; index++) {
      const id = `k${String(index).padStart(4, "0")}`;
      const consents = index % 10 === 0 ? {} : { "care.campaign": { allowed: true, at: NOW, source: "form" } };
      await unit.customers.put({ ...newCustomer(id, NOW - HOUR_MS), name: `客户${index}`, language: "zh-CN", vip: index <= 5, consents });
      await unit.customers.linkConversation(`push:${id}`, id);
    }
  });
}

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
    await town(bench.store, 30);
    const { campaigns } = bench.engine.care;
    const preview = await campaigns.preview(DRAFT);
    expect([preview.count, preview.ways.message, preview.ways.no_consent, preview.sample.length]).toEqual([30, 27, 3, 5]);
    expect(preview.sample[0]?.text).toBe("冬季免费检查,客户1欢迎来店。");
    expect((await campaigns.preview({ ...DRAFT, audience: { vip: true } })).count).toBe(5);
    const id = await approved(campaigns);
    expect(await campaigns.test(id, "k0001")).toBe("sent");
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
    await town(bench.store, 30);
    const { campaigns } = bench.engine.care;
    const id = await approved(campaigns);
    await bench.wait(30_000);
    // Ten were looked at; the tenth has not agreed to advertising.
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
    await town(bench.store, 30);
    const { campaigns } = bench.engine.care;
    const id = await approved(campaigns);
    await bench.wait(30_000);
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

  const lines = (path: string): string[] => {
    try {
      return readFileSync(path, "utf8").split("\n").filter(Boolean);
    } catch {
      return [];
    }
  };

  /** Runs until `after` messages have left, then kills it without a word; `null` lets it finish. */
  function run(path: string, ledger: string, after: number | null): Promise<void> {
    const child = spawn(process.execPath, [join(import.meta.dirname, "campaign-process.ts"), path, ledger, String(NOW)], {
      stdio: "ignore",
    });
    const watch = setInterval(() => {
      if (after !== null && lines(ledger).length >= after) child.kill("SIGKILL");
    }, 2);
    return new Promise((resolve) =>
      child.on("exit", () => {
        clearInterval(watch);
        resolve();
      }),
    );
  }

  test("loses nobody and writes to nobody twice but those whose message was leaving at that moment", { timeout: 120_000 }, async () => {
    const path = join(folder, "anxin.sqlite");
    const ledger = join(folder, "sent.txt");
    const store = openSqliteStore({ path });
    await town(store, 400);
    await approved(openBench({ profile: PROFILE, store, channels: [], now: NOW }).engine.care.campaigns);
    await store.close();
    for (const after of [40, 120, 220]) await run(path, ledger, after);
    await run(path, ledger, null);
    const sent = lines(ledger);
    // 360 agreed. What was handed over when the process died is sent again under the same id: one group of the outbox at most a kill.
    expect(new Set(sent).size).toBe(360);
    expect(sent.length - new Set(sent).size).toBeLessThanOrEqual(3 * 20);
    const after = openSqliteStore({ path });
    const counts = await after.unit((unit) => unit.care.count("campaign:K001"));
    await after.close();
    expect([...counts].sort((one, other) => one.count - other.count)).toEqual([
      { status: "skipped", why: "no_consent", count: 40 },
      { status: "sent", why: null, count: 360 },
    ]);
  });
});
