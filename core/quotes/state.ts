/**
 * A quote (报价): lines the customer decides one by one. Nothing is approved by silence.
 *
 *   open ── every line decided ──► settled
 *   open ── a new quote for the same order ──► replaced ;  open ── time passed ──► expired
 * Each answer is kept with its exact words, time and message: the proof of what was agreed.
 */
import { unreachable } from "../errors.ts";
import type { Instant } from "../time.ts";

/** `deferred` = next time: it is brought up again later. */
export type Decision = "approved" | "declined" | "deferred";

export interface QuoteLine {
  /** `1`, `2`, … as the customer names it. */
  readonly id: string;
  readonly item: string;
  readonly labourMinor: number;
  readonly partsMinor: number;
  readonly safety: boolean;
  readonly decision: Decision | "open";
  /** What it cost before the last revision; absent when the line is as it was, `null` when it is new. */
  readonly beforeMinor?: number | null;
}

/** What the customer answered, as written. */
export interface QuoteProof {
  readonly at: Instant;
  /** Inbox entry of the message. */
  readonly entry: string;
  readonly words: string;
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly revision: number;
}

export interface Quote {
  readonly number: string;
  readonly order: string;
  readonly customerId: string;
  readonly conversation: string;
  /** `work` what the diagnosis found · `added` found on the way · `total` the bill beyond the tolerance. */
  readonly kind: "work" | "added" | "total";
  readonly status: "open" | "settled" | "replaced" | "expired";
  /** 1 = first. */
  readonly revision: number;
  readonly lines: readonly QuoteLine[];
  readonly currency: string;
  /** Reason, for the customer. */
  readonly note: string | null;
  /** Staff id. */
  readonly by: string;
  /** When the work will be done if all is approved. */
  readonly promisedAt: Instant | null;
  readonly expiresAt: Instant;
  readonly proofs: readonly QuoteProof[];
  /** The safety notice of a declined safety line: when it was given, and how the customer took note of it. */
  readonly safetyNotice: { readonly at: Instant; readonly acknowledged: { readonly at: Instant; readonly words: string } | null } | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A line as it is put to the customer, before it has a number. */
export type NewLine = Omit<QuoteLine, "id" | "decision" | "beforeMinor">;

export type QuoteEvent =
  | { readonly type: "quote_made"; readonly at: Instant; readonly quote: Quote }
  | {
      readonly type: "quote_revised";
      readonly at: Instant;
      readonly by: string;
      readonly lines: readonly NewLine[];
      readonly note: string | null;
      readonly promisedAt: Instant | null;
      readonly expiresAt: Instant;
    }
  | {
      readonly type: "quote_answered";
      readonly at: Instant;
      readonly entry: string;
      readonly words: string;
      readonly decisions: Readonly<Record<string, Decision>>;
    }
  | { readonly type: "quote_safety_told"; readonly at: Instant }
  | { readonly type: "quote_safety_acknowledged"; readonly at: Instant; readonly words: string }
  | { readonly type: "quote_closed"; readonly at: Instant; readonly as: "replaced" | "expired" };

/** Cost of a line, minor units. */
export function lineMinor(line: Pick<QuoteLine, "labourMinor" | "partsMinor">): number {
  return line.labourMinor + line.partsMinor;
}

/** Sum of the lines with one of these decisions, minor units. */
export function totalMinor(quote: Quote, ...decisions: readonly QuoteLine["decision"][]): number {
  return quote.lines.filter((line) => decisions.includes(line.decision)).reduce((sum, line) => sum + lineMinor(line), 0);
}

/** Lines nobody has decided yet. */
export function openLines(quote: Quote): readonly QuoteLine[] {
  return quote.lines.filter((line) => line.decision === "open");
}

/** Numbered lines of a first quote. */
export function numberLines(lines: readonly NewLine[]): QuoteLine[] {
  return lines.map((line, index) => ({ ...line, id: String(index + 1), decision: "open" }));
}

/** The state after an event. `null` is the state before the first. */
export function evolveQuote(state: Quote | null, event: QuoteEvent): Quote {
  if (event.type === "quote_made") return event.quote;
  if (state === null) throw new RangeError(`${event.type} before quote_made`);
  const next = { ...state, updatedAt: event.at };
  switch (event.type) {
    case "quote_revised":
      return {
        ...next,
        status: "open",
        revision: state.revision + 1,
        lines: reviseLines(state.lines, event.lines),
        note: event.note,
        by: event.by,
        promisedAt: event.promisedAt ?? state.promisedAt,
        expiresAt: event.expiresAt,
      };
    case "quote_answered": {
      const lines = state.lines.map((line) => ({ ...line, decision: event.decisions[line.id] ?? line.decision }));
      const proof: QuoteProof = {
        at: event.at,
        entry: event.entry,
        words: event.words,
        decisions: event.decisions,
        revision: state.revision,
      };
      const settled = lines.every((line) => line.decision !== "open");
      return { ...next, lines, proofs: [...state.proofs, proof], status: settled ? "settled" : state.status };
    }
    case "quote_safety_told":
      return { ...next, safetyNotice: { at: event.at, acknowledged: null } };
    case "quote_safety_acknowledged":
      return {
        ...next,
        safetyNotice: { at: state.safetyNotice?.at ?? event.at, acknowledged: { at: event.at, words: event.words } },
      };
    case "quote_closed":
      return { ...next, status: event.as };
    default:
      return unreachable(event);
  }
}

/**
 * A revision keeps what was decided where item and price are as they were; what is new or costs otherwise is open again: an old
 * yes never stands for a new price.
 */
function reviseLines(before: readonly QuoteLine[], lines: readonly NewLine[]): QuoteLine[] {
  const left = [...before];
  return lines.map((line, index) => {
    const at = left.findIndex((old) => old.item === line.item);
    const old = at < 0 ? undefined : left.splice(at, 1)[0];
    const id = String(index + 1);
    if (!old) return { ...line, id, decision: "open", beforeMinor: null };
    if (lineMinor(old) === lineMinor(line) && old.safety === line.safety) return { ...line, id, decision: old.decision };
    return { ...line, id, decision: "open", beforeMinor: lineMinor(old) };
  });
}
