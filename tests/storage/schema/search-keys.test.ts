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
      { kind: "plate", value: "A1" },
      { kind: "serial", value: "A1" },
    ]);
  });
});
