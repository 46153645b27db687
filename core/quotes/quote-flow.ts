/** A quote put to the customer: decided line by line in plain words; then the safety notice and the old parts where they apply. */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { defineFlow, type FlowContext, type Prompt } from "../conversation/flow.ts";
import { type Reading, sureIntent } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { promiseOrder } from "../promises/ledger.ts";
import { comma, formatMoney } from "../wording/format.ts";
import { parseQuoteAnswer } from "./answer.ts";
import { approvedWith, forget, moveTo, remindLater } from "./make.ts";
import { type Decision, lineMinor, openLines, type Quote, type QuoteLine, totalMinor } from "./state.ts";

type QuoteValues = { decision: Json };
type SafetyValues = { acknowledged: Json };
type PartsValues = { wanted: Json };

type Decisions = Readonly<Record<string, Decision>>;

function quoteOf(context: FlowContext<QuoteValues> | FlowContext<SafetyValues> | FlowContext<PartsValues>): Quote | null {
  return context.turn.record("quote", String(context.frame.data["quote"]));
}

/** The plain yes or no of a message; `null` = neither. */
function plainAnswer(reading: Reading): boolean | null {
  const first = sureIntent(reading);
  return first === "confirm_yes" ? true : first === "confirm_no" || first === "cancel_booking" ? false : null;
}

function money(quote: Quote, minor: number): string {
  return formatMoney(minor, quote.currency);
}

function lineText(turn: TurnContext, quote: Quote, line: QuoteLine): string {
  const changed =
    line.beforeMinor === undefined || quote.revision === 1
      ? ""
      : line.beforeMinor === null
        ? turn.words("quote.line_new")
        : turn.words("quote.line_was", { amount: money(quote, line.beforeMinor) });
  return turn.words(quote.kind === "total" ? "quote.line_total" : "quote.line", {
    id: line.id,
    item: line.item,
    labour: line.labourMinor > 0 ? money(quote, line.labourMinor) : "",
    parts: line.partsMinor > 0 ? money(quote, line.partsMinor) : "",
    total: money(quote, lineMinor(line)),
    safety: line.safety ? turn.words("quote.line_safety") : "",
    changed,
  });
}

/** The first time everything; a revision only what changed; asked again only what is still open. */
function quotePrompt(context: FlowContext<QuoteValues>): Prompt {
  const { turn, frame } = context;
  const quote = quoteOf(context)!;
  const open = openLines(quote);
  const choices = [
    { id: "quote:all", label: turn.words("quote.choice_all"), value: "approved" },
    { id: "quote:none", label: turn.words("quote.choice_none"), value: "declined" },
    ...(quote.kind === "total" ? [] : [{ id: "quote:later", label: turn.words("quote.choice_later"), value: "deferred" }]),
  ];
  const lines = open.map((line) => lineText(turn, quote, line)).join("\n");
  const told = frame.data["told"] === quote.revision;
  frame.data["told"] = quote.revision;
  if (told) return { text: turn.words("quote.still_open", { lines }), question: "choice", choices };
  const values = {
    number: quote.number,
    order: quote.order,
    name: turn.callName(),
    lines,
    note: quote.note ?? "",
    total: money(quote, totalMinor(quote, "open", "approved")),
    tolerance: turn.model.profile.business.booking.tolerancePercent,
    promised: quote.promisedAt === null ? "" : turn.time(quote.promisedAt),
    expires: turn.time(quote.expiresAt),
  };
  const key =
    quote.revision > 1 ? "quote.revised" : quote.kind === "work" ? "quote.put" : quote.kind === "added" ? "quote.added" : "quote.over";
  return { text: turn.words(key, values), question: "choice", choices };
}

