/** Festivals: how they are called in the three languages, and by what rule their day is found (festival-days.ts). */
import type { LocalText } from "../language.ts";
import type { SolarTerm } from "./lunar.ts";

/** How the day of a festival is found. `nth` counts weekdays of a month from 1; −1 is the last. */
type FestivalRule =
  | { readonly by: "date"; readonly month: number; readonly date: number }
  | { readonly by: "lunar"; readonly month: number; readonly date: number }
  | { readonly by: "lunar-eve" }
  | { readonly by: "term"; readonly term: SolarTerm }
  | { readonly by: "weekday"; readonly month: number; readonly weekday: number; readonly nth: number; readonly plusDays?: number }
  | { readonly by: "easter"; readonly plusDays: number };

export interface Festival {
  readonly id: string;
  readonly name: LocalText;
  readonly rule: FestivalRule;
  /** Other names, any language; simplified and lower case. Names of three letters or fewer characters are matched as whole words. */
  readonly also: readonly string[];
  /** Length of the customary holiday, days from its first day; only where a holiday hangs on the festival in China. */
  readonly holidayDays?: number;
  /** Days by which the holiday begins before the festival (除夕 before 春节). */
  readonly holidayLead?: number;
}

const date = (month: number, day: number): FestivalRule => ({ by: "date", month, date: day });
const lunar = (month: number, day: number): FestivalRule => ({ by: "lunar", month, date: day });
const nth = (month: number, weekday: number, count: number, plusDays = 0): FestivalRule => ({
  by: "weekday",
  month,
  weekday,
  nth: count,
  plusDays,
});
const names = (zhCN: string, zhTW: string, en: string): LocalText => ({ "zh-CN": zhCN, "zh-TW": zhTW, en });

/**
 * Every festival that is understood. Lengths of the holidays: Regulation on Public Holidays as revised in 2024 (State Council Order 795)
 * and the arrangement usual since 2025 where it is longer (春节 eight days from 除夕, 国庆 seven, 劳动节 five).
 */
