import { describe, expect, test } from "vitest";
import { newCustomer } from "../../../core/customers/state.ts";
import { searchKey, searchKeysOf } from "../../../storage/schema/search-keys.ts";

describe("searchKey", () => {
  test.each([
    ["phone", "+86 138-0013-8000", "8613800138000"],
    ["phone", "１３８００１３８０００", "13800138000"],
    ["phone", "(0755) 8888 8888", "075588888888"],
    ["plate", " 粤b·12345 ", "粤B12345"],
    ["plate", "ＡＢＣ－１２３４", "ABC1234"],
    ["serial", "lsvaa4182e2123456", "LSVAA4182E2123456"],
    ["serial", "--", ""],
  ] as const)("writes the %s %s as %s", (kind, raw, wanted) => {
    expect(searchKey(kind, raw)).toBe(wanted);
  });
});

describe("searchKeysOf", () => {
  test("a file without phones and products has none", () => {
    expect(searchKeysOf(newCustomer("k1", 0))).toEqual([]);
  });

  test("names each key once, and the same value under two kinds twice", () => {
    const owned = { id: "p1", product: "x", brand: null, model: null, boughtOn: null, mileageKm: null };
    const file = {
      ...newCustomer("k1", 0),
      phones: ["138 0013 8000", "13800138000", ""],
      products: [
        { ...owned, plate: "A1", serial: "A-1" },
        { ...owned, id: "p2", plate: "a1", serial: null },
      ],
    };
    expect(searchKeysOf(file)).toEqual([
      { kind: "phone", value: "13800138000" },
      { kind: "tail", value: "00083100831" },
      { kind: "plate", value: "A1" },
      { kind: "serial", value: "A1" },
    ]);
  });

  test("a name is found by itself and by its pinyin, a plate by any piece, a long number by its end", () => {
    const owned = { id: "p1", product: "x", brand: null, model: null, boughtOn: null, mileageKm: null };
    const keys = searchKeysOf({
      ...newCustomer("k1", 0),
      name: "罗文强",
      products: [{ ...owned, plate: "粤B8821F", serial: "LSVAA4182E2123456" }],
    });
    const of = (kind: string): string[] => keys.filter((key) => key.kind === kind).map((key) => key.value);
    expect(of("name")).toEqual(["罗文强"]);
    expect(of("pinyin")).toEqual(["luowenqiang", "lwq"]);
    expect(of("fragment")).toEqual(
      [
        "粤B8821F",
        "B8821F",
        "8821F",
        "821F",
        "21F".padEnd(3),
        "LSVAA4182E2123456",
        "E2123456".slice(-8),
        "2123456",
        "123456",
        "23456",
        "3456",
        "456",
      ].filter((value) => value.length >= 3),
    );
  });
});
