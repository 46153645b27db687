/** The desk's calls under /desk/api/. All of them are for staff: the host's guard stands before each. */
import type { FastifyRequest } from "fastify";
import type { Booking } from "../../../core/booking/state.ts";
import type { Case } from "../../../core/cases/state.ts";
import { productFiles } from "../../../core/customers/history.ts";
import { searchCustomers } from "../../../core/customers/search.ts";
import { suggestionsFor } from "../../../core/desk/card.ts";
import { PRESENCE_HINT, PRESENCE_KEY, parsePresence, setWriting } from "../../../core/desk/presence.ts";
import { parseTaps, TAPS_KEY } from "../../../core/desk/taps.ts";
import type { WorkOrder } from "../../../core/orders/state.ts";
import type { Unit } from "../../../core/ports.ts";
import type { TimePromise } from "../../../core/promises/state.ts";
import { conversationOfCommand } from "../../../core/spine/addressee.ts";
import { DESK_PAGE } from "../../../core/spine/desk-questions.ts";
import type { Change } from "../../../core/spine/outcome.ts";
import { conversationOfCase } from "../../../core/spine/whereabouts.ts";
import { isoInZone, SECOND_MS } from "../../../core/time.ts";
import { type HttpHost, HttpProblem } from "../../http/index.ts";
import { isRecord, own, parseCount } from "../parse.ts";
import { followChanges } from "../stream.ts";
import { WEB_LIMITS, type WebDependencies } from "../types.ts";
import { createFigureCounter, type Figures } from "./figures.ts";
import { loadDesk } from "./load.ts";
import { parseDeskOrder, parseDeskQuestion, parseLanguage, parsePresenceNews } from "./parse.ts";
import { byPriority, viewBooking, viewCase, viewHeld, viewMessage, viewNotice, viewOrder, viewPromise, viewTrace } from "./views.ts";

/** Cases that are sorted and shown at once; beyond it the list says that there are more. */
const CASES_MOST = 500;
const TRANSCRIPT_MOST = 300;
const TRACES_MOST = 50;
const LIST_MOST = 200;
/** A desk that shows every change as it comes flickers, ms. */
const CHANGES_PACE_MS = 250;
/** A post that a team chat has not taken for this long is shown as trouble, ms. */
const TEAM_LATE_MS = 30_000;
/** Figures are counted anew at most this often, ms: counting reads every record. */
const FIGURES_MS = 10_000;
const FIGURES_PAGE = 500;

