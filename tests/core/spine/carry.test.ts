import { describe, expect, test } from "vitest";
import type { FileRead, FileSource } from "../../../core/ports.ts";
import { createCarrier, FILE_LIMIT_BYTES } from "../../../core/spine/carry.ts";
import type { Media } from "../../../core/spine/events.ts";

const media = (ref: string, more: Partial<Media> = {}): Media => ({ kind: "photo", ref, name: null, mime: null, ...more });

function source(prefix: string, answer: (media: Media) => FileRead | Promise<FileRead>, asked: number[] = []): FileSource {
  return {
    keeps: (ref) => ref.startsWith(prefix),
    async read(one, limit) {
      asked.push(limit);
      return answer(one);
    },
  };
}

const content = (one: Media): FileRead => ({ result: "read", media: { ...one, ref: "data:image/jpeg;base64,AAAAAAAA" } });

describe("a file on its way", () => {
  const asked: number[] = [];
  const carrier = createCarrier(
    new Map([
      ["one", source("one:", content, asked)],
      ["other", source("other:", () => ({ result: "refused", reason: "file_gone" }))],
      ["late", source("late:", (one) => ({ result: "read", media: { ...one, name: "setup.EXE" } }))],
    ]),
  );

  test.each([
    ["stays as it is on its own platform", media("one:1"), "one", { result: "read", media: { ref: "one:1" } }],
    [
      "is carried with its content to another",
      media("one:1"),
      "other",
      { result: "read", media: { ref: "data:image/jpeg;base64,AAAAAAAA" } },
    ],
    ["says why when it can't be had", media("other:1"), "one", { result: "refused", reason: "file_gone" }],
    [
      "goes as it is when a page sent it",
      media("data:image/png;base64,AAAA"),
      "one",
      { result: "read", media: { ref: "data:image/png;base64,AAAA" } },
    ],
    ["goes as it is when it is a place", media("geo:31.2,121.4", { kind: "location" }), "one", { result: "read" }],
    ["of nobody is refused", media("matrix:1"), "one", { result: "refused", reason: "file_kept_nowhere" }],
    [
      "that is a program is refused",
      media("one:1", { name: "Rechnung.pdf.exe" }),
      "other",
      { result: "refused", reason: "file_is_a_program" },
    ],
    ["that turns out a program is refused", media("late:1"), "one", { result: "refused", reason: "file_is_a_program" }],
  ] as const)("%s", async (_name, given, to, wanted) => {
    expect(await carrier.carry(given, to, null)).toMatchObject(wanted);
  });

  test("is never asked for beyond the limit", () => {
    expect(new Set(asked)).toEqual(new Set([FILE_LIMIT_BYTES]));
  });
});

test("of many files only two are in hand at once, and one that fails gives its place back", async () => {
  let inHand = 0;
  let most = 0;
  const slow = source("one:", async (one) => {
    inHand += 1;
    most = Math.max(most, inHand);
    await new Promise((resolve) => setImmediate(resolve));
    inHand -= 1;
    if (one.ref === "one:2") throw new Error("a fault of the source");
    return content(one);
  });
  const carrier = createCarrier(new Map([["one", slow]]));
  const results = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => carrier.carry(media(`one:${index}`), "other", null)));
  expect(most).toBe(2);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
});
