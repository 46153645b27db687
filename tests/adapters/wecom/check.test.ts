import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../core/language.ts";
import type { Finding } from "../../../core/ports.ts";
import { ACCOUNT } from "../../emulators/wecom/index.ts";
import { openWecomPlace, type WecomPlace, type WecomPlaceOptions } from "./support.ts";

async function check(prepare: (place: WecomPlace) => void | Promise<void>, options: WecomPlaceOptions = {}): Promise<readonly Finding[]> {
  const place = await openWecomPlace({ start: false, ...options });
  await prepare(place);
  const findings = await place.connection.check();
  await place.close();
  return findings;
}
const ready = (place: WecomPlace): void => void place.platform.kf.accounts.get(ACCOUNT)!.servicers.set("zhang", true);
const troubles = (findings: readonly Finding[]): string[] =>
  findings.filter((finding) => finding.level !== "good").map((finding) => `${finding.level}: ${finding.what.en}`);

describe("doctor", () => {
  test("finds nothing where everything is set up", async () => {
    const findings = await check(async (place) => {
      ready(place);
      await place.platform.callbacks.verifyUrl();
    });
    expect(troubles(findings)).toStrictEqual([]);
    expect(findings.length).toBeGreaterThan(1);
  });

  const cases: readonly (readonly [string, (place: WecomPlace) => void, RegExp, WecomPlaceOptions?])[] = [
    ["a wrong secret", ready, /secret is wrong/, { settings: { secret: "wrong" } }],
    ["another app's id", ready, /app 1000099 is not set up/, { settings: { agentId: "1000099" } }],
    ["an address that is not trusted", (place) => place.platform.faults.distrust("203.0.113.7"), /203\.0\.113\.7 is not a trusted IP/],
    ["a platform that can't be reached", ready, /can't be reached/, { settings: { apiRoot: "http://127.0.0.1:1" } }],
    ["members who can't see the app", ready, /can't see the app: ghost/, { settings: { staff: ["zhang", "ghost"] } }],
    [
      "an app that may not call",
      (place) => place.platform.faults.next("kf/account/list", { errcode: 48002 }),
      /may not use WeChat customer service.*48002/,
    ],
    [
      "no account in our hands",
      (place) => void Object.assign(place.platform.kf.accounts.get(ACCOUNT)!, { managed: false }),
      /No customer service account/,
    ],
    [
      "an account whose messages can't be read",
      (place) => place.platform.faults.next("kf/sync_msg", { errcode: 60030 }),
      /can't be read \(errcode 60030\)/,
    ],
    ["no servicer on duty", () => {}, /no servicer on duty/],
    ["no callback yet", ready, /No callback has arrived/],
    ["no staff", ready, /No members of staff/, { settings: { staff: [] } }],
    ["a group robot without its key", ready, /no key/, { settings: { groupWebhook: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send" } }],
    ["an AI bot that is not connected", ready, /AI bot is not connected/, { settings: { aibotId: "a", aibotSecret: "b" } }],
  ];
  const table = cases.map(([name, prepare, pattern, options = {}]) => [name, prepare, pattern, options] as const);
  test.each(table)("tells of %s, with its mend in every language", async (_name, prepare, pattern, options) => {
    const findings = await check(prepare, options);
    const found = findings.filter((finding) => finding.level !== "good" && pattern.test(finding.what.en));
    expect(troubles(findings).join("\n")).toMatch(pattern);
    expect(found).toHaveLength(1);
    for (const language of LANGUAGES) {
      expect(found[0]!.what[language]).not.toBe("");
      expect(found[0]!.mend![language].length).toBeGreaterThan(10);
    }
    expect(JSON.stringify(findings)).not.toContain("app-secret");
  });
});
