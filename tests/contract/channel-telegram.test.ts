import { openPlace } from "../adapters/telegram/support.ts";
import { channelContract } from "./channel.ts";

channelContract("telegram", { pulled: false, buttons: true }, async () => {
  const place = await openPlace();
  const { telegram } = place;
  const customer = telegram.customer(4_001);
  await customer.start();
  const times = async (count: number, act: () => Promise<unknown>): Promise<void> => {
    telegram.faults.duplicates = count;
    await act();
    telegram.faults.duplicates = 1;
  };
  return {
    channel: place.connection.channel,
    store: place.store,
    customer: "telegram:4001",
    now: () => place.time.now(),
    secrets: [telegram.token, telegram.token.split(":")[1]!],
    faults: {
      busy: (afterMs) => telegram.faults.next("sendMessage", { kind: "busy", retryAfter: Math.ceil(afterMs / 1_000) }),
      down: () => telegram.faults.next("sendMessage", { kind: "gateway" }),
      unreachable: () => telegram.faults.next("sendMessage", { kind: "reset" }),
      gone: () => {
        telegram.world.people.get(4_001)!.blocked = true;
      },
    },
    say: (text, count = 1) => times(count, () => customer.say(text)),
    press: (label, count = 1) => times(count, () => customer.press(label)),
    seen: async () => customer.seen(),
    dispose: () => place.dispose(),
  };
});
