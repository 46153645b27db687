/**
 * `npm run emulated`: the whole service with all three platforms emulated, and a page on which to write as a customer and work as
 * staff on each of them. Nothing leaves this machine; the database is thrown away at the end unless `--data` says where it is.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pino from "pino";
import { loadProfile } from "../../bots/profiles.ts";
import { startService } from "../../bots/service/service.ts";
import { environment, readSettings } from "../../bots/settings.ts";
import { understanderFor } from "../../bots/understanding.ts";
import { openStreet, type StreetPlatform } from "./street.ts";

const USAGE = `npm run emulated -- [--profile dealer|appliance|glass] [--port 3000] [--page 3100] [--data FOLDER]
  the service with Telegram, Slack and WeChat Work emulated, and a page to write in as customer and staff of each
  带三个模拟平台的完整服务,并提供一个页面,可在每个平台上扮演客户和客服`;

const { values } = parseArgs({
  options: {
    profile: { type: "string", default: "appliance" },
    port: { type: "string", default: "3000" },
    page: { type: "string", default: "3100" },
    data: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}

const folder = values.data ?? mkdtempSync(join(tmpdir(), "anxin-emulated-"));
const base = loadProfile(values.profile, "zh-CN");
const street = await openStreet(base);
const own = environment();
// Only the emulated platforms: a real one that is set up on this machine must not hear of a try-out.
const kept = Object.fromEntries(Object.entries(own).filter(([name]) => !/^(?:TELEGRAM|SLACK|WECOM)_/.test(name)));
const read = readSettings({ ...kept, ...street.environment, PORT: values.port, DATA_DIR: folder, PROFILE: values.profile });
if (!read.ok) {
  process.stderr.write(`${read.problems.map((one) => `${one.variable}: ${one.what}. Wanted: ${one.wanted}`).join("\n")}\n`);
  process.exit(2);
}
const profile = street.peopled(base);
process.stderr.write("正在准备语言理解… · Preparing the understanding…\n");
// The trained model is kept where the service of this machine keeps its own.
const understander = await understanderFor(values.profile, profile, own["DATA_DIR"] ?? "./data");
const service = await startService({ settings: read.settings, profile, understander, logger: pino({ level: "warn", base: null }) });
street.attach(service.address);
await service.connections.start();

const page = readFileSync(new URL("./street-page.html", import.meta.url));
const control = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response
      .writeHead(400, { "content-type": "application/json" })
      .end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  });
});
await new Promise<void>((resolve) => control.listen(Number(values.page), "127.0.0.1", resolve));
const { port } = control.address() as AddressInfo;
process.stdout.write(`客户与客服(三个平台) · customers and staff on three platforms: http://127.0.0.1:${port}/
客服台与试用页 · desk and try-it page: ${service.address}/desk · ${service.address}/
停止 · stop: Ctrl+C
`);

function platformOf(name: unknown): StreetPlatform {
  const found = street.platforms.find((one) => one.name === name);
  if (!found) throw new Error("no such platform");
  return found;
}

/** What somebody on the page does. */
interface Act {
  readonly platform: string;
  /** `customer`, or the id of a member of staff. */
  readonly as: string;
  readonly do: "say" | "press" | "open" | "photo" | "submit" | "close";
  readonly text?: string;
  /** Number of the case that is meant. */
  readonly case?: string;
  readonly values?: Readonly<Record<string, string>>;
}

async function act({ platform: name, as, do: what, text = "", case: number = "", values: filled = {} }: Act): Promise<void> {
  const platform = platformOf(name);
  if (as === "customer") {
    const customer = platform.customer(1);
    if (what === "press") return customer.press(text);
    if (what === "open") return customer.open();
    if (what === "photo") return customer.photo();
    return customer.say(text);
  }
  const member = platform.member(as);
  if (what === "press") return member.press(text, number);
  if (what === "submit") return member.submit(filled);
  if (what === "close") return member.close();
  if (what === "photo") return member.photo(text, number);
  return member.say(text, number || null);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // The page is this machine's alone, whatever name it is asked for by.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? "")) {
    response.writeHead(403).end();
    return;
  }
  if (request.method === "GET" && request.url === "/") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
    return;
  }
  if (request.method === "GET" && request.url === "/favicon.ico") {
    response.writeHead(204).end();
    return;
  }
  if (request.method === "GET" && request.url === "/state") {
    const state = {
      staff: profile.staff.map(({ id, name, role }) => ({ id, name: name["zh-CN"], role })),
      platforms: street.platforms.map((one) => ({
        name: one.name,
        customer: one.customer(1).seen(),
        room: one.room(),
        form: profile.staff.map(({ id }) => ({ of: id, ...one.member(id).form() })).find((form) => form.fields !== undefined) ?? null,
      })),
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(state));
    return;
  }
  if (request.method !== "POST" || request.url !== "/act") {
    response.writeHead(404).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  await act(JSON.parse(Buffer.concat(chunks).toString("utf8")) as Act);
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  control.closeAllConnections();
  control.close();
  await service.stop();
  await street.close();
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.on("SIGINT", () => void stop());
process.on("SIGTERM", () => void stop());
