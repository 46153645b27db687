/** The App Home: a customer's own bookings and cases, and what can be done. Pure; seen by that person alone. */
import type { Booking } from "../../core/booking/state.ts";
import type { Case } from "../../core/cases/state.ts";
import type { TraceNames } from "../../core/conversation/explain.ts";
import type { Language } from "../../core/language.ts";
import { type Instant, isoInZone } from "../../core/time.ts";
import { comma, formatClock, formatDateTime } from "../../core/wording/format.ts";
import { ACTIONS } from "./actions.ts";
import { plainText, richText } from "./render.ts";
import type { Block, JsonObject, View } from "./types.ts";
import { say, type WordKey } from "./words.ts";

/** Most of each kind that are shown: with their buttons far below Slack's 100 blocks. */
const SHOWN = 10;

export interface HomeFacts {
  readonly language: Language;
  readonly now: Instant;
  /** `null`: the business's names aren't known here; numbers stand for themselves, and times in UTC. */
  readonly names: TraceNames | null;
  readonly bookings: readonly Booking[];
  readonly cases: readonly Case[];
}

export function renderHome(facts: HomeFacts): View {
  const { language, now } = facts;
  const bookings = facts.bookings
    .filter((booking) => booking.status === "confirmed" && booking.end > now)
    .sort((one, other) => one.start - other.start)
    .slice(0, SHOWN);
  const cases = facts.cases
    .filter((found) => found.status !== "closed")
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, SHOWN);
  return {
    type: "home",
    callback_id: "anxin:home",
    blocks: [
      header("home.title", language),
      actions("main", [
        button("book", language, true),
        button("status", language),
        button("complaint", language),
        button("human", language),
        button("refresh", language),
      ]),
      { type: "context", elements: [plainText(say("home.answers_in_messages", language), 2_000)] },
      { type: "divider" },
      header("home.bookings", language),
      ...(bookings.length === 0 ? [note("home.no_bookings", language)] : bookings.flatMap((booking) => bookingBlocks(booking, facts))),
      header("home.cases", language),
      ...(cases.length === 0 ? [note("home.no_cases", language)] : cases.map((found) => richText(caseLine(found, facts)))),
    ],
  };
}

const header = (key: WordKey, language: Language): Block => ({ type: "header", text: plainText(say(key, language), 150) });
const note = (key: WordKey, language: Language): Block => ({ type: "context", elements: [plainText(say(key, language), 2_000)] });
const actions = (id: string, elements: readonly JsonObject[]): Block => ({ type: "actions", block_id: id, elements });

function button(
  name: "book" | "status" | "complaint" | "human" | "refresh" | "move" | "cancel",
  language: Language,
  primary = false,
): JsonObject {
  return {
    type: "button",
    action_id: `${ACTIONS.home}${name}`,
    text: plainText(say(`home.${name}`, language), 75),
    value: name,
    ...(primary ? { style: "primary" } : {}),
  };
}

function timeOf(at: Instant, { language, names, now }: HomeFacts): string {
  return names === null ? isoInZone(at, "UTC") : formatDateTime(at, language, names.zone, now);
}

function namesOf(kind: "service" | "product", ids: readonly string[], { language, names }: HomeFacts): string {
  return ids.map((id) => names?.nameOf(kind, id, language) ?? id).join(comma(language));
}

function bookingBlocks(booking: Booking, facts: HomeFacts): Block[] {
  const end = facts.names === null ? "" : `–${formatClock(booking.end, facts.names.zone)}`;
  const technician = facts.names?.nameOf("technician", booking.technician, facts.language);
  const lines = [
    `${booking.number} · ${namesOf("service", booking.services, facts)}`,
    `${timeOf(booking.start, facts)}${end}${technician ? ` · ${technician}` : ""}`,
  ];
  return [
    richText(lines.join("\n")),
    actions(`booking|${booking.number}`, [button("move", facts.language), button("cancel", facts.language)]),
  ];
}

function caseLine(found: Case, facts: HomeFacts): string {
  const waiting = found.status === "open" && found.promisedAt > facts.now;
  const promised = waiting ? ` · ${say("home.promised", facts.language)} ${timeOf(found.promisedAt, facts)}` : "";
  return `${found.number} · ${say(`case.${found.status}`, facts.language)}${promised}`;
}
