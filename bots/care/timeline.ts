/** The coming days as people read them: lines on a screen, a table, or a page that needs nothing but a browser. Pure. */
import { festivalsOn } from "../../core/calendar/festival-days.ts";
import { festival } from "../../core/calendar/festivals.ts";
import { CAMPAIGN_PLAN } from "../../core/care/touch.ts";
import { VALUE_WORDS } from "../../core/conversation/explain-words.ts";
import type { Language, LocalText } from "../../core/language.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { channelWords } from "../../core/reports/forecast-tables.ts";
import type { ReportTable } from "../../core/reports/tables.ts";
import { type DayKey, isoInZone, wallClock, weekdayOf } from "../../core/time.ts";
import { comma } from "../../core/wording/format.ts";
import type { SimulatedEvent } from "./simulate.ts";

const W = (cn: string, tw: string, en: string): LocalText => ({ "zh-CN": cn, "zh-TW": tw, en });
const WORDS = {
  title: W("关怀预演", "關懷預演", "Care, played ahead"),
  message: W("发送", "傳送", "sent"),
  task: W("人工", "人工", "for a person"),
  not_sent: W("不发", "不傳", "not sent"),
  notice: W("通知客服", "通知客服", "notice to staff"),
  by_day: W("按日期", "按日期", "By day"),
  by_customer: W("按客户", "按客戶", "By customer"),
  mass: W("手动发送", "手動傳送", "by hand"),
  call: W("电话", "電話", "call"),
  merged: W("并入另一条", "併入另一則", "said with another"),
  shut: W("走不通", "走不通", "shut"),
  time: W("时间", "時間", "time"),
  what: W("结果", "結果", "what"),
  customer: W("客户", "客戶", "customer"),
  name: W("姓名", "姓名", "name"),
  plan: W("计划", "計畫", "plan"),
  way: W("方式", "方式", "way"),
  why: W("原因", "原因", "why"),
  second: W("二级回访", "二級回訪", "second-level follow-up"),
  third: W("三级回访", "三級回訪", "third-level follow-up"),
  text: W("内容", "內容", "words"),
  campaign: W("群发", "群發", "campaign"),
  total: W("合计", "合計", "total"),
  legend: W(
    "→ 发送　☎ 交给人工　× 不发　! 通知客服",
    "→ 傳送　☎ 交給人工　× 不傳　! 通知客服",
    "→ sent  ☎ for a person  × not sent  ! notice to staff",
  ),
  frozen: W(
    "按现状推演：客户不来信，未了结的投诉和在修的产品一直如此。",
    "按現況推演：客戶不來信，未了結的投訴和在修的產品一直如此。",
    "Played as things stand: nobody writes, an open complaint stays open, what is in the shop stays there.",
  ),
} as const;

const ROLES = {
  representative: W("客服", "客服", "customer service"),
  manager: W("经理", "經理", "manager"),
  general_office: W("总经办", "總經辦", "general office"),
  on_call: W("值班人员", "值班人員", "who is on duty"),
} as const;

const SIGNS: Readonly<Record<SimulatedEvent["what"], string>> = { message: "→", task: "☎", not_sent: "×", notice: "!" };

/** How one profile's events are put into words. */
export interface TimelineWords {
  readonly profile: Profile;
  readonly zone: string;
  readonly language: Language;
}

const dayIn = (event: SimulatedEvent, zone: string): string => wallClock(event.at, zone).day;
const clockIn = (event: SimulatedEvent, zone: string): string => isoInZone(event.at, zone).slice(11, 16);

/** A day by its date, its weekday, and the festivals that this shop greets on. */
export function dayHeading(day: DayKey, { profile, language }: TimelineWords): string {
  const greeted = profile.carePlans.map(({ on }) => (on.event === "festival" ? on.festival : ""));
  const festivals = festivalsOn(day).filter((id) => greeted.includes(id));
  return [`${day} ${WEEKDAYS[language][weekdayOf(day) - 1]}`, ...festivals.map((id) => festival(id)?.name[language] ?? "")].join(" · ");
}

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  "zh-CN": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  "zh-TW": ["週一", "週二", "週三", "週四", "週五", "週六", "週日"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};

function codeWords(code: string | null, language: Language): string {
  if (code === null) return "";
  return VALUE_WORDS[code]?.[language] ?? (Object.hasOwn(WORDS, code) ? WORDS[code as "mass"][language] : code);
}

