/** Puts touches into one message, in the customer's language. */
import { festival } from "../calendar/festivals.ts";
import type { Prompt } from "../conversation/prompt.ts";
import type { Choice } from "../conversation/state.ts";
import type { CustomerFile, OwnedProduct } from "../customers/state.ts";
import type { Language, LocalText } from "../language.ts";
import type { CarePlan, CareSurvey } from "../profile/care-schema.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import { type DayKey, dayOf, daysBetween, type Instant } from "../time.ts";
import { addressForm, formatDay } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import { fillTemplate, type TemplateValues } from "../wording/template.ts";
import type { Campaign } from "./campaign.ts";
import { campaignOf } from "./decide.ts";
import type { Touch } from "./touch.ts";

/** What a touch says and offers. */
export interface Piece {
  readonly touch: Touch;
  readonly text: LocalText;
  readonly book: string | null;
  readonly survey: CareSurvey | null;
  /** Touches of the same plan about other products, said in the same sentence. */
  readonly also?: readonly Touch[];
}

/** The words of a touch: of its step, its plan or its campaign; `null` when they are gone. */
export function pieceOf(model: BusinessModel, touch: Touch, campaigns: ReadonlyMap<string, Campaign>): Piece | null {
  const campaign = campaignOf(touch, campaigns);
  if (campaign) return { touch, text: campaign.text, book: campaign.book, survey: null };
  const plan: CarePlan | undefined = model.profile.carePlans.find((one) => one.id === touch.plan);
  if (!plan) return null;
  return {
    touch,
    text: plan.steps[touch.step]?.text ?? plan.text,
    book: plan.book ?? null,
    survey: model.profile.careSurveys.find((one) => one.id === plan.survey) ?? null,
  };
}

/** How what a text is about can be booked: by the button below it, by replying, or not at all (a call). For `{button?…}`, `{reply?…}`. */
export type Offer = "button" | "reply" | "none";

/** Several products named in one breath, each with its plate; of the same name without one, once. */
function productsNamed(model: BusinessModel, owned: readonly OwnedProduct[], language: Language): string {
  const names = owned.map((one) => {
    const name = nameIn(model.product(one.product), language);
    if (one.plate === null) return name;
    return language === "en" ? `${name} (${one.plate})` : `${name}（${one.plate}）`;
  });
  const single = [...new Set(names)];
  if (language !== "en") return single.join("、");
  return single.length < 2 ? single.join("") : `${single.slice(0, -1).join(", ")} and ${single.at(-1)}`;
}

/** What the variables of a text stand for. */
function valuesFor(
  model: BusinessModel,
  { touch, also = [] }: Pick<Piece, "touch" | "also">,
  book: string | null,
  customer: CustomerFile,
  language: Language,
  zone: string,
  now: Instant,
  offer: Offer,
): TemplateValues {
  const { business, carePlans } = model.profile;
  const owned: OwnedProduct | undefined =
    customer.products.find((one) => one.id === touch.owned) ?? (customer.products.length === 1 ? customer.products[0] : undefined);
  const others = also.flatMap((other) => customer.products.find((one) => one.id === other.owned) ?? []);
  const several = owned !== undefined && others.length > 0;
  const plan = carePlans.find((one) => one.id === touch.plan);
  const noon = (day: DayKey): Instant => Date.parse(`${day}T12:00:00Z`);
  return {
    name: addressForm(customer.name, customer.title, language, false),
    business: business.name[language],
    bot: business.botName[language],
    phone: business.contact.phone,
    product: several ? productsNamed(model, [owned, ...others], language) : owned ? nameIn(model.product(owned.product), language) : "",
    plate: several ? "" : (owned?.plate ?? ""),
    due: formatDay(noon(touch.on), language, "UTC", noon(dayOf(now, zone))),
    days: Math.max(0, daysBetween(dayOf(now, zone), touch.on)) || "",
    km: owned?.readings?.at(-1)?.km ?? owned?.mileageKm ?? "",
    button: offer === "button" ? "1" : "",
    reply: offer === "reply" ? "1" : "",
    service: book === null ? "" : nameIn(model.service(book), language),
    festival: plan?.on.event === "festival" ? (festival(plan.on.festival)?.name[language] ?? "") : "",
  };
}

