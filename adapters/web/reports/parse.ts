/** Reads what staff send about reports, tasks and campaigns. Pure. */
import type { CampaignAct } from "../../../core/care/campaign.ts";
import type { CampaignDraft } from "../../../core/care/campaigns.ts";
import { FORECAST_WEEKS } from "../../../core/care/forecasts.ts";
import { HOLD_REASONS, type HoldWish } from "../../../core/care/hold.ts";
import { fillableText } from "../../../core/care/wording.ts";
import { audienceSchema } from "../../../core/profile/care-schema.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import { PERIODS, type Period, periodOf } from "../../../core/reports/period.ts";
import { type DayKey, dayOf, type Instant, parseIso } from "../../../core/time.ts";
import { isRecord, own, parseText, refusal } from "../parse.ts";

type Body = Readonly<Record<string, unknown>>;

/** A message of a campaign is read on a phone; product default. */
const TEXT_MOST = 600;

/** @param query `period` day, week, month or quarter, and a `day` within it; the current month when left out */
export function parsePeriod(query: Body, now: Instant, zone: string): Period {
  const kind = own(query, "period") ?? "month";
  const day = own(query, "day") ?? dayOf(now, zone);
  if (!PERIODS.includes(kind as "day"))
    throw refusal("period_invalid", '"period" must be day, week, month or quarter. period 须为 day、week、month 或 quarter。');
  if (typeof day !== "string" || !isDay(day)) throw refusal("day_invalid", '"day" must be a date such as 2026-11-22. day 须为日期。');
  return periodOf(kind as "day", day, zone);
}

/** @param query `weeks` a span that forecasts are made for; four when left out */
export function parseWeeks(query: Body): number {
  const weeks = Number(own(query, "weeks") ?? 4);
  if (!(FORECAST_WEEKS as readonly number[]).includes(weeks))
    throw refusal("weeks_invalid", `"weeks" must be ${FORECAST_WEEKS.join(", ")}. weeks 须为 ${FORECAST_WEEKS.join("、")}。`);
  return weeks;
}

/** Member of staff who acts. */
export function parseBy(body: Body, model: BusinessModel): string {
  const by = own(body, "by");
  if (typeof by !== "string" || !model.staff(by))
    throw refusal("staff_unknown", '"by" must be the id of a member of staff. by 须为员工编号。');
  return by;
}

export function parseResult(body: Body): { readonly reached: boolean; readonly score: number | null; readonly text: string } {
  const reached = own(body, "reached");
  if (typeof reached !== "boolean") throw refusal("reached_type", '"reached" must be true or false. reached 须为 true 或 false。');
  const score = own(body, "score") ?? null;
  if (score !== null && !(typeof score === "number" && Number.isInteger(score) && score >= 1 && score <= 5))
    throw refusal("score_invalid", '"score" must be 1 to 5. score 须为 1 到 5。');
  const text = own(body, "text");
  return { reached, score, text: text === undefined || text === null || text === "" ? "" : parseText(text, "text", 1_000) };
}

/** The act's own id, so that one sent twice is one. */
export function parseActId(body: Body): string {
  const id = own(body, "id");
  if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id))
    throw refusal("id_invalid", '"id" must be 1 to 64 letters, digits, _ or -. id 须为 1 到 64 个字母、数字、_ 或 -。');
  return id;
}

/** What staff want of a customer's hold; `null` = take it away. @param today earliest last day */
export function parseHold(body: Body, today: DayKey): HoldWish | null {
  const reason = own(body, "reason");
  if (reason === null) return null;
  if (!(HOLD_REASONS as readonly unknown[]).includes(reason))
    throw refusal(
      "reason_invalid",
      `"reason" must be ${HOLD_REASONS.join(", ")} or null. reason 须为 ${HOLD_REASONS.join("、")} 或 null。`,
    );
  const until = own(body, "until") ?? "";
  if (typeof until !== "string" || (until !== "" && (!isDay(until) || until < today)))
    throw refusal("until_invalid", '"until" must be a date from today on. until 须为今天或以后的日期。');
  const text = own(body, "text") ?? "";
  return {
    reason: reason as HoldWish["reason"],
    until: until === "" ? null : until,
    text: text === "" ? "" : parseText(text, "text", 300),
  };
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

export function parseDraft(body: Body, model: BusinessModel): CampaignDraft {
  const texts = own(body, "text");
  if (!isRecord(texts)) throw refusal("text_type", '"text" must hold one text a language. text 须含各语言内容。');
  const inLanguage = (language: string): string => {
    const given = parseText(own(texts, language), `text ${language}`, TEXT_MOST);
    const unknown = fillableText(given);
    if (unknown !== null) throw refusal("variable_unknown", `There is no variable {${unknown}}. 没有 {${unknown}} 这个变量。`);
    return given;
  };
  const audience = audienceSchema.safeParse(own(body, "audience") ?? {});
  if (!audience.success) throw refusal("audience_invalid", '"audience" can\'t be read. audience 写法有误。');
  const unknown = audience.data.products?.find((id) => !model.product(id));
  if (unknown !== undefined) throw refusal("product_unknown", `There is no product ${unknown.slice(0, 40)}. 没有此产品。`);
  const book = own(body, "book") ?? null;
  if (book !== null && (typeof book !== "string" || !model.service(book)))
    throw refusal("service_unknown", '"book" must be the id of a service. book 须为服务项目代号。');
  const startAt = instant(body, "startAt", model.zone);
  const endAt = instant(body, "endAt", model.zone);
  if (startAt !== null && endAt !== null && endAt <= startAt)
    throw refusal("end_early", '"endAt" must be later than "startAt". 结束须晚于开始。');
  return {
    name: parseText(own(body, "name"), "name", 80),
    text: { "zh-CN": inLanguage("zh-CN"), "zh-TW": inLanguage("zh-TW"), en: inLanguage("en") },
    book: book as string | null,
    audience: audience.data,
    startAt,
    endAt,
  };
}

function instant(body: Body, field: string, zone: string): Instant | null {
  const value = own(body, field);
  if (value === undefined || value === null || value === "") return null;
  const at = typeof value === "string" ? parseIso(value, zone) : null;
  if (at === null) throw refusal(`${field}_invalid`, `"${field}" must be a time such as 2026-11-23T10:00. ${field} 须为时间。`);
  return at;
}

const ACTS: readonly CampaignAct["do"][] = ["submit", "approve", "start", "pause", "resume", "reject", "cancel"];

export function parseAct(body: Body): CampaignAct {
  const act = own(body, "do");
  if (!ACTS.includes(act as "submit")) throw refusal("act_unknown", `"do" must be one of ${ACTS.join(", ")}. do 须为其中之一。`);
  if (act === "reject" || act === "cancel") return { do: act, why: parseText(own(body, "why"), "why", 500) };
  return { do: act as "submit" };
}
