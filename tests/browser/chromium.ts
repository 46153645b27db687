/** Debian's Chromium for tests of the pages; without it they are skipped, and say how to get it. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM_PATH = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

export const hasChromium = existsSync(CHROMIUM_PATH);

if (!hasChromium)
  console.warn(
    `Tests of the pages are skipped: there is no ${CHROMIUM_PATH}. Get it with "apt-get install chromium", or set CHROMIUM_PATH.`,
  );

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM_PATH,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** Errors of scripts, refusals of the content policy, and requests to any other host. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A page of its own context that notes everything that should not happen. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A connection that breaks is told by the browser itself; everything else is ours.
    if (
      message.type() === "error" &&
      !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED|status of 503/.test(message.text())
    )
      complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "data:" && host !== new URL(url).host) complaints.push(`request to ${host}`);
  });
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}
