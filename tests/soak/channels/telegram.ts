/** Telegram by webhook, going wrong. */
import { startTelegramEmulator } from "../../emulators/telegram/index.ts";
import { pause } from "../http.ts";
import type { SoakPlatform } from "./platform.ts";

const SECRET = "soak-secret_0123456789abcdef";

export async function openTelegramSoak(): Promise<SoakPlatform> {
  const telegram = await startTelegramEmulator();
  /** For so long, each update comes more than once, ms. */
  const spell = async (begin: () => void, end: () => void, ms: number): Promise<void> => {
    begin();
    await pause(ms);
    end();
  };
  return {
    settings: (port) => ({
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_MODE: "webhook",
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      TELEGRAM_STAFF_CHAT: String(telegram.staff.group.id),
    }),
    attach: () => undefined,
    customer(number) {
      const person = telegram.customer(5_000 + number, { language: "zh-hans" });
      return {
        conversation: `telegram:${person.id}`,
        async say(text) {
          await person.say(text);
          return true;
        },
        seen: () => person.seen().map(({ text, at, answerLost }) => ({ text, at, answerLost })),
      };
    },
    faults: {
      "429, four sends": (chance) =>
        telegram.faults.next(
          "sendMessage",
          ...Array.from({ length: 4 }, () => ({ kind: "busy", retryAfter: chance.between(1, 3) }) as const),
        ),
      "connection cut before": () => telegram.faults.next("*", { kind: "reset" }),
      "connection cut after the send took effect": () => telegram.faults.next("sendMessage", { kind: "reset_after" }),
      "500, or a gateway's page": (chance) => telegram.faults.next("sendMessage", { kind: chance.pick(["down", "gateway"] as const) }),
      "slow answer": (chance) => telegram.faults.next("*", { kind: "slow", ms: chance.between(500, 2_000) }),
      "updates come twice": () =>
        spell(
          () => {
            telegram.faults.duplicates = 2;
          },
          () => {
            telegram.faults.duplicates = 1;
          },
          400,
        ),
      "our acknowledgements get lost": (chance) => {
        telegram.faults.loseAnswers += chance.between(1, 4);
      },
      "updates of a chat are held back": async (chance) => {
        const release = telegram.faults.hold(`chat ${5_000 + chance.between(1, 12)}`);
        await pause(chance.between(200, 800));
        release();
      },
    },
    async calm() {
      telegram.faults.duplicates = 1;
      telegram.faults.loseAnswers = 0;
    },
    close: () => telegram.close(),
  };
}
