/** Chinese pieces that name a month or a year, or a date, a weekday or a slice in one. */
import { HAN, NUM, YEAR_OFFSETS, zhNumber, zhOffset, zhWeekday, zhYear } from "./lexicon-zh.ts";
import { matchAt, type Rule, textBefore } from "./rule.ts";
import { type DaySpec, type Draft, piece, type Slice } from "./spec.ts";
import { datePiece, SLICE, SLICE_END, SLICES, WEEK } from "./zh-grammar.ts";

const EDGE_OF_MONTH = /的?(?:(最后一[天日])|(?:第|头)一[天日])/y;
const NTH_IN_MONTH = new RegExp(`的?(?:第(${HAN}|\\d)个?|(最后)一?个?|头一?个)(?:${WEEK}(末|[一二三四五六日天])?)`, "y");
const DATE_AFTER_MONTH = new RegExp(
  `的?(${NUM})(号|日|(?![\\d点时:个天年块元万千次%.度楼台人岁级代种条项步位只件批套期款]|小时|分钟|公里|礼拜|星期|周))`,
  "y",
);

/** What may stand after a month: a date, an n-th weekday, a slice. */
function afterMonth(text: string, at: number, end: number, month: Extract<DaySpec, { is: "month" }>): Draft | null {
  const edge = matchAt(EDGE_OF_MONTH, text, end);
  if (edge) return piece(at, end + edge[0].length, { day: { is: "edge", of: month, last: edge[1] !== undefined } });
  const nth = matchAt(NTH_IN_MONTH, text, end);
  if (nth) {
    const count = nth[2] !== undefined ? -1 : nth[1] === undefined ? 1 : zhNumber(nth[1]);
    const base: DaySpec = month;
    const stop = end + nth[0].length;
    if (nth[3] === "末")
      return piece(at, stop, { day: { is: "weekend-of", base: { is: "nth-weekday", nth: count, weekday: 6, month: base } } });
    if (nth[3] === undefined) return piece(at, stop, { day: { is: "nth-week", nth: count, month: base } });
    return piece(at, stop, { day: { is: "nth-weekday", nth: count, weekday: zhWeekday(nth[3]), month: base } });
  }
  const date = matchAt(DATE_AFTER_MONTH, text, end);
  if (date) {
    const value = zhNumber(date[1] ?? "");
    const bare = date[2] === "";
    if (value >= 1 && value <= 31 && !(bare && end > at && /月份$/.test(text.slice(at, end)))) {
      return piece(at, end + date[0].length, {
        day: {
          is: "date",
          year: month.year,
          yearOffset: month.yearOffset,
          month: month.month,
          monthOffset: month.offset ?? undefined,
          date: value,
        },
      });
    }
  }
  return piece(at, end, { day: month });
}

