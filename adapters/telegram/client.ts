/** Calls of the Bot API through grammY: each comes back as its result or as what its failure means, and never throws. */
import { Api, GrammyError, HttpError, InputFile } from "grammy";
import { type Failure, failureOf, failureWithout } from "./failure.ts";
import type { Part } from "./render.ts";
import type { TelegramLimits, TelegramSettings } from "./types.ts";
import { ALLOWED_UPDATES } from "./updates.ts";

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** The methods that we call, as grammY types them. */
export type Raw = Api["raw"];

export interface TelegramClient {
  /** @param act one call; nothing else may throw in it */
  ask<T>(act: (raw: Raw) => Promise<T>): Promise<Answer<T>>;
  /** As `ask`, for `getUpdates`: held open by the server, and cut by `signal`. */
  poll(offset: number, signal: AbortSignal): Promise<Answer<readonly unknown[]>>;
  /** Puts one part into a chat; the id it got there. */
  put(to: Target, part: Part): Promise<Answer<number>>;
  /**
   * Does this message stand in the chat, with exactly this content? Asked by an edit that changes nothing.
   *
   * @returns `unknown` when it can't be told: a place on the map has no text to edit
   */
  stands(chat: number, message: number, part: Part): Promise<"yes" | "no" | "unknown">;
}

/** Where a part goes. */
export interface Target {
  readonly chat: number;
  readonly thread: number | null;
  /** Without sound. */
  readonly quiet: boolean;
}

const NO_PREVIEW = { is_disabled: true } as const;

export function createTelegramClient(settings: TelegramSettings, limits: TelegramLimits): TelegramClient {
  const root = settings.apiRoot?.replace(/\/+$/, "");
  const options = (ms: number) => ({ ...(root ? { apiRoot: root } : {}), timeoutSeconds: ms / 1_000 });
  const api = new Api(settings.botToken, options(limits.callMs));
  // grammY's own default lets a dead connection hide for 8 minutes.
  const polling = new Api(settings.botToken, options(limits.pollSeconds * 1_000 + limits.callMs));

  async function attempt<T>(act: () => Promise<T>): Promise<Answer<T>> {
    try {
      return { ok: true, value: await act() };
    } catch (error) {
      if (error instanceof GrammyError) return { ok: false, failure: failureOf(error.error_code, error.description, error.parameters) };
      return { ok: false, failure: failureWithout(error instanceof HttpError ? error.error : error) };
    }
  }

  const ask: TelegramClient["ask"] = (act) => attempt(() => act(api.raw));
  return {
    ask,
    poll: (offset, signal) =>
      attempt(() =>
        polling.raw.getUpdates(
          { offset, limit: 100, timeout: limits.pollSeconds, allowed_updates: ALLOWED_UPDATES },
          // grammY's type comes from a package of its own; at run time it is this very class.
          signal as unknown as Parameters<Raw["getUpdates"]>[1] & {},
        ),
      ),
    async put(to, part) {
      const common = {
        chat_id: to.chat,
        ...(to.thread === null ? {} : { message_thread_id: to.thread }),
        ...(to.quiet ? { disable_notification: true } : {}),
        ...(part.keyboard ? { reply_markup: part.keyboard } : {}),
      };
      const sent = await ask<{ message_id: number }>((raw) => {
        if (part.kind === "text")
          return raw.sendMessage({ ...common, text: part.text, entities: [...part.entities], link_preview_options: NO_PREVIEW });
        if (part.kind === "location") return raw.sendLocation({ ...common, latitude: part.latitude, longitude: part.longitude });
        const { source } = part;
        const file = source.by === "reference" ? source.value : new InputFile(source.bytes, source.name);
        const caption = part.caption === "" ? {} : { caption: part.caption };
        switch (part.media.kind) {
          case "photo":
            return raw.sendPhoto({ ...common, ...caption, photo: file });
          case "voice":
            return raw.sendVoice({ ...common, ...caption, voice: file });
          case "video":
            return raw.sendVideo({ ...common, ...caption, video: file });
          default:
            return raw.sendDocument({ ...common, ...caption, document: file });
        }
      });
      return sent.ok ? { ok: true, value: sent.value.message_id } : sent;
    },
    async stands(chat, message, part) {
      if (part.kind === "location" || (part.kind === "media" && part.caption === "")) return "unknown";
      const where = { chat_id: chat, message_id: message, ...(part.keyboard ? { reply_markup: part.keyboard } : {}) };
      const answer = await ask<unknown>((raw) =>
        part.kind === "text"
          ? raw.editMessageText({ ...where, text: part.text, entities: [...part.entities], link_preview_options: NO_PREVIEW })
          : raw.editMessageCaption({ ...where, caption: part.caption }),
      );
      if (answer.ok || answer.failure.kind === "not_modified") return "yes";
      return answer.failure.kind === "message_gone" ? "no" : "unknown";
    },
  };
}