/** The body of a touch in a language, without salutation: for messages, tasks and previews. */
export function bodyOf(
  model: BusinessModel,
  piece: Piece,
  customer: CustomerFile,
  language: Language,
  zone: string,
  now: Instant,
  offer: Offer = piece.book === null ? "none" : "button",
): string {
  return fillTemplate(piece.text[language], valuesFor(model, piece, piece.book, customer, language, zone, now, offer));
}

/** Who puts a message into words, in which language and when. */
export interface CareVoice {
  readonly model: BusinessModel;
  readonly lang: Language;
  readonly now: Instant;
  /** The customer never talked with us here. */
  readonly first: boolean;
  words(key: WordingKey, values?: TemplateValues): string;
}

/** The voice of a preview: nobody's turn, the same words. */
export function previewVoice(model: BusinessModel, lang: Language, now: Instant): CareVoice {
  return { model, lang, now, first: false, words: (key, values = {}) => fillTemplate(model.profile.wording[key]![lang], values) };
}

/** Pieces of one plan and day about several products as one: nobody is told the same sentence twice. */
function gathered(pieces: readonly Piece[]): readonly Piece[] {
  const groups: Piece[] = [];
  for (const piece of pieces) {
    const { plan, step, on, owned } = piece.touch;
    const index = groups.findIndex(({ touch }) => touch.plan === plan && touch.step === step && touch.on === on && touch.owned !== null);
    const group = owned === null || piece.survey ? undefined : groups[index];
    if (group) groups[index] = { ...group, also: [...(group.also ?? []), piece.touch] };
    else groups.push(piece);
  }
  return groups;
}

/** One message for one or several touches, with buttons. The first leads. */
export function composeCare(voice: CareVoice, all: readonly Piece[], customer: CustomerFile, zone: string): Prompt {
  const { model, lang, now } = voice;
  const pieces = gathered(all);
  const parts = [
    voice.words("care.opening", {
      name: addressForm(customer.name, customer.title, lang, voice.first),
      business: model.profile.business.name[lang],
      bot: model.profile.business.botName[lang],
    }),
  ];
  const book = pieces.find((piece) => piece.book !== null);
  pieces.forEach((piece, index) => {
    const offer = piece.book === null ? "none" : piece === book ? "button" : "reply";
    const body = bodyOf(model, piece, customer, lang, zone, now, offer);
    parts.push(index === 0 ? body : voice.words("care.also", { text: body }));
    if (piece.survey) {
      const items = piece.survey.items.map((item, at) => `${at + 1}. ${item.name[lang]}`).join("\n");
      parts.push(voice.words("survey.how", { items, example: piece.survey.items.map((_, at) => (at === 1 ? 4 : 5)).join(" ") }));
    }
  });
  const survey = pieces.find((piece) => piece.survey);
  if (survey) return { text: parts.join("\n\n"), question: "score", choices: scoreChoices(voice) };
  parts.push(voice.words("care.closing"));
  const choices: Choice[] = book ? bookChoices(voice, book, customer) : [];
  return { text: parts.join("\n\n"), question: "choice", choices };
}

/** The button below a message stops the kind that it is of, and no other. */
const STOPS = {
  reminder: { button: "care.stop_button", words: "care.stop_words" },
  greeting: { button: "care.stop_button_greeting", words: "care.stop_words_greeting" },
  campaign: { button: "care.stop_button_campaign", words: "care.stop_words_campaign" },
} as const;

function bookChoices(voice: CareVoice, piece: Piece, customer: CustomerFile): Choice[] {
  const service = nameIn(voice.model.service(piece.book!), voice.lang);
  const { kind } = piece.touch;
  const stop = STOPS[kind === "survey" ? "reminder" : kind];
  const owned = piece.also ? undefined : customer.products.find((one) => one.id === piece.touch.owned);
  const thing = owned ? (owned.plate ?? nameIn(voice.model.product(owned.product), voice.lang)) : "";
  return [
    {
      id: "intent:book",
      label: voice.words("care.book_button", { service }),
      // Read again when pressed, so that the booking begins with the work and the product.
      value: voice.words("care.book_words", { service, thing }),
    },
    { id: "intent:opt_out", label: voice.words(stop.button), value: voice.words(stop.words) },
  ];
}

/** Marks of five as buttons, each in the place of its number: who types 5, or counts buttons where there are none, means the mark 5. */
export function scoreChoices(voice: Pick<CareVoice, "words">): Choice[] {
  return ([1, 2, 3, 4, 5] as const).map((score) => ({ id: `score:${score}`, label: voice.words(`survey.score_${score}`), value: score }));
}
