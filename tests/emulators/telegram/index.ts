/**
 * A Bot API server of our own, over real HTTP: it refuses what the platform refuses, brings updates as the platform brings them,
 * fails when told to, and remembers what customers and staff see. Documented behaviour only; sources in adapters/telegram/quirks.md.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createDelivery, type Delivery } from "./delivery.ts";
import { createRates, readParams } from "./limits.ts";
import { createMethods } from "./methods.ts";
import { type Customer, createCustomer, createStaffRoom, type Post, type StaffRoom } from "./people.ts";
import { REFUSALS, UNLISTED } from "./refusals.ts";
import { ApiRefusal, type CallFault } from "./types.ts";
import { contentOf, createWorld, type World } from "./world.ts";

export type { Customer, Member, StaffRoom } from "./people.ts";
export { REFUSALS, type Refusal, UNLISTED } from "./refusals.ts";
export type { CallFault } from "./types.ts";

export interface TelegramEmulatorOptions {
  readonly port?: number;
  readonly host?: string;
  readonly clock?: { now(): number };
  /** Waits between tries of a delivery. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Staff group; `null` = none. */
  readonly staffChat?: number;
}

/** What the platform does wrong. */
export interface TelegramFaults {
  /** The next calls of `method` (`*` = any) fail in this way, one after another. */
  next(method: string, ...faults: readonly CallFault[]): void;
  /** Each update is delivered so many times. */
  duplicates: number;
  /** So many answers of ours are lost: the update comes again although it was taken. */
  loseAnswers: number;
  /** Keeps back what a chat writes (`chat <id>`) or a person presses (`press <id>`) until the returned function is called. */
  hold(queue: string): () => void;
}

export interface TelegramEmulator {
  /** Root of the API. */
  readonly url: string;
  readonly token: string;
  readonly world: World;
  readonly delivery: Delivery;
  /** Calls that came, in order. */
  readonly calls: readonly { readonly method: string; readonly params: Readonly<Record<string, unknown>> }[];
  readonly faults: TelegramFaults;
  /** Calls for updates that are being answered. */
  readonly polling: number;
  customer(id: number, more?: { readonly name?: string; readonly language?: string }): Customer;
  readonly staff: StaffRoom;
  close(): Promise<void>;
}