/** By hand, by phone, or the name of a channel. */
function wayWords(way: string | null, language: Language): string {
  return way === "mass" || way === "call" ? WORDS[way][language] : way === null ? "" : channelWords(way, language);
}

/** A plan, sample or campaign by what it is called. */
function planWords(id: string | null, profile: Profile, language: Language): string {
  if (id === null) return "";
  const sample = /^sample:(second|third)$/.exec(id)?.[1];
  if (sample) return WORDS[sample as "second" | "third"][language];
  if (id.startsWith(CAMPAIGN_PLAN)) return `${WORDS.campaign[language]} ${id.slice(CAMPAIGN_PLAN.length)}`;
  return profile.carePlans.find((one) => one.id === id)?.name[language] ?? id;
}

/** To whom a notice goes: a role, or who is on duty. */
function roleWords(to: string | null, language: Language): string {
  return to !== null && Object.hasOwn(ROLES, to) ? ROLES[to as keyof typeof ROLES][language] : (to ?? "");
}

/** Who, what and by which way, in one line. */
function headOf(event: SimulatedEvent, { profile, language }: TimelineWords): string {
  const plan = planWords(event.plan, profile, language);
  const shut = event.shut.map(({ channel, why }) => `${channelWords(channel, language)} ${codeWords(why, language)}`).join(comma(language));
  return [
    event.name ?? event.customer ?? "",
    plan,
    wayWords(event.channel, language),
    event.what === "notice" ? roleWords(event.why, language) : codeWords(event.why, language),
    shut === "" ? "" : `${WORDS.shut[language]}: ${shut}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** One event on a screen. */
export function timelineLine(event: SimulatedEvent, words: TimelineWords): string {
  const buttons = event.buttons.length > 0 ? `\n        [${event.buttons.join("] [")}]` : "";
  const text = event.text ? `\n        ${event.text.replaceAll("\n", "\n        ").replaceAll(/ +$/gm, "")}` : "";
  return `${clockIn(event, words.zone)} ${SIGNS[event.what]} ${headOf(event, words)}${text}${buttons}`;
}

/** Names in one line. */
const NAMED_MOST = 12;

/** Events of a day, those that are not sent for the same reason of the same plan at the same minute as one. */
export function folded(events: readonly SimulatedEvent[], { zone, language }: TimelineWords): readonly SimulatedEvent[] {
  const groups = new Map<string, SimulatedEvent[]>();
  for (const [index, event] of events.entries()) {
    const { plan, why, shut } = event;
    const ways = shut.map((one) => `${one.channel}/${one.why}`).join(",");
    const key = event.what === "not_sent" ? [clockIn(event, zone), plan, why, ways].join("|") : String(index);
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (group.length === 1) return first!;
    const names = group.slice(0, NAMED_MOST).map((one) => one.name ?? one.customer ?? "");
    const more = group.length - names.length;
    const rest = more === 0 ? "" : language === "en" ? ` and ${more} more` : ` 等 ${group.length} 位`;
    return { ...first!, name: `${names.join(comma(language))}${rest}` };
  });
}

/** Headings with the events under each, in the order in which they come up; by customer in the order of their names. */
export function timelineGroups(
  events: readonly SimulatedEvent[],
  by: "day" | "customer",
  words: TimelineWords,
): readonly (readonly [heading: string, events: readonly SimulatedEvent[]])[] {
  const { zone, language } = words;
  const groups = new Map<string, SimulatedEvent[]>();
  for (const event of events) {
    if (by === "customer" && event.customer === null) continue;
    const heading = by === "day" ? dayHeading(dayIn(event, zone), words) : [event.name ?? "", event.customer].filter(Boolean).join(" · ");
    groups.set(heading, [...(groups.get(heading) ?? []), event]);
  }
  const sorted = [...groups];
  return by === "day" ? sorted : sorted.sort(([one], [other]) => one.localeCompare(other, language));
}

/** How often each plan ended which way, and all together; a row a plan. */
export function timelineTotals(events: Iterable<SimulatedEvent>, { profile, language }: TimelineWords): ReportTable {
  const kinds = ["message", "task", "not_sent"] as const;
  const counts = new Map<string, Record<(typeof kinds)[number], number>>();
  const all = { message: 0, task: 0, not_sent: 0 };
  for (const { plan, what } of events) {
    if (plan === null || what === "notice") continue;
    const row = counts.get(plan) ?? { message: 0, task: 0, not_sent: 0 };
    counts.set(plan, row);
    row[what]++;
    all[what]++;
  }
  const rowOf = (name: string, row: typeof all) => [name, ...kinds.map((kind) => row[kind])];
  return {
    id: "totals",
    title: WORDS.total[language],
    columns: [WORDS.plan[language], ...kinds.map((kind) => WORDS[kind][language])],
    rows: [...[...counts].map(([plan, row]) => rowOf(planWords(plan, profile, language), row)), rowOf(WORDS.total[language], all)],
  };
}

/** What the signs mean and what is taken for granted, above the days. */
export function timelineNotes(language: Language): readonly string[] {
  return [WORDS.frozen[language], WORDS.legend[language]];
}

/** A table for spreadsheets, one event a row. */
export function timelineTable(events: readonly SimulatedEvent[], { language, zone, profile }: TimelineWords): ReportTable {
  const columns = ["time", "what", "customer", "name", "plan", "way", "why", "shut", "text"] as const;
  return {
    id: "timeline",
    title: WORDS.title[language],
    columns: columns.map((key) => WORDS[key][language]),
    rows: events.map((event) => [
      isoInZone(event.at, zone),
      WORDS[event.what][language],
      event.customer,
      event.name,
      planWords(event.plan, profile, language),
      wayWords(event.channel, language),
      codeWords(event.why, language),
      event.shut.map(({ channel, why }) => `${channelWords(channel, language)}: ${codeWords(why, language)}`).join("; "),
      event.text,
    ]),
  };
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:#1c2320;background:#fff}
h1{font-size:1.4rem}details{border-top:1px solid #cfd8d3;padding:.3rem 0}summary{cursor:pointer;font-weight:600}
.one{margin:.5rem 0 .5rem 1rem;padding-left:.6rem;border-left:3px solid #0a7d58}.task{border-color:#c2571a}.not_sent{border-color:#9aa5a0;color:#5d6863}
table{border-collapse:collapse}th,td{text-align:start;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #cfd8d3}.n{text-align:end}
.notice{border-color:#3a62c9}.words{white-space:pre-wrap;margin:.2rem 0;overflow-wrap:anywhere}.hint{color:#5d6863;font-size:.9em}
@media(prefers-color-scheme:dark){body{color:#e6ece9;background:#141917}details{border-color:#37423d}.not_sent,.hint{color:#9aa5a0}}`;

/** A page of its own: the days, then the customers, each opened by a click. */
export function timelinePage(events: readonly SimulatedEvent[], summary: string, words: TimelineWords): string {
  const { language, zone } = words;
  const totals = timelineTotals(events, words);
  const cells = (tag: "th" | "td", row: ReportTable["columns"] | ReportTable["rows"][number]): string =>
    row.map((cell, index) => `<${tag}${index > 0 ? ' class="n"' : ""}>${escaped(String(cell ?? ""))}</${tag}>`).join("");
  const rows = totals.rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("");
  const one = (event: SimulatedEvent, day: boolean): string => {
    const when = `${day ? `${dayIn(event, zone)} ` : ""}${clockIn(event, zone)}`;
    const head = `<strong>${when}</strong> ${escaped(WORDS[event.what][language])} · ${escaped(headOf(event, words))}`;
    const text = event.text === "" ? "" : `<p class="words">${escaped(event.text)}</p>`;
    const buttons = event.buttons.length === 0 ? "" : `<p class="hint">[${event.buttons.map(escaped).join("] [")}]</p>`;
    return `<div class="one ${event.what}">${head}${text}${buttons}</div>`;
  };
  const section = (by: "day" | "customer"): string =>
    timelineGroups(events, by, words)
      .map(([heading, group]) => {
        const shown = by === "day" ? folded(group, words) : group;
        const inside = shown.map((event) => one(event, by === "customer")).join("");
        return `<details><summary>${escaped(heading)} <span class="hint">(${group.length})</span></summary>${inside}</details>`;
      })
      .join("\n");
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${WORDS.title[language]}</title><style>${STYLE}</style></head>
<body><h1>${WORDS.title[language]}</h1><p>${escaped(summary)}</p>
<p class="hint">${escaped(WORDS.frozen[language])}</p>
<table><tr>${cells("th", totals.columns)}</tr>${rows}</table>
<h2>${WORDS.by_day[language]}</h2>
${section("day")}
<h2>${WORDS.by_customer[language]}</h2>
${section("customer")}
</body></html>
`;
}
