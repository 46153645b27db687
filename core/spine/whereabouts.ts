/** Which conversation something belongs to: where its customer can be told of it. */
import type { Case } from "../cases/state.ts";
import type { ConversationState } from "../conversation/state.ts";
import type { Unit } from "../ports.ts";
import type { Instant } from "../time.ts";
import type { ConversationId } from "./events.ts";

/** The conversation in which a customer wrote last; `null` when none is theirs. */
async function lastSpokenIn(unit: Unit, customer: string): Promise<ConversationId | null> {
  let latest: { readonly id: ConversationId; readonly at: Instant } | null = null;
  for (const id of await unit.customers.conversationsOf(customer)) {
    const row = await unit.conversations.get(id);
    const at = (row?.state as ConversationState | undefined)?.lastAt ?? 0;
    if (latest === null || at > latest.at) latest = { id, at };
  }
  return latest?.id ?? null;
}

/** Where staff speak with the customer of a case: where that person wrote last, on whichever channel that was. */
export async function conversationOfCase(unit: Unit, one: Case): Promise<ConversationId> {
  const customer = await unit.customers.ofConversation(one.conversation);
  return customer === null ? one.conversation : ((await lastSpokenIn(unit, customer)) ?? one.conversation);
}
