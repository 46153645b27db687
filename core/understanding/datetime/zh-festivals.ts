/** Chinese pieces around festivals, holidays and the lunar calendar. */
import { FESTIVALS, festivalByName } from "../../calendar/festivals.ts";
import { fold } from "./fold.ts";
import { HAN, NUM, YEAR_OFFSETS, zhNumber, zhWeekday } from "./lexicon-zh.ts";
import { matchAt, type Rule, textBefore } from "./rule.ts";
import { type DaySpec, type Draft, piece } from "./spec.ts";

/** Names that are numbers, food, greetings or parts of words elsewhere; they are read by rules of their own. */
const WEAK = new Set([
  "五一",
  "六一",
  "年夜",
  "元宵",
  "新年",
  "跨年",
  "新春",
  "双十",
  "双11",
  "双12",
  "八月十五",
  "正月十五",
  "二月二",
  "小年",
]);

const folded = new Map<string, string>();
for (const one of FESTIVALS) {
  for (const name of [...Object.values(one.name), ...one.also]) {
    const plain = fold(name, 40);
    if (/[^\x20-\x7e]/.test(plain) && !folded.has(plain)) folded.set(plain, one.id);
  }
}
const NAMES = [...folded.keys()].filter((name) => !WEAK.has(name)).sort((a, b) => b.length - a.length);
const idOf = (name: string): string | null => folded.get(name) ?? festivalByName(name);

/** Long holidays: “after” them means after the days off, not after the festival day. */
const LONG = new Set(["national", "spring", "labour"]);

const YEAR = "(?:(今年|明年|来年|后年|去年|前年|\\d{4}年)的?)?";
const HOLIDAY = /的?(?:小?长假|假期|黄金周|放假|假日)?(?:期间|里边?|这几天|那几天)?/y;
const TURN = /的?(?:前夕|(?:以|之)?前(?![面天台言])|(?:以|之|过)?后(?!面|天[^，,。\s]|台|备)|收假后?|回来后?|放完假(?:之后|以后|后)?)/y;
const NTH = new RegExp(
  `的?(?:那)?(上班|开工|开门|营业|复工|开业|收假)?的?(第|头)?(${NUM})个?(天|日(?!本)|周末|周(?!末)|星期|礼拜|工作日|上班日)([一二三四五六日天])?的?(上班|开工|开门|营业|复工|开业)?`,
  "y",
);
/** A greeting, gift or sale named after the festival is no time. */
const NO_TIME = /节?(?:快乐|愉快|好[呀啊!！~]|大吉|礼[物品盒]|优惠|活动|促销|特价|折扣|红包|套餐|礼包|版|款|装修|祝福|安康|吉祥)/y;

function yearOf(said: string | undefined): { year: number | null; yearOffset: number | null } {
  if (said === undefined) return { year: null, yearOffset: null };
  if (/^\d/.test(said)) return { year: Number(said.slice(0, 4)), yearOffset: null };
  return { year: null, yearOffset: YEAR_OFFSETS[said] ?? null };
}

