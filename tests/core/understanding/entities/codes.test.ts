import { describe, expect, test } from "vitest";
import type { EntityContext } from "../../../../core/understanding/entities/index.ts";
import { vinCheckAgrees } from "../../../../core/understanding/entities/vin.ts";
import { kinds, read } from "./read.ts";

type Case = [text: string, values: string[], context?: EntityContext];

const plates: Case[] = [
  ["沪A12345", ["沪A12345"]],
  ["沪a12345的车", ["沪A12345"]],
  ["沪A·D12345", ["沪AD12345"]],
  ["滬A·12345", ["沪A12345"]],
  ["京 A 12345", ["京A12345"]],
  ["粤B.8K9D2", ["粤B8K9D2"]],
  ["车牌是苏E05F8A", ["苏E05F8A"]],
  ["沪AD12345 明天来", ["沪AD12345"]],
  ["浙A12345D", ["浙A12345D"]],
  ["皖A1234学", ["皖A1234学"]],
  ["沪A1234警", ["沪A1234警"]],
  ["鲁B1234挂", ["鲁B1234挂"]],
  ["粤Z1234港", ["粤Z1234港"]],
  ["粤Z1234澳", ["粤Z1234澳"]],
  ["沪A12345 3点到", ["沪A12345"]],
  ["沪АD1234O 新能源", ["沪AD12340"]],
  ["ｈｕ沪Ａ１２３４５", ["沪A12345"]],
  ["车牌A12345", ["A12345"]],
  ["A12345", ["A12345"], { asked: "plate" }],
  ["车牌 AB 1234", ["AB1234"]],
  ["我架車 XA 715", ["XA715"]],
  ["plate XA 715，Saturday morning best", ["XA715"]],
  ["車牌 BKD-5567，水箱水一直少", ["BKD5567"]],
  ["車牌ABC-1234", ["ABC1234"]],
  ["我的車 RBC-7788 要保養", ["RBC7788"]],
  ["my reg is AB12 CDE", ["AB12CDE"]],
  ["car reg LK19ZXC", ["LK19ZXC"]],
  ["license plate 7ABC123", ["7ABC123"]],
  ["plate is KLM 4821 please", ["KLM4821"]],
  ["AB12 CDE", ["AB12CDE"], { asked: "plate" }],
  ["两台车沪A12345和京B54321", ["沪A12345", "京B54321"]],
];
const noPlates: Case[] = [
  ["AX-1032", []],
  ["KFR-35GW", []],
  ["iPhone 15", []],
  ["RX350", []],
  ["WX20260718", []],
  ["想给新A6保养", []],
  ["Model 3", []],
  ["plate is broken", []],
  ["AB 1234", []],
  ["order AB-1234 for my car", []],
  ["my car is a 2019 Golf", []],
  ["my van needs 2 new tyres", []],
  ["云a", []],
  ["川味", []],
  ["京东A1", []],
  ["宁夏A款12345", []],
  ["reg service for 2 cars", []],
  ["LSVAA4182E2184847", []],
];

const vins: [text: string, value: string, checked: boolean | null][] = [
  ["1HGCM82633A004352", "1HGCM82633A004352", true],
  ["1hgcm82633a004352", "1HGCM82633A004352", true],
  ["车架号1HGCM82633A004352，查下保修", "1HGCM82633A004352", true],
  ["1HGCM 82633 A004352", "1HGCM82633A004352", true],
  ["vin: 1HGCM82633AOO4352", "1HGCM82633A004352", true],
  ["IHGCM82633A004352", "1HGCM82633A004352", true],
  ["1HGCM82633A0Q4352", "1HGCM82633A004352", true],
  ["WBA3A5C51CF256651", "WBA3A5C51CF256651", null],
  ["WVWZZZ1JZXW000001", "WVWZZZ1JZXW000001", null],
  ["LSVAA4182E2184847", "LSVAA4182E2184847", true],
  ["LSVAA4182E2184841", "LSVAA4182E2184841", false],
  ["VIN LSV-AA4182-E2184847", "LSVAA4182E2184847", true],
];
const noVins = [
  "12345678901234567",
  "1HGCM82633A00435",
  "1HGCM82633A0043521",
  "i have a 2019 ford fiesta",
  "abcdefghijklmnopq",
  "WX202607180000001 x",
];

