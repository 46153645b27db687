/** Calls of the reports and campaigns pages under /reports/api/, for staff alone. */
import type { FastifyRequest } from "fastify";
import type { Campaign, CampaignRefusal } from "../../../core/care/campaign.ts";
import type { Campaigns } from "../../../core/care/campaigns.ts";
import type { Forecasts } from "../../../core/care/forecasts.ts";
import type { Holds } from "../../../core/care/holds.ts";
import { finishTask } from "../../../core/care/tasks.ts";
import { VALUE_WORDS } from "../../../core/conversation/explain-words.ts";
import { AnxinError } from "../../../core/errors.ts";
import type { Language } from "../../../core/language.ts";
import type { Clock, Store } from "../../../core/ports.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import { loadReport } from "../../../core/reports/load.ts";
import { nameOfPlan, reportTables } from "../../../core/reports/tables.ts";
import { dayOf, isoInZone } from "../../../core/time.ts";
import { type HttpHost, HttpProblem } from "../../http/index.ts";
import { parseLanguage } from "../desk/parse.ts";
import { isRecord, own } from "../parse.ts";
import { reportCsv, reportXlsx } from "./files.ts";
import { mountForecast } from "./forecast.ts";
import { parseAct, parseActId, parseBy, parseDraft, parseHold, parsePeriod, parseResult } from "./parse.ts";

const TASKS_MOST = 200;
const CAMPAIGNS_MOST = 100;

export interface CareDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly model: BusinessModel;
  readonly campaigns: Campaigns;
  readonly holds: Holds;
  readonly forecasts: Forecasts;
}

const REFUSALS: Readonly<Record<CampaignRefusal, string>> = {
  wrong_state: "The campaign is not in a state for that. 活动当前状态不能这样操作。",
  needs_manager: "Only a manager may do that. 须由经理操作。",
  own_campaign: "Somebody else must approve what you wrote. 不能批准自己写的活动。",
  unknown_staff: "You are not on the list of staff. 您不在员工名单中。",
};

