/** What Slack refuses in messages and views (facts B6). Each check gives the error as Slack names it, or `null`. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** All text of a message's blocks together: not documented, found out by others. */
const TOTAL = 13_000;

const within = (value: unknown, most: number, least = 1): boolean => text(value).length >= least && text(value).length <= most;

function textObject(value: unknown, most: number, kinds: readonly string[]): boolean {
  return isObject(value) && kinds.includes(text(value["type"])) && within(value["text"], most);
}

const PLAIN = ["plain_text"];
const ANY = ["plain_text", "mrkdwn"];

export function checkBlocks(blocks: unknown, place: "message" | "view"): string | null {
  if (!Array.isArray(blocks)) return "invalid_blocks_format";
  if (blocks.length > (place === "message" ? 50 : 100)) return "invalid_blocks";
  const ids = new Set<string>();
  for (const block of blocks) {
    if (!isObject(block)) return "invalid_blocks_format";
    const id = block["block_id"];
    if (id !== undefined) {
      if (!within(id, 255) || ids.has(text(id))) return "invalid_blocks";
      ids.add(text(id));
    }
    if (!checkBlock(block, place)) return "invalid_blocks";
  }
  return place === "message" && lengthOf(blocks) > TOTAL ? "msg_blocks_too_long" : null;
}

function checkBlock(block: JsonObject, place: "message" | "view"): boolean {
  switch (block["type"]) {
    case "header":
      return textObject(block["text"], 150, PLAIN);
    case "divider":
      return true;
    case "section": {
      const fields = list(block["fields"]);
      if (fields.length > 10 || !fields.every((field) => textObject(field, 2_000, ANY))) return false;
      return (
        (block["text"] === undefined ? fields.length > 0 : textObject(block["text"], 3_000, ANY)) && optionalElement(block["accessory"])
      );
    }
    case "context":
      return list(block["elements"]).length <= 10 && list(block["elements"]).every((element) => textObject(element, 2_000, ANY));
    case "actions": {
      const elements = list(block["elements"]);
      const names = elements.map((element) => (isObject(element) ? text(element["action_id"]) : ""));
      return (
        elements.length > 0 &&
        elements.length <= 25 &&
        new Set(names).size === names.length &&
        elements.every((element) => checkElement(element))
      );
    }
    case "rich_text":
      return list(block["elements"]).length > 0 && list(block["elements"]).every(checkRich);
    case "input":
      return place === "view" && textObject(block["label"], 2_000, PLAIN) && checkElement(block["element"]);
    default:
      return false;
  }
}

const RICH = ["rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"];

function checkRich(element: Json): boolean {
  if (!isObject(element) || !RICH.includes(text(element["type"]))) return false;
  const inner = list(element["elements"]);
  return (
    inner.length > 0 &&
    inner.every((part) => {
      if (!isObject(part)) return false;
      switch (part["type"]) {
        case "text":
          return within(part["text"], 40_000);
        case "link":
          return URL.canParse(text(part["url"])) && text(part["url"]).length <= 3_000;
        case "user":
          return /^[UW][A-Z0-9]+$/.test(text(part["user_id"]));
        case "broadcast":
          return ["here", "channel", "everyone"].includes(text(part["range"]));
        default:
          return false;
      }
    })
  );
}

const optionalElement = (element: Json | undefined): boolean => element === undefined || checkElement(element);

function checkElement(element: unknown): boolean {
  if (!isObject(element) || !within(element["action_id"], 255)) return false;
  const options = list(element["options"]);
  const goodOptions = (most: number): boolean =>
    options.length > 0 &&
    options.length <= most &&
    options.every((option) => isObject(option) && textObject(option["text"], 75, ANY) && within(option["value"], 150));
  switch (element["type"]) {
    case "button":
      return textObject(element["text"], 75, PLAIN) && (element["value"] === undefined || within(element["value"], 2_000));
    case "static_select":
      return goodOptions(100) && (element["placeholder"] === undefined || textObject(element["placeholder"], 150, PLAIN));
    case "overflow":
      return goodOptions(5);
    case "radio_buttons":
      return goodOptions(10);
    case "plain_text_input": {
      const most = typeof element["max_length"] === "number" ? element["max_length"] : 3_000;
      return most <= 3_000 && (element["initial_value"] === undefined || within(element["initial_value"], most));
    }
    case "datepicker":
      return element["initial_date"] === undefined || /^\d{4}-\d{2}-\d{2}$/.test(text(element["initial_date"]));
    case "timepicker":
      return element["initial_time"] === undefined || /^\d{2}:\d{2}$/.test(text(element["initial_time"]));
    default:
      return false;
  }
}

/** Length of everything that is shown. */
function lengthOf(value: Json): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + lengthOf(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) => sum + (key === "text" && typeof one === "string" ? one.length : lengthOf(one)),
    0,
  );
}

export function checkView(view: unknown, kind: "modal" | "home"): string | null {
  if (!isObject(view) || view["type"] !== kind) return "invalid_arguments";
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) return "view_too_large";
  if (text(view["private_metadata"]).length > 3_000 || text(view["callback_id"]).length > 255) return "invalid_arguments";
  if (kind === "modal") {
    for (const part of ["title", "submit", "close"]) {
      if (part === "title" || view[part] !== undefined) if (!textObject(view[part], 24, PLAIN)) return "invalid_arguments";
    }
  }
  const wrong = checkBlocks(view["blocks"], "view");
  return wrong === null ? null : "invalid_arguments";
}
