/** Reports as files: CSV for any program, XLSX for spreadsheets. */
import { stringify } from "csv-stringify/sync";
import type { ReportTable } from "../../../core/reports/tables.ts";

/** All tables one below the other, each under its title. Begins with a mark by which spreadsheets know the encoding. */
export function reportCsv(tables: readonly ReportTable[]): string {
  const parts = tables.map((table) => stringify([[table.title], table.columns, ...table.rows].map((row) => row.map(harmless))));
  return `\uFEFF${parts.join("\n")}`;
}

/** A text that a spreadsheet would run as a formula is kept a text. */
function harmless(cell: string | number | null): string | number {
  if (cell === null) return "";
  return typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) && !/^-?\d/.test(cell) ? `'${cell}` : cell;
}

/** One sheet a table. */
export async function reportXlsx(tables: readonly ReportTable[]): Promise<Buffer> {
  // Loaded when the first one is asked for: a start doesn't need it.
  const { default: writeXlsxFile } = await import("write-excel-file/node");
  const sheets = tables.map((table) => ({
    // Names of sheets have 31 characters at most and none of []*?/\:
    sheet: table.title.replace(/[[\]*?/\\:]/g, " ").slice(0, 31),
    data: [
      table.columns.map((title) => ({ value: title, fontWeight: "bold" as const })),
      ...table.rows.map((row) =>
        row.map((cell) =>
          cell === null ? null : typeof cell === "number" ? { value: cell, type: Number } : { value: cell, type: String },
        ),
      ),
    ],
    columns: table.columns.map((_, index) => ({ width: index === 0 ? 36 : 18 })),
  }));
  return (await writeXlsxFile(sheets)).toBuffer();
}
