/** The checker is only worth something if it finds what is wrong: each kind of damage, done to evidence that is otherwise clean. */
import { describe, expect, test } from "vitest";
import type { Booking } from "../../core/booking/state.ts";
import { check, type Evidence, type Findings, isClean } from "./check.ts";
import type { Shown } from "./customer.ts";
import type { Left } from "./evidence.ts";
import type { Ledger } from "./ledger.ts";

const HOUR = 3_600_000;

function booking(number: string, conversation: string, start: number, technician = "wu"): Booking {
  const contact = { name: "王", title: null, phone: "+8613800138000" };
  const estimate = { lowMinor: 0, highMinor: 0, currency: "CNY", afterDiagnosis: true };
  return {
    status: "confirmed",
    number,
    customerId: `U-${conversation}`,
    conversation: `web:${conversation}`,
    product: "ac",
    ownedProduct: null,
    fault: null,
    services: ["ac-repair"],
    place: "visit",
    address: null,
    contact,
    purchaseChannel: null,
    technician,
    start,
    end: start + HOUR,
    estimate,
    note: null,
    changes: 0,
    createdAt: 0,
    updatedAt: 0,
  };
}

const shown = (seq: number, from: string, id: string, text = ""): Shown => ({ seq, from, id, text });

interface Draft {
  ledger: Ledger;
  left: {
    -readonly [Key in keyof Left]: Left[Key] extends ReadonlyMap<infer K, infer V>
      ? Map<K, V>
      : Left[Key] extends readonly (infer Item)[]
        ? Item[]
        : Left[Key];
  };
  transcripts: Map<string, Shown[]>;
}

/** Two customers, one of whom books and is watched; a member of staff who replies to the other. */
function clean(): Draft {
  return {
    ledger: {
      customers: [
        {
          conversation: "c1",
          messages: [
            { id: "m1", words: "空调不制冷", acknowledged: true, tries: 1 },
            { id: "m2", words: "确认", acknowledged: true, tries: 3 },
            { id: "m3", words: "谢谢", acknowledged: false, tries: 1 },
          ],
        },
        { conversation: "c2", messages: [{ id: "m1", words: "我要投诉", acknowledged: true, tries: 1 }] },
      ],
      commands: [{ id: "s1", case: "C1", do: "reply", text: "客服处理 s1。", asked: false, acknowledged: true, tries: 1 }],
      watched: [
        {
          conversation: "c1",
          seen: [
            { seq: 1, id: "m1" },
            { seq: 2, id: "web:c1:m1/2" },
          ],
          reconnects: 1,
          toTheEnd: false,
        },
      ],
    },
    left: {
      inbox: [
        { seq: 1, id: "web:c1:m1", conversation: "web:c1", status: "done", turn: 1, receivedAt: 0, doneAt: 1 },
        { seq: 2, id: "web:c1:m2", conversation: "web:c1", status: "done", turn: 2, receivedAt: 0, doneAt: 2 },
        { seq: 3, id: "web:c2:m1", conversation: "web:c2", status: "done", turn: 3, receivedAt: 0, doneAt: 3 },
        { seq: 4, id: "desk:s1", conversation: "web:c2", status: "done", turn: 4, receivedAt: 0, doneAt: 4 },
      ],
      traces: new Map([
        ["web:c1:m1", 1],
        ["web:c1:m2", 1],
        ["web:c2:m1", 1],
      ]),
      notices: ["web:c2:m1/n1"],
      bookings: [booking("B1", "c1", 10 * HOUR)],
      bookingEvents: [{ number: "B1", cause: "web:c1:m2", type: "booking_confirmed" }],
      agenda: [{ technician: "wu", day: "day", busy: [{ start: 9 * HOUR, end: 12 * HOUR, booking: "B1" }] }],
      integrity: "ok",
    },
    transcripts: new Map([
      ["c1", [shown(1, "customer", "m1"), shown(2, "bot", "web:c1:m1/2"), shown(3, "customer", "m2"), shown(4, "bot", "web:c1:m2/2")]],
      ["c2", [shown(5, "customer", "m1"), shown(6, "staff", "desk:s1/1", "客服处理 s1。")]],
    ]),
  };
}

function findings(draft: Draft): Findings {
  const evidence: Evidence = { ...draft, marginMs: () => HOUR, dayOf: () => "day" };
  return check(evidence).findings;
}

test("clean evidence has no findings, and an unacknowledged message may be missing", () => {
  expect(findings(clean())).toEqual({ lost: [], doubled: [], overlaps: [], disordered: [], agenda: [], streams: [], broken: [] });
});

test("an unacknowledged message may be there as well", () => {
  const draft = clean();
  draft.transcripts.get("c1")!.push(shown(7, "customer", "m3"), shown(8, "bot", "web:c1:m3/2"));
  draft.left.inbox.push({ seq: 5, id: "web:c1:m3", conversation: "web:c1", status: "done", turn: 5, receivedAt: 0, doneAt: 5 });
  expect(isClean(findings(draft))).toBe(true);
});