/** What follows the name of a festival: its holiday, before and after it, the n-th day or working day from it. */
function follow(text: string, at: number, end: number, id: string | null, said: string | undefined, finished: boolean): Draft | null {
  if (matchAt(NO_TIME, text, end)) return null;
  const when = yearOf(said);
  const day: DaySpec = id === null ? { is: "holiday", id, ...when } : { is: "festival", id, ...when };
  const off: DaySpec = { is: "holiday", id, ...when };
  let next = end;
  const holiday = matchAt(HOLIDAY, text, next)?.[0] ?? "";
  if (holiday.length > 1) next += holiday.length;
  const isHoliday = holiday.length > 1 || id === null;
  const turn = matchAt(TURN, text, next)?.[0] ?? "";
  next += turn.length;
  const before = /前/.test(turn);
  const after = finished || (turn !== "" && !before);
  const nth = matchAt(NTH, text, next);
  const unit = nth?.[4] ?? "";
  if (nth && (after || before || nth[2] !== undefined)) {
    const count = zhNumber(nth[3] ?? "");
    const stop = next + nth[0].length;
    const works = unit.includes("工作") || unit.includes("上班日");
    const opens = nth[1] !== undefined || nth[6] !== undefined;
    if (unit === "周末" && !before) {
      const saturday: DaySpec = { is: "weekday-from", base: off, weekday: 6, count };
      return piece(at, stop, { day: { is: "weekend-of", base: saturday } });
    }
    const weekday = /^(?:周|星期|礼拜)$/.test(unit) ? nth[5] : undefined;
    const days = unit === "天" || unit === "日" ? count : count * 7;
    if (!Number.isFinite(count) || count < 1 || count > 60) return null;
    if (weekday !== undefined) {
      return piece(at, stop, {
        day: { is: "weekday-from", base: before ? day : off, weekday: zhWeekday(weekday), count: before ? -count : count },
      });
    }
    if (works || opens) {
      const sign = before ? -1 : 1;
      return piece(at, stop, { day: { is: "workday", base: before ? day : off, count: sign * count, open: opens && !works } });
    }
    if (before) {
      return piece(at, stop, { day: { is: "from", base: day, days: -days, months: 0 } });
    }
    if (after) {
      const fromHoliday = isHoliday || nth[2] !== undefined || finished || (id !== null && LONG.has(id));
      return piece(at, stop, { day: { is: "from", base: fromHoliday ? off : day, days, months: 0 } });
    }
    return piece(at, stop, { day: { is: "from", base: day, days: days - 1, months: 0 } });
  }
  if (before) return piece(at, next, { day: isHoliday ? off : day, bound: "before" });
  if (after) return piece(at, next, { day: off, bound: "after" });
  return piece(at, next, { day: isHoliday ? off : day });
}

const firsts = (words: readonly string[]): string => [...new Set(words.map((word) => word.charAt(0)))].join("");

const MONTH_NAME = `(正|腊|冬|${NUM})`;
const lunarMonth = (text: string): number => ({ 正: 1, 冬: 11, 腊: 12 })[text] ?? zhNumber(text);

function lunarPiece(at: number, end: number, said: string | undefined, month: number, date: number): Draft | null {
  if (!(month >= 1 && month <= 12 && date >= 1 && date <= 30)) return null;
  return piece(at, end, { day: { is: "lunar", yearOffset: said === undefined ? null : (YEAR_OFFSETS[said] ?? null), month, date } });
}

