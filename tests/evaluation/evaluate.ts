/**
 * `npm run evaluate`: what the understanding is worth on messages by hands that wrote none of its corpus.
 *
 *   --errors  prints every miss        --curve   accuracy by size of the corpus
 *   --public  public sets under ../shared/eval, on throw-away models
 */
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { loadProfile, SHIPPED_PROFILES } from "../../bots/profiles.ts";
import type { Entities, Understander, Understanding } from "../../core/understanding/index.ts";
import { createUnderstander, INTENTS } from "../../core/understanding/index.ts";
import { loadCorpus, loadLexicon, loadModel, loadThresholds, SHIPPED_CORPUS } from "../../core/understanding/intents/files.ts";
import type { Model } from "../../core/understanding/intents/learner.ts";
import { trainModel } from "../../core/understanding/intents/learner.ts";
import { createRandom } from "../../core/understanding/intents/linear.ts";
import { roundTrip } from "../../core/understanding/intents/model-file.ts";
import { trainingMessages } from "../../core/understanding/intents/training.ts";
import { normalise } from "../../core/understanding/text/index.ts";
import { createVocabulary } from "../../core/understanding/vocabulary/index.ts";
import type { Expected } from "./messages.ts";
import { readSet, SETS, ZONE } from "./messages.ts";
import { calibrationError, coverageAt, percent, percentile, Tally, table } from "./metrics.ts";
import { evaluatePublicSets } from "./public-sets.ts";

interface Read {
  readonly expected: Expected;
  readonly got: Understanding;
  readonly ms: number;
}

const isRight = ({ expected, got }: Read): boolean => got.intents[0]!.intent === expected.intents[0];
const share = (reads: readonly Read[], test: (read: Read) => boolean): number => reads.filter(test).length / reads.length;

function buildUnderstander(model: Model): Understander {
  const profiles = SHIPPED_PROFILES.map((name) => loadProfile(name, "en"));
  return createUnderstander({ vocabulary: createVocabulary(profiles), model, lexicon: loadLexicon(), thresholds: loadThresholds() });
}

function readAll(understander: Understander, messages: readonly Expected[]): Read[] {
  for (const { text, now } of messages.slice(0, 200)) understander.understand(text, { now, zone: ZONE });
  return messages.map((expected) => {
    const from = performance.now();
    const got = understander.understand(expected.text, { now: expected.now, zone: ZONE, asked: expected.asked });
    return { expected, got, ms: performance.now() - from };
  });
}

