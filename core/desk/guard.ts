/**
 * What should not slip into a reply to a customer: other people's phones, plates and orders, what stays inside the house, words
 * that hurt, a case that a colleague has. It never forbids; it asks "send anyway?".
 */
import type { Case } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import type { Media } from "../spine/events.ts";
import type { WordingKey } from "../wording/keys.ts";
import { staffWords } from "./card.ts";

const digitsOf = (text: string): string => text.replace(/\D/g, "");
const plateOf = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

/** One number is the other, with or without its country code. */
function samePhone(one: string, other: string): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)];
  return a.length >= 7 && b.length >= 7 && (a.endsWith(b) || b.endsWith(a));
}

/**
 * Why the writer should look again, in words for staff; empty = nothing.
 *
 * @param media what goes with it, `canPass` = the customer's platform can show it
 */
export function reasonsToAsk(
  turn: TurnContext,
  found: Case,
  by: string,
  text: string,
  media: { readonly media: Media; readonly canPass: boolean } | null,
): readonly string[] {
  const { model } = turn;
  const reasons: string[] = [];
  const say = (key: WordingKey, value: string): void => void reasons.push(staffWords(model, key, { found: value }));
  const language = model.staffLanguage;
  if (found.status === "claimed" && found.owner !== null && found.owner !== by)
    say("guard.owner", nameIn(model.staff(found.owner), language) || found.owner);
  if (media && !media.canPass) say("guard.media", staffWords(model, `media.${media.media.kind}`));
  const { entities } = turn.dependencies.understander.understand(text, { now: turn.now, zone: turn.zone, lang: turn.lang });
  const ownPhones = phonesOfOurs(turn);
  for (const phone of entities.phone) if (!ownPhones.some((own) => samePhone(own, phone.value))) say("guard.phone", phone.text);
  const ownPlates = platesOfTheirs(turn);
  for (const plate of entities.plate) if (!ownPlates.has(plateOf(plate.text))) say("guard.plate", plate.text);
  const ownNumbers = numbersOfTheirs(turn, found);
  for (const number of numbersIn(text)) if (!ownNumbers.has(number)) say("guard.order", number);
  const lower = text.toLowerCase();
  const { unkind, inside } = model.profile.desk;
  for (const [key, words] of [
    ["guard.inside", inside],
    ["guard.unkind", unkind],
  ] as const) {
    const hit = Object.values(words)
      .flat()
      .find((word) => holds(lower, word.toLowerCase()));
    if (hit) say(key, hit);
  }
  return reasons;
}

/** Chinese words anywhere; Latin ones as words of their own ("margin" is not in "marginal"). */
function holds(text: string, word: string): boolean {
  const at = text.indexOf(word);
  if (at < 0) return false;
  if (!/^[\x20-\x7e]+$/.test(word)) return true;
  return new RegExp(`(?<![a-z])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![a-z])`).test(text);
}

/** Numbers of bookings, cases and orders as this product writes them. */
function numbersIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![A-Za-z0-9])[BCWQ]\d{8,}(?![A-Za-z0-9])/gi)].map((match) => match[0].toUpperCase());
}

/** Phones that may stand in a reply: the customer's own, the business's, the technicians'. */
function phonesOfOurs(turn: TurnContext): readonly string[] {
  const { contact } = turn.model.profile.business;
  return [
    ...(turn.customer()?.phones ?? []),
    contact.phone,
    contact.emergencyPhone,
    ...turn.model.profile.technicians.map((technician) => technician.phone),
    ...turn.bookings().map((booking) => booking.contact.phone),
  ];
}

function platesOfTheirs(turn: TurnContext): ReadonlySet<string> {
  const plates = [...(turn.customer()?.products ?? []), ...turn.orders()].map((one) => one.plate).filter((plate) => plate !== null);
  return new Set(plates.map(plateOf));
}

function numbersOfTheirs(turn: TurnContext, found: Case): ReadonlySet<string> {
  const numbers = [...turn.bookings(), ...turn.orders(), ...turn.cases()].map((one) => one.number.toUpperCase());
  return new Set([...numbers, found.number, ...(found.about === null ? [] : [found.about.toUpperCase()])]);
}
