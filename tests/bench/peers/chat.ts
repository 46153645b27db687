/** Vercel's chat SDK with an adapter of its own and its state in memory. */
import { answer, type Booking, createMailbox, type Load, newBooking, type Peer } from "./booking.ts";

interface Thread {
  readonly id: string;
  readonly state: Promise<Booking | null>;
  setState(state: Booking): Promise<void>;
  subscribe(): Promise<void>;
  post(text: string): Promise<unknown>;
}
interface Message {
  readonly text: string;
}
interface Chat {
  onNewMention(handler: (thread: Thread, message: Message) => Promise<void>): void;
  onSubscribedMessage(handler: (thread: Thread, message: Message) => Promise<void>): void;
  initialize(): Promise<void>;
  processMessage(adapter: unknown, thread: string, message: Message, options: { waitUntil(work: Promise<unknown>): void }): void;
}
interface ChatSdk {
  readonly Chat: new (options: unknown) => Chat;
  readonly Message: new (data: unknown) => Message;
  parseMarkdown(text: string): unknown;
}

export async function openChat(load: Load): Promise<Peer> {
  const { Chat, Message, parseMarkdown } = await load<ChatSdk>("chat");
  const { createMemoryState } = await load<{ createMemoryState(): unknown }>("@chat-adapter/state-memory");
  const box = createMailbox();
  const adapter = {
    name: "bench",
    userName: "bench",
    botUserId: "bench",
    initialize: async () => undefined,
    encodeThreadId: (id: string) => `bench:${id}`,
    decodeThreadId: (id: string) => id.slice("bench:".length),
    channelIdFromThreadId: (id: string) => id,
    isDM: () => true,
    postMessage: async (threadId: string, message: string | { readonly markdown?: string; readonly text?: string }) => {
      box.put(typeof message === "string" ? message : (message.markdown ?? message.text ?? ""));
      return { id: "1", threadId, raw: {} };
    },
    fetchMessages: async () => ({ messages: [] }),
    startTyping: async () => undefined,
    renderFormatted: String,
  };
  const chat = new Chat({ userName: "bench", adapters: { bench: adapter }, state: createMemoryState(), logger: "silent" });
  const reply = async (thread: Thread, message: Message): Promise<void> => {
    const booking = { ...((await thread.state) ?? newBooking()) };
    const text = answer(booking, message.text);
    await thread.setState(booking);
    await thread.post(text);
  };
  chat.onNewMention(async (thread, message) => {
    await thread.subscribe();
    await reply(thread, message);
  });
  chat.onSubscribedMessage(reply);
  await chat.initialize();
  let count = 0;
  return {
    async turn(customer, text) {
      count += 1;
      const threadId = `bench:${customer}`;
      const message = new Message({
        id: `m${count}`,
        threadId,
        text,
        formatted: parseMarkdown(text),
        raw: {},
        author: { userId: `u${customer}`, userName: "c", fullName: "c", isBot: false, isMe: false },
        metadata: { dateSent: new Date(), edited: false },
        attachments: [],
        isMention: true,
      });
      const works: Promise<unknown>[] = [];
      chat.processMessage(adapter, threadId, message, { waitUntil: (work) => void works.push(work) });
      await Promise.all(works);
      return box.take();
    },
  };
}
