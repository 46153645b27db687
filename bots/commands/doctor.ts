/** `doctor`: every problem of settings and profile, each with its mend. */
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describeProblem } from "../../core/profile/problems.ts";
import { lintRules } from "../../core/rules/lint.ts";
import { inspectProfile } from "../profiles.ts";
import { environment, readSettings } from "../settings.ts";

/** Prints what it finds; returns whether all is well. */
export function runDoctor(options: { readonly profile?: string }): boolean {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const read = readSettings(environment());
  let good = true;
  if (read.ok) print("settings: good");
  else {
    good = false;
    for (const problem of read.problems) print(`settings: ${problem.variable}: ${problem.what}. Wanted: ${problem.wanted}`);
  }
  const language = read.ok ? read.settings.language : "en";
  const name = options.profile ?? (read.ok ? read.settings.profile : "appliance");
  const inspected = inspectProfile(name);
  if (inspected.ok) {
    const { products, services, faults, technicians, staff } = inspected.profile;
    print(
      `profile ${name}: good (${products.length} products, ${services.length} services, ${faults.length} faults, ${technicians.length} technicians, ${staff.length} staff)`,
    );
    for (const { what, wanted } of lintRules(inspected.profile.rules))
      print(
        language === "en"
          ? `profile ${name}: rules.yaml: ${what.en}. Better: ${wanted.en}`
          : `profile ${name}: rules.yaml:${what.zh}。建议:${wanted.zh}`,
      );
  } else {
    good = false;
    for (const problem of inspected.problems) print(`profile ${name}: ${describeProblem(problem, language)}`);
  }
  if (read.ok) {
    const folder = resolve(read.settings.dataDir);
    const nearest = existsSync(folder) ? folder : dirname(folder);
    try {
      accessSync(nearest, constants.W_OK);
      print(`data folder ${folder}: writable`);
    } catch {
      good = false;
      print(`data folder ${folder}: not writable. Wanted: a folder this user may write; set DATA_DIR or change its owner`);
    }
    if (read.settings.host !== "127.0.0.1" && read.settings.host !== "localhost" && read.settings.adminToken === null) {
      print(
        `HOST is ${read.settings.host} and ADMIN_TOKEN is not set: pages and admin calls answer on this machine only. Set ADMIN_TOKEN to open them to others`,
      );
    }
  }
  return good;
}
