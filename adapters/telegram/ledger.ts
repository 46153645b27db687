/**
 * Which message ids have been seen, so that a message whose answer was lost can be looked for.
 *
 * Telegram numbers messages one after another: those of all private chats of a bot together, those of each supergroup by itself
 * (LonamiWebs/Telethon#1308). So a message that was sent after id 100 and isn't known stands at one of the next ids that nobody
 * else has.
 */

/** Ids looked at beyond the highest that is known. */
const AHEAD = 3;
/** Most ids worth asking for; each costs a call. */
const MOST_CANDIDATES = 12;
/** Ids remembered per numbering. */
const MOST_KNOWN = 4_000;

export interface Ledger {
  /** A message with this id is known: it came in, or a send answered with it. */
  note(chat: number, message: number): void;
  /** The highest id known where this chat's messages are numbered; `null` = none yet. */
  highest(chat: number): number | null;
  /** Ids above `floor` at which an unknown message of this chat may stand, lowest first. */
  candidates(chat: number, floor: number): readonly number[];
}

export function createLedger(): Ledger {
  const numberings = new Map<number, { highest: number; readonly known: Set<number> }>();
  // All private chats share one numbering.
  const of = (chat: number) => numberings.get(chat > 0 ? 0 : chat);
  return {
    note(chat, message) {
      let numbering = of(chat);
      if (!numbering) {
        numbering = { highest: message, known: new Set() };
        numberings.set(chat > 0 ? 0 : chat, numbering);
      }
      numbering.highest = Math.max(numbering.highest, message);
      numbering.known.add(message);
      if (numbering.known.size > MOST_KNOWN) numbering.known.delete(numbering.known.values().next().value!);
    },
    highest: (chat) => of(chat)?.highest ?? null,
    candidates(chat, floor) {
      const numbering = of(chat);
      const last = Math.max(numbering?.highest ?? floor, floor) + AHEAD;
      const found: number[] = [];
      for (let id = floor + 1; id <= last && found.length < MOST_CANDIDATES; id++) if (!numbering?.known.has(id)) found.push(id);
      return found;
    },
  };
}