const DAMAGE: readonly (readonly [name: string, kind: keyof Findings, spoil: (draft: Draft) => void])[] = [
  ["an acknowledged message that is not kept", "lost", ({ left }) => left.inbox.splice(0, 1)],
  ["an acknowledged message missing from the transcript", "lost", ({ transcripts }) => transcripts.get("c1")!.splice(2, 1)],
  ["an acknowledged message without an answer", "lost", ({ transcripts }) => transcripts.get("c1")!.splice(3, 1)],
  ["a relayed message of which nobody was told", "lost", ({ left }) => left.notices.pop()],
  ["a turn that was given up", "lost", ({ left }) => (left.inbox[1] = { ...left.inbox[1]!, status: "dead", turn: null })],
  ["a conversation that is gone", "lost", ({ transcripts }) => transcripts.delete("c2")],
  ["a reply of staff that is missing", "lost", ({ transcripts }) => transcripts.get("c2")!.pop()],
  ["a command that is not kept", "lost", ({ left }) => left.inbox.pop()],
  ["a message that stands twice", "doubled", ({ transcripts }) => transcripts.get("c1")!.push(shown(9, "customer", "m1"))],
  ["a reply that stands twice", "doubled", ({ transcripts }) => transcripts.get("c1")!.push(shown(9, "bot", "web:c1:m2/2"))],
  ["a turn that was worked twice", "doubled", ({ left }) => left.traces.set("web:c1:m2", 2)],
  ["an unacknowledged message that was worked twice", "doubled", ({ left }) => left.traces.set("web:c1:m3", 2)],
  [
    "a reply of staff that stands twice",
    "doubled",
    ({ transcripts }) => transcripts.get("c2")!.push(shown(9, "staff", "desk:s1/9", "客服处理 s1。")),
  ],
  [
    "a booking that was made twice",
    "doubled",
    ({ left }) => left.bookingEvents.push({ number: "B1", cause: "web:c1:m9", type: "booking_confirmed" }),
  ],
  [
    "one yes that led to two bookings",
    "doubled",
    ({ left }) => left.bookingEvents.push({ number: "B2", cause: "web:c1:m2", type: "booking_confirmed" }),
  ],
  ["the same hour booked twice by one customer", "doubled", ({ left }) => left.bookings.push(booking("B2", "c1", 10 * HOUR, "zhou"))],
  ["hours sold twice", "overlaps", ({ left }) => left.bookings.push(booking("B2", "c2", 10.5 * HOUR))],
  ["hours that overlap only with the way between", "overlaps", ({ left }) => left.bookings.push(booking("B2", "c2", 11.5 * HOUR))],
  [
    "words kept in another order",
    "disordered",
    ({ transcripts }) =>
      transcripts.set("c1", [
        shown(1, "customer", "m2"),
        shown(2, "bot", "web:c1:m2/2"),
        shown(3, "customer", "m1"),
        shown(4, "bot", "web:c1:m1/2"),
      ]),
  ],
  ["turns worked in another order", "disordered", ({ left }) => (left.inbox[0] = { ...left.inbox[0]!, turn: 9 })],
  ["a booking that the agenda doesn't know", "agenda", ({ left }) => left.agenda.pop()],
  ["hours taken for no booking", "agenda", ({ left }) => left.bookings.pop()],
  ["a stream that missed a message", "streams", ({ ledger }) => ledger.watched[0]!.seen.shift()],
  ["a stream that showed a message twice", "streams", ({ ledger }) => ledger.watched[0]!.seen.push({ seq: 2, id: "web:c1:m1/2" })],
  ["a stream to the end that missed the last message", "streams", ({ ledger }) => (ledger.watched[0]!.toTheEnd = true)],
  [
    "a reply that was to be asked about and went at once",
    "broken",
    ({ ledger }) => {
      ledger.commands[0] = { ...ledger.commands[0]!, asked: true };
      ledger.commands.push({ id: "s2", case: "C1", do: "anyway", text: null, asked: false, acknowledged: true, tries: 1 });
    },
  ],
  ["a damaged file", "broken", ({ left }) => (left.integrity = "row 3 missing from index inbox_id")],
];

describe("damage that is found", () => {
  test.each(DAMAGE)("%s", (_name, kind, spoil) => {
    const draft = clean();
    spoil(draft);
    expect(findings(draft)[kind]).not.toEqual([]);
  });

  test("bookings one after the other, ways and all, are no overlap", () => {
    const draft = clean();
    draft.left.bookings.push(booking("B2", "c2", 13 * HOUR));
    draft.left.agenda.push({ technician: "wu", day: "day", busy: [{ start: 12 * HOUR, end: 15 * HOUR, booking: "B2" }] });
    expect(isClean(findings(draft))).toBe(true);
  });

  test("an hour held for somebody on the waiting list is taken by nobody", () => {
    const draft = clean();
    const hold = { start: 20 * HOUR, end: 23 * HOUR, booking: "wait:L1:1", until: 30 * HOUR };
    draft.left.agenda.push({ technician: "wu", day: "day", busy: [hold] });
    expect(isClean(findings(draft))).toBe(true);
    const { until: _lapses, ...forGood } = hold;
    draft.left.agenda.push({ technician: "wu", day: "day", busy: [forGood] });
    expect(findings(draft).agenda).not.toEqual([]);
  });
});
