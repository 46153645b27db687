/** In what two stores differ: the state a history has led to, and the cases two sets of rules have led to. */
import type { Case } from "../cases/state.ts";
import type { Store, Unit } from "../ports.ts";
import type { Change } from "./outcome.ts";

/** One thing that is not the same; `null` = it is not there. */
export interface Difference {
  /** `booking B26112301`, `conversation web:a` … */
  readonly what: string;
  /** Names of the fields that differ. */
  readonly fields: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

const PAGE = 500;

async function allRecords(unit: Unit, kind: Change["kind"]): Promise<ReadonlyMap<string, Change["state"]>> {
  const found = new Map<string, Change["state"]>();
  for (let after = ""; ; ) {
    const page = await unit.records.all(kind, after, PAGE);
    for (const one of page) found.set(one.number, one);
    if (page.length < PAGE) return found;
    after = page.at(-1)!.number;
  }
}

/** What was said in a conversation; whether it was delivered is the channel's doing, not a turn's. */
async function saidIn(unit: Unit, conversation: string): Promise<readonly unknown[]> {
  const said: unknown[] = [];
  for (let after = 0; ; ) {
    const page = await unit.messages.list(conversation, after, PAGE);
    for (const { id, from, author, text, buttons, at } of page) said.push({ id, from, author, text, buttons, at });
    if (page.length < PAGE) return said;
    after = page.at(-1)!.seq;
  }
}

function differ(what: string, before: unknown, after: unknown): Difference[] {
  if (sameJson(before, after)) return [];
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const fields =
    isRecord(before) && isRecord(after)
      ? [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !sameJson(before[key], after[key]))
      : [];
  return [{ what, fields, before, after }];
}

/** Equal as JSON, whatever the order of keys. */
function sameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([first], [second]) => (first < second ? -1 : 1)))
      : part,
  );
}

/** Everything in which two stores differ: bookings, orders, cases, and for each conversation its state and what was said. */
export async function compareStores(before: Store, after: Store, conversations: readonly string[]): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const kind of ["booking", "order", "case"] as const) {
    const [mine, theirs] = await Promise.all([before.unit((unit) => allRecords(unit, kind)), after.unit((unit) => allRecords(unit, kind))]);
    for (const number of [...new Set([...mine.keys(), ...theirs.keys()])].sort())
      differences.push(...differ(`${kind} ${number}`, mine.get(number) ?? null, theirs.get(number) ?? null));
  }
  for (const conversation of conversations) {
    const look = (store: Store) =>
      store.unit(async (unit) => ({
        state: (await unit.conversations.get(conversation))?.state ?? null,
        messages: await saidIn(unit, conversation),
      }));
    const [mine, theirs] = await Promise.all([look(before), look(after)]);
    differences.push(...differ(`conversation ${conversation}`, mine, theirs));
  }
  return differences;
}

/** A case as far as rules decide it. */
export interface RuledCase {
  readonly conversation: string;
  readonly category: string;
  readonly urgency: string;
  readonly step: string;
  readonly tags: readonly string[];
  readonly words: string;
  readonly openedAt: number;
}

export interface CaseDifference {
  readonly before: RuledCase | null;
  readonly after: RuledCase | null;
}

/** Cases that only one of two rehearsals has, or that they see otherwise. Numbers differ between them and are not compared. */
export async function compareCases(before: Store, after: Store): Promise<readonly CaseDifference[]> {
  const [mine, theirs] = await Promise.all([before.unit(ruledCases), after.unit(ruledCases)]);
  const differences: CaseDifference[] = [];
  for (const key of [...new Set([...mine.keys(), ...theirs.keys()])].sort()) {
    const one = mine.get(key) ?? null;
    const other = theirs.get(key) ?? null;
    if (!sameJson(one, other)) differences.push({ before: one, after: other });
  }
  return differences;
}

async function ruledCases(unit: Unit): Promise<ReadonlyMap<string, RuledCase>> {
  const counts = new Map<string, number>();
  const found = new Map<string, RuledCase>();
  const cases = [...(await allRecords(unit, "case")).values()] as Case[];
  for (const one of cases.sort((first, second) => first.createdAt - second.createdAt || (first.number < second.number ? -1 : 1))) {
    const group = `${one.conversation} ${one.category}`;
    const index = counts.get(group) ?? 0;
    counts.set(group, index + 1);
    found.set(`${group} ${String(index).padStart(4, "0")}`, {
      conversation: one.conversation,
      category: one.category,
      urgency: one.urgency,
      step: one.step,
      tags: [...one.tags].sort(),
      words: one.words,
      openedAt: one.createdAt,
    });
  }
  return found;
}