export function mountDesk(host: HttpHost, dependencies: WebDependencies): void {
  void host.app.register(
    async (scope) => {
      scope.addHook("onRequest", host.guard.api);
      scope.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));

      const { store, intake, clock, feed, about, names, model, questions } = dependencies;
      const limits = { ...WEB_LIMITS, ...dependencies.limits };
      const staff = new Set(about.staff.map(({ id }) => id));
      const { zone } = about;
      const recallMs = model.profile.desk.recallSeconds * SECOND_MS;
      const writing = async () => parsePresence(await store.unit((unit) => unit.meta.get(PRESENCE_KEY)), clock.now());
      const countFigures = createFigures(dependencies);

      scope.get("/about", async () => ({ ...about, now: clock.now() }));

      scope.get("/cases", async () => {
        const now = clock.now();
        return store.unit(async (unit) => {
          const open = await unit.records.openCases(CASES_MOST + 1);
          const shown = [...open].sort(byPriority).slice(0, CASES_MOST);
          const cases = [];
          for (const one of shown) cases.push(viewCase(one, await customerOf(unit, one), zone, now));
          const present = parsePresence(await unit.meta.get(PRESENCE_KEY), now);
          return { cases, more: open.length > CASES_MOST, teams: await teamTroubles(unit, about.channels, now), writing: present };
        });
      });

      scope.get<{ Params: { number: string } }>("/cases/:number", async (request) => {
        const language = parseLanguage(queryOf(request, "lang"));
        const now = clock.now();
        return store.unit(async (unit) => {
          const one = await accessCase(unit, request.params.number);
          const found = await loadDesk(unit, one);
          return {
            case: viewCase(one, found.customer, zone, now),
            customer: found.customer,
            orders: found.orders.map((order) => viewOrder(order, zone)),
            bookings: found.bookings.map((booking) => viewBooking(booking, zone)),
            quotes: found.quotes,
            promises: found.promises.map((promise) => viewPromise(promise, zone)),
            held: found.held.map((held) => viewHeld(held, zone)),
            suggestions: suggestionsFor(model, found.card),
            messages: found.messages.slice(-TRANSCRIPT_MOST).map((message) => viewMessage(message, zone)),
            traces: found.traces.slice(0, TRACES_MOST).map((trace) => viewTrace(trace, language, names)),
          };
        });
      });

      scope.post("/commands", async (request, reply) => {
        const { id, by, command } = parseDeskOrder(request.body, { staff, zone, now: clock.now(), recallMs });
        const conversation = await store.unit(async (unit) => {
          if (command.do !== "move_order" && command.do !== "workshop")
            return conversationOfCase(unit, await accessCase(unit, command.case));
          const found = await conversationOfCommand(unit, command);
          const number = command.do === "workshop" ? command.about : command.order;
          if (found === null)
            throw new HttpProblem(404, "order_unknown", `There is nothing with the number ${number}. 没有编号 ${number}。`);
          return found;
        });
        await intake.accept([
          { id: `desk:${id}`, conversation, receivedAt: clock.now(), event: { kind: "desk", by, command, via: DESK_PAGE } },
        ]);
        return reply.code(202).send({ id });
      });

      scope.post("/questions", async (request) => {
        const { id, by, query, case: current } = parseDeskQuestion(request.body, staff);
        const answer = await questions.ask(`page:${id}`, by, query, current);
        if (answer.result === "refused") throw new HttpProblem(422, "question_refused", answer.say);
        return answer.result === "taken" ? { text: answer.text } : {};
      });

      scope.get("/shift", async () => {
        const { people, handovers } = await questions.shift();
        const iso = (at: number | null): string | null => (at === null ? null : isoInZone(at, zone));
        return {
          people: people.map((one) => ({ ...one, until: iso(one.until) })),
          handovers: handovers.map((one) => ({ ...one, at: iso(one.at), remindAt: iso(one.remindAt) })),
        };
      });

      scope.post("/presence", async (request, reply) => {
        const { by, case: number } = parsePresenceNews(request.body, staff);
        await store.unit(async (unit) => {
          const now = clock.now();
          const present = setWriting(parsePresence(await unit.meta.get(PRESENCE_KEY), now), by, number, now);
          await unit.meta.set(PRESENCE_KEY, JSON.stringify(present));
        });
        feed.changed(PRESENCE_HINT);
        return reply.code(204).send();
      });

      scope.get<{ Params: { id: string } }>("/conversations/:id/trace", async (request) => {
        const language = parseLanguage(queryOf(request, "lang"));
        const traces = await store.unit((unit) => unit.traces.list(request.params.id, TRACES_MOST));
        return { traces: traces.map((trace) => viewTrace(trace, language, names)) };
      });

      scope.get("/notices", async (request) => {
        const after = queryOf(request, "after");
        const from = parseCount(after, "after", 0);
        // A page that has none yet wants the newest, not all there ever were.
        return store.unit(async (unit) => {
          const notices = await (after === undefined ? unit.notices.recent(LIST_MOST) : unit.notices.list(from, LIST_MOST));
          const taps = parseTaps(await unit.meta.get(TAPS_KEY), clock.now());
          const buttons = new Map(taps.map((one) => [one.notice, one.buttons]));
          return { notices: notices.map((notice) => viewNotice({ ...notice, buttons: buttons.get(notice.id) ?? [] }, zone)) };
        });
      });

      scope.get("/orders", async (request) => {
        const { records, next } = await listAll("order", request);
        return { orders: (records as WorkOrder[]).map((order) => viewOrder(order, zone)), next };
      });

      scope.get("/bookings", async (request) => {
        const { records, next } = await listAll("booking", request);
        return { bookings: (records as Booking[]).map((booking) => viewBooking(booking, zone)), next };
      });

      scope.get("/customers", async (request) => {
        const query = queryOf(request, "q");
        if (typeof query !== "string" || query.trim() === "" || query.length > 200)
          throw new HttpProblem(400, "query_invalid", '"q" must be what is known of the customer. q 须为查询内容。');
        const found = await store.unit((unit) => searchCustomers(unit, query, zone, LIST_MOST));
        return { customers: found };
      });

      scope.get<{ Params: { id: string } }>("/customers/:id", async (request) => {
        const now = clock.now();
        return store.unit(async (unit) => {
          const customer = await unit.customers.get(request.params.id);
          if (!customer) throw new HttpProblem(404, "customer_unknown", "There is no such customer. 没有此客户。");
          const orders = await unit.records.ordersOf(customer.id);
          const bookings = await unit.records.bookingsOf(customer.id);
          return { customer, products: productFiles(customer, orders, bookings, now) };
        });
      });

      scope.get("/figures", async () => countFigures());

      scope.get("/stream", async (request, reply) => {
        const stream = host.streams.open(request, reply, "desk", limits.deskStreams);
        followChanges(stream, feed, CHANGES_PACE_MS, writing).catch((error: unknown) => {
          request.log.error({ err: error }, "a desk's stream was cut by a failure");
          stream.end();
        });
        return reply;
      });

      /** A page of records by number; `next` is what to give as `after` for the one that follows. */
      async function listAll(kind: Change["kind"], request: FastifyRequest) {
        const after = queryOf(request, "after") ?? "";
        if (typeof after !== "string" || after.length > 128)
          throw new HttpProblem(400, "after_invalid", '"after" must be a number of the list. after 须为列表中的编号。');
        const limit = Math.max(1, parseCount(queryOf(request, "limit"), "limit", LIST_MOST, LIST_MOST));
        const records = await store.unit((unit) => unit.records.all(kind, after, limit + 1));
        const shown = records.slice(0, limit);
        return { records: shown, next: records.length > limit ? shown.at(-1)!.number : null };
      }
    },
    { prefix: "/desk/api" },
  );
}

