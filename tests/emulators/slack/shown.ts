/** What a person sees of a message: the words, the labels to press, and what became markup. */
import { isObject, type Json, type JsonObject } from "./limits.ts";

export interface Shown {
  readonly ts: string;
  readonly thread: string | null;
  readonly user: string;
  readonly text: string;
  readonly buttons: readonly string[];
  /** `mention`, `bold`, `link preview` …: everything beyond plain words and plain addresses. */
  readonly markup: readonly string[];
  /** Names of the files. */
  readonly files: readonly string[];
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});

export function showMessage(message: JsonObject): Shown {
  const markup: string[] = [];
  const blocks = list(message["blocks"]);
  const words =
    blocks.length > 0
      ? blocks.map((block) => showBlock(object(block), markup)).filter((part) => part !== "")
      : [mrkdwn(text(message["text"]), markup)];
  const unfurls = message["unfurl_links"] !== false && /https?:\/\//.test(words.join(" "));
  return {
    ts: text(message["ts"]),
    thread: text(message["thread_ts"]) || null,
    user: text(message["user"]),
    text: words.join("\n"),
    buttons: pressable(message).map((one) => one.label),
    markup: unfurls ? [...markup, "link preview"] : markup,
    files: list(message["files"]).map((file) => text(object(file)["name"])),
  };
}

function showBlock(block: JsonObject, markup: string[]): string {
  switch (block["type"]) {
    case "header":
      return text(object(block["text"])["text"]);
    case "section":
      return [block["text"], ...list(block["fields"])]
        .filter((one) => one !== undefined)
        .map((one) => textObject(object(one), markup))
        .join("\n");
    case "context":
      return list(block["elements"])
        .map((one) => textObject(object(one), markup))
        .join(" ");
    case "rich_text":
      return list(block["elements"])
        .map((section) =>
          list(object(section)["elements"])
            .map((part) => richPart(object(part), markup))
            .join(""),
        )
        .join("\n");
    case "input":
      return text(object(block["label"])["text"]);
    default:
      return "";
  }
}

function richPart(part: JsonObject, markup: string[]): string {
  if (part["style"] !== undefined) markup.push(...Object.keys(object(part["style"])));
  switch (part["type"]) {
    case "link":
      return text(part["url"]);
    case "user":
      markup.push("mention");
      return `@${text(part["user_id"])}`;
    case "broadcast":
      markup.push("mention");
      return `@${text(part["range"])}`;
    default:
      return text(part["text"]);
  }
}

const textObject = (value: JsonObject, markup: string[]): string =>
  value["type"] === "mrkdwn" ? mrkdwn(text(value["text"]), markup) : text(value["text"]);

/** Words in which Slack reads markup. */
function mrkdwn(raw: string, markup: string[]): string {
  if (/<[@!#][^>]*>/.test(raw)) markup.push("mention");
  if (/<(?:https?|mailto):[^>]*\|[^>]*>/.test(raw)) markup.push("link");
  for (const [sign, name] of [
    ["*", "bold"],
    ["_", "italic"],
    ["~", "strike"],
    ["`", "code"],
  ] as const) {
    const escaped = sign === "*" ? "\\*" : sign;
    if (new RegExp(`(?:^|\\s)${escaped}[^\\s${escaped}][^${escaped}\\n]*${escaped}(?=\\s|$)`).test(raw)) markup.push(name);
  }
  return raw.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export interface Pressable {
  readonly label: string;
  readonly value: string;
  readonly action: JsonObject;
  readonly block: string;
}

/** Everything that can be pressed or chosen, in order; entries of a menu stand behind `…`. */
export function pressable(view: JsonObject): Pressable[] {
  const found: Pressable[] = [];
  for (const block of list(view["blocks"]).map(object)) {
    if (block["type"] !== "actions") continue;
    for (const element of list(block["elements"]).map(object)) {
      if (element["type"] === "button") {
        found.push({
          label: text(object(element["text"])["text"]),
          value: text(element["value"]),
          action: element,
          block: text(block["block_id"]),
        });
        continue;
      }
      for (const option of list(element["options"]).map(object))
        found.push({
          label: text(object(option["text"])["text"]),
          value: text(option["value"]),
          action: element,
          block: text(block["block_id"]),
        });
    }
  }
  return found;
}
