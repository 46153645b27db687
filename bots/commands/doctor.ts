/** `doctor`: every problem of settings and profile, each with its mend. */
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import pino from "pino";
import { createHttpHost } from "../../adapters/http/index.ts";
import { unpublishedYear } from "../../core/calendar/holidays.ts";
import { identityOn } from "../../core/desk/people.ts";
import type { Language } from "../../core/language.ts";
import type { StaffChannel } from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { describeProblem } from "../../core/profile/problems.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { lintRules } from "../../core/rules/lint.ts";
import { dayOf } from "../../core/time.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { inspectProfile } from "../profiles.ts";
import { openConnections } from "../service/connections.ts";
import { databasePath } from "../service/infrastructure.ts";
import { environment, readSettings, type Settings } from "../settings.ts";

/** Prints what it finds; resolves with whether all is well. */
export async function runDoctor(options: { readonly profile?: string }): Promise<boolean> {
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
  if (inspected.ok && inspected.profile.business.hours.holidays === "cn") {
    const { zone } = inspected.profile.business;
    const year = unpublishedYear(dayOf(Date.now(), read.ok ? (read.settings.zone ?? zone) : zone));
    if (year !== null) print(holidayWarning(year, language));
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
  if (read.ok && inspected.ok && !(await checkChannels(read.settings, inspected.profile, print))) good = false;
  return good;
}

function holidayWarning(year: number, language: Language): string {
  return language === "en"
    ? `holidays: warning: the arrangement for ${year} is not in this version: only the days of the law count as holidays, and no swapped working days. Take a newer version, or put the days into profile.yaml: closed for days off, special for swapped working days`
    : `节假日:警告:本版本没有 ${year} 年的放假安排,只按法定日期放假,没有调休上班日。请升级版本,或写入 profile.yaml:放假的日子写 closed,调休上班日写 special`;
}

/** Every platform says what is missing of its set-up; those that have no settings are named, with where the guide is. */
async function checkChannels(settings: Settings, profile: Profile, print: (text: string) => void): Promise<boolean> {
  const { language, channels: wanted } = settings;
  const path = databasePath(settings.dataDir);
  const store = openSqliteStore({ path: existsSync(path) ? path : ":memory:" });
  const host = createHttpHost({
    host: settings.host,
    port: 0,
    logger: pino({ level: "silent" }),
    adminToken: settings.adminToken,
    publicUrl: settings.publicUrl,
    ready: () => [],
    metrics: async () => "",
  });
  const staffChannels = new Map<string, StaffChannel>();
  const connections = await openConnections(host, {
    settings: wanted,
    engine: {
      store,
      // Nothing is received: the host does not listen, and no connection is started.
      intake: { accept: async (entries) => entries.map(() => "known" as const) },
      staffIntake: { accept: async () => ({ result: "known" }) },
      clock: { now: () => Date.now() },
    },
    model: createBusinessModel(profile, settings.zone ?? profile.business.zone),
    logger: pino({ level: "silent" }),
    receiving: null,
    watch: (channel) => channel,
    channels: new Map(),
    staffChannels,
    files: new Map(),
    massSendings: new Map(),
  });
  let good = true;
  try {
    for (const name of ["telegram", "slack", "wecom"] as const)
      if (wanted[name] === null) print(`${name}: not set up (docs/channels/${name}.md, docs/channels/${name}.zh.md)`);
    for (const [name, findings] of await connections.check()) {
      for (const { level, what, mend } of findings) {
        if (level === "problem") good = false;
        print(`${name}: ${level === "good" ? "" : `${level}: `}${what[language]}${mend ? ` → ${mend[language]}` : ""}`);
      }
    }
    for (const name of staffChannels.keys()) {
      const count = profile.staff.filter((member) => identityOn(member, name) !== null).length;
      if (count > 0) print(`${name}: ${count} of ${profile.staff.length} members of staff have an account there in team.yaml`);
      else {
        good = false;
        print(`${name}: problem: nobody of the staff has "${name}" under channels in team.yaml, so nobody can act in the team chat`);
      }
    }
  } finally {
    await host.close();
    await store.close();
  }
  return good;
}