export async function startTelegramEmulator(options: TelegramEmulatorOptions = {}): Promise<TelegramEmulator> {
  const now = (): number => options.clock?.now() ?? Date.now();
  const pause = options.pause ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()));
  const token = "70000001:AAEmulated-token_of_nobody-000000000";
  const delivery = createDelivery(now, pause);
  const world = createWorld({
    now,
    bot: { id: 70_000_001, username: "anxin_emulated_bot", privacy: false },
    rates: createRates(now),
    delivery,
  });
  const methods = createMethods(world);
  const calls: { method: string; params: Readonly<Record<string, unknown>> }[] = [];
  const faults = new Map<string, CallFault[]>();
  let updates = 500_000;

  const post: Post = (queue, body, lifeMs = 86_400_000) => {
    updates += 1;
    return delivery.queue({ id: updates, queue, body, bornAt: now(), lifeMs });
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    };
    const refuse = (refusal: ApiRefusal): void =>
      send(
        refusal.code,
        {
          ok: false,
          error_code: refusal.code,
          description: refusal.message,
          ...(refusal.parameters ? { parameters: refusal.parameters } : {}),
        },
        refusal.parameters?.["retry_after"] === undefined ? {} : { "retry-after": String(refusal.parameters["retry_after"]) },
      );
    const file = /^\/file\/bot([^/]+)\/files\/(.+)\.jpg$/.exec(request.url ?? "");
    if (file) return serveFile(file[1]!, file[2]!, response);
    const match = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? "");
    if (!match) return refuse(new ApiRefusal(404, "Not Found"));
    if (match[1] !== token) return refuse(new ApiRefusal(401, "Unauthorized"));
    const method = match[2]!;
    const params = await readParams(request.headers["content-type"], Buffer.concat(chunks));
    calls.push({ method, params });
    const fault = faults.get(method)?.shift() ?? faults.get("*")?.shift();
    switch (fault?.kind) {
      case "busy":
        world.rates.hold(Number(params["chat_id"]), fault.retryAfter * 1_000);
        return refuse(new ApiRefusal(429, `Too Many Requests: retry after ${fault.retryAfter}`, { retry_after: fault.retryAfter }));
      case "refuse":
        return refuse(new ApiRefusal(fault.code, fault.description, fault.parameters));
      case "down":
        return refuse(new ApiRefusal(500, "Internal Server Error"));
      case "gateway":
        response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad Gateway</html>");
        return;
      case "reset":
        request.socket.destroy();
        return;
      case "slow":
        await pause(fault.ms);
        break;
      default:
        break;
    }
    try {
      const result = method === "getUpdates" ? await getUpdates(params, request) : run(method, params);
      const lost = fault?.kind === "reset_after" || fault?.kind === "silent_after";
      // The other side may have hung up, before or while it was answered.
      if (lost || request.socket.destroyed) noteLost(method, params, result);
      else
        response.once("close", () => {
          if (!response.writableFinished) noteLost(method, params, result);
        });
      if (fault?.kind === "reset_after") request.socket.destroy();
      else if (!lost) send(200, { ok: true, result });
    } catch (error) {
      if (error instanceof ApiRefusal) return refuse(error);
      throw error;
    }
  }

  function serveFile(given: string, id: string, response: ServerResponse): void {
    calls.push({ method: "file", params: { id } });
    const fault = faults.get("file")?.shift();
    if (fault?.kind === "reset") response.destroy();
    else if (given !== token || !world.files.has(id)) response.writeHead(404).end();
    else response.writeHead(fault ? 502 : 200, { "content-type": "application/octet-stream" }).end(contentOf(id));
  }

  function noteLost(method: string, params: Readonly<Record<string, unknown>>, result: unknown): void {
    if (!method.startsWith("send")) return;
    const { message_id: id } = result as { readonly message_id: number };
    const message = world.messages.findLast((one) => one.id === id && one.chat === Number(params["chat_id"]));
    if (message) message.answerLost = true;
  }

  function run(method: string, params: Readonly<Record<string, unknown>>): unknown {
    const act = methods[method];
    if (!act) throw new ApiRefusal(404, "Not Found: method not found");
    return act(params);
  }

  let polling = 0;
  async function getUpdates(params: Readonly<Record<string, unknown>>, request: IncomingMessage): Promise<unknown> {
    if (delivery.webhook)
      throw new ApiRefusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    if (polling > 0)
      throw new ApiRefusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
    polling += 1;
    const cut = new Promise<void>((resolve) => request.socket.once("close", () => resolve()));
    try {
      return await delivery.poll(
        Number(params["offset"] ?? 0),
        Number(params["limit"] ?? 100),
        Math.min(50, Number(params["timeout"] ?? 0)) * 1_000,
        cut,
      );
    } finally {
      polling -= 1;
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response
        .writeHead(500, { "content-type": "application/json" })
        .end(JSON.stringify({ ok: false, error_code: 500, description: String(error) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    world,
    delivery,
    calls,
    get polling() {
      return polling;
    },
    faults: {
      next(method, ...more) {
        for (const fault of more)
          if (
            fault.kind === "refuse" &&
            ![...REFUSALS, ...UNLISTED].some((one) => one.code === fault.code && one.description === fault.description)
          )
            throw new Error(`the platform has no refusal "${fault.code} ${fault.description}"`);
        faults.set(method, [...(faults.get(method) ?? []), ...more]);
      },
      get duplicates() {
        return delivery.faults.copies;
      },
      set duplicates(count) {
        delivery.faults.copies = count;
      },
      get loseAnswers() {
        return delivery.faults.loseAnswers;
      },
      set loseAnswers(count) {
        delivery.faults.loseAnswers = count;
      },
      hold: (queue) => delivery.hold(queue),
    },
    customer: (id, more = {}) => createCustomer(world, post, id, more.name ?? `客户${id}`, more.language),
    staff: createStaffRoom(world, post, options.staffChat ?? -1_001_234_567_890),
    async close() {
      delivery.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
