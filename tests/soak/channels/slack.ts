/** Slack over HTTP, going wrong. */
import { startSlackEmulator } from "../../emulators/slack/index.ts";
import { pause } from "../http.ts";
import type { SoakPlatform } from "./platform.ts";

/** Slack's own pauses before it delivers again are none, a minute, five minutes; here a start of the service fits into the same places. */
const RETRY_PAUSES_MS = [0, 6_000, 30_000];
/** Slack and we refuse five minutes; this is within. */
const SKEW_MS = 240_000;

export async function openSlackSoak(): Promise<SoakPlatform> {
  const slack = await startSlackEmulator({ retryPausesMs: RETRY_PAUSES_MS });
  return {
    settings: () => ({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.url,
      SLACK_STAFF_CHANNEL: slack.staffChannel,
    }),
    attach(port) {
      slack.requestUrl = `http://127.0.0.1:${port}/channels/slack`;
    },
    customer(number) {
      const person = slack.customer(`U0CUST${number}`, { locale: "zh-CN" });
      return {
        conversation: `slack:${person.channel}`,
        async say(text) {
          const ts = await person.say(text);
          return slack.delivered.some(({ event, status }) => status === 200 && (event["event"] as { readonly ts?: string }).ts === ts);
        },
        seen: () => person.seen().map(({ text, ts }) => ({ text, at: Number(ts.split(".")[0]) * 1_000, answerLost: false })),
      };
    },
    faults: {
      "429, four posts": (chance) =>
        slack.faults.next(
          "chat.postMessage",
          ...Array.from({ length: 4 }, () => ({ kind: "limited", seconds: chance.between(1, 3) }) as const),
        ),
      "connection cut before": () => slack.faults.next("chat.postMessage", { kind: "reset" }),
      "connection cut after the post took effect": () => slack.faults.next("chat.postMessage", { kind: "reset_after" }),
      "503, or an error of Slack's own": (chance) =>
        slack.faults.next(
          "chat.postMessage",
          chance.happens(0.5) ? { kind: "http", status: 503 } : { kind: "error", error: "internal_error" },
        ),
      "slow answer": (chance) => slack.faults.next("chat.postMessage", { kind: "slow", ms: chance.between(500, 2_000) }),
      "events come twice": async () => {
        slack.faults.duplicates = 2;
        await pause(400);
        slack.faults.duplicates = 1;
      },
      "events come late and in reverse": async (chance) => {
        slack.faults.hold();
        await pause(chance.between(200, 800));
        await slack.faults.release();
      },
      "old events come again": async (chance) => {
        for (let count = 0; count < 5 && slack.delivered.length > 0; count++)
          await slack.deliver("event", chance.pick(slack.delivered).event);
      },
      "Slack's clock is four minutes off": async (chance) => {
        slack.faults.clockAhead = chance.pick([-SKEW_MS, SKEW_MS]);
        await pause(chance.between(200, 800));
        slack.faults.clockAhead = 0;
      },
    },
    async calm() {
      slack.faults.duplicates = 1;
      slack.faults.clockAhead = 0;
      await slack.faults.release();
    },
    close: () => slack.close(),
  };
}
