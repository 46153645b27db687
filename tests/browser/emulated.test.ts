/**
 * The page of the emulated platforms (`npm run emulated`) in a real browser: a customer of each platform writes, presses, sends a
 * photo and complains, and staff answer from their team chat. With `SCREENSHOTS` set to a folder, what it looks like is kept there.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium, openPage, type WatchedPage } from "./chromium.ts";

const NAMES = ["telegram", "slack", "wecom"] as const;
/** Faults of their own, so that no third like case makes a batch of them. */
const BROKEN = { telegram: "空调不制冷", slack: "冰箱不冷", wecom: "洗衣机漏水" } as const;
/** Each word goes through a platform and back, and WeChat Work lets a member have thirty posts a minute: the next wait that long. */
const PATIENCE_MS = 90_000;

describe.skipIf(!hasChromium)("the page of the emulated platforms", { timeout: 400_000 }, () => {
  let browser: Browser;
  let street: ChildProcess;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    street = spawn(process.execPath, ["tests/emulators/run.ts", "--port", "0", "--page", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: street.stdout! });
    const [first] = (await once(lines, "line")) as [string];
    browser = await launchChromium();
    watched = await openPage(browser, /http:\S+/.exec(first)![0], { locale: "zh-CN", viewport: { width: 1_400, height: 950 } });
    page = watched.page;
    page.setDefaultTimeout(PATIENCE_MS);
  }, 240_000);

  afterAll(async () => {
    await watched?.close();
    await browser?.close();
    if (street.exitCode === null) {
      street.kill("SIGTERM");
      await once(street, "exit");
    }
  }, 60_000);

  const customer = (name: string) => page.locator(`#${name} .log.customer`);
  const room = (name: string) => page.locator(`#${name} .log.room`);
  async function say(name: string, text: string): Promise<void> {
    const form = page.locator(`#${name} form`).first();
    await form.locator("input[name=text]").fill(text);
    await form.locator("button[type=submit]").click();
  }
  const waitFor = (where: ReturnType<typeof customer>, text: string) => where.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  async function shot(name: string): Promise<void> {
    const folder = process.env["SCREENSHOTS"];
    if (folder) await page.screenshot({ path: join(folder, `emulated-${name}.png`), fullPage: true });
  }

  test("tells what to do while nothing was said, in the reader's language", async () => {
    for (const name of NAMES) {
      await waitFor(customer(name), "还没有消息");
      await waitFor(room(name), "还没有个案");
    }
    await shot("empty");
    await page.locator("#language").selectOption("en");
    await waitFor(customer("slack"), "Nothing yet");
    await page.locator("#language").selectOption("zh");
    await waitFor(customer("slack"), "还没有消息");
  });

  test.each(NAMES)("on %s a complaint with a photo becomes a case that staff claim and answer", async (name) => {
    const words = `我要投诉，${BROKEN[name]}，修完三天又坏了`;
    await say(name, words);
    const answer = customer(name)
      .getByText(/个案号? ?C\d{8}/)
      .first();
    await answer.waitFor();
    const number = /C\d{8}/.exec(await answer.innerText())![0];
    await page.locator(`#${name} form`).first().getByText("发照片", { exact: true }).click();
    await waitFor(customer(name), "📷 照片");

    await page.locator(`#${name} select[name=case]`).selectOption(number);
    await waitFor(room(name), words);
    await room(name).getByText("接单", { exact: true }).first().click();
    await waitFor(room(name), `接手了个案 ${number}`);
    const desk = page.locator(`#${name} form`).nth(1);
    await desk.locator("input[name=text]").fill(`/reply 师傅明天十点到${name}`);
    await desk.locator("button[type=submit]").click();
    await waitFor(customer(name), `师傅明天十点到${name}`);
    // A card is words to read, on every platform.
    expect(await room(name).innerText()).not.toMatch(/\{"|@U0STAFF/);
    await shot(name);
  });

  test("a reply goes by Slack's form too, and one that is closed sends nothing", async () => {
    const reply = room("slack").getByText("回复", { exact: true }).first();
    const dialog = page.locator("dialog");
    await reply.click();
    await dialog.getByText("取消").click();
    await dialog.waitFor({ state: "detached" });
    await reply.click();
    await dialog.locator("input").first().fill("表单里写的回复");
    await shot("form");
    await dialog.getByText("发送", { exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await waitFor(customer("slack"), "表单里写的回复");
  });

  test("what goes wrong is said, and a phone shows it all below each other", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await shot("phone");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await page.locator("#error").innerText()).toBe("");
    expect(watched.complaints).toEqual([]);
  });
});
