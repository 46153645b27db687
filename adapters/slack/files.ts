/**
 * Files both ways. A file that came in over Slack is kept by its id and fetched when it has to be shown elsewhere on Slack;
 * bytes are only ever exchanged with Slack's own hosts, because the bot's token goes with them.
 */
import type { FileSource } from "../../core/ports.ts";
import type { Media } from "../../core/spine/events.ts";
import { dataAddress, readBounded } from "../http/bounded.ts";
import type { SlackApi } from "./api.ts";
import { type Failure, failureOfError } from "./errors.ts";
import type { Target } from "./post.ts";
import { isObject, listIn, objectIn, type SlackDependencies, type SlackLimits, textIn } from "./types.ts";

/** Files above this are not passed on, bytes: staff open them where they are. */
const FILE_LIMIT = 20 * 1_024 * 1_024;
/** Shares that are remembered until they are known to have arrived. */
const REMEMBERED = 1_000;

/** How a piece of media can be shown on Slack. */
export type MediaPlan =
  | { readonly by: "bytes"; readonly bytes: Buffer; readonly name: string }
  | { readonly by: "file"; readonly id: string }
  /** Only told of: it lies on another platform or on the web. */
  | { readonly by: "words"; readonly address: string | null };

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "audio/ogg": "ogg",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "video/mp4": "mp4",
  "application/pdf": "pdf",
};

/** Id of a file that Slack keeps, or `null`. */
function fileIdOf(ref: string): string | null {
  return /^slack:(F[A-Z0-9]{1,30})$/.exec(ref)?.[1] ?? null;
}

/** What can be done with media of any channel. Pure. */
export function planMedia(media: Media): MediaPlan {
  const own = fileIdOf(media.ref);
  if (own !== null) return { by: "file", id: own };
  const data = /^data:([^;,]*)(?:;[^,]*)?;base64,([A-Za-z0-9+/]+={0,2})$/.exec(media.ref);
  if (data) {
    const bytes = Buffer.from(data[2]!, "base64");
    return { by: "bytes", bytes, name: media.name ?? `${media.kind}.${EXTENSIONS[media.mime ?? data[1]!] ?? "bin"}` };
  }
  return { by: "words", address: /^(?:https?:\/\/|geo:)\S+$/.test(media.ref) ? media.ref : null };
}

export interface Files extends FileSource {
  /**
   * Shows a file in a channel, once under its key.
   *
   * @returns `null` when it is there
   */
  share(key: string, plan: Exclude<MediaPlan, { by: "words" }>, target: Target): Promise<Failure | null>;
}

