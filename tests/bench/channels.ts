/**
 * The three platforms: how soon their calls are answered while the service works, and how many replies a second go out at the pace
 * that each platform allows. The real process over HTTP, an emulated platform that enforces its limits, a load that doesn't wait.
 */
import { cpSync, existsSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { join } from "node:path";
import { type PlatformCall, slackCall, telegramCall, wecomWakeCall } from "../emulators/requests.ts";
import { startSlackEmulator } from "../emulators/slack/index.ts";
import { startTelegramEmulator } from "../emulators/telegram/index.ts";
import { ACCOUNT, startWecomEmulator } from "../emulators/wecom/index.ts";
import { pause } from "../soak/http.ts";
import { freePort, startServiceProcess } from "../soak/service-process.ts";
import { type Figure, median, percentile, progress, type Section } from "./figures.ts";
import type { Bench } from "./setup.ts";

/** Calls a second; a shop's busiest minute has a tenth of it. */
const PER_SECOND = 50;
/** Each writes once in a while, so that no customer's own pace is what is measured. */
const CUSTOMERS = 500;
const FIRST_READY_MS = 180_000;
const QUESTION = "你们几点开门";
const SECRET = "bench-secret_0123456789";
/** The platforms themselves: Slack wants an answer within 3 s, WeChat Work within 5 s, Telegram within 60 s. */
const GOAL_P99_MS = 100;

interface BenchPlatform {
  readonly name: string;
  settings(port: number): Readonly<Record<string, string>>;
  /** The call with which the nth message of a customer comes in. */
  call(number: number, customer: number): PlatformCall;
  /** Replies that have arrived. */
  replies(): number;
  /** Refusals because we were too fast. */
  refusals(): number;
  close(): Promise<void>;
}

async function openTelegram(): Promise<BenchPlatform> {
  const telegram = await startTelegramEmulator();
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    telegram.customer(10_000 + customer);
    telegram.world.people.get(10_000 + customer)!.started = true;
  }
  return {
    name: "Telegram",
    settings: (port) => ({
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_MODE: "webhook",
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    }),
    call: (number, customer) => telegramCall(SECRET, number, 10_000 + customer, QUESTION, Date.now()),
    replies: () => telegram.world.messages.filter((message) => message.from === telegram.world.bot.id).length,
    refusals: () => telegram.world.rates.state.offences,
    close: () => telegram.close(),
  };
}

async function openSlack(): Promise<BenchPlatform> {
  const slack = await startSlackEmulator();
  const people = Array.from({ length: CUSTOMERS }, (_, customer) => slack.customer(`U0B${customer}`));
  return {
    name: "Slack",
    settings: () => ({ SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_API_URL: slack.url }),
    call: (number, customer) => slackCall(slack.signingSecret, number, `U0B${customer}`, QUESTION, Date.now()),
    replies: () => people.reduce((sum, person) => sum + slack.workspace.channels.get(person.channel)!.messages.length, 0),
    refusals: () => slack.limited(),
    close: () => slack.close(),
  };
}

async function openWecom(): Promise<BenchPlatform> {
  const wecom = await startWecomEmulator({ staff: ["staff0"] });
  const { company, kf } = wecom;
  const people = Array.from({ length: CUSTOMERS }, (_, customer) => wecom.customer(`wmB${customer}`));
  wecom.callbacks.url = "http://127.0.0.1/channels/wecom";
  return {
    name: "WeChat Work",
    settings: () => ({
      WECOM_CORP_ID: company.corpId,
      WECOM_AGENT_ID: company.agentId,
      WECOM_SECRET: company.secret,
      WECOM_TOKEN: company.token,
      WECOM_AES_KEY: company.aesKey,
      WECOM_API_ROOT: wecom.url,
      WECOM_STAFF: "staff0",
    }),
    call(_number, customer) {
      const item = { origin: 3, msgtype: "text", text: { content: QUESTION } };
      kf.append(ACCOUNT, item, { customer: people[customer]!.id, heard: true });
      return wecomWakeCall(wecom.callbacks, company, kf.newToken(ACCOUNT), Date.now());
    },
    replies: () => people.reduce((sum, person) => sum + person.seen().length, 0),
    refusals: () => 0,
    close: () => wecom.close(),
  };
}

