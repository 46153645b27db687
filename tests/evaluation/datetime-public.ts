/**
 * Measures the date and time reader: on public test sentences when they lie beside the repository (../shared/eval, never copied here), and
 * with `--own` on our own sets tests/evaluation/*.jsonl, which judge the work and are no material for it. Prints shares that were read
 * exactly; `--failures` lists what failed of the public sets, with `--mapped` also what agrees only once the conventions are mapped.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DAY_MS, isoInZone, MINUTE_MS, parseIso, wallClock } from "../../core/time.ts";
import { readDateTimes } from "../../core/understanding/datetime/index.ts";
import type { DateTimeEntity } from "../../core/understanding/types.ts";

const ZONE = "Asia/Shanghai";
const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    failures: { type: "boolean", default: false },
    mapped: { type: "boolean", default: false },
    own: { type: "boolean", default: false },
    public: { type: "string", default: join(here, "../../../shared/eval") },
  },
});

interface PublicCase {
  readonly id: string;
  readonly input: string;
  readonly reference: string;
  readonly type: string;
  readonly booking: boolean;
  readonly accept: readonly { readonly start: string; readonly end: string | null }[];
}

/**
 * `exact`: both ends as published. `mapped`: alike once the published conventions are mapped on ours. `refused`: nothing read because the
 * sentence says that this time does not suit (我明天中午没空), which is what the product wants. `start`: only the start agrees.
 */
type Verdict = "exact" | "mapped" | "refused" | "start" | "wrong" | "missed" | "invented";

/** Where both read the phrase alike and only count its hours or its end otherwise: what is published, what is ours. */
const CONVENTIONS = {
  clock: "bare clock: 07:00 there, 19:00 here",
  parts: "hours of parts of day",
  last: "last day, week or month of a range: left out there, taken in here",
  midnight: "end at 23:59 there, 24:00 here",
  dayEnd: "end of day: 23:59 there, 15:00-18:00 here",
  middle: "mid-: an instant there, the hours around it here",
  open: "after a time: no end there, closing time here",
  slices: "early, mid, late: halves there, ten days or two months here",
} as const;
type Convention = keyof typeof CONVENTIONS;
type Judgement = { readonly verdict: Verdict; readonly convention?: Convention };

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Published parts of the day (afternoon to 16:00, evening from 16:00, night from 20:00) beside ours, minutes. */
const PARTS: readonly (readonly [number, number, number, number])[] = [
  [720, 960, 720, 1080],
  [960, 1200, 1080, 1320],
  [1200, 1439, 1080, 1320],
  [720, 840, 720, 900],
  [840, 960, 900, 1080],
  [960, 1080, 1080, 1200],
  [1080, 1200, 1200, 1320],
];

const HALF_SAID = /\b[ap]\.? ?m\b|morning|afternoon|evening|night|早|晨|上午|中午|下午|晚/i;
const BETWEEN_ENDS = /到|至|和|-|\b(?:to|till|until|and)\b/;
const SLICED = /\b(?:early|late|later|mid|middle|end|beginning|start)\b|[初中底末旬]/i;

/** Is a reading of ours that of the published clock, half a day later because no half was said beside it? */
const laterHalf = (found: number, wanted: number, said: string): boolean => found === wanted + 720 && wanted < 480 && !HALF_SAID.test(said);

interface Wanted {
  readonly start: string;
  readonly end: string | null;
}

/** Judges a published clock reading or span without a day. */
function sameClock(found: DateTimeEntity, { start, end }: Wanted, input: string): Judgement {
  const from = wallClock(found.start, ZONE);
  const to = found.end === null ? null : wallClock(found.end, ZONE);
  const startsAlike = from.minute === minutes(start);
  if (end === null) {
    if (found.grain === "minute") {
      if (startsAlike) return { verdict: "exact" };
      return from.minute === minutes(start) + 720 && !HALF_SAID.test(input)
        ? { verdict: "mapped", convention: "clock" }
        : { verdict: "wrong" };
    }
    if (startsAlike && found.grain === "range" && /以后|之后|\bafter\b/.test(input)) return { verdict: "mapped", convention: "open" };
    const around = to !== null && from.minute <= minutes(start) && minutes(start) < to.minute;
    if (around && /\bmid/i.test(input)) return { verdict: "mapped", convention: "middle" };
    return { verdict: startsAlike ? "start" : "wrong" };
  }
  if (startsAlike && to?.minute === minutes(end)) return { verdict: "exact" };
  if (startsAlike && end === "23:59" && to?.minute === 0) return { verdict: "mapped", convention: "midnight" };
  const part = PARTS.find(([a, b]) => a === minutes(start) && b === minutes(end));
  if (part && from.minute === part[2] && to?.minute === part[3]) return { verdict: "mapped", convention: "parts" };
  const later = to !== null && laterHalf(from.minute, minutes(start), input) && to.minute === minutes(end) + 720;
  if (later) return { verdict: "mapped", convention: "clock" };
  return { verdict: startsAlike ? "start" : "wrong" };
}

