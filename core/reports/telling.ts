/**
 * A report in a few words for the team chat: what there was, and nothing about what there was not. What went badly is never left out.
 * Pure.
 */
import type { WordingKey } from "../wording/keys.ts";
import type { TemplateValues } from "../wording/template.ts";
import { percentOf, type ReportFigures, type Share } from "./figures.ts";
import type { PeriodKind } from "./period.ts";

export interface ReportTelling {
  readonly text: string;
  /** Nothing happened: the same line need not be told morning after morning. */
  readonly quiet: boolean;
}

/** @param words wording by key, in the language of the shop */
export function reportTelling(
  figures: ReportFigures,
  kind: Exclude<PeriodKind, "quarter">,
  words: (key: WordingKey, values?: TemplateValues) => string,
): ReportTelling {
  const { surveys, reached, conversion, openTasks, customers } = figures;
  const unreachable = reached.of - reached.good;
  const parts: string[] = [];
  if (reached.of > 0) parts.push(words("care.report_sent", { sent: figures.sent, reached: percent(reached) }));
  if (unreachable > 0) parts.push(words("care.report_unreachable", { count: unreachable }));
  if (surveys.answered > 0) {
    const satisfied = percentOf(surveys.satisfied);
    parts.push(
      words("care.report_surveys", {
        answered: surveys.answered,
        score: surveys.mean ?? "",
        satisfied: satisfied === null ? "" : `${satisfied} %`,
        goal: `${surveys.goalPercent} %`,
        below: satisfied !== null && satisfied < surveys.goalPercent ? "1" : "",
        low: surveys.low || "",
      }),
    );
  } else if (surveys.asked > 0) parts.push(words("care.report_unanswered", { asked: surveys.asked }));
  // A reminder has days to bear fruit: none on its own day tells nothing, none in a week does.
  if (conversion.good > 0 || (kind !== "day" && conversion.of > 0))
    parts.push(words("care.report_booked", { booked: conversion.good, rate: percent(conversion) }));
  const quiet = parts.length === 0;
  if (openTasks > 0) parts.push(words("care.report_tasks", { count: openTasks }));
  // How many stayed away grows by the week, not overnight.
  if (kind !== "day" && customers.lost > 0) parts.push(words("care.report_lost", { count: customers.lost }));
  if (quiet) parts.unshift(words("care.report_nothing"));
  const period = words(`care.period_${kind}`);
  return { quiet, text: words("staff.care_report", { period, parts: parts.join(words("care.report_between")) }) };
}

function percent(share: Share): string {
  const value = percentOf(share);
  return value === null ? "–" : `${value} %`;
}
