/** Media on its way from one side to the other: fetched where it came from, uploaded for whom it is meant. */
import { AnxinError } from "../../core/errors.ts";
import type { FileSource } from "../../core/ports.ts";
import type { Media } from "../../core/spine/events.ts";
import { DAY_MS } from "../../core/time.ts";
import { dataAddress } from "../http/bounded.ts";
import { errcodeOf, retryAfterMs, type WecomApi } from "./client.ts";
import { reactionTo } from "./codes.ts";
import { CHANNEL, hashOf } from "./ids.ts";
import type { WecomDependencies } from "./types.ts";

/** A media id is good for three days (document 90239); an hour less, so that it is not used in its last minutes. */
const GOOD_FOR_MS = 3 * DAY_MS - 3_600_000;
const MOST_KEPT = 500;

type UploadKind = "image" | "voice" | "video" | "file";
const KINDS: Readonly<Record<Exclude<Media["kind"], "location">, UploadKind>> = {
  photo: "image",
  voice: "voice",
  video: "video",
  file: "file",
};
const NAMES: Readonly<Record<UploadKind, string>> = { image: "image.jpg", voice: "voice.amr", video: "video.mp4", file: "file" };
/** Formats that the platform takes as a picture, a voice and a video (document 90253); anything else goes as a file. */
const FORMATS: Readonly<Record<UploadKind, readonly string[] | null>> = {
  image: ["image/jpeg", "image/png", "image/jpg"],
  voice: ["audio/amr", "voice/amr", "audio/amr-wb"],
  video: ["video/mp4", "video/mpeg4"],
  file: null,
};

export interface MediaBody {
  readonly msgtype: UploadKind;
  readonly mediaId: string;
}

export interface MediaMover {
  /**
   * @returns what can be sent, or `null` when the media is elsewhere or of no kind that can be sent
   * @throws AnxinError as the calls do
   */
  prepare(media: Media): Promise<MediaBody | null>;
}

export function createMediaMover(api: WecomApi, { clock }: Pick<WecomDependencies, "clock">): MediaMover {
  const kept = new Map<string, { readonly body: MediaBody; readonly until: number }>();
  return {
    async prepare(media) {
      if (media.kind === "location") return null;
      const key = hashOf(media.ref);
      const known = kept.get(key);
      if (known && clock.now() < known.until) return known.body;
      const content = await contentOf(api, media);
      if (content === null) return null;
      const wished = KINDS[media.kind];
      const kind = FORMATS[wished]?.includes(content.mime) === false && !content.ours ? "file" : wished;
      const mediaId = await api.upload(kind, content.bytes, media.name ?? content.name ?? NAMES[kind], content.mime);
      const body: MediaBody = { msgtype: kind, mediaId };
      kept.set(key, { body, until: clock.now() + GOOD_FOR_MS });
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
      return body;
    },
  };
}

/** Media ids are good for three days, with the app's token alone. */
export function createWecomFiles(api: WecomApi): FileSource {
  const prefix = `${CHANNEL}:`;
  return {
    keeps: (ref) => ref.startsWith(prefix),
    async read(media, limitBytes) {
      try {
        const { bytes, mime, name } = await api.download(media.ref.slice(prefix.length), limitBytes);
        const type = media.mime ?? mime;
        return { result: "read", media: { ...media, ref: dataAddress(bytes, type), name: media.name ?? name, mime: type } };
      } catch (error) {
        if (error instanceof AnxinError && error.code === "file_too_large") return { result: "refused", reason: error.code };
        const errcode = errcodeOf(error);
        if (errcode === null) return { result: "retry", reason: "file_not_reached", afterMs: null };
        const afterMs = retryAfterMs(errcode);
        if (afterMs !== null) return { result: "retry", reason: `errcode ${errcode}`, afterMs };
        return { result: "refused", reason: reactionTo(errcode) === "media" ? "file_gone" : `errcode ${errcode}` };
      }
    },
  };
}

/** `ours`: came from the platform itself, so it is of a format that it takes. */
async function contentOf(
  api: WecomApi,
  media: Media,
): Promise<{ readonly bytes: Uint8Array; readonly mime: string; readonly name: string | null; readonly ours: boolean } | null> {
  if (media.ref.startsWith(`${CHANNEL}:`)) return { ...(await api.download(media.ref.slice(CHANNEL.length + 1))), ours: true };
  const data = /^data:([\w./+-]+);base64,([A-Za-z0-9+/=]*)$/.exec(media.ref);
  if (!data) return null;
  const bytes = Buffer.from(data[2]!, "base64");
  // The platform refuses files of five bytes and less (document 90253).
  if (bytes.length <= 5) throw new AnxinError("media_empty", "the file to send has no content", {});
  return { bytes, mime: data[1]!, name: media.name, ours: false };
}
