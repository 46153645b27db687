/**
 * The reports page as a manager reads it: a shop with a year behind it, one that began today, an empty one, and one with very large
 * figures, in three languages. What the page shows is what its files hold. With `SCREENSHOTS` set to a folder, pictures are kept there.
 */
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Browser } from "playwright-core";
import readXlsxFile from "read-excel-file/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aboutBusiness, mountReports } from "../../adapters/web/index.ts";
import { loadProfile } from "../../bots/profiles.ts";
import { createCampaigns } from "../../core/care/campaigns.ts";
import { createForecasts } from "../../core/care/forecasts.ts";
import { createHolds } from "../../core/care/holds.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import type { ReportTable } from "../../core/reports/tables.ts";
import { DAY_MS } from "../../core/time.ts";
import { startTestService, type TestService } from "../adapters/web/support.ts";
import { keepShop, shopYear } from "../support/shop-year.ts";
import { hasChromium, launchChromium, openPage, type WatchedPage } from "./chromium.ts";

const profile = loadProfile("dealer", "en");
const model = createBusinessModel(profile);
const LOCALES = [
  ["zh-CN", "zh-CN"],
  ["zh-TW", "zh-TW"],
  ["en-GB", "en"],
] as const;

describe.skipIf(!hasChromium)("the reports page", { timeout: 120_000 }, () => {
  let browser: Browser;
  let service: TestService;
  let watched: WatchedPage | null = null;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    service = await startTestService({
      realTime: true,
      about: aboutBusiness(profile, model.zone, [], ["web"]),
      routes: (host, { store, clock }) =>
        mountReports(host, {
          store,
          clock,
          model,
          campaigns: createCampaigns(store, model, new Map(), clock),
          holds: createHolds(store, model, clock),
          forecasts: createForecasts(store, model, new Map(), clock),
        }),
    });
  });
  afterEach(async () => {
    await watched?.close();
    watched = null;
    await service.close();
  });

  async function open(locale: string, width: number, change: ((json: string) => string) | null = null): Promise<WatchedPage> {
    const one = await openPage(browser, `${service.url}/reports`, { locale, viewport: { width, height: 900 }, colorScheme: "light" });
    watched = one;
    one.page.setDefaultTimeout(60_000);
    if (change) {
      await one.page.route("**/reports/api/report?*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: change(await response.text()) });
      });
    }
    await one.page.waitForSelector("#care-period");
    return one;
  }

  const choose = async ({ page }: WatchedPage, period: string): Promise<void> => {
    const loaded = page.waitForResponse((response) => response.url().includes(`/reports/api/report?period=${period}`));
    await page.selectOption("#care-period", period);
    await loaded;
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => one.setAttribute("open", "")));
  };

  async function keep({ page }: WatchedPage, name: string): Promise<void> {
    const folder = process.env["SCREENSHOTS"];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }

  const overflow = ({ page }: WatchedPage): Promise<readonly string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("body, body *")]
        .filter((one) => one.offsetParent !== null && !one.closest(".table-frame") && one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.className || one.tagName),
    );

  /** Tables of the page as text, without the marks that part thousands. */
  const shown = ({ page }: WatchedPage): Promise<readonly (readonly string[])[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll("section:not(#forecast) .table-frame tr")].map((row) =>
        [...row.children].map((cell) => (cell.textContent ?? "").replace(/(?<=\d),(?=\d{3})/g, "")),
      ),
    );

  const rowsOf = (tables: readonly ReportTable[]): readonly (readonly string[])[] =>
    tables
      .filter((table) => table.rows.length > 0)
      .flatMap((table) => [table.columns, ...table.rows].map((row) => row.map((cell) => (cell === null ? "" : String(cell)))));

  test.each(LOCALES)("of a year in %s shows what its files hold", async (locale, language) => {
    const now = Date.now();
    await keepShop(service.store, shopYear(300, now - 365 * DAY_MS, now));
    const one = await open(locale, 1_280);
    await choose(one, "quarter");
    const query = `period=quarter&lang=${language}`;
    const { tables } = (await (await fetch(`${service.url}/reports/api/report?${query}`)).json()) as { tables: readonly ReportTable[] };
    expect(await shown(one)).toEqual(rowsOf(tables));
    const csv = await (await fetch(`${service.url}/reports/api/report.csv?${query}`)).text();
    const lines = parse(csv.replace(/^\uFEFF/, ""), { relax_column_count: true, skip_empty_lines: true }) as string[][];
    expect(lines.filter((line) => line.length > 1)).toEqual(
      tables.flatMap((table) => rowsOf([{ ...table, rows: [table.columns, ...table.rows] }]).slice(1)),
    );
    const file = Buffer.from(await (await fetch(`${service.url}/reports/api/report.xlsx?${query}`)).arrayBuffer());
    const sheets = (await readXlsxFile(file)) as unknown as readonly { readonly data: readonly (readonly unknown[])[] }[];
    expect(sheets.flatMap((sheet) => sheet.data.map((row) => row.map((cell) => (cell === null ? "" : String(cell)))))).toEqual(
      tables.flatMap((table) => [table.columns, ...table.rows].map((row) => row.map((cell) => (cell === null ? "" : String(cell))))),
    );
    await keep(one, `reports-year-${language}`);
    expect([await overflow(one), one.complaints]).toEqual([[], []]);
    expect(await one.page.locator("#sheet").innerText()).not.toMatch(/undefined|NaN|\[object|Infinity/);
  });

  test.each(["day", "quarter"])("of an empty shop says over a %s that there is nothing, in no broken words", async (period) => {
    const one = await open("zh-CN", 390);
    if (period === "day") await choose(one, "day");
    else await choose(one, "quarter");
    await keep(one, `reports-empty-${period}`);
    expect(await one.page.locator("#sheet").innerText()).not.toMatch(/undefined|NaN|\[object|Infinity/);
    expect([await overflow(one), one.complaints]).toEqual([[], []]);
  });

  test("of a shop that began today shows its one day", async () => {
    const now = Date.now();
    const shop = shopYear(40, now - 365 * DAY_MS, now);
    await keepShop(service.store, {
      ...shop,
      orders: [],
      cases: [],
      touches: shop.touches.slice(0, 5).map((touch) => ({ ...touch, at: now })),
    });
    const one = await open("en-GB", 1_280);
    await choose(one, "day");
    await keep(one, "reports-one-day");
    const text = await one.page.locator("#sheet").innerText();
    expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
    expect([await overflow(one), one.complaints]).toEqual([[], []]);
  });

  test.each([1_280, 390])("holds figures of many digits at %i pixels", async (width) => {
    const now = Date.now();
    await keepShop(service.store, shopYear(60, now - 365 * DAY_MS, now));
    const large = (json: string): string =>
      json
        .replace(
          /"(sent|answered|bookings|good|of|count|asked|low|total|active|lost|vip)":(\d+)/g,
          (_all, key, value) => `"${key}":${Number(value) * 9_876_543}`,
        )
        .replace(/(?<=,)(\d+)(?=,|\])/g, (value) => String(Number(value) * 9_876_543));
    const one = await open("en-GB", width, large);
    await choose(one, "month");
    await keep(one, `reports-large-${width}`);
    const cut = await one.page.evaluate(
      () => [...document.querySelectorAll(".table-frame")].filter((frame) => frame.scrollWidth > frame.clientWidth + 1).length,
    );
    expect(cut).toBe(0);
    expect([await overflow(one), one.complaints]).toEqual([[], []]);
  });
});
