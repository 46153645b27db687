/** Files that came in over one platform, for those who show them on another. */
import type { Media } from "../spine/events.ts";

/** What became of reading a file: `retry` may succeed later; `refused` never will (gone, too large, not ours to read). */
export type FileRead =
  | { readonly result: "read"; readonly media: Media }
  | { readonly result: "retry"; readonly reason: string; readonly afterMs: number | null }
  | { readonly result: "refused"; readonly reason: string };

export interface FileSource {
  /** Is this the id of a file that this platform keeps? */
  keeps(ref: string): boolean;
  /**
   * Fetches a file's content. Never throws; no reason holds an address or a token.
   *
   * @param limitBytes what is longer is refused as `file_too_large`, and not read to its end
   * @returns the media with its content in `ref`, as a `data:` address, and with name and type where they are known now
   */
  read(media: Media, limitBytes: number): Promise<FileRead>;
}
