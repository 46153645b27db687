/** What a case is found by among all others: outbreaks, what was given. Written beside the case whenever it is saved. Pure. */
import type { Instant } from "../time.ts";
import { isGiven } from "./compensation.ts";
import type { Case, CaseCategory } from "./state.ts";

export interface CaseMark {
  readonly mark: string;
  /** When it became so: the case was opened, or something was given. */
  readonly at: Instant;
}

/** Cases that something went wrong; a wish for a person or a survey about waiting makes no outbreak. */
const COUNTED: readonly CaseCategory[] = ["complaint", "emergency", "warranty"];

/** Cases of the same fault on the same product, of the same part, by the same technician. */
export function outbreakMarks(one: Pick<Case, "category" | "links">): readonly string[] {
  if (!COUNTED.includes(one.category)) return [];
  const { fault, product, part, technician } = one.links;
  return [
    ...(fault !== null && product !== null ? [`fault:${product}:${fault}`] : []),
    ...(part !== null ? [`part:${part.toLowerCase()}`] : []),
    ...(technician !== null ? [`technician:${technician}`] : []),
  ];
}

/** The parent that gathers the outbreak of a mark. */
export const parentMark = (mark: string): string => `parent:${mark}`;

/** Anything was given; to add up a month. */
export const GIVEN = "given";
/** Something was given in a case like this one. */
export const givenMark = (one: Pick<Case, "category" | "links">): string =>
  one.links.fault === null ? `given:${one.category}` : `given:${one.category}:${one.links.fault}`;

/** All marks of a case. */
export function marksOf(one: Case): readonly CaseMark[] {
  if (one.category === "batch") return one.tags.filter((tag) => tag.startsWith("parent:")).map((mark) => ({ mark, at: one.createdAt }));
  const given = one.compensations.filter(isGiven);
  const at = Math.max(...given.map((each) => each.decidedAt ?? each.proposedAt));
  return [
    ...outbreakMarks(one).map((mark) => ({ mark, at: one.createdAt })),
    ...(given.length > 0 ? [GIVEN, givenMark(one)].map((mark) => ({ mark, at })) : []),
  ];
}