/** Rules in the order in which they are tried. */
export const ZH_MONTH_RULES: readonly Rule[] = [
  {
    // 下个月三号, 这个月底, 本月, 上半月
    first: "上下这本今当",
    pattern: new RegExp(`(?:(上上|上|下下|下|这|本|今|当)一?个?月(?:份|${SLICE})?|(上半|下半)(?:个)?月)`, "y"),
    read(match, { text, at }) {
      const [whole, shift, slice, half] = match;
      let end = at + whole.length;
      if (slice !== undefined && matchAt(SLICE_END, text, end - slice.length)) end -= slice.length;
      const cut: Slice =
        half !== undefined ? (SLICES[half] ?? "whole") : end < at + whole.length ? "whole" : (SLICES[slice ?? ""] ?? "whole");
      const month = { is: "month", year: null, month: null, offset: half === undefined ? (zhOffset(shift) ?? 0) : 0, slice: cut } as const;
      return cut === "whole" ? afterMonth(text, at, end, month) : piece(at, end, { day: month });
    },
  },
  {
    // 月底, 月初, 中旬
    first: "月中上下",
    pattern: /(?:月(底|末|尾|初|头|中旬?|上旬|下旬)|(上旬|中旬|下旬))/y,
    read(match, { text, at }) {
      const [whole, named, bare] = match;
      if (/[个\d一二两三四五六七八九十每几正腊冬岁满]$/.test(textBefore(text, at, 1)) || matchAt(SLICE_END, text, at + 1)) return null;
      const last = /^[底末尾]$/.test(named ?? "") ? /^的?最后一[天日]/.exec(text.slice(at + whole.length)) : null;
      if (last) {
        const of: DaySpec = { is: "month", year: null, month: null, offset: 0, slice: "whole" };
        return piece(at, at + whole.length + last[0].length, { day: { is: "edge", of, last: true } });
      }
      return piece(at, at + whole.length, {
        day: { is: "month", year: null, month: null, offset: null, slice: SLICES[named ?? bare ?? ""] ?? "whole" },
      });
    },
  },
  {
    // 2026-11-24, 2026年11月24日, 2026/11/24, 24/11/2026
    first: "12",
    pattern: /(20\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?:[日号]|t(?=\d)|(?![\d.]))/y,
    read(match, { at }) {
      const [whole, year, month, date] = match;
      return datePiece(at, at + whole.length, Number(year), undefined, Number(month), Number(date));
    },
  },
  {
    // 明年四月, 2027年3月5号, 二〇二七年三月, 明年, 年底
    first: "今本明来出后去旧前12二年",
    pattern: new RegExp(
      `(?:(20\\d\\d|\\d\\d(?=年${NUM}月)|二零[零一二三四五六七八九]{2})年|(今年|本年|明年|来年|出年|后年|去年|旧年|前年)|(年)(?=底|末|尾|中(?:旬)?(?![秋间])))的?` +
        `(?:(${NUM})月(?:份)?|年?(底|末|尾|初|中|上半年|下半年))?`,
      "y",
    ),
    read(match, { text, at }) {
      const [whole, number, word, bare, month, slice] = match;
      const end = at + whole.length;
      if (bare !== undefined && /[一二两三四五六七八九十\d半每几多周今明去]$/.test(textBefore(text, at, 1))) return null;
      const year =
        number === undefined
          ? null
          : /^\d+$/.test(number)
            ? number.length === 2
              ? 2000 + Number(number)
              : Number(number)
            : zhYear(number);
      const yearOffset = word === undefined ? undefined : YEAR_OFFSETS[word];
      if (month !== undefined) {
        const value = zhNumber(month);
        if (value < 1 || value > 12) return null;
        return afterMonth(text, at, end, { is: "month", year, yearOffset, month: value, offset: null, slice: "whole" });
      }
      // A bare year is no time to come: 今年买的, 2024年款.
      if (slice === undefined && (yearOffset === undefined || yearOffset === 0)) return null;
      const cut: Slice =
        slice === "上半年" ? "first-half" : slice === "下半年" ? "second-half" : slice === undefined ? "whole" : (SLICES[slice] ?? "whole");
      return piece(at, end, { day: { is: "year", year, offset: yearOffset ?? (year === null ? 0 : null), slice: cut } });
    },
  },
  {
    // 8月15号, 十二月24, 3月底, 三月份
    first: "0123456789一二三四五六七八九十",
    pattern: new RegExp(`(${NUM}) ?月(?:份|${SLICE})?`, "y"),
    read(match, { text, at }) {
      const [whole, name = "", slice] = match;
      const month = zhNumber(name);
      let end = at + whole.length;
      if (!(month >= 1 && month <= 12) || /^(?:饼|亮|球|租|费|卡|薪|供|嫂|票|经|子)/.test(text.slice(end, end + 1))) return null;
      const within = slice !== undefined && matchAt(SLICE_END, text, end - slice.length) !== null;
      if (within) end -= slice.length;
      const cut: Slice = slice === undefined || within ? "whole" : (SLICES[slice] ?? "whole");
      const spec = { is: "month", year: null, month, offset: null, slice: cut } as const;
      return cut === "whole" ? afterMonth(text, at, end, spec) : piece(at, end, { day: spec });
    },
  },
];
