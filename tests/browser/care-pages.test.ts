/**
 * The pages of campaigns and reports in a real browser, in Chinese and English, on a phone and on a desk. With `SCREENSHOTS` set to a
 * folder, what each looks like is kept there.
 */
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { aboutBusiness, mountReports } from "../../adapters/web/index.ts";
import { loadProfile } from "../../bots/profiles.ts";
import { type Campaigns, createCampaigns } from "../../core/care/campaigns.ts";
import { createForecasts } from "../../core/care/forecasts.ts";
import { createHolds } from "../../core/care/holds.ts";
import type { Touch } from "../../core/care/touch.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { Channel, Clock, Store } from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { DAY_MS, HOUR_MS } from "../../core/time.ts";
import { startTestService, type TestService } from "../adapters/web/support.ts";
import { order, touch } from "../contract/store/samples.ts";
import { pulledChannel, pushedChannel } from "../support/bench.ts";
import { hasChromium, launchChromium, openPage, type WatchedPage } from "./chromium.ts";

const profile = loadProfile("dealer", "en");
const model = createBusinessModel(profile);
const AUTHOR = profile.staff.find((one) => one.role === "representative")!;
const MANAGER = profile.staff.find((one) => one.role === "manager")!;
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1_280, height: 900 } } as const;

/** A channel that shows three buttons and short texts, and one that shows none. */
const CHANNELS: readonly Channel[] = [
  pulledChannel(),
  { ...pushedChannel("slack"), capabilities: { ...pushedChannel("slack").capabilities, buttons: 0 } },
  { ...pushedChannel("wecom"), capabilities: { ...pushedChannel("wecom").capabilities, textLimit: { amount: 40, unit: "characters" } } },
];

