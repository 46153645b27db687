/** Chinese pieces that name a day by its distance or its date, and the order of all rules for days. */
import { ADDRESS_BEFORE, DAY_OFFSETS, NO_DATE_AFTER, NUM, SHORT_DAYS, SHORT_PARTS, zhNumber } from "./lexicon-zh.ts";
import { type Rule, textBefore } from "./rule.ts";
import { piece } from "./spec.ts";
import { DIGIT_OR_HAN, datePiece } from "./zh-grammar.ts";
import { ZH_MONTH_RULES } from "./zh-months.ts";
import { ZH_PERIOD_RULES } from "./zh-periods.ts";
import { ZH_WEEK_RULES } from "./zh-weeks.ts";

const NEAR_DAY_RULES: readonly Rule[] = [
  {
    // 明后天, 今明两天: either of the two
    first: "今明听",
    pattern: /(?:(今明)两?[天日]|[明听]后(?:两天|[天日]))/y,
    read(match, { at }) {
      const end = at + match[0].length;
      const days = match[1] === undefined ? 1 : 0;
      return piece(at, end, { day: { is: "offset", days }, to: piece(at, end, { day: { is: "offset", days: days + 1 } }) });
    },
  },
  {
    // 大后天, 听日, 今日
    first: "大后明听今昨寻琴噚前",
    pattern: new RegExp(
      `(${Object.keys(DAY_OFFSETS)
        .sort((a, b) => b.length - a.length)
        .join("|")})`,
      "y",
    ),
    read(match, { text, at }) {
      const word = match[0];
      const end = at + word.length;
      if (/[后前]/.test(word.charAt(0)) && /[然以之最随背此午月年日天周个]$/.test(textBefore(text, at, 1))) return null;
      if (/^(?:头条|之后》|线)/.test(text.slice(end, end + 3)) || (word === "后天" && /^[气空热冷性亮花]/.test(text.slice(end))))
        return null;
      return piece(at, end, { day: { is: "offset", days: DAY_OFFSETS[word] ?? 0 } });
    },
  },
  {
    // 今晚, 明早, 听朝
    first: Object.keys(SHORT_DAYS).join(""),
    pattern: /([今明听后昨寻琴噚])([早晚晨朝夜午])(?:上|间|黑)?/y,
    read(match, { text, at }) {
      const [whole, day = "", part = ""] = match;
      if (day === "后" && /[然以之最随背此午前落]$/.test(textBefore(text, at, 1))) return null;
      return piece(at, at + whole.length, { day: { is: "offset", days: SHORT_DAYS[day] ?? 0 }, part: SHORT_PARTS[part] ?? null });
    },
  },
];