/** Do the ends agree but for a bare clock reading that the product takes within business hours? */
function sameButClock(found: DateTimeEntity, wanted: number, wantedEnd: number | null, input: string): boolean {
  const [first = "", ...rest] = input.split(BETWEEN_ENDS);
  const near = (ours: number, theirs: number, said: string): boolean =>
    Math.abs(ours - theirs) < MINUTE_MS ||
    (Math.abs(ours - theirs - DAY_MS / 2) < MINUTE_MS && laterHalf(wallClock(ours, ZONE).minute, wallClock(theirs, ZONE).minute, said));
  if (wantedEnd === null) return found.grain === "minute" && near(found.start, wanted, input);
  return (
    found.end !== null &&
    near(found.start, wanted, rest.length === 1 ? first : input) &&
    near(found.end, wantedEnd, rest.length === 1 ? (rest[0] ?? "") : input)
  );
}

/** Judges what was read against one published answer. */
function sameTime(found: DateTimeEntity, { start, end }: Wanted, input: string): Judgement {
  if (/^\d\d:\d\d/.test(start)) return sameClock(found, { start, end }, input);
  const from = wallClock(found.start, ZONE);
  const to = found.end === null ? null : wallClock(found.end, ZONE);
  const wanted = parseIso(start, ZONE) ?? Number.NaN;
  const wantedEnd = end === null ? null : (parseIso(end, ZONE) ?? Number.NaN);
  const startsAlike = Math.abs(found.start - wanted) < MINUTE_MS;
  const timed = start.includes("T");
  if (wantedEnd === null) {
    if (startsAlike && found.grain === (timed ? "minute" : "day")) return { verdict: "exact" };
    if (timed && sameButClock(found, wanted, null, input)) return { verdict: "mapped", convention: "clock" };
    const dayEnd = start.endsWith("T23:59:00") || start.endsWith("T23:59:59") || start.endsWith("T23:59");
    if (dayEnd && found.grain === "part" && from.day === start.slice(0, 10) && from.minute === 900 && to?.minute === 1080)
      return { verdict: "mapped", convention: "dayEnd" };
    return { verdict: startsAlike ? "start" : "wrong" };
  }
  if (startsAlike && found.end !== null && Math.abs(found.end - wantedEnd) < MINUTE_MS) return { verdict: "exact" };
  const beyond = found.end === null ? Number.NaN : (found.end - wantedEnd) / DAY_MS;
  if (startsAlike && !timed) {
    // “2 October to 22 October” ends with the 22nd here and at its beginning there; so do weeks and months.
    if (beyond === 1 || (beyond === 7 && /week|周|星期|礼拜/i.test(input))) return { verdict: "mapped", convention: "last" };
    if (end?.endsWith("-01") && beyond >= 28 && beyond <= 31 && to?.date === 1) return { verdict: "mapped", convention: "last" };
  }
  if (startsAlike && /T23:59/.test(end ?? "") && to?.minute === 0 && beyond < 0.01) return { verdict: "mapped", convention: "midnight" };
  if (timed && end !== null) {
    const part = PARTS.find(([a, b]) => a === minutes(start.slice(11)) && b === minutes(end.slice(11)));
    if (part && from.minute === part[2] && to?.minute === part[3] && from.day === start.slice(0, 10))
      return { verdict: "mapped", convention: "parts" };
    if (sameButClock(found, wanted, wantedEnd, input)) return { verdict: "mapped", convention: "clock" };
  }
  // Ours lies within theirs and shares an end with it, or both ends are said as slices.
  const within = found.end !== null && found.start >= wanted && found.end <= wantedEnd && (startsAlike || found.end === wantedEnd);
  if (!timed && SLICED.test(input) && within) return { verdict: "mapped", convention: "slices" };
  return { verdict: startsAlike ? "start" : "wrong" };
}

const ORDER: readonly Verdict[] = ["exact", "mapped", "refused", "start", "wrong"];

function judge(one: PublicCase, found: readonly DateTimeEntity[]): Judgement {
  if (one.type === "none") return { verdict: found.length === 0 ? "exact" : "invented" };
  const first = found[0];
  if (!first) return { verdict: /不在|没空|没有空|\bI'll be away\b/.test(one.input) ? "refused" : "missed" };
  const judged = one.accept.map((wanted) => sameTime(first, wanted, one.input));
  return judged.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))[0] ?? { verdict: "wrong" };
}

const local = (at: number): string => isoInZone(at, ZONE).slice(0, 16);
const percent = (part: number, whole: number): string => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);

