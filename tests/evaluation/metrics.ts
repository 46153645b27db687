/** Figures over readings. Pure; shares are 0–1. */

/** Hits, false finds and misses of one kind. */
export class Tally {
  right = 0;
  invented = 0;
  missed = 0;

  add(expected: boolean, found: boolean): void {
    if (expected && found) this.right += 1;
    else if (found) this.invented += 1;
    else if (expected) this.missed += 1;
  }
  get recall(): number {
    return this.right / (this.right + this.missed);
  }
  get precision(): number {
    return this.right / (this.right + this.invented);
  }
  get f1(): number {
    return (2 * this.right) / (2 * this.right + this.invented + this.missed);
  }
  get expected(): number {
    return this.right + this.missed;
  }
}

/** Expected calibration error: how far confidence and correctness lie apart, over ten equal bins. */
export function calibrationError(readings: readonly { readonly confidence: number; readonly right: boolean }[]): number {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of readings) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))]!;
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += right ? 1 : 0;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / readings.length;
}

/** Largest share that can be acted on, surest first, while at least `least` of them are right; with the confidence where it ends. */
export function coverageAt(
  readings: readonly { readonly confidence: number; readonly right: boolean }[],
  least: number,
): { share: number; confidence: number } {
  const sorted = [...readings].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let best = { share: 0, confidence: 1 };
  sorted.forEach(({ confidence, right: isRight }, i) => {
    right += isRight ? 1 : 0;
    const isLastOfItsConfidence = sorted[i + 1]?.confidence !== confidence;
    if (isLastOfItsConfidence && right / (i + 1) >= least) best = { share: (i + 1) / sorted.length, confidence };
  });
  return best;
}

/** Area under the ROC curve: chance that an in-scope message is surer than one out of scope. */
export function areaUnderRoc(inside: readonly number[], outside: readonly number[]): number {
  const all = [...inside.map((value) => ({ value, inside: true })), ...outside.map((value) => ({ value, inside: false }))];
  all.sort((a, b) => a.value - b.value);
  let ranks = 0;
  for (let i = 0; i < all.length; ) {
    let end = i;
    while (end < all.length && all[end]!.value === all[i]!.value) end += 1;
    const middle = (i + end + 1) / 2;
    for (let k = i; k < end; k += 1) if (all[k]!.inside) ranks += middle;
    i = end;
  }
  return (ranks - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

/** @param share 0–1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const percent = (share: number): string => (Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)} %`);

/** Lines of a table, columns padded; the first column to the left. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String));
  const width = (text: string): number => [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0);
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  return cells
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell + " ".repeat(widths[c]! - width(cell)) : " ".repeat(widths[c]! - width(cell)) + cell))
        .join("  "),
    )
    .join("\n");
}
