/** Our messages → what Telegram is asked to send. Pure. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from "grammy/types";
import type { StaffCard, StaffPost } from "../../core/ports.ts";
import type { Button, Media, StoredMessage } from "../../core/spine/events.ts";
import { BUTTON_LIMIT, CAPTION_LIMIT, TEXT_LIMIT, TOPIC_NAME_LIMIT } from "./capabilities.ts";
import { fileIdOf } from "./ids.ts";
import { clip, inert, partsOf, sendable, shorten } from "./text.ts";

/** One call that puts one message into a chat. */
export type Part =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly entities: readonly MessageEntity[];
      readonly keyboard: InlineKeyboardMarkup | null;
    }
  | {
      readonly kind: "media";
      readonly media: Media;
      readonly source: MediaSource;
      readonly caption: string;
      readonly keyboard: InlineKeyboardMarkup | null;
    }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number; readonly keyboard: InlineKeyboardMarkup | null };

export type MediaSource =
  /** A file id, or an address that Telegram fetches itself. */
  { readonly by: "reference"; readonly value: string } | { readonly by: "bytes"; readonly bytes: Uint8Array; readonly name: string };

/** Widest label that clients show whole on a button of its own row, in half-widths. */
const LABEL_WIDTH = 34;
/** Two buttons share a row when both are no wider, half-widths. */
const HALF_WIDTH = 16;

/**
 * @param dataOf what a button carries; at most 64 bytes
 * @param room longest text, characters; smaller when Telegram found a part too long
 */
export function renderMessage(message: StoredMessage, dataOf: (index: number) => string, room = TEXT_LIMIT): readonly Part[] {
  const choices = renderChoices(message.buttons, dataOf);
  const words = sendable(choices.list ? `${message.text}\n\n${choices.list}` : message.text);
  const parts: Part[] = [];
  const lead = message.media ? mediaPart(message.media) : null;
  if (lead?.kind === "media" && words.length <= CAPTION_LIMIT) parts.push({ ...lead, caption: inert(words) });
  else {
    if (lead) parts.push(lead);
    for (const text of partsOf(words, room)) parts.push({ kind: "text", text, entities: [], keyboard: null });
  }
  const last = parts.at(-1);
  if (last && choices.keyboard) parts[parts.length - 1] = { ...last, keyboard: choices.keyboard };
  return parts;
}

/** The same without buttons, every choice in words: for when the buttons are refused. */
export function renderPlain(message: StoredMessage): readonly Part[] {
  const list = numbered(message.buttons);
  return renderMessage({ ...message, text: list ? `${message.text}\n\n${list}` : message.text, buttons: [] }, () => "");
}

function numbered(buttons: readonly Button[]): string {
  return buttons.map(({ label }, index) => `${index + 1}. ${label}`).join("\n");
}

/** Buttons where they fit; a numbered list beside numbers to press where labels are long; a list alone where they are many. */
function renderChoices(
  buttons: readonly Button[],
  dataOf: (index: number) => string,
): { readonly list: string | null; readonly keyboard: InlineKeyboardMarkup | null } {
  if (buttons.length === 0) return { list: null, keyboard: null };
  if (buttons.length > BUTTON_LIMIT) return { list: numbered(buttons), keyboard: null };
  const labels = buttons.map(({ label }) => sendable(label) || "…");
  const long = labels.some((label) => widthOf(label) > LABEL_WIDTH);
  const rows: InlineKeyboardButton[][] = [];
  const most = long ? 5 : 2;
  labels.forEach((label, index) => {
    const button = { text: long ? String(index + 1) : label, callback_data: dataOf(index) };
    const row = rows.at(-1);
    const narrow = long || widthOf(label) <= HALF_WIDTH;
    const fits = row !== undefined && row.length < most && narrow && row.every(({ text }) => widthOf(text) <= HALF_WIDTH);
    if (fits) row.push(button);
    else rows.push([button]);
  });
  return { list: long ? numbered(buttons) : null, keyboard: { inline_keyboard: rows } };
}

/** Half-widths that a text takes on a screen. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += char.codePointAt(0)! > 0x2e7f ? 2 : 1;
  return width;
}

/** `null` when another channel keeps it and Telegram can't get at it. */
function mediaPart(media: Media): Extract<Part, { kind: "media" | "location" }> | null {
  const place = /^geo:(-?[\d.]+),(-?[\d.]+)/.exec(media.ref);
  if (place) return { kind: "location", latitude: Number(place[1]), longitude: Number(place[2]), keyboard: null };
  const fileId = fileIdOf(media.ref);
  const source = fileId !== null ? { by: "reference" as const, value: fileId } : sourceOf(media);
  if (source === null) return null;
  return {
    kind: "media",
    media: source.by === "bytes" ? asTelegramTakesIt(media, source.bytes.length) : media,
    source,
    caption: "",
    keyboard: null,
  };
}

