/** Who watches which conversation, within one process. */
import type { Feed } from "../../core/ports.ts";

type Listener = (conversation: string) => void;

export interface Listeners {
  readonly watch: Feed["watch"];
  /** Calls those who watch this conversation, and those who watch all. */
  tell(conversation: string): void;
  /** Those who watch one conversation, by conversation. */
  readonly byConversation: ReadonlyMap<string, ReadonlySet<Listener>>;
}

export function createListeners(): Listeners {
  const all = new Set<Listener>();
  const byConversation = new Map<string, Set<Listener>>();
  return {
    byConversation,
    tell(conversation) {
      for (const listener of byConversation.get(conversation) ?? []) listener(conversation);
      for (const listener of all) listener(conversation);
    },
    watch(conversation, listener) {
      if (conversation === null) {
        all.add(listener);
        return () => all.delete(listener);
      }
      const listeners = byConversation.get(conversation) ?? new Set<Listener>();
      byConversation.set(conversation, listeners);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && byConversation.get(conversation) === listeners) byConversation.delete(conversation);
      };
    },
  };
}
