/**
 * Server-sent events with bounds: so many streams overall and per key, a heartbeat, and readers that take nothing are cut.
 * A sender waits until the reader has taken what went before, so a slow reader costs one event of memory and no more.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { SECURITY_HEADERS } from "./headers.ts";
import type { HttpLimits } from "./limits.ts";
import { HttpProblem } from "./problems.ts";

export interface ServerEvent {
  readonly event: string;
  /** Comes back as `Last-Event-ID` after a break. */
  readonly id?: string;
  readonly data: unknown;
}

export interface EventStream {
  readonly open: boolean;
  /** Resolves when there is room for more; `false` when the stream has ended. */
  send(event: ServerEvent): Promise<boolean>;
  /** Calls `listener` once when the stream has ended, whoever ended it; at once if it has already. */
  ended(listener: () => void): void;
  end(): void;
}

export interface EventStreams {
  /**
   * Turns the request into a stream.
   *
   * @param key what the bound `most` counts by
   * @throws HttpProblem 429 or 503 when there are too many
   */
  open(request: FastifyRequest, reply: FastifyReply, key: string, most: number): EventStream;
  readonly count: number;
  closeAll(): void;
}

/** A browser waits this long before it connects again, ms. */
const RETRY_HINT_MS = 2_000;

export function createEventStreams(limits: Pick<HttpLimits, "heartbeatMs" | "streams" | "stalledMs">): EventStreams {
  const open = new Set<EventStream>();
  const perKey = new Map<string, number>();
  let closing = false;
  return {
    open(request, reply, key, most) {
      if (closing)
        throw new HttpProblem(503, "closing", "The service is restarting; connect again in a moment. 服务正在重启，请稍后重连。", 2);
      if (open.size >= limits.streams)
        throw new HttpProblem(
          503,
          "too_many_streams",
          "Too many live connections; read by polling meanwhile. 实时连接过多，请暂用轮询。",
          10,
        );
      const own = perKey.get(key) ?? 0;
      if (own >= most)
        throw new HttpProblem(
          429,
          "too_many_streams",
          "Too many live connections of this kind; close some. 同类实时连接过多，请关闭部分页面。",
          10,
        );
      perKey.set(key, own + 1);
      const stream = startStream(request, reply, limits);
      open.add(stream);
      stream.ended(() => {
        open.delete(stream);
        const left = (perKey.get(key) ?? 1) - 1;
        if (left > 0) perKey.set(key, left);
        else perKey.delete(key);
      });
      return stream;
    },
    get count() {
      return open.size;
    },
    closeAll() {
      closing = true;
      for (const stream of [...open]) stream.end();
    },
  };
}

function startStream(request: FastifyRequest, reply: FastifyReply, limits: Pick<HttpLimits, "heartbeatMs" | "stalledMs">): EventStream {
  reply.hijack();
  const raw = reply.raw;
  raw.writeHead(200, {
    ...SECURITY_HEADERS,
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    // Proxies that buffer would hold events back.
    "x-accel-buffering": "no",
  });
  let isOpen = true;
  const listeners: (() => void)[] = [];
  const finish = (): void => {
    if (!isOpen) return;
    isOpen = false;
    clearInterval(heartbeat);
    for (const listener of listeners) listener();
  };
  /** Resolves when written on, the stream has ended, or the reader was cut for taking nothing. */
  const write = (text: string): Promise<boolean> => {
    if (!isOpen) return Promise.resolve(false);
    if (raw.write(text)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(stalled);
        raw.off("drain", settle);
        raw.off("close", settle);
        resolve(isOpen);
      };
      const stalled = setTimeout(() => raw.destroy(), limits.stalledMs);
      raw.once("drain", settle);
      raw.once("close", settle);
    });
  };
  const heartbeat = setInterval(() => {
    // A reader that is behind needs no heartbeat, and must not be given more to buffer.
    if (!raw.writableNeedDrain) raw.write(": still here\n\n");
  }, limits.heartbeatMs);
  raw.once("close", finish);
  raw.once("error", finish);
  request.raw.once("error", finish);
  void write(`retry: ${RETRY_HINT_MS}\n\n`);
  return {
    get open() {
      return isOpen;
    },
    send: (event) => write(encodeEvent(event)),
    ended(listener) {
      if (isOpen) listeners.push(listener);
      else listener();
    },
    end() {
      raw.end();
      finish();
    },
  };
}

/** One event on the wire. JSON has no bare line breaks, so one `data:` line holds it. */
function encodeEvent(event: ServerEvent): string {
  const id = event.id === undefined ? "" : `id: ${event.id}\n`;
  return `event: ${event.event}\n${id}data: ${JSON.stringify(event.data)}\n\n`;
}
