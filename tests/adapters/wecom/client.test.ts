import { describe, expect, test } from "vitest";
import { createWecomApi, errcodeOf } from "../../../adapters/wecom/client.ts";
import { createChatLink } from "../../../adapters/wecom/links.ts";
import { createPacer, MEMBER_PACE, WEBHOOK_PACE } from "../../../adapters/wecom/pacing.ts";
import { createTokenSource } from "../../../adapters/wecom/token.ts";
import type { WecomDependencies } from "../../../adapters/wecom/types.ts";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { ACCOUNT, startWecomEmulator } from "../../emulators/wecom/index.ts";
import { NOW } from "./support.ts";

async function openApi(settings: Partial<WecomDependencies["settings"]> = {}) {
  let now = NOW;
  const clock = { now: () => now };
  const platform = await startWecomEmulator({ clock });
  const logged: string[] = [];
  const api = createWecomApi({
    settings: {
      ...platform.company,
      apiRoot: `${platform.url}/`,
      staff: [],
      groupWebhook: null,
      aibotId: null,
      aibotSecret: null,
      ...settings,
    },
    clock,
    log: (level, event, data) => void logged.push(JSON.stringify({ level, event, ...data })),
    random: () => 0.5,
    pause: async (ms) => {
      now += ms;
    },
  });
  return {
    api,
    platform,
    logged,
    move(ms: number) {
      now += ms;
    },
    accounts: () => api.post("kf/account/list", { offset: 0, limit: 1 }),
  };
}

describe("the access token", () => {
  test("is fetched once however many need it at the same time", async () => {
    const { platform, accounts } = await openApi();
    await Promise.all(Array.from({ length: 20 }, accounts));
    expect(platform.tokensIssued()).toBe(1);
    await platform.close();
  });

  test("is renewed before its end, and not before that", async () => {
    const { platform, accounts, move } = await openApi();
    await accounts();
    move(2 * HOUR_MS - 6 * MINUTE_MS);
    await accounts();
    expect(platform.tokensIssued()).toBe(1);
    move(2 * MINUTE_MS);
    await accounts();
    expect(platform.tokensIssued()).toBe(2);
    await platform.close();
  });

  test("that died early is replaced once, though twenty calls found it dead", async () => {
    const { platform, accounts } = await openApi();
    await accounts();
    platform.faults.expireTokens();
    await Promise.all(Array.from({ length: 20 }, accounts));
    expect(platform.tokensIssued()).toBe(2);
    await platform.close();
  });

  test("that dies again at once is not fetched for ever", async () => {
    const { platform, accounts } = await openApi();
    platform.faults.next("kf/account/list", { errcode: 40014 }, 10);
    expect(errcodeOf(await accounts().catch((error: unknown) => error))).toBe(40014);
    expect(platform.tokensIssued()).toBeLessThanOrEqual(2);
    await platform.close();
  });

  test("a late finding of a dead token does not drop its successor", async () => {
    let issued = 0;
    const source = createTokenSource(
      { now: () => NOW },
      async () => ({ token: `t${++issued}`, expiresInMs: HOUR_MS }),
      () => false,
    );
    const old = await source.get();
    source.drop(old);
    const fresh = await source.get();
    source.drop(old);
    expect(await source.get()).toBe(fresh);
  });

  test("a wrong secret is not tried again for ten minutes, for many tries ban the address", async () => {
    const { platform, accounts, move, logged } = await openApi({ secret: "wrong" });
    for (let round = 0; round < 5; round++) expect(errcodeOf(await accounts().catch((error: unknown) => error))).toBe(40001);
    expect(platform.calls).toStrictEqual(["gettoken"]);
    move(11 * MINUTE_MS);
    await accounts().catch(() => {});
    expect(platform.calls).toStrictEqual(["gettoken", "gettoken"]);
    expect(logged.join()).not.toContain("wrong");
    await platform.close();
  });

  test("trouble while fetching it passes with the trouble", async () => {
    const { platform, accounts } = await openApi();
    platform.faults.next("gettoken", "reset_before");
    await expect(accounts()).rejects.toMatchObject({ code: "wecom_unreachable" });
    expect(await accounts()).toMatchObject({ errcode: 0 });
    await platform.close();
  });
});

describe("calls", () => {
  test("no error and no log line has a secret or a token", async () => {
    const { platform, accounts, logged } = await openApi();
    const errors: unknown[] = [];
    for (const fault of ["reset_before", "garbage", { status: 500 }, { errcode: 60020 }, { errcode: 40058 }] as const) {
      platform.faults.next("kf/account/list", fault);
      errors.push(await accounts().catch((error: unknown) => error));
    }
    const told =
      JSON.stringify(errors.map((error) => [String(error), error, (error as Error).stack, String((error as Error).cause)])) + logged.join();
    for (const secret of [platform.company.secret, "access_token=", platform.company.corpId, "AT"])
      expect(told).not.toContain(`${secret}=`);
    expect(told).not.toContain(platform.company.secret);
    await platform.close();
  });

  test("a host that is not there is told as not reached", async () => {
    const { platform, accounts } = await openApi({ apiRoot: "http://127.0.0.1:1" });
    await expect(accounts()).rejects.toMatchObject({ code: "wecom_unreachable", data: { call: "gettoken" } });
    await platform.close();
  });

  test("too much at once (45033) makes fewer go at the same time, and all arrive", async () => {
    const { platform, api } = await openApi();
    platform.faults.next("kf/account/list", { errcode: 45033 }, 4);
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => api.post("kf/account/list", { offset: 0, limit: 1 })));
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(56);
    await platform.close();
  });
});

describe("links", () => {
  test("carry what hangs on the product", async () => {
    const { platform, api } = await openApi();
    const link = await createChatLink(api, ACCOUNT, "label", "SN 2026/01&x=空调");
    expect(new URL(link).searchParams.get("scene_param")).toBe("SN 2026/01&x=空调");
    await expect(createChatLink(api, ACCOUNT, "a label", "x")).rejects.toThrow("scene");
    await expect(createChatLink(api, ACCOUNT, "label", "空".repeat(43))).rejects.toThrow("129 bytes");
    await platform.close();
  });
});

describe("paces", () => {
  test.each([
    ["a member", MEMBER_PACE, 30, 1_000],
    ["the group robot", WEBHOOK_PACE, 20, 1_200],
  ])("%s never gets more than the platform's figures, however much waits", (_name, pace, aMinute, anHour) => {
    let now = 0;
    const pacer = createPacer(pace, { now: () => now });
    const sent: number[] = [];
    for (; now < 3 * HOUR_MS; now += 250) if (pacer.take(["x"]) === 0) sent.push(now);
    for (const [spanMs, most] of [
      [MINUTE_MS, aMinute],
      [HOUR_MS, anHour],
    ] as const)
      expect(Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + spanMs).length))).toBeLessThanOrEqual(most);
  });

  test("of several keys one that must wait costs the others nothing", () => {
    const pacer = createPacer({ burst: 1, perSecond: 1 }, { now: () => 0 });
    expect(pacer.take(["a"])).toBe(0);
    expect(pacer.take(["a", "b"])).toBe(1_000);
    expect(pacer.take(["b"])).toBe(0);
  });
});
