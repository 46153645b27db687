/** Koishi with a bot of its own, without a database. */
import { answer, type Booking, type Load, newBooking, type Peer } from "./booking.ts";

interface Session {
  content: string;
  channelId: string;
  send(text: string): Promise<unknown>;
}
interface Koishi {
  readonly Context: new () => KoishiContext;
  readonly Bot: new (context: KoishiContext, config: object, platform: string) => KoishiBot;
}
interface KoishiContext {
  middleware(play: (session: Session, next: () => unknown) => Promise<unknown>): void;
  start(): Promise<void>;
}
interface KoishiBot {
  selfId: string;
  platform: string;
  createMessage(channel: string, content: unknown): Promise<unknown>;
  online(): void;
  session(event: unknown): Session;
  dispatch(session: Session): void;
}

export async function openKoishi(load: Load): Promise<Peer> {
  const { Context, Bot } = await load<Koishi>("koishi");
  const context = new Context();
  const bot = new Bot(context, {}, "bench");
  bot.selfId = "bench";
  bot.platform = "bench";
  let reply: (text: string) => void = () => undefined;
  bot.createMessage = async (_channel, content) => {
    reply(String(content));
    return [{ id: "1" }];
  };
  const bookings = new Map<string, Booking>();
  context.middleware(async (session) => {
    const booking = bookings.get(session.channelId) ?? newBooking();
    bookings.set(session.channelId, booking);
    await session.send(answer(booking, session.content));
  });
  await context.start();
  bot.online();
  let events = 0;
  return {
    turn(customer, text) {
      events += 1;
      const said = new Promise<string>((resolve) => {
        reply = resolve;
      });
      const session = bot.session({
        type: "message",
        selfId: "bench",
        platform: "bench",
        timestamp: events,
        channel: { id: `private:${customer}`, type: 1 },
        user: { id: String(customer) },
        message: { id: String(events) },
      });
      // Sets the elements of the message as well.
      session.content = text;
      bot.dispatch(session);
      return said;
    },
  };
}
