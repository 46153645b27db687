/** The forecast of care as staff read it: tables for the page and for files, a few lines for a team chat. Pure. */
import { FORECAST_WAYS, type Forecast, type ForecastCell, type ForecastWay } from "../care/forecasts.ts";
import type { Language, LocalText } from "../language.ts";
import type { BusinessModel } from "../profile/model.ts";
import { addDays, type DayKey, daysBetween } from "../time.ts";
import { nameOfPlan, type ReportTable } from "./tables.ts";

const W = (cn: string, tw: string, en: string): LocalText => ({ "zh-CN": cn, "zh-TW": tw, en });

const WORDS = {
  weeks: W("逐周", "逐週", "Week by week"),
  week: W("周", "週", "week"),
  plans: W("各计划", "各計畫", "By plan"),
  plan: W("计划", "計畫", "plan"),
  channels: W("各渠道", "各管道", "By channel"),
  channel: W("渠道", "管道", "channel"),
  reasons: W("不能自动发出的原因", "不能自動傳送的原因", "Why not by itself"),
  reason: W("原因", "原因", "reason"),
  result: W("结果", "結果", "what becomes of it"),
  count: W("次数", "次數", "count"),
  days: W("逐日", "逐日", "Day by day"),
  day: W("日期", "日期", "day"),
  total: W("合计", "合計", "total"),
  message: W("自动发出", "自動傳送", "goes out"),
  along: W("并入同一条", "併入同一則", "in the same message"),
  mass: W("员工手动发送", "員工手動傳送", "sent by hand"),
  call: W("电话名单", "電話名單", "to be called"),
  unreachable: W("联系不上", "聯絡不上", "not reachable"),
  left_out: W("不发", "不傳", "left out"),
  web: W("网页", "網頁", "web page"),
  wecom: W("企业微信", "企業微信", "WeChat Work"),
  telegram: W("Telegram", "Telegram", "Telegram"),
  slack: W("Slack", "Slack", "Slack"),
} as const;

/** A table whose rows can be asked for by name: `keys[i]` says which cells row `i` counts, `null` = a total. */
export interface ForecastTable extends ReportTable {
  readonly keys: readonly (string | null)[];
}

/** Cells of the first so many weeks. */
export function cellsWithin(forecast: Forecast, weeks: number): readonly ForecastCell[] {
  const end = addDays(forecast.first, 7 * weeks);
  return forecast.cells.filter((cell) => cell.day < end);
}

/** A count of the sample as one of all customers. */
function scaled(forecast: Forecast, count: number): number {
  return forecast.looked === 0 ? 0 : Math.round((count * forecast.customers) / forecast.looked);
}

/** Which cells a row of a table counts: its key in that table. */
const KEY_OF = {
  weeks: (cell: ForecastCell, first: DayKey) => `week:${Math.floor(daysBetween(first, cell.day) / 7)}`,
  plans: (cell: ForecastCell) => `plan:${cell.plan}`,
  channels: (cell: ForecastCell) => (cell.channel === null ? null : `channel:${cell.channel}`),
  reasons: (cell: ForecastCell) => (cell.why === null ? null : `why:${cell.way}/${cell.why}`),
  days: (cell: ForecastCell) => `day:${cell.day}/${cell.plan}`,
} as const;

