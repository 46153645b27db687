/** Answers that need no flow: prices, warranty, hours and place, reminders, consent, courtesy. */

import { comingBookings } from "../booking/change-flows.ts";
import { hoursOf } from "../booking/time-slot.ts";
import { generalService, productsFor, servicesFor, type WorkWish, wishOf } from "../booking/work.ts";
import { kindsNamed, kindsToStop, withConsent } from "../care/consent.ts";
import { openCaseOf } from "../cases/state.ts";
import { answerStatus } from "../orders/status.ts";
import { estimateOf, nameIn } from "../profile/model.ts";
import type { Service } from "../profile/schema.ts";
import { addDays, dayOf } from "../time.ts";
import type { Intent } from "../understanding/types.ts";
import { answerWarranty } from "../warranty/answer.ts";
import { comma, formatDay, formatEstimate } from "../wording/format.ts";
import type { TurnContext } from "./context.ts";
import { menuChoices } from "./menu.ts";
import { askQuestion } from "./question.ts";
import { entitiesOf, type Reading } from "./reading.ts";
import { topFrame } from "./stack.ts";

type Topic = (turn: TurnContext, reading: Reading) => void;

/** Topics by intent. An intent that is not here begins a flow or belongs to the rules. */
export const TOPICS: Partial<Record<Intent, Topic>> = {
  status: answerStatus,
  quote_price: answerPrice,
  warranty: (turn, reading) => answerWarranty(turn, reading, subjectOf(turn, reading).product),
  hours_location: answerHours,
  reminder_query: answerReminder,
  opt_out: (turn, reading) => setCare(turn, reading, false),
  opt_in: (turn, reading) => setCare(turn, reading, true),
  survey_score: answerScore,
  thanks: (turn) => turn.say(turn.words("small.thanks")),
  bye: (turn) => turn.say(turn.words("small.bye")),
  chitchat: (turn) => turn.say(turn.words("small.chitchat", { bot: turn.model.profile.business.botName[turn.lang] })),
  abuse: (turn) => turn.say(turn.words("small.abuse")),
  out_of_scope: (turn) => turn.say(turn.words("small.out_of_scope", { business: turn.model.profile.business.name[turn.lang] })),
};

/** The greeting: who we are, and what can be done (R: opening says who we are). */
export function greet(turn: TurnContext): void {
  const { name, botName } = turn.model.profile.business;
  const known = turn.callName(true);
  turn.say(turn.words(known ? "small.greet_known" : "small.greet", { business: name[turn.lang], bot: botName[turn.lang], name: known }));
}

/** Product and work a question is about: said in it, else those of the flow under way, else the customer's only product. */
function subjectOf(turn: TurnContext, reading: Reading): { product: string | null; services: Service[] } {
  const { product } = entitiesOf(reading);
  const values = turn.state.stack.at(-1)?.values ?? {};
  const raw = turn.state.stack.at(-1)?.raw ?? {};
  const inFlow = (values["product"] ?? raw["product"]) as { id: string } | undefined;
  const wish = wishOf(turn.model, entitiesOf(reading), null);
  const flowWish = (values["fault"] ?? raw["fault"]) as WorkWish | undefined;
  const possible = wish ? productsFor(turn.model, wish) : [];
  const owned = turn.customer()?.products ?? [];
  const booked = comingBookings(turn).find((one) => one.conversation === turn.conversation)?.product;
  const chosen =
    product[0]?.id ??
    (inFlow && (possible.length === 0 || possible.includes(inFlow.id)) ? inFlow.id : undefined) ??
    (possible.length > 0 ? (owned.find((one) => possible.includes(one.product))?.product ?? possible[0]) : undefined) ??
    (owned.length === 1 ? owned[0]!.product : undefined) ??
    booked;
  if (!chosen) return { product: null, services: [] };
  const services = wish
    ? servicesFor(turn.model, chosen, wish)
    : product[0]
      ? []
      : flowWish
        ? servicesFor(turn.model, chosen, flowWish)
        : [];
  return { product: chosen, services };
}

const PAYMENT =
  /付款|支付|怎么付|怎麼付|点俾|點俾|俾錢|刷卡|信用卡|微信|支付宝|支付寶|现金|現金|分期|发票|發票|\b(?:pay|card|cash|invoice|instal?lments?|apple pay|alipay)\b/i;
