/** How the library goes, in figures: turns to completion, questions put again, messages not understood, hand-overs. */
import type { Script } from "../../bots/script/schema.ts";
import { faultsOf, type LibraryScript, type PlayedScript, play } from "./library.ts";

/** Figures of the dialogues of one business in one language. */
export interface Row {
  scripts: number;
  /** Scripts that did not go as they expect. */
  failed: number;
  customerTurns: number;
  bookings: number;
  /** Customer's messages from the beginning of a booking to its number, one for each booking. */
  turnsToBooking: number[];
  /** Questions of a flow that were put again within a dialogue. */
  reasks: number;
  misses: number;
  clarifies: number;
  handovers: number;
  /** Dialogues that reached their end with nobody of staff in them. */
  alone: number;
}

export type Figures = Readonly<Record<string, Row>>;

const emptyRow = (): Row => ({
  scripts: 0,
  failed: 0,
  customerTurns: 0,
  bookings: 0,
  turnsToBooking: [],
  reasks: 0,
  misses: 0,
  clarifies: 0,
  handovers: 0,
  alone: 0,
});

/** Plays every script. @param onPlayed told after each, for progress */
export async function measureLibrary(
  library: readonly LibraryScript[],
  onPlayed: (at: number, error: string | null) => void,
): Promise<Figures> {
  const rows = new Map<string, Row>();
  for (const [at, { file, script }] of library.entries()) {
    let played: PlayedScript | null = null;
    let error: string | null = null;
    try {
      played = await play(script);
    } catch (thrown) {
      error = `${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    }
    const key = `${script.profile ?? "appliance"} ${languageOf(file, script, played)}`;
    const row = rows.get(key) ?? emptyRow();
    rows.set(key, row);
    row.scripts += 1;
    if (!played || faultsOf(script, played).length > 0) row.failed += 1;
    if (played) count(row, script, played);
    onPlayed(at + 1, error);
  }
  return Object.fromEntries([...rows].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The script's own language, that of its folder, or that in which its customer was first heard. */
function languageOf(file: string, script: Script, played: PlayedScript | null): string {
  const folder = file.split(/[./]/).find((part) => ["zh-CN", "zh-TW", "en"].includes(part));
  return script.locale ?? folder ?? played?.turns.find(({ turn }) => turn.understanding)?.turn.understanding?.lang ?? "zh-CN";
}

function count(row: Row, script: Script, { turns }: PlayedScript): void {
  let spoken = 0;
  let booked = 0;
  let begun = 0;
  let withPerson = false;
  const asked = new Map<string, number>();
  turns.forEach(({ turn, trace }, at) => {
    const wanted = script.turns[at]!;
    if ("staff" in wanted) withPerson = true;
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
      if (step.kind === "rule" && (step.rule === "not-understood" || step.rule === "human")) {
        row.handovers += 1;
        withPerson = true;
      }
    }
    if (turn.bookings.length > booked) {
      row.bookings += 1;
      row.turnsToBooking.push(spoken - begun + 1);
      booked = turn.bookings.length;
    }
  });
  row.customerTurns += spoken;
  if (!withPerson) row.alone += 1;
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

const HEADS = [
  "scripts",
  "failed",
  "turns",
  "bookings",
  "turns/booking(median)",
  "asked again",
  "not understood",
  "clarified",
  "handed over",
  "without a person",
] as const;

function cellsOf(row: Row): string[] {
  const { scripts, failed, customerTurns, bookings, turnsToBooking, reasks, misses, clarifies, handovers, alone } = row;
  const share = `${Math.round((100 * alone) / scripts)} %`;
  return [scripts, failed, customerTurns, bookings, median(turnsToBooking) ?? "-", reasks, misses, clarifies, handovers, share].map(String);
}

/** The figures as a table, with a line for all. */
export function tableOf(figures: Figures): string[] {
  const all = emptyRow();
  for (const row of Object.values(figures))
    for (const key of Object.keys(all) as (keyof Row)[]) {
      if (key === "turnsToBooking") all.turnsToBooking.push(...row.turnsToBooking);
      else all[key] += row[key];
    }
  const line = (name: string, cells: readonly string[]): string =>
    `| ${[name.padEnd(16), ...cells.map((cell, at) => cell.padStart(HEADS[at]!.length))].join(" | ")} |`;
  return [
    line("business, language", HEADS),
    line(
      "---",
      HEADS.map((head) => "-".repeat(head.length)),
    ),
    ...Object.entries(figures).map(([key, row]) => line(key, cellsOf(row))),
    line("all", cellsOf(all)),
  ];
}
