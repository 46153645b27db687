/**
 * A tour of the desk page over the whole service: staff work through cases as they would on a day, at a wide screen in Chinese
 * and at a phone in English. `ANXIN_SHOTS=folder` keeps pictures to look at.
 */
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Service, startService } from "../../bots/service/service.ts";
import { readSettings } from "../../bots/settings.ts";
import type { Case } from "../../core/cases/state.ts";
import { call } from "../adapters/web/support.ts";
import { shippedProfile } from "../support/profile.ts";
import { createTestUnderstander } from "../support/understander.ts";
import { hasChromium, launchChromium, openPage, type WatchedPage } from "./chromium.ts";

const SHOTS = process.env["ANXIN_SHOTS"] ?? null;
const SIZES = [
  { name: "wide-zh", locale: "zh-CN", viewport: { width: 1280, height: 800 } },
  { name: "phone-en", locale: "en-GB", viewport: { width: 390, height: 844 } },
  { name: "wide-en", locale: "en-GB", viewport: { width: 1280, height: 800 } },
  { name: "phone-zh", locale: "zh-CN", viewport: { width: 390, height: 844 } },
] as const;

const profile = shippedProfile("appliance");
const [WANG, ZHAO] = profile.staff.filter((one) => one.role === "representative") as [(typeof profile.staff)[0], (typeof profile.staff)[0]];
const MANAGER = profile.staff.find((one) => one.role === "manager")!;

