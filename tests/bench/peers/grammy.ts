/** grammY, with its session in memory, and with @grammyjs/conversations. */
import { answer, type Booking, createMailbox, type Load, newBooking, type Peer } from "./booking.ts";

interface Context {
  readonly api: Api;
  session: Booking;
  message: { readonly text: string };
  reply(text: string): Promise<unknown>;
  conversation: { enter(name: string): Promise<void> };
}
type Middleware = (context: Context, next: () => Promise<void>) => unknown;
interface Bot {
  use(...middleware: Middleware[]): void;
  on(filter: string, middleware: Middleware): void;
  init(): Promise<void>;
  handleUpdate(update: unknown): Promise<void>;
  readonly api: Api;
}
type Transformer = (previous: unknown, method: string, payload: { text: string }) => unknown;
interface Api {
  readonly config: { use(transformer: Transformer): void };
}
interface Grammy {
  readonly Bot: new (token: string, options: unknown) => Bot;
  session(options: { initial: () => Booking; getSessionKey?: (context: unknown) => string }): Middleware;
}
interface Conversations {
  conversations(options: { plugins: readonly Middleware[] }): Middleware;
  createConversation(play: (conversation: Conversation, context: Context) => Promise<void>, name: string): Middleware;
}
interface Conversation {
  waitFor(filter: string): Promise<Context>;
}

async function open(load: Load, furnish: (bot: Bot, grammy: Grammy, transport: Transformer) => Promise<void>): Promise<Peer> {
  const grammy = await load<Grammy>("grammy");
  const box = createMailbox();
  const bot = new grammy.Bot("1:bench", { botInfo: { id: 1, is_bot: true, first_name: "bench", username: "bench_bot" } });
  const transport: Transformer = (_previous, _method, payload) => {
    box.put(payload.text);
    return Promise.resolve({ ok: true, result: { message_id: 1, date: 0, chat: { id: 1, type: "private" }, text: payload.text } });
  };
  bot.api.config.use(transport);
  await furnish(bot, grammy, transport);
  let updates = 0;
  return {
    async turn(customer, text) {
      updates += 1;
      const who = { id: customer + 1, is_bot: false, first_name: "c" };
      await bot.handleUpdate({
        update_id: updates,
        message: { message_id: updates, date: 0, chat: { id: customer + 1, type: "private", first_name: "c" }, from: who, text },
      });
      return box.take();
    },
  };
}

export const openGrammy = (load: Load): Promise<Peer> =>
  open(load, async (bot, { session }) => {
    bot.use(session({ initial: newBooking }));
    bot.on("message:text", (context) => context.reply(answer(context.session, context.message.text)));
  });

export const openGrammyConversations = (load: Load): Promise<Peer> =>
  open(load, async (bot, _grammy, transport) => {
    const { conversations, createConversation } = await load<Conversations>("@grammyjs/conversations");
    // Within a conversation grammY makes a new API object, which must be furnished again.
    const furnished: Middleware = async (context, next) => {
      context.api.config.use(transport);
      await next();
    };
    bot.use(conversations({ plugins: [furnished] }));
    bot.use(
      createConversation(async (conversation, first) => {
        const booking = newBooking();
        await first.reply(answer(booking, first.message.text));
        for (let turn = 1; turn < 3; turn++) {
          const next = await conversation.waitFor("message:text");
          await next.reply(answer(booking, next.message.text));
        }
      }, "booking"),
    );
    bot.on("message:text", (context) => context.conversation.enter("booking"));
  });
