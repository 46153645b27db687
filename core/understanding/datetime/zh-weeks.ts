/** Chinese pieces that name a weekday, a week or a weekend. */
import { zhOffset, zhWeekday } from "./lexicon-zh.ts";
import { type Rule, textBefore } from "./rule.ts";
import { piece, type Slice } from "./spec.ts";
import { SHIFT, SLICES, WEEK } from "./zh-grammar.ts";

/** Rules in the order in which they are tried. */
export const ZH_WEEK_RULES: readonly Rule[] = [
  {
    // 周末, 下下周末, 周六日
    first: "上下这本今那呢周星礼拜",
    pattern: new RegExp(
      `(?:${SHIFT}一?个?)?(?:周末|星期末|礼拜尾|${WEEK}六(?:${WEEK})?[日天](?!\\d)|${WEEK}六[、和到至]${WEEK}?[日天])`,
      "y",
    ),
    read(match, { text, at }) {
      const recurring = /[每逢]个?$/.test(textBefore(text, at, 2));
      return piece(at, at + match[0].length, { day: { is: "weekend", week: zhOffset(match[1]) }, recurring });
    },
  },
  {
    // 周一到五, 下礼拜一至三
    first: "上下这本今那呢周星礼拜",
    pattern: new RegExp(`(?:${SHIFT}一?个?)?${WEEK}([一二三四五六])[到至~-]([二三四五六日天])(?![点号月个十楼期级]|[日天](?!头|间))`, "y"),
    read(match, { text, at }) {
      const [whole, shift, first = "", last = ""] = match;
      const end = at + whole.length;
      const week = zhOffset(shift);
      const recurring = /[每逢]个?$/.test(textBefore(text, at, 2));
      const to = piece(end - 1, end, { day: { is: "weekday", weekday: zhWeekday(last), week } });
      return piece(at, end, { day: { is: "weekday", weekday: zhWeekday(first), week }, to, recurring });
    },
  },
  {
    // 下周四或五, 周六、日: the first of them, and what follows holds for both
    first: "上下这本今那呢周星礼拜",
    pattern: new RegExp(
      `(?:${SHIFT}一?个?)?${WEEK}([一二三四五六])(?:或者?|、|同|跟)([二三四五六日天])(?=[,，。!！?？\\s]|$|上午|下午|早|晚|中午|上昼|下昼|都|吧|啦|嘅|的|可以|行)`,
      "y",
    ),
    read(match, { text, at }) {
      const [whole, shift, first = ""] = match;
      const recurring = /[每逢]个?$/.test(textBefore(text, at, 2));
      return piece(at, at + whole.length, { day: { is: "weekday", weekday: zhWeekday(first), week: zhOffset(shift) }, recurring });
    },
  },
  {
    // 周三, 下个星期天, 下下周一, 这礼拜五
    first: "上下这本今那呢周星礼拜",
    pattern: new RegExp(`(?:${SHIFT}一?个?)?${WEEK}([一二三四五六日天1-7])`, "y"),
    read(match, { text, at }) {
      const [whole, shift, char = ""] = match;
      const end = at + whole.length;
      const before = textBefore(text, at, 2);
      const rest = text.slice(end, end + 2);
      if (shift === undefined && /[一二两三四五六七八九十几半\d]个?$/.test(before) && /^[次回个天期]/.test(rest)) return null;
      if (shift === undefined && /[一两几半]$/.test(before)) return null;
      // 拜六 is said for 礼拜六; 崇拜, 朝拜 and 拜一拜 are not.
      if (/拜/.test(whole) && !/礼拜/.test(whole) && (/[崇膜朝参祭跪叩拜敬回团]$/.test(before) || /^[拜下年]/.test(rest))) return null;
      if (/^[1-7]$/.test(char) && /^(?:[\d次个天月年小.]|一)/.test(rest)) return null;
      if (/^(?:产期|结|报告|岁)/.test(rest) || /[叫姓]$/.test(before)) return null;
      return piece(at, end, {
        day: { is: "weekday", weekday: zhWeekday(char), week: shift === "那" ? null : zhOffset(shift) },
        recurring: /[每逢]个?$/.test(before),
      });
    },
  },
  {
    // 下周, 这个星期, 下周初, 周中, 下半周; 下周今天 is read elsewhere
    first: "上下这本今那呢周",
    pattern: new RegExp(
      `(?:${SHIFT}一?个?${WEEK}(初|头(?!条|发)|中|尾|内|之内|以内|里)?(?!的?今[天日])|(上半|下半)周|周(初|中)(?![一-龥]))`,
      "y",
    ),
    read(match, { text, at }) {
      const [whole, shift, slice, half, bare] = match;
      const end = at + whole.length;
      if (/^(?:期|岁|刊|报|长|边(?![日天])|围|到|全|年|密|转|折)/.test(text.slice(end, end + 2)) && slice === undefined) {
        if (!/^到/.test(text.slice(end, end + 1))) return null;
      }
      const week = zhOffset(shift) ?? 0;
      const named = slice ?? bare;
      const cut: Slice =
        half !== undefined
          ? (SLICES[half] ?? "whole")
          : named === "初" || named === "头"
            ? "early"
            : named === "中"
              ? "middle"
              : named === "尾"
                ? "late"
                : "whole";
      return piece(at, end, { day: { is: "week", week, slice: cut } });
    },
  },
];
