/** Calls of the forecast under /reports/api/forecast: counts as tables and as files, and the names behind one row. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ForecastCell, Forecasts } from "../../../core/care/forecasts.ts";
import { VALUE_WORDS } from "../../../core/conversation/explain-words.ts";
import type { Language } from "../../../core/language.ts";
import type { Store } from "../../../core/ports.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import { cellsOfKey, cellsWithin, channelWords, forecastTables, wayWords } from "../../../core/reports/forecast-tables.ts";
import { nameOfPlan } from "../../../core/reports/tables.ts";
import { isoInZone } from "../../../core/time.ts";
import { HttpProblem } from "../../http/index.ts";
import { parseLanguage } from "../desk/parse.ts";
import { isRecord, own } from "../parse.ts";
import { reportCsv, reportXlsx } from "./files.ts";
import { parseWeeks } from "./parse.ts";

/** Names shown of one row. */
const NAMED_MOST = 200;

export interface ForecastDependencies {
  readonly store: Store;
  readonly model: BusinessModel;
  readonly forecasts: Forecasts;
}

/** @param scope lets staff alone through */
export function mountForecast(scope: FastifyInstance, { store, model, forecasts }: ForecastDependencies): void {
  const reason = (language: Language) => (code: string) => VALUE_WORDS[code]?.[language] ?? code;
  async function read(request: FastifyRequest) {
    const query = isRecord(request.query) ? request.query : {};
    const language = parseLanguage(own(query, "lang"));
    const weeks = parseWeeks(query);
    const forecast = await forecasts.read();
    return { query, language, weeks, forecast, tables: forecastTables(forecast, weeks, model, language, reason(language)) };
  }
  const attached = (reply: FastifyReply, type: string, name: string): FastifyReply =>
    reply.header("content-type", type).header("content-disposition", `attachment; filename="${name}"`);

  scope.get("/forecast", async (request) => {
    const { weeks, forecast, tables } = await read(request);
    const { first, customers, looked } = forecast;
    return {
      at: isoInZone(forecast.at, model.zone),
      first,
      weeks,
      customers,
      looked,
      due: cellsWithin(forecast, weeks).length > 0,
      tables,
    };
  });
  scope.get("/forecast.csv", async (request, reply) => {
    const { weeks, forecast, tables } = await read(request);
    return attached(reply, "text/csv; charset=utf-8", `forecast-${forecast.first}-${weeks}.csv`).send(reportCsv(tables));
  });
  scope.get("/forecast.xlsx", async (request, reply) => {
    const { weeks, forecast, tables } = await read(request);
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return attached(reply, type, `forecast-${forecast.first}-${weeks}.xlsx`).send(await reportXlsx(tables));
  });
  scope.get("/forecast/people", async (request) => {
    const { query, language, weeks, forecast } = await read(request);
    const key = own(query, "of");
    if (typeof key !== "string" || key.length > 200)
      throw new HttpProblem(400, "of_invalid", '"of" must be the key of a row. of 须为表格行的代号。');
    const cells = cellsOfKey(forecast, weeks, key);
    const lines = cells.flatMap((cell) => cell.who.map((id) => ({ id, cell })));
    const people = await store.unit(async (unit) => {
      const found = [];
      for (const { id, cell } of lines.slice(0, NAMED_MOST)) {
        const file = await unit.customers.get(id);
        const name = file?.name ?? file?.platformName ?? "";
        found.push({ id, name, phones: file?.phones ?? [], ...inWords(cell, language) });
      }
      return found;
    });
    return { people, more: cells.reduce((sum, cell) => sum + cell.count, 0) > people.length };
  });

  function inWords({ day, plan, way, channel, why }: ForecastCell, language: Language) {
    return {
      day,
      plan: nameOfPlan(model, plan, language),
      way: wayWords(way, language),
      channel: channel === null ? "" : channelWords(channel, language),
      why: why === null ? "" : reason(language)(why),
    };
  }
}
