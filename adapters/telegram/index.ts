/** The Telegram channel: customers in private chats with the bot, staff in a forum group with a topic a case. */
import { once } from "node:events";
import { AnxinError, errorName } from "../../core/errors.ts";
import type { Connection } from "../../core/ports.ts";
import type { HttpHost } from "../http/index.ts";
import { createAlbums } from "./albums.ts";
import { createTelegramChannel } from "./channel.ts";
import { checkTelegram } from "./check.ts";
import { createTelegramClient } from "./client.ts";
import type { Failure } from "./failure.ts";
import { createTelegramFiles } from "./files.ts";
import { botIdOf, chatIdFrom } from "./ids.ts";
import { createLedger } from "./ledger.ts";
import { createNotes } from "./notes.ts";
import { createUpdateLine } from "./overtake.ts";
import { createPacer } from "./pace.ts";
import { createPolling } from "./polling.ts";
import { createReceive } from "./receive.ts";
import { createRoom } from "./room.ts";
import { createSends } from "./sends.ts";
import { offerCommands, receiveUpdates } from "./setup.ts";
import { createStaffChannel } from "./staff.ts";
import { createThreads } from "./threads.ts";
import { createButtonTokens } from "./tokens.ts";
import { TELEGRAM_LIMITS, type TelegramDependencies, type TelegramSettings } from "./types.ts";
import { isUsableSecret } from "./verify.ts";
import { mountWebhook } from "./webhook.ts";

export { createStartLink } from "./links.ts";
export type { TelegramDependencies, TelegramLimits, TelegramSettings } from "./types.ts";

const LONGEST_PAUSE_MS = 60_000;

/**
 * Hangs the webhook's route on the host (in polling mode there is none). To be called before the host listens.
 *
 * @throws AnxinError("settings_invalid") when a setting can't be used; it names the variable
 */
export function connectTelegram(host: HttpHost, dependencies: TelegramDependencies): Connection {
  const { settings, store, intake, clock, log, pause } = dependencies;
  const bot = assertSettings(settings);
  const limits = { ...TELEGRAM_LIMITS, ...dependencies.limits };
  const client = createTelegramClient(settings, limits);
  const notes = createNotes(store);
  const ledger = createLedger();
  const pacer = createPacer(() => clock.now(), pause);
  const tokens = createButtonTokens(settings.botToken);
  const threads = createThreads(notes);
  const room = createRoom(chatIdFrom(settings.staffChat), notes, log);
  const sends = createSends({ client, ledger, pacer, notes, clock, limits });
  const albums = createAlbums({ bot, notes, intake, now: () => clock.now(), settle: () => pause(limits.albumMs), log });
  const webhook = settings.mode === "webhook";
  if (webhook && settings.publicUrl === null) log("warn", "telegram.no_public_url", { mend: "set PUBLIC_URL, or TELEGRAM_MODE=polling" });
  let botName: string | null = null;
  const receive = createReceive({
    bot,
    botName: () => botName,
    dependencies,
    limits,
    client,
    albums,
    ledger,
    notes,
    room,
    threads,
    tokens,
    line: webhook ? createUpdateLine(() => pause(limits.overtakeMs)) : null,
  });
  let stopping = false;
  // Waited for before anything is received; a store that fails fails there, and is asked again by the next start.
  let opened = room.open();
  opened.catch(() => undefined);
  if (webhook)
    mountWebhook(
      host,
      settings.webhookSecret!,
      {
        ...receive,
        async update(body) {
          await opened;
          return receive.update(body);
        },
      },
      () => !stopping,
    );
  const polling = webhook ? null : createPolling({ dependencies, limits, client, notes, receive });
  let background: Promise<unknown> = Promise.resolve();
  /** From `start` until `rest` or `stop`. */
  let turn = new AbortController();

  /** One round of everything that Telegram must be told; `false` = some of it must be told again. */
  async function setUp(): Promise<boolean> {
    const me = await client.ask((raw) => raw.getMe());
    if (!me.ok) return setUpFailed(me.failure, true);
    botName = me.value.username;
    const received = await receiveUpdates(client, settings);
    // An address that Telegram won't call (no https, another port) stays so until somebody changes the setting.
    if (!received.ok) return setUpFailed(received.failure, received.failure.kind !== "refused");
    for (const offered of await offerCommands(client, room.chat())) {
      // What Telegram refuses for good (commands of a room the bot is not in) is for doctor to say, not for asking again.
      const { failure } = offered.ok ? { failure: null } : offered;
      if (failure) return setUpFailed(failure, ["busy", "ambiguous", "unreachable"].includes(failure.kind));
    }
    return true;
  }

  function setUpFailed(failure: Failure, again: boolean): boolean {
    log(failure.kind === "unauthorized" ? "error" : "warn", "telegram.setup_failed", { failure: failure.kind });
    return !again;
  }

  async function setUpAgain(until: AbortSignal): Promise<void> {
    const stopped = once(until, "abort");
    for (let failures = 0; !until.aborted; failures++) {
      await Promise.race([stopped, pause(Math.min(LONGEST_PAUSE_MS, limits.againMs * 2 ** failures))]);
      if (until.aborted || (await setUp())) return;
    }
  }

  async function rest(): Promise<void> {
    turn.abort();
    await background.catch(() => undefined);
  }

  return {
    channel: createTelegramChannel({ bot, dependencies, sends, tokens, threads }),
    staff: room.chat() === null ? null : createStaffChannel({ dependencies, limits, client, sends, pacer, tokens, room }),
    files: createTelegramFiles(settings, limits, client),
    async start() {
      opened = opened.catch(() => room.open());
      await opened;
      await albums.resume();
      const ready = await setUp();
      turn = new AbortController();
      const { signal } = turn;
      background = Promise.all([ready ? null : setUpAgain(signal), polling?.run(signal)]);
      background.catch((error: unknown) => log("error", "telegram.stopped", { error: errorName(error) }));
    },
    rest,
    async stop() {
      stopping = true;
      await rest();
      await albums.stop();
      await receive.idle();
    },
    check: () => checkTelegram({ dependencies, client, notes }),
  };
}

function assertSettings(settings: TelegramSettings): number {
  const wrong = (variable: string, wanted: string): AnxinError =>
    new AnxinError("settings_invalid", `${variable} can't be used; wanted ${wanted}`, { variable });
  const bot = botIdOf(settings.botToken);
  if (bot === null) throw wrong("TELEGRAM_BOT_TOKEN", "the token from @BotFather, such as 123456789:AA…");
  if (settings.apiRoot !== null && !/^https?:\/\//.test(settings.apiRoot)) throw wrong("TELEGRAM_API_ROOT", "an http(s) address");
  if (settings.staffChat !== null && !((chatIdFrom(settings.staffChat) ?? 0) < 0))
    throw wrong("TELEGRAM_STAFF_CHAT", "the id of a group, such as -1001234567890");
  if (settings.mode === "polling") return bot;
  if (!isUsableSecret(settings.webhookSecret)) throw wrong("TELEGRAM_WEBHOOK_SECRET", "1–256 characters of A–Z a–z 0–9 _ -");
  return bot;
}
