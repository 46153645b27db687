/**
 * What sort of customer speaks, by signs in their words, so that staff are offered a reply that fits (handbook: doubtful, lazy,
 * forgetful, assertive, haggling, hesitant, talkative, regretful, comparing, fault-finding, impulsive, mocking). A help for
 * wording alone: nothing is decided by it, and it is kept nowhere. Pure.
 */
import type { Case } from "../cases/state.ts";
import type { Profile } from "../profile/schema.ts";

export type CustomerType = Profile["desk"]["customerTypes"][number];

/** Types looked at for one case: more would be no help. */
const MOST = 2;

/** What the customer has written of a case, newest first. */
export function wordsOfCustomer(one: Pick<Case, "words" | "notes">): string {
  const notes = one.notes.filter((note) => note.by === "customer").map((note) => note.text);
  return [...notes.reverse(), one.words].join("\n");
}

/** The types whose signs show, the plainest first; ties go to the profile's order. */
export function typesOf(types: readonly CustomerType[], words: string): readonly CustomerType[] {
  const text = words.toLowerCase();
  const length = [...words].length;
  return types
    .map((type) => ({ type, signs: countSigns(type, text) + (type.fromLength !== undefined && length >= type.fromLength ? 1 : 0) }))
    .filter(({ signs }) => signs > 0)
    .sort((one, other) => other.signs - one.signs)
    .slice(0, MOST)
    .map(({ type }) => type);
}

function countSigns(type: CustomerType, text: string): number {
  return Object.values(type.signs)
    .flat()
    .filter((sign) => holds(text, sign.toLowerCase())).length;
}

/** Chinese words anywhere; Latin ones as words of their own. */
function holds(text: string, sign: string): boolean {
  if (!/^[\x20-\x7e]+$/.test(sign)) return text.includes(sign);
  return new RegExp(`(?<![a-z])${sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![a-z])`).test(text);
}