export async function benchChannels(bench: Bench): Promise<Section> {
  const seconds = bench.quick ? 4 : 20;
  const figures: Figure[] = [];
  for (const open of [openTelegram, openSlack, openWecom]) {
    const platform = await open();
    progress(`channels: ${platform.name}, ${seconds} s of calls, then at most ${drainSeconds(bench)} s until all are answered`);
    figures.push(...(await measure(bench, platform, seconds)));
  }
  return {
    title: `channels: ${PER_SECOND} calls a second from ${CUSTOMERS} customers for ${seconds} s, from call to 200, and replies at the platform's pace`,
    figures,
  };
}

/** How long replies may still go out after the calls, at the platform's own pace. */
function drainSeconds(bench: Bench): number {
  return bench.quick ? 5 : 60;
}

async function measure(bench: Bench, platform: BenchPlatform, seconds: number): Promise<readonly Figure[]> {
  const port = await freePort();
  const dataDir = join(bench.folder, `channels-${platform.name.replaceAll(" ", "")}`);
  const models = join(bench.folder, "models");
  if (existsSync(models)) cpSync(models, join(dataDir, "models"), { recursive: true });
  const service = startServiceProcess({ port, dataDir, profile: "appliance", settings: platform.settings(port) });
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  try {
    await service.ready(FIRST_READY_MS);
    const waits: number[] = [];
    let wrong = 0;
    const began = performance.now();
    const total = PER_SECOND * seconds;
    const sends: Promise<void>[] = [];
    for (let number = 0; number < total; number++) {
      const due = began + (number * 1_000) / PER_SECOND;
      const early = due - performance.now();
      if (early > 0) await pause(early);
      const call = platform.call(number, number % CUSTOMERS);
      sends.push(
        post(port, agent, call).then((status) => {
          waits.push(performance.now() - due);
          if (status !== 200) wrong += 1;
        }),
      );
    }
    await Promise.all(sends);
    const repliedInTime = platform.replies();
    const loadMs = performance.now() - began;
    // What still waits goes on at the platform's pace.
    const until = performance.now() + drainSeconds(bench) * 1_000;
    while (platform.replies() < total && performance.now() < until) await pause(50);
    const allMs = performance.now() - began;
    const p99 = percentile(waits, 0.99);
    return [
      { what: `${platform.name}: answer, p50`, value: median(waits), unit: "ms" },
      {
        what: `${platform.name}: answer, p99`,
        value: p99,
        unit: "ms",
        goal: { text: `under ${GOAL_P99_MS} ms`, met: p99 < GOAL_P99_MS },
        ...(wrong === 0 ? {} : { note: `${wrong} were not answered with 200` }),
      },
      { what: `${platform.name}: replies while the load lasts`, value: (repliedInTime * 1_000) / loadMs, unit: "/s" },
      {
        what: `${platform.name}: replies until all are answered`,
        value: (platform.replies() * 1_000) / allMs,
        unit: "/s",
        note: `${platform.replies().toLocaleString("en")} of ${total.toLocaleString("en")}, refused as too fast ${platform.refusals()} times`,
      },
    ];
  } finally {
    agent.destroy();
    await service.stop();
    await platform.close();
  }
}

/** @returns the status; 0 = no answer came */
function post(port: number, agent: Agent, { path, headers, body }: PlatformCall): Promise<number> {
  return new Promise((resolve) => {
    const sent = httpRequest(
      { host: "127.0.0.1", port, path, method: "POST", agent, headers: { ...headers, "content-length": body.length } },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on("error", () => resolve(0));
    sent.end(body);
  });
}
