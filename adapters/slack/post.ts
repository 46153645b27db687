/**
 * Posts what belongs together (the parts of one message), each part once.
 *
 * Slack takes no key with a message. So each post carries our id in its metadata, and when nobody knows whether a post arrived
 * (the connection was cut, Slack failed half-way, this process was killed) the channel is searched for it before it is posted
 * again. The metadata can be read by every app in the channel: ids only.
 */
import type { Instant } from "../../core/time.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../core/time.ts";
import type { SlackApi } from "./api.ts";
import { type Failure, isAboutBlocks } from "./errors.ts";
import { isObject, type JsonObject, listIn, objectIn, type Post, textIn } from "./types.ts";

export interface Target {
  readonly channel: string;
  /** Timestamp of the thread's first message; `null` = the channel itself. */
  readonly thread: string | null;
  /** A reply that shows in the channel too. */
  readonly broadcast?: boolean;
}

export interface Batch {
  /** Our id of the message: the same message has the same key after a crash. */
  readonly key: string;
  readonly posts: readonly Post[];
  readonly target: Target;
  /** It may have been tried before this process began; then it is looked for first. */
  readonly triedBefore: boolean;
  /** When it can have been posted at the earliest. */
  readonly since: Instant;
}

export type Posted = { readonly ok: true; readonly timestamps: readonly string[] } | { readonly ok: false; readonly failure: Failure };

export interface Poster {
  post(batch: Batch): Promise<Posted>;
}

interface Progress {
  /** Timestamps by part. */
  readonly done: Map<number, string>;
  /** A post may have arrived without our knowing. */
  uncertain: boolean;
}

const EVENT_TYPE = "anxin_message";
/** Messages whose progress is remembered. */
const REMEMBERED = 5_000;
/** Our clock and Slack's may be apart, and a message waits before it is tried. */
const SLACK_BEHIND_MS = HOUR_MS;
const PAGE = 200;
const PAGES = 5;

export function createPoster(api: SlackApi): Poster {
  const progress = new Map<string, Progress>();

  function progressOf(batch: Batch): Progress {
    const known = progress.get(batch.key) ?? { done: new Map(), uncertain: batch.triedBefore };
    progress.delete(batch.key);
    progress.set(batch.key, known);
    if (progress.size > REMEMBERED) progress.delete(progress.keys().next().value!);
    return known;
  }

  /** Adds what is found in the channel; `null` = it could be searched. */
  async function lookUp(batch: Batch, known: Progress): Promise<Failure | null> {
    const { channel, thread } = batch.target;
    let cursor: string | null = null;
    for (let page = 0; page < PAGES; page++) {
      const found = await api.call(thread === null ? "conversations.history" : "conversations.replies", {
        channel,
        ...(thread === null ? {} : { ts: thread }),
        oldest: String(Math.floor((batch.since - SLACK_BEHIND_MS) / SECOND_MS)),
        include_all_metadata: true,
        limit: PAGE,
        ...(cursor === null ? {} : { cursor }),
      });
      if (!found.ok) return found.failure;
      for (const message of listIn(found.data, "messages")) {
        const metadata = objectIn(message, "metadata");
        const payload = objectIn(metadata, "event_payload");
        const ts = textIn(message, "ts");
        if (textIn(metadata, "event_type") !== EVENT_TYPE || textIn(payload, "key") !== batch.key || ts === null) continue;
        if (typeof payload["part"] === "number") known.done.set(payload["part"], ts);
      }
      cursor = textIn(objectIn(found.data, "response_metadata"), "next_cursor");
      if (cursor === null) return null;
    }
    return null;
  }

  async function postOne(batch: Batch, part: number): Promise<{ readonly ts: string } | { readonly failure: Failure }> {
    const { channel, thread, broadcast } = batch.target;
    const post = batch.posts[part]!;
    const args = {
      channel,
      text: post.text,
      blocks: post.blocks,
      ...(thread === null ? {} : { thread_ts: thread, reply_broadcast: broadcast === true }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: EVENT_TYPE, event_payload: { key: batch.key, part } },
    } satisfies JsonObject;
    let sent = await api.call("chat.postMessage", args, channel);
    // Words without their lay-out are better than none: this time they go alone.
    if (!sent.ok && isAboutBlocks(sent.failure)) {
      const { blocks: _blocks, ...plain } = args;
      sent = await api.call("chat.postMessage", plain, channel);
    }
    if (!sent.ok) return { failure: sent.failure };
    const ts = isObject(sent.data) ? textIn(sent.data, "ts") : null;
    return ts === null ? { failure: { kind: "unknown", error: "no_timestamp" } } : { ts };
  }

  return {
    async post(batch) {
      const known = progressOf(batch);
      if (known.uncertain) {
        const failure = await lookUp(batch, known);
        if (failure !== null) {
          // A lost thread holds nothing of ours any more; without the right to look nothing can ever be found.
          const blind = failure.kind === "later" && failure.error === "missing_scope";
          if (!blind && failure.kind !== "refused") return { ok: false, failure };
        }
        known.uncertain = false;
      }
      for (let part = 0; part < batch.posts.length; part++) {
        if (known.done.has(part)) continue;
        const result = await postOne(batch, part);
        if ("failure" in result) {
          known.uncertain = result.failure.kind === "unknown";
          return { ok: false, failure: result.failure };
        }
        known.done.set(part, result.ts);
      }
      return { ok: true, timestamps: batch.posts.map((_post, part) => known.done.get(part)!) };
    },
  };
}

/** A process that was killed in the middle of a post has its posts tried again within this time of the next start. */
export const AFTER_START_MS = 15 * MINUTE_MS;
