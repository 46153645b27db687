/**
 * Calls that no platform made: each kind of change, done many times to a genuine call and sent to the real adapter over HTTP.
 * What reached the inbox or the staff's intake is counted.
 */
import { openSlackPlace } from "../adapters/slack/support.ts";
import { openPlace, SECRET } from "../adapters/telegram/support.ts";
import { openWecomPlace } from "../adapters/wecom/support.ts";
import { type PlatformCall, slackCall, telegramCall, wecomStaffCall } from "../emulators/requests.ts";
import { type Chance, createChance } from "./chance.ts";

export const FORGED_CHANNELS = ["telegram", "slack", "wecom"] as const;
export type ForgedChannel = (typeof FORGED_CHANNELS)[number];

export interface ForgeryCount {
  readonly kind: string;
  readonly sent: number;
  /** Answered with a refusal (4xx). */
  readonly refused: number;
  /** Answered 200 without effect, so that the platform doesn't try again. */
  readonly ignored: number;
  /** The connection was cut while it was still being sent. */
  readonly cut: number;
  /** Answered as if it were our fault (5xx). */
  readonly faults: number;
  /** Entries and acts that came of it; a genuine call makes one. */
  readonly reached: number;
}

/** An adapter, and genuine calls to it. */
interface Target {
  readonly url: string;
  /** A call that nobody has made before. */
  genuine(): PlatformCall;
  /** The same words under keys of somebody's own. */
  foreign(): PlatformCall;
  /** How much the adapter has taken in. */
  taken(): Promise<number>;
  moveOn(ms: number): void;
  /** Which bytes of the body the platform's signature is over; `null` = none. */
  signed(body: Buffer): { readonly from: number; readonly to: number } | null;
  /** Names in the address or the headers without which a call is not signed. */
  readonly signs: readonly string[];
  close(): Promise<void>;
}

const OPEN: Readonly<Record<ForgedChannel, () => Promise<Target>>> = {
  async telegram() {
    const place = await openPlace();
    let number = 0;
    const call = (secret: string) => telegramCall(secret, ++number, 4_000 + (number % 7), `第${number}句`, place.time.now());
    return {
      url: place.url,
      genuine: () => call(SECRET),
      foreign: () => call("another-secret_0123456789"),
      taken: async () => (await place.entries()).length + place.acts.length,
      moveOn: (ms) => void place.time.advance(ms),
      // Only the secret proves the sender.
      signed: () => null,
      signs: ["x-telegram-bot-api-secret-token"],
      close: () => place.dispose(),
    };
  },
  async slack() {
    const place = await openSlackPlace();
    place.slack.customer("U0WANG");
    let number = 0;
    const call = (secret: string) => slackCall(secret, ++number, "U0WANG", `第${number}句`, place.clock.now());
    return {
      url: place.url,
      genuine: () => call(place.slack.signingSecret),
      foreign: () => call("0123456789abcdef0123456789abcdef"),
      taken: async () => (await place.entries()).length + place.acts.length,
      moveOn: (ms) => place.clock.move(ms),
      signed: (body) => ({ from: 0, to: body.length }),
      signs: ["x-slack-request-timestamp", "x-slack-signature"],
      close: () => place.close(),
    };
  },
  async wecom() {
    const place = await openWecomPlace();
    const { callbacks, company } = place.platform;
    let number = 0;
    const call = () => wecomStaffCall(callbacks, company, ++number, "zhang", `第${number}句`, place.clock.now());
    return {
      url: new URL(place.address).origin,
      genuine: call,
      foreign() {
        // Sealed for another company with the same keys: only the receiver's name is not ours.
        const { url, body } = callbacks.seal(`<xml><MsgType>text</MsgType><Content>${++number}</Content></xml>`, {
          receiveId: "wwanother",
        });
        const { pathname, search } = new URL(url);
        return { path: `${pathname}${search}`, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
      },
      taken: async () => (await place.entries()).length + place.acts.length,
      moveOn: (ms) => place.clock.move(ms),
      // The envelope around what is sealed says nothing that is read.
      signed: (body) => ({ from: body.indexOf("<Encrypt><![CDATA[") + 18, to: body.indexOf("]]></Encrypt>") }),
      signs: ["msg_signature", "timestamp", "nonce"],
      close: () => place.close(),
    };
  },
};

/** Slack calls are refused after five minutes, those of WeChat Work after ten; those of Telegram carry no time. */
const STALE_MS = 11 * 60_000;
const OVERSIZED_BYTES = 3 * 1_048_576;

type Change = (target: Target, chance: Chance) => Promise<PlatformCall> | PlatformCall;

function without(call: PlatformCall, sign: string): PlatformCall {
  const url = new URL(call.path, "http://x");
  url.searchParams.delete(sign);
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => name !== sign));
  return { path: `${url.pathname}${url.search}`, headers, body: call.body };
}

