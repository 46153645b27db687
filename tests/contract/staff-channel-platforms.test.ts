/** The team chats of the three platforms, through their emulators. */
import type { StaffDelivery, StaffPlace, StaffPost } from "../../core/ports.ts";
import { MINUTE_MS } from "../../core/time.ts";
import { type ChannelService, openSlackService, openTelegramService, openWecomService } from "../adapters/service.ts";
import { type StaffRoom, staffChannelContract } from "./staff-channel.ts";
import { staffDeskContract } from "./staff-desk.ts";

/** A post may be told to wait for its turn; a minute is the span of every platform's limit. */
const MOST_WAITS = 10;

/** The adapter's own channel, which waits when it is told to and remembers where cases stand. */
function patient(service: ChannelService<unknown>) {
  const { staff } = service.connection();
  const places = new Map<string, StaffPlace>();
  return {
    places,
    channel: {
      ...staff!,
      async send(post: StaffPost, place: StaffPlace | null): Promise<StaffDelivery> {
        for (let waits = 0; ; waits++) {
          const answer = await staff!.send(post, place);
          if (answer.result === "retry" && waits < MOST_WAITS) {
            await service.wait(answer.afterMs ?? MINUTE_MS);
            continue;
          }
          if (answer.result === "sent" && post.case !== null) places.set(post.case, answer.place);
          return answer;
        }
      },
    },
  };
}

staffChannelContract("telegram", async (): Promise<StaffRoom> => {
  const service = await openTelegramService("appliance");
  const { telegram } = service.place;
  const { channel, places } = patient(service);
  const thread = (number: string): number => Number(places.get(number)!.thread);
  return {
    channel,
    texts: async (number) =>
      telegram.staff
        .seen(number === null ? null : thread(number))
        .filter((one) => number === null || String(one.id) !== places.get(number)!.card)
        .map((one) => one.text),
    card: async (number) => telegram.staff.seen(thread(number)).find((one) => String(one.id) === places.get(number)!.card)?.text ?? null,
    everything: async () =>
      service.folk
        .room()
        .map((one) => one.text)
        .join("\n"),
    dispose: () => service.close(),
  };
});

staffChannelContract("slack", async (): Promise<StaffRoom> => {
  const service = await openSlackService("appliance");
  const { channel, places } = patient(service);
  const { slack } = service.place;
  const reader = slack.staff("U0SEES", { name: "Reader" });
  const room = () => reader.seen(slack.staffChannel);
  return {
    channel,
    texts: async (number) => {
      const place = number === null ? null : places.get(number)!;
      return room()
        .filter((one) => (place === null ? one.thread === null : one.thread === place.thread) && one.ts !== place?.card)
        .map((one) => one.text);
    },
    card: async (number) => room().find((one) => one.ts === places.get(number)!.card)?.text ?? null,
    everything: async () =>
      room()
        .map((one) => one.text)
        .join("\n"),
    dispose: () => service.close(),
  };
});

/** Nothing in a card or text of the app is markup, so it is read as it stands; the blank of no width keeps words from being a link. */
const plain = (text: string): string => text.replaceAll("\u200b", "");

staffChannelContract("wecom", async (): Promise<StaffRoom> => {
  const service = await openWecomService("appliance");
  const { channel, places } = patient(service);
  const { platform } = service.place;
  const inbox = () => platform.staff("staff0").seen();
  const strings = (value: unknown): string[] =>
    typeof value === "string" ? [plain(value)] : typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
  const shown = (task: string | null | undefined): string | null => {
    const card = inbox().cards.find((one) => one.task === task)?.card;
    return card === undefined ? null : strings(card).join("\n");
  };
  return {
    channel,
    texts: async (number) =>
      inbox()
        .texts.map(plain)
        .filter((text) => (number === null ? !/C2611\d+/.test(text) : text.includes(number))),
    card: async (number) => shown(places.get(number)?.card),
    everything: async () => [...inbox().texts.map(plain), ...inbox().cards.map((one) => shown(one.task))].join("\n"),
    dispose: () => service.close(),
  };
});

staffDeskContract("telegram", () => openTelegramService("appliance"), {
  copies: (service, count) => {
    service.place.telegram.faults.duplicates = count;
  },
  stranger: (service, text) => service.place.telegram.staff.member(6_666, "陌生人").say(text, service.place.telegram.staff.topics()[0]!.id),
});

staffDeskContract("slack", () => openSlackService("appliance"), {
  copies: (service, count) => {
    service.place.slack.faults.duplicates = count;
  },
  stranger: (service, text) => {
    const { slack } = service.place;
    const person = slack.staff("U0STRANGER", { name: "陌生人" });
    const root = person.seen(slack.staffChannel).find((one) => one.thread === null || one.thread === one.ts)!;
    return person.say(text, { thread: root.ts });
  },
});

staffDeskContract("wecom", () => openWecomService("appliance"), {
  copies: (service, count) => service.place.platform.faults.repeatCallbacks(count - 1),
  stranger: (service, text) => {
    service.place.platform.app.addMember("nobody");
    return service.place.platform.staff("nobody").say(text);
  },
});
