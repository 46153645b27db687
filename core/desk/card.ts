/** The card of a case: everything a person needs to act, at a glance. Pure; written in the language of the business. */
import type { Booking } from "../booking/state.ts";
import { type Case, isOpen } from "../cases/state.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { Language } from "../language.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { StaffCard } from "../ports.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import type { Button } from "../spine/events.ts";
import type { Instant } from "../time.ts";
import { comma, formatDateTime, formatPhone } from "../wording/format.ts";
import { WORDING_KEYS, type WordingKey } from "../wording/keys.ts";
import { fillTemplate, type TemplateValues } from "../wording/template.ts";
import { deskButton } from "./buttons.ts";
import { typesOf, wordsOfCustomer } from "./customer-types.ts";

/** What a card is made of. */
export interface CardFacts {
  readonly case: Case;
  readonly customer: CustomerFile | null;
  readonly orders: readonly WorkOrder[];
  readonly bookings: readonly Booking[];
  /** Earlier and other cases of the same conversation. */
  readonly cases: readonly Case[];
  /** The customer's language, for the suggested replies. */
  readonly language: Language;
}

/** Notes shown on a card; the rest is in the thread and on the desk page. */
const LAST_NOTES = 3;
const NOTE_LENGTH = 160;
/** Suggested replies of a case. */
const SUGGESTIONS = 3;

/** A wording of the profile in the language of the business. */
export function staffWords(model: BusinessModel, key: WordingKey, values: TemplateValues = {}): string {
  return wordsIn(model, model.staffLanguage, key, values);
}

function wordsIn(model: BusinessModel, language: Language, key: WordingKey, values: TemplateValues = {}): string {
  return fillTemplate(model.profile.wording[key]![language], values);
}

export function buildCard(model: BusinessModel, facts: CardFacts, now: Instant): StaffCard {
  const { case: one, customer } = facts;
  const language = model.staffLanguage;
  const words = (key: WordingKey, values: TemplateValues = {}): string => staffWords(model, key, values);
  const time = (at: Instant): string => formatDateTime(at, language, model.zone, now);
  const lines: { label: string; value: string }[] = [];
  const put = (label: WordingKey, value: string | null): void => {
    if (value) lines.push({ label: words(label), value });
  };
  put("card.state", [words(`case.${one.status}`), nameIn(model.staff(one.owner ?? ""), language)].filter(Boolean).join(" · "));
  put("card.promised", one.answeredAt === null && isOpen(one) ? time(one.promisedAt) : null);
  put("card.customer", customerLine(facts, words));
  put("card.phone", customer?.phones[0] ? formatPhone(customer.phones[0]) : null);
  put("card.channel", one.conversation.slice(0, one.conversation.indexOf(":")));
  put(
    "card.products",
    (customer?.products ?? [])
      .slice(0, 3)
      .map((owned) => productLine(model, owned, language))
      .join("；"),
  );
  put("card.order", orderLine(model, facts, language, time));
  put("card.booking", bookingLine(facts, now, time));
  put("card.why", [...new Set(one.reasons.map((reason) => reason.why))].join("；"));
  const types = typesOf(model.profile.desk.customerTypes, wordsOfCustomer(one));
  put("card.type", types.map((type) => type.name[language]).join(comma(language)));
  put("card.tags", one.tags.join("、"));
  put("card.history", historyLine(facts, words));
  for (const note of one.notes.slice(-LAST_NOTES)) put("card.note", `${authorOf(model, note.by, language, words)}：${cut(note.text)}`);
  if (one.resolution) put("card.resolution", cut(one.resolution));
  suggestionsFor(model, facts).forEach((text, index) => {
    if (isOpen(one)) put("card.suggestion", `${index + 1}. ${text}`);
  });
  return {
    case: one.number,
    title: words("card.title", {
      urgency: one.urgency === "normal" ? "" : words(`urgency.${one.urgency}`),
      number: one.number,
      category: words(`category.${one.category}`),
      customer: customer?.name ?? "",
    }),
    urgency: one.urgency,
    lines,
    words: one.words,
    done: !isOpen(one),
  };
}

