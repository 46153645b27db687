/** Forms: booking for customers; reply, transfer, resolve and compensation for staff. What was filled in, read again. Pure. */
import type { Language } from "../../core/language.ts";
import { cleanText } from "../../core/text.ts";
import { isModalName, type ModalName } from "./actions.ts";
import { plainText } from "./render.ts";
import { shorten } from "./text.ts";
import { isObject, type Json, type JsonObject, objectIn, textIn, type View } from "./types.ts";
import { say, type WordKey } from "./words.ts";

/** Titles and buttons of a view, Slack's limit. */
const TITLE_LIMIT = 24;
/** What people may write into one field, Slack's limit. */
const INPUT_LIMIT = 3_000;

/** What a form remembers while it is open; Slack gives it back and shows it to nobody. */
export interface ModalMemory {
  readonly case: string | null;
  readonly thread: string | null;
}

function modal(name: ModalName, language: Language, memory: ModalMemory, blocks: readonly JsonObject[]): View {
  const words = name === "book" ? "book" : "staff";
  return {
    type: "modal",
    callback_id: `anxin:${name}`,
    private_metadata: JSON.stringify({ ...memory, language }),
    title: plainText(say(name === "book" ? "book.title" : `staff.${name}`, language), TITLE_LIMIT),
    submit: plainText(say(`${words}.submit`, language), TITLE_LIMIT),
    close: plainText(say(`${words}.close`, language), TITLE_LIMIT),
    blocks,
  };
}

interface Field {
  readonly id: string;
  readonly label: WordKey;
  readonly optional?: boolean;
  readonly element: JsonObject;
}

function input({ id, label, optional = false, element }: Field, language: Language): JsonObject {
  return {
    type: "input",
    block_id: id,
    optional,
    label: plainText(say(label, language), 2_000),
    element: { ...element, action_id: id },
  };
}

const written = (initial: string, multiline = false, most = INPUT_LIMIT): JsonObject => ({
  type: "plain_text_input",
  multiline,
  max_length: most,
  ...(initial === "" ? {} : { initial_value: shorten(initial, most) }),
});

const choice = (options: readonly (readonly [string, WordKey])[], language: Language): JsonObject => ({
  type: "static_select",
  options: options.map(([value, label]) => ({ text: plainText(say(label, language), 75), value })),
});

