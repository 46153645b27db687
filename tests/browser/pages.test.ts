import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { mountReports } from "../../adapters/web/index.ts";
import { loadProfile } from "../../bots/profiles.ts";
import { createCampaigns } from "../../core/care/campaigns.ts";
import { createForecasts } from "../../core/care/forecasts.ts";
import { createHolds } from "../../core/care/holds.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { call, startTestService, type TestService, type TestServiceOptions } from "../adapters/web/support.ts";
import { hasChromium, launchChromium, openPage, type WatchedPage } from "./chromium.ts";

const model = createBusinessModel(loadProfile("appliance", "en"));

describe.skipIf(!hasChromium)("the pages", { timeout: 60_000 }, () => {
  let browser: Browser;
  let service: TestService;
  const opened: WatchedPage[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await service.close();
  });

  const start = async (options: TestServiceOptions = {}): Promise<void> => {
    service = await startTestService({
      realTime: true,
      routes: (host, { store, clock }) =>
        mountReports(host, {
          store,
          clock,
          model,
          campaigns: createCampaigns(store, model, new Map(), clock),
          holds: createHolds(store, model, clock),
          forecasts: createForecasts(store, model, new Map(), clock),
        }),
      ...options,
    });
  };
  const open = async (path: string, options: BrowserContextOptions = {}): Promise<WatchedPage> => {
    const one = await openPage(browser, service.url + path, options);
    opened.push(one);
    return one;
  };
  const bubbles = (page: Page, from: string): Promise<string[]> =>
    page.locator(`.bubble-row.from-${from}:not(.unsent) .words`).allTextContents();
  const say = async (page: Page, words: string): Promise<void> => {
    await page.fill("#phone-input", words);
    await page.press("#phone-input", "Enter");
  };
  const seed = async (): Promise<void> => {
    const now = Date.now();
    const order: WorkOrder = {
      number: "W1",
      customerId: "U1",
      status: "received",
      product: "ac",
      ownedProduct: null,
      plate: null,
      serial: "SN1",
      services: ["ac-repair"],
      technician: "li",
      booking: null,
      promisedAt: now - 1,
      note: null,
      history: [],
      hurried: 0,
      createdAt: now,
      updatedAt: now,
    };
    await service.store.unit(async (unit) => {
      await unit.customers.put({ ...newCustomer("U1", now), name: "王芳", vip: true, phones: ["+8613800138000"] });
      await unit.customers.linkConversation("web:sample-wang", "U1");
      await unit.records.save({ kind: "order", id: "W1", events: [], state: order }, "test");
    });
  };

  test("a customer writes by keyboard alone, picks an answer by keyboard, and sees why", async () => {
    await start();
    const { page, complaints } = await open("/");
    await page.waitForSelector("#phone-input");
    const reach = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`no Tab leads to ${selector}`);
    };
    await reach("#phone-input");
    await page.keyboard.type("book it");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("tomorrow");
    await page.keyboard.press("Enter");
    await page.waitForSelector('.chip[data-press="yes"]');
    expect([await bubbles(page, "customer"), await bubbles(page, "bot")]).toEqual([["book it\ntomorrow"], ["You said: book it\ntomorrow"]]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await reach('.chip[data-press="yes"]');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe("solid");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".bubble-row.from-bot .words").length === 2);
    expect(await bubbles(page, "customer")).toEqual(["book it\ntomorrow", "yes"]);
    expect(service.taken.map(({ event }) => event)).toEqual([
      { kind: "message", text: "book it\ntomorrow" },
      { kind: "press", value: "yes" },
    ]);
    await page.waitForFunction(() => document.querySelector("#panel-why blockquote")?.textContent === "yes");
    expect(await page.locator("#panel-why h3").textContent()).toBe("Understood: book a service (91%)");
    await page.locator(".bubble-row.from-bot .bubble").first().press("Enter");
    await page.waitForFunction(() => document.querySelector("#panel-why blockquote")?.textContent?.startsWith("You said: book it"));
    expect(await page.locator("#phone-input").inputValue()).toBe("");
    expect(complaints).toEqual([]);
  });

  test("a case comes up at the desk by itself; a reply reaches the customer, a note does not", async () => {
    await start();
    const { page, complaints } = await open("/");
    await page.waitForSelector("#phone-input");
    await say(page, "human please");
    await page.click('.case-row[data-number="C001"]');
    await page.click('[data-act="claim"]');
    await page.waitForFunction(() => document.querySelector(".case-row .row-status")?.textContent === "In hand");
    await page.check('.acts input[value="note"]', { force: true });
    await page.fill("#composer-text", "be careful");
    await page.press("#composer-text", "Enter");
    await page.waitForSelector(".talk.note");
    await page.check('.acts input[value="reply"]', { force: true });
    expect(await page.inputValue("#composer-text")).toBe("");
    await page.fill("#composer-text", "Hello, Chen here.");
    await page.press("#composer-text", "Enter");
    await page.waitForSelector(".bubble-row.from-staff");
    expect(await bubbles(page, "staff")).toEqual(["Hello, Chen here."]);
    expect(await page.locator("#panel-phone").textContent()).not.toContain("be careful");
    await page.check('.acts input[value="resolve"]', { force: true });
    await page.fill("#composer-text", "Explained.");
    await page.click(".composer button[type=submit]");
    await page.waitForSelector('.acts input[value="reopen"]', { state: "attached" });
    expect(
      service.taken.filter(({ event }) => event.kind === "desk").map(({ event }) => event.kind === "desk" && [event.by, event.command.do]),
    ).toEqual([
      ["chen", "claim"],
      ["chen", "note"],
      ["chen", "reply"],
      ["chen", "resolve"],
    ]);
    expect(complaints).toEqual([]);
  });

  test("words typed as a note stay a note when another act is chosen meanwhile", async () => {
    await start();
    await service.openCase("web:x", { number: "C1" });
    const { page } = await open("/desk");
    await page.click('.case-row[data-number="C1"]');
    await page.check('.acts input[value="note"]', { force: true });
    await page.fill("#composer-text", "internal only");
    await page.check('.acts input[value="reply"]', { force: true });
    expect(await page.inputValue("#composer-text")).toBe("");
    await page.check('.acts input[value="note"]', { force: true });
    expect(await page.inputValue("#composer-text")).toBe("internal only");
  });

  test("a change of the case does not take the keyboard from who is writing", async () => {
    await start();
    await service.openCase("web:x", { number: "C1" });
    const { page } = await open("/desk");
    await page.click('.case-row[data-number="C1"]');
    await page.click("#composer-text");
    await page.keyboard.type("Hello, I am looking into");
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press("ArrowLeft");
    await call(`${service.url}/desk/api/commands`, { id: "k1", by: "luo", command: { do: "claim", case: "C1" } });
    await page.waitForFunction(() => document.querySelector(".case-row .row-status")?.textContent === "In hand");
    await page.waitForFunction(() => document.querySelector(".case-head .line")?.textContent?.includes("Luo Wei"));
    await page.keyboard.type("[it] ");
    expect(await page.inputValue("#composer-text")).toBe("Hello, I am looking [it] into");
  });

  test("markup in anyone's words is shown and never run", async () => {
    await start();
    const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script><b>bold</b>';
    await service.say("web:sample-wang", "b1", "bot", evil, [{ id: "x", label: evil }]);
    await service.openCase("web:sample-wang", { number: "C1", words: evil, tags: [evil] });
    await seed();
    const { page, complaints } = await open("/");
    await page.selectOption("#who", "U1");
    await page.waitForSelector(".chip[data-press]");
    await page.click('.case-row[data-number="C1"]');
    await page.waitForSelector(".case-words");
    expect(await bubbles(page, "bot")).toEqual([evil]);
    expect(await page.locator(".chip").first().textContent()).toBe(evil);
    expect(await page.locator(".case-words").textContent()).toBe(evil);
    expect(
      await page.evaluate(() => [
        (window as unknown as { hit?: number }).hit ?? null,
        document.querySelectorAll("main b, main script").length,
      ]),
    ).toEqual([null, 0]);
    expect(complaints).toEqual([]);
  });

  test("a lost connection is shown and mended by itself, and what was written meanwhile arrives once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "anxin-browser-"));
    try {
      await start({ folder });
      const port = Number(new URL(service.url).port);
      const { page } = await open("/");
      await page.waitForSelector("#phone-input");
      await say(page, "before");
      await page.waitForFunction(() => document.querySelectorAll(".bubble-row.from-bot .words").length === 1);
      await service.close();
      await page.waitForFunction(() => document.querySelector<HTMLElement>("#link-state")?.dataset["state"] === "lost");
      await say(page, "while away");
      await page.waitForSelector(".unsent .send-problem");
      await page.goto("about:blank");
      await start({ folder, port });
      await page.goto(service.url);
      await page.waitForFunction(() => document.querySelectorAll(".bubble-row.from-bot .words").length === 2);
      expect([await bubbles(page, "customer"), await bubbles(page, "bot")]).toEqual([
        ["before", "while away"],
        ["You said: before", "You said: while away"],
      ]);
      expect(await page.locator(".unsent").count()).toBe(0);
      await service.close();
      await page.waitForFunction(() => document.querySelector<HTMLElement>("#link-state")?.dataset["state"] === "lost");
      await say(page, "once more");
      await start({ folder, port });
      await page.waitForFunction(() => document.querySelector<HTMLElement>("#link-state")?.dataset["state"] === "live");
      await page.waitForFunction(() => document.querySelectorAll(".bubble-row.from-bot .words").length === 3);
      expect(await bubbles(page, "customer")).toEqual(["before", "while away", "once more"]);
      expect(service.taken).toHaveLength(1);
    } finally {
      for (const one of opened.splice(0)) await one.close();
      await service.close();
      await start();
      await rm(folder, { recursive: true });
    }
  });

  test("a message that is refused for good says why and can be discarded; the next one goes", async () => {
    await start({ httpLimits: { bodyBytes: 2_000 } });
    const { page } = await open("/");
    await page.waitForSelector("#phone-input");
    await say(page, "x".repeat(3_000));
    await page.waitForSelector(".unsent .send-problem");
    expect(await page.locator(".send-problem span").textContent()).toBe("This is too large. Send it in parts.");
    await say(page, "short");
    await page.waitForFunction(() => document.querySelectorAll(".bubble-row.from-bot .words").length === 1);
    await page.click(".send-problem button:last-child");
    await page.waitForSelector(".unsent", { state: "detached" });
    expect(await bubbles(page, "customer")).toEqual(["short"]);
  });

  test("a photo is made small enough and reaches the desk", async () => {
    await start();
    const { page, complaints } = await open("/");
    await page.waitForSelector("#phone-input");
    const png = await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      canvas.width = 1_600;
      canvas.height = 1_200;
      const pen = canvas.getContext("2d")!;
      for (let index = 0; index < 4_000; index++) {
        pen.fillStyle = `hsl(${(index * 137) % 360} 70% 50%)`;
        pen.fillRect((index * 61) % 1_600, (index * 97) % 1_200, 40, 30);
      }
      return canvas.toDataURL("image/png").split(",")[1]!;
    });
    expect(png.length).toBeGreaterThan(49_152);
    await page.setInputFiles("#panel-phone input[type=file]", {
      name: "leak.png",
      mimeType: "image/png",
      buffer: Buffer.from(png, "base64"),
    });
    await page.waitForSelector(".bubble-row.from-customer:not(.unsent) .media-photo");
    expect(service.taken[0]?.event).toMatchObject({
      kind: "media",
      media: { kind: "photo", name: "leak.png", mime: "image/jpeg", ref: expect.stringMatching(/^data:image\/jpeg;base64,/) },
    });
    await service.openCase(service.taken[0]!.conversation, { number: "C1" });
    await page.click('.case-row[data-number="C1"]');
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>(".shown")?.naturalWidth ?? 0) > 0);
    expect(complaints).toEqual([]);
  });

  test.each([
    ["zh-CN", "zh-CN", "发送"],
    ["zh-HK", "zh-TW", "傳送"],
    ["zh-TW", "zh-TW", "傳送"],
    ["de-DE", "en", "Send"],
  ])("a browser in %s gets the page in %s, and keeps what was chosen", async (locale, language, send) => {
    await start();
    const { page } = await open("/", { locale });
    await page.waitForSelector("#phone-input");
    expect([await page.getAttribute("html", "lang"), await page.textContent(".send")]).toEqual([language, send]);
    await page.click('.languages button[lang="en"]');
    expect(await page.textContent(".send")).toBe("Send");
    await page.reload();
    await page.waitForSelector("#phone-input");
    expect([await page.getAttribute("html", "lang"), await page.title()]).toEqual(["en", "Try it · Anxin 安心"]);
  });

  test("every page fits 360 px in every language, with every part within reach", async () => {
    await start();
    await seed();
    await service.openCase("web:sample-wang", {
      number: "C20261123001",
      customerId: "U1",
      words: "averyveryverylongwordwithoutanybreakatall".repeat(4),
      promisedAt: Date.now() - 60_000,
    });
    for (const locale of ["zh-CN", "zh-TW", "en-GB"]) {
      const { page, complaints } = await open("/", { locale, viewport: { width: 360, height: 640 } });
      const fits = async (name: string): Promise<void> => {
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>("body, body *")]
            .filter(
              (one) =>
                one.offsetParent !== null && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".hidden, .hidden-text"),
            )
            .map((one) => one.className || one.tagName),
        );
        expect([locale, name, wide, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([locale, name, [], 360]);
      };
      await page.waitForSelector("#phone-input");
      await fits("phone");
      await say(page, "book a long word: Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen");
      await page.waitForSelector(".chip[data-press]");
      await fits("answered");
      await page.press("#tab-phone", "ArrowRight");
      await page.waitForSelector("#panel-why h3");
      await fits("why");
      await page.press("#tab-why", "ArrowRight");
      await page.click(".case-row");
      await page.waitForSelector(".case-title");
      await fits("case");
      expect(await page.locator("#composer-text").isVisible()).toBe(true);
      await page.click(".back");
      for (const view of ["orders", "bookings", "notices"]) {
        await page.click(`#desk-tab-${view}`);
        await page.waitForSelector(`#desk-tab-${view}[aria-selected="true"]`);
        await page.waitForSelector(".records > *");
        await fits(view);
      }
      for (const path of ["/desk", "/reports"]) {
        await page.goto(service.url + path);
        await page.waitForSelector(".case-row, .sheet-grid table:visible");
        await fits(path);
      }
      expect(complaints).toEqual([]);
    }
  });

  test("everything one can press or fill in has a name, and nothing is named twice by id", async () => {
    await start();
    await seed();
    await service.openCase("web:sample-wang", { number: "C1", customerId: "U1" });
    const { page } = await open("/");
    const nameless = () =>
      page.evaluate(() => {
        const bad = [...document.querySelectorAll<HTMLElement>("button, a[href], input:not([type=file]), select, textarea")].filter(
          (one) => {
            const labels =
              "labels" in one ? [...((one.labels as NodeListOf<HTMLElement> | null) ?? [])].map((label) => label.textContent).join("") : "";
            return !(one.getAttribute("aria-label") || labels.trim() || one.textContent?.trim() || one.title);
          },
        );
        const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
        return [...bad.map((one) => one.outerHTML.slice(0, 80)), ...ids.filter((id, index) => ids.indexOf(id) !== index)];
      });
    await say(page, "book");
    await page.waitForSelector(".chip[data-press]");
    await page.click('.case-row[data-number="C1"]');
    await page.waitForSelector(".case-title");
    expect(await nameless()).toEqual([]);
    await page.click("#desk-tab-orders");
    await page.click("td button");
    expect(await nameless()).toEqual([]);
    expect(await page.getAttribute(".log", "aria-live")).toBe("polite");
  });

  test.each(["light", "dark"] as const)("words stand out enough from what is behind them (%s)", async (colorScheme) => {
    await start();
    await seed();
    await service.openCase("web:sample-wang", { number: "C1", customerId: "U1", urgency: "urgent", promisedAt: Date.now() - 60_000 });
    await service.openCase("web:x", { number: "C2", urgency: "emergency" });
    const { page } = await open("/", { colorScheme, reducedMotion: "reduce" });
    await say(page, "human book");
    await page.waitForSelector(".bubble-row.from-bot");
    await page.click('.case-row[data-number="C1"]');
    await page.waitForSelector(".case-title");
    for (const act of ["reply", "note"]) {
      await page.check(`.acts input[value="${act}"]`, { force: true });
      // WCAG 2.2, 1.4.3: 4.5 for text of ordinary size.
      const faint = await page.evaluate(() => {
        const parse = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
        const light = (rgb: number[]): number => {
          const [red, green, blue] = rgb
            .slice(0, 3)
            .map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
          return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
        };
        const behind = (one: Element | null): number[] => {
          for (let at = one; at; at = at.parentElement) {
            const color = parse(getComputedStyle(at).backgroundColor);
            if (color.length === 3 || color[3] === 1) return color;
          }
          return [255, 255, 255];
        };
        const found: string[] = [];
        for (const one of document.querySelectorAll<HTMLElement>("body *")) {
          const words = [...one.childNodes]
            .filter((node) => node.nodeType === 3 && node.textContent?.trim())
            .map((node) => node.textContent)
            .join("");
          if (!words || one.offsetParent === null || one.closest(".hidden-text, .status-resolved, option")) continue;
          const [lighter, darker] = [light(parse(getComputedStyle(one).color)), light(behind(one))].sort((a, b) => b - a);
          const contrast = (lighter! + 0.05) / (darker! + 0.05);
          if (contrast < 4.5) found.push(`${words.slice(0, 30)} ${contrast.toFixed(2)}`);
        }
        return found;
      });
      expect(faint).toEqual([]);
    }
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      colorScheme === "dark" ? "rgb(15, 21, 19)" : "rgb(243, 245, 243)",
    );
  });

  test("an order is moved on with a new promise in the business's time", async () => {
    await start();
    await seed();
    const { page, complaints } = await open("/desk", { timezoneId: "America/New_York" });
    await page.click("#desk-tab-orders");
    await page.click("td button");
    await page.selectOption("#move-to", "in_progress");
    await page.fill("#move-promised", "2026-11-24T14:00");
    await page.fill("#move-text", "Part is here");
    await page.click('.move-form button[type="submit"]');
    await page.waitForSelector(".tag.order-in_progress");
    expect(service.taken).toMatchObject([
      {
        conversation: "web:sample-wang",
        event: {
          command: {
            do: "move_order",
            order: "W1",
            to: "in_progress",
            promisedAt: Date.parse("2026-11-24T14:00:00+08:00"),
            text: "Part is here",
          },
        },
      },
    ]);
    expect(complaints).toEqual([]);
  });

  test("the reports show the figures of the store", async () => {
    await start();
    await seed();
    await service.openCase("web:x", { number: "C1", status: "claimed", answeredAt: Date.now() });
    const { page, complaints } = await open("/reports");
    await page.waitForSelector(".sheet-grid table:visible");
    const rows = await page.locator(".sheet tr").allTextContents();
    expect(rows).toEqual(
      expect.arrayContaining(["Share in time100%", "Answered in time1", "In hand1", "Received1", "Past the promised time1"]),
    );
    expect(await page.locator(".sheet").textContent()).toContain("Nothing recorded yet");
    expect(complaints).toEqual([]);
  });

  test("with a token the pages ask for it once, in the browser's language", async () => {
    await start({ adminToken: "s3cret" });
    await call(`${service.url}/channels/web/messages`, { conversation: "x", id: "m1", text: "human" });
    const { page } = await open("/desk", { locale: "zh-TW" });
    expect([new URL(page.url()).pathname, await page.textContent("h1")]).toEqual(["/login", "登入服務台"]);
    await page.fill("#token", "wrong");
    await page.press("#token", "Enter");
    expect(await page.textContent(".problem")).toBe("權杖不正確，請核對後再試。");
    await page.fill("#token", "s3cret");
    await page.press("#token", "Enter");
    await page.waitForSelector(".case-row");
    expect(new URL(page.url()).pathname).toBe("/desk");
    await page.goto(`${service.url}/reports`);
    await page.waitForSelector(".sheet-grid table:visible");
  });
});
