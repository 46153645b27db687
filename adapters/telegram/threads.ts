/** Private chats can have topics too; answers go to the topic in which the customer wrote last. */
import type { Notes } from "./notes.ts";

/** Chats remembered in memory; the store has them all. */
const MOST = 10_000;

export interface Threads {
  /** `null` = the chat has no topics, as almost all. */
  of(chat: number): Promise<number | null>;
  wrote(chat: number, thread: number | null): Promise<void>;
  forget(chat: number): Promise<void>;
}

export function createThreads(notes: Notes): Threads {
  const known = new Map<number, number | null>();
  const keep = (chat: number, thread: number | null): void => {
    known.set(chat, thread);
    if (known.size > MOST) known.delete(known.keys().next().value!);
  };
  const of = async (chat: number): Promise<number | null> => {
    const cached = known.get(chat);
    if (cached !== undefined) return cached;
    const thread = await notes.read<number>(`thread:${chat}`);
    keep(chat, thread);
    return thread;
  };
  const set = async (chat: number, thread: number | null): Promise<void> => {
    if ((await of(chat)) === thread) return;
    keep(chat, thread);
    await notes.write({ [`thread:${chat}`]: thread });
  };
  return { of, wrote: set, forget: (chat) => set(chat, null) };
}
