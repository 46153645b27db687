/**
 * Files that staff sent from a team chat, shown to the customer of a page. The platform that keeps such a file gives it to nobody
 * without its token, so it is served through us: under an address that is sealed with a key of ours, names one message of one
 * conversation, and is good for an hour. The page gets a new address whenever it reads the conversation.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { Clock, FileSource, Store } from "../../core/ports.ts";
import { FILE_LIMIT_BYTES } from "../../core/spine/carry.ts";
import type { ConversationId, Media, StoredMessage } from "../../core/spine/events.ts";
import { HOUR_MS } from "../../core/time.ts";
import { sameSecret } from "../http/guard.ts";
import { type HttpHost, HttpProblem } from "../http/index.ts";
import type { FileLink } from "./render.ts";

const ROOT = "/channels/web/files";
const KEY = "web:files-key";
const GOOD_FOR_MS = HOUR_MS;
/** Files in hand at once: each is in memory while it is passed on. */
const MOST_AT_ONCE = 4;
/** What a browser may show by itself; all else is saved, so that no page of a stranger's runs under our name. */
const SHOWN = /^(?:image\/(?:jpeg|png|gif|webp)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

export interface WebFiles {
  /** How messages read now name their files. */
  links(): Promise<FileLink>;
}

/** @param sources by the channel's name; those that keep a file read it */
export function mountFiles(host: HttpHost, store: Store, clock: Clock, sources: ReadonlyMap<string, FileSource>): WebFiles {
  let key: Promise<Buffer> | null = null;
  let inHand = 0;

  /** The same in every process on this store. */
  function keyOf(): Promise<Buffer> {
    key ??= store
      .unit(async (unit) => {
        const kept = await unit.meta.get(KEY);
        const made = kept ?? randomBytes(32).toString("base64url");
        if (kept === null) await unit.meta.set(KEY, made);
        return Buffer.from(made, "base64url");
      })
      .catch((error: unknown) => {
        key = null;
        throw error;
      });
    return key;
  }

  const sourceOf = (media: Media): FileSource | undefined => [...sources.values()].find((one) => one.keeps(media.ref));

  host.app.get(`${ROOT}/:conversation/:seq/:until/:seal`, async (request, reply) => {
    const given = request.params as Readonly<Record<"conversation" | "seq" | "until" | "seal", string>>;
    const conversation = Buffer.from(given.conversation, "base64url").toString("utf8");
    const genuine = sameSecret(given.seal, sealOf(await keyOf(), conversation, given.seq, given.until));
    // Whether there is such a file is nobody's business who has no address for it.
    if (!genuine || Number.parseInt(given.until, 36) <= clock.now()) throw unknown();
    const seq = Number.parseInt(given.seq, 36);
    const message = (await store.unit((unit) => unit.messages.list(conversation, seq - 1, 1)))[0];
    const media = message?.seq === seq && message.from === "staff" ? message.media : null;
    const source = media === null ? undefined : sourceOf(media);
    if (media === null || source === undefined) throw unknown();
    if (inHand >= MOST_AT_ONCE) throw later();
    inHand += 1;
    try {
      const read = await source.read(media, FILE_LIMIT_BYTES);
      if (read.result === "retry") throw later();
      if (read.result === "refused") throw unknown();
      const content = /^data:([\w.+/-]+);base64,(.*)$/s.exec(read.media.ref);
      if (content === null) throw unknown();
      const type = content[1]!.toLowerCase();
      const isShown = SHOWN.test(type);
      return reply
        .type(isShown ? type : "application/octet-stream")
        .header(
          "content-disposition",
          `${isShown ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(read.media.name ?? "file")}`,
        )
        .header("content-security-policy", "sandbox; default-src 'none'")
        .header("cache-control", "private, max-age=3600")
        .send(Buffer.from(content[2]!, "base64"));
    } finally {
      inHand -= 1;
    }
  });

  return {
    async links() {
      const sealedWith = await keyOf();
      const until = (clock.now() + GOOD_FOR_MS).toString(36);
      return (message: StoredMessage) => {
        if (message.media === null || sourceOf(message.media) === undefined) return null;
        const seq = message.seq.toString(36);
        const conversation = Buffer.from(message.conversation, "utf8").toString("base64url");
        return `${ROOT}/${conversation}/${seq}/${until}/${sealOf(sealedWith, message.conversation, seq, until)}`;
      };
    },
  };
}

/** 192 bits. */
function sealOf(key: Buffer, conversation: ConversationId, seq: string, until: string): string {
  return createHmac("sha256", key)
    .update(JSON.stringify([conversation, seq, until]))
    .digest("base64url")
    .slice(0, 32);
}

const unknown = (): HttpProblem =>
  new HttpProblem(404, "file_unknown", "There is no such file, or its address has run out. 文件不存在，或链接已过期。");
const later = (): HttpProblem =>
  new HttpProblem(503, "file_later", "The file can't be fetched now; try again in a moment. 暂时取不到文件，请稍后再试。", 5);