/** Rules in the order in which they are tried. */
export const ZH_FESTIVAL_RULES: readonly Rule[] = [
  {
    // 农历八月十六, 明年正月初八, 三月初一, 腊月二十三
    first: "今明来去农阴旧老正腊冬一二三四五六七八九十1234567890",
    pattern: new RegExp(
      `(?:(今年|明年|来年|去年)的?)?(?:(农历|阴历|旧历|老历)的?(?:今年|明年)?的?)?${MONTH_NAME}月(初)?(${NUM}|${HAN})(?:[日号]|那天|当天)?`,
      "y",
    ),
    read(match, { at }) {
      const [whole, said, named, month = "", first, date = ""] = match;
      if (named === undefined && first === undefined && !/[正腊冬]/.test(month)) return null;
      return lunarPiece(at, at + whole.length, said, lunarMonth(month), zhNumber(date));
    },
  },
  {
    // 大年初三, 年初八, 年廿八, 初八
    first: "大年初",
    pattern: new RegExp(`(大年|年)?(?:初(${NUM})|(廿[一二三四五六七八九]))(?!级|中|步|次|恋|衷|号楼)`, "y"),
    read(match, { text, at }) {
      const [whole, year, early, late] = match;
      const end = at + whole.length;
      if (late !== undefined) return year === undefined ? null : lunarPiece(at, end, undefined, 12, zhNumber(late));
      const date = zhNumber(early ?? "");
      // 初一 to 初三 are school years too: without 年 they need a word that speaks of a day.
      if (
        year === undefined &&
        date <= 3 &&
        !/^(?:那天|当天|之?前|之?后|以[前后]|上午|下午|早|晚|中午|能|可以|有|开|来|上门|上班|过来|到|左右)/.test(text.slice(end, end + 4))
      ) {
        return null;
      }
      if (year === undefined && /[月最当起年]$/.test(textBefore(text, at, 1))) return null;
      return date <= 15 ? lunarPiece(at, end, undefined, 1, date) : null;
    },
  },
  {
    // 明年春节, 国庆假期, 中秋前一天, 过完国庆第一个工作日
    first: `今明来后去前过等12${firsts(NAMES)}`,
    pattern: new RegExp(`${YEAR}(等?过完|等?过了)?(${NAMES.join("|")})`, "y"),
    read(match, { text, at }) {
      const [whole, said, finished, name = ""] = match;
      // 农历年初八 is a day of the new year, not the new year.
      if (name.endsWith("年") && /^(?:初|廿)[一二三四五六七八九十\d]/.test(text.slice(at + whole.length))) return null;
      // 过年 is a name: 过完年 and 过了年 are read below.
      return follow(text, at, at + whole.length, idOf(name), said, finished !== undefined);
    },
  },
  {
    // 五一, 十一, 六一: numbers unless the words around speak of a day
    first: "五十六双今明来后去前过等新元跨小年",
    pattern: new RegExp(`${YEAR}(等?过完|等?过了|过)?(五一|十一|六一|双十|双11|双12|新年|新春|元宵|跨年|小年|年夜)`, "y"),
    read(match, { text, at }) {
      const [whole, said, finished, name = ""] = match;
      const end = at + whole.length;
      const rest = text.slice(end, end + 5);
      if (/^[一二三四五六七八九十百千万零\d]/.test(rest) || /[一二三四五六七八九十百零第\d\-年]$/.test(textBefore(text, at, 1)))
        return null;
      if (
        /^(?:点|号|日|月|个|天(?!前)|块|楼|层|岁|人|台|路|公里|里|米|元|次|分|秒|时|周|年|折|届|幢|栋|室|街|区|中学|小学|团圆|广场|大道|商场|大厦|桥|公园|胡同|小区)/.test(
          rest,
        )
      )
        return null;
      if (name === "十一") {
        const cue =
          /^(?:节|假|放假|黄金周|长假|小长假|期间|之?前|之?后|以[前后]|过后|那天|当天|国庆|回来|上班|营业|开门|休息|出行|出游|能|可以|有)/.test(
            rest,
          );
        if (!cue && finished === undefined && !/(?:过|等|到|在|约|定|改|国庆)$/.test(textBefore(text, at, 1)) && said === undefined)
          return null;
      }
      const id = name === "十一" ? "national" : idOf(name);
      return follow(text, at, end, id, said, finished !== undefined && finished !== "过");
    },
  },
  {
    // 年前, 年后, 节后上班第一天, 过完年, 放假前
    first: "年节过等放收假长",
    pattern: /(?:(等?过完|等?过了|出了|过)(年|节)|(年|节|假期|长假|放假|收假)(?=(?:以|之|过)?[前后]|回来|上班第))/y,
    read(match, { text, at }) {
      const [whole, finished, festive, bare] = match;
      if (
        bare !== undefined &&
        /[\d一二两三四五六七八九十百几半多今明去后前季环细关章调骨礼情每整全周学青成常]$/.test(textBefore(text, at, 1))
      )
        return null;
      const name = festive ?? bare ?? "";
      const end = at + whole.length;
      const done = finished !== undefined && finished !== "过";
      return follow(text, at, end, name === "年" ? "spring" : null, undefined, done);
    },
  },
];