/** What is known of the customer, filled in beforehand. */
export interface KnownContact {
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

export function bookingModal(language: Language, known: KnownContact): View {
  const field = (one: Field): JsonObject => input(one, language);
  return modal("book", language, { case: null, thread: null }, [
    { type: "context", elements: [plainText(say("book.hint", language), 2_000)] },
    field({ id: "product", label: "book.product", optional: true, element: written("", false, 200) }),
    field({ id: "fault", label: "book.fault", element: written("", true, 1_000) }),
    field({ id: "date", label: "book.date", optional: true, element: { type: "datepicker" } }),
    field({ id: "clock", label: "book.time", optional: true, element: { type: "timepicker" } }),
    field({
      id: "place",
      label: "book.place",
      optional: true,
      element: choice([["visit", "book.visit"] as const, ["shop", "book.shop"] as const], language),
    }),
    field({ id: "address", label: "book.address", optional: true, element: written(known.address ?? "", false, 200) }),
    field({ id: "name", label: "book.name", optional: true, element: written(known.name ?? "", false, 60) }),
    field({ id: "phone", label: "book.phone", optional: true, element: written(known.phone ?? "", false, 40) }),
  ]);
}

/** @param text words to begin with */
export function staffModal(name: Exclude<ModalName, "book">, language: Language, memory: ModalMemory, text: string): View {
  const field = (one: Field): JsonObject => input(one, language);
  switch (name) {
    case "reply":
      return modal(name, language, memory, [field({ id: "text", label: "staff.reply_text", element: written(text, true) })]);
    case "note":
      return modal(name, language, memory, [field({ id: "text", label: "staff.note_text", element: written(text, true) })]);
    case "resolve":
      return modal(name, language, memory, [
        field({ id: "text", label: "staff.resolve_text", optional: true, element: written(text, true) }),
      ]);
    case "transfer":
      return modal(name, language, memory, [
        field({ id: "to", label: "staff.transfer_to", element: written("", false, 60) }),
        field({ id: "text", label: "staff.transfer_note", optional: true, element: written(text, true) }),
      ]);
    case "compensate":
      return modal(name, language, memory, [
        field({
          id: "kind",
          label: "staff.kind",
          element: choice(
            [
              ["refund", "staff.refund"],
              ["discount", "staff.discount"],
              ["gift", "staff.gift"],
              ["exchange", "staff.exchange"],
            ] as const,
            language,
          ),
        }),
        field({ id: "amount", label: "staff.amount", element: written("", false, 20) }),
        field({
          id: "side",
          label: "staff.side",
          optional: true,
          element: choice(
            [
              ["ours", "staff.side_ours"],
              ["maker", "staff.side_maker"],
              ["customer", "staff.side_customer"],
              ["unclear", "staff.side_unclear"],
            ] as const,
            language,
          ),
        }),
        field({ id: "text", label: "staff.reason", element: written(text, true) }),
      ]);
  }
}

/** A form that was sent in. */
export interface Submission {
  readonly modal: ModalName;
  readonly user: string;
  /** The same form sent in again has the same key. */
  readonly key: string;
  readonly memory: ModalMemory;
  readonly language: Language;
  /** By field; what was left empty isn't there. */
  readonly values: Readonly<Record<string, string>>;
}

/** Reads a `view_submission`; `null` when it is no form of ours. */
export function readSubmission(body: unknown): Submission | null {
  const view = objectIn(body, "view");
  const name = /^anxin:(\w+)$/.exec(textIn(view, "callback_id") ?? "")?.[1] ?? "";
  const user = textIn(objectIn(body, "user"), "id");
  const id = textIn(view, "id");
  if (!isModalName(name) || user === null || id === null) return null;
  const memory = memoryOf(textIn(view, "private_metadata"));
  return {
    modal: name,
    user,
    key: `${id}:${textIn(view, "hash") ?? ""}`,
    memory: { case: textIn(memory, "case"), thread: textIn(memory, "thread") },
    language: memory["language"] === "en" || memory["language"] === "zh-TW" ? memory["language"] : "zh-CN",
    values: readValues(objectIn(objectIn(view, "state"), "values")),
  };
}

function memoryOf(text: string | null): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text ?? "{}");
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function readValues(state: JsonObject): Record<string, string> {
  const values: Record<string, string> = {};
  for (const block of Object.keys(state)) {
    for (const value of Object.values(objectIn(state, block))) {
      const text = writtenIn(value ?? null);
      if (text !== null && text !== "") values[block] = text;
    }
  }
  return values;
}

function writtenIn(value: Json): string | null {
  const plain =
    textIn(value, "value") ??
    textIn(value, "selected_date") ??
    textIn(value, "selected_time") ??
    textIn(objectIn(value, "selected_option"), "value") ??
    textIn(value, "selected_user");
  return plain === null ? null : cleanText(plain);
}

/** Whether a button of a case means one of our forms, by the act that its id names (`reply:C1`, `desk:resolve`). */
export function formOfButton(button: string): Exclude<ModalName, "book"> | null {
  const name = /(?:^|[:./_-])(reply|note|transfer|resolve|compensate)(?:$|[:./_-])/.exec(button)?.[1];
  return name === undefined ? null : (name as Exclude<ModalName, "book">);
}

/** Slots of the booking flow from a form: what a customer would have written for each. */
export function bookingValues(values: Readonly<Record<string, string>>): Record<string, string> {
  const contact = [values["name"], values["phone"]].filter((part) => part !== undefined).join(" ");
  const time = [values["date"], values["clock"]].filter((part) => part !== undefined).join(" ");
  const slots: Record<string, string> = {};
  for (const slot of ["product", "fault", "place", "address"]) if (values[slot] !== undefined) slots[slot] = values[slot];
  if (contact !== "") slots["contact"] = contact;
  if (time !== "") slots["time"] = time;
  return slots;
}

/** What must be mended in a booking form, by field, in the words of {@link WORDS}. @param today day in the business zone */
export function bookingMistakes(values: Readonly<Record<string, string>>, today: string): Record<string, WordKey> {
  const mistakes: Record<string, WordKey> = {};
  if (values["phone"] !== undefined && values["phone"].replace(/\D/g, "").length < 7) mistakes["phone"] = "book.phone_wrong";
  if (values["date"] !== undefined && values["date"] < today) mistakes["date"] = "book.date_past";
  return mistakes;
}
