/** Single values of a trace as people of each language write them. Pure. */
import { isLanguage, type Language, type LocalText } from "../language.ts";
import { formatDateTime } from "../wording/format.ts";
import { EVENT_WORDS, INTENT_WORDS, LANGUAGE_WORDS, SIGNAL_WORDS, URGENCY_WORDS, VALUE_WORDS } from "./explain-words.ts";

/** What ids of a trace are called. */
export interface TraceNames {
  readonly zone: string;
  /** Name of an entry of the profile; `null` when there is none (any more). */
  readonly nameOf: (
    kind: "product" | "fault" | "service" | "technician" | "staff" | "rule",
    id: string,
    language: Language,
  ) => string | null;
}

/** Who is told, and when the turn ran: times are told as seen from then. */
export interface Teller {
  readonly language: Language;
  readonly names: TraceNames;
  readonly at: number;
}

/** A fact's value: labels of the understanding in words, the rest as it is. */
export function factValue(fact: string, value: string | number | boolean, language: Language): string {
  if ((fact === "intent" || fact === "intents") && typeof value === "string") return labelWords(value, INTENT_WORDS, language);
  if (fact === "signals") return labelWords(String(value), SIGNAL_WORDS, language);
  if (fact === "event") return wordOf(EVENT_WORDS, String(value), language);
  if (fact === "urgency") return wordOf(URGENCY_WORDS, String(value), language);
  return typeof value === "boolean" ? wordOf(VALUE_WORDS, String(value), language) : String(value);
}

/** Labels one after another, with commas or blanks between them. */
function labelWords(labels: string, words: Readonly<Record<string, LocalText>>, language: Language): string {
  return labels
    .split(/[,\s]+/)
    .map((label) => wordOf(words, label, language))
    .join(language === "en" ? " / " : "/");
}

export function dataValue(key: string, value: string | number | boolean | null, teller: Teller): string {
  const { language, names } = teller;
  if (typeof value === "number" && isInstant(value)) return formatDateTime(value, language, names.zone, teller.at);
  if ((key === "candidates" || key === "intents") && typeof value === "string") return labelWords(value, INTENT_WORDS, language);
  if (typeof value === "string") {
    for (const kind of ["product", "fault", "service", "technician", "staff", "rule"] as const) {
      if (key === kind || (key === "by" && kind === "staff")) return names.nameOf(kind, value, language) ?? value;
    }
    if (isLanguage(value)) return wordOf(LANGUAGE_WORDS, value, language);
  }
  return wordOf(VALUE_WORDS, String(value), language);
}

/** A raw fact is kept as JSON: its words or its time are what people want to see of it. */
export function readableValue(value: string, teller: Teller): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return value;
  }
  if (typeof parsed === "string") return wordOf(VALUE_WORDS, parsed, teller.language);
  if (typeof parsed === "number") return isInstant(parsed) ? formatDateTime(parsed, teller.language, teller.names.zone, teller.at) : value;
  if (typeof parsed !== "object" || parsed === null) return value;
  const fields = parsed as Readonly<Record<string, unknown>>;
  if (typeof fields["text"] === "string" && fields["text"] !== "") return fields["text"];
  if (typeof fields["start"] === "number") return formatDateTime(fields["start"], teller.language, teller.names.zone, teller.at);
  const shown = Object.values(fields).filter((field) => typeof field === "string" || typeof field === "number");
  return shown.length > 0 ? shown.join(" ") : value;
}

/** Numbers this large are instants: counts, prices and phones in notes stay below (from 2001 on). */
const isInstant = (value: number): boolean => value >= 1_000_000_000_000 && value < 100_000_000_000_000;

export function wordOf(words: Readonly<Record<string, LocalText>>, key: string, language: Language): string {
  return Object.hasOwn(words, key) ? words[key]![language] : key;
}

export function pick(language: Language, cn: string, tw: string, en: string): string {
  return language === "en" ? en : language === "zh-TW" ? tw : cn;
}

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
export const round = (value: number): string => String(Math.round(value * 100) / 100);
export const quote = (language: Language, text: string): string => (language === "zh-TW" ? `「${text}」` : `“${text}”`);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
