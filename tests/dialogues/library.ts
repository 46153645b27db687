/** The library of dialogue scripts: reading, playing, checking on outcome and on what was said. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { loadProfile } from "../../bots/profiles.ts";
import { playScript } from "../../bots/script/play.ts";
import type { Played, PlayedTurn } from "../../bots/script/played.ts";
import { type FinalExpectation, readScript, type Script, type TurnExpectation } from "../../bots/script/schema.ts";
import { understanderFor } from "../../bots/understanding.ts";
import type { Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { Trace } from "../../core/spine/trace.ts";
import type { Understander } from "../../core/understanding/index.ts";

export interface LibraryScript {
  readonly file: string;
  readonly script: Script;
}

/** Every script below this folder, in order of path. */
export function readLibrary(root = import.meta.dirname): LibraryScript[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ file: relative(root, path), script: readScript(relative(root, path), readFileSync(path, "utf8")) }));
}

const profiles = new Map<string, { profile: Profile; understander: Promise<Understander> }>();

function businessOf(name: string): { profile: Profile; understander: Promise<Understander> } {
  let known = profiles.get(name);
  if (!known) {
    const profile = loadProfile(name, "en");
    known = { profile, understander: understanderFor(name, profile, "data") };
    profiles.set(name, known);
  }
  return known;
}

export interface PlayedScript {
  readonly turns: readonly { readonly turn: PlayedTurn; readonly trace: Trace | null }[];
  readonly final: Played["final"];
}

/** @param store to play on, empty; in memory when left out */
export async function play(script: Script, store?: Store): Promise<PlayedScript> {
  const { profile, understander } = businessOf(script.profile ?? "appliance");
  const turns: { turn: PlayedTurn; trace: Trace | null }[] = [];
  const played = await playScript({
    script,
    profile,
    understander: await understander,
    now: Date.parse("2026-11-23T09:00:00+08:00"),
    onTurn: (turn, trace) => turns.push({ turn, trace }),
    ...(store ? { store } : {}),
  });
  return { turns, final: played.final };
}

/** Everything in which a played script differs from what it expects, and from what every dialogue must keep. */
export function faultsOf(script: Script, played: PlayedScript): string[] {
  const faults: string[] = [];
  played.turns.forEach(({ turn }, index) => {
    const wanted = script.turns[index];
    if (wanted && "expect" in wanted && wanted.expect) faults.push(...turnFaults(turn, wanted.expect));
  });
  if (script.expect) faults.push(...finalFaults(played.final, script.expect));
  faults.push(...mannersFaults(played));
  return faults;
}

function matches(text: string, wanted: string): boolean {
  const pattern = /^\/(.*)\/([a-z]*)$/s.exec(wanted);
  return pattern ? new RegExp(pattern[1]!, pattern[2]).test(text) : text.includes(wanted);
}

function turnFaults(turn: PlayedTurn, wanted: TurnExpectation): string[] {
  const at = `turn ${turn.turn} (${turn.say})`;
  const said = turn.replies.map((reply) => reply.text).join("\n");
  const staff = turn.staff.map((notice) => notice.text).join("\n");
  const buttons = turn.replies.flatMap((reply) => reply.buttons);
  const faults: string[] = [];
  for (const one of wanted.reply ?? []) if (!matches(said, one)) faults.push(`${at}: wanted "${one}" in: ${said}`);
  for (const one of wanted.not ?? []) if (matches(said, one)) faults.push(`${at}: "${one}" must not be in: ${said}`);
  for (const one of wanted.staff ?? []) if (!matches(staff, one)) faults.push(`${at}: wanted "${one}" to staff: ${staff}`);
  for (const one of wanted.buttons ?? [])
    if (!buttons.some((label) => matches(label, one))) faults.push(`${at}: wanted button "${one}" among ${buttons.join(" | ")}`);
  if (wanted.silent && said) faults.push(`${at}: wanted silence, heard: ${said}`);
  if (wanted.flow !== undefined && wanted.flow !== turn.flow) faults.push(`${at}: wanted flow ${wanted.flow}, is ${turn.flow}`);
  for (const rule of wanted.rules ?? [])
    if (!turn.rules.includes(rule)) faults.push(`${at}: wanted rule ${rule}, fired ${turn.rules.join(", ")}`);
  return faults;
}

function finalFaults(final: Played["final"], wanted: FinalExpectation): string[] {
  const faults: string[] = [];
  for (const kind of ["bookings", "cases", "orders"] as const) {
    const expected = wanted[kind];
    if (!expected) continue;
    const left: unknown[] = [...final[kind]];
    if (left.length !== expected.length) faults.push(`end: wanted ${expected.length} ${kind}, found ${JSON.stringify(final[kind])}`);
    for (const one of expected) {
      const index = left.findIndex((found) => contains(found, one));
      if (index < 0) faults.push(`end: no ${kind} like ${JSON.stringify(one)} in ${JSON.stringify(final[kind])}`);
      else left.splice(index, 1);
    }
  }
  if (wanted.customer && !contains(final.customer, wanted.customer))
    faults.push(`end: customer is ${JSON.stringify(final.customer)}, wanted ${JSON.stringify(wanted.customer)}`);
  return faults;
}

/** Is every part of `wanted` in `found`? Lists must be equal in length and order; texts may be patterns. */
function contains(found: unknown, wanted: unknown): boolean {
  if (typeof wanted === "string" && typeof found === "string")
    return found === wanted || (/^\/.*\/[a-z]*$/s.test(wanted) && matches(found, wanted));
  if (Array.isArray(wanted))
    return Array.isArray(found) && found.length === wanted.length && wanted.every((one, index) => contains(found[index], one));
  if (typeof wanted === "object" && wanted !== null) {
    return (
      typeof found === "object" &&
      found !== null &&
      Object.entries(wanted).every(([key, value]) => contains((found as Record<string, unknown>)[key], value))
    );
  }
  return found === wanted;
}

/** No money or gift is promised before the ladder has approved it; the customer's judgement is not confirmed. */
const PROMISES =
  /(?:我们|我們)(?:会|會|将|將)?(?:赔|賠|退款|退还|退還|补偿|補償|免单|免單)|给您(?:打折|退款|赔)|(?:we(?:'ll| will)|I(?:'ll| will)) (?:refund|compensate|pay you|give you)|是我们的(?:错|责任)|是我們的(?:錯|責任)|it(?:'s| was| is) our fault/i;

/** What holds for every dialogue, whatever it is about. */
function mannersFaults(played: PlayedScript): string[] {
  const faults: string[] = [];
  let last = "";
  let same = 0;
  for (const { turn } of played.turns) {
    for (const reply of turn.replies) {
      if (PROMISES.test(reply.text)) faults.push(`turn ${turn.turn}: promises or admits: ${reply.text}`);
      if (/\{\w+|undefined|\[object|NaN/.test(reply.text)) faults.push(`turn ${turn.turn}: unfinished wording: ${reply.text}`);
      const question = reply.text.split("\n\n").at(-1)!;
      same = question === last && /[??::]/.test(question) ? same + 1 : 1;
      last = question;
      if (same >= 3) faults.push(`turn ${turn.turn}: the same question three times: ${question}`);
    }
  }
  return faults;
}
