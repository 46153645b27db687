/** Slack's bolt: events go in where its receivers put them, and calls of its web client are answered here. */
import { answer, type Booking, createMailbox, type Load, newBooking, type Peer } from "./booking.ts";

interface App {
  message(listener: (args: { message: { channel: string; text: string }; say: (text: string) => Promise<unknown> }) => Promise<void>): void;
  processEvent(event: unknown): Promise<void>;
}
interface Bolt {
  readonly App: new (options: unknown) => App;
}
interface WebApi {
  readonly WebClient: { readonly prototype: { apiCall: (method: string, options: { text: string }) => Promise<unknown> } };
}

export async function openBolt(load: Load): Promise<Peer> {
  const box = createMailbox();
  const { WebClient } = await load<WebApi>("@slack/web-api");
  WebClient.prototype.apiCall = async (_method, { text }) => {
    box.put(text);
    return { ok: true, ts: "1" };
  };
  const { App } = await load<Bolt>("@slack/bolt");
  const app = new App({
    authorize: async () => ({ botToken: "xoxb-bench", botId: "B1", botUserId: "U0" }),
    receiver: { init: () => undefined, start: async () => undefined, stop: async () => undefined },
    logLevel: "error",
  });
  const bookings = new Map<string, Booking>();
  app.message(async ({ message, say }) => {
    const booking = bookings.get(message.channel) ?? newBooking();
    bookings.set(message.channel, booking);
    await say(answer(booking, message.text));
  });
  let events = 0;
  return {
    async turn(customer, text) {
      events += 1;
      await app.processEvent({
        ack: async () => undefined,
        body: {
          type: "event_callback",
          team_id: "T1",
          api_app_id: "A1",
          event_id: `Ev${events}`,
          event: { type: "message", channel: `D${customer}`, channel_type: "im", user: `U${customer + 1}`, text, ts: String(events) },
        },
      });
      return box.take();
    },
  };
}
