/**
 * Gathers albums. Telegram sends each item as a message of its own, with no count and no end; what came within a settling time
 * is one event. Each item is kept in the store before Telegram hears that it arrived, so a crash in between loses none: open
 * albums are found again at the next start.
 */
import { errorName } from "../../core/errors.ts";
import type { Intake } from "../../core/ports.ts";
import { conversationOf, entryId } from "./ids.ts";
import type { Notes } from "./notes.ts";
import type { AlbumPart } from "./parse.ts";
import type { ChannelLog } from "./types.ts";

interface Album {
  readonly chat: number;
  /** Parts that wait to be told; empty once they are. */
  readonly parts: readonly AlbumPart[];
  /** Messages that were told already: delivered again they are nothing new. */
  readonly told: readonly number[];
  readonly receivedAt: number;
}

export interface Albums {
  /** Resolves when the part is kept. */
  add(chat: number, group: string, part: AlbumPart): Promise<void>;
  /** Takes up what was open when the process ended. */
  resume(): Promise<void>;
  /** Tells what is open at once; resolves when nothing is under way. */
  stop(): Promise<void>;
}

export interface AlbumsParts {
  readonly bot: number;
  readonly notes: Notes;
  readonly intake: Intake;
  readonly now: () => number;
  readonly settle: () => Promise<void>;
  readonly log: ChannelLog;
}

const OPEN = "albums";
/** Tries to tell an album before it is left to the next start. */
const TRIES = 5;

export function createAlbums({ bot, notes, intake, now, settle, log }: AlbumsParts): Albums {
  const underWay = new Set<Promise<void>>();
  const keyOf = (chat: number, group: string): string => `album:${chat}:${group}`;

  async function tell(key: string, expected: number | null): Promise<void> {
    const album = await notes.read<Album>(key);
    // More came meanwhile: its own settling time counts.
    if (!album || album.parts.length === 0 || (expected !== null && album.parts.length !== expected)) return;
    const parts = [...album.parts].sort((one, other) => one.message - other.message);
    const [first, ...more] = parts;
    const words = parts.flatMap((part) => part.text ?? []);
    await intake.accept([
      {
        id: entryId(album.chat, bot, first!.message),
        conversation: conversationOf(album.chat),
        receivedAt: album.receivedAt,
        event: {
          kind: "media",
          media: first!.media,
          text: words.length > 0 ? words.join("\n") : null,
          ...(more.length > 0 ? { more: more.map((part) => part.media) } : {}),
        },
      },
    ]);
    const toldNow = new Set(parts.map((part) => part.message));
    await notes.change<Album, void>(key, (kept) => ({
      result: undefined,
      value: {
        ...album,
        parts: (kept?.parts ?? []).filter((part) => !toldNow.has(part.message)),
        told: [...(kept?.told ?? []), ...toldNow],
      },
    }));
    await notes.change<readonly string[], void>(OPEN, (open) => ({ result: undefined, value: (open ?? []).filter((one) => one !== key) }));
  }

  async function tellLater(key: string, expected: number | null): Promise<void> {
    for (let round = 1; ; round++) {
      await settle();
      try {
        return await tell(key, expected);
      } catch (error) {
        log("warn", "telegram.album_waits", { error: errorName(error), round });
        if (round >= TRIES) return;
      }
    }
  }

  const begin = (key: string, expected: number | null): void => {
    const run: Promise<void> = tellLater(key, expected).finally(() => underWay.delete(run));
    underWay.add(run);
  };

  return {
    async add(chat, group, part) {
      const key = keyOf(chat, group);
      const count = await notes.change<Album, number | null>(key, (album) => {
        const parts = album?.parts ?? [];
        const told = album?.told ?? [];
        if (told.includes(part.message)) return { result: null };
        // Delivered again: it is kept, and whether its album was ever begun isn't known.
        if (parts.some((one) => one.message === part.message)) return { result: parts.length };
        const all = [...parts, part];
        return { value: { chat, parts: all, told, receivedAt: album?.receivedAt ?? now() }, result: all.length };
      });
      if (count === null) return;
      await notes.change<readonly string[], void>(OPEN, (open) => ({ result: undefined, value: [...new Set([...(open ?? []), key])] }));
      begin(key, count);
    },
    async resume() {
      for (const key of (await notes.read<readonly string[]>(OPEN)) ?? []) begin(key, null);
    },
    async stop() {
      await Promise.all(underWay);
      for (const key of (await notes.read<readonly string[]>(OPEN)) ?? []) {
        try {
          await tell(key, null);
        } catch (error) {
          log("warn", "telegram.album_left", { error: errorName(error) });
        }
      }
    },
  };
}