export const QUOTE_FLOW = defineFlow<QuoteValues>({
  id: "quote",
  data: ["quote"],
  title: (turn) => turn.words("quote.title"),
  readsAlone: true,
  absorbs: ["confirm_yes", "confirm_no", "provide_info", "survey_score", "book", "cancel_booking"],
  slots: {
    decision: {
      label: ({ turn }) => turn.words("quote.title"),
      take: (context, reading, asked) => {
        const quote = quoteOf(context);
        if (quote?.status !== "open" || reading.choice) return undefined;
        const decisions = parseQuoteAnswer(reading.text, openLines(quote), asked ? plainAnswer(reading) : null);
        return decisions === null ? undefined : { ...decisions, $words: reading.text };
      },
      ask: quotePrompt,
      show: () => "",
    },
  },
  complete: (context, { decision }) => {
    const quote = quoteOf(context);
    if (quote?.status !== "open") {
      context.turn.say(context.turn.words("quote.closed"));
      return;
    }
    const all = (as: Decision): Decisions => Object.fromEntries(openLines(quote).map((line) => [line.id, as]));
    if (typeof decision === "string") {
      const label = context.turn.previouslyAsked?.choices.find((choice) => choice.value === decision)?.label ?? decision;
      decideQuote(context.turn, quote, all(decision as Decision), label);
      return;
    }
    const { $words: words, ...decisions } = decision as Record<string, string>;
    decideQuote(context.turn, quote, decisions as Decisions, words ?? "");
  },
  dropped: ({ turn }) => turn.say(turn.words("quote.waits")),
});

/** Keeps an answer with its words, says back what was understood, and moves the order on when every line is decided. */
function decideQuote(turn: TurnContext, quote: Quote, decisions: Decisions, words: string): void {
  const answered = turn.applyQuote(quote.number, quote, { type: "quote_answered", at: turn.now, entry: turn.entry, words, decisions });
  const shown = answered.lines
    .filter((line) => decisions[line.id] !== undefined)
    .map((line) =>
      turn.words("quote.decided_line", {
        id: line.id,
        item: line.item,
        decision: turn.words(`quote.${line.decision as Decision}`),
        total: money(answered, lineMinor(line)),
      }),
    );
  turn.say(
    turn.words("quote.decided", {
      lines: shown.join("\n"),
      total: money(answered, totalMinor(answered, "approved")),
      later: answered.lines.some((line) => line.decision === "deferred" && decisions[line.id]) ? turn.words("quote.later_noted") : "",
    }),
  );
  const order = turn.orderByNumber(quote.order);
  if (order) {
    const approvedMinor = approvedWith(order, quote, answered);
    turn.applyOrder(order.number, order, { type: "order_amended", at: turn.now, by: "customer", approvedMinor });
  }
  turn.notify(
    turn.model.staff(quote.by) ? quote.by : "representative",
    turn.staffWords("staff.quote_answered", { number: quote.number, order: quote.order, words, lines: shown.join("；") }),
    null,
  );
  if (answered.status === "open") {
    startFlow(turn, "quote", null, { quote: quote.number, told: answered.revision });
    return;
  }
  settle(turn, answered);
}

function settle(turn: TurnContext, quote: Quote): void {
  forget(turn, quote);
  remindLater(turn, quote);
  const approved = quote.lines.filter((line) => line.decision === "approved");
  const order = turn.orderByNumber(quote.order);
  if (order && quote.kind !== "total") {
    // Added work that is not wanted leaves what was agreed before: the work goes on.
    const goesOn = approved.length > 0 || quote.kind === "added";
    const agreed = moveTo(turn, order, goesOn ? "approved" : "declined", "customer");
    const moved = approved.length === 0 && goesOn ? moveTo(turn, agreed, "in_progress", "bot") : agreed;
    if (quote.promisedAt !== null && approved.length === quote.lines.length) {
      const told = turn.applyOrder(moved.number, moved, {
        type: "order_amended",
        at: turn.now,
        by: quote.by,
        promisedAt: quote.promisedAt,
      });
      promiseOrder(turn, told, quote.promisedAt, quote.by);
    }
  }
  if (approved.length === 0 && quote.lines.every((line) => line.decision === "declined")) turn.ruleFacts["quote"] = "declined";
  const unsafe = quote.lines.filter((line) => line.safety && line.decision !== "approved");
  if (approved.some((line) => line.partsMinor > 0) && order && order.oldParts === undefined && quote.kind !== "total")
    startFlow(turn, "old-parts", null, { quote: quote.number });
  if (unsafe.length > 0 && quote.kind !== "total") {
    turn.applyQuote(quote.number, quote, { type: "quote_safety_told", at: turn.now });
    turn.ruleFacts["safety_declined"] = true;
    startFlow(turn, "safety-notice", null, { quote: quote.number });
  }
}

