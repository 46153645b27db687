import { describe, expect, test } from "vitest";
import { partAmong, partOf } from "../../../core/cases/parts.ts";
import type { Quote, QuoteLine } from "../../../core/quotes/state.ts";

const line = (item: string, partsMinor: number, decision: QuoteLine["decision"] = "approved"): QuoteLine => ({
  id: "1",
  item,
  labourMinor: 10_000,
  partsMinor,
  safety: false,
  decision,
});

describe("the part a line is about", () => {
  test.each([
    ["更换压缩机", 90_000, "压缩机"],
    ["压缩机更换", 90_000, "压缩机"],
    ["更換壓縮機", 90_000, "壓縮機"],
    ["Replacement of compressor", 90_000, "compressor"],
    ["前刹车片", 38_000, "前刹车片"],
    ["检测", 0, null],
    ["更换", 5_000, null],
  ])("%s with parts of %i is about %s", (item, partsMinor, wanted) => {
    expect(partOf(line(item, partsMinor))).toBe(wanted);
  });
});

describe("the part among what was approved", () => {
  const quote = { lines: [line("更换电容", 8_000), line("更换压缩机", 90_000), line("更换风扇", 120_000, "declined")] } as unknown as Quote;
  test.each([
    ["空调又不制冷了", "压缩机"],
    ["刚换的电容又坏了", "电容"],
    ["风扇太响", "压缩机"],
  ])("%s: %s", (words, wanted) => {
    expect(partAmong([quote], words)).toBe(wanted);
  });

  test("nothing approved, no part", () => {
    expect(partAmong([{ lines: [line("更换风扇", 100, "open")] } as unknown as Quote], "风扇")).toBeNull();
  });
});
