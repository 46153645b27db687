/** Reads the counts of a test run from vitest's own JSON report. As a command: `node .ci/count.ts REPORT` prints them as one line. */
import { existsSync, readFileSync } from "node:fs";

export interface TestCount {
  readonly passed: number;
  /** Failed tests, and files that failed before a test of theirs could run. */
  readonly failed: number;
  readonly skipped: number;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

/** The counts in the report at `path`, or `null` when no test run has written one. */
export function countTests(path: string): TestCount | null {
  if (!existsSync(path)) return null;
  const report = JSON.parse(readFileSync(path, "utf8")) as Report;
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

export function describeCount({ passed, failed, skipped }: TestCount): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

if (import.meta.main) {
  const count = countTests(process.argv[2] ?? "");
  if (count) process.stdout.write(`${describeCount(count)}\n`);
  else {
    process.stderr.write("no test report was written: the tests could not be started\n");
    process.exitCode = 1;
  }
}
