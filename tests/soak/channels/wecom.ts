/** WeChat Work, going wrong. */
import { ACCOUNT, startWecomEmulator } from "../../emulators/wecom/index.ts";
import { pause } from "../http.ts";
import type { SoakPlatform } from "./platform.ts";

/** We refuse callbacks that are further off than ten minutes. */
const SKEW_MS = 240_000;

export async function openWecomSoak(): Promise<SoakPlatform> {
  const skew = { ms: 0 };
  // Callbacks alone carry the skewed clock: the platform's own limits go by the true one.
  const wecom = await startWecomEmulator({ staff: ["staff0"] });
  const { company, callbacks, faults } = wecom;
  const seal = callbacks.seal;
  callbacks.seal = (xml, more = {}) => seal(xml, { timestamp: String(Math.floor((Date.now() + skew.ms) / 1_000)), ...more });
  const send = "kf/send_msg";
  let last = 0;
  return {
    settings: () => ({
      WECOM_CORP_ID: company.corpId,
      WECOM_AGENT_ID: company.agentId,
      WECOM_SECRET: company.secret,
      WECOM_TOKEN: company.token,
      WECOM_AES_KEY: company.aesKey,
      WECOM_API_ROOT: wecom.url,
      WECOM_STAFF: "staff0",
    }),
    attach(port) {
      callbacks.url = `http://127.0.0.1:${port}/channels/wecom`;
    },
    customer(number) {
      last = Math.max(last, number);
      const person = wecom.customer(`wmCustomer${number}`);
      return {
        conversation: `wecom:${ACCOUNT}:${person.id}`,
        async say(text) {
          // What stands in the account's log is ours to fetch, whether or not the call that tells of it arrives.
          await person.say(text);
          return true;
        },
        seen: () => person.seen().map(({ text, at }) => ({ text, at, answerLost: false })),
      };
    },
    faults: {
      "refused as busy, four sends": () => faults.next(send, { errcode: -1 }, 4),
      "too many at once, four sends": () => faults.next(send, { errcode: 45_033 }, 4),
      "refused for a minute as too often": () => faults.next(send, { errcode: 45_009 }),
      "connection cut before": (chance) => faults.next(chance.pick([send, "kf/sync_msg", "kf/service_state/get"]), "reset_before"),
      "connection cut after the send took effect": () => faults.next(send, "reset_after"),
      "503, or a proxy's page": (chance) => faults.next(send, chance.happens(0.5) ? { status: 503 } : "garbage"),
      "slow answer": (chance) => faults.next(chance.pick([send, "kf/sync_msg"]), { slowMs: chance.between(500, 2_000) }),
      "all access tokens die": () => faults.expireTokens(),
      "the token of a wake-up is refused": () => faults.next("kf/sync_msg", { errcode: 95_007 }),
      "callbacks come twice": async () => {
        faults.repeatCallbacks(1);
        await pause(400);
        faults.repeatCallbacks(0);
      },
      "callbacks get lost": async (chance) => {
        faults.loseCallbacks(true);
        await pause(chance.between(200, 800));
        faults.loseCallbacks(false);
      },
      "empty pages, small pages": (chance) => {
        faults.emptyPages(chance.between(1, 3));
        faults.pageSize(chance.between(1, 3));
      },
      "WeChat Work's clock is four minutes off": async (chance) => {
        skew.ms = chance.pick([-SKEW_MS, SKEW_MS]);
        await pause(chance.between(200, 800));
        skew.ms = 0;
      },
    },
    async calm() {
      faults.repeatCallbacks(0);
      faults.loseCallbacks(false);
      faults.pageSize(1_000);
      skew.ms = 0;
      // One more call tells of everything whose own call was lost; without it the service would look by itself within five minutes.
      await wecom.customer(`wmCustomer${last}`).enter();
    },
    close: () => wecom.close(),
  };
}
