/** `import`: customers, products and service history from CSV or XLSX, rehearsed before anything is written. */
import type { RowProblem, Sheet } from "../../core/customers/transfer/columns.ts";
import { AnxinError } from "../../core/errors.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { loadProfile } from "../profiles.ts";
import { openConfiguredStore } from "../service/configured-store.ts";
import { loadSettings } from "../settings.ts";
import { planImport, type Tables, writeImport } from "./transfer/import-tables.ts";
import { readTable } from "./transfer/tables.ts";

export interface ImportOptions {
  readonly customers?: string;
  readonly products?: string;
  readonly history?: string;
  readonly data?: string;
  readonly profile?: string;
  /** Check only. */
  readonly rehearse?: boolean;
  /** Write the good rows although others are wrong. */
  readonly skipWrong?: boolean;
}

const SHEETS: readonly Sheet[] = ["customers", "products", "history"];
/** Problems listed one by one; of more, the number is told. */
const LISTED_MOST = 1_000;

/** @returns whether everything asked for was done */
export async function runImport(options: ImportOptions): Promise<boolean> {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  if (SHEETS.every((sheet) => options[sheet] === undefined))
    throw new AnxinError("wrong_use", "nothing to import: give --customers, --products or --history with a CSV or XLSX file");
  const settings = loadSettings();
  const profile = loadProfile(options.profile ?? settings.profile, settings.language);
  const model = createBusinessModel(profile, settings.zone ?? profile.business.zone);
  const tables: Tables = {};
  for (const sheet of SHEETS) {
    const path = options[sheet];
    if (path !== undefined) tables[sheet] = await readTable(path);
  }
  const store = await openConfiguredStore(settings, options.data);
  try {
    const now = Date.now();
    const plan = await planImport(store, model, tables, now);
    for (const problem of plan.problems.slice(0, LISTED_MOST))
      print(describe(problem, settings.language === "en", options[problem.sheet] ?? ""));
    if (plan.problems.length > LISTED_MOST)
      print(`… ${plan.problems.length - LISTED_MOST} more · 另有 ${plan.problems.length - LISTED_MOST} 处`);
    const counts = SHEETS.map((sheet) => `${sheet} ${plan.rows[sheet]}`).join(", ");
    print(`rows read: ${counts}; files ${plan.files.length}, orders ${plan.orders.length}, problems ${plan.problems.length}`);
    if (options.rehearse) {
      print("rehearsed; nothing was written · 仅预演,未写入");
      return plan.problems.length === 0;
    }
    if (plan.problems.length > 0 && !options.skipWrong) {
      print("nothing was written; mend the rows above, or leave them out with --skip-wrong · 未写入;请改正以上各行,或用 --skip-wrong 跳过");
      return false;
    }
    let shown = 0;
    await writeImport(store, plan, now, (done, all) => {
      const percent = Math.floor((done / Math.max(1, all)) * 100);
      if (percent < shown + 5 && done < all) return;
      shown = percent;
      process.stderr.write(`\r${done.toLocaleString("en")} / ${all.toLocaleString("en")} (${percent} %)${done === all ? "\n" : ""}`);
    });
    print(`written: ${plan.files.length} customers, ${plan.orders.length} orders · 已写入`);
    return true;
  } finally {
    await store.close();
  }
}

function describe(problem: RowProblem, english: boolean, path: string): string {
  return english
    ? `${path} row ${problem.row}, ${problem.column}: ${problem.en}`
    : `${path} 第 ${problem.row} 行「${problem.column}」:${problem.zh}`;
}
