import { describe, expect, test } from "vitest";
import type { EntityContext } from "../../../../core/understanding/entities/index.ts";
import { parseEnglishNumber, parseHanNumber, parseNumber } from "../../../../core/understanding/entities/numbers.ts";
import { kinds, read } from "./read.ts";

const scores: [text: string, scores: [value: number, scale: number][], context?: EntityContext][] = [
  ["8分", [[8, 10]]],
  ["打9分", [[9, 10]]],
  ["给师傅打十分", [[10, 10]]],
  ["满分!", [[10, 10]]],
  ["100分", [[100, 100]]],
  ["八分吧", [[8, 10]]],
  ["五颗星", [[5, 5]]],
  ["给4星", [[4, 5]]],
  ["⭐⭐⭐⭐", [[4, 5]]],
  ["⭐️⭐️", [[2, 5]]],
  ["★★★", [[3, 5]]],
  ["8/10", [[8, 10]]],
  ["5/5", [[5, 5]]],
  ["10/10 good job", [[10, 10]]],
  ["8.5/10", [[8.5, 10]]],
  ["10 out of 10", [[10, 10]]],
  ["4 out of 5", [[4, 5]]],
  ["nine out of ten", [[9, 10]]],
  ["five stars", [[5, 5]]],
  ["3 stars", [[3, 5]]],
  ["one star", [[1, 5]]],
  ["score 9", [[9, 10]]],
  ["I'd give it 7", [[7, 10]]],
  ["5分制的话4分", [[4, 5]]],
  ["9", [[9, 10]], { asked: "score" }],
  ["九点五", [[9.5, 10]], { asked: "score" }],
  ["8吧", [[8, 10]], { asked: "score" }],
  ["五", [[5, 10]], { asked: "score" }],
  ["95", [[95, 100]], { asked: "score" }],
  ["nine", [[9, 10]], { asked: "score" }],
  ["满意", [[4, 5]], { asked: "score" }],
  ["非常满意", [[5, 5]], { asked: "score" }],
  ["一般", [[3, 5]], { asked: "score" }],
  ["不满意", [[2, 5]], { asked: "score" }],
  ["很差", [[1, 5]], { asked: "score" }],
  ["非常不满意", [[1, 5]], { asked: "score" }],
  ["very satisfied", [[5, 5]], { asked: "score" }],
  ["not satisfied", [[2, 5]], { asked: "score" }],
  ["terrible", [[1, 5]], { asked: "score" }],
  ["几好", [[4, 5]], { asked: "score" }],
  ["师傅很专业 满分", [[10, 10]], { asked: "score" }],
  [
    "第一题5 第二题5 第三题4",
    [
      [5, 10],
      [5, 10],
      [4, 10],
    ],
    { asked: "score" },
  ],
  ["评价:满意", [[4, 5]]],
  ["满意", []],
  ["一般几点上门", []],
  ["差不多", []],
  ["5分钟", []],
  ["三分之一", []],
  ["十分满意", []],
  ["10点5分", []],
  ["十分钟", []],
  ["8", []],
  ["差一点", []],
  ["分店在哪", []],
  ["星期五", []],
  ["九点五十分", []],
  ["12/10来", []],
  ["on 5/10 please come to fix my fridge", []],
  ["二分店", []],
];

