/** Chinese pieces that count from now. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../time.ts";
import { HAN, NUM, zhNumber } from "./lexicon-zh.ts";
import { type Rule, textBefore } from "./rule.ts";
import { type DaySpec, type Draft, piece } from "./spec.ts";

const COUNT = `(半|\\d{1,3}(?:\\.5)?|${HAN})`;
const UNIT = "(小时|钟头|分钟|刻钟|钟|分(?=[之以后内]|$)|工作日|天|日|周|星期|礼拜|月|年)";

/** A length as days and months, or as milliseconds. */
function lengthOf(count: number, unit: string): { ms: number } | { days: number; months: number } | { workdays: number } | null {
  if (!Number.isFinite(count) || count <= 0) return null;
  if (unit === "分钟" || unit === "分") return { ms: count * MINUTE_MS };
  if (unit === "刻钟") return { ms: count * 15 * MINUTE_MS };
  if (unit === "小时" || unit === "钟头" || unit === "钟") return { ms: count * HOUR_MS };
  if (unit === "工作日") return Number.isInteger(count) ? { workdays: count } : null;
  if (unit === "天" || unit === "日") return count % 1 === 0 ? { days: count, months: 0 } : { ms: count * DAY_MS };
  if (unit === "月") return count % 1 === 0 ? { days: 0, months: count } : { days: 15, months: Math.floor(count) };
  if (unit === "年") return count % 1 === 0 ? { days: 0, months: 12 * count } : { days: 0, months: Math.round(12 * count) };
  return { days: Math.round(7 * count), months: 0 };
}

const TODAY: DaySpec = { is: "offset", days: 0 };

/** A distance from now: ahead, back or the whole span until then. */
function distance(at: number, end: number, count: number, unit: string, way: "after" | "ago" | "within"): Draft | null {
  const length = lengthOf(count, unit);
  if (length === null) return null;
  if ("ms" in length) {
    return piece(at, end, { shift: { ms: way === "ago" ? -length.ms : length.ms, within: way === "within" }, past: way === "ago" });
  }
  if ("workdays" in length) {
    if (way === "within") {
      const last: DaySpec = { is: "workday", base: TODAY, count: length.workdays, open: false };
      return piece(at, end, { day: TODAY, to: piece(at, end, { day: last }) });
    }
    return piece(at, end, {
      day: { is: "workday", base: TODAY, count: way === "ago" ? -length.workdays : length.workdays, open: false },
      past: way === "ago",
    });
  }
  if (way === "within") return piece(at, end, { day: { is: "days", base: TODAY, days: length.days + 1, months: length.months } });
  const sign = way === "ago" ? -1 : 1;
  return piece(at, end, { day: { is: "from", base: TODAY, days: sign * length.days, months: sign * length.months }, past: way === "ago" });
}

