/** Making and revising quotes (报价, 增项, 结算超出), and what their timers lead to. */
import { escalate } from "../cases/escalate.ts";
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { MOVES, type OrderStatus, type WorkOrder } from "../orders/state.ts";
import type { TimerData } from "../spine/events.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../time.ts";
import { formatMoney } from "../wording/format.ts";
import { lineMinor, type NewLine, numberLines, openLines, type Quote, totalMinor } from "./state.ts";

/** States in which a quote may be put: it may still decide what is done. */
const QUOTABLE: readonly OrderStatus[] = ["received", "diagnosing", "quoted", "approved", "in_progress", "waiting_parts", "rework"];

export interface WantedQuote {
  readonly kind: Quote["kind"];
  /** Empty = the lines of the price list for the order's services. */
  readonly lines: readonly NewLine[];
  readonly note: string | null;
  readonly promisedAt: Instant | null;
}

/** Puts a quote to the customer. Called in the conversation of the order's owner. @returns `null`, or why not, for staff */
export function putQuote(turn: TurnContext, by: string, order: WorkOrder, wanted: WantedQuote): "state" | "empty" | null {
  if (wanted.kind !== "total" && !QUOTABLE.includes(order.status)) return "state";
  const lines = wanted.lines.length > 0 ? wanted.lines : listLines(turn, order);
  if (lines.length === 0) return "empty";
  const { validHours, silentMinutes } = turn.model.profile.business.workshop.quotes;
  const expiresAt = turn.now + validHours * HOUR_MS;
  const last = order.quote === undefined ? null : turn.record("quote", order.quote);
  const revises =
    last !== null && last.kind === wanted.kind && (last.status === "open" || order.status === "quoted" || order.status === "approved");
  let quote: Quote;
  if (revises) {
    quote = turn.applyQuote(last.number, last, {
      type: "quote_revised",
      at: turn.now,
      by,
      lines,
      note: wanted.note,
      promisedAt: wanted.promisedAt,
      expiresAt,
    });
  } else {
    if (last?.status === "open") {
      turn.applyQuote(last.number, last, { type: "quote_closed", at: turn.now, as: "replaced" });
      forget(turn, last);
    }
    const number = turn.number("quote");
    quote = turn.applyQuote(number, null, {
      type: "quote_made",
      at: turn.now,
      quote: {
        number,
        order: order.number,
        customerId: order.customerId,
        conversation: turn.conversation,
        kind: wanted.kind,
        status: "open",
        revision: 1,
        lines: numberLines(lines),
        currency: turn.model.profile.business.currency,
        note: wanted.note,
        by,
        promisedAt: wanted.promisedAt,
        expiresAt,
        proofs: [],
        safetyNotice: null,
        createdAt: turn.now,
        updatedAt: turn.now,
      },
    });
  }
  const amended = turn.applyOrder(order.number, order, { type: "order_amended", at: turn.now, by, quote: quote.number });
  if (quote.kind !== "total") moveTo(turn, amended, "quoted", by);
  const data = { quote: quote.number, revision: quote.revision };
  turn.setTimer({ id: `quote:${quote.number}:silent`, dueAt: turn.now + silentMinutes * MINUTE_MS, name: "quote_silent", data });
  turn.setTimer({ id: `quote:${quote.number}:expired`, dueAt: expiresAt, name: "quote_expired", data });
  if (openLines(quote).length === 0) {
    turn.say(turn.words("quote.unchanged", { number: quote.number }));
    return null;
  }
  startFlow(turn, "quote", null, { quote: quote.number, revision: quote.revision, told: 0 });
  return null;
}

/** The steps from where the order stands to `to`, where the way is certain (received work is diagnosed before it is quoted). */
export function moveTo(turn: TurnContext, order: WorkOrder, to: OrderStatus, by: string): WorkOrder {
  const move = (from: WorkOrder, status: OrderStatus): WorkOrder =>
    turn.applyOrder(from.number, from, { type: "order_moved", at: turn.now, to: status, by, why: null, promisedAt: null, note: null });
  if (order.status === to) return order;
  if (MOVES[order.status].includes(to)) return move(order, to);
  for (const between of MOVES[order.status]) {
    if (between !== "cancelled" && MOVES[between].includes(to) && (between === "diagnosing" || between === "in_progress"))
      return move(move(order, between), to);
  }
  return order;
}