/** @param reason puts a reason's code into words */
export function forecastTables(
  forecast: Forecast,
  weeks: number,
  model: BusinessModel,
  language: Language,
  reason: (code: string) => string,
): readonly ForecastTable[] {
  const t = (key: keyof typeof WORDS): string => WORDS[key][language];
  const cells = cellsWithin(forecast, weeks);
  const number = (some: readonly ForecastCell[]): number => scaled(forecast, sum(some));
  const ways = (some: readonly ForecastCell[]): number[] => FORECAST_WAYS.map((way) => number(some.filter((cell) => cell.way === way)));
  const columns = FORECAST_WAYS.map(t);
  const grouped = (keyOf: (cell: ForecastCell) => string | null): readonly (readonly [string, readonly ForecastCell[]])[] => {
    const groups = new Map<string, ForecastCell[]>();
    for (const cell of cells) {
      const key = keyOf(cell);
      if (key !== null) groups.set(key, [...(groups.get(key) ?? []), cell]);
    }
    return [...groups];
  };
  const weekly = Array.from({ length: weeks }, (_, index) => {
    const key = `week:${index}`;
    return [key, cells.filter((cell) => KEY_OF.weeks(cell, forecast.first) === key)] as const;
  });
  const plans = grouped(KEY_OF.plans).toSorted((one, other) => sum(other[1]) - sum(one[1]));
  const channels = grouped(KEY_OF.channels).toSorted((one, other) => sum(other[1]) - sum(one[1]));
  const reasons = grouped(KEY_OF.reasons).toSorted((one, other) => sum(other[1]) - sum(one[1]));
  const days = grouped(KEY_OF.days).toSorted(([, [one]], [, [other]]) => (one!.day < other!.day ? -1 : one!.day > other!.day ? 1 : 0));
  return [
    {
      id: "weeks",
      title: t("weeks"),
      columns: [t("week"), ...columns],
      rows: [...weekly.map(([, some], index) => [weekLabel(forecast.first, index), ...ways(some)]), [t("total"), ...ways(cells)]],
      keys: [...weekly.map(([key, some]) => (some.length === 0 ? null : key)), null],
    },
    {
      id: "plans",
      title: t("plans"),
      columns: [t("plan"), ...columns],
      rows: plans.map(([, some]) => [nameOfPlan(model, some[0]!.plan, language), ...ways(some)]),
      keys: plans.map(([key]) => key),
    },
    {
      id: "channels",
      title: t("channels"),
      columns: [t("channel"), t("message")],
      rows: channels.map(([, some]) => [channelWords(some[0]!.channel!, language), number(some)]),
      keys: channels.map(([key]) => key),
    },
    {
      id: "reasons",
      title: t("reasons"),
      columns: [t("result"), t("reason"), t("count")],
      rows: reasons.map(([, some]) => [t(some[0]!.way), reason(some[0]!.why!), number(some)]),
      keys: reasons.map(([key]) => key),
    },
    {
      id: "days",
      title: t("days"),
      columns: [t("day"), t("plan"), ...columns],
      rows: days.map(([, some]) => [some[0]!.day, nameOfPlan(model, some[0]!.plan, language), ...ways(some)]),
      keys: days.map(([key]) => key),
    },
  ];
}

/** The cells that a row's key stands for; none for a key that is none. */
export function cellsOfKey(forecast: Forecast, weeks: number, key: string): readonly ForecastCell[] {
  const keyOf: Readonly<Record<string, (cell: ForecastCell, first: DayKey) => string | null>> = {
    week: KEY_OF.weeks,
    plan: KEY_OF.plans,
    channel: KEY_OF.channels,
    why: KEY_OF.reasons,
    day: KEY_OF.days,
  };
  const kind = key.slice(0, key.indexOf(":"));
  const of = Object.hasOwn(keyOf, kind) ? keyOf[kind]! : () => null;
  return cellsWithin(forecast, weeks).filter((cell) => of(cell, forecast.first) === key);
}

/** What becomes of a touch, in words. */
export function wayWords(way: ForecastWay, language: Language): string {
  return WORDS[way][language];
}

export function channelWords(channel: string, language: Language): string {
  return Object.hasOwn(WORDS, channel) ? WORDS[channel as "web"][language] : channel;
}

/** `11-22 – 11-28` */
function weekLabel(first: DayKey, index: number): string {
  return `${addDays(first, 7 * index).slice(5)} – ${addDays(first, 7 * index + 6).slice(5)}`;
}

const sum = (cells: readonly ForecastCell[]): number => cells.reduce((total, cell) => total + cell.count, 0);

