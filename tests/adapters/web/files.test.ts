/** Files that staff sent from a team chat, as the customer of a page gets them: by an address of ours, for an hour, and nobody else's. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { webConversation } from "../../../adapters/web/index.ts";
import type { FileRead, FileSource } from "../../../core/ports.ts";
import type { Media } from "../../../core/spine/events.ts";
import { HOUR_MS } from "../../../core/time.ts";
import { message, NOW, startTestService, type TestService } from "./support.ts";

const PICTURE = Buffer.from("89504e470d0a1a0a", "hex");

let service: TestService;
let answer: FileRead;
let asked: Media[];

const platform: FileSource = {
  keeps: (ref) => ref.startsWith("kept:"),
  async read(media) {
    asked.push(media);
    return answer;
  },
};

function holding(type: string, content: Buffer, name: string): FileRead {
  return {
    result: "read",
    media: { kind: "photo", ref: `data:${type};base64,${content.toString("base64")}`, name, mime: type },
  };
}

beforeEach(async () => {
  asked = [];
  answer = holding("image/png", PICTURE, "部件 1.png");
  service = await startTestService({ files: new Map([["telegram", platform]]) });
});
afterEach(() => service.close());

async function keep(conversation: string, from: "staff" | "customer", ref = "kept:1"): Promise<void> {
  const media: Media = { kind: "photo", ref, name: "部件 1.png", mime: "image/png" };
  await service.store.unit((unit) => unit.messages.add({ ...message(webConversation(conversation), `${from}-1`, from, "", NOW), media }));
}

async function addressIn(conversation: string): Promise<string | undefined> {
  const response = await fetch(`${service.url}/channels/web/messages?conversation=${conversation}`);
  const { messages } = (await response.json()) as { messages: { media?: { url?: string } }[] };
  return messages[0]?.media?.url;
}

const get = (address: string): Promise<Response> => fetch(`${service.url}${address}`);

describe("a file that staff sent from a team chat", () => {
  test("is read from its platform and shown to the customer, never cached by others", async () => {
    await keep("c1", "staff");
    const response = await get((await addressIn("c1"))!);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PICTURE);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent("部件 1.png")}`,
      "cache-control": "private, max-age=3600",
      "content-security-policy": "sandbox; default-src 'none'",
    });
    expect(asked).toMatchObject([{ ref: "kept:1" }]);
  });

  test.each([["text/html"], ["image/svg+xml"], ["application/pdf"]])("of type %s is saved, not shown under our name", async (type) => {
    answer = holding(type, Buffer.from("<script>alert(1)</script>"), "x");
    await keep("c1", "staff");
    const response = await get((await addressIn("c1"))!);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment/);
  });

  test("has an address that changed by one letter, of another conversation or of another message opens nothing", async () => {
    await keep("c1", "staff");
    await keep("c2", "staff");
    const [, , , , conversation, seq, until, seal] = (await addressIn("c1"))!.split("/");
    const other = (await addressIn("c2"))!.split("/");
    const turned = `${seal!.startsWith("A") ? "B" : "A"}${seal!.slice(1)}`;
    for (const parts of [
      [conversation, seq, until, turned],
      [other[4], seq, until, seal],
      [conversation, "zz", until, seal],
      [conversation, seq, `${until}0`, seal],
      [conversation, seq, until, "short"],
    ])
      expect((await get(`/channels/web/files/${parts.join("/")}`)).status, parts.join("/")).toBe(404);
    expect(asked).toEqual([]);
  });

  test("has an address that is good for an hour; the page gets a new one by reading again", async () => {
    await keep("c1", "staff");
    const old = (await addressIn("c1"))!;
    service.ahead = HOUR_MS - 1;
    expect((await get(old)).status).toBe(200);
    service.ahead = HOUR_MS;
    expect((await get(old)).status).toBe(404);
    expect((await get((await addressIn("c1"))!)).status).toBe(200);
  });

  test.each([
    ["can't be fetched now", { result: "retry", afterMs: 1_000, reason: "busy" }, 503],
    ["is gone from its platform", { result: "refused", reason: "file_unknown" }, 404],
  ] as const)("that %s is told so", async (_name, read, status) => {
    answer = read as FileRead;
    await keep("c1", "staff");
    expect((await get((await addressIn("c1"))!)).status).toBe(status);
  });

  test("is named only where a platform keeps it, and never for what the customer sent", async () => {
    await keep("c1", "staff", "unknown:1");
    await keep("c2", "customer");
    expect(await addressIn("c1")).toBeUndefined();
    expect(await addressIn("c2")).toBeUndefined();
  });
});
