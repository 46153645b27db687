/**
 * Holds what the service left behind to what the clients know. Pure: evidence in, findings out; shares no code with what it
 * checks but types.
 */
import type { Booking } from "../../core/booking/state.ts";
import type { Shown } from "./customer.ts";
import type { Left } from "./evidence.ts";
import type { Ledger, SentCommand } from "./ledger.ts";

export interface Evidence {
  readonly ledger: Ledger;
  readonly left: Left;
  /** By conversation as customers name it. */
  readonly transcripts: ReadonlyMap<string, readonly Shown[]>;
  /** Kept free on either side of a job, ms: from the profile's own figures. */
  readonly marginMs: (booking: Pick<Booking, "place" | "address">) => number;
  /** Calendar day of an instant in the business's zone. */
  readonly dayOf: (at: number) => string;
}

export interface Findings {
  /** Acknowledged, and not in the transcript, without its turn, or without an answer. */
  readonly lost: readonly string[];
  /** There, answered or booked more than once. */
  readonly doubled: readonly string[];
  /** A technician's hours sold twice. */
  readonly overlaps: readonly string[];
  /** Within a conversation, not in the order in which it was said. */
  readonly disordered: readonly string[];
  /** Taken hours that are no booking's, or the other way round. */
  readonly agenda: readonly string[];
  /** Live readers that missed a message, saw one twice, or out of order. */
  readonly streams: readonly string[];
  /** Anything else that must not be: failed turns, a damaged file. */
  readonly broken: readonly string[];
}

export interface Counts {
  readonly sent: number;
  readonly acknowledged: number;
  readonly answered: number;
  readonly resent: number;
  readonly commands: number;
  /** Of these, what was worked, by kind; `asked` = replies that were kept back until "send anyway". */
  readonly worked: Readonly<Record<SentCommand["do"] | "asked", number>>;
  readonly bookings: number;
  readonly streams: number;
  readonly reconnects: number;
}

export function check(evidence: Evidence): { readonly findings: Findings; readonly counts: Counts } {
  const { ledger } = evidence;
  const messages = checkMessages(evidence);
  const commands = checkCommands(evidence);
  const bookings = checkBookings(evidence);
  const findings: Findings = {
    lost: [...messages.lost, ...commands.lost],
    doubled: [...messages.doubled, ...commands.doubled, ...bookings.doubled],
    overlaps: bookings.overlaps,
    disordered: [...messages.disordered, ...checkTurnOrder(evidence)],
    agenda: bookings.agenda,
    streams: checkStreams(evidence),
    broken: [...checkWhole(evidence), ...commands.broken],
  };
  const all = ledger.customers.flatMap((customer) => customer.messages);
  const counts: Counts = {
    sent: all.length,
    acknowledged: all.filter((one) => one.acknowledged).length,
    answered: messages.answered,
    resent: [...all, ...ledger.commands].reduce((sum, { tries }) => sum + Math.max(0, tries - 1), 0),
    commands: ledger.commands.length,
    worked: commands.worked,
    bookings: evidence.left.bookings.filter((one) => one.status === "confirmed").length,
    streams: ledger.watched.length,
    reconnects: ledger.watched.reduce((sum, { reconnects }) => sum + reconnects, 0),
  };
  return { findings, counts };
}

export function isClean(findings: Findings): boolean {
  return Object.values(findings).every((list: readonly string[]) => list.length === 0);
}

