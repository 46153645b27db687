/** Tables of what was understood to be wanted: by set, by intent, and of what must not be missed. */
import { INTENTS } from "../../core/understanding/index.ts";
import { calibrationError, coverageAt, percent, Tally, table } from "./metrics.ts";
import type { Read } from "./reads.ts";
import { isRight, share } from "./reads.ts";

/** First intent: by set. */
export function intentTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [
    ["", "messages", "intent", "macro-F1", "top 3", "calibration", "acted on", "right", "possible at 97 %", "urgency"],
  ];
  for (const set of ["all", ...new Set(reads.map(({ expected }) => expected.set))]) {
    const own = reads.filter((read) => set === "all" || read.expected.set === set);
    const sure = own.map((read) => ({ confidence: read.got.intents[0]!.confidence, right: isRight(read) }));
    const acted = own.filter(({ got }) => got.decision === "act");
    const tallies = perIntent(own);
    rows.push([
      set,
      own.length,
      percent(share(own, isRight)),
      percent(tallies.reduce((sum, { tally }) => sum + tally.f1, 0) / tallies.length),
      percent(share(own, ({ expected, got }) => got.candidates.slice(0, 3).some(([intent]) => intent === expected.intents[0]))),
      calibrationError(sure).toFixed(3),
      percent(acted.length / own.length),
      percent(share(acted, isRight)),
      percent(coverageAt(sure, 0.97).share),
      percent(share(own, ({ expected, got }) => got.urgency === expected.urgency)),
    ]);
  }
  return table(rows);
}

function perIntent(reads: readonly Read[]): { intent: string; tally: Tally }[] {
  return INTENTS.map((intent) => {
    const tally = new Tally();
    for (const { expected, got } of reads) tally.add(expected.intents[0] === intent, got.intents[0]!.intent === intent);
    return { intent, tally };
  }).filter(({ tally }) => tally.expected > 0);
}

export function confusion(reads: readonly Read[]): string {
  const pairs = new Map<string, number>();
  for (const read of reads) {
    if (isRight(read)) continue;
    const pair = `${read.expected.intents[0]} read as ${read.got.intents[0]!.intent}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return [...pairs]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([pair, count]) => `  ${count} × ${pair}`)
    .join("\n");
}

/** What must not be missed, further intents, messages with no matter. */
export function guardTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [["", "messages", "recall", "precision"]];
  const add = (name: string, expects: (read: Read) => boolean, finds: (read: Read) => boolean): void => {
    const tally = new Tally();
    for (const read of reads) tally.add(expects(read), finds(read));
    rows.push([name, tally.expected, percent(tally.recall), percent(tally.precision)]);
  };
  add(
    "emergency",
    ({ expected }) => expected.urgency === "emergency",
    ({ got }) => got.urgency === "emergency",
  );
  add(
    "urgent or more",
    ({ expected }) => expected.urgency === "urgent" || expected.urgency === "emergency",
    ({ got }) => got.urgency === "urgent" || got.urgency === "emergency",
  );
  add(
    "no matter (urgency none)",
    ({ expected }) => expected.urgency === "none",
    ({ got }) => got.urgency === "none",
  );
  for (const intent of ["opt_out", "human", "complaint"] as const) {
    add(
      intent,
      ({ expected }) => expected.intents[0] === intent,
      ({ got }) => got.intents[0]!.intent === intent,
    );
    add(
      `${intent}, anywhere`,
      ({ expected }) => expected.intents.includes(intent),
      ({ got }) => got.intents.some((one) => one.intent === intent),
    );
  }
  const further = new Tally();
  for (const { expected, got } of reads) {
    const wanted = expected.intents.slice(1);
    const found = got.intents.slice(1).map(({ intent }) => intent);
    for (const intent of new Set([...wanted, ...found])) further.add(wanted.includes(intent), found.includes(intent));
  }
  rows.push(["further intents", further.expected, percent(further.recall), percent(further.precision)]);
  return table(rows);
}

/** What is found of each intent. */
export function perIntentTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [["intent", "messages", "recall", "precision", "F1"]];
  for (const { intent, tally } of perIntent(reads))
    rows.push([intent, tally.expected, percent(tally.recall), percent(tally.precision), percent(tally.f1)]);
  return table(rows);
}
