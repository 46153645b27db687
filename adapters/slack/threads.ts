/** The thread in which a person of a channel wrote last: there they are answered, and there they need not call the bot by name. */
import type { Store, Unit } from "../../core/ports.ts";
import type { ConversationId } from "../../core/spine/events.ts";
import { threadKey } from "./ids.ts";

export interface Threads {
  get(conversation: ConversationId): Promise<string | null>;
  /** Keeps it in the transaction in which the message is kept. */
  set(unit: Unit, conversation: ConversationId, thread: string): Promise<void>;
}

const REMEMBERED = 10_000;

export function createThreads(store: Store): Threads {
  const known = new Map<ConversationId, string>();
  const remember = (conversation: ConversationId, thread: string): void => {
    known.delete(conversation);
    known.set(conversation, thread);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
  };
  return {
    async get(conversation) {
      const thread = known.get(conversation) ?? (await store.unit((unit) => unit.meta.get(threadKey(conversation))));
      if (thread !== null) remember(conversation, thread);
      return thread;
    },
    async set(unit, conversation, thread) {
      await unit.meta.set(threadKey(conversation), thread);
      // If the transaction fails after all, the message comes again and says the same.
      remember(conversation, thread);
    },
  };
}
