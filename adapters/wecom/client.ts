/**
 * Calls to the platform: token, pace, retries of what passes, and one kind of error. The address of a call holds the token, so
 * no error and no log line has the address, only the call's name.
 */
import { z } from "zod";
import { AnxinError, errorName } from "../../core/errors.ts";
import { MINUTE_MS, SECOND_MS } from "../../core/time.ts";
import { readBounded } from "../http/bounded.ts";
import { reactionTo } from "./codes.ts";
import { CALL_PACE, createPacer } from "./pacing.ts";
import { createTokenSource } from "./token.ts";
import type { WecomDependencies } from "./types.ts";

const OFFICIAL_ROOT = "https://qyapi.weixin.qq.com";

/** A call that takes longer is given up; whether it had an effect is then unknown. */
const CALL_WITHIN_MS = 10 * SECOND_MS;
/** `-1`, busy: three tries more at most, says the page. */
const BUSY_RETRIES = 3;
const BUSY_PAUSE_MS = 400;
/** A frequency block lasts as long as the span that was exceeded: a minute at least. */
const FREQUENCY_MS = MINUTE_MS;
const CONCURRENCY_MS = 2 * SECOND_MS;
/** What an operator must mend is looked at again after this time. */
const CONFIG_MS = 5 * MINUTE_MS;
/** Calls of one kind under way at once; halved when the platform finds it too many (45033). */
const MOST_AT_ONCE = 32;
/** Largest media taken in: 20 MB is the largest that customers may send. */
const MEDIA_BYTES = 25 * 1024 * 1024;

/** The platform refused. `data`: `call`, `errcode`, and for `address` the `ip` it saw. */
function refusal(call: string, errcode: number, errmsg: string): AnxinError {
  const ip = reactionTo(errcode) === "address" ? (/\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(errmsg)?.[0] ?? null) : null;
  return new AnxinError("wecom_refused", `WeChat Work refused ${call} with errcode ${errcode}`, { call, errcode, ...(ip ? { ip } : {}) });
}

/** The `errcode` of a refusal; `null` when the platform could not be reached or something else failed. */
export function errcodeOf(error: unknown): number | null {
  return error instanceof AnxinError && error.code === "wecom_refused" ? (error.data["errcode"] as number) : null;
}

/** When the same call may be tried again, ms; `null` when it is for the caller to know. */
export function retryAfterMs(errcode: number): number | null {
  switch (reactionTo(errcode)) {
    case "busy":
    case "token":
      return 10 * SECOND_MS;
    case "frequency":
      return FREQUENCY_MS;
    case "concurrency":
      return CONCURRENCY_MS;
    case "secret":
    case "config":
    case "address":
      return CONFIG_MS;
    default:
      return null;
  }
}

const answerSchema = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default("") });
export type Answer = z.infer<typeof answerSchema>;

export interface DownloadedMedia {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly name: string | null;
}