const amounts: [text: string, amounts: [minor: number, currency: string][], context?: EntityContext][] = [
  ["380块", [[38_000, "CNY"]]],
  ["要380元", [[38_000, "CNY"]]],
  ["380块钱贵不贵", [[38_000, "CNY"]]],
  ["¥1,200", [[120_000, "CNY"]]],
  ["￥88.5", [[8_850, "CNY"]]],
  ["三百五行不行", [[35_000, "CNY"]]],
  ["便宜点,三百五", [[35_000, "CNY"]]],
  ["收我一千二太贵了", [[120_000, "CNY"]]],
  ["一千二百块", [[120_000, "CNY"]]],
  ["1.2万块", [[1_200_000, "CNY"]]],
  ["三百多块", [[30_000, "CNY"]]],
  ["三块五", [[350, "CNY"]]],
  ["两块半", [[250, "CNY"]]],
  ["3块5", [[350, "CNY"]]],
  ["报价380太贵了", [[38_000, "CNY"]]],
  ["300 rmb", [[30_000, "CNY"]]],
  ["200 yuan", [[20_000, "CNY"]]],
  [
    "300-500块",
    [
      [30_000, "CNY"],
      [50_000, "CNY"],
    ],
  ],
  [
    "三到五百块",
    [
      [30_000, "CNY"],
      [50_000, "CNY"],
    ],
  ],
  ["HK$500", [[50_000, "HKD"]]],
  ["500蚊", [[50_000, "HKD"]]],
  ["500港币", [[50_000, "HKD"]]],
  ["收五百蚊好貴", [[50_000, "HKD"]]],
  ["NT$ 1200", [[120_000, "TWD"]]],
  ["1200台幣", [[120_000, "TWD"]]],
  ["檢測費 800 元嗎", [[80_000, "TWD"]]],
  ["$50", [[5_000, "USD"]]],
  ["$1.5k", [[150_000, "USD"]]],
  ["US$99.99", [[9_999, "USD"]]],
  ["fifty bucks", [[5_000, "USD"]]],
  ["two hundred and fifty dollars", [[25_000, "USD"]]],
  ["50 dollars", [[5_000, "USD"]]],
  ["£30", [[3_000, "GBP"]]],
  ["thirty quid", [[3_000, "GBP"]]],
  ["€45", [[4_500, "EUR"]]],
  ["S$80", [[8_000, "SGD"]]],
  ["you quoted me 320", [[32_000, "USD"]]],
  ["檢測費 800 元嗎", [[80_000, "CNY"]], { currency: "CNY" }],
  ["两块玻璃", []],
  ["三块玻璃碎了", []],
  ["一块去", []],
  ["一块玻璃多少钱", []],
  ["元旦开门吗", []],
  ["13800138000", []],
  ["12315", []],
  ["3万公里", []],
  ["第三百五十号", []],
  ["一千二百公里", []],
  ["收到2个", []],
  ["便宜一点", []],
  ["$", []],
  ["两点半", []],
  ["5块镜子", []],
  ["要3个", []],
  ["报价单发我", []],
];

const mileages: [text: string, km: number[]][] = [
  ["3万公里", [30_000]],
  ["12000km", [12_000]],
  ["八千多公里", [8_000]],
  ["45k miles", [72_420]],
  ["12,000 公里", [12_000]],
  ["3.5万公里", [35_000]],
  ["三万五千公里", [35_000]],
  ["5w公里", [50_000]],
  ["5万迈", [50_000]],
  ["里程35000", [35_000]],
  ["跑了3万", [30_000]],
  ["跑了三万多了", [30_000]],
  ["公里数是 45600", [45_600]],
  ["odometer 45,000", [45_000]],
  ["mileage is about 38000", [38_000]],
  ["三万多公里了要不要保养", [30_000]],
  ["12 000km", [12_000]],
  ["離保養還有 5000 公里", [5_000]],
  ["60,000 miles on it", [96_561]],
  ["5公里以内", []],
  ["离你们20公里", []],
  ["时速120公里", []],
  ["跑了3天", []],
  ["跑了3趟", []],
  ["3万块", []],
  ["120km/h", []],
];

describe("readScores", () => {
  test.each(scores)("reads the scores of %j as %j", (text, expected, context) => {
    expect(read(text, context ?? {}).score.map((score) => [score.value, score.scale])).toEqual(expected);
  });
});

describe("readAmounts", () => {
  test.each(amounts)("reads the amounts of %j as %j", (text, expected, context) => {
    expect(read(text, context ?? {}).amount.map((amount) => [amount.minor, amount.currency])).toEqual(expected);
  });
  test("a mileage is no amount and an amount no mileage", () => {
    expect(kinds(read("3万公里"))).toEqual(["mileage"]);
    expect(kinds(read("3万块"))).toEqual(["amount"]);
  });
});

describe("readMileages", () => {
  test.each(mileages)("reads the mileages of %j as %j km", (text, km) => {
    expect(read(text).mileage.map((mileage) => mileage.km)).toEqual(km);
  });
});

describe("numbers", () => {
  test.each([
    ["三百五", 350],
    ["三百零五", 305],
    ["一千二", 1200],
    ["两万三", 23_000],
    ["一万零五百", 10_500],
    ["十五", 15],
    ["二十", 20],
    ["二〇二六", 2026],
    ["半", 0.5],
    ["九点五", 9.5],
    ["一百二十三万", 1_230_000],
    ["三千", 3000],
    ["零", 0],
    ["百", null],
    ["你", null],
    ["", null],
    ["一二千", null],
  ])("parseHanNumber(%j) is %j", (text, value) => {
    expect(parseHanNumber(text)).toBe(value);
  });
  test.each([
    ["fifty", 50],
    ["two hundred and fifty", 250],
    ["three thousand", 3000],
    ["twelve", 12],
    ["and", null],
    ["cat", null],
  ])("parseEnglishNumber(%j) is %j", (text, value) => {
    expect(parseEnglishNumber(text)).toBe(value);
  });
  test.each([
    ["1,200", 1200],
    ["1.13万", 11_300],
    ["45k", 45_000],
    ["三点五万", 35_000],
    ["3千", 3000],
  ])("parseNumber(%j) is %j", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
});
