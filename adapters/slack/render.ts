/** Our messages in Slack's form. Pure. Words stand in rich text, where nothing in them can be markup, a mention or a preview. */
import type { Language } from "../../core/language.ts";
import type { Button } from "../../core/spine/events.ts";
import { ACTIONS, type BlockOwner, blockIdOf } from "./actions.ts";
import { BUTTONS_IN_A_ROW, LABEL_LIMIT, LIST_LIMIT, TEXT_LIMIT } from "./capabilities.ts";
import { escapeText, shorten, splitText } from "./text.ts";
import type { Block, JsonObject, Post } from "./types.ts";
import { say } from "./words.ts";

/** Longest fallback text: above 4,000 Slack advises against it, and it only shows in notifications. */
const FALLBACK_LIMIT = 3_900;

/** Text as the reader sees it; `mention` becomes real mentions, which words never can. */
export function richText(text: string, mention: Mention = { users: [], room: false }, links = false): Block {
  const called: JsonObject[] = [
    ...(mention.room ? [{ type: "broadcast", range: "channel" }] : []),
    ...mention.users.map((user) => ({ type: "user", user_id: user })),
  ].flatMap((element) => [element, { type: "text", text: " " }]);
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [...called, ...(links ? withLinks(text) : [{ type: "text", text }])] }],
  };
}

export interface Mention {
  readonly users: readonly string[];
  /** Everybody in the room, with sound. */
  readonly room: boolean;
}

/** Addresses in our own words can be clicked. */
function withLinks(text: string): JsonObject[] {
  const elements: JsonObject[] = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[\w.~:/?#@!$&'*+,;=%-]*[\w/#=&-]/g)) {
    if (match.index > from) elements.push({ type: "text", text: text.slice(from, match.index) });
    elements.push({ type: "link", url: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length || elements.length === 0) elements.push({ type: "text", text: text.slice(from) });
  return elements;
}

export function plainText(text: string, limit: number): JsonObject {
  return { type: "plain_text", text: shorten(text, limit), emoji: false };
}

export function fallbackOf(text: string): string {
  // The cut comes first: an entity must not be cut in two.
  let length = FALLBACK_LIMIT;
  let escaped = escapeText(shorten(text, length));
  while (escaped.length > FALLBACK_LIMIT) {
    length = Math.floor(length * 0.8);
    escaped = escapeText(shorten(text, length));
  }
  return escaped;
}

export interface Rendered {
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly owner: BlockOwner;
  readonly language: Language;
  readonly mention?: Mention;
  /** Addresses in it are ours, and may be clicked. */
  readonly links?: boolean;
}

/**
 * A text and its buttons as posts, in order; the buttons stand under the last one. Few choices are buttons, many a list, and
 * those whose label doesn't fit are numbered in the text with the numbers as buttons.
 *
 * @returns none when there is neither text nor button
 */
export function renderPosts(rendered: Rendered): Post[] {
  const { buttons, owner, language, links = false } = rendered;
  const fits = buttons.length <= LIST_LIMIT && buttons.every((button) => button.label.length <= LABEL_LIMIT);
  const numbered = fits ? "" : buttons.map((button, index) => `${index + 1}. ${button.label}`).join("\n");
  const text = [rendered.text.trim(), numbered].filter((part) => part !== "").join("\n");
  const parts = splitText(text === "" && buttons.length > 0 ? say("list.choose", language) : text, TEXT_LIMIT);
  const choices = fits ? buttons : buttons.slice(0, LIST_LIMIT).map((button, index) => ({ id: button.id, label: String(index + 1) }));
  return parts.map((part, index) => ({
    text: fallbackOf(part),
    blocks: [
      richText(part, index === 0 ? rendered.mention : undefined, links),
      ...(index === parts.length - 1 ? buttonBlocks(choices, owner, language) : []),
    ],
  }));
}

/** Buttons in one row, or a list when there are many. */
export function buttonBlocks(
  buttons: readonly Button[],
  owner: BlockOwner,
  language: Language,
  extra: readonly JsonObject[] = [],
): Block[] {
  if (buttons.length === 0 && extra.length === 0) return [];
  const elements: JsonObject[] =
    buttons.length <= BUTTONS_IN_A_ROW
      ? buttons.map((button, index) => ({
          type: "button",
          action_id: `${ACTIONS.button}${index}`,
          text: plainText(button.label, LABEL_LIMIT),
          value: button.id,
        }))
      : [
          {
            type: "static_select",
            action_id: ACTIONS.list,
            placeholder: plainText(say("list.choose", language), LABEL_LIMIT),
            options: buttons.slice(0, LIST_LIMIT).map((button) => ({ text: plainText(button.label, LABEL_LIMIT), value: button.id })),
          },
        ];
  return [{ type: "actions", block_id: blockIdOf(owner, 0), elements: [...elements, ...extra] }];
}
