/**
 * Files on their way from the platform on which they came in to another one. A platform's file id says nothing elsewhere, an
 * address may need that platform's token or even hold it, and some are gone after three days: so the content itself is carried, as
 * a `data:` address that lives as long as one send. Nothing is dropped in silence: what can't be carried comes back with a reason.
 */
import type { FileRead, FileSource } from "../ports.ts";
import type { Media } from "./events.ts";

/** Largest file that is carried, bytes: the least of what the platforms let us fetch (Telegram, `getFile`) and put. */
export const FILE_LIMIT_BYTES = 20 * 1_024 * 1_024;
/** Files in hand at once, so that a flood of them takes no more memory than this many. */
const MOST_AT_ONCE = 2;
/** Programs and shortcuts to them: from a stranger's hands to a colleague's screen, or the other way, they are not carried. */
const PROGRAMS = /\.(?:app|apk|bat|cmd|com|cpl|dmg|exe|hta|iso|jar|js|jse|lnk|msi|ps1|reg|scr|sh|vb|vbe|vbs|wsf)$/i;

export interface Carrier {
  /**
   * The media as it can be shown on the channel `to`: as it is where that channel can get at it, else with its content.
   *
   * @param from the channel of the customer it is about, where a file that nobody else keeps came from; `null` = not known
   */
  carry(media: Media, to: string, from: string | null): Promise<FileRead>;
}

/** @param sources by the channel's name */
export function createCarrier(sources: ReadonlyMap<string, FileSource>): Carrier {
  const waiting: (() => void)[] = [];
  let inside = 0;

  async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  }

  return {
    async carry(media, to, from) {
      const [keeper, source] = [...sources].find(([, one]) => one.keeps(media.ref)) ?? [];
      if (source === undefined)
        // What the customer's page sent, a place, an address of the open web: each channel knows what it can do with it.
        return from === to || /^(?:data|geo|https?):/.test(media.ref)
          ? { result: "read", media }
          : { result: "refused", reason: "file_kept_nowhere" };
      if (keeper === to || media.kind === "location") return { result: "read", media };
      if (media.name !== null && PROGRAMS.test(media.name)) return { result: "refused", reason: "file_is_a_program" };
      const read = await oneOfFew(() => source.read(media, FILE_LIMIT_BYTES));
      // The platform may tell the name only now.
      if (read.result === "read" && read.media.name !== null && PROGRAMS.test(read.media.name))
        return { result: "refused", reason: "file_is_a_program" };
      return read;
    },
  };
}