/** Rules in the order in which they are tried. */
export const ZH_RELATIVE_RULES: readonly Rule[] = [
  {
    // (从九点)开始两个小时, (明天起)三天: how long from then on
    first: "开起0123456789一二两三四五六七八九十半",
    pattern: new RegExp(
      `(开始|起)?的?(?:连续|持续|一共)?${COUNT} ?(?:个)?(半)?(小时|钟头|天|日|周|星期|礼拜|月)(?:之内|以内|内)?(?![之以后前里多左本])`,
      "y",
    ),
    read(match, { at, before }) {
      const [whole, begun, number = "", half, unit = ""] = match;
      if (before === null || before.end !== at || before.to !== null || before.length !== null) return null;
      if (begun === undefined ? before.bound !== "from" : before.clock === null) return null;
      const count = (number === "半" ? 0.5 : number.includes(".") ? Number(number) : zhNumber(number)) + (half === undefined ? 0 : 0.5);
      const length = lengthOf(count, unit);
      return length === null || "workdays" in length ? null : piece(at, at + whole.length, { length });
    },
  },
  {
    // 两三天后, 三五天内: between the two
    first: "一二两三四五六七八",
    pattern: /(一两|两三|二三|三四|三五|四五|五六|六七|七八)(天|日|周|个?星期|个?礼拜)(?:之后|以后|后(?![面天台])|内|之内|以内)/y,
    read(match, { text, at }) {
      const [whole, pair = "", unit = ""] = match;
      if (/[了完好过]$/.test(textBefore(text, at, 1))) return null;
      const end = at + whole.length;
      const [one, two] = [...pair].map((digit) => zhNumber(digit) * (/[天日]/.test(unit) ? 1 : 7)) as [number, number];
      if (/内$/.test(whole)) return distance(at, end, two, "天", "within");
      const from: DaySpec = { is: "from", base: TODAY, days: one, months: 0 };
      const to: DaySpec = { is: "from", base: TODAY, days: two, months: 0 };
      return piece(at, end, { day: from, to: piece(at, end, { day: to }) });
    },
  },
  {
    // 两小时后, 一个半小时之后, 三天内, 半个月后, 3个工作日后, 十分钟前, 过三天
    first: "0123456789一二两三四五六七八九十廿卅零半过再隔",
    pattern: new RegExp(
      `((?:再过|过|再|隔)(?:个)?)?${COUNT} ?(个)?(半)? ?(?:的)?${UNIT}(半)?(?:的)?(之后|以后|过后|后(?![面天台备悔续视盖座排轮桥门])` +
        "|(?:之|以)?内|之前|以前|前(?![面台轮盖后天])|左右(?:后|之后))?",
      "y",
    ),
    read(match, { text, at }) {
      const [whole, lead, number = "", , half, unit = "", tail, way] = match;
      const end = at + whole.length;
      if (
        way === undefined &&
        (lead === undefined || (lead.startsWith("再") === false && !lead.startsWith("过") && !lead.startsWith("隔")))
      )
        return null;
      const before = textBefore(text, at, 2);
      if (/[第每]$/.test(before)) return null;
      // 过两天 is “in a few days”; 修好三天后 counts from another event.
      if (
        way === undefined &&
        ((/^(?:两|几)/.test(number) && !/[时头分]/.test(unit)) ||
          lead === "再" ||
          /[不经通超路度买用修换做装开跑干住试去来看玩听说写有付交]$/.test(before) ||
          /^了/.test(text.slice(end)))
      )
        return null;
      if (/[了完好过]$/.test(before) && lead === undefined && /后/.test(way ?? "")) return null;
      const count =
        (number === "半" ? 0.5 : number.includes(".") ? Number(number) : zhNumber(number)) +
        (half === undefined && tail === undefined ? 0 : 0.5);
      const kind = way === undefined || /后/.test(way) ? "after" : /内/.test(way) ? "within" : "ago";
      return distance(at, end, count, unit, kind);
    },
  },
  {
    // 未来三天, 接下来两周, 之后5分钟; 过去三天, 最近两个月
    first: "未接今往之以后近最过前还",
    pattern: new RegExp(`(未来|接下来|今后|往后|之后|以后|后|还剩|最近|近|过去|之前|前)的? ?(${NUM}|\\d{1,3}) ?个?${UNIT}`, "y"),
    read(match, { text, at }) {
      const [whole, lead = "", number = "", unit = ""] = match;
      const end = at + whole.length;
      if (
        (lead === "后" || lead === "前" || lead === "近" || lead === "之后" || lead === "以后") &&
        /[天日号年节点周时里最提往推延]$/.test(textBefore(text, at, 1))
      )
        return null;
      if (/^(?:最近|近|过去|之前|前)$/.test(lead)) {
        const past = lengthOf(zhNumber(number), unit);
        if (past !== null && "ms" in past) return piece(at, end, { shift: { ms: -past.ms, within: true }, past: true });
        return distance(at, end, zhNumber(number), unit, "ago");
      }
      const length = lengthOf(zhNumber(number), unit);
      if (length === null) return null;
      if ("ms" in length) return piece(at, end, { shift: { ms: length.ms, within: true } });
      if ("workdays" in length) return distance(at, end, length.workdays, unit, "within");
      return piece(at, end, { day: { is: "days", base: { is: "offset", days: 1 }, days: length.days, months: length.months } });
    },
  },
  {
    // 下个小时, 上一小时
    first: "上下",
    pattern: /([上下])(?:一个|个|一)(?:小时|钟头)(?![后前内])/y,
    read(match, { at }) {
      const past = match[1] === "上";
      return piece(at, at + match[0].length, { shift: { ms: past ? -HOUR_MS : HOUR_MS, within: true }, past });
    },
  },
  {
    // 下周今天, 下个礼拜的今天
    first: "下",
    pattern: /(下下?)(?:一?个)?(?:周|星期|礼拜)的?今[天日]/y,
    read: (match, { at }) =>
      piece(at, at + match[0].length, { day: { is: "from", base: TODAY, days: 7 * (match[1] ?? "").length, months: 0 } }),
  },
  {
    // 三个字后: Hong Kong counts a quarter of an hour as three figures of the dial
    first: "一二两三四五六七八九十",
    pattern: new RegExp(`(${HAN})个字(?:之后|以后|后|内|度)`, "y"),
    read(match, { at }) {
      const count = zhNumber(match[1] ?? "");
      return count >= 1 && count <= 11
        ? piece(at, at + match[0].length, { shift: { ms: 5 * count * MINUTE_MS, within: match[0].endsWith("内") } })
        : null;
    },
  },
  {
    // 下个工作日
    first: "下",
    pattern: /下一?个?工作日/y,
    read: (match, { at }) => piece(at, at + match[0].length, { day: { is: "workday", base: TODAY, count: 1, open: false } }),
  },
];
