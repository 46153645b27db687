/** Holds what customers said and saw on a platform to what the service kept. Pure: evidence in, findings out. */
import type { Seen } from "./platform.ts";

export interface Evidence {
  readonly customers: readonly CustomerEvidence[];
  /** Of the conversations above, in the order in which they came in. */
  readonly inbox: readonly { readonly id: string; readonly conversation: string; readonly text: string; readonly status: string }[];
  /** Words of the bot, in order. */
  readonly messages: readonly { readonly id: string; readonly conversation: string; readonly text: string; readonly status: string }[];
  /** How many traces there are of each inbox entry. */
  readonly traces: ReadonlyMap<string, number>;
  /** When the service was killed, ms. */
  readonly killedAt: readonly number[];
  /** What SQLite says of the file. */
  readonly integrity: string;
}

export interface CustomerEvidence {
  readonly conversation: string;
  readonly said: readonly { readonly text: string; readonly acknowledged: boolean }[];
  readonly seen: readonly Seen[];
}

/** Why a customer saw a message twice where the platform leaves no way to know that it arrived. */
export type Excuse = "the answer to the send was cut off" | "killed between the platform's taking it and our noting it";

export interface Findings {
  /** Acknowledged and not kept, not worked, not answered, or never seen by the customer. */
  readonly lost: readonly string[];
  /** Kept, worked or shown more than once, for no reason that the platform gives. */
  readonly doubled: readonly string[];
  /** Shown in another order than it was written, or words that nobody wrote. */
  readonly strange: readonly string[];
  /** The file is damaged, or the evidence can't be judged. */
  readonly broken: readonly string[];
}

export interface Counts {
  readonly sent: number;
  readonly acknowledged: number;
  readonly answered: number;
  readonly shown: number;
  readonly excused: Readonly<Record<Excuse, number>>;
}

const plain = (text: string): string => text.replaceAll(/[\s\u200b\u2060]/g, "");

/** Time stamps of some platforms have whole seconds. */
const GRAIN_MS = 1_000;

export function check(evidence: Evidence): { readonly findings: Findings; readonly counts: Counts } {
  const lost: string[] = [];
  const doubled: string[] = [];
  const strange: string[] = [];
  const broken = evidence.integrity === "ok" ? [] : [`the database file is damaged: ${evidence.integrity}`];
  const excused: Record<Excuse, number> = {
    "the answer to the send was cut off": 0,
    "killed between the platform's taking it and our noting it": 0,
  };
  let answered = 0;
  let acknowledged = 0;
  const causes = new Set(evidence.messages.map(({ id }) => id.slice(0, id.lastIndexOf("/"))));
  for (const { conversation, said, seen } of evidence.customers) {
    const kept = evidence.inbox.filter((entry) => entry.conversation === conversation);
    const taken = said.filter((one) => one.acknowledged);
    acknowledged += taken.length;
    for (const [text, count] of tally(taken.map((one) => one.text))) {
      const times = kept.filter((entry) => entry.text === text).length;
      if (times < count) lost.push(`${conversation}: "${text}" was acknowledged ${count} times and is kept ${times} times`);
    }
    for (const [text, count] of tally(kept.map((entry) => entry.text))) {
      const times = said.filter((one) => one.text === text).length;
      if (count > times) doubled.push(`${conversation}: "${text}" was said ${times} times and is kept ${count} times`);
    }
    for (const entry of kept) {
      if ((evidence.traces.get(entry.id) ?? 0) > 1) doubled.push(`${entry.id} was worked ${evidence.traces.get(entry.id)} times`);
      if (entry.status !== "done") lost.push(`${entry.id} is "${entry.status}" at the end`);
      else if (causes.has(entry.id)) answered += 1;
      else lost.push(`${entry.id} "${entry.text}" was never answered`);
    }
    const written = evidence.messages.filter((message) => message.conversation === conversation);
    for (const message of written) if (message.status !== "sent") lost.push(`${message.id} is "${message.status}" at the end`);
    // Of two that read alike nobody can tell which one a third copy belongs to, nor whether it has a reason.
    const alike = new Set(written.filter(({ text }, index) => text === written[index - 1]?.text).map(({ text }) => plain(text)));
    const line = align(
      written.map((message) => message.text),
      seen,
    );
    for (const text of line.unseen) lost.push(`${conversation}: never saw "${text}"`);
    for (const text of line.strange) strange.push(`${conversation}: saw "${text}" out of place`);
    for (const [first, second] of line.twice) {
      const excuse = excuseOf(first, second, evidence.killedAt);
      if (excuse === null && alike.has(plain(second.text)))
        broken.push(`${conversation}: two answers running read "${second.text}", and a third came`);
      else if (excuse === null) doubled.push(`${conversation}: saw "${second.text}" twice, for no reason`);
      else excused[excuse] += 1;
    }
  }
  const sent = evidence.customers.reduce((sum, { said }) => sum + said.length, 0);
  const shown = evidence.customers.reduce((sum, { seen }) => sum + seen.length, 0);
  return { findings: { lost, doubled, strange, broken }, counts: { sent, acknowledged, answered, shown, excused } };
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function excuseOf(first: Seen, second: Seen, killedAt: readonly number[]): Excuse | null {
  if (first.answerLost) return "the answer to the send was cut off";
  const killed = killedAt.some((at) => at >= first.at - GRAIN_MS && at <= second.at + GRAIN_MS);
  return killed ? "killed between the platform's taking it and our noting it" : null;
}

/**
 * Lays what was seen along what was written. Several written messages may have gone as one; the same message may stand twice,
 * next to itself or after what came between.
 */
export function align(
  written: readonly string[],
  seen: readonly Seen[],
): { readonly unseen: readonly string[]; readonly strange: readonly string[]; readonly twice: readonly (readonly [Seen, Seen])[] } {
  const wanted = written.map(plain);
  const before = new Map<string, Seen>();
  const strange: string[] = [];
  const twice: (readonly [Seen, Seen])[] = [];
  let next = 0;
  for (const one of seen) {
    let rest = plain(one.text);
    const begun = next;
    while (rest !== "" && next < wanted.length && rest.startsWith(wanted[next]!)) rest = rest.slice(wanted[next++]!.length);
    const whole = plain(one.text);
    if (rest !== "" || next === begun) {
      next = begun;
      const first = before.get(whole);
      if (first) twice.push([first, one]);
      else strange.push(one.text);
    }
    before.set(whole, one);
  }
  return { unseen: written.slice(next), strange, twice };
}

export function isClean(findings: Findings): boolean {
  return Object.values(findings).every((list: readonly string[]) => list.length === 0);
}
