/** The checker is only worth something if it finds what is wrong: each kind of damage, done to evidence that is otherwise clean. */
import { describe, expect, test } from "vitest";
import { align, type Counts, check, type Evidence, type Findings, isClean } from "./check.ts";
import type { Seen } from "./platform.ts";

const seen = (text: string, at = 0, answerLost = false): Seen => ({ text, at, answerLost });

type Draft = {
  inbox: { id: string; conversation: string; text: string; status: string }[];
  messages: { id: string; conversation: string; text: string; status: string }[];
  said: { text: string; acknowledged: boolean }[];
  seen: Seen[];
  traces: Map<string, number>;
  killedAt: number[];
  integrity: string;
};

const C = "slack:D1";

function clean(): Draft {
  return {
    inbox: [
      { id: "e1", conversation: C, text: "几点开门", status: "done" },
      { id: "e2", conversation: C, text: "地址", status: "done" },
    ],
    messages: [
      { id: "e1/1", conversation: C, text: "八点半。", status: "sent" },
      { id: "e2/1", conversation: C, text: "漕溪北路。", status: "sent" },
    ],
    said: [
      { text: "几点开门", acknowledged: true },
      { text: "地址", acknowledged: true },
      { text: "谢谢", acknowledged: false },
    ],
    seen: [seen("八点半。", 10_000), seen("漕溪北路。", 20_000)],
    traces: new Map([
      ["e1", 1],
      ["e2", 1],
    ]),
    killedAt: [],
    integrity: "ok",
  };
}

function look({ said, seen: shown, ...rest }: Draft): { readonly findings: Findings; readonly counts: Counts } {
  const evidence: Evidence = { ...rest, customers: [{ conversation: C, said, seen: shown }] };
  return check(evidence);
}

test("clean evidence has no findings, and what was not acknowledged may be missing", () => {
  const { findings, counts } = look(clean());
  expect(isClean(findings)).toBe(true);
  expect(counts).toMatchObject({ sent: 3, acknowledged: 2, answered: 2, shown: 2 });
});

const DAMAGE: readonly (readonly [name: string, kind: keyof Findings, spoil: (draft: Draft) => unknown])[] = [
  ["an acknowledged message that is not kept", "lost", (draft) => draft.inbox.pop()],
  ["a message that was given up", "lost", (draft) => (draft.inbox[0]!.status = "dead")],
  ["a message without an answer", "lost", (draft) => draft.messages.shift()],
  ["an answer that was never sent", "lost", (draft) => (draft.messages[1]!.status = "failed")],
  ["an answer that nobody saw", "lost", (draft) => draft.seen.pop()],
  ["an answer in the middle that nobody saw", "lost", (draft) => draft.seen.shift()],
  ["a message kept twice", "doubled", (draft) => draft.inbox.push({ id: "e3", conversation: C, text: "地址", status: "done" })],
  ["a message worked twice", "doubled", (draft) => draft.traces.set("e2", 2)],
  ["an answer seen twice for no reason", "doubled", (draft) => draft.seen.push(seen("漕溪北路。", 21_000))],
  ["an earlier answer seen again", "doubled", (draft) => draft.seen.push(seen("八点半。", 21_000))],
  ["words that nobody wrote", "strange", (draft) => draft.seen.push(seen("别的"))],
  ["answers in another order", "strange", (draft) => draft.seen.reverse()],
  [
    "a third copy of two answers running that read alike",
    "broken",
    (draft) => {
      draft.messages[1]!.text = draft.messages[0]!.text;
      draft.seen = [seen("八点半。", 10_000, true), seen("八点半。", 11_000), seen("八点半。", 12_000)];
    },
  ],
  ["a damaged file", "broken", (draft) => (draft.integrity = "row 3 missing")],
];

describe("damage that is found", () => {
  test.each(DAMAGE)("%s", (_name, kind, spoil) => {
    const draft = clean();
    spoil(draft);
    expect(look(draft).findings[kind]).not.toEqual([]);
  });
});

describe("a double is excused", () => {
  test("when the answer to the first send was cut off", () => {
    const draft = clean();
    draft.seen = [seen("八点半。", 10_000, true), seen("八点半。", 11_000), seen("漕溪北路。", 20_000)];
    const { findings, counts } = look(draft);
    expect(isClean(findings)).toBe(true);
    expect(counts.excused["the answer to the send was cut off"]).toBe(1);
  });

  test("when the service was killed between the two, and not at another time", () => {
    const draft = clean();
    draft.seen.splice(1, 0, seen("八点半。", 15_000));
    draft.killedAt = [12_000];
    expect(isClean(look(draft).findings)).toBe(true);
    draft.killedAt = [25_000];
    expect(isClean(look(draft).findings)).toBe(false);
  });
});

test("messages that went as one are seen, blanks of no width and all", () => {
  expect(align(["一\n二", "三", "四"], [seen("一 二\n\n三"), seen("\u200b四")])).toEqual({ unseen: [], strange: [], twice: [] });
});
