/**
 * How fast we send. Telegram publishes no exact limits; its guidance (Bot FAQ): about one message a second per chat with short
 * bursts, 20 a minute per group, about 30 a second in all. Within one process; a version across machines fits behind `Pacer`.
 */
import type { Instant } from "../../core/time.ts";

export interface Pacer {
  /**
   * Waits in the line of a chat, then in that of all chats, in this order: who waits for a chat that is too fast keeps nobody
   * else waiting.
   *
   * @param patienceMs longest wait in either line
   * @returns `null` when it is our turn; else how long the line is, ms, and nothing was waited for
   */
  enter(chat: number, patienceMs: number): Promise<number | null>;
  /** Telegram said 429 for this chat: nothing goes there for so long. When it says so for several chats at once, nowhere. */
  hold(chat: number, afterMs: number): void;
}

interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Private chats: a reply of three messages goes at once. */
const PRIVATE: Rate = { burst: 3, perSecond: 1 };
/** Groups: any minute sees 8 + 12 = 20 at most; a new case (topic, card, words) goes at once. */
const GROUP: Rate = { burst: 8, perSecond: 12 / 60 };
/** All chats: any second sees 5 + 25 = 30 at most. */
const OVERALL: Rate = { burst: 5, perSecond: 25 };
/** So many chats told to wait within {@link STORM_MS} mean that the bot as a whole is too fast. */
const STORM_CHATS = 3;
const STORM_MS = 5_000;
/** Chats remembered; one whose line is empty again is forgotten first. */
const MOST_CHATS = 20_000;

/** When the next place of a line is free: a bucket of tokens told by one instant. */
function freeAt(theoretical: number, rate: Rate, now: Instant): number {
  return Math.max(now, theoretical - (rate.burst - 1) * (1_000 / rate.perSecond));
}

export function createPacer(now: () => Instant, pause: (ms: number) => Promise<void>): Pacer {
  /** Instant at which a line would be empty if nothing more came, per chat. */
  const lines = new Map<number, number>();
  const held = new Map<number, Instant>();
  let overall = 0;
  let heldAll = 0;
  let storm: { readonly chat: number; readonly at: Instant }[] = [];

  const forget = (at: Instant): void => {
    for (const [chat, empty] of lines) if (empty <= at) lines.delete(chat);
    for (const [chat, until] of held) if (until <= at) held.delete(chat);
  };

  return {
    async enter(chat, patienceMs) {
      const at = now();
      const rate = chat < 0 ? GROUP : PRIVATE;
      const line = lines.get(chat) ?? 0;
      const turn = Math.max(freeAt(line, rate, at), held.get(chat) ?? 0, heldAll);
      if (turn - at > patienceMs) return Math.ceil(turn - at);
      lines.set(chat, Math.max(turn, line) + 1_000 / rate.perSecond);
      if (lines.size > MOST_CHATS) forget(at);
      if (turn > at) await pause(Math.ceil(turn - at));
      const then = now();
      const free = Math.max(freeAt(overall, OVERALL, then), heldAll);
      if (free - then > patienceMs) return Math.ceil(free - then);
      overall = Math.max(overall, then) + 1_000 / OVERALL.perSecond;
      if (free > then) await pause(Math.ceil(free - then));
      return null;
    },
    hold(chat, afterMs) {
      const at = now();
      held.set(chat, Math.max(held.get(chat) ?? 0, at + afterMs));
      storm = [...storm.filter((one) => at - one.at < STORM_MS && one.chat !== chat), { chat, at }];
      if (storm.length >= STORM_CHATS) heldAll = Math.max(heldAll, at + afterMs);
    },
  };
}
