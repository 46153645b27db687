/**
 * Slack, small and strict: the Web API that the channel uses with its limits and paces, Events API and interactivity signed over
 * HTTP or down a WebSocket, and people who write, press, open and fill in forms. Runs by itself on a free port.
 */
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonObject } from "./limits.ts";
import { createMethods } from "./methods.ts";
import { createEmulatorPace } from "./pace.ts";
import { createPerson } from "./people.ts";
import { REFUSALS, UNLISTED } from "./refusals.ts";
import type { Call, DeliveryAnswer, Fault, SlackEmulator, SlackEmulatorOptions, SlackFaults } from "./types.ts";
import { acceptSocket, type SocketPeer } from "./websocket.ts";
import { APP, BOT_USER, createWorkspace } from "./workspace.ts";

export { REFUSALS, UNLISTED } from "./refusals.ts";
export type { Fault, Form, SlackEmulator, SlackPerson } from "./types.ts";

const ALL_SCOPES = [
  "app_mentions:read",
  "channels:history",
  "channels:read",
  "chat:write",
  "commands",
  "files:read",
  "files:write",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
  "im:write",
  "users:read",
];
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Events are delivered again three times. */
const RETRIES = 3;

export async function startSlackEmulator(options: SlackEmulatorOptions = {}): Promise<SlackEmulator> {
  const now = (): number => options.clock?.now() ?? Date.now();
  const workspace = createWorkspace(now);
  const staffChannel = options.staffChannel ?? "C0STAFF";
  workspace.addChannel(staffChannel, [BOT_USER]);
  const signingSecret = options.signingSecret ?? "8f742231b10e8888abcd99yyyzzz85a5";
  const appToken = options.appToken ?? "xapp-1-A0ANXIN-1-socket";
  let botToken = options.botToken ?? "xoxb-1-emulator";
  let scopes = new Set(ALL_SCOPES);
  let url = "";
  const calls: Call[] = [];
  let limited = 0;
  const delivered: { readonly event: JsonObject; readonly status: number }[] = [];
  const pace = createEmulatorPace(now);
  const queued = new Map<string, (Fault | null)[]>();
  const standing = new Map<string, Fault>();
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const peers = new Set<SocketPeer>();
  const tickets = new Set<string>();
  const answers = new Map<string, (answer: DeliveryAnswer) => void>();
  let held: (() => Promise<void>)[] | null = null;

  const answer = createMethods({
    workspace,
    baseUrl: () => url,
    botToken: () => botToken,
    appToken,
    scopes: () => scopes,
    messagesTab: () => faults.messagesTab,
    newSocketUrl: () => {
      const ticket = `ticket-${workspace.nextNumber()}`;
      tickets.add(ticket);
      return `${url.replace(/^http/, "ws")}/link?ticket=${ticket}`;
    },
    changed,
  });

  const faults: SlackFaults = {
    next(method, ...more) {
      for (const fault of more)
        if (fault?.kind === "error" && fault.error !== UNLISTED && !(REFUSALS as readonly string[]).includes(fault.error))
          throw new Error(`Slack has no error "${fault.error}"`);
      queued.set(method, [...(queued.get(method) ?? []), ...more]);
    },
    always(method, fault) {
      if (fault === null) standing.delete(method);
      else standing.set(method, fault);
    },
    duplicates: 1,
    hold() {
      held ??= [];
    },
    async release() {
      const waiting = held ?? [];
      held = null;
      for (const send of waiting.reverse()) await send();
    },
    expireToken() {
      botToken = `${botToken}-renewed`;
      return botToken;
    },
    withoutScope(...gone) {
      scopes = new Set([...scopes].filter((scope) => !gone.includes(scope)));
    },
    messagesTab: true,
    clockAhead: 0,
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket) => {
    const ticket = new URL(request.url ?? "/", "http://slack").searchParams.get("ticket") ?? "";
    if (!tickets.delete(ticket)) {
      socket.destroy();
      return;
    }
    const peer = acceptSocket(request, socket, {
      message(text) {
        const { envelope_id: id, payload } = JSON.parse(text) as { envelope_id: string; payload?: JsonObject };
        answers.get(id)?.({ status: 200, body: payload && Object.keys(payload).length > 0 ? JSON.stringify(payload) : "" });
        answers.delete(id);
      },
      ended() {
        if (peer) peers.delete(peer);
        changed();
      },
    });
    if (!peer) return;
    peers.add(peer);
    peer.send(JSON.stringify({ type: "hello", num_connections: peers.size, connection_info: { app_id: APP } }));
    changed();
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const path = new URL(request.url ?? "/", "http://slack").pathname;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (path.startsWith("/upload/")) return upload(path.slice(8), bytes, response);
    if (path.startsWith("/files/")) return download(path.slice(7), token, response);
    if (!path.startsWith("/api/")) {
      response.writeHead(404).end();
      return;
    }
    const method = path.slice(5);
    const args = Object.fromEntries(new URLSearchParams(bytes.toString("utf8"))) as JsonObject;
    calls.push({ method, args, token });
    const planned = queued.get(method)?.shift();
    const fault = planned === undefined ? (standing.get(method) ?? standing.get("*")) : planned;
    const send = (status: number, body: JsonObject, headers: Record<string, string> = {}): void => {
      response.writeHead(status, {
        "content-type": "application/json; charset=utf-8",
        "x-oauth-scopes": [...scopes].join(","),
        ...headers,
      });
      response.end(JSON.stringify(body));
    };
    if (fault?.kind === "reset") return void request.socket.destroy();
    if (fault?.kind === "limited") {
      const retry = fault.seconds === null ? {} : { "retry-after": String(fault.seconds) };
      return send(429, { ok: false, error: "ratelimited" }, retry as Record<string, string>);
    }
    if (fault?.kind === "http")
      return void response.writeHead(fault.status, { "content-type": "text/html" }).end("<html>bad gateway</html>");
    if (fault?.kind === "slow") await later(fault.ms);
    if (fault?.kind === "error") return send(200, { ok: false, error: fault.error });
    const wait = pace(method, String(args["channel"] ?? ""));
    if (wait > 0) limited += 1;
    if (wait > 0) return send(429, { ok: false, error: "ratelimited" }, { "retry-after": String(wait) });
    const result = answer({ method, args, token });
    if (fault?.kind === "reset_after") return void request.socket.destroy();
    if (fault?.kind === "silent_after") return;
    send(200, result);
  }

  function upload(id: string, bytes: Buffer, response: ServerResponse): void {
    const file = workspace.files.get(id);
    if (file) file.bytes = bytes;
    response.writeHead(file ? 200 : 404).end(file ? `OK - ${bytes.length}` : "");
  }

  function download(secretPath: string, token: string, response: ServerResponse): void {
    const file = [...workspace.files.values()].find((one) => one.secretPath === secretPath);
    // Without a right token Slack leads to its login page.
    if (token !== botToken || !scopes.has("files:read") || !file?.bytes) {
      response.writeHead(302, { location: "/signin" }).end();
      return;
    }
    response.writeHead(200, { "content-type": file.mime }).end(file.bytes);
  }

  async function deliver(kind: "event" | "interactive" | "command", body: JsonObject): Promise<DeliveryAnswer> {
    const once = async (retry: number): Promise<DeliveryAnswer> => {
      const results: DeliveryAnswer[] = [];
      for (let copy = 0; copy < faults.duplicates; copy++) results.push(await deliverOnce(kind, body, retry));
      return results[0]!;
    };
    const all = async (): Promise<DeliveryAnswer> => {
      let result = await once(0);
      // Only events come again; of a press or a form the person is told that it failed.
      for (let retry = 1; kind === "event" && result.status !== 200 && retry <= RETRIES; retry++) {
        const pauseMs = options.retryPausesMs?.[retry - 1] ?? 0;
        if (pauseMs > 0) await later(pauseMs);
        result = await once(retry);
      }
      if (kind === "event") delivered.push({ event: body, status: result.status });
      return result;
    };
    if (held === null) return all();
    return new Promise((resolve) => {
      held!.push(async () => resolve(await all()));
    });
  }

  async function deliverOnce(kind: "event" | "interactive" | "command", body: JsonObject, retry: number): Promise<DeliveryAnswer> {
    const [peer] = [...peers].filter((one) => one.open);
    if (peer) return deliverBySocket(peer, kind, body, retry);
    if (emulator.requestUrl === null) return { status: 0, body: "" };
    const [type, raw] =
      kind === "event"
        ? ["application/json", JSON.stringify(body)]
        : kind === "interactive"
          ? ["application/x-www-form-urlencoded", new URLSearchParams({ payload: JSON.stringify(body) }).toString()]
          : ["application/x-www-form-urlencoded", new URLSearchParams(body as Record<string, string>).toString()];
    const timestamp = String(Math.floor((now() + faults.clockAhead) / 1_000));
    try {
      const response = await fetch(emulator.requestUrl, {
        method: "POST",
        headers: {
          "content-type": type!,
          "x-slack-request-timestamp": timestamp,
          "x-slack-signature": signSlack(signingSecret, timestamp, raw!),
          ...(retry > 0 ? { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_error" } : {}),
        },
        body: raw!,
      });
      return { status: response.status, body: await response.text() };
    } catch {
      return { status: 0, body: "" };
    }
  }

  function deliverBySocket(
    peer: SocketPeer,
    kind: "event" | "interactive" | "command",
    body: JsonObject,
    retry: number,
  ): Promise<DeliveryAnswer> {
    const id = `envelope-${workspace.nextNumber()}`;
    const type = kind === "event" ? "events_api" : kind === "interactive" ? "interactive" : "slash_commands";
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        answers.delete(id);
        resolve({ status: 0, body: "" });
      }, options.ackMs ?? 3_000);
      answers.set(id, (result) => {
        clearTimeout(late);
        resolve(result);
      });
      peer.send(
        JSON.stringify({
          envelope_id: id,
          type,
          payload: body,
          accepts_response_payload: kind !== "event",
          retry_attempt: retry,
          retry_reason: "",
        }),
      );
    });
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve));
  url = `http://${options.host ?? "127.0.0.1"}:${(server.address() as AddressInfo).port}`;

  const emulator: SlackEmulator = {
    url: `${url}/api/`,
    get botToken() {
      return botToken;
    },
    appToken,
    signingSecret,
    staffChannel,
    requestUrl: null,
    workspace,
    faults,
    calls,
    customer(id, { name = "王芳", locale = "zh-CN" } = {}) {
      workspace.addUser(id, name, locale);
      return createPerson(emulator, id, workspace.direct(id).id);
    },
    staff(id, { name = "陈静", locale = "zh-CN" } = {}) {
      workspace.addUser(id, name, locale);
      workspace.channels.get(staffChannel)!.members.add(id);
      return createPerson(emulator, id, staffChannel);
    },
    deliver,
    limited: () => limited,
    delivered,
    get sockets() {
      return peers.size;
    },
    recycleSockets() {
      for (const peer of [...peers]) peer.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
    },
    cutSockets() {
      for (const peer of [...peers]) peer.cut();
    },
    until: (check) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!check()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    async close() {
      for (const peer of [...peers]) peer.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return emulator;
}

/** The signature of Slack over a body. */
export function signSlack(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}
