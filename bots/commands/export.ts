/** `export`: customers, products and service history as CSV files or one XLSX workbook, with the columns that `import` reads. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Sheet } from "../../core/customers/transfer/columns.ts";
import { AnxinError } from "../../core/errors.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { loadProfile } from "../profiles.ts";
import { hasConfiguredStore, openConfiguredStore } from "../service/configured-store.ts";
import { databasePath } from "../service/infrastructure.ts";
import { loadSettings } from "../settings.ts";
import { exportRows } from "./transfer/export-tables.ts";
import { writeCsv, writeWorkbook } from "./transfer/tables.ts";

export interface ExportOptions {
  /** Folder to write to. */
  readonly out: string;
  readonly format: string;
  readonly data?: string;
  readonly profile?: string;
}

const SHEETS: readonly Sheet[] = ["customers", "products", "history"];
/** More rows than this go into CSV: a workbook is built in memory. */
const WORKBOOK_MOST = 200_000;

export async function runExport(options: ExportOptions): Promise<void> {
  if (options.format !== "csv" && options.format !== "xlsx")
    throw new AnxinError("wrong_use", `--format "${options.format}" is unknown; wanted csv or xlsx`);
  const settings = loadSettings();
  const path = databasePath(options.data ?? settings.dataDir);
  if (!hasConfiguredStore(settings, options.data))
    throw new AnxinError("wrong_use", `there is no database ${path}; set DATA_DIR or give --data`);
  const profile = loadProfile(options.profile ?? settings.profile, settings.language);
  const model = createBusinessModel(profile, settings.zone ?? profile.business.zone);
  mkdirSync(options.out, { recursive: true });
  const store = await openConfiguredStore(settings, options.data);
  try {
    if (options.format === "csv") {
      for (const sheet of SHEETS) {
        const count = await writeCsv(join(options.out, `${sheet}.csv`), exportRows(store, model, sheet));
        process.stdout.write(`${sheet}.csv: ${count - 1} rows\n`);
      }
      return;
    }
    for (const sheet of SHEETS) {
      const rows: string[][] = [];
      for await (const page of exportRows(store, model, sheet)) {
        rows.push(...page);
        if (rows.length > WORKBOOK_MOST)
          throw new AnxinError("wrong_use", `${sheet} has more than ${WORKBOOK_MOST} rows; use --format csv`);
      }
      await writeWorkbook(join(options.out, `${sheet}.xlsx`), [{ name: sheet, rows }]);
      process.stdout.write(`${sheet}.xlsx: ${rows.length - 1} rows\n`);
    }
  } finally {
    await store.close();
  }
}
