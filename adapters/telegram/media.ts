/** What a message holds beside words. Pure. */
import type { Media } from "../../core/spine/events.ts";
import { fileRef } from "./ids.ts";
import type { TelegramMessage } from "./updates.ts";

/** The name and type are kept now: `getFile` may not tell them later. */
export function mediaOf(message: TelegramMessage): Media | null {
  const of = (
    kind: Media["kind"],
    file: { file_id: string; file_name?: string | undefined; mime_type?: string | undefined },
    mime: string | null,
  ): Media => ({
    kind,
    ref: fileRef(file.file_id),
    name: clean(file.file_name),
    mime: clean(file.mime_type) ?? mime,
  });
  // Sizes come smallest first.
  if (message.photo) return of("photo", message.photo.at(-1)!, "image/jpeg");
  if (message.live_photo) return of("photo", message.live_photo, "image/jpeg");
  if (message.voice) return of("voice", message.voice, "audio/ogg");
  if (message.video) return of("video", message.video, "video/mp4");
  if (message.video_note) return of("video", message.video_note, "video/mp4");
  if (message.animation) return of("video", message.animation, "video/mp4");
  if (message.audio) return of("file", message.audio, null);
  if (message.document) return of("file", message.document, null);
  const place = message.venue?.location ?? message.location;
  if (place)
    return {
      kind: "location",
      ref: `geo:${degrees(place.latitude)},${degrees(place.longitude)}`,
      name: clean(message.venue?.title),
      mime: null,
    };
  return null;
}

/**
 * Content without words and media of a kind we know: what can be said of it in words, or a thing that staff can look at.
 * `null` for service messages, which nobody wrote.
 */
export function otherContent(message: TelegramMessage): string | Media | null {
  if (message.sticker)
    return clean(message.sticker.emoji) ?? { kind: "photo", ref: fileRef(message.sticker.file_id), name: "sticker", mime: "image/webp" };
  if (message.dice) return clean(message.dice.emoji);
  if (message.poll) return clean(message.poll.question);
  const kind = (["story", "rich_message", "checklist", "paid_media", "game", "invoice"] as const).find((one) => message[one] !== undefined);
  return kind === undefined ? null : { kind: "file", ref: `telegram-message:${message.message_id}`, name: kind, mime: null };
}

function clean(text: string | undefined): string | null {
  const words = text?.toWellFormed().replaceAll("\0", "").trim().slice(0, 200).toWellFormed();
  return words ? words : null;
}

/** About a metre, without exponents. */
function degrees(value: number): string {
  return String(Number(value.toFixed(6)));
}