const AMOUNT = /多少|几钱|幾錢|几多|幾多|价|價|贵|貴|便宜|how much|price|cost|cheap/i;

/** Asked how to pay, of nothing in particular? */
export function asksHowToPay({ text }: Reading): boolean {
  return PAYMENT.test(text) && !AMOUNT.test(text);
}

/** Asks for less, not how much: nobody but the ladder may promise a discount (handbook). */
const HAGGLES =
  /便宜(?:一?点|一?點|些|啲)|(?:打|有没有|有冇|有沒有|给个|給個|俾個)(?:个|個)?(?:折|优惠|優惠|折扣)|(?:优惠|優惠)(?:一?点|一?點|些|啲)|(?:太|咁|好|有点|有點)(?:贵|貴)|抹(?:个|個)?零|(?:少|平)(?:收)?(?:一?点|一?點|些|啲)|\b(?:cheaper|discount|knock (?:something|a bit|some) off|best price|do (?:me )?a deal|too (?:expensive|much|dear)|better price)\b/i;
const ASKS_AMOUNT = /多少|几钱|幾錢|几多|幾多|什么价|什麼價|how much|what (?:is|are|does|would)/i;

function answerPrice(turn: TurnContext, reading: Reading): void {
  if (HAGGLES.test(reading.text) && !ASKS_AMOUNT.test(reading.text)) {
    turn.say(turn.words("price.haggled", { tolerance: turn.model.profile.business.booking.tolerancePercent }));
    if (!topFrame(turn))
      askQuestion(turn, null, "$price", {
        text: turn.words("price.haggled_ask"),
        question: "choice",
        choices: menuChoices(turn, ["human"], null),
      });
    return;
  }
  const { product, services } = subjectOf(turn, reading);
  const { currency, booking, contact } = turn.model.profile.business;
  const pays = PAYMENT.test(reading.text);
  if (asksHowToPay(reading) && services.length === 0 && entitiesOf(reading).product.length === 0) {
    turn.say(contact.payment[turn.lang]);
    return;
  }
  if (!product) {
    const few = turn.model.profile.services.filter((service) => service.requestable).slice(0, 5);
    turn.say(turn.words("price.list", { lines: few.map((service) => priceLine(turn, service, currency)).join("\n") }));
    return;
  }
  const about =
    services.length > 0
      ? services
      : turn.model.profile.services.filter((service) => turn.model.covers(service.products, product)).slice(0, 4);
  const general =
    about.length > 0 ? about : [generalService(turn.model, product)].filter((service): service is Service => service !== undefined);
  turn.say(
    turn.words("price.answer", {
      product: nameIn(turn.model.product(product), turn.lang),
      lines: general.map((service) => priceLine(turn, service, currency)).join("\n"),
      tolerance: booking.tolerancePercent,
      after: general.some((service) => service.afterDiagnosis) ? turn.words("book.after_diagnosis") : "",
      payment: pays ? contact.payment[turn.lang] : "",
    }),
  );
  // Whether work that did not hold costs anything is for those to say who have the complaint.
  const complaint = topFrame(turn) ? undefined : openCaseOf(turn.cases(), "complaint");
  if (complaint) turn.say(turn.words("price.in_case", { number: complaint.number }));
}

function priceLine(turn: TurnContext, service: Service, currency: string): string {
  const visit = service.products.some((product) => turn.model.product(product)?.place === "visit");
  return turn.words("price.line", { item: service.name[turn.lang], price: formatEstimate(estimateOf([service], visit, currency)) });
}

const WHERE =
  /哪|地址|位置|怎么走|怎麼走|点去|點去|邊度|边度|导航|導航|where|address|direction|find you|get to you|located|park|停车|停車|泊车|泊車/i;
const WHEN =
  /几点|幾點|时间|時間|营业|營業|开门|開門|关门|關門|上班|下班|周末|週末|星期|礼拜|禮拜|\b(?:open|close|hours|when|time|weekend)/i;

