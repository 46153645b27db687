/** What every source of files must do: each clause of the docstrings of `FileSource`. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FileSource } from "../../core/ports.ts";
import type { Media } from "../../core/spine/events.ts";

export interface FilesPlace {
  readonly source: FileSource;
  /** A photo that somebody sent over this platform. */
  readonly photo: Media;
  /** Another one, whose file is gone. */
  readonly gone: Media;
  /** What must stand in no answer. */
  readonly secrets: readonly string[];
  /** The next fetching of a file's content breaks off. */
  breakOff(): void;
  dispose(): Promise<void>;
}

const LIMIT = 20 * 1_024 * 1_024;

export function filesContract(name: string, create: () => Promise<FilesPlace>): void {
  describe(`files on ${name}`, () => {
    let place: FilesPlace;
    beforeEach(async () => {
      place = await create();
    });
    afterEach(() => place.dispose());

    test("it keeps its own, and nothing of other platforms or of the web", () => {
      expect(place.source.keeps(place.photo.ref)).toBe(true);
      for (const ref of ["https://example.com/a.jpg", "data:image/png;base64,AAAA", "geo:31.2,121.4", "matrix:abc"])
        expect(place.source.keeps(ref)).toBe(false);
    });

    test("a file is read with its content, its kind and a type", async () => {
      const read = await place.source.read(place.photo, LIMIT);
      expect(read).toMatchObject({ result: "read", media: { kind: "photo" } });
      const { media } = read as Extract<typeof read, { result: "read" }>;
      const [head, content] = media.ref.split(",") as [string, string];
      expect(head).toBe("data:image/jpeg;base64");
      expect(Buffer.from(content, "base64").length).toBeGreaterThan(5);
    });

    test("a file beyond the limit is refused as such", async () => {
      expect(await place.source.read(place.photo, 3)).toEqual({ result: "refused", reason: "file_too_large" });
    });

    test("a file that is gone is refused, for good", async () => {
      expect(await place.source.read(place.gone, LIMIT)).toMatchObject({ result: "refused" });
    });

    test("a connection that breaks is a matter of trying again, and nothing secret is told", async () => {
      place.breakOff();
      const answer = await place.source.read(place.photo, LIMIT);
      expect(answer).toMatchObject({ result: "retry" });
      const told = JSON.stringify(answer);
      for (const secret of place.secrets) expect(told).not.toContain(secret);
      expect(await place.source.read(place.photo, LIMIT)).toMatchObject({ result: "read" });
    });
  });
}
