/** `report`: the figures of a day, week, month or quarter, on the screen or as a file. */
import { writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { reportCsv, reportXlsx } from "../../adapters/web/index.ts";
import { VALUE_WORDS } from "../../core/conversation/explain-words.ts";
import { AnxinError } from "../../core/errors.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { loadReport } from "../../core/reports/load.ts";
import { PERIODS, type PeriodKind, periodBefore, periodOf } from "../../core/reports/period.ts";
import { reportTables } from "../../core/reports/tables.ts";
import { asText } from "../print-table.ts";
import { loadProfile } from "../profiles.ts";
import { hasConfiguredStore, openConfiguredStore } from "../service/configured-store.ts";
import { loadSettings } from "../settings.ts";

export interface ReportOptions {
  readonly period: string;
  readonly day?: string;
  readonly profile?: string;
  readonly data?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export async function runReport(options: ReportOptions): Promise<void> {
  if (!(PERIODS as readonly string[]).includes(options.period))
    throw new AnxinError("wrong_use", `--period "${options.period}" is not known; wanted one of ${PERIODS.join(", ")}`, {});
  if (options.day !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(options.day) || Number.isNaN(Date.parse(options.day))))
    throw new AnxinError("wrong_use", `--day "${options.day}" is no date; wanted one such as 2026-11-22`, {});
  const ending = options.out === undefined ? "" : extname(options.out);
  if (options.out !== undefined && ending !== ".csv" && ending !== ".xlsx")
    throw new AnxinError("wrong_use", `--out "${options.out}" must end in .csv or .xlsx`, {});
  const settings = loadSettings();
  const dataDir = options.data ?? settings.dataDir;
  if (!hasConfiguredStore(settings, options.data))
    throw new AnxinError("no_data", `there is no database in ${dataDir} yet; start the service first, or give --data`, {});
  const profile = loadProfile(options.profile ?? settings.profile, settings.language, join(dataDir, "models"));
  const model = createBusinessModel(profile, settings.zone ?? profile.business.zone);
  const store = await openConfiguredStore(settings, options.data);
  try {
    const now = Date.now();
    const kind = options.period as PeriodKind;
    const period = options.day === undefined ? periodBefore(kind, now, model.zone) : periodOf(kind, options.day, model.zone);
    const figures = await loadReport(store, model, period, now);
    const tables = reportTables(figures, model, settings.language, (code) => VALUE_WORDS[code]?.[settings.language] ?? code);
    if (options.out !== undefined) {
      writeFileSync(options.out, ending === ".csv" ? reportCsv(tables) : await reportXlsx(tables));
      process.stdout.write(`${options.out}\n`);
    } else if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else
      process.stdout.write(
        `${tables
          .filter((table) => table.rows.length > 0)
          .map(asText)
          .join("\n\n")}\n`,
      );
  } finally {
    await store.close();
  }
}
