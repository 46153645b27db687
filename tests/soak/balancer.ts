/**
 * A load balancer as compose.yaml has one before the fronts: sends each request to the next front that is well, tries another
 * when one can't be reached, and leaves one alone for a while that failed or said that it isn't ready.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pause } from "./http.ts";

export interface Balancer {
  readonly port: number;
  /** Requests that found no front, or lost the one they had before it answered. */
  unanswered(): number;
  end(): Promise<void>;
}

/** For so long other fronts are tried, ms; then the caller is told. */
const TRIES_FOR_MS = 5_000;
const BETWEEN_TRIES_MS = 50;
/** For so long a front that failed is left alone, ms, unless there is no other. */
const LEFT_ALONE_MS = 1_000;

export async function startBalancer(fronts: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 400 });
  const failedAt = new Map<number, number>();
  let turn = 0;
  let unanswered = 0;

  function choose(): number {
    turn += 1;
    const inTurn = fronts.map((_, place) => fronts[(turn + place) % fronts.length]!);
    return inTurn.find((port) => performance.now() - (failedAt.get(port) ?? Number.NEGATIVE_INFINITY) > LEFT_ALONE_MS) ?? inTurn[0]!;
  }

  /** Resolves when the answer has begun. @throws Error when the front could not be reached, or went away before it answered */
  function pass(port: number, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<void> {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = incoming;
      const drop = (): void => void passed.destroy();
      const passed = request({ host: "127.0.0.1", port, method, path: url, headers, agent }, (answer) => {
        if (answer.statusCode === 503) failedAt.set(port, performance.now());
        outgoing.writeHead(answer.statusCode!, answer.headers);
        // Live streams begin before their first event.
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        answer.once("error", () => outgoing.destroy());
        answer.once("close", () => {
          if (!answer.complete) outgoing.destroy();
        });
        resolve();
      });
      outgoing.once("close", drop);
      passed.once("error", (error) => {
        outgoing.removeListener("close", drop);
        reject(error);
      });
      passed.end(body);
    });
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const deadline = performance.now() + TRIES_FOR_MS;
    while (!outgoing.destroyed) {
      const port = choose();
      try {
        // The same message twice is one message, so that a lost answer is no reason not to ask another front.
        return await pass(port, incoming, body, outgoing);
      } catch {
        failedAt.set(port, performance.now());
      }
      if (performance.now() > deadline) {
        unanswered += 1;
        outgoing.writeHead(503, { "retry-after": "1" }).end();
        return;
      }
      await pause(BETWEEN_TRIES_MS);
    }
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    unanswered: () => unanswered,
    async end() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
