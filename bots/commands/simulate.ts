/** `simulate`: the coming days on the shop's own data, before going live; nothing is written. */
import { existsSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { reportCsv } from "../../adapters/web/index.ts";
import { AnxinError } from "../../core/errors.ts";
import type { Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { type Instant, isoInZone, wallClock } from "../../core/time.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { CHANNEL_CAPABILITIES } from "../care/channels.ts";
import { type SimulatedEvent, simulate } from "../care/simulate.ts";
import {
  dayHeading,
  folded,
  type TimelineWords,
  timelineGroups,
  timelineLine,
  timelineNotes,
  timelinePage,
  timelineTable,
  timelineTotals,
} from "../care/timeline.ts";
import { asText } from "../print-table.ts";
import { loadProfile } from "../profiles.ts";
import { loadSample } from "../service/sample.ts";
import { openScratchStore } from "../service/scratch.ts";
import { loadSettings, type Settings } from "../settings.ts";
import { referenceTime } from "./understand.ts";

/** A lunar leap month comes round within it. */
const MOST_DAYS = 1_100;

export interface SimulateOptions {
  readonly days: string;
  readonly profile?: string;
  readonly data?: string;
  readonly now?: string;
  readonly json?: boolean;
  readonly by?: string;
  readonly out?: string;
}

export async function runSimulate(options: SimulateOptions): Promise<void> {
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new AnxinError("wrong_use", `--days "${options.days}" is not usable; wanted a whole number from 1 to ${MOST_DAYS}`, {});
  const by = options.by ?? "day";
  if (by !== "day" && by !== "customer") throw new AnxinError("wrong_use", `--by "${by}" is not known; wanted day or customer`, {});
  const ending = options.out === undefined ? null : extname(options.out);
  if (ending !== null && ending !== ".html" && ending !== ".csv")
    throw new AnxinError("wrong_use", `--out "${options.out}" must end in .html or .csv`, {});
  const loaded = loadSettings();
  const settings: Settings = { ...loaded, profile: options.profile ?? loaded.profile, dataDir: options.data ?? loaded.dataDir };
  const profile = loadProfile(settings.profile, settings.language, join(settings.dataDir, "models"));
  const zone = settings.zone ?? profile.business.zone;
  const now = referenceTime(options.now, zone);
  const { store, sample } = await openSource(settings, profile, now, zone, options.profile !== undefined && options.data === undefined);
  const words: TimelineWords = { profile, zone, language: settings.language };
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const zh = settings.language !== "en";
  const counts = { message: 0, task: 0, not_sent: 0, notice: 0 };
  const from = isoInZone(now, zone).slice(0, 16).replace("T", " ");
  const head = zh
    ? `从 ${from} 起 ${days} 天${sample ? "（示例数据）" : ""}，不写入任何内容。`
    : `${days} days from ${from}${sample ? " (sample data)" : ""}; nothing is written.`;
  const wholes = ending !== null || (by === "customer" && !options.json);
  const events: SimulatedEvent[] = [];
  /** What is counted at the end; words take memory, and a year of a large shop has many. */
  const ended: SimulatedEvent[] = [];
  let day = "";
  /** Events of the day that is being played. */
  let today: SimulatedEvent[] = [];
  function printDay(): void {
    if (today.length > 0) print(`\n── ${dayHeading(day, words)} ──`);
    for (const event of folded(today, words)) print(timelineLine(event, words));
    today = [];
  }
  /** The last notice to each: a report that says the same every morning is shown once. */
  const told = new Map<string | null, string>();
  /** Days are printed as they are played; what is sorted otherwise waits for the end. */
  function take(event: SimulatedEvent): void {
    counts[event.what]++;
    ended.push({ ...event, text: "", buttons: [], shut: [] });
    if (event.what === "notice") {
      if (told.get(event.why) === event.text) return;
      told.set(event.why, event.text);
    }
    if (wholes) events.push(event);
    else if (options.json) print(JSON.stringify({ ...event, at: isoInZone(event.at, zone) }));
    else {
      const next = wallClock(event.at, zone).day;
      if (next !== day) printDay();
      day = next;
      today.push(event);
    }
  }
  try {
    if (!options.json && ending === null) print([head, ...timelineNotes(settings.language)].join("\n"));
    const capabilities = CHANNEL_CAPABILITIES;
    const { customers } = await simulate({ source: store, profile, zone: settings.zone, now, days, capabilities, onEvent: take });
    printDay();
    const { message, task, not_sent, notice } = counts;
    const summary = zh
      ? `${customers} 位客户，${days} 天：消息 ${message}，人工任务 ${task}，未发送 ${not_sent}，客服通知 ${notice}。`
      : `${customers} customers, ${days} days: ${message} messages, ${task} tasks, ${not_sent} not sent, ${notice} notices.`;
    if (ending !== null) {
      const page = (): string => timelinePage(events, `${head} ${summary}`, words);
      writeFileSync(options.out!, ending === ".csv" ? reportCsv([timelineTable(events, words), timelineTotals(events, words)]) : page());
      print(options.out!);
    } else if (wholes) {
      for (const [heading, group] of timelineGroups(events, by, words)) {
        print(`\n── ${heading} ──`);
        for (const event of group) print(`${wallClock(event.at, zone).day} ${timelineLine(event, words)}`);
      }
    }
    if (options.json)
      print(JSON.stringify({ summary: { customers, days, messages: message, tasks: task, notSent: not_sent, notices: notice } }));
    else {
      if (ending === null && ended.some(({ plan }) => plan !== null)) print(`\n${asText(timelineTotals(ended, words))}`);
      print(`\n${summary}`);
    }
  } finally {
    await store.close();
  }
}

/** The shop's database where there is one for this profile, else its sample data. */
async function openSource(
  settings: Settings,
  profile: Profile,
  now: Instant,
  zone: string,
  foreign: boolean,
): Promise<{ readonly store: Store; readonly sample: boolean }> {
  const path = join(settings.dataDir, "anxin.sqlite");
  if (existsSync(path)) {
    const store = openSqliteStore({ path });
    const filled = await store.unit((unit) => unit.meta.get("sample"));
    if (!foreign || filled === null || filled === profile.business.id) return { store, sample: filled !== null };
    await store.close();
  }
  const scratch = await openScratchStore();
  await loadSample(scratch.store, profile, now, zone);
  return { store: scratch.store, sample: true };
}
