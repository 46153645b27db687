/** Joins drafts that stand apart in a message but make one time. */
import { isLong, OR } from "./combine.ts";
import { textBefore } from "./rule.ts";
import type { ClockSpec, DaySpec, Draft } from "./spec.ts";

/** Somebody goes out then. */
const LEAVING =
  /出门|出发|要走|上班|赶飞机|赶火车|接孩子|\b(?:i|we|i'm|we're|have to|must|need to|got to) (?:leave|leaving|go|going|head|off)\b|\b(?:have|got|in|at) (?:an? |my |the )?(?:[a-z]+ )?(?:dentist|doctors?|meeting|exam|interview|class|lesson|funeral|wedding|flight|train|gp)\b|开会|考试|面试|看病|上课/;
const BACK = /\b(?:home|back|done|finish(?:ed|es)?|ends?|off)\b|下班|放学|到家|回来/;
const clauseAround = (text: string, { at, end }: Draft): string =>
  `${/[^,，。.!?？]*$/.exec(textBefore(text, at, 24))?.[0] ?? ""}${text.slice(at, end)}${/^[^,，。.!?？]*/.exec(text.slice(end, end + 12))?.[0] ?? ""}`;

const isDayOnly = ({ day, part, clock, to, bound }: Draft): boolean =>
  day !== null && part === null && clock === null && to === null && bound === null;

/**
 * Joins pieces that stand apart but make one time: 明天我在家,下午两点来; "3pm would be good on Friday".
 *
 * @param apart says whether the words between, or what became of the first draft, keep the two apart
 */
export function gather(drafts: readonly Draft[], text: string, apart: (one: Draft, other: Draft) => boolean): Draft[] {
  const found: Draft[] = [];
  for (const draft of drafts) {
    const last = found.at(-1);
    const gap = last ? text.slice(last.end, draft.at) : "";
    const simple = (one: Draft): boolean => one.shift === null && !one.recurring && !one.past;
    // 周四,周四下午一点: the day said twice, the second time with the hour.
    const again = last && simple(last) && simple(draft) && isDayOnly(last) && gap.length <= 6 && !apart(last, draft);
    if (again && JSON.stringify(draft.day) === JSON.stringify(last.day)) {
      found[found.length - 1] = draft;
      continue;
    }
    if (last && gap.length >= 0 && simple(last) && simple(draft) && !OR.test(gap) && !apart(last, draft)) {
      const wide = /[\u3400-\u9fff]/.test(gap) ? 40 : 80;
      const dayOnly = isDayOnly(last);
      const dayPart = last.day !== null && last.part !== null && last.clock === null && last.to === null;
      if (gap.length <= wide && dayOnly && !isLong(last.day as DaySpec) && draft.day === null) {
        found[found.length - 1] = { ...draft, at: last.at, day: last.day, dayAt: last.dayAt };
        continue;
      }
      if (gap.length <= wide / 2 && dayPart && draft.day === null && draft.clock !== null && draft.part === null) {
        found[found.length - 1] = { ...draft, at: last.at, day: last.day, dayAt: last.dayAt, part: last.part };
        continue;
      }
      // 早上可以吗?九点
      if (gap.length <= 12 && last.day === null && last.part !== null && last.clock === null && last.to === null && last.bound === null) {
        if (draft.day === null && draft.clock !== null && draft.part === null && draft.clock.half === null && draft.bound === null) {
          found[found.length - 1] = { ...draft, at: last.at, part: last.part };
          continue;
        }
      }
      // 明早我八点出门,七点半能到吗: the same day.
      const around = clauseAround(text, last);
      // Home by four, so half past.
      const leads = LEAVING.test(around) || (BACK.test(around) && /\b(?:so|then)\b|所以|那/.test(gap));
      const leaves = last.day !== null && last.clock !== null && last.to === null && leads;
      if (leaves && gap.length <= wide && draft.day === null && draft.clock !== null) {
        // Out at eight: half past seven is in the morning too.
        const [out, wanted] = [last.clock as ClockSpec, draft.clock];
        const early = out.half !== "pm" && out.hour <= 12 && wanted.half === null && wanted.hour <= out.hour && wanted.hour >= 6;
        const clock = early ? { ...wanted, half: "am" as const } : wanted;
        found[found.length - 1] = { ...draft, clock, day: last.day, dayAt: last.dayAt, part: draft.part ?? last.part };
        continue;
      }
      // 两点吧,明天下午
      if (gap.length <= 12 && last.day === null && last.clock !== null && last.part === null && last.to === null && draft.day !== null) {
        if (draft.part !== null && draft.clock === null && draft.to === null && !isLong(draft.day)) {
          found[found.length - 1] = { ...last, day: draft.day, dayAt: draft.dayAt, part: draft.part, end: draft.end };
          continue;
        }
      }
      const timeOnly =
        last.day === null && draft.day !== null && draft.part === null && draft.clock === null && draft.to === null && draft.bound === null;
      if (gap.length <= wide / 4 && timeOnly && !isLong(draft.day as DaySpec) && !/[。!！?？;；]/.test(gap)) {
        found[found.length - 1] = { ...last, day: draft.day, dayAt: draft.dayAt, end: draft.end };
        continue;
      }
    }
    found.push(draft);
  }
  return found;
}
