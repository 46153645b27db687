/** Each house rule has a bad line that it catches and a good line that it leaves alone, tried on a small tree of their own. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Rule, file, and the line; `null` = no rule objects. */
type Case = readonly [rule: string | null, file: string, line: string];

const LINES: readonly Case[] = [
  ["plugin", "core/a/now.ts", "export const at = Date.now();"],
  ["plugin", "core/a/today.ts", "export const at = new Date();"],
  ["plugin", "core/a/read.ts", "export const clock = Date.now;"],
  ["plugin", "core/a/chance.ts", "export const chance = Math.random();"],
  ["lint/style/noRestrictedGlobals", "core/a/environment.ts", 'export const zone = process.env["TZ"];'],
  ["lint/style/noRestrictedGlobals", "core/a/hidden.ts", "export const { env } = process;"],
  ["lint/style/noRestrictedGlobals", "core/a/wait.ts", "export const timer = setTimeout(() => undefined, 5);"],
  ["lint/style/noDefaultExport", "core/a/default.ts", "export default 1;"],
  ["lint/suspicious/noExplicitAny", "core/a/any.ts", "export const value: any = 1;"],
  ["lint/style/useImportType", "core/a/types.ts", 'import { Good } from "./good.ts";\nexport type Same = Good;'],
  ["lint/performance/noReExportAll", "core/a/barrel.ts", 'export * from "./good.ts";'],
  ["lint/correctness/useImportExtensions", "core/a/ending.ts", 'export { at } from "./good";'],
  ["lint/suspicious/noConsole", "core/a/print.ts", 'console.log("here");'],
  ["lint/suspicious/noConsole", "bots/service/print.ts", 'console.log("here");'],
  ["lint/nursery/noFloatingPromises", "bots/service/lost.ts", "async function save(): Promise<void> {}\nsave();"],
  ["lint/suspicious/noFocusedTests", "tests/a/one.test.ts", 'import { test } from "vitest";\ntest.only("one", () => undefined);'],
  ["lint/style/noRestrictedImports", "tests/a/stub.test.ts", 'import { vi } from "vitest";\nvi.useFakeTimers();'],
  [null, "core/a/good.ts", "export interface Good {\n  at: number;\n}\nexport const at = new Date(0);"],
  [null, "bots/commands/print.ts", 'console.log("here", Date.now(), process.env["TZ"]);'],
  [null, "bots/service/kept.ts", "async function save(): Promise<void> {}\nvoid save();"],
];