/** Largest photo that can be uploaded, bytes, and the types of photo and voice; the rest goes as a document (Bot API, sendPhoto, sendVoice). */
const PHOTO_BYTES = 10 * 1_024 * 1_024;
const TYPES: Partial<Readonly<Record<Media["kind"], RegExp>>> = {
  photo: /^image\/(?:jpe?g|png|webp|bmp)$/,
  voice: /^audio\/(?:ogg|opus|mpeg|mp3|mp4|m4a|x-m4a)$/,
};

function asTelegramTakesIt(media: Media, bytes: number): Media {
  const type = /^data:([^;,]*)/.exec(media.ref)?.[1] ?? "";
  const fits = (TYPES[media.kind]?.test(type) ?? true) && !(media.kind === "photo" && bytes > PHOTO_BYTES);
  return fits ? media : { ...media, kind: "file" };
}

function sourceOf(media: Media): MediaSource | null {
  if (/^https?:\/\//.test(media.ref)) return { by: "reference", value: media.ref };
  const data = /^data:([a-z]+\/([a-z0-9]+)[^;,]*)?;base64,([A-Za-z0-9+/]+={0,2})$/i.exec(media.ref);
  if (!data) return null;
  return { by: "bytes", bytes: new Uint8Array(Buffer.from(data[3]!, "base64")), name: media.name ?? `${media.kind}.${data[2] ?? "bin"}` };
}

// ---- staff

const URGENCY_SIGN: Readonly<Record<StaffCard["urgency"], string>> = { emergency: "🚨", urgent: "⚠️", normal: "📋" };
/** Colours of a topic's icon that the Bot API takes (createForumTopic): blue, yellow, red. */
export const TOPIC_COLOURS = { normal: 0x6fb9f0, urgent: 0xffd67e, emergency: 0xfb6f5f } as const;

export function topicName(number: string, card: StaffCard | null): string {
  if (!card) return shorten(number, TOPIC_NAME_LIMIT);
  const sign = card.done ? "✅" : URGENCY_SIGN[card.urgency];
  const title = card.title.includes(number) ? card.title : `${number} ${card.title}`;
  return shorten(`${sign} ${title}`, TOPIC_NAME_LIMIT);
}

/** The card in one message: the title bold, the customer's words as a quotation, everything inert. */
export function renderCard(card: StaffCard, keyboard: InlineKeyboardMarkup | null): Part {
  const title = inert(shorten(`${card.done ? "✅" : URGENCY_SIGN[card.urgency]} ${card.title}`, 256));
  const lines = card.lines.map(({ label, value }) => inert(`${shorten(label, 64)}：${shorten(value, 512)}`));
  const facts = clip([title, ...lines].join("\n"), TEXT_LIMIT / 2);
  const words = clip(inert(sendable(card.words)), TEXT_LIMIT - facts.length - 2);
  const entities: MessageEntity[] = [{ type: "bold", offset: 0, length: title.length }];
  if (words !== "") entities.push({ type: "expandable_blockquote", offset: facts.length + 2, length: words.length });
  return { kind: "text", text: words === "" ? facts : `${facts}\n\n${words}`, entities, keyboard };
}

/** Someone to call by name. */
export interface Called {
  readonly id: number;
  readonly name: string;
}

/** The text of a post, whom it calls first. */
export function renderPost(
  post: Pick<StaffPost, "text" | "media">,
  called: readonly Called[],
  keyboard: InlineKeyboardMarkup | null,
): readonly Part[] {
  const lead = post.media ? mediaPart(post.media) : null;
  const parts: Part[] = lead ? [lead] : [];
  const foreign = post.media && !lead ? `\n📎 ${post.media.name ?? post.media.kind}` : "";
  const entities: MessageEntity[] = [];
  let prefix = "";
  for (const { id, name } of called) {
    const shown = `@${shorten(name, 32)}`;
    entities.push({ type: "text_mention", offset: prefix.length, length: shown.length, user: { id, is_bot: false, first_name: name } });
    prefix += `${shown} `;
  }
  const words = partsOf(`${post.text}${foreign}`, TEXT_LIMIT - prefix.length);
  words.forEach((text, index) => {
    parts.push(
      index === 0 ? { kind: "text", text: prefix + text, entities, keyboard: null } : { kind: "text", text, entities: [], keyboard: null },
    );
  });
  const last = parts.at(-1);
  if (last && keyboard) parts[parts.length - 1] = { ...last, keyboard };
  return parts;
}

/** Buttons of a post or card, two a row. */
export function staffKeyboard(buttons: readonly Button[], dataOf: (index: number) => string): InlineKeyboardMarkup | null {
  if (buttons.length === 0) return null;
  return renderChoices(buttons.slice(0, BUTTON_LIMIT), dataOf).keyboard;
}
