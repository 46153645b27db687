/** The Web API: every call paced, given up in time, and its failure understood. No retries: the outbox has them. */
import type { webApi } from "@slack/bolt";
import { loadBolt } from "./bolt.ts";
import { type Failure, failureOfError } from "./errors.ts";
import { boltLogger } from "./logger.ts";
import { createPacer } from "./pace.ts";
import { type JsonObject, objectIn, type SlackDependencies, type SlackLimits } from "./types.ts";

export type Called = { readonly ok: true; readonly data: JsonObject } | { readonly ok: false; readonly failure: Failure };

export interface SlackApi {
  /**
   * Makes one call. Never throws.
   *
   * @param channel the channel a post goes to, for its pace
   */
  call(method: string, args: JsonObject, channel?: string): Promise<Called>;
  /** Scopes of the token as Slack named them last; `null` before the first call. */
  readonly scopes: readonly string[] | null;
}

const SLACK_API_URL = "https://slack.com/api/";
/** A call waits its turn at most this long; then it goes back to the outbox, so that it holds up nobody else. */
const PATIENCE_MS = 2_500;
/** Calls under way at once. */
const CONCURRENCY = 20;

/** Options for every client that Bolt or we make: its own retries and queues are off, because it repeats posts that may have arrived. */
export function clientOptions(dependencies: SlackDependencies, limits: SlackLimits): webApi.WebClientOptions {
  return {
    slackApiUrl: dependencies.settings.apiUrl ?? SLACK_API_URL,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: limits.callMs,
    maxRequestConcurrency: CONCURRENCY,
    allowAbsoluteUrls: false,
    logger: boltLogger(dependencies.log),
  };
}

/** A client of the Web API for one token. */
export async function newWebClient(token: string, dependencies: SlackDependencies, limits: SlackLimits): Promise<webApi.WebClient> {
  const { webApi } = await loadBolt();
  return new webApi.WebClient(token, clientOptions(dependencies, limits));
}

export function createSlackApi(dependencies: SlackDependencies, limits: SlackLimits): SlackApi {
  const { clock, log, pause } = dependencies;
  let client: webApi.WebClient | null = null;
  const pacer = createPacer(() => clock.now());
  let scopes: readonly string[] | null = null;
  return {
    get scopes() {
      return scopes;
    },
    async call(method, args, channel) {
      const wait = pacer.take(method, channel ?? null, PATIENCE_MS);
      if (wait > PATIENCE_MS) return { ok: false, failure: { kind: "limited", afterMs: wait } };
      if (wait > 0) await pause(wait);
      try {
        client ??= await newWebClient(dependencies.settings.botToken, dependencies, limits);
        const data = (await client.apiCall(method, args)) as unknown as JsonObject;
        const named = objectIn(data, "response_metadata")["scopes"];
        if (Array.isArray(named)) scopes = named.map(String);
        return { ok: true, data };
      } catch (error) {
        const failure = failureOfError(error);
        if (failure.kind === "limited") pacer.hold(method, channel ?? null, failure.afterMs);
        log(failure.kind === "refused" ? "warn" : "info", "slack call failed", { method, ...failure });
        return { ok: false, failure };
      }
    },
  };
}