/** The safety notice for a repair that was advised and not wanted (handbook), with the customer's acknowledgement. */
export const SAFETY_FLOW = defineFlow<SafetyValues>({
  id: "safety-notice",
  data: ["quote"],
  title: (turn) => turn.words("quote.safety_title"),
  readsAlone: true,
  absorbs: ["confirm_yes", "confirm_no", "provide_info"],
  slots: {
    acknowledged: {
      label: ({ turn }) => turn.words("quote.safety_title"),
      take: (_context, reading, asked) => {
        if (!asked || reading.choice) return undefined;
        if (/知道|知晓|知曉|了解|明白|清楚|收到|understood|i understand|acknowledge|got it|noted/i.test(reading.text))
          return { ok: true, words: reading.text };
        if (/^(?:那|那就|还是|還是)?.{0,3}(?:做|换|換|修)(?:吧|了吧|上)|do it after all|fix it then|go ahead/i.test(reading.text))
          return { ok: false, words: reading.text };
        return plainAnswer(reading) === true ? { ok: true, words: reading.text } : undefined;
      },
      ask: (context) => {
        const { turn } = context;
        const items = (quoteOf(context)?.lines ?? [])
          .filter((line) => line.safety && line.decision !== "approved")
          .map((line) => line.item);
        return {
          text: turn.words("quote.safety_notice", { items: items.join(comma(turn.lang)) }),
          question: "choice",
          choices: [
            { id: "safety:known", label: turn.words("quote.safety_known"), value: { ok: true, words: turn.words("quote.safety_known") } },
            { id: "safety:do", label: turn.words("quote.safety_do"), value: { ok: false, words: turn.words("quote.safety_do") } },
          ],
        };
      },
      show: () => "",
    },
  },
  complete: (context, { acknowledged }) => {
    const { turn } = context;
    const quote = quoteOf(context);
    if (!quote) return;
    const { ok, words } = acknowledged as { ok: boolean; words: string };
    if (ok) {
      turn.applyQuote(quote.number, quote, { type: "quote_safety_acknowledged", at: turn.now, words });
      turn.say(turn.words("quote.safety_recorded"));
      return;
    }
    const decisions = Object.fromEntries(
      quote.lines.filter((line) => line.safety && line.decision !== "approved").map((line) => [line.id, "approved" as const]),
    );
    decideQuote(turn, quote, decisions, words);
  },
  dropped: ({ turn }) => turn.say(turn.words("quote.safety_open")),
});

/** Does the customer want the old parts back? (handbook) */
export const OLD_PARTS_FLOW = defineFlow<PartsValues>({
  id: "old-parts",
  data: ["quote"],
  title: (turn) => turn.words("quote.parts_title"),
  readsAlone: true,
  absorbs: ["confirm_yes", "confirm_no", "provide_info"],
  slots: {
    wanted: {
      label: ({ turn }) => turn.words("quote.parts_title"),
      take: (_context, reading, asked) => {
        if (!asked || reading.choice) return undefined;
        if (/不(?:要|用|需要|带|帶)|处理掉|處理掉|扔|no|don'?t|discard/i.test(reading.text)) return false;
        if (/要|带走|帶走|留|给我|給我|yes|keep|please/i.test(reading.text)) return true;
        return plainAnswer(reading) ?? undefined;
      },
      ask: ({ turn }) => ({
        text: turn.words("quote.parts_ask"),
        question: "choice",
        choices: [
          { id: "parts:keep", label: turn.words("quote.parts_keep"), value: true },
          { id: "parts:leave", label: turn.words("quote.parts_leave"), value: false },
        ],
      }),
      show: () => "",
    },
  },
  complete: (context, { wanted }) => {
    const { turn } = context;
    const order = turn.orderByNumber(quoteOf(context)?.order ?? "");
    if (order) turn.applyOrder(order.number, order, { type: "order_amended", at: turn.now, by: "customer", oldParts: wanted === true });
    turn.say(turn.words(wanted === true ? "quote.parts_kept" : "quote.parts_left"));
  },
  dropped: () => {},
});

/**
 * The answer to an open quote while a person has the conversation: only clear words about lines count; a bare "yes" belongs to the
 * person. @returns whether something was decided
 */
export function answerWhileHeld(turn: TurnContext, text: string): boolean {
  const frame = turn.state.stack.find((one) => one.flow === "quote");
  const quote = frame ? turn.record("quote", String(frame.data["quote"])) : null;
  if (quote?.status !== "open") return false;
  const decisions = parseQuoteAnswer(text, openLines(quote), null);
  if (decisions === null) return false;
  turn.state.stack = turn.state.stack.filter((one) => one !== frame);
  decideQuote(turn, quote, decisions, text);
  return true;
}
