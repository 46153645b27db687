/**
 * `replay`: without a file, plays the stored history into an empty store and checks that the same state comes out; with
 * `--rules`, shows what changed rules would have done with everything that happened. Writes nothing and sends nothing.
 */
import { readFileSync } from "node:fs";
import { FLOWS } from "../../core/conversation/flows.ts";
import type { TurnDependencies } from "../../core/conversation/turn-effects.ts";
import { AnxinError } from "../../core/errors.ts";
import type { Channel, Store } from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { describeProblem } from "../../core/profile/problems.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { compareCases, compareStores, type RuledCase } from "../../core/spine/compare.ts";
import { rehearseHistory, replayHistory } from "../../core/spine/index.ts";
import { type Instant, isoInZone } from "../../core/time.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { inspectProfile } from "../profiles.ts";
import { hasConfiguredStore, openConfiguredStore } from "../service/configured-store.ts";
import { openScratchStore } from "../service/scratch.ts";
import { seedFrom } from "../service/seed.ts";
import { loadSettings } from "../settings.ts";
import { understanderFor } from "../understanding.ts";

export interface ReplayOptions {
  readonly rules?: string;
  readonly data?: string;
  readonly profile?: string;
  readonly json?: boolean;
}

/** Differences printed one by one; the rest is counted. */
const MOST_LINES = 50;

/** @returns whether all is well: the same state came out, or the rules could be tried */
export async function runReplay(options: ReplayOptions): Promise<boolean> {
  const settings = loadSettings();
  const folder = options.data ?? settings.dataDir;
  if (!hasConfiguredStore(settings, options.data))
    throw new AnxinError("wrong_use", `there is no database in ${folder}; wanted --data with the data folder of a service`, {});
  const name = options.profile ?? settings.profile;
  const rules = options.rules === undefined ? null : readRules(options.rules);
  const profile = checked(name, settings.language, null);
  const changed = rules === null ? null : checked(name, settings.language, rules);
  const understander = await understanderFor(name, profile, settings.dataDir);
  const from = await openConfiguredStore(settings, options.data);
  try {
    const parts = { from, profile, understander, zone: settings.zone ?? profile.business.zone };
    const print = (text: string): void => void process.stdout.write(`${text}\n`);
    return changed === null
      ? await check(parts, options.json === true, print)
      : await compare(parts, changed, options.json === true, print);
  } finally {
    await from.close();
  }
}

function readRules(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw new AnxinError("wrong_use", `the rules ${file} cannot be read; wanted the path of a YAML file such as rules.yaml`, {}, cause);
  }
}

/** The profile, with these rules in place of the shop's own. */
function checked(name: string, language: "zh-CN" | "zh-TW" | "en", rules: string | null): Profile {
  const read = inspectProfile(name, rules === null ? {} : { "rules.yaml": rules });
  if (read.ok) return read.profile;
  const lines = read.problems.map((problem) => `  ${describeProblem(problem, language)}`).join("\n");
  throw new AnxinError("wrong_use", `${rules === null ? `the profile "${name}"` : "the changed rules"} can't be used:\n${lines}`, {});
}

interface Parts {
  readonly from: Store;
  readonly profile: Profile;
  readonly understander: Understander;
  readonly zone: string;
}

interface History {
  readonly events: number;
  readonly firstAt: Instant | null;
  readonly conversations: readonly string[];
  readonly channels: ReadonlyMap<string, Channel>;
}

/** Who spoke, when it began, and channels that store what they are given; a rehearsal sends nothing. */
async function historyOf(from: Store): Promise<History> {
  const conversations = new Set<string>();
  let events = 0;
  let firstAt: Instant | null = null;
  for (let after = 0; ; ) {
    const page = await from.unit((unit) => unit.inbox.history(after, 500));
    if (page.length === 0) break;
    for (const entry of page) {
      conversations.add(entry.conversation);
      firstAt ??= entry.doneAt;
      events += 1;
    }
    after = page.at(-1)!.turn;
  }
  const names = new Set([...conversations].map((conversation) => conversation.slice(0, conversation.indexOf(":"))));
  return {
    events,
    firstAt,
    conversations: [...conversations].sort(),
    channels: new Map([...names].map((name) => [name, storingChannel(name)])),
  };
}

