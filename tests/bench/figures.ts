/** Figures and how they are printed. */
import { cpus } from "node:os";

/** Value below which `share` (0–1) of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** One line of the result. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: "µs" | "ms" | "s" | "/s" | "MB" | "";
  /** Against the bare prepared SQLite transaction of one message, measured in the same run; more = slower. */
  readonly toBare?: number;
  /** What was wished for, and whether it was reached. */
  readonly goal?: { readonly text: string; readonly met: boolean };
  readonly note?: string;
}

export interface Section {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Tells how far things are, beside the result. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What the figures were measured on. */
export function machine(): string {
  const all = cpus();
  return `${all.length} cores (${all[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}

export function printSection({ title, figures }: Section): void {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const width = Math.max(40, ...figures.map(({ what }) => what.length + 2));
  print(`\n${title}`);
  for (const { what, value, unit, toBare, goal, note } of figures) {
    const bare = toBare === undefined ? "" : `${toBare.toFixed(2)}× bare`;
    const wish = goal === undefined ? "" : `${goal.met ? "reached" : "MISSED"}: ${goal.text}`;
    print(
      `  ${what.padEnd(width)}${`${round(value)} ${unit}`.padStart(14)}  ${bare.padEnd(12)}  ${[wish, note ?? ""].filter(Boolean).join(" · ")}`.trimEnd(),
    );
  }
}

function round(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 10 ? 1 : 2);
}
