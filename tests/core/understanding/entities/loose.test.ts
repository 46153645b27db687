import { describe, expect, test } from "vitest";
import { kinds, read } from "./read.ts";

/** Minor units, in order. */
const AMOUNTS: [text: string, minor: number[]][] = [
  ["could you do it for 250 cash", [25_000]],
  ["my neighbour paid 120, why is mine 175?", [12_000, 17_500]],
  ["the price went from 90 to 130", [9_000, 13_000]],
  ["the estimate was approved at 1,150", [115_000]],
  ["the invoice says 415, I was quoted 240", [41_500, 24_000]],
  ["my mother paid 2000 for a capacitor", [200_000]],
  ["I could stretch to 450, deal?", [45_000]],
  ["一分钱不用掏吗", [1]],
  ["50 cents", [50]],
  ["99p", [99]],
  ["五十镑", [5_000]],
  ["20欧元", [2_000]],
  ["500文左右", [50_000]],
  ["定金200退回来", [20_000]],
  ["电话报的二百六,刷卡变成四百一", [26_000, 41_000]],
  ["换个滤芯收680", [68_000]],
  ["运费300 谁出", [30_000]],
  ["你报的680,能给550不", [68_000, 55_000]],
  ["這800裡面包什麼,價錢講清楚", [80_000]],
  ["假日上門加百五", [15_000]],
  ["師傅收兩千", [200_000]],
  ["多收的三百幾時退", [30_000]],
  ["電費保養要三千多", [300_000]],
  ["you fitted it in 2023, is it free", []],
  ["price for a 2017 Focus", []],
  ["how much for 12 doors", []],
  ["保養一百八十日要錢嗎", []],
  ["里程才跑兩千,收費嗎", []],
  ["收费的话我投诉到12315", []],
  ["型号 RAS-36NT", []],
  ["a chip like a 5 cent coin", []],
  ["the 1080p tv", []],
];

const PLATES: [text: string, values: string[]][] = [
  ["status for MH 12 DE 1433", ["MH12DE1433"]],
  ["DL 8C AF 2231", ["DL8CAF2231"]],
  ["my reg is 191 D 20441", ["191D20441"]],
  ["211-D-5566", ["211D5566"]],
  ["SLM 4471 P", ["SLM4471P"]],
  ["new brakes for KT 4821", ["KT4821"]],
  ["換波箱油嗰架,VG 4021", ["VG4021"]],
  ["my mother is 78 and it's hot", []],
  ["whistles at 90 and drips", []],
  ["brake job, ref AX 1032", []],
];

const MILEAGES: [text: string, km: number[]][] = [
  ["due at 60 000 km", [60_000]],
  ["the van has 140k on it", [140_000]],
  ["last service was at 85,400", [85_400]],
  ["odometer was 50,210", [50_210]],
  ["mileage, 98k already", [98_000]],
  ["about sixty four thousand miles", [102_998]],
  ["才跑三万八", [38_000]],
  ["行咗七萬六", [76_000]],
  ["架車揸咗九萬八", [98_000]],
  ["I have 40k followers", []],
  ["range shows 190 km", []],
];

const ORDERS: [text: string, values: string[]][] = [
  ["订单号WX 2026 0718", ["WX20260718"]],
  ["AX1032到哪了", ["AX1032"]],
  ["ax 1032 那单", ["AX1032"]],
  ["ax-1O32 please", ["AX-1032"]],
  ["ref no AX_1032", ["AX-1032"]],
  ["case number 4 4 7 1", ["4471"]],
  ["收據上寫 R-20881", ["R-20881"]],
  ["invoice INV-20418 is wrong", ["INV-20418"]],
  ["the invoice says 415", []],
];

/** What is no score, though stars and marks are named. */
const NO_SCORES = [
  "一分价钱一分货",
  "工时费一分不给",
  "迟到三个小时零八分",
  "我拍给4S店看",
  "三星 65 寸电视",
  "考了满分",
  "违章扣了六分",
  "好意思要五星好评",
  "叫我俾五星",
  "真不愧是五星好评的店",
  "you ask me to rate 5 stars",
  "if I leave one star will you answer",
  "my 5 star review was for the last man",
];

describe("readEntities on what is typed loosely", () => {
  test.each(AMOUNTS)("reads the amounts of %j as %j", (text, minor) => {
    expect(read(text).amount.map((amount) => amount.minor)).toEqual(minor);
  });
  test.each(PLATES)("reads the plates of %j as %j", (text, values) => {
    expect(read(text).plate.map((plate) => plate.value)).toEqual(values);
  });
  test.each(MILEAGES)("reads the mileages of %j as %j km", (text, km) => {
    expect(read(text).mileage.map((mileage) => mileage.km)).toEqual(km);
  });
  test.each(ORDERS)("reads the order numbers of %j as %j", (text, values) => {
    expect(read(text).order_no.map((order) => order.value)).toEqual(values);
  });
  test.each(NO_SCORES)("reads no score in %j", (text) => {
    expect(kinds(read(text))).not.toContain("score");
  });
});
