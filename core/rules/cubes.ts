/**
 * Conditions as alternatives of plain tests, to see what can hold and what follows from what. Pure.
 *
 * A cube is a set of tests that must hold together; a condition is a list of cubes of which one must. `not` is pushed inward,
 * so that each test stands plain or denied.
 */
import type { HistoryCondition } from "../profile/rules-schema.ts";
import type { RuleCondition } from "../profile/schema.ts";
import { FACT_KINDS, type FactKind } from "./fact-kinds.ts";
import type { FactName } from "./facts.ts";
import { historyName } from "./history.ts";

type FactTest = Extract<RuleCondition, { fact: string }>;
type Test = { readonly test: FactTest | HistoryCondition; readonly denied: boolean };
export type Cube = readonly Test[];

/** More alternatives than this are not looked into: such a condition is taken as it is. */
const MOST_CUBES = 256;

/** The alternatives of a condition; `null` when there are too many to look into. */
export function cubesOf(condition: RuleCondition, denied = false): readonly Cube[] | null {
  if ("not" in condition) return cubesOf(condition.not, !denied);
  if ("all" in condition || "any" in condition) {
    const parts = ("all" in condition ? condition.all : condition.any).map((part) => cubesOf(part, denied));
    const together = "all" in condition ? !denied : denied;
    let cubes: readonly Cube[] = together ? [[]] : [];
    for (const part of parts) {
      if (part === null) return null;
      cubes = together ? cubes.flatMap((one) => part.map((other) => [...one, ...other])) : [...cubes, ...part];
      if (cubes.length > MOST_CUBES) return null;
    }
    return cubes;
  }
  return [[{ test: condition, denied }]];
}

/** What a cube leaves of one fact: values it may have, or a range. */
interface Room {
  /** Each entry is a group of values of which the fact must have one. */
  groups: readonly (readonly (string | number | boolean)[])[];
  barred: readonly (string | number | boolean)[];
  least: number;
  most: number;
  /** Must be stated in the turn. */
  stated: boolean;
}

const valuesOf = (test: FactTest): readonly (string | number | boolean)[] | null =>
  test.is === undefined
    ? test.atLeast === undefined && test.atMost === undefined
      ? [true]
      : null
    : Array.isArray(test.is)
      ? test.is
      : [test.is];

function roomOf(cube: Cube, fact: string, kind: FactKind | undefined): Room {
  const room: Room = {
    groups: [],
    barred: [],
    least: kind?.kind === "number" ? kind.least : Number.NEGATIVE_INFINITY,
    most: kind?.kind === "number" ? kind.most : Number.POSITIVE_INFINITY,
    stated: false,
  };
  for (const { test, denied } of cube) {
    if (!("fact" in test) || test.fact !== fact) continue;
    const values = valuesOf(test);
    if (denied) {
      // "Not both" is left alone: only a plain denial of values says something for sure.
      if (values !== null && test.atLeast === undefined && test.atMost === undefined) room.barred = [...room.barred, ...values];
      continue;
    }
    room.stated = true;
    if (values !== null) room.groups = [...room.groups, values];
    room.least = Math.max(room.least, test.atLeast ?? room.least);
    room.most = Math.min(room.most, test.atMost ?? room.most);
  }
  return room;
}

const factsIn = (cube: Cube): readonly string[] => [...new Set(cube.flatMap(({ test }) => ("fact" in test ? [test.fact] : [])))];

/** Why a cube can never hold: the fact whose tests exclude each other; `null` when it can. */
export function impossible(cube: Cube): string | null {
  for (const fact of factsIn(cube)) {
    const kind = FACT_KINDS[fact as FactName] as FactKind | undefined;
    const room = roomOf(cube, fact, kind);
    if (!room.stated) continue;
    if (room.least > room.most) return fact;
    const many = kind?.kind === "many";
    const groups = room.groups.map((group) =>
      group.filter((value) => !room.barred.includes(value) && (typeof value !== "number" || (value >= room.least && value <= room.most))),
    );
    if (groups.some((group) => group.length === 0)) return fact;
    if (!many && groups.length > 1 && !groups[0]!.some((value) => groups.every((group) => group.includes(value)))) return fact;
  }
  for (const { test, denied } of cube) {
    if ("history" in test && !denied) {
      const contrary = cube.some(
        (other) =>
          other.denied && "history" in other.test && historyName(other.test) === historyName(test) && other.test.atLeast <= test.atLeast,
      );
      if (contrary) return historyName(test);
    }
  }
  return null;
}

/** Does one test follow from a cube? Errs on the side of no. */
function follows(cube: Cube, wanted: Test): boolean {
  const { test, denied } = wanted;
  if ("history" in test) {
    return cube.some(
      (one) =>
        "history" in one.test &&
        one.denied === denied &&
        historyName(one.test) === historyName(test) &&
        (denied ? one.test.atLeast <= test.atLeast : one.test.atLeast >= test.atLeast),
    );
  }
  if (denied) return cube.some((one) => one.denied && "fact" in one.test && sameTest(one.test, test));
  const kind = FACT_KINDS[test.fact as FactName] as FactKind | undefined;
  const room = roomOf(cube, test.fact, kind);
  if (!room.stated) return false;
  const values = valuesOf(test);
  if (test.atLeast !== undefined && !(room.least >= test.atLeast)) return false;
  if (test.atMost !== undefined && !(room.most <= test.atMost)) return false;
  return values === null || room.groups.some((group) => group.every((value) => values.includes(value)));
}

const sameTest = (one: FactTest, other: FactTest): boolean =>
  one.fact === other.fact && JSON.stringify([one.is, one.atLeast, one.atMost]) === JSON.stringify([other.is, other.atLeast, other.atMost]);

/** Does `wanted` hold whenever `given` does? Errs on the side of no. */
export function implies(given: readonly Cube[], wanted: readonly Cube[]): boolean {
  return given.every((cube) => impossible(cube) !== null || wanted.some((other) => other.every((test) => follows(cube, test))));
}

/** Names of the facts that must be stated for a cube to hold. */
export function statedIn(cube: Cube): readonly FactName[] {
  return [...new Set(cube.flatMap(({ test, denied }) => (!denied && "fact" in test ? [test.fact as FactName] : [])))];
}