function storingChannel(name: string): Channel {
  return {
    name,
    capabilities: {
      textLimit: { amount: 4_000, unit: "characters" },
      buttons: 10,
      media: [],
      pulled: true,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: true,
    },
    send: () => Promise.resolve({ result: "sent" }),
  };
}

async function startOf(parts: Parts, profile: Profile, history: History): Promise<{ store: Store; dependencies: TurnDependencies }> {
  const { store } = await openScratchStore();
  await seedFrom(parts.from, store, {
    profile: parts.profile,
    conversations: history.conversations,
    before: history.firstAt ?? 0,
    zone: parts.zone,
  });
  return { store, dependencies: { model: createBusinessModel(profile, parts.zone), understander: parts.understander, flows: FLOWS } };
}

async function check(parts: Parts, json: boolean, print: (text: string) => void): Promise<boolean> {
  const history = await historyOf(parts.from);
  const { store, dependencies } = await startOf(parts, parts.profile, history);
  try {
    const played = await replayHistory(parts.from, store, dependencies, history.channels);
    const differences = await compareStores(parts.from, store, history.conversations);
    if (json) print(JSON.stringify({ events: played, same: differences.length === 0, differences }));
    else if (differences.length === 0) print(`${played} events replayed: the same state comes out.`);
    else {
      print(
        `${played} events replayed: ${differences.length} things differ from what is stored (the program or the profile has changed since).`,
      );
      for (const one of differences.slice(0, MOST_LINES)) {
        const how =
          one.before === null ? "only in the replay" : one.after === null ? "only in the store" : `differs in ${one.fields.join(", ")}`;
        print(`  ${one.what}: ${how}`);
      }
      if (differences.length > MOST_LINES) print(`  … and ${differences.length - MOST_LINES} more`);
    }
    return differences.length === 0;
  } finally {
    await store.close();
  }
}

async function compare(parts: Parts, changed: Profile, json: boolean, print: (text: string) => void): Promise<boolean> {
  const history = await historyOf(parts.from);
  const now = await startOf(parts, parts.profile, history);
  const then = await startOf(parts, changed, history);
  try {
    const before = await rehearseHistory(parts.from, now.store, now.dependencies, history.channels);
    const after = await rehearseHistory(parts.from, then.store, then.dependencies, history.channels);
    const rules = [...new Set([...parts.profile.rules, ...changed.rules].map((rule) => rule.id))]
      .map((rule) => ({
        rule,
        before: before.firings.filter((one) => one.rule === rule).length,
        after: after.firings.filter((one) => one.rule === rule).length,
      }))
      .filter((one) => one.before !== one.after);
    const cases = await compareCases(now.store, then.store);
    if (json) {
      print(JSON.stringify({ events: history.events, rules, cases, left: after.left }));
      return true;
    }
    print(`${history.events} events, played with the present rules and with the changed ones.`);
    if (rules.length === 0 && cases.length === 0) print("No difference: every rule fires as often, every case is the same.");
    for (const one of rules) print(`  rule ${one.rule}: fired ${one.before} times, would fire ${one.after} times`);
    for (const { before: one, after: other } of cases.slice(0, MOST_LINES)) {
      if (one === null) print(`  + ${caseLine(other!, parts.zone)}`);
      else if (other === null) print(`  - ${caseLine(one, parts.zone)}`);
      else
        print(
          `  ~ ${caseLine(one, parts.zone)} → ${other.urgency}, ${other.step}${other.tags.length > 0 ? ` [${other.tags.join(", ")}]` : ""}`,
        );
    }
    if (cases.length > MOST_LINES) print(`  … and ${cases.length - MOST_LINES} more cases`);
    if (after.left > 0) print(`  ${after.left} acts of staff were left out: the changed rules open no case for them.`);
    return true;
  } finally {
    await now.store.close();
    await then.store.close();
  }
}

function caseLine(one: RuledCase, zone: string): string {
  const tags = one.tags.length > 0 ? ` [${one.tags.join(", ")}]` : "";
  return `${isoInZone(one.openedAt, zone)} ${one.conversation} ${one.category}, ${one.urgency}, ${one.step}${tags}: ${one.words.replace(/\s+/g, " ").slice(0, 60)}`;
}