/** First intent: by language. */
function intentTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [
    ["", "messages", "intent", "macro-F1", "top 3", "calibration", "acted on", "right", "possible at 97 %", "urgency"],
  ];
  for (const set of ["all", ...SETS]) {
    const own = reads.filter((read) => set === "all" || read.expected.set === set);
    if (own.length === 0) continue;
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

/** What everyone types (好的, thanks, 转人工) stands in any corpus; how good the rest is must be seen by itself. */
function printTaught(reads: readonly Read[]): void {
  const taught = new Set(loadCorpus([SHIPPED_CORPUS]).map(({ text }) => normalise(text).text));
  const fresh = reads.filter(({ expected }) => !taught.has(normalise(expected.text).text));
  console.log(
    `${reads.length - fresh.length} of ${reads.length} messages stand in the corpus word for word; without them intent ${percent(share(fresh, isRight))}`,
  );
}

function perIntent(reads: readonly Read[]): { intent: string; tally: Tally }[] {
  return INTENTS.map((intent) => {
    const tally = new Tally();
    for (const { expected, got } of reads) tally.add(expected.intents[0] === intent, got.intents[0]!.intent === intent);
    return { intent, tally };
  }).filter(({ tally }) => tally.expected > 0);
}

function confusion(reads: readonly Read[]): string {
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
function guardTable(reads: readonly Read[]): string {
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

const VERBATIM = ["phone", "plate", "vin", "order_no", "product", "fault", "name", "address"] as const;
const tidy = (text: unknown): string =>
  String(text)
    .replace(/[\s\-·.]/g, "")
    .toLowerCase();

/** Does any of the found pieces say what was wanted? A product or fault may be a little longer or shorter than the judge's. */
function entityFound(kind: string, wanted: unknown, entities: Entities): boolean {
  if (kind === "score") {
    const { value, scale } = wanted as { value: number; scale: number };
    return entities.score.some((score) => score.value === value && score.scale === scale);
  }
  if (kind === "amount") {
    const { value, currency } = wanted as { value: number; currency: string };
    return entities.amount.some((amount) => amount.minor === value && amount.currency === currency);
  }
  if (kind === "mileage") return entities.mileage.some(({ km }) => Math.abs(km - Number(wanted)) <= 0.02 * Number(wanted));
  const found = [...(entities[kind as "phone"] ?? []), ...(kind === "fault" ? entities.service : [])];
  if (kind === "name") return entities.name.some((name) => tidy(name.value) === tidy(wanted));
  if (kind === "product" || kind === "fault")
    return found.some(({ text }) => tidy(text).includes(tidy(wanted)) || tidy(wanted).includes(tidy(text)));
  return found.some(({ text }) => tidy(text) === tidy(wanted));
}

function entityTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [["entity", "messages", "recall", "precision", "F1"]];
  for (const kind of [...VERBATIM, "score", "amount", "mileage"] as const) {
    const tally = new Tally();
    for (const { expected, got } of reads) {
      const wanted = expected.entities[kind];
      const found = got.entities[kind].length > 0;
      const right = wanted !== undefined && wanted !== null && entityFound(kind, wanted, got.entities);
      if (right) tally.right += 1;
      else {
        if (wanted !== undefined && wanted !== null) tally.missed += 1;
        if (found && (wanted !== undefined || !VERBATIM.slice(4, 6).includes(kind as "product"))) tally.invented += 1;
      }
    }
    rows.push([kind, tally.expected, percent(tally.recall), percent(tally.precision), percent(tally.f1)]);
  }
  return table(rows);
}

function datetimeTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [["date and time", "with one", "exact", "missed", "without", "invented"]];
  for (const set of [...new Set(reads.map(({ expected }) => expected.set))]) {
    const own = reads.filter(({ expected }) => expected.set === set);
    const wanted = own.filter(({ expected }) => expected.datetime !== null);
    const none = own.filter(({ expected }) => expected.datetime === null);
    const wishes = (read: Read) => read.got.entities.datetime.filter(({ past }) => !past);
    const exact = wanted.filter((read) => {
      const [first] = wishes(read);
      return first !== undefined && first.start === read.expected.datetime!.start && first.end === read.expected.datetime!.end;
    });
    rows.push([
      set,
      wanted.length,
      percent(exact.length / wanted.length),
      wanted.filter((read) => wishes(read).length === 0).length,
      none.length,
      none.filter((read) => wishes(read).length > 0).length,
    ]);
  }
  return table(rows);
}

function printErrors(reads: readonly Read[]): void {
  console.log("\nmisses (confidence, expected, got):");
  for (const read of reads) {
    const { expected, got } = read;
    const wrong = [
      ...(isRight(read) ? [] : [`${expected.intents[0]} → ${got.intents[0]!.intent}`]),
      ...(expected.urgency === got.urgency ? [] : [`urgency ${expected.urgency} → ${got.urgency}`]),
    ];
    if (wrong.length > 0)
      console.log(`  ${got.intents[0]!.confidence.toFixed(2)} ${expected.set}:${expected.line} ${wrong.join(", ")} | ${expected.text}`);
  }
}

/** Accuracy when only a share of the corpus is learned: what the last thousand wordings brought. */
function printCurve(messages: readonly Expected[]): void {
  const lexicon = loadLexicon();
  const all = trainingMessages(loadCorpus([SHIPPED_CORPUS]), lexicon);
  const random = createRandom(3);
  const order = all.map((message) => ({ message, at: random() })).sort((a, b) => a.at - b.at);
  const rows: (string | number)[][] = [["wordings", "intent"]];
  for (const size of [1_000, 2_000, 4_000, 6_000, 8_000, 10_000, all.length - 1_000, all.length]) {
    if (size > all.length) continue;
    const model = roundTrip(trainModel(order.slice(0, size).map(({ message }) => message)));
    rows.push([size, percent(share(readAll(buildUnderstander(model), messages), isRight))]);
  }
  console.log(`\nlearning curve\n${table(rows)}`);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      errors: { type: "boolean", default: false },
      curve: { type: "boolean", default: false },
      public: { type: "boolean", default: false },
      models: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log("usage: npm run evaluate -- [--errors] [--curve] [--public] [--models FOLDER]");
    return;
  }
  const from = performance.now();
  const { model, stored } = loadModel([], values.models ?? null);
  const understander = buildUnderstander(model);
  console.log(
    `model ${stored ? "loaded" : "trained"} in ${((performance.now() - from) / 1_000).toFixed(1)} s, ${model.tokens.length} features`,
  );
  const messages = SETS.flatMap((set) => readSet(set));
  if (messages.length === 0) {
    console.error("no evaluation sets beside this file");
    process.exitCode = 1;
    return;
  }
  const reads = readAll(understander, messages);
  printTaught(reads);
  console.log(`\n${intentTable(reads)}`);
  const rows: (string | number)[][] = [["intent", "messages", "recall", "precision", "F1"]];
  for (const { intent, tally } of perIntent(reads))
    rows.push([intent, tally.expected, percent(tally.recall), percent(tally.precision), percent(tally.f1)]);
  console.log(`\n${table(rows)}\n\nmost confused\n${confusion(reads)}\n\n${guardTable(reads)}\n\n${entityTable(reads)}`);
  console.log(`\n${datetimeTable([...reads, ...["dates", "dates-held"].flatMap((set) => readAll(understander, readSet(set)))])}`);
  const times = reads.map(({ ms }) => ms);
  console.log(`\nms a message: p50 ${percentile(times, 0.5).toFixed(3)}, p99 ${percentile(times, 0.99).toFixed(3)}`);
  if (values.errors) printErrors(reads);
  if (values.curve) printCurve(messages);
  if (values.public) evaluatePublicSets();
}

main();