const DATE_RULES: readonly Rule[] = [
  {
    // 26号不行,改廿七: a day goes on where a day stood
    first: DIGIT_OR_HAN,
    pattern: new RegExp(`(${NUM})(?=$|[,，。!！?？\\s]|吧|啦|得|好|可以|行|都|先)`, "y"),
    read(match, { text, at }) {
      if (!/[号日][^点:]{0,20}(?:改|要|换)(?:成|到|做|去|为|约)?$/.test(textBefore(text, at, 26))) return null;
      return datePiece(at, at + match[0].length, null, undefined, null, zhNumber(match[1] ?? ""));
    },
  },
  {
    // 3-5号, 3到5号, 15、16号, 15/16号: two days with one 号
    first: DIGIT_OR_HAN,
    pattern: new RegExp(`(${NUM}) ?([-~到至]|、|/|或者?|和) ?(${NUM}) ?[号日](?!${NO_DATE_AFTER})`, "y"),
    read(match, { text, at }) {
      const [whole, first = "", join = "", last = ""] = match;
      const one = zhNumber(first);
      const two = zhNumber(last);
      if (!(one >= 1 && one <= 31 && two >= 1 && two <= 31) || ADDRESS_BEFORE.test(textBefore(text, at, 4))) return null;
      const end = at + whole.length;
      if (!/[-~到至]/.test(join)) return datePiece(at, at + first.length, null, undefined, null, one);
      const from = datePiece(at, at + first.length, null, undefined, null, one);
      const to = datePiece(end - last.length - 1, end, null, undefined, null, two);
      return from === null || to === null ? null : { ...from, end, to };
    },
  },
  {
    // 15号, 十五日, 三号
    first: DIGIT_OR_HAN,
    pattern: new RegExp(`(${NUM}) ?(号|日)`, "y"),
    read(match, { text, at }) {
      const [whole, name = "", mark] = match;
      const end = at + whole.length;
      const rest = text.slice(end, end + 5);
      if (mark === "日" && (!(/\d/.test(name) || name.length > 1) || /^[本立产系元常式光历用子]/.test(rest))) return null;
      if (mark === "日" && /^(?:内|之内|以内)/.test(rest)) return null;
      if (new RegExp(`^ ?${NO_DATE_AFTER}`).test(rest) && !/^ ?\d{1,2}[点时:]/.test(rest)) return null;
      const before = textBefore(text, at, 4);
      // 等咗十九日: how long.
      if (mark === "日" && /(?:[等过用住修放摆][咗了足]|成|足足|整整|前后)$/.test(before)) return null;
      if (mark === "号" && /美孚$/.test(before)) return null;
      if (
        ADDRESS_BEFORE.test(before) ||
        /(?:[第每]|每个?月)$/.test(before) ||
        /(?:工|型|编|单|证|卡|账|门牌)号?(?:就?是|为|系)?[::]?$/.test(before)
      )
        return null;
      return datePiece(at, end, null, undefined, null, zhNumber(name));
    },
  },
  {
    // 11/24, 3/15
    first: "0123456789",
    pattern: /(\d{1,2})\/(\d{1,2})(?![\d/%]|分|号楼| ?(?:寸|英寸|星|stars?|inch))/y,
    read(match, { text, at }) {
      const [whole, first, last] = match;
      const end = at + whole.length;
      const month = Number(first);
      const date = Number(last);
      // 8/10 and 4/5 are marks more often than days, and 24/7 is no day at all.
      if (
        (date === 10 || date === 5) &&
        !/[在到约改定周是于前]$/.test(textBefore(text, at, 1)) &&
        !/^ ?(?:[号日上下早晚中周(]|\d{1,2}[:点])/.test(text.slice(end, end + 4))
      ) {
        return null;
      }
      if (month > 12) return date > 12 || month === 24 ? null : datePiece(at, end, null, undefined, date, month);
      return datePiece(at, end, null, undefined, month, date);
    },
  },
  {
    // 11-24上午, 11-30 14:00
    first: "01",
    pattern: /(0?[1-9]|1[0-2])-(1[3-9]|2\d|3[01])(?= ?(?:\d{1,2}[:点]|[上下中]午|早上|晚上|周|星期|\())/y,
    read: (match, { at }) => datePiece(at, at + match[0].length, null, undefined, Number(match[1]), Number(match[2])),
  },
  {
    // 0202下午: month and day in four digits, where a part of the day follows
    first: "01",
    pattern: /(0[1-9]|1[0-2])([0-2]\d|3[01])(?=(?:上|下|中)午|早上|晚上)/y,
    read: (match, { at }) => datePiece(at, at + match[0].length, null, undefined, Number(match[1]), Number(match[2])),
  },
  {
    // 就12-08吧, 12-05可以
    first: "01",
    pattern: /(0[1-9]|1[0-2])-([0-2]\d|3[01])(?=吧|可以|行|好|都|这天|那天|上门)/y,
    read(match, { text, at }) {
      if (!/(?:^|[,，。\s就约改到定在是选])$/.test(textBefore(text, at, 1))) return null;
      return datePiece(at, at + match[0].length, null, undefined, Number(match[1]), Number(match[2]));
    },
  },
  {
    // 11.24号, 11.24上午
    first: "0123456789",
    pattern: /(\d{1,2})\.(\d{1,2})(?=[号日]|(?:上|下|中)午|早上|晚上|周|星期)[号日]?/y,
    read: (match, { at }) => datePiece(at, at + match[0].length, null, undefined, Number(match[1]), Number(match[2])),
  },
];

/** Rules in the order in which they are tried. */
export const ZH_DAY_RULES: readonly Rule[] = [...ZH_PERIOD_RULES, ...NEAR_DAY_RULES, ...ZH_WEEK_RULES, ...ZH_MONTH_RULES, ...DATE_RULES];