export const FESTIVALS: readonly Festival[] = [
  {
    id: "new-year",
    name: names("元旦", "元旦", "New Year's Day"),
    rule: date(1, 1),
    also: ["元旦节", "新年", "阳历年", "new years day", "new year day", "new year's", "new years", "new year", "yuandan"],
    holidayDays: 1,
  },
  { id: "laba", name: names("腊八节", "臘八節", "Laba Festival"), rule: lunar(12, 8), also: ["腊八"] },
  { id: "little-new-year", name: names("小年", "小年", "Little New Year"), rule: lunar(12, 23), also: [] },
  {
    id: "lunar-eve",
    name: names("除夕", "除夕", "Lunar New Year's Eve"),
    rule: { by: "lunar-eve" },
    also: [
      "大年三十",
      "年三十",
      "年三十晚",
      "年三十夜",
      "大年夜",
      "年夜",
      "除夕夜",
      "chinese new year's eve",
      "chinese new years eve",
      "lunar new years eve",
    ],
  },
  {
    id: "spring",
    name: names("春节", "春節", "Chinese New Year"),
    rule: lunar(1, 1),
    also: ["过年", "大年初一", "农历新年", "农历年", "旧历年", "阴历年", "新春", "中国新年", "lunar new year", "spring festival", "cny"],
    holidayDays: 8,
    holidayLead: 1,
  },
  { id: "lantern", name: names("元宵节", "元宵節", "Lantern Festival"), rule: lunar(1, 15), also: ["元宵", "正月十五"] },
  { id: "dragon-head", name: names("龙抬头", "龍抬頭", "Dragon Head Day"), rule: lunar(2, 2), also: ["二月二"] },
  {
    id: "valentine",
    name: names("情人节", "情人節", "Valentine's Day"),
    rule: date(2, 14),
    also: ["valentines day", "valentines", "valentine's"],
  },
  { id: "girls", name: names("女生节", "女生節", "Girls' Day"), rule: date(3, 7), also: [] },
  {
    id: "women",
    name: names("妇女节", "婦女節", "Women's Day"),
    rule: date(3, 8),
    also: ["三八节", "三八妇女节", "女神节", "womens day", "international women's day"],
  },
  { id: "arbor", name: names("植树节", "植樹節", "Arbor Day"), rule: date(3, 12), also: [] },
  {
    id: "st-patrick",
    name: names("圣帕特里克节", "聖派翠克節", "St Patrick's Day"),
    rule: date(3, 17),
    also: ["st patricks day", "saint patrick", "saint patrick's day", "st. patrick's day"],
  },
  {
    id: "april-fool",
    name: names("愚人节", "愚人節", "April Fools' Day"),
    rule: date(4, 1),
    also: ["april fools", "april fool's day", "april fools day"],
  },
  {
    id: "qingming",
    name: names("清明节", "清明節", "Qingming Festival"),
    rule: { by: "term", term: "清明" },
    also: ["清明", "扫墓节", "ching ming", "qingming", "tomb sweeping day"],
    holidayDays: 1,
  },
  { id: "good-friday", name: names("耶稣受难日", "耶穌受難日", "Good Friday"), rule: { by: "easter", plusDays: -2 }, also: [] },
  { id: "easter", name: names("复活节", "復活節", "Easter"), rule: { by: "easter", plusDays: 0 }, also: ["easter sunday"] },
  { id: "easter-monday", name: names("复活节星期一", "復活節星期一", "Easter Monday"), rule: { by: "easter", plusDays: 1 }, also: [] },
  {
    id: "labour",
    name: names("劳动节", "勞動節", "Labour Day (1 May)"),
    rule: date(5, 1),
    also: ["五一", "五一劳动节", "五一节", "may day", "international workers' day", "workers day"],
    holidayDays: 5,
  },
  { id: "youth", name: names("青年节", "青年節", "Youth Day"), rule: date(5, 4), also: ["五四青年节"] },
  { id: "mother", name: names("母亲节", "母親節", "Mother's Day"), rule: nth(5, 7, 2), also: ["mothers day"] },
  {
    id: "children",
    name: names("儿童节", "兒童節", "Children's Day"),
    rule: date(6, 1),
    also: ["六一", "六一儿童节", "六一节", "childrens day"],
  },
  {
    id: "dragon-boat",
    name: names("端午节", "端午節", "Dragon Boat Festival"),
    rule: lunar(5, 5),
    also: ["端午", "端阳节", "粽子节", "dragon boat"],
    holidayDays: 1,
  },
  { id: "father", name: names("父亲节", "父親節", "Father's Day"), rule: nth(6, 7, 3), also: ["fathers day"] },
  { id: "july-first", name: names("建党节", "建黨節", "Founding Day of the Party"), rule: date(7, 1), also: ["七一建党节"] },
  { id: "independence", name: names("美国独立日", "美國獨立日", "Independence Day"), rule: date(7, 4), also: [] },
  { id: "army", name: names("建军节", "建軍節", "Army Day"), rule: date(8, 1), also: ["八一建军节"] },
  { id: "qixi", name: names("七夕", "七夕", "Qixi Festival"), rule: lunar(7, 7), also: ["七夕节", "七夕情人节", "qixi"] },
  { id: "ghost", name: names("中元节", "中元節", "Ghost Festival"), rule: lunar(7, 15), also: ["七月半", "hungry ghost festival"] },
  { id: "us-labor", name: names("美国劳动节", "美國勞動節", "Labor Day"), rule: nth(9, 1, 1), also: ["labour day"] },
  { id: "teacher", name: names("教师节", "教師節", "Teachers' Day"), rule: date(9, 10), also: ["teachers day"] },
  {
    id: "mid-autumn",
    name: names("中秋节", "中秋節", "Mid-Autumn Festival"),
    rule: lunar(8, 15),
    also: ["中秋", "八月十五", "团圆节", "mid autumn festival", "mid-autumn", "mid autumn", "moon festival", "mooncake festival"],
    holidayDays: 1,
  },
  {
    id: "national",
    name: names("国庆节", "國慶節", "National Day (1 October)"),
    rule: date(10, 1),
    also: ["国庆", "十一国庆", "国庆黄金周", "十一黄金周", "national day", "golden week"],
    holidayDays: 7,
  },
  {
    id: "double-ninth",
    name: names("重阳节", "重陽節", "Double Ninth Festival"),
    rule: lunar(9, 9),
    also: ["重阳", "chung yeung", "double ninth"],
  },
  { id: "double-ten", name: names("双十节", "雙十節", "Double Ten Day"), rule: date(10, 10), also: ["双十国庆", "双十", "double tenth"] },
  { id: "halloween", name: names("万圣节", "萬聖節", "Halloween"), rule: date(10, 31), also: ["万圣夜", "万圣节前夜"] },
  {
    id: "singles",
    name: names("双十一", "雙十一", "Singles' Day"),
    rule: date(11, 11),
    also: ["光棍节", "双11", "双十一购物节", "singles day", "double eleven"],
  },
  {
    id: "thanksgiving",
    name: names("感恩节", "感恩節", "Thanksgiving"),
    rule: nth(11, 4, 4),
    also: ["thanksgiving day", "thanks giving day", "thanks giving"],
  },
  { id: "black-friday", name: names("黑色星期五", "黑色星期五", "Black Friday"), rule: nth(11, 4, 4, 1), also: ["黑五"] },
  { id: "cyber-monday", name: names("网络星期一", "網路星期一", "Cyber Monday"), rule: nth(11, 4, 4, 4), also: [] },
  { id: "double-twelve", name: names("双十二", "雙十二", "Double Twelve"), rule: date(12, 12), also: ["双12"] },
  { id: "winter-solstice", name: names("冬至", "冬至", "Winter Solstice"), rule: { by: "term", term: "冬至" }, also: ["冬至节", "冬节"] },
  { id: "christmas-eve", name: names("平安夜", "平安夜", "Christmas Eve"), rule: date(12, 24), also: ["圣诞夜", "圣诞前夜", "xmas eve"] },
  {
    id: "christmas",
    name: names("圣诞节", "聖誕節", "Christmas"),
    rule: date(12, 25),
    also: ["圣诞", "christmas day", "xmas", "xmas day", "x-mas"],
  },
  { id: "boxing", name: names("节礼日", "節禮日", "Boxing Day"), rule: date(12, 26), also: [] },
  {
    id: "new-years-eve",
    name: names("跨年夜", "跨年夜", "New Year's Eve"),
    rule: date(12, 31),
    also: ["跨年", "元旦前夜", "new years eve", "new year eve", "nye"],
  },
  { id: "mlk", name: names("马丁路德金日", "馬丁路德金日", "Martin Luther King Day"), rule: nth(1, 1, 3), also: ["mlk day"] },
  { id: "presidents", name: names("总统日", "總統日", "Presidents' Day"), rule: nth(2, 1, 3), also: ["presidents day"] },
  { id: "memorial", name: names("阵亡将士纪念日", "陣亡將士紀念日", "Memorial Day"), rule: nth(5, 1, -1), also: [] },
];

const byId = new Map(FESTIVALS.map((festival) => [festival.id, festival]));

/** The festival of this id, or `null`. */
export function festival(id: string): Festival | null {
  return byId.get(id) ?? null;
}

const byName = new Map<string, string>();
for (const one of FESTIVALS) {
  for (const name of [...Object.values(one.name), ...one.also]) byName.set(name.toLowerCase(), one.id);
}

/** The id of the festival of this name, in any of the languages; `null` when none has it. */
export function festivalByName(name: string): string | null {
  return byName.get(name.trim().toLowerCase()) ?? null;
}
