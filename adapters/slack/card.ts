/** What staff see: the card of a case and the posts in its thread. Pure. Customers' words are inert here too. */
import type { Language } from "../../core/language.ts";
import type { StaffCard, StaffPost } from "../../core/ports.ts";
import type { Button } from "../../core/spine/events.ts";
import { ACTIONS } from "./actions.ts";
import { LABEL_LIMIT } from "./capabilities.ts";
import { isUserId } from "./ids.ts";
import { formOfButton } from "./modals.ts";
import { buttonBlocks, fallbackOf, type Mention, plainText, renderPosts, richText } from "./render.ts";
import { shorten } from "./text.ts";
import type { Block, JsonObject, Post } from "./types.ts";
import { say } from "./words.ts";

/** Header block, Slack's limit. */
const HEADER_LIMIT = 150;
/** Fields of one section; the length of one value. */
const FIELDS = 10;
/** A longer value doesn't fit into a column. */
const SHORT = 60;
/** Most lines that stand by themselves: with the rest well below Slack's 50 blocks. */
const ROWS = 20;
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
  const named = card.title.includes(card.case) ? card.title : `${card.case} · ${card.title}`;
  const title = `${sign} ${named}`;
  const { columns, rows } = layOut(card.lines);
  const blocks: Block[] = [
    { type: "header", text: plainText(title, HEADER_LIMIT) },
    richText(state),
    // A field is plain text: nothing in it is read as markup.
    ...columns.map((section) => ({ type: "section", fields: section.map((text) => plainText(text, 2_000)) })),
    ...rows.map((line) => labelled(line.label, { type: "rich_text_section", elements: [{ type: "text", text: line.value }] })),
  ];
  const words = card.words.trim();
  if (words !== "") {
    const quote = { type: "rich_text_quote", elements: [{ type: "text", text: shorten(words, WORDS_LIMIT) }] };
    blocks.push(labelled(say("card.words", language), quote));
  }
  blocks.push(...buttonBlocks(buttons, { kind: "case", number: card.case }, language, card.done ? [] : moreForms(buttons, language)));
  return { text: fallbackOf(`${title} · ${state}`), blocks };
}

function labelled(label: string, element: JsonObject): Block {
  const head = { type: "rich_text_section", elements: [{ type: "text", text: label, style: { bold: true } }] };
  return { type: "rich_text", elements: [head, element] };
}

/** A menu of the forms that no button of the card opens. */
function moreForms(buttons: readonly Button[], language: Language): JsonObject[] {
  const forms = FORMS.filter((form) => !buttons.some((button) => formOfButton(button.id) === form));
  if (forms.length === 0) return [];
  const options = forms.map((form) => ({ text: plainText(`${say(`staff.${form}`, language)}…`, LABEL_LIMIT), value: form }));
  return [{ type: "overflow", action_id: ACTIONS.more, options }];
}

/** Short lines stand in two columns, ten a section; long ones below, each by itself; all as far as Slack takes them. */
function layOut(lines: StaffCard["lines"]): { readonly columns: string[][]; readonly rows: { label: string; value: string }[] } {
  const columns: string[][] = [];
  const rows: { label: string; value: string }[] = [];
  let total = 0;
  for (const line of lines) {
    const value = shorten(line.value, VALUE_LIMIT);
    total += line.label.length + value.length;
    if (total > TOTAL_LIMIT - WORDS_LIMIT || rows.length >= ROWS) break;
    if (value.length > SHORT) {
      rows.push({ label: line.label, value });
      continue;
    }
    if (columns.length === 0 || columns.at(-1)!.length === FIELDS) columns.push([]);
    columns.at(-1)!.push(`${line.label}\n${value}`);
  }
  return { columns, rows };
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
