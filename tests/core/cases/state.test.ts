import { describe, expect, test } from "vitest";
import { type Case, type CaseEvent, evolveCase, moreUrgent } from "../../../core/cases/state.ts";

const opened: CaseEvent = {
  type: "case_opened",
  at: 10,
  case: {
    number: "C26112301",
    category: "complaint",
    urgency: "normal",
    step: "representative",
    conversation: "web:a",
    customerId: "U1",
    words: "太慢了",
    about: null,
    reasons: [{ rule: "complaint", why: "投诉", at: 10 }],
    tags: ["late"],
    promisedAt: 99,
  },
};
const open: Case = {
  ...opened.case,
  status: "open",
  owner: null,
  notes: [],
  answeredAt: null,
  resolution: null,
  createdAt: 10,
  updatedAt: 10,
};
const claimed: Case = { ...open, status: "claimed", owner: "amy", updatedAt: 20 };
const resolved: Case = { ...claimed, status: "resolved", resolution: "mended", updatedAt: 30 };

const joined = (urgency: Case["urgency"]): CaseEvent => ({
  type: "case_joined",
  at: 50,
  reasons: [{ rule: "anger", why: "怒", at: 50 }],
  words: "还没好?",
  urgency,
  step: "manager",
  tags: ["late", "anger"],
});

describe("evolveCase: given a case, when an event, then the case", () => {
  const table: readonly (readonly [string, Case | null, CaseEvent, Case])[] = [
    ["opened, it is open and nobody's", null, opened, open],
    [
      "joined, it gathers reasons, tags once each and the words, and takes the step of the event",
      open,
      joined("urgent"),
      {
        ...open,
        urgency: "urgent",
        step: "manager",
        reasons: [...open.reasons, { rule: "anger", why: "怒", at: 50 }],
        tags: ["late", "anger"],
        notes: [{ at: 50, by: "customer", text: "还没好?" }],
        updatedAt: 50,
      },
    ],
    ["claimed, it has an owner", open, { type: "case_claimed", at: 20, by: "amy" }, claimed],
    ["released, it is open and nobody's again", claimed, { type: "case_released", at: 50, by: "amy" }, { ...open, updatedAt: 50 }],
    [
      "noted, it keeps the note and its status",
      claimed,
      { type: "case_noted", at: 50, by: "amy", text: "called" },
      { ...claimed, notes: [{ at: 50, by: "amy", text: "called" }], updatedAt: 50 },
    ],
    [
      "answered while open, it belongs to who answered",
      open,
      { type: "case_answered", at: 50, by: "bob" },
      { ...open, status: "claimed", owner: "bob", answeredAt: 50, updatedAt: 50 },
    ],
    [
      "answered by another, it stays its owner's",
      claimed,
      { type: "case_answered", at: 50, by: "bob" },
      { ...claimed, answeredAt: 50, updatedAt: 50 },
    ],
    [
      "answered again, the first answer counts",
      { ...claimed, answeredAt: 40 },
      { type: "case_answered", at: 50, by: "amy" },
      { ...claimed, answeredAt: 40, updatedAt: 50 },
    ],
    [
      "answered when resolved, it stays resolved",
      resolved,
      { type: "case_answered", at: 50, by: "amy" },
      { ...resolved, answeredAt: 50, updatedAt: 50 },
    ],
    [
      "climbed, it has the new step and says why",
      claimed,
      { type: "case_climbed", at: 50, step: "manager", why: "time is up" },
      { ...claimed, step: "manager", notes: [{ at: 50, by: "bot", text: "time is up" }], updatedAt: 50 },
    ],
    [
      "resolved unclaimed, it belongs to who resolved it",
      open,
      { type: "case_resolved", at: 30, by: "bob", resolution: "mended" },
      { ...open, status: "resolved", owner: "bob", resolution: "mended", updatedAt: 30 },
    ],
    ["resolved by another, it stays its owner's", claimed, { type: "case_resolved", at: 30, by: "bob", resolution: "mended" }, resolved],
    [
      "reopened, it is open, nobody's, unresolved, and one step up",
      resolved,
      { type: "case_reopened", at: 50, step: "manager", why: "not happy" },
      {
        ...resolved,
        status: "open",
        owner: null,
        step: "manager",
        resolution: null,
        notes: [{ at: 50, by: "bot", text: "not happy" }],
        updatedAt: 50,
      },
    ],
    ["closed, it is closed", resolved, { type: "case_closed", at: 50 }, { ...resolved, status: "closed", updatedAt: 50 }],
  ];
  test.each(table)("%s", (_name, state, event, wanted) => {
    expect(evolveCase(state === null ? null : Object.freeze(state), event)).toStrictEqual(wanted);
  });

  test("joining with a lesser urgency does not calm a case", () => {
    expect(evolveCase({ ...open, urgency: "emergency" }, joined("normal")).urgency).toBe("emergency");
  });

  const later: readonly CaseEvent[] = table.map(([, , event]) => event).filter((event) => event.type !== "case_opened");
  test.each([...new Map(later.map((event) => [event.type, event])).values()])("$type before case_opened is refused", (event) => {
    expect(() => evolveCase(null, event)).toThrow(new RangeError(`${event.type} before case_opened`));
  });

  test("an event of an unknown type is refused", () => {
    expect(() => evolveCase(open, { type: "case_eaten", at: 1 } as unknown as CaseEvent)).toThrow(/unhandled case.*case_eaten/);
  });
});

test.each([
  ["normal", "normal", "normal"],
  ["normal", "urgent", "urgent"],
  ["emergency", "urgent", "emergency"],
  ["normal", "emergency", "emergency"],
] as const)("of %s and %s, moreUrgent gives %s, either way round", (one, other, wanted) => {
  expect(moreUrgent(one, other)).toBe(wanted);
  expect(moreUrgent(other, one)).toBe(wanted);
});
