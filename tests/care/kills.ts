/** Plays a large campaign in a process that is killed again and again, and counts what the platform saw. */
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadProfile } from "../../bots/profiles.ts";
import { createCampaigns } from "../../core/care/campaigns.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { Store } from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { HOUR_MS, type Instant } from "../../core/time.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";

/** Messages that may be with the platform at the moment of a kill without our knowing: as many as are on their way at once. */
export const LEAVING_MOST = 20;
/** Of ten customers this one has not agreed to advertising. */
const UNWILLING = 10;
const PAGE = 1_000;
/** How often the file is looked at, ms; a message takes about as long. */
const LOOK_MS = 2;

const BASE = loadProfile("dealer", "en");
/** The shop with campaigns alone. */
export const CAMPAIGN_PROFILE = { ...BASE, care: { ...BASE.care, without: BASE.carePlans.map((plan) => plan.id) } };
export const WINTER_CHECK = {
  name: "冬季检查",
  text: { "zh-CN": "冬季免费检查,{name}欢迎来店。", "zh-TW": "冬季免費檢查。", en: "Free winter check." },
  book: "inspection",
  audience: {},
  startAt: null,
  endAt: null,
};

export interface KillsVerdict {
  readonly recipients: number;
  readonly unwilling: number;
  readonly kills: number;
  /** Seen by the platform once. */
  readonly once: number;
  /** Seen again, with the same id: handed over when the process died before it could note that. */
  readonly again: number;
  /** Seen again though they had long been noted. Must be none. */
  readonly doubled: number;
  readonly missing: number;
  /** Went to somebody who had not agreed. Must be none. */
  readonly unasked: number;
  /** What the report of the campaign says. */
  readonly counts: Readonly<Record<string, number>>;
  readonly finished: boolean;
}

export async function peopleOf(store: Store, count: number, now: Instant): Promise<void> {
  for (let from = 1; from <= count; from += PAGE) {
    await store.unit(async (unit) => {
      for (let index = from; index <= Math.min(count, from + PAGE - 1); index++) {
        const id = customerId(index);
        const consents = index % UNWILLING === 0 ? {} : { "care.campaign": { allowed: true, at: now, source: "form" } };
        await unit.customers.put({ ...newCustomer(id, now - HOUR_MS), name: `客户${index}`, language: "zh-CN", vip: index <= 5, consents });
        await unit.customers.linkConversation(`push:${id}`, id);
      }
    });
  }
}

const customerId = (index: number): string => `k${String(index).padStart(6, "0")}`;

/** Written, submitted, approved by a manager and started. */
async function startCampaign(store: Store, now: Instant): Promise<string> {
  const campaigns = createCampaigns(store, createBusinessModel(CAMPAIGN_PROFILE), new Map(), { now: () => now });
  const { id } = await campaigns.write(WINTER_CHECK, "shen-yue");
  await campaigns.act(id, { do: "submit" }, "shen-yue");
  await campaigns.act(id, { do: "approve" }, "jiang-min");
  await campaigns.act(id, { do: "start" }, "shen-yue");
  return id;
}

/**
 * @param folder empty; the caller removes it
 * @param onKill after each kill, with how many messages the platform has seen
 */
export async function playKills(
  folder: string,
  recipients: number,
  kills: number,
  now: Instant,
  onKill: (kill: number, seen: number) => void = () => undefined,
): Promise<KillsVerdict> {
  const path = join(folder, "anxin.sqlite");
  const ledger = join(folder, "sent.txt");
  const store = openSqliteStore({ path });
  await peopleOf(store, recipients, now);
  const campaign = await startCampaign(store, now);
  await store.close();
  const willing = recipients - Math.floor(recipients / UNWILLING);
  const lineLength = `care/1/campaign:${campaign}/${customerId(1)}\n`.length;
  const seen = (): number => Math.floor((statSync(ledger, { throwIfNoEntry: false })?.size ?? 0) / lineLength);
  /** How many the platform had seen at each kill. */
  const killedAt: number[] = [];
  const ahead = now - Date.now();
  for (let kill = 1; kill <= kills; kill++) {
    await runUntil(path, ledger, ahead, () => seen() >= Math.ceil((willing * kill) / (kills + 1)));
    killedAt.push(seen());
    onKill(kill, seen());
  }
  await runUntil(path, ledger, ahead, () => false);
  return judge(path, readFileSync(ledger, "utf8").split("\n").filter(Boolean), killedAt, { campaign, recipients, willing });
}

/**
 * Runs the process until `enough`, then kills it without a word; or until it has nothing left to do.
 *
 * @param ahead how far its clock is ahead of the machine's, ms
 */
function runUntil(path: string, ledger: string, ahead: number, enough: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "campaign-process.ts"), path, ledger, String(ahead)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const watch = setInterval(() => {
    if (enough()) child.kill("SIGKILL");
  }, LOOK_MS);
  return new Promise((resolve) =>
    child.on("exit", () => {
      clearInterval(watch);
      resolve();
    }),
  );
}

async function judge(
  path: string,
  lines: readonly string[],
  killedAt: readonly number[],
  { campaign, recipients, willing }: { readonly campaign: string; readonly recipients: number; readonly willing: number },
): Promise<KillsVerdict> {
  const places = new Map<string, number[]>();
  for (const [index, id] of lines.entries()) places.set(id, [...(places.get(id) ?? []), index]);
  let once = 0;
  let again = 0;
  let doubled = 0;
  for (const [first, ...later] of places.values()) {
    if (later.length === 0) once++;
    // The first time must have been among the last that left before a kill, and the second after it.
    else if (killedAt.some((at) => first! < at && first! >= at - LEAVING_MOST && later[0]! >= at)) again++;
    else doubled++;
  }
  const unasked = [...places.keys()].filter((id) => Number(id.slice(-6)) % UNWILLING === 0).length;
  const store = openSqliteStore({ path });
  const counts: Record<string, number> = {};
  const state = await store.unit(async (unit) => {
    for (const { status, count } of await unit.care.count(`campaign:${campaign}`)) counts[status] = (counts[status] ?? 0) + count;
    return unit.care.campaign(campaign);
  });
  await store.close();
  return {
    recipients,
    unwilling: recipients - willing,
    kills: killedAt.length,
    once,
    again,
    doubled,
    missing: willing - (places.size - unasked),
    unasked,
    counts,
    finished: state?.status === "finished",
  };
}

/** Nobody was missed or written to without having agreed, and nobody twice but those whose message was leaving at a kill. */
export function isGood(verdict: KillsVerdict): boolean {
  const { recipients, unwilling, kills, again, doubled, missing, unasked, counts, finished } = verdict;
  return (
    doubled === 0 &&
    missing === 0 &&
    unasked === 0 &&
    finished &&
    again <= kills * LEAVING_MOST &&
    counts["sent"] === recipients - unwilling &&
    counts["skipped"] === unwilling
  );
}
