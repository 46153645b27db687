/** How the runs print what they found. */

/** Findings of one kind that are printed. */
const SHOWN = 10;

export type Print = (text: string) => void;

export function printFindings(print: Print, findings: Readonly<Record<string, readonly string[]>>): void {
  for (const [kind, list] of Object.entries(findings)) {
    print(`  ${kind.padEnd(25)}${list.length}`);
    for (const finding of list.slice(0, SHOWN)) print(`    ${finding}`);
    if (list.length > SHOWN) print(`    … and ${list.length - SHOWN} more`);
  }
}