const orders: Case[] = [
  ["WX20260718", ["WX20260718"]],
  ["訂單 WX20260718 取消，謝謝", ["WX20260718"]],
  ["wx20260718到哪了", ["WX20260718"]],
  ["wx 2026 0718", ["WX20260718"]],
  ["WX2O260718", ["WX20260718"]],
  ["WX2026071801", ["WX2026071801"]],
  ["AX-1032, later please", ["AX-1032"]],
  ["order AX-1190", ["AX-1190"]],
  ["B26112301", ["B26112301"]],
  ["C26112301什么情况", ["C26112301"]],
  ["W261123001", ["W261123001"]],
  ["order 1032", ["1032"]],
  ["my order number is 1032", ["1032"]],
  ["order no. 88315", ["88315"]],
  ["ticket #4410", ["4410"]],
  ["单号 8831", ["8831"]],
  ["pls cancel my booking, 单号4410", ["4410"]],
  ["工单号：20261118", ["20261118"]],
  ["订单号是8831的那个", ["8831"]],
  ["工单8831", ["8831"]],
  ["預約編號 B26112301", ["B26112301"]],
  ["订单号13800138000", ["13800138000"]],
  ["case 10233 still open?", ["10233"]],
  ["ref: AX1032", ["AX1032"]],
  ["#88315 update?", ["88315"]],
  ["订单号 883I5", ["88315"]],
  ["1032", ["1032"], { asked: "order_no" }],
  ["是8831那个", ["8831"], { asked: "order_no" }],
  ["ax1032", ["AX1032"], { asked: "order_no" }],
];
const noOrders: Case[] = [
  ["13800138000", []],
  ["KFR-35GW", []],
  ["iPhone 15", []],
  ["RX350", []],
  ["LSVAA4182E2184847", []],
  ["沪A12345", []],
  ["订单3个", []],
  ["order 2 filters", []],
  ["12315", []],
  ["2026年7月18日", []],
  ["20260718", []],
  ["380块", []],
  ["12000公里", []],
  ["job 2 days late", []],
  ["预约明天1030", []],
  ["plate BKD-5567", []],
  ["error code E4", []],
  ["型号 RAS-1234", []],
  ["serial SN-123456", []],
  ["booking 2026", []],
  ["order 1030am", []],
  ["訂單 2 月 3 日", []],
];

describe("readPlates", () => {
  test.each([...plates, ...noPlates])("reads the plates of %j as %j", (text, values, context) => {
    expect(read(text, context ?? {}).plate.map((plate) => plate.value)).toEqual(values);
  });
});

describe("readVins", () => {
  test.each(vins)("reads %j as %s, check digit %s", (text, value, checked) => {
    expect(read(text).vin).toMatchObject([{ value, checked }]);
  });
  test.each(noVins)("reads no VIN in %j", (text) => {
    expect(read(text).vin).toEqual([]);
  });
  test("a VIN is neither phone nor order number", () => {
    expect(kinds(read("车架号1HGCM82633A004352"))).toEqual(["vin"]);
  });
  test.each([
    ["1HGCM82633A004352", true],
    ["1M8GDM9AXKP042788", true],
    ["1M8GDM9A1KP042788", false],
  ])("vinCheckAgrees(%s) is %s", (vin, agrees) => {
    expect(vinCheckAgrees(vin)).toBe(agrees);
  });
});

describe("readOrderNumbers", () => {
  test.each([...orders, ...noOrders])("reads the order numbers of %j as %j", (text, values, context) => {
    expect(read(text, context ?? {}).order_no.map((order) => order.value)).toEqual(values);
  });
  test("models of makers are no entity at all", () => {
    for (const text of ["KFR-35GW", "iPhone 15", "RX350", "Model 3", "E4", "2.0T"]) expect(kinds(read(text))).toEqual([]);
  });
});