export interface WecomApi {
  /** @throws AnxinError `wecom_refused` or `wecom_unreachable` */
  get(call: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  post(call: string, body: unknown): Promise<Answer>;
  /** Media that customers or members sent. @throws AnxinError also `file_too_large` */
  download(mediaId: string, limitBytes?: number): Promise<DownloadedMedia>;
  /** @returns the media id, good for three days */
  upload(kind: "image" | "voice" | "video" | "file", bytes: Uint8Array, name: string, mime: string): Promise<string>;
  /** A post to an address that carries its own key (group robot). `call` stands for it in errors. */
  postTo(call: string, url: string, body: unknown): Promise<Answer>;
}

export function createWecomApi(dependencies: Pick<WecomDependencies, "settings" | "clock" | "log" | "random" | "pause">): WecomApi {
  const { settings, clock, log, random, pause } = dependencies;
  const root = (settings.apiRoot ?? OFFICIAL_ROOT).replace(/\/+$/, "");
  const pacer = createPacer(CALL_PACE, clock);
  const gates = new Map<string, Gate>();
  const tokens = createTokenSource(
    clock,
    async () => {
      const query = new URLSearchParams({ corpid: settings.corpId, corpsecret: settings.secret });
      const answer = await readAnswer("gettoken", await request("gettoken", `${root}/cgi-bin/gettoken?${query}`, {}));
      const { access_token: token, expires_in: seconds } = answer;
      if (typeof token !== "string" || token === "") throw unreachable("gettoken", "an answer without a token");
      return { token, expiresInMs: (typeof seconds === "number" ? seconds : 7_200) * SECOND_MS };
    },
    (error) => {
      const errcode = errcodeOf(error);
      const final = errcode !== null && reactionTo(errcode) === "secret";
      if (final) log("error", "wecom_secret_refused", { errcode });
      return final;
    },
  );

  async function request(call: string, url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(CALL_WITHIN_MS) });
    } catch (error) {
      throw unreachable(call, errorName(error));
    }
  }

  /** One call with a token that is replaced once when it died, and repeated while the platform is busy. */
  async function withToken<T>(
    call: string,
    query: Readonly<Record<string, string>>,
    init: () => RequestInit,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    for (let tokensTried = 1, busy = 0; ; ) {
      const token = await tokens.get();
      const address = `${root}/cgi-bin/${call}?${new URLSearchParams({ access_token: token, ...query })}`;
      try {
        return await paced(call, async () => read(await request(call, address, init())));
      } catch (error) {
        const errcode = errcodeOf(error);
        const reaction = errcode === null ? null : reactionTo(errcode);
        if (reaction === "token") {
          tokens.drop(token);
          if (tokensTried++ < 2) continue;
        } else if (reaction === "busy" && busy++ < BUSY_RETRIES) {
          await pause(BUSY_PAUSE_MS * 2 ** busy * (0.5 + random() / 2));
          continue;
        } else if (reaction === "config" || reaction === "address") {
          log("error", "wecom_not_set_up", {
            call,
            errcode,
            ...((error as AnxinError).data["ip"] ? { ip: (error as AnxinError).data["ip"] } : {}),
          });
        } else if (reaction === "bug") log("error", "wecom_request_refused", { call, errcode });
        throw error;
      }
    }
  }

  async function paced<T>(call: string, work: () => Promise<T>): Promise<T> {
    for (let wait = pacer.take([call]); wait > 0; wait = pacer.take([call])) await pause(wait);
    const gate = gates.get(call) ?? new Gate();
    gates.set(call, gate);
    await gate.enter();
    try {
      const result = await work();
      gate.well();
      return result;
    } catch (error) {
      const errcode = errcodeOf(error);
      if (errcode !== null && reactionTo(errcode) === "concurrency") gate.narrow();
      throw error;
    } finally {
      gate.leave();
    }
  }

  const json = (body: unknown): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  });

  return {
    get: (call, query = {}) =>
      withToken(
        call,
        query,
        () => ({}),
        (response) => readAnswer(call, response),
      ),
    post: (call, body) =>
      withToken(
        call,
        {},
        () => json(body),
        (response) => readAnswer(call, response),
      ),
    async postTo(call, url, body) {
      return readAnswer(call, await request(call, url, json(body)));
    },
    download: (mediaId, limitBytes = MEDIA_BYTES) =>
      withToken(
        "media/get",
        { media_id: mediaId },
        () => ({}),
        (response) => readFile(response, limitBytes),
      ),
    async upload(kind, bytes, name, mime) {
      const form = (): RequestInit => {
        const body = new FormData();
        body.set("media", new Blob([Uint8Array.from(bytes)], { type: mime }), name);
        return { method: "POST", body };
      };
      const answer = await withToken("media/upload", { type: kind }, form, (response) => readAnswer("media/upload", response));
      if (typeof answer["media_id"] !== "string") throw unreachable("media/upload", "an answer without a media id");
      return answer["media_id"];
    },
  };
}

function unreachable(call: string, why: string): AnxinError {
  return new AnxinError("wecom_unreachable", `WeChat Work gave no usable answer to ${call}: ${why}`, { call, why });
}

/** Not the platform's answer but a proxy's or nothing: as not reached. @throws AnxinError also when it is a refusal */
async function readAnswer(call: string, response: Response): Promise<Answer> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    throw unreachable(call, `status ${response.status} without JSON`);
  }
  const read = answerSchema.safeParse(body);
  if (!read.success || response.status >= 500) throw unreachable(call, `status ${response.status} with another answer`);
  if (read.data.errcode !== 0) throw refusal(call, read.data.errcode, read.data.errmsg);
  // The platform answers everything with 200: JSON with another status is somebody else's on the way, and says nothing of success.
  if (!response.ok) throw unreachable(call, `status ${response.status} without errcode`);
  return read.data;
}

/** A refusal comes as JSON with status 200; so would a JSON file, which has a name. */
async function readFile(response: Response, limitBytes: number): Promise<DownloadedMedia> {
  const mime = response.headers.get("content-type")?.split(";")[0]?.trim() ?? "application/octet-stream";
  const disposition = response.headers.get("content-disposition") ?? "";
  if (disposition === "" && (mime === "application/json" || mime === "text/plain")) {
    await readAnswer("media/get", response);
    throw unreachable("media/get", "an answer without a file");
  }
  let bytes: Uint8Array | null;
  try {
    bytes = await readBounded(response, limitBytes);
  } catch (error) {
    throw unreachable("media/get", errorName(error));
  }
  if (bytes === null) throw new AnxinError("file_too_large", `the file is larger than ${limitBytes} bytes`, { limitBytes });
  return { bytes, mime, name: /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null };
}

/** Lets so many in at once. */
class Gate {
  private most = MOST_AT_ONCE;
  private inside = 0;
  private streak = 0;
  private readonly queue: (() => void)[] = [];

  async enter(): Promise<void> {
    if (this.inside >= this.most) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.inside += 1;
  }

  /** The place goes to the next in line, unless the gate has become narrower. */
  leave(): void {
    if (this.inside > this.most || this.queue.length === 0) this.inside -= 1;
    else this.queue.shift()!();
  }

  narrow(): void {
    this.most = Math.max(1, Math.floor(this.most / 2));
    this.streak = 0;
  }

  /** Widens slowly again while all goes well. */
  well(): void {
    this.streak += 1;
    if (this.most >= MOST_AT_ONCE || this.streak < 50) return;
    this.most += 1;
    this.streak = 0;
    if (this.queue.length > 0) {
      this.inside += 1;
      this.queue.shift()!();
    }
  }
}