/** Team chats that posts don't reach: the desk page is the desk then. */
async function teamTroubles(unit: Unit, channels: readonly string[], now: number) {
  const troubles = [];
  for (const channel of channels) {
    const { waiting, oldestAt, error } = await unit.staff.health(channel);
    if (oldestAt !== null && error !== null && now - oldestAt >= TEAM_LATE_MS) troubles.push({ channel, waiting, error });
  }
  return troubles;
}

function queryOf(request: FastifyRequest, field: string): unknown {
  return isRecord(request.query) ? own(request.query, field) : undefined;
}

async function accessCase(unit: Unit, number: string): Promise<Case> {
  const one = await unit.records.case(number);
  if (!one) throw new HttpProblem(404, "case_unknown", `There is no case ${number.slice(0, 40)}. 没有此个案。`);
  return one;
}

async function customerOf(unit: Unit, one: Case) {
  const id = one.customerId ?? (await unit.customers.ofConversation(one.conversation));
  return id === null ? null : unit.customers.get(id);
}

/** Counts over every record, a page a transaction, and keeps the result for a moment. */
function createFigures({ store, clock }: WebDependencies): () => Promise<Figures & { readonly at: number }> {
  let kept: { readonly at: number; readonly figures: Promise<Figures> } | null = null;
  const countAll = async (now: number): Promise<Figures> => {
    const counter = createFigureCounter(now);
    const each = async <T>(kind: Change["kind"], add: (record: T) => void): Promise<void> => {
      let after = "";
      for (;;) {
        const page = await store.unit((unit) => unit.records.all(kind, after, FIGURES_PAGE));
        for (const record of page) add(record as T);
        if (page.length < FIGURES_PAGE) return;
        after = page.at(-1)!.number;
      }
    };
    await each<Booking>("booking", counter.booking);
    await each<WorkOrder>("order", counter.order);
    await each<Case>("case", counter.case);
    await each<TimePromise>("promise", counter.promise);
    return counter.result();
  };
  return async () => {
    const now = clock.now();
    if (!kept || now - kept.at >= FIGURES_MS || now < kept.at) kept = { at: now, figures: countAll(now) };
    const mine = kept;
    try {
      return { ...(await mine.figures), at: mine.at };
    } catch (error) {
      if (kept === mine) kept = null;
      throw error;
    }
  };
}
