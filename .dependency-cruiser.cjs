/**
 * Which room may import which (docs/structure.md). Types count as imports. `npm run imports` checks it.
 * The parser is swc: it reads `.ts` as it stands and keeps `import type`.
 */

/** A library that stands behind its own small files and nowhere else; tests may use it too. */
const behind = (name, library, files) => ({
  name,
  comment: `The library behind ${files} is used there alone: import that file instead.`,
  severity: "error",
  from: { path: "^(bots|core|adapters|storage)/", pathNot: files },
  to: { path: `(^|/)node_modules/${library}/` },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Files that import each other in a ring can't be understood or tested one by one: move what both need to a third file.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "core-imports-core-only",
      comment: "The core knows no channel, no database and no composition: say what it needs as a port in core/ports.ts.",
      severity: "error",
      from: { path: "^core/" },
      to: { path: "^(adapters|storage|bots)/" },
    },
    {
      name: "storage-imports-core-only",
      comment: "Storage keeps what the core says, and knows nothing of channels and compositions.",
      severity: "error",
      from: { path: "^storage/" },
      to: { path: "^(adapters|bots)/" },
    },
    {
      name: "adapters-import-core-only",
      comment: "An adapter speaks to one platform: it gets a store through the ports in core/ports.ts.",
      severity: "error",
      from: { path: "^adapters/" },
      to: { path: "^(storage|bots)/" },
    },
    {
      name: "adapters-not-each-other",
      comment: "Adapters share nothing but the HTTP host in adapters/http and the core.",
      severity: "error",
      from: { path: "^adapters/([^/]+)/" },
      to: { path: "^adapters/", pathNot: "^adapters/($1|http)/" },
    },
    {
      name: "http-host-knows-no-channel",
      comment: "The shared HTTP host serves adapters and does not know them.",
      severity: "error",
      from: { path: "^adapters/http/" },
      to: { path: "^adapters/", pathNot: "^adapters/http/" },
    },
    {
      name: "nothing-imports-tests",
      comment: "What the product needs doesn't live in tests/.",
      severity: "error",
      from: { path: "^(bots|core|adapters|storage)/" },
      to: { path: "^tests/" },
    },
    {
      name: "core-touches-no-machine",
      comment:
        "Files, processes and sockets are the shell's. The files that load the understanding from disk, and the threads that train it, are the exception.",
      severity: "error",
      from: { path: "^core/", pathNot: "^core/understanding/(load|intents/(files|threads?))\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    behind("natural-behind-its-files", "natural", "^core/understanding/(text/stem|intents/learner)\\.ts$"),
    behind("opencc-behind-its-file", "opencc-js", "^core/understanding/text/script\\.ts$"),
    behind("lunar-behind-its-file", "lunar-typescript", "^core/calendar/lunar\\.ts$"),
    behind("pinyin-behind-its-file", "pinyin-pro", "^core/customers/pinyin\\.ts$"),
    behind("tables-read-behind-their-file", "(csv-parse|read-excel-file)", "^bots/commands/transfer/tables\\.ts$"),
    behind("zone-behind-its-file", "@date-fns/tz", "^core/time\\.ts$"),
    behind("drizzle-in-storage", "drizzle-orm", "^storage/"),
    behind("sqlite-in-storage", "better-sqlite3", "^storage/sqlite/"),
    behind("pg-in-storage", "pg", "^storage/postgres/"),
    behind("bull-behind-its-file", "(bull|ioredis)", "^storage/jobs/redis\\.ts$"),
    behind("bolt-in-slack", "@slack", "^adapters/slack/"),
    behind("fastify-in-http-and-web", "(fastify|@fastify)", "^adapters/(http|web)/"),
    behind("wecom-libraries-behind-their-files", "@wecom", "^adapters/wecom/(verify|aibot)\\.ts$"),
    behind("grammy-in-its-adapter", "grammy", "^adapters/telegram/"),
    behind(
      "report-files-behind-their-file",
      "written-files-behind-their-files",
      "(write-excel-file|csv-stringify)",
      "^(adapters/web/reports/files|bots/commands/transfer/tables)\\.ts$",
    ),
    behind("commander-behind-the-command-line", "commander", "^bots/anxin\\.ts$"),
    behind("prom-client-behind-its-file", "prom-client", "^bots/service/metrics\\.ts$"),
    {
      name: "core-libraries",
      comment: "The core uses a few pure libraries, each behind a small file; any other stands in the shell.",
      severity: "error",
      from: { path: "^core/" },
      to: {
        path: "(^|/)node_modules/",
        pathNot: "(^|/)node_modules/(@types/|natural/|opencc-js/|lunar-typescript/|pinyin-pro/|@date-fns/tz/|yaml/|zod/)",
      },
    },
    {
      name: "no-unresolved",
      comment: "The file or package doesn't exist, or stands under another name.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-undeclared-package",
      comment: "A package that the product runs on stands under `dependencies` in package.json.",
      severity: "error",
      from: { path: "^(bots|core|adapters|storage)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], pathNot: "node_modules/@types/" },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^adapters/web/pages/" },
    moduleSystems: ["es6", "cjs"],
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
