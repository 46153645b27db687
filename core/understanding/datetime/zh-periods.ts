/** Chinese pieces that name a stretch by its place: quarters, the n-th month of a year, what is left of the day, until the shop closes. */
import { NUM, YEAR_OFFSETS, zhNumber, zhOffset } from "./lexicon-zh.ts";
import { type Rule, textBefore } from "./rule.ts";
import { type DaySpec, piece } from "./spec.ts";

const YEAR = "(?:(20\\d\\d)年?|(今年|本年|明年|来年|出年|后年|去年|旧年|前年))";
const NOW = "(?:现在|而家|依家|家阵|即日)";
/** Someone is asked to come: the rest of the clause after “now”. */
const COMING =
  /^就?(?:能不能|可不可以|可唔可以|能|可以|方便|得唔得)?(?:马上|即刻)?(?:过来(?!了|过)|过嚟|来(?![了过不看说讲的电到往])|上门(?!了|过)|嚟(?!咗|过))[^,，。.!！;；]{0,8}/;
const ASKING = /[吗嗎么嘛?？吧]|[能可]|得唔得|麻烦|请/;

function yearOf(number: string | undefined, word: string | undefined): { year: number | null; yearOffset: number | null } {
  return { year: number === undefined ? null : Number(number), yearOffset: word === undefined ? null : (YEAR_OFFSETS[word] ?? 0) };
}

const TODAY: DaySpec = { is: "offset", days: 0 };

/** Rules in the order in which they are tried. */
export const ZH_PERIOD_RULES: readonly Rule[] = [
  {
    // 第三季度, 明年第一季度, 2027年二季度; 一季度一次 is a habit
    first: "012今本明来出后去旧前第一二三四34",
    pattern: new RegExp(`(?:${YEAR}的?)?(第)?([一二三四1-4])季度?(?!节|稻|豆|青)`, "y"),
    read(match, { text, at }) {
      const [whole, number, word, nth, quarter = ""] = match;
      const dated = number !== undefined || word !== undefined;
      const full = whole.endsWith("度");
      // 第二季 is a season on television, 四季 the seasons, 一季度 as often “each quarter”.
      if (!full || (!dated && nth === undefined && /[一1]/.test(quarter)) || /[每逢]$/.test(textBefore(text, at, 1))) return null;
      const year = yearOf(number, word);
      return piece(at, at + whole.length, {
        day: { is: "quarter", ...year, quarter: zhNumber(quarter), offset: 0, count: 1 },
        past: (year.yearOffset ?? 0) < 0,
      });
    },
  },
  {
    // 下个季度, 本季度, 下一季
    first: "上下这本今",
    pattern: /(上|下下|下|这|本|今)(?:一个|个|一)?(?:季度|季(?=[,，。!！?？再来做约保换]|$))/y,
    read(match, { at }) {
      const offset = zhOffset(match[1]) ?? 0;
      const day: DaySpec = { is: "quarter", year: null, yearOffset: null, quarter: null, offset, count: 1 };
      return piece(at, at + match[0].length, { day, past: offset < 0 });
    },
  },
  {
    // 明年第九个月
    first: "2今本明来出后去旧前",
    pattern: new RegExp(`${YEAR}的?第(${NUM})个月(?!圆)`, "y"),
    read(match, { at }) {
      const [whole, number, word, nth = ""] = match;
      const month = zhNumber(nth);
      if (!(month >= 1 && month <= 12)) return null;
      const { year, yearOffset } = yearOf(number, word);
      return piece(at, at + whole.length, {
        day: { is: "month", year, yearOffset: yearOffset ?? undefined, month, offset: null, slice: "whole" },
        past: (yearOffset ?? 0) < 0,
      });
    },
  },
  {
    // 从现在到八点; 现在能过来吗
    first: "从由自现而依家即",
    pattern: new RegExp(`(?:从|由|自)?${NOW}(?:开始|起)?`, "y"),
    read(match, { text, at }) {
      const end = at + match[0].length;
      const now = piece(at, end, { shift: { ms: 0, within: false } });
      const rest = text.slice(end, end + 20);
      if (/^(?:一直)?[到至](?!底|处|了|今|现|目|此|货|账|家|位|期)/.test(rest) && /^[从由自]|起$|开始$/.test(match[0])) return now;
      if (/[到至都]$/.test(textBefore(text, at, 1)) || /^[从由自]|起$|开始$/.test(match[0])) return null;
      const coming = COMING.exec(rest);
      if (coming === null) return null;
      return ASKING.test(coming[0]) || /(?:能|可以|可唔可以|得唔得|麻烦|请)[^,，。]{0,4}$/.test(textBefore(text, at, 6)) ? now : null;
    },
  },
  {
    // 今天剩下的时间
    first: "今",
    pattern: /今[天日]的?(?:剩下|剩余|余下)的?(?:时间|时候)?/y,
    read(match, { at }) {
      const end = at + match[0].length;
      return piece(at, end, { shift: { ms: 0, within: false }, to: piece(at, end, { day: TODAY }) });
    },
  },
  {
    // 礼拜一上班前
    first: "上返开",
    pattern: /(?:上班|返工|开工|上学)(?:之前|以前|前)/y,
    read(match, { at, before }) {
      if (before === null || before.day === null || before.end !== at || before.clock !== null || before.part !== null) return null;
      return piece(at, at + match[0].length, { part: "early-morning" });
    },
  },
  {
    // 明天下班前, 收工之前
    first: "下收关打",
    pattern: /(?:你们)?(?:下班|收工|关门|打烊)(?:之前|以前|前)/y,
    read(match, { at, before }) {
      if (before === null || before.day === null || before.end !== at || before.clock !== null || before.part !== null) return null;
      return piece(at, at + match[0].length, { part: "late-afternoon", bound: "by" });
    },
  },
];
