/** A table on a screen, its columns in line with each other. */
import type { ReportTable } from "../core/reports/tables.ts";

/** Width of a text in a terminal: Chinese characters take two places. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, char) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(char) ? 2 : 1),
    0,
  );

export function asText(table: ReportTable): string {
  const cells = [table.columns, ...table.rows].map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
  const widths = table.columns.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ""))));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat(widths[column]! - widthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
  return [`# ${table.title}`, ...lines].join("\n");
}
