import { openWecomPlace } from "../adapters/wecom/support.ts";
import { ACCOUNT } from "../emulators/wecom/index.ts";
import { channelContract } from "./channel.ts";

/** What WeChat makes of a text: links and calls, as the pages have them. */
function markupOf(text: string): readonly string[] {
  return [...(/<a\s/i.test(text) ? ["link"] : []), ...(/<@/.test(text) ? ["mention"] : [])];
}

channelContract("wecom", { pulled: false, buttons: true }, async () => {
  const place = await openWecomPlace();
  const { platform } = place;
  const customer = platform.customer("wmCustomer1");
  await customer.say("你好");
  await place.read();
  const delivered = async (times: number, work: () => Promise<boolean>): Promise<void> => {
    platform.faults.repeatCallbacks(times - 1);
    await work();
    await place.read();
  };
  return {
    channel: place.connection.channel,
    store: place.store,
    now: place.clock.now,
    customer: `wecom:${ACCOUNT}:wmCustomer1`,
    secrets: [platform.company.secret, platform.company.token, platform.company.aesKey],
    faults: {
      // The platform never says when; a minute is the shortest span that it blocks for.
      busy: () => platform.faults.next("kf/send_msg", { errcode: 45009 }),
      down: () => platform.faults.next("kf/send_msg", { status: 502 }),
      unreachable: () => platform.faults.next("kf/send_msg", "reset_before"),
      gone: () => platform.faults.next("kf/send_msg", { errcode: 40096 }, 100),
    },
    say: (text, times = 1) => delivered(times, () => customer.say(text)),
    press: (label, times = 1) => delivered(times, () => customer.press(label)),
    seen: async () =>
      customer.seen().map((shown) => ({
        text: shown.text.replaceAll("\u200b", ""),
        buttons: shown.buttons.map((button) => button.label),
        markup: markupOf(shown.text),
      })),
    dispose: () => place.close(),
  };
});
