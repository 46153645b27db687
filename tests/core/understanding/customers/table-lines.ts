/** The lines of the tables beside this file, as all of them are written. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A message and the fields behind it, or a directive: a line that begins with `@ ` or `! `. */
export type TableLine =
  | { readonly directive: "@" | "!"; readonly value: string }
  | { readonly directive: null; readonly text: string; readonly fields: readonly string[] };

/** Rows `text | field | field`, one a line; `# ` begins a remark, `\n` in a text is a line end. */
export function readTableLines(file: string): TableLine[] {
  return readFileSync(join(import.meta.dirname, file), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "))
    .map((line) => {
      const directive = /^([@!]) (.*)$/.exec(line);
      if (directive) return { directive: directive[1] as "@" | "!", value: directive[2]!.trim() };
      const [text = "", ...fields] = line.split(/ \|(?: |$)/);
      return { directive: null, text: text.replaceAll("\\n", "\n"), fields };
    });
}
