/** From posts of the desk to what members see: texts and cards of the app (document 90236), texts of the group robot. Pure. */
import type { StaffCard, StaffPost } from "../../core/ports.ts";
import type { Button } from "../../core/spine/events.ts";
import { splitText } from "../../core/wording/split.ts";
import { STAFF_CAPABILITIES } from "./capabilities.ts";
import { hashOf } from "./ids.ts";
import { inert, shorten } from "./text.ts";

const characters = (amount: number): { readonly amount: number; readonly unit: "characters" } => ({ amount, unit: "characters" });
/** Lengths the page advises; longer ones are cut by the client. */
const TITLE = characters(36);
const TITLE_NOTE = characters(44);
const LINE_NAME = characters(5);
const LINE_VALUE = characters(30);
const SUBTITLE = characters(160);
const BUTTON = characters(10);
const QUOTE = characters(160);
const MOST_LINES = 6;

const STYLES: Readonly<Record<StaffCard["urgency"], number>> = { normal: 1, urgent: 1, emergency: 3 };
const COLOURS: Readonly<Record<StaffCard["urgency"], number>> = { normal: 0, urgent: 1, emergency: 2 };

/** Texts of a post, each within the limit, each beginning with the case's number: nothing else tells members what it is about. */
export function renderPostTexts(post: Pick<StaffPost, "text" | "case">): readonly string[] {
  const text = inert(post.text);
  if (text === "") return [];
  const { amount, unit } = STAFF_CAPABILITIES.textLimit;
  const prefix = post.case === null ? "" : `${post.case} `;
  return splitText(text, { amount: amount - prefix.length, unit }).map((part) =>
    post.case !== null && !part.includes(post.case) ? `${prefix}${part}` : part,
  );
}

/** Number of the case in a task id of ours; `null` when it is none, or the post was of no case. */
export function caseOfTask(task: string): string | null {
  return /^([0-9A-Za-z-]+)@[\w-]+$/.exec(task)?.[1] ?? null;
}

/** Unique in the app, at most 128 of `0-9A-Za-z_-@`: the case, and the post that first showed the card. */
export function taskOf(post: Pick<StaffPost, "id" | "case">): string {
  const number = post.case?.replace(/[^0-9A-Za-z-]/g, "") ?? "";
  return `${number}@${hashOf(post.id)}`;
}

export type CardBody = { readonly card_type: string; readonly task_id: string } & Readonly<Record<string, unknown>>;

/** A case's card with its buttons; done cases have none. */
export function renderCard(card: StaffCard, post: Pick<StaffPost, "text" | "buttons">, task: string): CardBody {
  const words = shorten(inert(card.words), QUOTE);
  const note = post.text === "" ? "" : shorten(inert(post.text), SUBTITLE);
  return {
    card_type: card.done || post.buttons.length === 0 ? "text_notice" : "button_interaction",
    task_id: task,
    source: { desc: card.case, desc_color: COLOURS[card.urgency] },
    main_title: { title: shorten(inert(card.title), TITLE), desc: shorten(card.case, TITLE_NOTE) },
    ...(words === "" ? {} : { quote_area: { type: 0, quote_text: words } }),
    ...(note === "" ? {} : { sub_title_text: note }),
    horizontal_content_list: card.lines
      .slice(0, MOST_LINES)
      .map((line) => ({ keyname: shorten(inert(line.label), LINE_NAME), value: shorten(inert(line.value), LINE_VALUE) })),
    ...(card.done || post.buttons.length === 0 ? NOTICE : { button_list: buttonsOf(post.buttons, STYLES[card.urgency]) }),
  };
}

/** A question without a case's card. */
export function renderQuestion(post: Pick<StaffPost, "text" | "buttons" | "case">, task: string): CardBody {
  const [title, ...rest] = inert(post.text).split("\n");
  const note = shorten(rest.join("\n").trim(), SUBTITLE);
  return {
    card_type: "button_interaction",
    task_id: task,
    main_title: { title: shorten(title!, TITLE), ...(post.case === null ? {} : { desc: post.case }) },
    ...(note === "" ? {} : { sub_title_text: note }),
    button_list: buttonsOf(post.buttons, 1),
  };
}

/** A card without buttons must lead somewhere, says the page; the platform's own site is nowhere in particular. */
const NOTICE = { card_action: { type: 1, url: "https://work.weixin.qq.com/" } };

function buttonsOf(buttons: readonly Button[], style: number): readonly unknown[] {
  return buttons.slice(0, STAFF_CAPABILITIES.buttons).map((button, index) => ({
    text: shorten(inert(button.label), BUTTON),
    style: index === 0 ? style : 2,
    key: button.id,
  }));
}