for (const language of ["zh", "en"]) {
  const file = join(values.public, `datetime-${language}.json`);
  if (!existsSync(file)) continue;
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: PublicCase[] };
  for (const subset of ["booking", "all"] as const) {
    const chosen = cases.filter((one) => subset === "all" || one.booking);
    const counts: Record<Verdict, number> = { exact: 0, mapped: 0, refused: 0, start: 0, wrong: 0, missed: 0, invented: 0 };
    const conventions = new Map<Convention, number>();
    for (const one of chosen) {
      const now = parseIso(one.reference, ZONE) ?? 0;
      const found = readDateTimes(one.input, { now, zone: ZONE });
      const { verdict, convention } = judge(one, found);
      counts[verdict] += 1;
      if (convention !== undefined) conventions.set(convention, (conventions.get(convention) ?? 0) + 1);
      if (values.failures && subset === "booking" && verdict !== "exact" && (verdict !== "mapped" || values.mapped)) {
        const read = found
          .map((entity) => `${entity.text}=${local(entity.start)}~${entity.end === null ? "" : local(entity.end)}`)
          .join(" ; ");
        const wanted = one.accept.map((accepted) => `${accepted.start}~${accepted.end ?? ""}`).join(" | ");
        console.log([convention ?? verdict, one.input.slice(0, 90), one.reference.slice(0, 16), wanted, `→ ${read}`].join("\t"));
      }
    }
    const good = counts.exact + counts.mapped;
    console.log(
      `public ${language} ${subset}: ${chosen.length} cases, exact ${percent(counts.exact, chosen.length)} (strict), with conventions mapped ` +
        `${percent(good, chosen.length)}; refused ${counts.refused}, only start ${counts.start}, wrong ${counts.wrong}, missed ${counts.missed}, ` +
        `invented ${counts.invented}`,
    );
    for (const [convention, count] of [...conventions].sort((a, b) => b[1] - a[1]))
      console.log(`  mapped ${count}: ${CONVENTIONS[convention]}`);
  }
}

interface OwnCase {
  readonly text: string;
  readonly now?: string;
  readonly entities?: {
    readonly datetime?: { readonly text: string; readonly start: string; readonly end: string | null; readonly grain: string } | null;
  };
}

for (const name of values.own ? ["zh-CN", "zh-TW", "en", "dates", "dates-held"] : []) {
  const file = join(here, `${name}.jsonl`);
  if (!existsSync(file)) continue;
  const cases = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as OwnCase);
  let dated = 0;
  let exact = 0;
  let times = 0;
  let missed = 0;
  let plain = 0;
  let invented = 0;
  const mistakes = new Map<string, number>();
  const inventions = new Map<string, number>();
  const byGrain = new Map<string, { good: number; all: number }>();
  for (const one of cases) {
    const now = parseIso(one.now ?? "2026-11-18T10:20:00+08:00", ZONE) ?? 0;
    const found = readDateTimes(one.text, { now, zone: ZONE }).filter((entity) => !entity.past);
    const wanted = one.entities?.datetime ?? null;
    if (wanted === null) {
      plain += 1;
      const [first] = found;
      if (first) {
        invented += 1;
        const kind = `${first.grain}${first.daySaid ? "" : " without day"}${wallClock(first.start, ZONE).day === wallClock(now, ZONE).day ? " today" : ""}`;
        inventions.set(kind, (inventions.get(kind) ?? 0) + 1);
      }
      continue;
    }
    dated += 1;
    const all = readDateTimes(one.text, { now, zone: ZONE });
    const first = found[0] ?? all[0];
    if (!first) missed += 1;
    const start = parseIso(wanted.start, ZONE);
    const end = wanted.end === null ? null : parseIso(wanted.end, ZONE);
    const tally = byGrain.get(wanted.grain) ?? { good: 0, all: 0 };
    byGrain.set(wanted.grain, tally);
    tally.all += 1;
    const right = (entity: DateTimeEntity): boolean => entity.start === start && entity.end === end;
    if (first && !right(first)) {
      const kind = all.some(right)
        ? "right one not first"
        : first.past
          ? "only past"
          : first.start === start
            ? "end"
            : wallClock(first.start, ZONE).day === wallClock(start ?? 0, ZONE).day
              ? "time of day"
              : "day";
      mistakes.set(kind, (mistakes.get(kind) ?? 0) + 1);
    }
    if (first && first.start === start && first.end === end) {
      times += 1;
      if (first.grain === wanted.grain) {
        exact += 1;
        tally.good += 1;
      }
    }
  }
  console.log(
    `own ${name}: ${dated} with a time, exact ${percent(exact, dated)} (start and end ${percent(times, dated)}), missed ${missed}; ` +
      `${plain} without, invented in ${invented} (${percent(invented, plain)}); ` +
      [...byGrain].map(([grain, { good, all }]) => `${grain} ${good}/${all}`).join(", ") +
      `; mistaken: ${[...mistakes].map(([kind, count]) => `${kind} ${count}`).join(", ") || "none"}` +
      `; invented: ${[...inventions].map(([kind, count]) => `${kind} ${count}`).join(", ") || "none"}`,
  );
}