/** Lines of the public price list for the order's services; parts at the upper end, so that the bill is no surprise. */
function listLines(turn: TurnContext, order: WorkOrder): NewLine[] {
  return order.services.flatMap((id) => {
    const service = turn.model.service(id);
    if (!service) return [];
    const { labour, parts, travel } = service.price;
    const visit = service.place === "visit" || turn.model.product(order.product)?.place === "visit";
    return [
      {
        item: service.name[turn.lang],
        labourMinor: Math.round((labour + (visit ? travel : 0)) * 100),
        partsMinor: Math.round(parts[1] * 100),
        safety: service.safety,
      },
    ];
  });
}

/** A quote that waits no more asks nothing more. */
export function forget(turn: TurnContext, quote: Quote): void {
  const { state } = turn;
  turn.cancelTimer(`quote:${quote.number}:silent`);
  turn.cancelTimer(`quote:${quote.number}:expired`);
  const mine = state.stack.some((frame) => frame.flow === "quote" && frame.data["quote"] === quote.number);
  if (!mine) return;
  state.stack = state.stack.filter((frame) => frame.flow !== "quote" || frame.data["quote"] !== quote.number);
  if (state.asked?.flow === "quote") state.asked = null;
}

export function quoteTimer(turn: TurnContext, name: "quote_silent" | "quote_expired" | "quote_later", data: TimerData): void {
  const quote = turn.record("quote", String(data["quote"]));
  if (!quote) return;
  if (name === "quote_later") {
    bringUpLater(turn, quote);
    return;
  }
  if (quote.status !== "open" || quote.revision !== data["revision"]) {
    turn.note("quote_obsolete", { quote: quote.number });
    return;
  }
  if (name === "quote_silent") {
    // Silence approves nothing: a person calls.
    turn.ruleFacts["quote"] = "unanswered";
    escalate(turn, quote.lines.map((line) => line.item).join("、"));
    return;
  }
  const closed = turn.applyQuote(quote.number, quote, { type: "quote_closed", at: turn.now, as: "expired" });
  forget(turn, closed);
  turn.say(turn.words("quote.expired", { number: quote.number, order: quote.order }));
  turn.notify(
    turn.model.staff(quote.by) ? quote.by : "representative",
    turn.staffWords("staff.quote_expired", { number: quote.number, order: quote.order }),
    null,
  );
}

/** Lines that were put off, some weeks later: with the permission that reminders need. */
function bringUpLater(turn: TurnContext, quote: Quote): void {
  const put = quote.lines.filter((line) => line.decision === "deferred");
  if (put.length === 0 || turn.customer()?.consents["care"]?.allowed === false) {
    turn.note("quote_later_held", { quote: quote.number });
    return;
  }
  const lines = put.map((line) => `${line.item} ${formatMoney(lineMinor(line), quote.currency)}`).join("\n");
  turn.say(turn.words("quote.later_now", { name: turn.callName(), order: quote.order, lines }));
}

/** Sets the day on which what was put off is brought up again. */
export function remindLater(turn: TurnContext, quote: Quote): void {
  const { laterDays } = turn.model.profile.business.workshop.quotes;
  const id = `quote:${quote.number}:later`;
  if (quote.lines.some((line) => line.decision === "deferred"))
    turn.setTimer({ id, dueAt: turn.now + laterDays * DAY_MS, name: "quote_later", data: { quote: quote.number } });
  else turn.cancelTimer(id);
}

/** The most that may be charged without asking again (handbook: what was agreed, plus the tolerance), minor units. */
export function allowedMinor(approvedMinor: number, tolerancePercent: number): number {
  return Math.floor((approvedMinor * (100 + tolerancePercent)) / 100);
}

/** What the customer has agreed to for an order with this quote's answers in place, minor units. */
export function approvedWith(order: WorkOrder, before: Quote, after: Quote): number {
  if (after.kind === "total") return after.lines[0]?.decision === "approved" ? totalMinor(after, "approved") : (order.approvedMinor ?? 0);
  return (order.approvedMinor ?? 0) - totalMinor(before, "approved") + totalMinor(after, "approved");
}
