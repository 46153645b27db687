import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { call, startTestService, type TestService, type TestServiceOptions } from "./support.ts";

let service: TestService;
const readers: EventReader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.stop();
  await service.close();
});

const start = async (options: TestServiceOptions = {}): Promise<void> => {
  service = await startTestService(options);
};

interface ReadEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: { readonly seq: number; readonly text: string };
}

/** Reads server-sent events as they come. */
class EventReader {
  readonly events: ReadEvent[] = [];
  readonly comments: string[] = [];
  ended = false;
  private readonly abort = new AbortController();
  private readonly waiting = new Set<() => void>();
  readonly response: Promise<Response>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.response = fetch(url, { headers, signal: this.abort.signal });
    void this.read()
      .catch(() => undefined)
      .then(() => {
        this.ended = true;
        this.tell();
      });
    readers.push(this);
  }

  private async read(): Promise<void> {
    const response = await this.response;
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of response.body!) {
      rest += decoder.decode(chunk, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop()!;
      for (const block of blocks) this.take(block);
      this.tell();
    }
  }

  private take(block: string): void {
    if (block.startsWith(":")) {
      this.comments.push(block);
      return;
    }
    const field = (name: string): string | null => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? null;
    const data = field("data");
    if (data !== null) this.events.push({ event: field("event")!, id: field("id"), data: JSON.parse(data) });
    else this.comments.push(block);
  }

  private tell(): void {
    for (const look of [...this.waiting]) look();
  }

  /** Resolves once `holds`. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  get texts(): string[] {
    return this.events.map(({ data }) => data.text);
  }

  stop(): void {
    this.abort.abort();
  }
}

const stream = (query: string, headers: Readonly<Record<string, string>> = {}): EventReader =>
  new EventReader(`${service.url}/channels/web/stream?${query}`, headers);
const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

describe("GET /channels/web/stream", () => {
  test("replays what is there, then gives what comes, each once and in order, while messages keep coming", async () => {
    await start();
    for (let index = 1; index <= 150; index++) await service.say("web:c1", `b${index}`, "bot", String(index));
    const reader = stream("conversation=c1");
    for (let index = 151; index <= 400; index++) await service.say("web:c1", `b${index}`, "bot", String(index));
    await reader.until(() => reader.events.length >= 400);
    expect(reader.texts).toEqual(numbers(1, 400));
    expect(reader.events.map(({ event, id, data }) => event === "message" && id === String(data.seq))).not.toContain(false);
  });

  test("goes on after Last-Event-ID, whatever the address says", async () => {
    await start();
    for (let index = 1; index <= 5; index++) await service.say("web:c1", `b${index}`, "bot", String(index));
    const reader = stream("conversation=c1&after=1", { "last-event-id": "3" });
    await reader.until(() => reader.events.length >= 2);
    expect(reader.texts).toEqual(["4", "5"]);
  });

  test("starts where the address says when Last-Event-ID is no number of ours", async () => {
    await start();
    for (let index = 1; index <= 3; index++) await service.say("web:c1", `b${index}`, "bot", String(index));
    const reader = stream("conversation=c1&after=2", { "last-event-id": "x" });
    await reader.until(() => reader.events.length >= 1);
    expect(reader.texts).toEqual(["3"]);
  });

  test("watches a conversation before its first message, and no other one", async () => {
    await start();
    const reader = stream("conversation=new");
    expect((await reader.response).headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    await service.say("web:other", "b0", "bot", "not yours");
    await call(`${service.url}/channels/web/messages`, { conversation: "new", id: "m1", text: "hi" });
    await reader.until(() => reader.events.length >= 2);
    expect(reader.texts).toEqual(["hi", "You said: hi"]);
  });

  test("tells browsers when to connect again, and sends heartbeats", async () => {
    await start({ httpLimits: { heartbeatMs: 5 } });
    const reader = stream("conversation=c1");
    await reader.until(() => reader.comments.length >= 3);
    expect(reader.comments.slice(0, 3)).toEqual(["retry: 2000", ": still here", ": still here"]);
  });

  test("bounds the streams of a conversation and of the host", async () => {
    await start({ limits: { streamsPerConversation: 2 }, httpLimits: { streams: 3 } });
    const status = async (query: string): Promise<number> => (await stream(query).response).status;
    expect(await status("conversation=c1")).toBe(200);
    expect(await status("conversation=c1")).toBe(200);
    expect(await status("conversation=c1")).toBe(429);
    expect(await status("conversation=c2")).toBe(200);
    expect(await status("conversation=c3")).toBe(503);
  });

  test("gives its place back and stops watching when the reader leaves", async () => {
    await start();
    const reader = stream("conversation=c1");
    await reader.response;
    while (service.feed.watchers() === 0) await new Promise((resolve) => setImmediate(resolve));
    reader.stop();
    while (service.feed.watchers() > 0 || service.host.streams.count > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(service.host.streams.count).toBe(0);
  });

  test("cuts a reader that takes nothing, and loses nothing for it", async () => {
    await start({ httpLimits: { stalledMs: 50 } });
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.pause();
    socket.write("GET /channels/web/stream?conversation=c1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const words = "x".repeat(400_000);
    while (service.host.streams.count === 0) await new Promise((resolve) => setImmediate(resolve));
    // How much the machine's own buffers take before the reader's idleness is felt differs by tens of megabytes: sent until cut.
    let sent = 0;
    while (service.host.streams.count > 0) {
      await service.say("web:c1", `b${sent}`, "bot", words);
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.destroy();
    // A busy machine may cut this reader too, after 50 ms: it comes back as a browser does.
    const ids: string[] = [];
    while (ids.length < sent) {
      const reader = stream("conversation=c1", { "last-event-id": ids.at(-1) ?? "0" });
      await reader.until(() => reader.ended || ids.length + reader.events.length >= sent);
      ids.push(...reader.events.map(({ id }) => id!));
    }
    expect(ids).toEqual(Array.from({ length: sent }, (_, index) => String(index + 1)));
  }, 30_000);

  test("ends when the service stops, which waits for nobody's stream", async () => {
    await start();
    const reader = stream("conversation=c1");
    await reader.response;
    await service.host.close();
    await reader.until(() => reader.ended);
    expect(service.host.streams.count).toBe(0);
  });

  test("answers 400 to a bad address", async () => {
    await start();
    expect((await stream("conversation=c1&after=x").response).status).toBe(400);
    expect((await stream("conversation=").response).status).toBe(400);
  });
});

describe("GET /desk/api/stream", () => {
  test("tells which conversations changed", async () => {
    await start();
    const reader = new EventReader(`${service.url}/desk/api/stream`);
    await reader.until(() => reader.events.length >= 1);
    await service.say("web:c1", "b1", "bot", "a");
    await reader.until(() => reader.events.length >= 2);
    expect(reader.events.map(({ event, data }) => [event, data])).toEqual([
      ["ready", {}],
      ["changed", { conversations: ["web:c1"] }],
    ]);
  });
});
