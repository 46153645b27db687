/** Counts what customers answered: marks, items by department, and whether what was blamed has been mended. Pure. */
import type { SurveyAnswer, Touch } from "../care/touch.ts";
import type { Case } from "../cases/state.ts";
import type { Profile } from "../profile/schema.ts";
import { DAY_MS, type Instant } from "../time.ts";
import { nothingCounted, type ReportFigures } from "./figures.ts";

const SATISFIED = 4;
const LOW = 3;

interface ItemCount {
  count: number;
  sum: number;
  blamed: number;
  mended: number;
}

export interface SurveyCounter {
  /** A questionnaire went out. */
  asked(): void;
  answer(touch: Touch, answer: SurveyAnswer): void;
  case(one: Case): void;
  result(): ReportFigures["surveys"];
}

export function createSurveyCounter({ care, careSurveys, carePlans }: Pick<Profile, "care" | "careSurveys" | "carePlans">): SurveyCounter {
  const items = new Map<string, ItemCount>();
  const marks = [0, 0, 0, 0, 0];
  const blames: { readonly customerId: string; readonly at: Instant; readonly topics: readonly string[]; readonly survey: string }[] = [];
  const cases = new Map<string, Case[]>();
  const satisfied = nothingCounted();
  let asked = 0;
  let answered = 0;
  let sum = 0;
  let low = 0;

  function itemOf(survey: string, item: string): ItemCount {
    const key = `${survey}/${item}`;
    const known = items.get(key) ?? { count: 0, sum: 0, blamed: 0, mended: 0 };
    items.set(key, known);
    return known;
  }

  /** What was blamed counts as mended once the case it led to is settled. */
  function countBlames(): void {
    for (const { customerId, at, topics, survey } of blames.splice(0)) {
      const own = (cases.get(customerId) ?? []).find((one) => Math.abs(one.createdAt - at) < DAY_MS);
      for (const topic of topics) {
        const row = itemOf(survey, topic);
        row.blamed++;
        if (own?.status === "resolved" || own?.status === "closed") row.mended++;
      }
    }
  }

  return {
    asked: () => void asked++,
    answer(touch, answer) {
      answered++;
      if (answer.score !== null) {
        sum += answer.score;
        marks[answer.score - 1]!++;
        satisfied.of++;
        if (answer.score >= SATISFIED) satisfied.good++;
        if (answer.score <= LOW) low++;
      }
      const survey = carePlans.find((one) => one.id === touch.plan)?.survey ?? careSurveys[0]?.id ?? "";
      for (const [item, mark] of Object.entries(answer.items)) {
        const row = itemOf(survey, item);
        row.count++;
        row.sum += mark;
      }
      if (answer.topics.length > 0) blames.push({ customerId: touch.customerId, at: answer.at, topics: answer.topics, survey });
    },
    case(one) {
      if (one.category !== "survey" || one.customerId === null) return;
      cases.set(one.customerId, [...(cases.get(one.customerId) ?? []), one]);
    },
    result() {
      countBlames();
      return {
        asked,
        answered,
        mean: satisfied.of === 0 ? null : hundredths(sum / satisfied.of),
        satisfied,
        goalPercent: care.goalPercent,
        low,
        marks,
        items: careSurveys.flatMap((survey) =>
          survey.items.flatMap((item) => {
            const row = items.get(`${survey.id}/${item.id}`);
            if (!row) return [];
            const { count, blamed, mended } = row;
            return [{ survey: survey.id, item: item.id, count, mean: count === 0 ? null : hundredths(row.sum / count), blamed, mended }];
          }),
        ),
      };
    },
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
