import { openSlackPlace } from "../adapters/slack/support.ts";
import { channelContract } from "./channel.ts";

channelContract("slack", { pulled: false, buttons: true }, async () => {
  const place = await openSlackPlace();
  const { slack } = place;
  const customer = slack.customer("U0WANG");
  await customer.say("你好");
  const post = "chat.postMessage";
  return {
    channel: place.connection.channel,
    store: place.store,
    now: () => place.clock.now(),
    customer: `slack:${customer.channel}`,
    secrets: [slack.botToken, slack.signingSecret, slack.appToken],
    faults: {
      busy: (afterMs) => slack.faults.next(post, { kind: "limited", seconds: Math.ceil(afterMs / 1_000) }),
      down: () => slack.faults.next(post, { kind: "http", status: 503 }),
      unreachable: () => slack.faults.next(post, { kind: "reset" }),
      gone: () => {
        slack.workspace.users.get(customer.id)!.disabled = true;
      },
    },
    async say(text, times = 1) {
      slack.faults.duplicates = times;
      await customer.say(text);
      slack.faults.duplicates = 1;
    },
    async press(label, times = 1) {
      slack.faults.duplicates = times;
      await customer.press(label);
      slack.faults.duplicates = 1;
    },
    seen: async () => customer.seen().map(({ text, buttons, markup }) => ({ text, buttons, markup })),
    dispose: () => place.close(),
  };
});