function altered(call: PlatformCall, sign: string, chance: Chance): PlatformCall {
  const change = (value: string): string => {
    const at = chance.between(0, value.length - 1);
    const other = value[at] === "a" ? "b" : "a";
    return `${value.slice(0, at)}${other}${value.slice(at + 1)}`;
  };
  const url = new URL(call.path, "http://x");
  const inUrl = url.searchParams.get(sign);
  if (inUrl !== null) url.searchParams.set(sign, change(inUrl));
  const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, name === sign ? change(value) : value]));
  return { path: `${url.pathname}${url.search}`, headers, body: call.body };
}

const CHANGES: Readonly<Record<string, Change>> = {
  unsigned: (target, chance) => without(target.genuine(), chance.pick(target.signs)),
  "signature altered": (target, chance) => altered(target.genuine(), chance.pick(target.signs), chance),
  "keys of somebody else": (target) => target.foreign(),
  "truncated body": (target, chance) => {
    const call = target.genuine();
    return { ...call, body: call.body.subarray(0, chance.between(0, call.body.length - 1)) };
  },
  "oversized body": (target) => {
    const call = target.genuine();
    return { ...call, body: Buffer.concat([call.body, Buffer.alloc(OVERSIZED_BYTES, " ")]) };
  },
  "a signed byte changed": (target, chance) => {
    const call = target.genuine();
    const body = Buffer.from(call.body);
    const { from, to } = target.signed(body)!;
    body[chance.between(from, to - 1)]! ^= chance.between(1, 127);
    return { ...call, body };
  },
  "bytes of chance": (target, chance) => ({
    ...target.genuine(),
    body: Buffer.from(Array.from({ length: chance.between(1, 400) }, () => chance.between(0, 255))),
  }),
};

async function send(url: string, { path, headers, body }: PlatformCall): Promise<number | "cut"> {
  try {
    const response = await fetch(`${url}${path}`, { method: "POST", headers, body: new Uint8Array(body) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return "cut";
  }
}

export async function forge(channel: ForgedChannel, tries: number, seed: number): Promise<readonly ForgeryCount[]> {
  const chance = createChance(seed);
  const target = await OPEN[channel]();
  const counts: ForgeryCount[] = [];

  async function count(kind: string, make: (at: number) => Promise<PlatformCall> | PlatformCall, times = tries): Promise<void> {
    const before = await target.taken();
    const answers: (number | "cut")[] = [];
    for (let at = 0; at < times; at++) answers.push(await send(target.url, await make(at)));
    const of = (low: number, high: number): number => answers.filter((one) => typeof one === "number" && one >= low && one < high).length;
    counts.push({
      kind,
      sent: times,
      refused: of(400, 500),
      ignored: of(200, 300),
      cut: answers.filter((one) => one === "cut").length,
      faults: of(500, 600),
      reached: (await target.taken()) - before,
    });
  }

  try {
    const signsBody = target.signed(target.genuine().body) !== null;
    for (const [kind, change] of Object.entries(CHANGES))
      if (signsBody || kind !== "a signed byte changed") await count(kind, () => change(target, chance));
    // A genuine one is taken once; that it comes again changes nothing, within its time and after it.
    const known = target.genuine();
    await send(target.url, known);
    await count("replayed within its time", () => known);
    target.moveOn(STALE_MS);
    await count("replayed after its time", () => known);
    await count("genuine, for comparison", () => target.genuine(), 10);
    return counts;
  } finally {
    await target.close();
  }
}
