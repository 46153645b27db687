/** Prints how the library goes: turns to completion, questions put again, messages not understood, hand-overs. */
import { faultsOf, type PlayedScript, play, readLibrary } from "./library.ts";

interface Row {
  scripts: number;
  /** Scripts that did not go as they expect. */
  failed: number;
  customerTurns: number;
  bookings: number;
  turnsToBooking: number[];
  reasks: number;
  misses: number;
  clarifies: number;
  handovers: number;
}

const rows = new Map<string, Row>();
const library = readLibrary();
for (const [index, { file, script }] of library.entries()) {
  if (process.stderr.isTTY) process.stderr.write(`\r${index + 1}/${library.length} `);
  const key =
    `${script.profile ?? "appliance"} ${script.locale ?? file.split(/[./]/).find((part) => ["zh-CN", "zh-TW", "en"].includes(part)) ?? ""}`.trim();
  const row = rows.get(key) ?? {
    scripts: 0,
    failed: 0,
    customerTurns: 0,
    bookings: 0,
    turnsToBooking: [],
    reasks: 0,
    misses: 0,
    clarifies: 0,
    handovers: 0,
  };
  rows.set(key, row);
  row.scripts += 1;
  let played: PlayedScript;
  try {
    played = await play(script);
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    row.failed += 1;
    continue;
  }
  if (faultsOf(script, played).length > 0) row.failed += 1;
  const { turns } = played;
  let spoken = 0;
  let booked = 0;
  let begun = 0;
  const asked = new Map<string, number>();
  turns.forEach(({ turn, trace }, at) => {
    const wanted = script.turns[at]!;
    if (!("say" in wanted || "press" in wanted)) return;
    spoken += 1;
    for (const step of trace?.steps ?? []) {
      if (step.kind === "flow" && step.change === "started") begun = spoken;
      if (step.kind === "flow" && step.change === "asked") {
        const name = `${step.flow}.${step.detail}`;
        asked.set(name, (asked.get(name) ?? 0) + 1);
        if (asked.get(name)! > 1) row.reasks += 1;
      }
      if (step.kind === "note" && step.code === "not_understood") row.misses += 1;
      if (step.kind === "note" && step.code === "clarify") row.clarifies += 1;
      if (step.kind === "rule" && (step.rule === "not-understood" || step.rule === "human")) row.handovers += 1;
    }
    if (turn.bookings.length > booked) {
      row.bookings += 1;
      row.turnsToBooking.push(spoken - begun + 1);
      booked = turn.bookings.length;
    }
  });
  row.customerTurns += spoken;
}
const median = (values: number[]): string =>
  values.length === 0 ? "-" : String([...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]);
process.stdout.write(
  "profile and language    scripts  failed  turns  bookings  turns/booking(median)  asked again  not understood  clarified  handed over\n",
);
for (const [key, row] of [...rows].sort()) {
  const cells = [
    row.scripts,
    row.failed,
    row.customerTurns,
    row.bookings,
    median(row.turnsToBooking),
    row.reasks,
    row.misses,
    row.clarifies,
    row.handovers,
  ];
  process.stdout.write(
    `${key.padEnd(24)}${cells.map((cell, at) => String(cell).padStart([7, 8, 7, 10, 23, 13, 16, 11, 13][at]!)).join("")}\n`,
  );
}
