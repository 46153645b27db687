/** The forecast of care from a team chat: `/forecast`, `/forecast 8`, `关怀预告`, `未来四周`. Answered to the one who asks, in counts alone. */
import { FORECAST_WEEKS, type Forecasts } from "../care/forecasts.ts";
import { VALUE_WORDS } from "../conversation/explain-words.ts";
import { memberOn } from "../desk/people.ts";
import type { Language } from "../language.ts";
import type { StaffIntake } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import { forecastText } from "./forecast-tables.ts";

/** Asked for without a number. */
const USUAL_WEEKS = 4;
const DIGITS: Readonly<Record<string, number>> = { 一: 1, 两: 2, 兩: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8 };
/** English words command only behind a slash, as everywhere in a team chat; the Chinese ones are words nobody says in passing. */
const COMMAND = /^(?:[/!／]forecast(?:@\w+)?|[/!／]?(?:关怀预告|關懷預告|关怀预报|關懷預報|发送预告|傳送預告))(?:[\s:：]+(.*))?$/is;
const WEEKS = /(\d{1,2}|[一两兩二三四五六七八])\s*(?:个|個)?(?:w|weeks?|周|週|星期)?/i;

/** How many weeks a text asks for, or `null` when it is about something else; rounded up to a span that is offered. */
export function parseForecastCommand(text: string): number | null {
  const found = COMMAND.exec(text.trim());
  if (!found) return null;
  const said = WEEKS.exec(found[1] ?? "")?.[1];
  const wanted = said === undefined ? USUAL_WEEKS : (DIGITS[said] ?? Number(said));
  return FORECAST_WEEKS.find((weeks) => weeks >= wanted) ?? FORECAST_WEEKS.at(-1)!;
}

/** Somebody who waits in a chat waits no longer than this is told to ask again. */
const LATER: Readonly<Record<Language, string>> = {
  "zh-CN": "正在推算，请过一会儿再发一次。",
  "zh-TW": "正在推算，請稍後再傳一次。",
  en: "It is being reckoned; ask again in a moment.",
};

export async function answerForecast(forecasts: Forecasts, weeks: number, model: BusinessModel, language: Language): Promise<string> {
  return forecastText(await forecasts.read(), weeks, model, language, (code) => VALUE_WORDS[code]?.[language] ?? code);
}

/** @param patience resolves when a platform has waited long enough for its answer */
export function withForecasts(intake: StaffIntake, forecasts: Forecasts, model: BusinessModel, patience: () => Promise<void>): StaffIntake {
  return {
    async accept(act) {
      const weeks = act.act.kind === "text" ? parseForecastCommand(act.act.text) : null;
      if (weeks === null || memberOn(model.profile, act.channel, act.actor) === null) return intake.accept(act);
      const language = model.profile.business.languages[0]!;
      const say = await Promise.race([answerForecast(forecasts, weeks, model, language), patience().then(() => LATER[language])]);
      return { result: "refused", say };
    },
  };
}
