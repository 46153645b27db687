/** Which part a case is about, from what was quoted and approved for its work order: so that an outbreak of one part shows. */
import type { WorkOrder } from "../orders/state.ts";
import type { Quote, QuoteLine } from "../quotes/state.ts";
import type { CaseTurn } from "./case-turn.ts";

const FIT = /^(?:更换|更換|换装|換裝|换|換|加装|加裝|安装|安裝|replace(?:ment)?(?: of)?|new|fit(?:ting)?)\s*/i;
const FITTED = /\s*(?:更换|更換|replacement|fitted)$/i;

/** The part a line of a quote is about: its words without the verb; `null` for labour alone. */
export function partOf(line: Pick<QuoteLine, "item" | "partsMinor">): string | null {
  if (line.partsMinor <= 0) return null;
  return line.item.trim().replace(FIT, "").replace(FITTED, "").trim().slice(0, 80) || null;
}

/**
 * The part among approved lines that the customer's words name, else the costliest one.
 *
 * @param words as the customer wrote them; "" when they wrote none
 */
export function partAmong(quotes: readonly Quote[], words: string): string | null {
  const lines = quotes
    .flatMap((quote) => quote.lines)
    .filter((line) => line.decision === "approved" && partOf(line) !== null)
    .sort((one, other) => other.partsMinor - one.partsMinor);
  const said = words.toLowerCase();
  const line = lines.find((one) => said.includes(partOf(one)!.toLowerCase())) ?? lines[0];
  return line === undefined ? null : partOf(line);
}

/** The part that was fitted with an order. */
export function partOfOrder(turn: CaseTurn, order: WorkOrder, words: string): string | null {
  const quotes = turn.own("quote").filter((quote) => quote.order === order.number);
  const latest = quotes.length > 0 || order.quote === undefined ? null : turn.record("quote", order.quote);
  return partAmong(latest ? [latest] : quotes, words);
}