function answerHours(turn: TurnContext, reading: Reading): void {
  const { business } = turn.model.profile;
  const { calendar, zone } = turn.model;
  const lang = turn.lang;
  // Of several days the one beside the words about opening is meant.
  const about = reading.text.search(/开门|開門|开着|開著|营业|營業|上班|下班|关门|關門|休息|\bopen|\bclos/i);
  const days = entitiesOf(reading).datetime.filter((one) => one.end === null || one.end > turn.now);
  const asked = about < 0 ? days[0] : [...days].sort((one, other) => Math.abs(one.at - about) - Math.abs(other.at - about))[0];
  if (asked) {
    const day = dayOf(asked.start, zone);
    const open = calendar.openSpans(day);
    const label = formatDay(asked.start, lang, zone, turn.now);
    turn.say(
      open.length > 0
        ? turn.words("hours.on_day", { day: label, hours: hoursOf(turn, day) })
        : turn.words("hours.closed_on", { day: label }),
    );
    const nextOpening = calendar.isOpen(turn.now) ? null : calendar.nextOpen(turn.now);
    if (day === dayOf(turn.now, zone)) {
      turn.say(nextOpening === null ? turn.words("hours.open_now") : turn.words("hours.closed_now", { next: turn.time(nextOpening) }));
    }
    // Asked for one day, told one day: the whole week would not fit a phone. Where we are is told when it was asked too.
    if (!WHERE.test(reading.text)) return;
  }
  if (WHERE.test(reading.text) && !asked && !WHEN.test(reading.text)) {
    turn.say(
      turn.words("hours.where", {
        address: business.contact.address[lang],
        directions: business.contact.directions?.[lang] ?? "",
        phone: business.contact.phone,
      }),
    );
    return;
  }
  const lines: string[] = [];
  const today = dayOf(turn.now, zone);
  for (let ahead = 0; ahead < 7; ahead++) {
    const day = addDays(today, ahead);
    const hours = hoursOf(turn, day) || turn.words("hours.closed");
    lines.push(`${formatDay(Date.parse(`${day}T12:00:00Z`), lang, "UTC", turn.now)} ${hours}`);
  }
  const next = calendar.isOpen(turn.now) ? null : calendar.nextOpen(turn.now);
  turn.say(
    turn.words("hours.answer", {
      now: next === null ? turn.words("hours.open_now") : turn.words("hours.closed_now", { next: turn.time(next) }),
      hours: lines.join("\n"),
      address: business.contact.address[lang],
      directions: business.contact.directions?.[lang] ?? "",
      phone: business.contact.phone,
      area: business.contact.serviceArea[lang],
    }),
  );
}

function answerReminder(turn: TurnContext): void {
  const coming = comingBookings(turn)[0];
  if (coming) {
    turn.say(
      turn.words("reminder.booking", {
        number: coming.number,
        time: turn.time(coming.start),
        items: coming.services.map((id) => nameIn(turn.model.service(id), turn.lang)).join(comma(turn.lang)),
      }),
    );
    return;
  }
  turn.say(turn.words("reminder.none"));
}

/** Consent to care messages, of one kind or all, with its source (D: permission per kind with source and time); said back. */
function setCare(turn: TurnContext, reading: Reading, allowed: boolean): void {
  const file = turn.ensureCustomer();
  const named = allowed ? kindsNamed(reading.text) : kindsToStop(reading.text);
  const consents = withConsent(file.consents, named, allowed, turn.now, turn.entry);
  turn.saveCustomer({ ...file, consents });
  if (!allowed) delete turn.state.survey;
  turn.note("consent", { kind: named === null ? "care" : named.join(", "), allowed });
  const names = (named ?? []).map((kind) => turn.words(`consent.kind_${kind}`));
  const kinds = turn.lang === "en" ? names.join(" or ") : names.join("和");
  turn.say(
    turn.words(allowed ? "consent.in" : "consent.out", {
      kinds: kinds || turn.words(allowed ? "consent.kind_all_in" : "consent.kind_all"),
    }),
  );
}

function answerScore(turn: TurnContext, reading: Reading): void {
  const score = entitiesOf(reading).score[0];
  if (score) turn.ruleFacts["score"] = Math.round((score.value / score.scale) * 100) / 10;
  const low = score !== undefined && score.value / score.scale <= 0.6;
  turn.say(turn.words(low ? "score.low" : "score.thanks"));
}
