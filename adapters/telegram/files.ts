/**
 * Files that people sent to the bot. Their address holds the bot's token, so it is asked for when the file is fetched, used once,
 * and stands in no message, log or error.
 */
import type { FileRead, FileSource } from "../../core/ports.ts";
import { dataAddress, readBounded } from "../http/bounded.ts";
import type { TelegramClient } from "./client.ts";
import { fileIdOf } from "./ids.ts";
import type { TelegramLimits, TelegramSettings } from "./types.ts";

const OFFICIAL_ROOT = "https://api.telegram.org";

export function createTelegramFiles(settings: TelegramSettings, limits: TelegramLimits, client: TelegramClient): FileSource {
  const root = (settings.apiRoot ?? OFFICIAL_ROOT).replace(/\/+$/, "");

  async function fetchFile(path: string, limitBytes: number): Promise<Uint8Array | Exclude<FileRead, { result: "read" }>> {
    try {
      const address = `${root}/file/bot${settings.botToken}/${path.split("/").map(encodeURIComponent).join("/")}`;
      const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(limits.callMs) });
      if (response.status !== 200) {
        await response.body?.cancel();
        const gone = response.status >= 400 && response.status < 500 && response.status !== 429;
        return gone ? { result: "refused", reason: "file_gone" } : { result: "retry", reason: `http_${response.status}`, afterMs: null };
      }
      return (await readBounded(response, limitBytes)) ?? { result: "refused", reason: "file_too_large" };
    } catch {
      // The error's words may hold the address.
      return { result: "retry", reason: "file_not_reached", afterMs: null };
    }
  }

  return {
    keeps: (ref) => fileIdOf(ref) !== null,
    async read(media, limitBytes) {
      const found = await client.ask((raw) => raw.getFile({ file_id: fileIdOf(media.ref) ?? "" }));
      if (!found.ok) {
        const { failure } = found;
        if (failure.kind === "busy") return { result: "retry", reason: "busy", afterMs: failure.afterMs };
        const passing = ["ambiguous", "unreachable", "unauthorized"].includes(failure.kind);
        // "file is too big" is one of the refusals: the Bot API serves 20 MB.
        return passing ? { result: "retry", reason: failure.kind, afterMs: null } : { result: "refused", reason: "file_not_served" };
      }
      const { file_path: path, file_size: size } = found.value;
      if ((size ?? 0) > limitBytes) return { result: "refused", reason: "file_too_large" };
      if (path === undefined) return { result: "refused", reason: "file_not_served" };
      const bytes = await fetchFile(path, limitBytes);
      if ("result" in bytes) return bytes;
      const name = media.name ?? path.split("/").at(-1) ?? null;
      return { result: "read", media: { ...media, ref: dataAddress(bytes, media.mime), name } };
    },
  };
}
