import { describe, expect, test } from "vitest";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import { NO_CLOCKS } from "../../../core/cases/clock-spans.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import { type Case, moreUrgent, NO_LINKS } from "../../../core/cases/state.ts";

const span = (from: number, to: number | null = null) => ({ spans: [{ from, to }], level: 0 });

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
  queue: null,
  known: true,
  links: NO_LINKS,
  parent: null,
  children: [],
  notes: [],
  tasks: [],
  answeredAt: null,
  clocks: { ...NO_CLOCKS, first_answer: span(10), resolution: span(10) },
  waitingSince: null,
  page: null,
  breachedAt: null,
  resolution: null,
  cause: null,
  satisfied: null,
  reopened: 0,
  compensations: [],
  createdAt: 10,
  updatedAt: 10,
};
const claimed: Case = { ...open, status: "claimed", owner: "amy", updatedAt: 20 };
const resolved: Case = {
  ...claimed,
  status: "resolved",
  resolution: "mended",
  clocks: { ...NO_CLOCKS, first_answer: span(10, 30), resolution: span(10, 30) },
  updatedAt: 30,
};
const answered: Case = { ...claimed, answeredAt: 40, clocks: { ...open.clocks, first_answer: span(10, 40) }, updatedAt: 40 };

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
      { ...open, status: "claimed", owner: "bob", answeredAt: 50, clocks: { ...open.clocks, first_answer: span(10, 50) }, updatedAt: 50 },
    ],
    [
      "answered by another, it stays its owner's",
      claimed,
      { type: "case_answered", at: 50, by: "bob" },
      { ...claimed, answeredAt: 50, clocks: { ...open.clocks, first_answer: span(10, 50) }, updatedAt: 50 },
    ],
    ["answered again, the first answer counts", answered, { type: "case_answered", at: 50, by: "amy" }, { ...answered, updatedAt: 50 }],
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
      { ...resolved, owner: "bob" },
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
        reopened: 1,
        clocks: {
          ...NO_CLOCKS,
          first_answer: span(50),
          resolution: {
            spans: [
              { from: 10, to: 30 },
              { from: 50, to: null },
            ],
            level: 0,
          },
        },
        notes: [{ at: 50, by: "bot", text: "not happy" }],
        updatedAt: 50,
      },
    ],
    [
      "waiting for the customer, the resolution's clock stands still",
      answered,
      { type: "case_waiting", at: 50, by: "amy" },
      { ...answered, waitingSince: 50, clocks: { ...answered.clocks, resolution: span(10, 50) }, updatedAt: 50 },
    ],
    [
      "written to by the customer while waiting, it waits no more and owes an answer",
      { ...answered, waitingSince: 50, clocks: { ...answered.clocks, resolution: span(10, 50) } },
      { type: "case_noted", at: 60, by: "customer", text: "周三可以" },
      {
        ...answered,
        waitingSince: null,
        clocks: {
          ...answered.clocks,
          next_answer: span(60),
          resolution: {
            spans: [
              { from: 10, to: 50 },
              { from: 60, to: null },
            ],
            level: 0,
          },
        },
        notes: [{ at: 60, by: "customer", text: "周三可以" }],
        updatedAt: 60,
      },
    ],
    [
      "written to twice, the first of the words is what waits for an answer",
      { ...answered, clocks: { ...answered.clocks, next_answer: span(45) } },
      { type: "case_noted", at: 60, by: "customer", text: "在吗" },
      {
        ...answered,
        clocks: { ...answered.clocks, next_answer: span(45) },
        notes: [{ at: 60, by: "customer", text: "在吗" }],
        updatedAt: 60,
      },
    ],
    [
      "written to by the customer before any answer, only the first answer is owed",
      open,
      { type: "case_noted", at: 60, by: "customer", text: "在吗" },
      { ...open, notes: [{ at: 60, by: "customer", text: "在吗" }], updatedAt: 60 },
    ],
    [
      "climbed from a silent owner, it is nobody's",
      answered,
      { type: "case_climbed", at: 50, step: "manager", why: "silent", release: true, promisedAt: 70 },
      {
        ...answered,
        status: "open",
        owner: null,
        step: "manager",
        promisedAt: 70,
        notes: [{ at: 50, by: "bot", text: "silent" }],
        updatedAt: 50,
      },
    ],
    [
      "paged, it waits to be acknowledged",
      open,
      { type: "case_paged", at: 50 },
      { ...open, page: { since: 50, acknowledgedAt: null, acknowledgedBy: null }, updatedAt: 50 },
    ],
    [
      "acknowledged, the time of the first answer begins anew",
      { ...open, page: { since: 20, acknowledgedAt: null, acknowledgedBy: null } },
      { type: "case_acknowledged", at: 50, by: "amy" },
      {
        ...open,
        page: { since: 20, acknowledgedAt: 50, acknowledgedBy: "amy" },
        clocks: { ...open.clocks, first_answer: span(50) },
        updatedAt: 50,
      },
    ],
    [
      "claimed while a page goes out, it is acknowledged",
      { ...open, page: { since: 15, acknowledgedAt: null, acknowledgedBy: null } },
      { type: "case_claimed", at: 20, by: "amy" },
      {
        ...claimed,
        page: { since: 15, acknowledgedAt: 20, acknowledgedBy: "amy" },
        clocks: { ...open.clocks, first_answer: span(20) },
      },
    ],
    [
      "acknowledged again, the first counts",
      { ...open, page: { since: 20, acknowledgedAt: 30, acknowledgedBy: "bob" } },
      { type: "case_acknowledged", at: 50, by: "amy" },
      { ...open, page: { since: 20, acknowledgedAt: 30, acknowledgedBy: "bob" }, updatedAt: 50 },
    ],
    [
      "found unsatisfactory, it says so, with the words",
      resolved,
      { type: "case_satisfaction", at: 50, satisfied: false, words: "还是漏" },
      { ...resolved, satisfied: false, notes: [{ at: 50, by: "customer", text: "还是漏" }], updatedAt: 50 },
    ],
    [
      "a task done twice was done the first time",
      { ...open, tasks: [{ id: "T1", text: "ring", to: "amy", dueAt: 90, doneAt: 40, doneBy: "amy" }] },
      { type: "case_task_done", at: 50, id: "T1", by: "bob" },
      { ...open, tasks: [{ id: "T1", text: "ring", to: "amy", dueAt: 90, doneAt: 40, doneBy: "amy" }], updatedAt: 50 },
    ],
    [
      "joined by what is no word of the customer's, nobody owes an answer for it",
      { ...answered, known: false },
      { ...joined("normal"), by: "bot" } as CaseEvent,
      {
        ...answered,
        known: false,
        step: "manager",
        reasons: [...open.reasons, { rule: "anger", why: "怒", at: 50 }],
        tags: ["late", "anger"],
        notes: [{ at: 50, by: "bot", text: "还没好?" }],
        updatedAt: 50,
      },
    ],
    [
      "an action of a rule that failed stands on it",
      open,
      { type: "case_action_failed", at: 50, rule: "vip", action: "task", why: "no opening" },
      { ...open, notes: [{ at: 50, by: "bot", text: "no opening" }], updatedAt: 50 },
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
