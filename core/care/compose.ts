/** Puts touches into one message, in the customer's language. */
import { festival } from "../calendar/festivals.ts";
import type { TurnContext } from "../conversation/context.ts";
import type { Prompt } from "../conversation/prompt.ts";
import type { Choice } from "../conversation/state.ts";
import type { CustomerFile, OwnedProduct } from "../customers/state.ts";
import type { Language, LocalText } from "../language.ts";
import type { CarePlan, CareSurvey } from "../profile/care-schema.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import { type DayKey, dayOf, daysBetween, type Instant } from "../time.ts";
import { addressForm, formatDay } from "../wording/format.ts";
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

/** What the variables of a text stand for. */
function valuesFor(
  model: BusinessModel,
  touch: Touch,
  book: string | null,
  customer: CustomerFile,
  language: Language,
  zone: string,
  now: Instant,
): TemplateValues {
  const { business, carePlans } = model.profile;
  const owned: OwnedProduct | undefined =
    customer.products.find((one) => one.id === touch.owned) ?? (customer.products.length === 1 ? customer.products[0] : undefined);
  const plan = carePlans.find((one) => one.id === touch.plan);
  const noon = (day: DayKey): Instant => Date.parse(`${day}T12:00:00Z`);
  return {
    name: addressForm(customer.name, customer.title, language, false),
    business: business.name[language],
    bot: business.botName[language],
    phone: business.contact.phone,
    product: owned ? nameIn(model.product(owned.product), language) : "",
    plate: owned?.plate ?? "",
    due: formatDay(noon(touch.on), language, "UTC", noon(dayOf(now, zone))),
    days: Math.max(0, daysBetween(dayOf(now, zone), touch.on)) || "",
    km: owned?.readings?.at(-1)?.km ?? owned?.mileageKm ?? "",
    service: book === null ? "" : nameIn(model.service(book), language),
    festival: plan?.on.event === "festival" ? (festival(plan.on.festival)?.name[language] ?? "") : "",
  };
}

/** The body of a touch in a language, without salutation: for messages, tasks and previews. */
export function bodyOf(model: BusinessModel, piece: Piece, customer: CustomerFile, language: Language, zone: string, now: Instant): string {
  return fillTemplate(piece.text[language], valuesFor(model, piece.touch, piece.book, customer, language, zone, now));
}

/** One message for one or several touches, with buttons. The first leads. */
export function composeCare(turn: TurnContext, pieces: readonly Piece[], customer: CustomerFile, zone: string): Prompt {
  const { model, lang, now } = turn;
  const parts = [
    turn.words("care.opening", {
      name: addressForm(customer.name, customer.title, lang, turn.state.turns === 0),
      business: model.profile.business.name[lang],
      bot: model.profile.business.botName[lang],
    }),
  ];
  pieces.forEach((piece, index) => {
    const body = bodyOf(model, piece, customer, lang, zone, now);
    parts.push(index === 0 ? body : turn.words("care.also", { text: body }));
    if (piece.survey) {
      const items = piece.survey.items.map((item, at) => `${at + 1}. ${item.name[lang]}`).join("\n");
      parts.push(turn.words("survey.how", { items, example: piece.survey.items.map((_, at) => (at === 1 ? 4 : 5)).join(" ") }));
    }
  });
  const survey = pieces.find((piece) => piece.survey);
  if (survey) return { text: parts.join("\n\n"), question: "score", choices: scoreChoices(turn) };
  parts.push(turn.words("care.closing"));
  const book = pieces.find((piece) => piece.book !== null);
  const choices: Choice[] = book ? bookChoices(turn, book, customer) : [];
  return { text: parts.join("\n\n"), question: "choice", choices };
}

function bookChoices(turn: TurnContext, piece: Piece, customer: CustomerFile): Choice[] {
  const service = nameIn(turn.model.service(piece.book!), turn.lang);
  const owned = customer.products.find((one) => one.id === piece.touch.owned);
  const thing = owned ? (owned.plate ?? nameIn(turn.model.product(owned.product), turn.lang)) : "";
  return [
    {
      id: "intent:book",
      label: turn.words("care.book_button", { service }),
      // Read again when pressed, so that the booking begins with the work and the product.
      value: turn.words("care.book_words", { service, thing }),
    },
    { id: "intent:opt_out", label: turn.words("care.stop_button"), value: turn.words("care.stop_words") },
  ];
}

/** Marks of five as buttons, each in the place of its number: who types 5, or counts buttons where there are none, means the mark 5. */
export function scoreChoices(turn: TurnContext): Choice[] {
  return ([1, 2, 3, 4, 5] as const).map((score) => ({ id: `score:${score}`, label: turn.words(`survey.score_${score}`), value: score }));
}
