/** Tables on disk: CSV (UTF-8, or GB18030 as Chinese spreadsheets write it) and XLSX, read and written as rows of text. */

import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import readXlsxFile from "read-excel-file/node";
import writeXlsxFile from "write-excel-file/node";
import { AnxinError } from "../../../core/errors.ts";

/** @throws AnxinError("wrong_use") when the file can't be read as a table */
export async function readTable(path: string): Promise<string[][]> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new AnxinError("wrong_use", `${path} can't be read; give the path of a CSV or XLSX file`, {}, cause);
  }
  try {
    return /\.xlsx$/i.test(path) ? await readSheet(bytes) : readCsv(bytes);
  } catch (cause) {
    throw new AnxinError("wrong_use", `${path} is no table that can be read: ${(cause as Error).message}`, {}, cause);
  }
}

function readCsv(bytes: Buffer): string[][] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("gb18030", { fatal: true }).decode(bytes);
  }
  const rows = parse(text, {
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    delimiter: [",", "\t", ";"],
    trim: true,
  }) as string[][];
  // A sign that keeps spreadsheets from taking a cell for a formula is no part of it.
  return rows.map((row) => row.map((cell) => (/^'[=+\-@\t]/.test(cell) ? cell.slice(1) : cell)));
}

async function readSheet(bytes: Buffer): Promise<string[][]> {
  const sheets = await readXlsxFile(bytes);
  const [first] = sheets;
  return (first?.data ?? []).map((row) => row.map(cellText)).filter((row) => row.some((cell) => cell !== ""));
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

/** Writes rows page by page, so that a large table never stands in memory whole. */
export async function writeCsv(path: string, pages: AsyncIterable<readonly (readonly string[])[]>): Promise<number> {
  const out = createWriteStream(path);
  let count = 0;
  // The mark by which spreadsheets know UTF-8.
  out.write("\u{FEFF}");
  for await (const page of pages) {
    count += page.length;
    if (!out.write(stringify(page as string[][], { escape_formulas: true }))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return count;
}

/** One workbook, a sheet each. Spreadsheets hold a million rows; beyond it CSV is the way. */
export async function writeWorkbook(
  path: string,
  sheets: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[],
): Promise<void> {
  const data = sheets.map(({ name, rows }) => ({
    sheet: name,
    data: rows.map((row, index) => row.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: "bold" as const } : {}) }))),
  }));
  await writeXlsxFile(data as never).toFile(path);
}