/** Hangs the calls on the host. To be called before it listens. */
export function mountReports(host: HttpHost, { store, clock, model, campaigns, holds, forecasts }: CareDependencies): void {
  void host.app.register(
    async (scope) => {
      scope.addHook("onRequest", host.guard.api);
      scope.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));

      const queryOf = (request: FastifyRequest): Readonly<Record<string, unknown>> => (isRecord(request.query) ? request.query : {});
      const bodyOf = (request: FastifyRequest): Readonly<Record<string, unknown>> => {
        if (!isRecord(request.body)) throw new HttpProblem(422, "body_type", "The body must be an object. 请求内容必须是对象。");
        return request.body;
      };
      const tablesFor = async (request: FastifyRequest) => {
        const query = queryOf(request);
        const now = clock.now();
        const language = parseLanguage(own(query, "lang"));
        const period = parsePeriod(query, now, model.zone);
        const figures = await loadReport(store, model, period, now);
        return { figures, period, tables: reportTables(figures, model, language, (code) => VALUE_WORDS[code]?.[language] ?? code) };
      };

      scope.get("/report", async (request) => {
        const { figures, tables } = await tablesFor(request);
        return { figures, tables };
      });
      scope.get("/report.csv", async (request, reply) => {
        const { period, tables } = await tablesFor(request);
        return reply
          .header("content-type", "text/csv; charset=utf-8")
          .header("content-disposition", `attachment; filename="report-${period.kind}-${period.first}.csv"`)
          .send(reportCsv(tables));
      });
      scope.get("/report.xlsx", async (request, reply) => {
        const { period, tables } = await tablesFor(request);
        return reply
          .header("content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
          .header("content-disposition", `attachment; filename="report-${period.kind}-${period.first}.xlsx"`)
          .send(await reportXlsx(tables));
      });

      mountForecast(scope, { store, model, forecasts });

      scope.get("/tasks", async (request) => {
        const query = queryOf(request);
        const after = own(query, "after") ?? "";
        if (typeof after !== "string" || after.length > 300)
          throw new HttpProblem(400, "after_invalid", '"after" must be the id of a task. after 须为任务编号。');
        const language = parseLanguage(own(query, "lang"));
        return store.unit(async (unit) => {
          const found = await unit.care.tasks(after, TASKS_MOST + 1);
          const tasks = [];
          for (const touch of found.slice(0, TASKS_MOST)) {
            const customer = await unit.customers.get(touch.customerId);
            tasks.push({
              id: touch.id,
              plan: nameOfPlan(model, touch.plan, language),
              kind: touch.kind,
              way: touch.task?.way ?? "call",
              // It stands in the platform's own client: one tap there sends it.
              prepared: touch.task?.sending?.id != null,
              to: touch.task?.to ?? "",
              text: touch.task?.text ?? "",
              on: touch.on,
              order: touch.order,
              customer: { id: touch.customerId, name: customer?.name ?? "", phones: customer?.phones ?? [] },
              why: reasonWords(touch.log.at(-1)?.why ?? null, language),
              at: isoInZone(touch.at, model.zone),
            });
          }
          return { tasks, next: found.length > TASKS_MOST ? found[TASKS_MOST - 1]!.id : null };
        });
      });
      scope.post("/tasks/result", async (request) => {
        const body = bodyOf(request);
        const by = parseBy(body, model);
        const id = own(body, "id");
        const finished = typeof id === "string" ? await finishTask(store, id, { by, ...parseResult(body) }, clock.now()) : null;
        if (!finished) throw new HttpProblem(404, "task_unknown", "There is no such task any more. 没有此任务,可能已完成。");
        return { id: finished.id, status: finished.status };
      });

      scope.post<{ Params: { id: string } }>("/customers/:id/hold", async (request) => {
        const body = bodyOf(request);
        const act = { by: parseBy(body, model), via: "desk", cause: `hold:${parseActId(body)}` };
        const wish = parseHold(body, dayOf(clock.now(), model.zone));
        const file = wish === null ? await holds.lift(request.params.id, act) : await holds.place(request.params.id, wish, act);
        if (!file) throw new HttpProblem(404, "customer_unknown", "There is no such customer. 没有此客户。");
        return { hold: file.hold ?? null };
      });

      scope.get("/campaigns", async () => ({
        campaigns: (await campaigns.list(CAMPAIGNS_MOST)).map((one) => viewCampaign(one, model)),
      }));
      scope.post("/campaigns", async (request, reply) => {
        const body = bodyOf(request);
        const campaign = await campaigns.write(parseDraft(body, model), parseBy(body, model));
        return reply.code(201).send({ campaign: viewCampaign(campaign, model) });
      });
      scope.post("/campaigns/preview", async (request) => campaigns.preview(parseDraft(bodyOf(request), model)));
      scope.get<{ Params: { id: string } }>("/campaigns/:id", async (request) => {
        const language = parseLanguage(own(queryOf(request), "lang"));
        const { campaign, counts } = await known(() => campaigns.report(request.params.id));
        return {
          campaign: viewCampaign(campaign, model),
          counts: counts.map((one) => ({ status: one.status, why: reasonWords(one.why, language), count: one.count })),
        };
      });
      scope.post<{ Params: { id: string } }>("/campaigns/:id/draft", async (request) => {
        const body = bodyOf(request);
        const campaign = await known(() => campaigns.change(request.params.id, parseDraft(body, model), parseBy(body, model)));
        return { campaign: viewCampaign(campaign, model) };
      });
      scope.post<{ Params: { id: string } }>("/campaigns/:id/act", async (request) => {
        const body = bodyOf(request);
        const result = await known(() => campaigns.act(request.params.id, parseAct(body), parseBy(body, model)));
        if (!result.ok) throw new HttpProblem(409, result.why, REFUSALS[result.why]);
        return { campaign: viewCampaign(result.campaign, model) };
      });
      scope.post<{ Params: { id: string } }>("/campaigns/:id/test", async (request) => {
        const body = bodyOf(request);
        parseBy(body, model);
        const customer = own(body, "customer");
        if (typeof customer !== "string") throw new HttpProblem(422, "customer_type", '"customer" is needed. 需要 customer。');
        return { way: await known(() => campaigns.test(request.params.id, customer)) };
      });
    },
    { prefix: "/reports/api" },
  );
}

/** A refusal of the core as an answer of HTTP. */
async function known<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AnxinError && error.code === "not_found")
      throw new HttpProblem(404, "not_found", "There is no such thing. 没有此项。");
    if (error instanceof AnxinError && error.code === "wrong_state") throw new HttpProblem(409, "wrong_state", REFUSALS.wrong_state);
    throw error;
  }
}

function reasonWords(code: string | null, language: Language): string {
  return code === null ? "" : (VALUE_WORDS[code]?.[language] ?? code);
}

function viewCampaign(campaign: Campaign, model: BusinessModel) {
  const time = (at: number | null) => (at === null ? null : isoInZone(at, model.zone));
  return {
    ...campaign,
    startAt: time(campaign.startAt),
    endAt: time(campaign.endAt),
    createdAt: time(campaign.createdAt),
    updatedAt: time(campaign.updatedAt),
    history: campaign.history.map((step) => ({ ...step, at: time(step.at) })),
  };
}
