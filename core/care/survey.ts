/** Reads a free answer to a questionnaire: marks by item, an overall mark, what was blamed. Pure. */
import type { Language } from "../language.ts";
import type { CareSurvey } from "../profile/care-schema.ts";
import type { ScoreEntity } from "../understanding/types.ts";

export interface SurveyReading {
  /** Overall, 1–5; `null` when the words judge nothing. */
  readonly score: number | null;
  readonly items: Readonly<Record<string, number>>;
  /** Items that were blamed, in order. */
  readonly topics: readonly string[];
}

/** A mark that words of blame or praise stand for. */
const BLAMED = 2;
const PRAISED = 5;

const CLAUSES = /[,，。;；!！?？\n、]|但是|但|不过|不過|就是|只是|可是|然而|\bbut\b|\bonly\b|\bhowever\b|\bthough\b|\bexcept\b|\band\b/gi;

/**
 * @param scores found in the text by the understanding, asked for a score
 */
export function readSurvey(text: string, scores: readonly ScoreEntity[], survey: CareSurvey): SurveyReading {
  const row = marksInOrder(text, survey.items.length);
  if (row) {
    const items = Object.fromEntries(survey.items.map((item, index) => [item.id, row[index]!]));
    return { score: mean(row), items, topics: blamed(items, survey) };
  }
  const items: Record<string, number> = {};
  const topics: string[] = [];
  let overall: number | null = null;
  for (const clause of clausesOf(text)) {
    const score = scores.find((one) => one.at >= clause.at && one.at < clause.at + clause.text.length);
    const mark = score ? outOfFive(score) : null;
    const named = survey.items.filter((item) => mentions(clause.text, [item.words, item.good, item.bad]));
    for (const item of named) {
      const praised = mentions(clause.text, [item.good]);
      const blame = mentions(clause.text, [item.bad]) && !(praised && !mentions(clause.text, [item.bad]));
      const value = blame ? Math.min(mark ?? BLAMED, BLAMED) : (mark ?? (praised ? PRAISED : null));
      if (value === null) continue;
      items[item.id] = value;
      if (value <= 3 && !topics.includes(item.id)) topics.push(item.id);
    }
    if (named.length === 0 && mark !== null && overall === null) overall = mark;
  }
  const marks = Object.values(items);
  // A question of five has bare numbers of five; without an overall mark the items speak for it.
  if (overall === null && marks.length > 0) overall = mean(marks);
  if (overall === null && scores[0]) overall = outOfFive(scores[0]);
  return { score: overall, items, topics };
}

/** `5 4 5 3 5`, `5,4,5,3,5`, `54535`: one mark an item, in order. */
function marksInOrder(text: string, count: number): readonly number[] | null {
  const plain = text.normalize("NFKC").trim();
  if (count < 2 || !/^[1-5](?:[\s,;/、.。]*[1-5])+[.。]?$/.test(plain)) return null;
  const marks = [...plain.matchAll(/[1-5]/g)].map((match) => Number(match[0]));
  return marks.length === count ? marks : null;
}

/** A mark on the scale of five that was asked for. */
function outOfFive(score: ScoreEntity): number {
  const own = /[/／]|out of|of|满分|滿分|制/.test(score.text) ? score.scale : score.value <= 5 ? 5 : score.scale;
  return Math.min(5, Math.max(1, Math.round((score.value / own) * 5)));
}

function clausesOf(text: string): readonly { readonly text: string; readonly at: number }[] {
  const clauses: { text: string; at: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(CLAUSES)) {
    clauses.push({ text: text.slice(from, match.index), at: from });
    from = match.index + match[0].length;
  }
  clauses.push({ text: text.slice(from), at: from });
  return clauses.filter((clause) => clause.text.trim() !== "");
}

type Phrases = Readonly<Record<Language, readonly string[]>>;

function mentions(clause: string, lists: readonly Phrases[]): boolean {
  const plain = clause.toLowerCase();
  return lists.some((list) => Object.values(list).some((phrases) => phrases.some((phrase) => plain.includes(phrase.toLowerCase()))));
}

function blamed(items: Readonly<Record<string, number>>, survey: CareSurvey): readonly string[] {
  return survey.items.filter((item) => (items[item.id] ?? 5) <= 3).map((item) => item.id);
}

const mean = (marks: readonly number[]): number => Math.round(marks.reduce((sum, mark) => sum + mark, 0) / marks.length);

/** What the rules judge by, out of ten: the overall mark, or a single item of two or less (domain: ≤ 6 of 10 or any item ≤ 2 of 5). */
export function tenthsOf(reading: Pick<SurveyReading, "score" | "items">): number | null {
  const worst = Math.min(...Object.values(reading.items), 5);
  const marks = [...(reading.score === null ? [] : [reading.score * 2]), ...(worst <= 2 ? [worst * 2] : [])];
  return marks.length === 0 ? null : Math.min(...marks);
}
