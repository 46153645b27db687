import { defineConfig } from "vitest/config";

const ON_POSTGRES = [
  "tests/core/booking/{capacity,storage-race}.test.ts",
  "tests/core/conversation/{acts,album,presses}.test.ts",
  "tests/core/desk/desk.test.ts",
  "tests/core/spine/*.test.ts",
  "tests/dialogues/dialogues.test.ts",
];

export default defineConfig({
  root: import.meta.dirname,
  test: {
    environment: "node",
    globalSetup: ["tests/support/servers.ts", "tests/support/train-once.ts"],
    watch: false,
    // Two processes fill the smallest machine; they share nothing, so that a native module of one can't reach the other.
    pool: "forks",
    maxWorkers: 2,
    // Within a process the files share what they import: loading it anew for each file took more than half of all the time. So a file
    // leaves nothing behind: no timer, listener or server, no changed environment, and no change to what is shared.
    isolate: false,
    // Training a model and starting a browser take seconds on a busy machine; no test measures time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Shops' settings and clocks must not leak into tests.
    env: { TZ: "UTC", LANG: "C.UTF-8", LC_ALL: "C.UTF-8" },
    reporters: process.env["ANXIN_TEST_REPORT"] ? ["default", ["json", { outputFile: process.env["ANXIN_TEST_REPORT"] }]] : ["default"],
    cache: false,
    projects: [
      { extends: true, test: { name: "all", include: ["tests/**/*.test.ts"] } },
      // The suites whose behaviour rests on the store, once more on Postgres; they skip themselves when there is none.
      {
        extends: true,
        test: {
          name: "postgres",
          include: ON_POSTGRES,
          // A process each: a store that a test leaves open keeps its connections for ten seconds, and on a fast machine those of many
          // files together are more than the server has.
          isolate: true,
          // Behind the others: a process serves one round alone, and each change from one to the other starts a new one.
          sequence: { groupOrder: 1 },
          setupFiles: ["tests/support/skip-without-postgres.ts"],
          env: { ANXIN_TEST_STORE: "postgres" },
        },
      },
    ],
  },
});