describe.skipIf(!hasChromium)("the desk", { timeout: 120_000 }, () => {
  let browser: Browser;
  let service: Service;
  let folder: string;
  const opened: WatchedPage[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "anxin-tour-"));
    const read = readSettings({ PORT: "0", HOST: "127.0.0.1", DATA_DIR: folder, PROFILE: "appliance" });
    if (!read.ok) throw new Error(JSON.stringify(read));
    service = await startService({
      settings: { ...read.settings, port: 0 },
      profile,
      understander: createTestUnderstander(profile),
      logger: pino({ level: "silent" }),
    });
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await service.stop();
    await rm(folder, { recursive: true });
  });

  let said = 0;
  const say = async (conversation: string, text: string): Promise<void> => {
    const { status } = await call(`${service.address}/channels/web/messages`, { conversation, id: `m${++said}`, text });
    expect(status).toBe(202);
  };
  const heard = async (conversation: string): Promise<string> =>
    JSON.stringify((await call(`${service.address}/channels/web/messages?conversation=${conversation}&after=0`)).body);
  const cases = async (): Promise<readonly Case[]> => service.engine.store.unit((unit) => unit.records.openCases(100));
  const until = async (holds: () => Promise<boolean>, what: string): Promise<void> => {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited in vain for ${what}`);
  };
  const desk = async (size: (typeof SIZES)[number], who: string): Promise<Page> => {
    const one = await openPage(browser, `${service.address}/desk`, { locale: size.locale, viewport: size.viewport });
    opened.push(one);
    await one.page.waitForSelector("#staff");
    await one.page.selectOption("#staff", who);
    return one.page;
  };
  const shoot = async (page: Page, name: string): Promise<void> => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  };
  /** Nothing is wider than the screen, and nothing that can be pressed is too small for a thumb or has no name. */
  const wellMade = async (page: Page): Promise<void> => {
    const faults = await page.evaluate(() => {
      const wrong: string[] = [];
      if (document.documentElement.scrollWidth > innerWidth) wrong.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
      for (const one of document.querySelectorAll<HTMLButtonElement>("button, select")) {
        const box = one.getBoundingClientRect();
        if (box.width === 0) continue;
        if (box.height < 24) wrong.push(`too low: ${one.textContent}`);
        if (!(one.textContent ?? "").trim() && !one.getAttribute("aria-label") && !one.labels?.length)
          wrong.push(`no name: ${one.outerHTML}`);
        if (/^[a-z]+\.[a-z_]+$/.test((one.textContent ?? "").trim())) wrong.push(`no words: ${one.textContent}`);
      }
      return wrong;
    });
    expect(faults).toEqual([]);
  };

  test.each(SIZES)("a day at the desk, $name", async (size) => {
    await say("c1", "我要投诉,你们的师傅把地板弄湿了");
    await say("c2", "转人工");
    await until(async () => (await cases()).length === 2, "two cases");
    const { number } = (await cases()).find((one) => one.category === "complaint")!;
    const page = await desk(size, WANG.id);
    await page.waitForSelector(".case-row");
    await shoot(page, `${size.name}-1-list`);
    await wellMade(page);

    // Take the case, then answer: the guard asks about a stranger's phone, the recall window gives the words back.
    await page.click(`.case-row[data-number="${number}"]`);
    await page.click('[data-act="claim"]');
    await until(async () => (await cases()).some((one) => one.owner === WANG.id), "the claim");
    await page.fill("#composer-text", "您好,请打 13912345678 找我");
    await page.press("#composer-text", "Enter");
    await page.waitForSelector(".held-row.asked");
    await shoot(page, `${size.name}-2-guard`);
    await wellMade(page);
    expect(await heard("c1")).not.toContain("13912345678");
    await page.click('.held-row [data-act="discard"]');
    await page.waitForSelector(".held-row", { state: "detached" });
    await page.fill("#composer-text", "您好,我现在就去看");
    await page.press("#composer-text", "Enter");
    await page.waitForSelector('.held-row [data-act="recall"]');
    await shoot(page, `${size.name}-3-recall`);
    expect(await heard("c1")).not.toContain("我现在就去看");
    await page.click('.held-row [data-act="recall"]');
    await page.waitForSelector(".held-row", { state: "detached" });

    // Everything beside talking: put off, nobody answered, compensation with an approver.
    await page.click(".more-acts summary");
    await shoot(page, `${size.name}-4-more`);
    await wellMade(page);
    await page.click('[data-act="no_answer"]');
    await page.fill("dialog.ask input", "占线");
    await shoot(page, `${size.name}-5-form`);
    await wellMade(page);
    await page.press("dialog.ask input", "Enter");
    await until(async () => (await cases()).some((one) => one.notes.some((note) => note.text.includes("占线"))), "the vain call");
    await page.click('[data-act="tag"]');
    await page.fill("dialog.ask input", "地板 急");
    await page.press("dialog.ask input", "Enter");
    await until(async () => (await cases()).some((one) => one.tags.includes("地板")), "the tags");
    await page.click('[data-act="propose"]');
    await page.fill('dialog.ask [name="amount"]', "200");
    await page.selectOption('dialog.ask [name="fault"]', "ours");
    await page.fill('dialog.ask [name="reason"]', "地板泡水");
    await page.click("dialog.ask .primary");
    await page.waitForSelector(".todo strong");
    await page.click('[data-act="cause"]');
    await page.click("dialog.ask .primary");
    await until(async () => (await cases()).some((one) => one.cause !== null), "the cause");
    await shoot(page, `${size.name}-6-worked`);
    await wellMade(page);

    // The approver decides; the customer is asked.
    const manager = await desk(size, MANAGER.id);
    await manager.click(`.case-row[data-number="${number}"]`);
    await manager.waitForSelector(".todo button.primary");
    await shoot(manager, `${size.name}-7-approve`);
    await manager.click(".todo button.primary");
    await until(async () => (await cases()).some((one) => one.compensations.some((each) => each.status === "approved")), "the approval");
    expect(await heard("c1")).toContain("200");

    // Who is at work; the other tabs.
    const back = manager.locator("button.back");
    if (await back.isVisible()) await back.click();
    await manager.click("#desk-tab-shift");
    await manager.waitForSelector(".person");
    await shoot(manager, `${size.name}-8-shift`);
    await wellMade(manager);
    await manager.click("#desk-tab-customers");
    await manager.fill("#customer-query", profile.sample.customers[0]!.name);
    await manager.press("#customer-query", "Enter");
    await manager.waitForSelector(".notices .card");
    await shoot(manager, `${size.name}-9-find`);
    await wellMade(manager);
    for (const tab of ["orders", "bookings", "notices"]) {
      await manager.click(`#desk-tab-${tab}`);
      await manager.waitForTimeout(300);
      await shoot(manager, `${size.name}-10-${tab}`);
      await wellMade(manager);
    }
    expect(opened.flatMap((one) => one.complaints)).toEqual([]);
  });

  test("two at one case see each other write; a hand-over is accepted by the other one", async () => {
    const [size] = SIZES;
    await say("c1", "我要投诉,师傅迟到了");
    await until(async () => (await cases()).length === 1, "the case");
    const { number } = (await cases())[0]!;
    const wang = await desk(size, WANG.id);
    const zhao = await desk(size, ZHAO.id);
    await wang.click(`.case-row[data-number="${number}"]`);
    await zhao.click(`.case-row[data-number="${number}"]`);
    await wang.locator("#composer-text").pressSequentially("您好", { delay: 20 });
    await zhao.waitForFunction((name) => document.querySelector(".presence")?.textContent?.includes(name), WANG.name["zh-CN"]);
    await shoot(zhao, "collision");
    expect(await wang.locator(".presence").textContent()).toBe("");
    await wang.fill("#composer-text", "");
    await zhao.waitForFunction(() => document.querySelector(".presence")?.textContent === "");

    await wang.click('[data-act="claim"]');
    await until(async () => (await cases())[0]!.owner === WANG.id, "the claim");
    await wang.click("#desk-tab-shift");
    await wang.click("text=交班");
    await wang.click("dialog.ask .primary");
    await wang.waitForSelector(".shift-offers");
    await zhao.click("#desk-tab-shift");
    await zhao.waitForSelector(".shift-offers button.primary");
    await shoot(zhao, "hand-over");
    expect((await cases())[0]!.owner).toBe(WANG.id);
    await zhao.click(".shift-offers button.primary");
    await until(async () => (await cases())[0]!.owner === ZHAO.id, "the hand-over");
    expect(opened.flatMap((one) => one.complaints)).toEqual([]);
  });

  test("is worked by keyboard alone", async () => {
    const [size] = SIZES;
    await say("c1", "我要投诉,师傅迟到了");
    await until(async () => (await cases()).length === 1, "the case");
    const page = await desk(size, WANG.id);
    await page.waitForSelector(".case-row");
    const reach = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`no Tab leads to ${selector}`);
    };
    await reach(".case-row");
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-act="claim"]');
    await reach('[data-act="claim"]');
    await page.keyboard.press("Enter");
    await until(async () => (await cases())[0]!.owner === WANG.id, "the claim");
    // What may be done is drawn anew once the page has heard of it.
    await page.waitForSelector('[data-act="claim"]', { state: "detached" });
    await reach(".more-acts summary");
    await page.keyboard.press("Enter");
    await reach('[data-act="tag"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog.ask");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog.ask", { state: "detached" });
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset["act"])).toBe("tag");
    await page.keyboard.press("Enter");
    await page.keyboard.type("迟到");
    await page.keyboard.press("Enter");
    await until(async () => (await cases())[0]!.tags.includes("迟到"), "the tag");
    expect(opened.flatMap((one) => one.complaints)).toEqual([]);
  });
});