const IMPORTS: readonly Case[] = [
  ["core-imports-core-only", "core/b/type.ts", 'import type { Row } from "../../storage/s/row.ts";\nexport type Mine = Row;'],
  ["core-imports-core-only", "core/b/bot.ts", 'export { bot } from "../../bots/bot.ts";'],
  ["storage-imports-core-only", "storage/s/bad.ts", 'import { web } from "../../adapters/web/index.ts";\nexport const used = web;'],
  ["adapters-import-core-only", "adapters/web/store.ts", 'import type { Row } from "../../storage/s/row.ts";\nexport type Mine = Row;'],
  ["adapters-not-each-other", "adapters/slack/index.ts", 'import { web } from "../web/index.ts";\nexport const used = web;'],
  ["http-host-knows-no-channel", "adapters/http/bad.ts", 'import { web } from "../web/index.ts";\nexport const used = web;'],
  ["nothing-imports-tests", "bots/bad.ts", 'import { help } from "../tests/help.ts";\nexport const used = help;'],
  ["core-touches-no-machine", "core/b/disk.ts", 'import { readFileSync } from "node:fs";\nexport const used = readFileSync;'],
  [
    "natural-behind-its-files",
    "core/b/stem.ts",
    'import stemmer from "natural/lib/natural/stemmers/porter_stemmer.js";\nexport const used = stemmer;',
  ],
  ["opencc-behind-its-file", "core/b/script.ts", 'import { Converter } from "opencc-js/t2cn";\nexport const used = Converter;'],
  ["lunar-behind-its-file", "core/b/lunar.ts", 'import { Lunar } from "lunar-typescript";\nexport const used = Lunar;'],
  ["drizzle-in-storage", "bots/sql.ts", 'import { sql } from "drizzle-orm";\nexport const used = sql;'],
  ["sqlite-in-storage", "bots/sqlite.ts", 'import Database from "better-sqlite3";\nexport const used = Database;'],
  ["bolt-in-slack", "bots/bolt.ts", 'import { App } from "@slack/bolt";\nexport const used = App;'],
  ["fastify-in-http-and-web", "adapters/slack/host.ts", 'import fastify from "fastify";\nexport const used = fastify;'],
  ["grammy-in-its-adapter", "adapters/web/bot.ts", 'import { Api } from "grammy";\nexport const used = Api;'],
  ["core-libraries", "core/b/log.ts", 'import pino from "pino";\nexport const used = pino;'],
  ["no-cycle", "core/b/one.ts", 'import type { Two } from "./two.ts";\nexport interface One { two: Two | null }'],
  ["no-unresolved", "core/b/missing.ts", 'export { gone } from "./gone.ts";'],
  [null, "core/b/good.ts", 'import type { Two } from "./plain.ts";\nexport type Mine = Two;'],
  [null, "core/b/plain.ts", "export interface Two {}"],
  [
    null,
    "core/understanding/text/stem.ts",
    'import stemmer from "natural/lib/natural/stemmers/porter_stemmer.js";\nexport const used = stemmer;',
  ],
  [
    null,
    "storage/s/row.ts",
    'import { sql } from "drizzle-orm";\nimport type { Two } from "../../core/b/plain.ts";\nexport type Row = Two;\nexport const used = sql;',
  ],
  [null, "adapters/web/index.ts", 'import { host } from "../http/index.ts";\nexport const web = host;'],
  [null, "adapters/http/index.ts", 'import fastify from "fastify";\nexport const host = fastify;'],
  [
    null,
    "bots/bot.ts",
    'import { web } from "../adapters/web/index.ts";\nimport { used } from "../storage/s/row.ts";\nexport const bot = [web, used];',
  ],
  [null, "tests/help.ts", 'import { bot } from "../bots/bot.ts";\nexport const help = bot;'],
];

/** The other half of the ring; one report a ring is enough. */
const RING: Case = [null, "core/b/two.ts", 'import type { One } from "./one.ts";\nexport interface Two { one: One | null }'];

const folder = mkdtempSync(join(tmpdir(), "anxin-house-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plant(cases: readonly Case[]): void {
  for (const [, file, line] of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${line}\n`);
  }
}

function run(tool: string, args: readonly string[]): string {
  const ran = spawnSync(join(ROOT, "node_modules/.bin", tool), args, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (ran.error) throw ran.error;
  return ran.stdout;
}

beforeAll(() => {
  for (const file of [".biome.json", ".dependency-cruiser.cjs", ".gitignore", ".ci/core-purity.grit", "package.json"])
    cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
});

describe("the linter", () => {
  const found = new Map<string, string[]>();
  beforeAll(() => {
    plant(LINES);
    const report = JSON.parse(run("biome", ["lint", "--reporter=json", "--max-diagnostics=none", "."])) as {
      diagnostics: { category: string; location: { path: string } }[];
    };
    for (const { category, location } of report.diagnostics) found.set(location.path, [...(found.get(location.path) ?? []), category]);
  });
  for (const [rule, file, line] of LINES) {
    const shown = line.split("\n").at(-1);
    if (rule === null) test(`leaves alone in ${file}: ${shown}`, () => expect(found.get(file) ?? []).toEqual([]));
    else test(`${rule} catches in ${file}: ${shown}`, () => expect(found.get(file)).toContain(rule));
  }
});

describe("the direction of imports", () => {
  const found = new Map<string, string[]>();
  beforeAll(() => {
    plant([...IMPORTS, RING]);
    const report = JSON.parse(
      run("depcruise", ["bots", "core/b", "core/understanding", "adapters", "storage", "tests", "--output-type", "json"]),
    ) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    for (const { from, rule } of report.summary.violations) found.set(from, [...(found.get(from) ?? []), rule.name]);
  });
  for (const [rule, file, line] of IMPORTS) {
    const shown = line.split("\n").at(0);
    if (rule === null) test(`allows in ${file}: ${shown}`, () => expect(found.get(file) ?? []).toEqual([]));
    else test(`${rule} catches in ${file}: ${shown}`, () => expect(found.get(file)).toContain(rule));
  }
});