describe.skipIf(!hasChromium)("the pages of care", { timeout: 120_000 }, () => {
  let browser: Browser;
  let service: TestService;
  let campaigns: Campaigns;
  const opened: WatchedPage[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await service.close();
  });

  async function start(): Promise<void> {
    service = await startTestService({
      realTime: true,
      about: aboutBusiness(profile, model.zone, [], ["web"]),
      routes: (host, { store, clock }: { readonly store: Store; readonly clock: Clock }) => {
        campaigns = createCampaigns(store, model, new Map(CHANNELS.map((one) => [one.name, one])), clock);
        mountReports(host, {
          store,
          clock,
          model,
          campaigns,
          holds: createHolds(store, model, clock),
          forecasts: createForecasts(store, model, new Map(CHANNELS.map((one) => [one.name, one])), clock),
        });
      },
    });
  }

  async function open(path: string, locale: string, size: keyof typeof SIZES): Promise<WatchedPage> {
    const one = await openPage(browser, service.url + path, { locale, viewport: SIZES[size], colorScheme: "light" });
    opened.push(one);
    return one;
  }

  /** Nothing reaches over the right edge but what has a frame to scroll in. */
  const overflow = ({ page }: WatchedPage): Promise<readonly string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("body, body *")]
        .filter((one) => one.offsetParent !== null && !one.closest(".table-frame") && one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.className || one.tagName),
    );

  async function keep({ page }: WatchedPage, name: string): Promise<void> {
    const folder = process.env["SCREENSHOTS"];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }

  async function people(): Promise<void> {
    const now = Date.now();
    await service.store.unit(async (unit) => {
      for (let index = 1; index <= 12; index++) {
        const id = `k${index}`;
        const consents = index % 4 === 0 ? {} : { "care.campaign": { allowed: true, at: now, source: "form" } };
        await unit.customers.put({
          ...newCustomer(id, now - 30 * DAY_MS),
          name: `王小${"一二三四五六七八九十百千"[index - 1]}`,
          title: "mr",
          language: index % 3 === 0 ? "en" : "zh-CN",
          phones: [`+86138001380${String(index).padStart(2, "0")}`],
          consents,
        });
        await unit.customers.linkConversation(`web:${id}`, id);
      }
    });
  }

  test("a campaign is written, looked at as each channel shows it, tried, approved by somebody else, paused, resumed and reported", async () => {
    await start();
    await people();
    const watched = await open("/campaigns", "en-GB", "desk");
    const { page, complaints } = watched;
    await page.selectOption("#campaign-who", AUTHOR.id);
    await page.fill("#campaign-name", "Winter check");
    for (const [code, words] of [
      ["zh-CN", "冬季免费检查，{name}欢迎来店。"],
      ["zh-TW", "冬季免費檢查，{name}歡迎來店。"],
      ["en", "Free winter check for you, {name}."],
    ])
      await page.fill(`#campaign-text-${code}`, words!);
    await page.selectOption("#campaign-book", "inspection");
    await page.click("#campaign-preview");
    await page.waitForSelector(".preview");
    expect(await page.textContent(".preview strong")).toBe("12 customers");
    expect(await page.locator(".preview > .legend li").allTextContents()).toEqual(["by message 9", "no consent 3"]);
    const shown = await page
      .locator(".channel-preview")
      .evaluateAll((figures) =>
        figures.map((one) => [
          one.querySelector("figcaption")!.textContent,
          one.querySelectorAll(".bubble-preview").length,
          one.querySelectorAll(".button-preview").length,
          /1\. .*\n2\. /.test(one.textContent!),
        ]),
      );
    expect(shown).toEqual([
      ["Web · 简体中文", 1, 2, false],
      ["Slack · 简体中文", 1, 0, true],
      ["WeChat Work · 简体中文", expect.any(Number), 2, false],
      ["Web · English", 1, 2, false],
      ["Slack · English", 1, 0, true],
      ["WeChat Work · English", expect.any(Number), 2, false],
    ]);
    expect(shown[2]![1]).toBeGreaterThan(1);
    await keep(watched, "campaign-preview-en-desk");

    await page.click(".care-form button[type=submit]");
    const row = page.locator('[data-campaign="K001"]');
    await row.waitFor();
    expect(await page.inputValue("#campaign-name")).toBe("");
    await row.locator('[data-do="edit"]').click();
    expect(await page.inputValue("#campaign-name")).toBe("Winter check");
    await page.fill("#campaign-name", "Winter check, free");
    await page.click(".care-form button[type=submit]");
    await page.waitForFunction(() => document.querySelector('[data-campaign="K001"] strong')?.textContent === "K001 Winter check, free");

    await row.locator("input").fill("王小一");
    await row.locator('[data-do="test"]').click();
    await page.waitForFunction(() => document.querySelector("#toasts")?.textContent?.includes("Test: sent"));
    const tried = await service.store.unit((unit) => unit.messages.recent("web:k1", 5));
    expect(tried.map((message) => [message.text.includes("[K001]"), message.buttons.length])).toEqual([[true, 2]]);
    await row.locator("input").fill("王");
    await row.locator('[data-do="test"]').click();
    await page.waitForFunction(() => document.querySelector("#toasts")?.textContent?.includes("12 customers fit"));
    await row.locator("input").fill("");

    const status = (wanted: string) =>
      page.waitForFunction((text) => document.querySelector('[data-campaign="K001"] .tag')?.textContent === text, wanted);
    await row.locator('[data-do="submit"]').click();
    await status("waits for approval");
    await row.locator('[data-do="approve"]').click();
    await page.waitForFunction(() => document.querySelector("#toasts")?.textContent?.includes("Only a manager"));
    await page.selectOption("#campaign-who", MANAGER.id);
    await row.locator('[data-do="approve"]').click();
    await status("approved");
    await row.locator('[data-do="start"]').click();
    await status("sending");
    while ((await campaigns.step()) > 0);
    await row.locator('[data-do="report"]').click();
    await row.locator("progress").waitFor();
    expect(await row.locator("table").innerText()).toMatch(/waiting\s+12/);
    await row.locator('[data-do="pause"]').click();
    await status("paused");
    while ((await campaigns.step()) > 0);
    expect(await service.store.unit((unit) => unit.care.count("campaign:K001"))).toMatchObject([{ status: "paused", count: 12 }]);
    await row.locator('[data-do="resume"]').click();
    await status("sending");
    while ((await campaigns.step()) > 0);
    expect(await service.store.unit((unit) => unit.care.count("campaign:K001"))).toMatchObject([{ status: "waiting", count: 12 }]);
    await keep(watched, "campaign-sending-en-desk");
    expect(complaints.filter((one) => !/409/.test(one))).toEqual([]);
  });

  async function figures(): Promise<void> {
    const now = Date.now();
    await people();
    await service.store.unit(async (unit) => {
      const touches: Touch[] = [];
      for (let index = 1; index <= 12; index++) {
        const at = now - index * HOUR_MS;
        const common = { customerId: `k${index}`, at, dueAt: at, plan: "3dc", kind: "survey", order: `W${index}` } as const;
        const answer = {
          at,
          score: 1 + (index % 5),
          items: { quality: 1 + (index % 5), waiting: 2 + (index % 3) },
          topics: index % 5 < 2 ? ["waiting"] : [],
          remark: "等太久",
          case: null,
          asked: false,
        };
        touches.push(touch(`s${index}`, { ...common, status: "sent", answer: index % 2 === 0 ? answer : null }));
        const move = { status: "delivered" as const, at: now - 2 * HOUR_MS, by: "x", why: null };
        const state = order(`W${index}`, { customerId: `k${index}`, plate: `浙A0000${index}`, history: [move], promisedAt: now - HOUR_MS });
        await unit.records.save({ kind: "order", id: state.number, events: [], state }, "test");
      }
      const task = { way: "call", to: "representative", text: "三日回访" } as const;
      for (const plan of ["3dc", "sample:second", "campaign:K007"])
        touches.push(touch(`t-${plan}`, { customerId: "k1", plan, kind: "survey", status: "task", task, at: now - HOUR_MS }));
      await unit.care.plan(touches);
    });
  }

  test.each([
    ["zh-CN", "phone"],
    ["zh-CN", "desk"],
    ["en-GB", "phone"],
    ["en-GB", "desk"],
  ] as const)("campaigns and reports fit and speak %s on a %s", async (locale, size) => {
    await start();
    await figures();
    await campaigns.write(
      {
        name: "冬季检查",
        text: { "zh-CN": "冬季免费检查，欢迎来店。", "zh-TW": "冬季免費檢查。", en: "Free winter check." },
        book: "inspection",
        audience: { vip: true },
        startAt: null,
        endAt: null,
      },
      AUTHOR.id,
    );
    const list = await open("/campaigns", locale, size);
    await list.page.locator('[data-campaign="K001"]').waitFor();
    expect(await overflow(list)).toEqual([]);
    await keep(list, `campaigns-${locale}-${size}`);
    const report = await open("/reports", locale, size);
    await report.page.waitForSelector("svg.chart");
    await report.page.waitForSelector(".tasks li");
    expect(await overflow(report)).toEqual([]);
    await keep(report, `reports-${locale}-${size}`);
    const words = await report.page.locator("#sheet").innerText();
    expect(words).not.toMatch(/undefined|NaN|\[object|care\.|task\.|campaign:|sample:/);
    expect(words).toContain(locale === "zh-CN" ? "二级回访" : "second level");
    expect(await report.page.locator("svg.chart").count()).toBeGreaterThanOrEqual(4);
    expect([list.complaints, report.complaints]).toEqual([[], []]);
  });

  test.each([
    ["zh-CN", "phone"],
    ["zh-TW", "phone"],
    ["en-GB", "desk"],
  ] as const)("the coming weeks are shown in %s on a %s, and a row tells who it stands for", async (locale, size) => {
    await start();
    const soon = new Date(Date.now() + 5 * DAY_MS + 8 * HOUR_MS);
    const birthday = { calendar: "solar", year: null, month: soon.getUTCMonth() + 1, date: soon.getUTCDate(), leap: false } as const;
    await people();
    await service.store.unit(async (unit) => {
      for (const id of ["k1", "k2", "k3"]) await unit.customers.put({ ...(await unit.customers.get(id))!, birthday });
      await unit.customers.put({ ...newCustomer("k90", 0), name: "无渠道", birthday });
      const out = { care: { allowed: false, at: 0, source: "x" } };
      await unit.customers.put({ ...newCustomer("k91", 0), name: "已退订", birthday, consents: out });
    });
    const watched = await open("/reports", locale, size);
    const { page } = watched;
    const card = page.locator("#forecast");
    await card.locator("table").first().waitFor();
    await page.selectOption("#forecast-weeks", "2");
    await page.waitForFunction(() => document.querySelectorAll('#forecast [data-table="weeks"] tbody tr:not(.names)').length === 3);
    await page.evaluate(() => document.querySelectorAll("#forecast details").forEach((one) => one.setAttribute("open", "")));
    const reason = card.locator('[data-table="reasons"] button').first();
    await reason.click();
    await card.locator(".who li").first().waitFor();
    expect(await card.locator(".who").innerText()).toMatch(/无渠道|已退订/);
    expect(await reason.getAttribute("aria-expanded")).toBe("true");
    expect(await overflow(watched)).toEqual([]);
    // On a phone no table is wider than its frame: nothing has to be pushed aside to be read.
    expect(
      await page.evaluate(
        () => [...document.querySelectorAll(".table-frame")].filter((one) => one.scrollWidth > one.clientWidth + 1).length,
      ),
    ).toBe(0);
    await keep(watched, `forecast-${locale}-${size}`);
    expect(await card.innerText()).not.toMatch(/undefined|NaN|\[object|forecast\./);
    expect(watched.complaints).toEqual([]);
  });

  test("results that people enter leave the list and are counted; the files are the same figures", async () => {
    await start();
    await figures();
    const { page } = await open("/reports", "en-GB", "desk");
    await page.waitForSelector(".tasks li");
    expect(await page.locator(".tasks li").count()).toBe(3);
    await page.selectOption("#task-who", AUTHOR.id);
    const task = page.locator(".tasks li", { hasText: "second level" });
    await task.locator("select").selectOption("5");
    await task.locator("input").fill("all well");
    await task.locator("button.primary").click();
    await page.waitForFunction(() => document.querySelectorAll(".tasks li").length === 2);
    const done = await service.store.unit((unit) => unit.care.get("t-sample:second"));
    expect([done?.status, done?.result?.by, done?.result?.text, done?.answer?.score]).toEqual(["done", AUTHOR.id, "all well", 5]);
    const csv = await (await fetch(`${service.url}/reports/api/report.csv?period=month&lang=en`)).text();
    expect(csv).toMatch(/"?second level, monthly sample"?,0,0,0,0,1,0,0/);
    const xlsx = new Uint8Array(await (await fetch(`${service.url}/reports/api/report.xlsx?period=month&lang=en`)).arrayBuffer());
    expect([...xlsx.slice(0, 2)]).toEqual([0x50, 0x4b]);
  });
});
