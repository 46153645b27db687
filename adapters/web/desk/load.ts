/** Everything the desk shows of one case, read within the unit it is given. */
import type { Case } from "../../../core/cases/state.ts";
import type { ConversationState } from "../../../core/conversation/state.ts";
import type { Unit } from "../../../core/ports.ts";
import { loadCard } from "../../../core/spine/staff-delivery.ts";
import { conversationOfCase } from "../../../core/spine/whereabouts.ts";

/** Messages and traces read of each chat. */
const MOST = 300;
const MOST_TRACES = 50;

/** A customer may have gone on in another chat than the one the case began in: both are shown, in order of time. */
export async function loadDesk(unit: Unit, one: Case) {
  const card = (await loadCard(unit, one.number))!;
  const here = await conversationOfCase(unit, one);
  const chats = [...new Set([one.conversation, here])];
  const messages = [];
  const traces = [];
  const quotes = [];
  const promises = [];
  for (const chat of chats) {
    messages.push(...(await unit.messages.recent(chat, MOST)));
    traces.push(...(await unit.traces.list(chat, MOST_TRACES)));
    quotes.push(...(await unit.records.ofConversation("quote", chat)));
    promises.push(...(await unit.records.ofConversation("promise", chat)));
  }
  const state = (await unit.conversations.get(here))?.state as ConversationState | undefined;
  return {
    card,
    customer: card.customer,
    orders: card.orders,
    bookings: card.bookings,
    quotes: quotes.filter((quote) => quote.status === "open"),
    promises: promises.filter((promise) => promise.status === "open"),
    held: (state?.heldReplies ?? []).filter((held) => held.case === one.number),
    messages: messages.sort((first, second) => first.at - second.at || first.seq - second.seq),
    traces: traces.sort((first, second) => second.at - first.at),
  };
}
