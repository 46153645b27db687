/** The little HTTP that the run's clients speak. */
import { Agent, type IncomingMessage, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Client {
  /** @throws Error when no answer came: refused, cut off, or too late */
  get(path: string): Promise<Answer>;
  /** @throws Error as `get`; whether the other side took the request is then unknown */
  post(path: string, body: unknown): Promise<Answer>;
  /** Calls `chunk` with what comes down an open stream; resolves when it ends for any reason. */
  stream(
    path: string,
    headers: Readonly<Record<string, string>>,
    chunk: (text: string) => void,
    opened: (close: () => void) => void,
  ): Promise<void>;
  close(): void;
}

/** An answer takes milliseconds; a process that was killed resets the connection. Only a hung one runs into this, ms. */
const TIMEOUT_MS = 20_000;

/** @param portOf asked anew for each request, as a load balancer chooses one of several */
export function createClient(portOf: () => number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const call = (method: string, path: string, body: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? null : JSON.stringify(body);
      const headers = text === null ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      const sent = request({ host: "127.0.0.1", port: portOf(), method, path, agent, headers, timeout: TIMEOUT_MS }, (response) => {
        readAll(response).then((received) => {
          const isJson = response.headers["content-type"]?.includes("json") === true;
          resolve({ status: response.statusCode!, body: isJson ? (JSON.parse(received) as unknown) : received });
        }, reject);
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
      sent.on("error", reject);
      sent.end(text ?? undefined);
    });
  return {
    get: (path) => call("GET", path, undefined),
    post: (path, body) => call("POST", path, body),
    stream: (path, headers, chunk, opened) =>
      new Promise((resolve) => {
        const sent = request({ host: "127.0.0.1", port: portOf(), path, headers, agent: false }, (response) => {
          response.setEncoding("utf8");
          response.on("data", chunk);
          response.on("close", resolve);
          response.on("error", () => resolve());
        });
        sent.on("error", () => resolve());
        sent.end();
        opened(() => sent.destroy());
      }),
    close: () => agent.destroy(),
  };
}

function readAll(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      text += chunk;
    });
    response.on("end", () => (response.complete ? resolve(text) : reject(new Error("cut off"))));
    response.on("error", reject);
    response.on("close", () => reject(new Error("cut off")));
  });
}

/** Pauses between knocks at a service that is down. */
export interface Knocking {
  /** Waits; twice as long as the last time. */
  pause(): Promise<void>;
  /** The service has answered. */
  answered(): void;
}

/**
 * Who finds nobody at home comes again, each time after a longer while. Without it some hundred clients that knock twenty times a
 * second take the processor from the very start they wait for, and a long run on a small machine gets slower with every fault.
 */
export function createKnocking(firstMs: number, longestMs: number): Knocking {
  let next = firstMs;
  return {
    async pause() {
      const now = next;
      next = Math.min(longestMs, next * 2);
      await pause(now);
    },
    answered() {
      next = firstMs;
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
