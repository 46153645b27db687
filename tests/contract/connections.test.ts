import type { Connection } from "../../core/ports.ts";
import type { InboxEntry } from "../../core/spine/events.ts";
import { openSlackPlace, type SlackPlace } from "../adapters/slack/support.ts";
import { openPlace, type Place } from "../adapters/telegram/support.ts";
import { openWecomPlace, type WecomPlace, WITH_BOT } from "../adapters/wecom/support.ts";
import { connectionContract } from "./connection.ts";

interface Kept {
  readonly connection: Connection;
  entries(): Promise<readonly InboxEntry[]>;
}

/** What all have in common: the connection, and the words of customers that its inbox holds. */
const receiving = (place: Kept) => ({
  connection: place.connection,
  taken: async () => (await place.entries()).flatMap(({ event }) => (event.kind === "message" ? [event.text] : [])),
});

connectionContract("telegram, webhook", "calls", async () => {
  const place = await openPlace({ start: false });
  const { telegram } = place;
  /** Telegram keeps the address over restarts; only the test's own is not the public one. */
  const call = (): void =>
    telegram.delivery.setWebhook({ url: `${place.url}/channels/telegram`, secret: place.settings.webhookSecret, allowed: null });
  call();
  const customer = telegram.customer(11);
  return {
    ...receiving(place),
    async say(text) {
      call();
      await customer.say(text);
    },
    held: () => 0,
    dispose: () => place.dispose(),
  };
});

connectionContract("telegram, polling", "asking", async () => {
  const place = await openPlace({
    settings: { mode: "polling", webhookSecret: null, publicUrl: null },
    limits: { pollSeconds: 1 },
    start: false,
  });
  const customer = place.telegram.customer(11);
  let other: Place | null = null;
  return {
    ...receiving(place),
    say: (text) => customer.say(text),
    held: () => place.telegram.polling,
    async another() {
      const { settings, store, telegram, time } = place;
      other = await openPlace({ settings, store, telegram, time, limits: { pollSeconds: 1 }, start: false });
      return other.connection;
    },
    async dispose() {
      await other?.connection.stop();
      await other?.host.close();
      await place.dispose();
    },
  };
});

connectionContract("slack, HTTP", "calls", async () => {
  const place = await openSlackPlace({ begin: false });
  const customer = place.slack.customer("U0WANG");
  return {
    ...receiving(place),
    say: async (text) => void (await customer.say(text)),
    held: () => 0,
    dispose: () => place.close(),
  };
});

const SOCKET = { appToken: "xapp-1-A0ANXIN-1-socket", signingSecret: null };

connectionContract("slack, Socket Mode", "asking", async () => {
  const place = await openSlackPlace({ settings: SOCKET, begin: false });
  place.slack.requestUrl = null;
  const customer = place.slack.customer("U0WANG");
  let other: SlackPlace | null = null;
  return {
    ...receiving(place),
    say: async (text) => void (await customer.say(text)),
    held: () => place.slack.sockets,
    async another() {
      const { slack, store } = place;
      other = await openSlackPlace({ settings: SOCKET, slack, store, begin: false });
      return other.connection;
    },
    async dispose() {
      await other?.close();
      await place.close();
    },
  };
});

connectionContract("wecom", "calls", async () => {
  const place = await openWecomPlace({ start: false });
  const customer = place.platform.customer("wmCustomer1");
  return {
    ...receiving(place),
    say: async (text) => void (await customer.say(text)),
    held: () => 0,
    dispose: () => place.close(),
  };
});

connectionContract("wecom, the AI bot", "asking", async () => {
  const place = await openWecomPlace({ start: false, settings: WITH_BOT });
  let other: WecomPlace | null = null;
  return {
    ...receiving(place),
    say: async (text) => place.platform.bot.say("zhang", text, { chat: "wrStaff" }),
    taken: async () =>
      [place, ...(other ? [other] : [])].flatMap(({ acts }) => acts.flatMap(({ act }) => (act.kind === "text" ? [act.text] : []))),
    held: () => (place.platform.bot.isConnected() ? 1 : 0),
    async another() {
      const { store, clock, platform } = place;
      other = await openWecomPlace({
        store,
        settings: { ...WITH_BOT, aibotUrl: platform.botUrl },
        clock: { now: clock.now, moveTo: () => undefined },
        start: false,
      });
      return other.connection;
    },
    async dispose() {
      await other?.close();
      await place.close();
    },
  };
});
