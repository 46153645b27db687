/**
 * Follows a conversation down a stream: everything after a sequence number, then what comes.
 *
 * One loop reads the store from where it stands and sends; a hint of the feed only makes it look again. So there is no border
 * between replay and live at which a message could be missed or sent twice. A slow look of its own makes up for a hint that
 * got lost between machines.
 */
import { PRESENCE_HINT, type Writing } from "../../core/desk/presence.ts";
import type { Feed, Store } from "../../core/ports.ts";
import type { ConversationId } from "../../core/spine/events.ts";
import type { EventStream } from "../http/index.ts";
import { type FileLink, renderMessage } from "./render.ts";

const BATCH = 100;
/** Looks without a hint this often, ms. */
const LOOK_AGAIN_MS = 15_000;

export interface Followed {
  readonly store: Store;
  readonly feed: Feed;
  readonly conversation: ConversationId;
  /** Last sequence number the reader has. */
  readonly after: number;
  readonly zone: string;
  /** Addresses of files, good from now on. */
  readonly links: () => Promise<FileLink>;
}

/** Resolves when the stream has ended; rejects when the store failed. */
export async function followConversation(stream: EventStream, { store, feed, conversation, after, zone, links }: Followed): Promise<void> {
  const bell = createBell();
  const unwatch = feed.watch(conversation, bell.ring);
  const again = setInterval(bell.ring, LOOK_AGAIN_MS);
  stream.ended(bell.ring);
  try {
    let last = after;
    while (stream.open) {
      const heard = bell.next();
      const messages = await store.unit((unit) => unit.messages.list(conversation, last, BATCH));
      const linkOf = await links();
      for (const message of messages) {
        if (!(await stream.send({ event: "message", id: String(message.seq), data: renderMessage(message, zone, linkOf) }))) return;
        last = message.seq;
      }
      if (messages.length < BATCH && stream.open) await heard;
    }
  } finally {
    clearInterval(again);
    unwatch();
  }
}

/**
 * Sends `changed` when anything changed, and `writing` with who is writing when that did, at most every `paceMs`. Those who only
 * watch are told what somebody types by this alone: nothing is asked for again and again.
 */
export async function followChanges(
  stream: EventStream,
  feed: Feed,
  paceMs: number,
  writing: () => Promise<readonly Writing[]>,
): Promise<void> {
  const bell = createBell();
  const changed = new Set<string>();
  const unwatch = feed.watch(null, (conversation) => {
    changed.add(conversation);
    bell.ring();
  });
  stream.ended(bell.ring);
  try {
    await stream.send({ event: "ready", data: {} });
    while (stream.open) {
      const heard = bell.next();
      if (changed.size === 0) {
        await heard;
        continue;
      }
      const present = changed.delete(PRESENCE_HINT);
      const conversations = [...changed].slice(0, BATCH);
      changed.clear();
      if (present) await stream.send({ event: "writing", data: { writing: await writing() } });
      if (conversations.length > 0) await stream.send({ event: "changed", data: { conversations } });
      await new Promise((resolve) => setTimeout(resolve, paceMs));
    }
  } finally {
    unwatch();
  }
}

/** `next` is taken before looking and awaited after it: a ring in between is not lost. */
function createBell(): { readonly ring: () => void; readonly next: () => Promise<void> } {
  let release: () => void = () => undefined;
  let waiting: Promise<void> = Promise.resolve();
  const renew = (): void => {
    waiting = new Promise((resolve) => {
      release = resolve;
    });
  };
  renew();
  return {
    ring: () => release(),
    next() {
      renew();
      return waiting;
    },
  };
}
