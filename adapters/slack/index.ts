/** The Slack channel: Bolt behind our own receiver, over HTTP or Socket Mode, into our inbox. */
import type { App, webApi } from "@slack/bolt";
import type { Connection } from "../../core/ports.ts";
import type { HttpHost } from "../http/index.ts";
import { type Called, clientOptions, createSlackApi, newWebClient } from "./api.ts";
import { loadBolt } from "./bolt.ts";
import { checkSlack } from "./check.ts";
import { createSlackChannel } from "./client.ts";
import { failureOfError } from "./errors.ts";
import { createFiles } from "./files.ts";
import { createHandlers, type Handlers } from "./handlers.ts";
import { boltLogger } from "./logger.ts";
import { createPeople } from "./people.ts";
import { createPoster } from "./post.ts";
import { createReach } from "./reach.ts";
import { createReceiver, mountReceiver, type SlackReceiver } from "./receiver.ts";
import { createSocket } from "./socket.ts";
import { createSlackStaff } from "./staff.ts";
import { createThreads } from "./threads.ts";
import { type JsonObject, SLACK_LIMITS, type SlackDependencies } from "./types.ts";

export type { SlackDependencies, SlackSettings } from "./types.ts";

/** Under this key it is kept that a call of Slack has been taken, for `doctor`. */
const HEARD_KEY = "slack-heard";

/** Puts the channel together; its route hangs on the host, which must not listen yet. */
export function connectSlack(host: HttpHost, dependencies: SlackDependencies): Connection {
  const { settings, store, clock, log } = dependencies;
  const limits = { ...SLACK_LIMITS, ...dependencies.limits };
  const api = createSlackApi(dependencies, limits);
  const poster = createPoster(api);
  const files = createFiles(dependencies, limits, api);
  const people = createPeople(api, store, limits.lookupMs);
  const threads = createThreads(store);
  const reach = createReach(store);
  const handlers = createHandlers(dependencies, { api, people, threads, reach });
  let app: Promise<App> | null = null;
  const ready = (): Promise<App> => {
    app ??= createApp(dependencies, handlers, receiver, clientOptions(dependencies, limits), noteHeard);
    return app;
  };
  const receiver: SlackReceiver = createReceiver(ready, (type) =>
    log(type === "app_rate_limited" ? "warn" : "debug", "slack call not known", { type }),
  );
  let forged = 0;
  let heard = false;

  /** Notes once that Slack reaches us. */
  async function noteHeard(): Promise<void> {
    if (heard) return;
    heard = true;
    await store.unit((unit) => unit.meta.set(HEARD_KEY, String(clock.now())));
  }

  if (settings.signingSecret !== null) {
    mountReceiver(host, {
      secret: settings.signingSecret,
      now: () => clock.now(),
      receiver,
      refused: (why) => {
        if (why === "forged") forged += 1;
        log("warn", "slack call refused", { why });
      },
    });
  }
  const socket = settings.appToken === null ? null : createSocket(settings.appToken, dependencies, limits, receiver);
  const { appToken } = settings;
  const openSocket =
    appToken === null
      ? null
      : async (): Promise<Called> => {
          try {
            const client = await newWebClient(appToken, dependencies, limits);
            return { ok: true, data: (await client.apiCall("apps.connections.open")) as unknown as JsonObject };
          } catch (error) {
            return { ok: false, failure: failureOfError(error) };
          }
        };

  return {
    channel: createSlackChannel(dependencies, poster, files, threads, reach),
    staff:
      settings.staffChannel === null
        ? null
        : createSlackStaff({
            dependencies,
            api,
            poster,
            files,
            room: settings.staffChannel,
            language: dependencies.business?.language ?? "zh-CN",
          }),
    files,
    async start() {
      // The first call of Slack should not have to wait until Bolt is loaded.
      await ready();
      await socket?.start();
    },
    async rest() {
      await socket?.rest();
    },
    async stop() {
      await socket?.rest();
      await receiver.idle();
      await handlers.idle();
    },
    async check() {
      const heardBefore = heard || (await store.unit((unit) => unit.meta.get(HEARD_KEY))) !== null;
      return checkSlack(settings, api, { forged, heard: heardBefore, revoked: handlers.revoked }, openSocket);
    },
  };
}

/** Bolt's app: it tells the kinds of calls apart and brings each to its handler. */
async function createApp(
  { settings, log }: SlackDependencies,
  handlers: Handlers,
  receiver: SlackReceiver,
  options: webApi.WebClientOptions,
  taken: () => Promise<void>,
): Promise<App> {
  const { App } = await loadBolt();
  const app = new App({
    receiver,
    // One workspace, one token; nothing is asked of Slack before a call is taken.
    authorize: async () => ({ botToken: settings.botToken }),
    // Bots are told apart by what the call itself says; no question to Slack has to be answered first.
    ignoreSelf: false,
    convoStore: false,
    clientOptions: options,
    logger: boltLogger(log),
  });
  app.use(async ({ next }) => {
    await next();
    await taken();
  });
  app.event(/.*/, async ({ body }) => handlers.event(body));
  app.action(/^anxin:/, async ({ body, ack }) => {
    await handlers.action(body);
    await ack();
  });
  app.shortcut(/^anxin_/, async ({ body, ack }) => {
    await handlers.shortcut(body);
    await ack();
  });
  app.view({ callback_id: /^anxin:/, type: "view_submission" }, async ({ body, ack }) => {
    const answer = await handlers.submission(body);
    // Bolt types the answers of all its kinds at once; ours is the JSON that Slack reads.
    await (ack as (answer?: unknown) => Promise<void>)(answer ?? undefined);
  });
  app.command(/^\/anxin$/, async ({ body, ack }) => {
    const words = await handlers.command(body);
    await (words === null ? ack() : ack({ response_type: "ephemeral", text: words }));
  });
  // A failure must reach the receiver: what could not be kept is sent again by Slack.
  app.error(async (error) => {
    const { original } = error as { original?: unknown };
    throw original ?? error;
  });
  return app;
}