export function createFiles(dependencies: SlackDependencies, limits: SlackLimits, api: SlackApi): Files {
  const { settings } = dependencies;
  const apiOrigin = new URL(settings.apiUrl ?? "https://slack.com/api/").origin;
  /** Files that were uploaded and perhaps shared already, by key. */
  const uploaded = new Map<string, string>();

  /** The token goes to Slack's hosts only, or to the host that was set in their place. */
  function isOurs(address: string | null): address is string {
    if (address === null || !URL.canParse(address)) return false;
    const url = new URL(address);
    return url.origin === apiOrigin || (url.protocol === "https:" && (url.hostname === "slack.com" || url.hostname.endsWith(".slack.com")));
  }

  async function download(
    id: string,
    limitBytes = FILE_LIMIT,
  ): Promise<{ readonly bytes: Uint8Array; readonly name: string; readonly mime: string | null } | Failure> {
    const info = await api.call("files.info", { file: id });
    if (!info.ok) return info.failure;
    const file = objectIn(info.data, "file");
    const address = textIn(file, "url_private_download") ?? textIn(file, "url_private");
    if (typeof file["size"] === "number" && file["size"] > limitBytes) return { kind: "refused", error: "file_too_large" };
    if (!isOurs(address)) return { kind: "refused", error: "file_not_on_slack" };
    try {
      const response = await fetch(address, {
        headers: { authorization: `Bearer ${settings.botToken}` },
        // Without the right to read it, Slack leads to a login page: that is not the file.
        redirect: "manual",
        signal: AbortSignal.timeout(limits.callMs),
      });
      if (response.status >= 500 || response.status === 429) return { kind: "later", error: `http_${response.status}`, afterMs: null };
      const type = response.headers.get("content-type") ?? "";
      const isPage = type.startsWith("text/html") && !(textIn(file, "mimetype") ?? "").startsWith("text/html");
      if (response.status !== 200 || isPage) return { kind: "refused", error: "file_not_readable" };
      const bytes = await readBounded(response, limitBytes);
      if (bytes === null) return { kind: "refused", error: "file_too_large" };
      return { bytes, name: textIn(file, "name") ?? id, mime: textIn(file, "mimetype") };
    } catch (error) {
      // Reading changes nothing: it may simply be tried again.
      const failure = failureOfError(error);
      return failure.kind === "unknown" ? { kind: "later", error: failure.error, afterMs: null } : failure;
    }
  }

  async function upload(bytes: Uint8Array, name: string): Promise<{ readonly id: string } | Failure> {
    const given = await api.call("files.getUploadURLExternal", { filename: name, length: bytes.length });
    if (!given.ok) return harmless(given.failure);
    const address = textIn(given.data, "upload_url");
    const id = textIn(given.data, "file_id");
    if (id === null || !isOurs(address)) return { kind: "refused", error: "no_upload_address" };
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: new Uint8Array(bytes),
        redirect: "manual",
        signal: AbortSignal.timeout(limits.callMs),
      });
      if (response.status !== 200) return { kind: "later", error: `http_${response.status}`, afterMs: null };
      return { id };
    } catch (error) {
      return harmless(failureOfError(error));
    }
  }

  /** A file that nobody sees yet was not sent: to upload it again does no harm. */
  const harmless = (failure: Failure): Failure =>
    failure.kind === "unknown" ? { kind: "later", error: failure.error, afterMs: null } : failure;

  async function isShared(id: string, channel: string): Promise<boolean | Failure> {
    const info = await api.call("files.info", { file: id });
    if (!info.ok) return info.failure.kind === "refused" ? false : info.failure;
    const file = objectIn(info.data, "file");
    const shares = objectIn(file, "shares");
    const inShares = ["public", "private"].some((kind) => isObject(shares[kind]) && Object.hasOwn(shares[kind] as object, channel));
    return inShares || ["channels", "groups", "ims"].some((kind) => listIn(file, kind).includes(channel));
  }

  return {
    keeps: (ref) => fileIdOf(ref) !== null,
    async read(media, limitBytes) {
      const content = await download(fileIdOf(media.ref) ?? "", limitBytes);
      if (!("kind" in content)) {
        const { bytes, name, mime } = content;
        const type = media.mime ?? mime;
        return { result: "read", media: { ...media, ref: dataAddress(bytes, type), name: media.name ?? name, mime: type } };
      }
      if (content.kind === "refused") return { result: "refused", reason: content.error };
      const reason = content.kind === "limited" ? "ratelimited" : content.error;
      return { result: "retry", reason, afterMs: content.kind === "unknown" ? null : content.afterMs };
    },
    async share(key, plan, { channel, thread }) {
      let id = uploaded.get(key);
      if (id !== undefined) {
        const shared = await isShared(id, channel);
        if (shared === true) return null;
        if (shared !== false) return shared;
      } else {
        const content = plan.by === "bytes" ? plan : await download(plan.id);
        if ("kind" in content) return content;
        const result = await upload(content.bytes, content.name);
        if ("kind" in result) return result;
        id = result.id;
        uploaded.set(key, id);
        if (uploaded.size > REMEMBERED) uploaded.delete(uploaded.keys().next().value!);
      }
      const done = await api.call("files.completeUploadExternal", {
        files: [{ id }],
        channel_id: channel,
        ...(thread === null ? {} : { thread_ts: thread }),
      });
      if (done.ok) return null;
      if (done.failure.kind !== "unknown") uploaded.delete(key);
      return done.failure;
    },
  };
}