/** What can be done with a case as it stands, most wanted first: channels with few buttons show the first ones. */
export function cardButtons(model: BusinessModel, facts: CardFacts): readonly Button[] {
  const { case: one } = facts;
  const button = (verb: "claim" | "reply" | "note" | "resolve" | "release" | "reopen" | "why"): Button =>
    deskButton(verb, one.number, staffWords(model, `button.${verb}`));
  if (one.status === "open") return [button("claim"), button("reply"), button("why"), button("note"), button("resolve")];
  if (one.status === "claimed") {
    const suggested = suggestionsFor(model, facts).map((_text, index) =>
      deskButton("suggest", `${one.number}:${index + 1}`, staffWords(model, "button.suggest", { place: index + 1 })),
    );
    return [button("reply"), button("resolve"), button("release"), button("why"), button("note"), ...suggested];
  }
  return [button("reopen"), button("why")];
}

/**
 * Replies that fit the case, in the customer's language: one for what it is about, then those for the sort of customer who speaks
 * (relations manual and handbook: how to speak to whom).
 */
export function suggestionsFor(model: BusinessModel, facts: CardFacts): readonly string[] {
  const values = { number: facts.case.number, phone: model.profile.business.contact.phone };
  const byMatter: string[] = [];
  for (let place = 1; place <= SUGGESTIONS; place++) {
    const own = `suggest.${facts.case.category}.${place}`;
    const key = own in WORDING_KEYS ? own : `suggest.any.${place}`;
    if (key in WORDING_KEYS) byMatter.push(wordsIn(model, facts.language, key as WordingKey, values));
  }
  const byType = typesOf(model.profile.desk.customerTypes, wordsOfCustomer(facts.case)).map((type) =>
    fillTemplate(type.reply[facts.language], values),
  );
  return [...byMatter.slice(0, 1), ...byType, ...byMatter.slice(1)].slice(0, SUGGESTIONS);
}

const cut = (text: string): string => ([...text].length > NOTE_LENGTH ? `${[...text].slice(0, NOTE_LENGTH - 1).join("")}…` : text);

type Words = (key: WordingKey, values?: TemplateValues) => string;

function customerLine({ customer }: CardFacts, words: Words): string {
  if (!customer) return words("card.unknown");
  const title = customer.title === null ? "" : words(`title.${customer.title}`);
  return [`${customer.name ?? words("card.unnamed")}${title}`, customer.vip ? "VIP" : "", customer.language ?? ""]
    .filter(Boolean)
    .join(" · ");
}

function productLine(model: BusinessModel, owned: CustomerFile["products"][number], language: Language): string {
  return [nameIn(model.product(owned.product), language), owned.brand, owned.model, owned.plate ?? owned.serial].filter(Boolean).join(" ");
}

function orderLine(
  model: BusinessModel,
  { case: one, orders }: CardFacts,
  language: Language,
  time: (at: Instant) => string,
): string | null {
  const order = orders.find((each) => each.number === one.about) ?? [...orders].sort((a, b) => b.updatedAt - a.updatedAt)[0];
  if (!order) return null;
  const state = wordsIn(model, language, `order.${order.status}`);
  return [order.number, state, order.plate ?? order.serial, order.promisedAt === null ? null : `→ ${time(order.promisedAt)}`]
    .filter(Boolean)
    .join(" · ");
}

function bookingLine({ bookings }: CardFacts, now: Instant, time: (at: Instant) => string): string | null {
  const next = bookings.filter((each) => each.status === "confirmed" && each.end > now).sort((a, b) => a.start - b.start)[0];
  return next ? `${next.number} · ${time(next.start)}` : null;
}

function historyLine({ case: one, cases, orders }: CardFacts, words: Words): string | null {
  const others = cases.filter((each) => each.number !== one.number);
  if (others.length + orders.length === 0) return null;
  return words("card.counts", {
    cases: others.length,
    complaints: others.filter((each) => each.category === "complaint").length,
    orders: orders.length,
  });
}

function authorOf(model: BusinessModel, by: string, language: Language, words: Words): string {
  if (by === "customer") return words("card.customer");
  return nameIn(model.staff(by), language) || by;
}
