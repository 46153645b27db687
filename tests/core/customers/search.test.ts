import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { parseQuery, searchCustomers } from "../../../core/customers/search.ts";
import type { Store } from "../../../core/ports.ts";
import { booking, bookingChange, customer, NOW, order, orderChange, product } from "../../contract/store/samples.ts";

const ZONE = "Asia/Shanghai";

describe("parseQuery: what staff type, part by part", () => {
  test.each([
    [
      "lwq 8821",
      [
        ["letters", "lwq"],
        ["digits", "8821"],
      ],
    ],
    ["粤B·8821F", [["code", "粤B8821F"]]],
    ["罗文强先生", [["name", "罗文强"]]],
    [
      "2026-11-24 王",
      [
        ["day", "2026-11-24"],
        ["name", "王"],
      ],
    ],
    ["2026年1月4日", [["day", "2026-01-04"]]],
    ["W26112301", [["number", "W26112301"]]],
    ["+86 138", [["digits", "138"]]],
    ["  ", []],
  ])("%s", (query, wanted) => {
    expect(parseQuery(query).map(({ kind, value }) => [kind, value])).toEqual(wanted);
  });
});

describe("searchCustomers", () => {
  let store: Store;
  beforeEach(async () => {
    ({ store } = await openScratchStore());
    await store.unit(async (unit) => {
      await unit.customers.put(
        customer("U1", {
          name: "罗文强",
          phones: ["+8613800138821"],
          products: [
            product("p1", {
              plate: "粤B8821F",
              serial: "LSVAA4182E2123456",
              people: [{ name: "罗小宝", phone: "+8613500001111", role: "driver" }],
            }),
          ],
        }),
      );
      await unit.customers.put(
        customer("U2", { name: "刘伟强", phones: ["+8613900139000"], products: [product("p1", { plate: "浙A5K27X" })] }),
      );
      await unit.customers.put(customer("U3", { name: "罗兰", phones: ["+8613700008821"] }));
      await unit.customers.put(customer("U4", { name: "Mark Evans", phones: ["+447700900123"] }));
      await unit.records.save(orderChange(order("W26112301", { customerId: "U2" })), "test");
      const booked = booking("B26112201", { customerId: "U2", technician: "zhou" });
      await unit.records.save(bookingChange(booked), "test");
      await unit.agenda.put({
        technician: "zhou",
        day: "2026-11-22",
        version: 0,
        busy: [{ start: booked.start, end: booked.end, booking: booked.number }],
      });
    });
  });
  afterEach(() => store.close());

  const find = async (query: string): Promise<string[]> =>
    (await store.unit((unit) => searchCustomers(unit, query, ZONE))).map((file) => file.id).sort();

  test.each([
    ["lwq 8821", ["U1"]],
    ["lwq", ["U1", "U2"]],
    ["luowenqiang", ["U1"]],
    ["8821", ["U1", "U3"]],
    ["罗 8821", ["U1", "U3"]],
    ["罗文强", ["U1"]],
    ["浙A5K", ["U2"]],
    ["5K27", ["U2"]],
    ["LSVAA4182E2123456", ["U1"]],
    ["123456", ["U1"]],
    ["W26112301", ["U2"]],
    ["B26112201 刘", ["U2"]],
    ["2026-11-22", ["U2"]],
    ["2026-11-22 lwq", ["U2"]],
    ["2026-11-23 lwq", []],
    ["罗小宝", ["U1"]],
    ["1111", ["U1"]],
    ["evans", ["U4"]],
    ["lwq 0000", []],
    ["%", []],
  ])("%s", async (query, wanted) => {
    expect(await find(query)).toEqual(wanted);
  });

  test("a changed phone is found by the new tail and no longer by the old", async () => {
    await store.unit(async (unit) => unit.customers.put(customer("U3", { name: "罗兰", phones: ["+8613700009999"], updatedAt: NOW + 1 })));
    expect(await find("罗 8821")).toEqual(["U1"]);
    expect(await find("9999")).toEqual(["U3"]);
  });
});