/** The plans of a week that are named in a team chat. */
const PLANS_NAMED = 4;

/** The forecast for a team chat: counts alone, no customer's name. */
export function forecastText(
  forecast: Forecast,
  weeks: number,
  model: BusinessModel,
  language: Language,
  reason: (code: string) => string,
): string {
  const zh = language !== "en";
  const about = forecast.looked < forecast.customers;
  const cells = cellsWithin(forecast, weeks);
  const head = {
    "zh-CN": `【未来 ${weeks} 周关怀】${forecast.first} 起`,
    "zh-TW": `【未來 ${weeks} 週關懷】${forecast.first} 起`,
    en: `[Care in the next ${weeks} weeks] from ${forecast.first}`,
  }[language];
  const sample = {
    "zh-CN": `约数：从 ${forecast.customers} 位客户中抽算 ${forecast.looked} 位`,
    "zh-TW": `約數：從 ${forecast.customers} 位客戶中抽算 ${forecast.looked} 位`,
    en: `about: reckoned from ${forecast.looked} of ${forecast.customers} customers`,
  }[language];
  const counted = (some: readonly ForecastCell[]): string =>
    FORECAST_WAYS.map((way) => [way, scaled(forecast, sum(some.filter((cell) => cell.way === way)))] as const)
      .filter(([, count]) => count > 0)
      .map(([way, count]) => `${wayWords(way, language)} ${count}`)
      .join(zh ? "、" : ", ");
  const grouped = (some: readonly ForecastCell[], nameOf: (cell: ForecastCell) => string | null): readonly string[] => {
    const counts = new Map<string, number>();
    for (const cell of some) {
      const name = nameOf(cell);
      if (name !== null) counts.set(name, (counts.get(name) ?? 0) + cell.count);
    }
    return [...counts].sort((one, other) => other[1] - one[1]).map(([name, count]) => `${name} ${scaled(forecast, count)}`);
  };
  const joined = (parts: readonly string[]): string => parts.join(zh ? "、" : ", ");
  const colon = zh ? "：" : ": ";
  const lines = [about ? `${head}${zh ? "（" : " ("}${sample}${zh ? "）" : ")"}` : head];
  if (cells.length === 0) {
    lines.push({ "zh-CN": "没有要发的。", "zh-TW": "沒有要傳的。", en: "Nothing is due." }[language]);
    return lines.join("\n");
  }
  lines.push(counted(cells));
  for (let index = 0; index < weeks; index++) {
    const some = cells.filter((cell) => KEY_OF.weeks(cell, forecast.first) === `week:${index}`);
    if (some.length === 0) continue;
    const out = some.filter((cell) => cell.way === "message" || cell.way === "along");
    const plans = grouped(out, (cell) => nameOfPlan(model, cell.plan, language));
    const named = plans.slice(0, PLANS_NAMED);
    const rest = plans.length > named.length ? (zh ? "等" : ", …") : "";
    const what = named.length === 0 ? "" : `${zh ? "（" : " ("}${joined(named)}${rest}${zh ? "）" : ")"}`;
    lines.push(`${weekLabel(forecast.first, index)}${colon}${counted(some)}${what}`);
  }
  const channels = grouped(cells, (cell) => (cell.channel === null ? null : channelWords(cell.channel, language)));
  if (channels.length > 0) lines.push(`${WORDS.channels[language]}${colon}${joined(channels)}`);
  const reasons = grouped(cells, (cell) => (cell.why === null ? null : reason(cell.why)));
  if (reasons.length > 0) lines.push(`${WORDS.reasons[language]}${colon}${joined(reasons)}`);
  lines.push(
    {
      "zh-CN": "按现状推算，假定客户期间不来信；名单见报表页。",
      "zh-TW": "按現況推算，假定客戶期間不來信；名單見報表頁。",
      en: "As things stand, if nobody writes meanwhile; the names are on the reports page.",
    }[language],
  );
  return lines.join("\n");
}