/** How often each value stands in a list. */
function tally(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The inbox entry a reply or a notice was caused by: its id is the entry's, a slash, and a count. */
function causeOf(id: string): string {
  return id.slice(0, id.lastIndexOf("/"));
}

function checkMessages({ ledger, left, transcripts }: Evidence) {
  const lost: string[] = [];
  const doubled: string[] = [];
  const disordered: string[] = [];
  const entries = new Map(left.inbox.map((row) => [row.id, row]));
  const entryTally = tally(left.inbox.map(({ id }) => id));
  const noticed = new Set(left.notices.map(causeOf));
  let answered = 0;
  for (const { conversation, messages } of ledger.customers) {
    const transcript = transcripts.get(conversation) ?? [];
    const shown = tally(transcript.filter(({ from }) => from === "customer").map(({ id }) => id));
    const replied = new Set(transcript.filter(({ from }) => from === "bot").map(({ id }) => causeOf(id)));
    for (const [id, times] of tally(transcript.map((one) => `${one.from} ${one.id}`)))
      if (times > 1) doubled.push(`${conversation}: "${id}" stands ${times} times in the transcript`);
    for (const { id, words, acknowledged } of messages) {
      const entry = `web:${conversation}:${id}`;
      const name = `${conversation} ${id} "${words}"`;
      const row = entries.get(entry);
      const traces = left.traces.get(entry) ?? 0;
      if ((entryTally.get(entry) ?? 0) > 1) doubled.push(`${name} is kept ${entryTally.get(entry)} times`);
      if (traces > 1) doubled.push(`${name} was worked ${traces} times`);
      if (!acknowledged) continue;
      if (!row) lost.push(`${name} was acknowledged and is not kept`);
      else if (row.status !== "done" || row.turn === null) lost.push(`${name} was acknowledged and its turn is "${row.status}"`);
      if ((shown.get(id) ?? 0) === 0) lost.push(`${name} was acknowledged and is not in the transcript`);
      if (replied.has(entry) || noticed.has(entry)) answered += 1;
      else lost.push(`${name} was acknowledged and nobody answered it or was told of it`);
    }
    const said = messages.map(({ id }) => id);
    const places = transcript.filter(({ from }) => from === "customer").map(({ id }) => said.indexOf(id));
    if (places.some((place, index) => place < 0 || (index > 0 && place <= places[index - 1]!))) {
      disordered.push(`${conversation}: said ${said.join(" ")}, kept ${places.map((place) => said[place] ?? "a stranger's").join(" ")}`);
    }
  }
  return { lost, doubled, disordered, answered };
}

function checkCommands({ ledger, left, transcripts }: Evidence) {
  const lost: string[] = [];
  const doubled: string[] = [];
  const broken: string[] = [];
  const entries = new Map(left.inbox.map((row) => [row.id, row]));
  const replies = [...transcripts.values()].flat().filter(({ from }) => from === "staff");
  const byStaff = tally(replies.map(({ text }) => text));
  const causes = new Map(replies.map((one) => [one.text, causeOf(one.id)]));
  const worked = { claim: 0, reply: 0, anyway: 0, note: 0, resolve: 0, asked: 0 };
  for (const [index, { id, do: what, text, asked, acknowledged }] of ledger.commands.entries()) {
    const name = `command ${id} (${what})`;
    const row = entries.get(`desk:${id}`);
    const written = text === null ? 0 : (byStaff.get(text) ?? 0);
    if (written > 1) doubled.push(`${name} stands ${written} times in the transcript`);
    if (!acknowledged) continue;
    if (row?.status !== "done" || row.turn === null) lost.push(`${name} was acknowledged and its turn is "${row?.status ?? "not kept"}"`);
    else {
      worked[what] += 1;
      // What follows a reply that was asked about is its "send anyway".
      const sentBy = asked ? ledger.commands[index + 1] : undefined;
      if (asked && written > 0) worked.asked += 1;
      if (asked && sentBy?.acknowledged !== true) continue;
      if (what === "reply" && written === 0) lost.push(`${name} was acknowledged and its words are not in the transcript`);
      else if (asked && causes.get(text!) !== `desk:${sentBy!.id}`) broken.push(`${name} went to the customer before "send anyway"`);
    }
  }
  return { lost, doubled, broken, worked };
}

/** Turns of a conversation must have been worked in the order in which its entries came in, each with a turn number of its own. */
function checkTurnOrder({ left }: Evidence): string[] {
  const problems: string[] = [];
  const lastTurn = new Map<string, number>();
  for (const { conversation, turn, id } of left.inbox) {
    if (turn === null) continue;
    if (turn <= (lastTurn.get(conversation) ?? 0)) problems.push(`${id} was worked before an earlier entry of its conversation`);
    lastTurn.set(conversation, turn);
  }
  const turns = left.inbox.flatMap(({ turn }) => (turn === null ? [] : [String(turn)]));
  for (const [turn, times] of tally(turns)) if (times > 1) problems.push(`turn ${turn} was given ${times} times`);
  return problems;
}

function checkBookings({ left, marginMs, dayOf }: Evidence) {
  const doubled: string[] = [];
  const overlaps: string[] = [];
  const agenda: string[] = [];
  const confirmations = left.bookingEvents.filter(({ type }) => type === "booking_confirmed");
  for (const [number, times] of tally(confirmations.map(({ number }) => number)))
    if (times > 1) doubled.push(`booking ${number} was made ${times} times`);
  for (const [cause, times] of tally(confirmations.map(({ cause }) => cause)))
    if (times > 1) doubled.push(`${cause} led to ${times} bookings`);
  const confirmed = left.bookings.filter((one) => one.status === "confirmed");
  for (const [what, times] of tally(confirmed.map((one) => `${one.conversation} ${one.product} ${one.start}`)))
    if (times > 1) doubled.push(`${what} is booked ${times} times`);

  // Hours as the bookings themselves say, way and buffer included; the agenda is not asked.
  const spans = confirmed.map((one) => ({
    technician: one.technician,
    number: one.number,
    start: one.start - marginMs(one),
    end: one.end + marginMs(one),
  }));
  const byTechnician = Map.groupBy(spans, ({ technician }) => technician);
  for (const own of byTechnician.values()) {
    own.sort((one, other) => one.start - other.start);
    // Not only neighbours: a long job may reach over several that follow.
    let longest = own[0]!;
    for (const span of own.slice(1)) {
      if (span.start < longest.end) overlaps.push(`${span.technician}: bookings ${longest.number} and ${span.number} overlap`);
      if (span.end > longest.end) longest = span;
    }
  }

  const wanted = tally(spans.map(({ technician, number, start, end }) => `${technician} ${dayOf(start)} ${number} ${start}-${end}`));
  const written = tally(
    left.agenda.flatMap(({ technician, day, busy }) =>
      // A hold lapses by itself: nobody has it for good, and a booking of the same hour shows among the overlaps of its own.
      busy.filter((span) => span.until === undefined).map((span) => `${technician} ${day} ${span.booking} ${span.start}-${span.end}`),
    ),
  );
  for (const [span, times] of wanted) if (written.get(span) !== times) agenda.push(`booked and not taken in the agenda: ${span}`);
  for (const [span, times] of written) if (wanted.get(span) !== times) agenda.push(`taken in the agenda without a booking: ${span}`);
  return { doubled, overlaps, agenda };
}

function checkStreams({ ledger, transcripts }: Evidence): string[] {
  const problems: string[] = [];
  for (const { conversation, seen, toTheEnd } of ledger.watched) {
    const transcript = transcripts.get(conversation) ?? [];
    const last = toTheEnd ? Number.POSITIVE_INFINITY : (seen.at(-1)?.seq ?? 0);
    const wanted = transcript.filter(({ seq }) => seq <= last).map(({ seq, id }) => `${seq} ${id}`);
    const got = seen.map(({ seq, id }) => `${seq} ${id}`);
    if (wanted.length !== got.length || wanted.some((one, index) => one !== got[index]))
      problems.push(`${conversation}: the stream showed [${got.join(", ")}], the transcript has [${wanted.join(", ")}]`);
  }
  return problems;
}

function checkWhole({ left }: Evidence): string[] {
  const problems = left.inbox.filter(({ status }) => status !== "done").map(({ id, status }) => `${id} is "${status}" at the end`);
  if (left.integrity !== "ok") problems.push(`the database file is damaged: ${left.integrity}`);
  return problems;
}
