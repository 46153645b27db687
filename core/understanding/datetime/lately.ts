/** Dates that come round every year and have only just gone by: what is told of 1 November on the 18th is not next year's. */
import { addDays } from "../../time.ts";
import { addMonths, type Ground } from "./ground.ts";
import { place } from "./place.ts";
import type { DaySpec, Draft } from "./spec.ts";
import { ASKED, clauseOf } from "./told.ts";

/** A day of the year further behind than this is the one to come, days; one of the calendar month, and a whole month, in months. */
const YEARLY_DAYS = 60;
const WEEKDAY_DATE_DAYS = 45;
const MONTHS_BEHIND = 4;
/** Nearer than this the day ahead may well be meant, days. */
const LEAST_AHEAD_DAYS = 60;
/** How near the other reading of 10/12 must be to be preferred, days. */
const OTHER_READING_DAYS = 120;

/** Wording that looks ahead, so that a month or festival gone by is the next one. */
const AHEAD =
  /\b(?:will|'ll|would|could|can|shall|should|going to|gonna|please|pls|book|plan|until|till|before|after|by|from|due|expir\w*|ends?|runs? out|next|coming|wait|need|want|like|remind|may|might|hope|hold|is|are)\b|想|要|准备|打算|等|再|到时|之前|之后|以前|以后|前|后|到期|过期|提醒|[会能]/;

/** Wording that can only speak of what is to come: a date gone by is next year's. */
const TO_COME =
  /\b(?:will|'ll|shall|should|going to|gonna|plan(?:ning)?|let'?s|book|free|available|please|pls|next|vacation|holidays?|do you have|are there|is there|any)\b|[将想]|会(?=在|[到来去送]|[\d一二三四五六七八九十]{1,3}[月号])|准备|打算|安排|预约|上门|要去|到时|飞机|机票/;

/** 7月4号去北京: going without 了, 过 or 的 is to come. */
const GOING = /(?<![过回出])去(?!年)/;
const DONE = /[了过咗的嘅没冇未]|[原本后往以]来|上次|刚/;

/** The other way round of a date in figures: 10/12 as 10 December. */
function otherReading(day: DaySpec): DaySpec | null {
  if (day.is !== "date" || day.ambiguous !== true || day.month === null || day.date > 12) return null;
  return { ...day, month: day.date, date: day.month };
}

const isToCome = (clause: string): boolean => TO_COME.test(clause) || (GOING.test(clause) && !DONE.test(clause));

/** Was the day, sought back, so lately that it is the one spoken of? */
function isBehind(day: DaySpec, ground: Ground, reach: number): boolean {
  const back = place(day, { ...ground, back: true });
  const ahead = place(day, ground);
  if (back === null || back.first >= ground.today || back.first < addDays(ground.today, -reach)) return false;
  return ahead === null || ahead.first > addDays(ground.today, LEAST_AHEAD_DAYS);
}

/** Marks drafts of days that have lately gone by as past, and turns 10/12 round where only that lies near ahead. */
export function markLately(draft: Draft, text: string, ground: Ground): void {
  const { day } = draft;
  if (day === null || draft.past || draft.bound !== null) return;
  if (day.is === "date") {
    if (day.year !== null || day.yearOffset !== undefined || day.monthOffset !== undefined) return;
    if (day.month === null && day.weekday === undefined) return;
    // From 1 October to 7 November, on the 24th: not over yet.
    const end = draft.to?.day ? place(draft.to.day, ground) : null;
    if (end !== null && end.first <= addDays(ground.today, YEARLY_DAYS)) return;
    if (!isBehind(day, ground, day.month === null ? WEEKDAY_DATE_DAYS : YEARLY_DAYS) || isToCome(clauseOf(draft, text))) return;
    const other = otherReading(day);
    const placed = other && place(other, ground);
    if (other && placed && placed.first <= addDays(ground.today, OTHER_READING_DAYS)) draft.day = other;
    else draft.past = true;
    return;
  }
  const clause = clauseOf(draft, text);
  // A festival by itself is an answer.
  if (clause.trim() === "" || ASKED.test(clause) || AHEAD.test(clause)) return;
  if (day.is === "festival") draft.past = day.year === null && day.yearOffset === null && isBehind(day, ground, YEARLY_DAYS);
  if (day.is === "month" && day.month !== null && day.year === null && day.yearOffset === undefined) {
    const back = place(day, { ...ground, back: true });
    draft.past = back !== null && back.next <= ground.today && back.first > addMonths(ground.today, -MONTHS_BEHIND - 1);
  }
}
