/** What staff see: the card of a case and the posts in its thread. Pure. Customers' words are inert here too. */
import type { Language } from "../../core/language.ts";
import type { StaffCard, StaffPost } from "../../core/ports.ts";
import type { Button } from "../../core/spine/events.ts";
import { ACTIONS } from "./actions.ts";
import { isUserId } from "./ids.ts";
import { buttonBlocks, fallbackOf, type Mention, plainText, renderPosts, richText } from "./render.ts";
import { shorten } from "./text.ts";
import type { Block, Post } from "./types.ts";
import { say } from "./words.ts";

/** Header block, Slack's limit. */
const HEADER_LIMIT = 150;
/** Fields of one section, and the length of one. */
const FIELDS = 10;
const VALUE_LIMIT = 900;
/** The customer's words on the card; the whole conversation is one press away at the desk. */
const WORDS_LIMIT = 2_000;
/** All text of a message: Slack refuses from about 13,000, although no page says so. */
const TOTAL_LIMIT = 11_000;

const SIGNS = { normal: "🟢", urgent: "🟠", emergency: "🔴" } as const;
const FORMS = ["reply", "transfer", "resolve", "compensate"] as const;

/** The card as the first message of the case's thread. */
export function renderCard(card: StaffCard, buttons: readonly Button[], language: Language): Post {
  const sign = card.done ? "✅" : SIGNS[card.urgency];
  const state = say(card.done ? "card.done" : `card.${card.urgency}`, language);
  const title = `${sign} ${card.title}`;
  const fields = card.lines.slice(0, FIELDS * 2);
  const blocks: Block[] = [{ type: "header", text: plainText(title, HEADER_LIMIT) }, richText(`${card.case} · ${state}`)];
  for (const section of sectionsOf(fields.map((line) => `${line.label}\n${shorten(line.value, VALUE_LIMIT)}`))) {
    // A field is plain text: nothing in it is read as markup.
    blocks.push({ type: "section", fields: section.map((text) => plainText(text, 2_000)) });
  }
  if (card.words.trim() !== "") {
    blocks.push({
      type: "rich_text",
      elements: [
        { type: "rich_text_section", elements: [{ type: "text", text: say("card.words", language), style: { bold: true } }] },
        { type: "rich_text_quote", elements: [{ type: "text", text: shorten(card.words.trim(), WORDS_LIMIT) }] },
      ],
    });
  }
  const owner = { kind: "case", number: card.case } as const;
  const more = {
    type: "overflow",
    action_id: ACTIONS.more,
    options: FORMS.map((form) => ({ text: plainText(`${say(`staff.${form}`, language)}…`, 75), value: form })),
  };
  blocks.push(...buttonBlocks(buttons, owner, language, card.done ? [] : [more]));
  return { text: fallbackOf(`${title} · ${card.case} · ${state}`), blocks };
}

/** Lines in sections of ten, as many as fit beside the customer's words. */
function sectionsOf(lines: readonly string[]): string[][] {
  const sections: string[][] = [];
  let total = 0;
  for (const line of lines) {
    total += line.length;
    if (total > TOTAL_LIMIT - WORDS_LIMIT) break;
    if (sections.length === 0 || sections.at(-1)!.length === FIELDS) sections.push([]);
    sections.at(-1)!.push(line);
  }
  return sections;
}

/** People to call by name, and the room when it is a page. Ids that are none of Slack's call nobody. */
function mentionOf(post: Pick<StaffPost, "mention" | "page">): Mention {
  return { users: [...new Set(post.mention)].filter(isUserId), room: post.page };
}

/** The words of a post, its buttons under it unless they stand on the card. */
export function renderStaffPosts(post: StaffPost, language: Language): Post[] {
  const buttons = post.card === null ? post.buttons : [];
  return renderPosts({ text: post.text, buttons, owner: { kind: "case", number: post.case }, language, mention: mentionOf(post) });
}
