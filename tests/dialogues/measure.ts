/**
 * `npm run dialogues`: how the library goes, in figures. `--compare` holds them against the stored table (docs/dialogues.md)
 * and ends with 1 when they differ, `--write` stores them, `--random N` lets N random customers of each kind live instead.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureLibrary, tableOf } from "./figures.ts";
import { readLibrary } from "./library.ts";
import { printRandom } from "./random-table.ts";

const STORED = join(import.meta.dirname, "../../docs/dialogues.md");
const BEGIN = "<!-- figures -->";
const END = "<!-- /figures -->";

const { values } = parseArgs({
  options: { compare: { type: "boolean" }, write: { type: "boolean" }, random: { type: "string" }, from: { type: "string" } },
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);

if (values.random !== undefined) {
  const faulty = await printRandom(wholeNumber("random", values.random), wholeNumber("from", values.from ?? "1"), print);
  process.exitCode = faulty > 0 ? 1 : 0;
} else {
  const library = readLibrary();
  const table = tableOf(
    await measureLibrary(library, (at, error) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${at}/${library.length} `);
      if (error) process.stderr.write(`${error}\n`);
    }),
  );
  for (const line of table) print(line);
  const page = readFileSync(STORED, "utf8");
  const from = page.indexOf(BEGIN) + BEGIN.length;
  const to = page.indexOf(END);
  const stored = page.slice(from, to).trim().split("\n");
  if (values.write) writeFileSync(STORED, `${page.slice(0, from)}\n${table.join("\n")}\n${page.slice(to)}`);
  if (values.compare) {
    const gone = stored.filter((line) => !table.includes(line));
    const come = table.filter((line) => !stored.includes(line));
    for (const line of gone) print(`- ${line}`);
    for (const line of come) print(`+ ${line}`);
    print(gone.length + come.length === 0 ? "as stored" : "not as stored: look whether that is meant, then --write");
    process.exitCode = gone.length + come.length === 0 ? 0 : 1;
  }
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  process.stderr.write(`--${name} is "${text}"; wanted a whole number from 1\n`);
  process.exit(2);
}
