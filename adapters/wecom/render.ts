/** From our messages to what `kf/send_msg` takes (document 94677). Pure. */
import type { Button, StoredMessage } from "../../core/spine/events.ts";
import { sizeOf, splitText } from "../../core/wording/split.ts";
import { KF_CAPABILITIES } from "./capabilities.ts";
import { menuId } from "./ids.ts";
import { inert, shorten } from "./text.ts";

const HEAD = { amount: 1_024, unit: "bytes" } as const;
const TAIL = { amount: 1_024, unit: "bytes" } as const;
const MENU_TEXT = { amount: 256, unit: "bytes" } as const;
const LABEL = { amount: 128, unit: "bytes" } as const;
/** Items of a menu, of which buttons at most ten. In a message that answers an event: ten in all (document 95122). */
const MENU_ITEMS = 50;
export const EVENT_MENU_ITEMS = 10;

/** One message of the platform: `msgtype` and the object named after it. */
export type KfBody = { readonly msgtype: string } & Readonly<Record<string, unknown>>;

/**
 * The words and buttons of a message. A long text goes in parts, the last of which has the buttons; buttons that no menu can
 * hold become numbered lines, which the customer answers by number.
 *
 * @param maxItems items that a menu may have
 */
export function renderWords(message: Pick<StoredMessage, "text" | "buttons">, maxItems = MENU_ITEMS): readonly KfBody[] {
  const { buttons } = message;
  const text = inert(message.text);
  if (buttons.length === 0) return text === "" ? [] : texts(text);
  if (buttons.length > KF_CAPABILITIES.buttons) return renderNumbered(message);
  const parts = splitText(text, KF_CAPABILITIES.textLimit);
  const menu = renderMenu(parts.at(-1)!, buttons, maxItems);
  return menu === null ? renderNumbered(message) : [...parts.slice(0, -1).map(textBody), menu];
}

/** Choices as numbered lines, for when a menu can't be had. */
export function renderNumbered({ text, buttons }: Pick<StoredMessage, "text" | "buttons">): readonly KfBody[] {
  const lines = buttons.map((button, index) => `${index + 1}. ${inert(button.label)}`);
  return texts([inert(text), ...lines].filter((line) => line !== "").join("\n"));
}

/** A text that `head_content` can't hold goes on in text lines of the menu, then in `tail_content`. `null` = too long for a menu. */
function renderMenu(text: string, buttons: readonly Button[], maxItems: number): KfBody | null {
  const [head = "", ...rest] = splitText(text, HEAD);
  const lines = rest.flatMap((part) => splitText(part, MENU_TEXT));
  const room = maxItems - buttons.length;
  if (room < 0) return null;
  const tail = lines.slice(room).join("\n");
  if (sizeOf(tail, "bytes") > TAIL.amount) return null;
  return {
    msgtype: "msgmenu",
    msgmenu: {
      ...(head === "" ? {} : { head_content: head }),
      list: [
        ...lines.slice(0, room).map((content) => ({ type: "text", text: { content, no_newline: 0 } })),
        ...buttons.map((button) => ({ type: "click", click: { id: menuId(button.id), content: shorten(inert(button.label), LABEL) } })),
      ],
      ...(tail === "" ? {} : { tail_content: tail }),
    },
  };
}

/** The words of a menu, for when it is refused. */
export function textOfMenu(body: KfBody): string {
  const { head_content, list, tail_content } = (body["msgmenu"] ?? { list: [] }) as {
    readonly head_content?: string;
    readonly list: readonly { readonly text?: { readonly content: string } }[];
    readonly tail_content?: string;
  };
  return [head_content, ...list.map((item) => item.text?.content), tail_content].filter((part) => part !== undefined).join("\n");
}

function texts(text: string): readonly KfBody[] {
  return splitText(text, KF_CAPABILITIES.textLimit).map(textBody);
}

function textBody(content: string): KfBody {
  return { msgtype: "text", text: { content } };
}

/** A place; `null` when the reference is none. */
export function renderLocation(ref: string, name: string | null): KfBody | null {
  const match = /^geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(ref);
  if (!match) return null;
  return {
    msgtype: "location",
    location: { ...(name === null ? {} : { name: inert(name) }), latitude: Number(match[1]), longitude: Number(match[2]) },
  };
}
