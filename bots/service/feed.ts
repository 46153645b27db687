/** The feed within one process. */
import type { Feed } from "../../core/ports.ts";

type Listener = (conversation: string) => void;

export function createInProcessFeed(): Feed {
  const all = new Set<Listener>();
  const byConversation = new Map<string, Set<Listener>>();
  return {
    changed(conversation) {
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
        if (listeners.size === 0) byConversation.delete(conversation);
      };
    },
  };
}
