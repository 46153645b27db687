/** Reads the tables of pieces beside this file: messages with every piece of every kind in them, as typed. */
import { readTableLines } from "./table-lines.ts";

/** Kinds of pieces by the short key that the tables write. */
export const KINDS = { n: "name", ph: "phone", pl: "plate", v: "vin", o: "order_no", a: "address", p: "product", f: "fault" } as const;

export type Key = keyof typeof KINDS;

/** One message, the business it went to, and the words of each kind in it; a kind that is empty must not be found. */
export interface PiecesRow {
  readonly profile: string;
  readonly text: string;
  readonly pieces: Readonly<Record<Key, readonly string[]>>;
}

/** Rows `text | n=name | p=product ; another`, one a line; `@ profile` names the business of the rows after it, `# ` begins a remark. */
export function readPieces(table: string): PiecesRow[] {
  let profile = "dealer";
  return readTableLines(`pieces.${table}.txt`).flatMap((line) => {
    if (line.directive !== null) {
      profile = line.value;
      return [];
    }
    const { text, fields } = line;
    const list = (key: Key): string[] =>
      fields
        .filter((field) => field.startsWith(`${key}=`))
        .flatMap((field) => field.slice(key.length + 1).split(" ; "))
        .map((words) => words.trim());
    const pieces = { n: list("n"), ph: list("ph"), pl: list("pl"), v: list("v"), o: list("o"), a: list("a"), p: list("p"), f: list("f") };
    return [{ profile, text, pieces }];
  });
}

/** A piece that was read, and where. */
export interface Found {
  readonly text: string;
  readonly at: number;
}

/** Products and faults count as the row's words where they share characters of the message; all else must be the same words. */
export function asExpected(text: string, key: Key, wanted: readonly string[], found: readonly Found[]): readonly string[] {
  const words = [...new Set(found.map((one) => one.text))];
  if (key !== "p" && key !== "f") return words;
  const spans = wanted.map((one) => ({ text: one, at: text.indexOf(one) }));
  const share = (one: Found, other: Found): boolean => one.at < other.at + other.text.length && other.at < one.at + one.text.length;
  const all = spans.every((span) => found.some((one) => share(span, one)));
  return all && found.every((one) => spans.some((span) => share(span, one))) ? wanted : words;
}
