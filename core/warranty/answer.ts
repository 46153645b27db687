/** "Is it still under warranty?": the terms; for a product of the customer's own what is certain, with its ground; else the appraiser. */
import type { TurnContext } from "../conversation/context.ts";
import { askQuestion } from "../conversation/question.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { OwnedProduct } from "../customers/state.ts";
import { nameIn } from "../profile/model.ts";
import type { Profile } from "../profile/schema.ts";
import { dayOf, instantOf } from "../time.ts";
import { comma, formatDay } from "../wording/format.ts";
import { decideWarranty } from "./decide.ts";

type WarrantyTerm = Profile["warranty"][number];

/** @param product what the question is about; `null` = not said */
export function answerWarranty(turn: TurnContext, reading: Reading, product: string | null): void {
  const held = turn.model.profile.warranty.filter((term) => product === null || turn.model.covers(term.products, product));
  // Terms that name the product itself say more than those of its kind.
  const own = (term: WarrantyTerm): boolean => product !== null && term.products.includes(product);
  const terms = [...held.filter(own), ...held.filter((term) => !own(term))];
  const term = terms[0];
  if (!term) {
    turn.say(turn.words("warranty.unknown"));
    return;
  }
  if (product === null && new Set(terms.map((one) => one.products.join())).size > 1) {
    sayTerms(turn, terms);
    return;
  }
  const owned = product === null ? undefined : ownedOf(turn, reading, product);
  if (owned && owned.boughtOn !== null && sayDecision(turn, reading, owned, terms)) return;
  turn.say(
    turn.words("warranty.answer", {
      product: productsOf(turn, term, 4),
      months: term.months,
      km: term.km ?? "",
      covers: term.covers[turn.lang],
      excludes: term.excludes[turn.lang],
      proof: term.proof[turn.lang],
    }),
  );
  turn.say(turn.words("warranty.appraiser"));
}

/** What a term is for, in words; a long list is cut at `most`. */
function productsOf(turn: TurnContext, { products }: WarrantyTerm, most: number): string {
  return products
    .slice(0, most)
    .map((id) => nameIn(turn.model.product(id), turn.lang))
    .join(comma(turn.lang));
}

/** Terms shown when it is not said what the question is about, at most: a phone shows no more. */
const MOST_TERMS = 6;

/** How long each sort of product is covered, in a line each; with the product named there is more to tell. */
function sayTerms(turn: TurnContext, terms: readonly WarrantyTerm[]): void {
  const sorts = terms.filter((term, at) => terms.findIndex((one) => one.products.join() === term.products.join()) === at);
  const lines = sorts.slice(0, MOST_TERMS).map((term) =>
    turn.words("warranty.line", {
      product: productsOf(turn, term, 3),
      months: term.months,
    }),
  );
  const text = turn.words("warranty.which", { lines: lines.join("\n") });
  if (turn.state.stack.length > 0) turn.say(text);
  else askQuestion(turn, null, "$warranty", { text, question: "product" });
}

/** The customer's own product that is meant: the only one of its kind, or the one whose plate or serial was said. */
function ownedOf(turn: TurnContext, reading: Reading, product: string): OwnedProduct | undefined {
  const { plate, vin } = entitiesOf(reading);
  const own = (turn.customer()?.products ?? []).filter((one) => one.product === product || turn.model.covers([product], one.product));
  return (
    own.find((one) => plate.some(({ value }) => value === one.plate) || vin.some(({ value }) => value === one.serial)) ??
    (own.length === 1 ? own[0] : undefined)
  );
}

/** @returns whether something was decided and said */
function sayDecision(
  turn: TurnContext,
  reading: Reading,
  owned: OwnedProduct,
  terms: Parameters<typeof decideWarranty>[0]["terms"],
): boolean {
  const fault =
    entitiesOf(reading).fault.find((one) => turn.model.covers(turn.model.fault(one.id)?.products ?? [], owned.product))?.id ?? null;
  const mileage = entitiesOf(reading).mileage[0]?.km ?? owned.mileageKm;
  const answer = decideWarranty({
    terms,
    boughtOn: owned.boughtOn,
    mileageKm: mileage,
    fault,
    words: reading.text,
    today: dayOf(turn.now, turn.zone),
    orders: turn.orders().filter((one) => one.ownedProduct === owned.id),
    zone: turn.zone,
  });
  const product = [nameIn(turn.model.product(owned.product), turn.lang), owned.plate].filter(Boolean).join(" ");
  const day = (key: string): string => formatDay(instantOf(key, 720, turn.zone), turn.lang, turn.zone, turn.now);
  turn.note("warranty", { status: answer.status, term: "term" in answer ? answer.term.id : null });
  if (answer.status === "covered") {
    turn.say(
      turn.words(answer.order === null ? "warranty.covered" : "warranty.covered_repair", {
        product,
        until: day(answer.until),
        bought: owned.boughtOn === null ? "" : day(owned.boughtOn),
        months: answer.term.months,
        km: answer.term.km ?? "",
        order: answer.order ?? "",
        covers: answer.term.covers[turn.lang],
        excludes: answer.term.excludes[turn.lang],
        proof: answer.term.proof[turn.lang],
      }),
    );
    return true;
  }
  if (answer.status === "expired") {
    turn.say(
      turn.words("warranty.expired", {
        product,
        until: day(answer.until),
        bought: day(owned.boughtOn!),
        months: answer.term.months,
        km: answer.term.km ?? "",
      }),
    );
    return true;
  }
  // A claim that can't be settled from the file goes to the appraiser; a mere question gets the terms.
  if (answer.status === "uncertain" && (fault !== null || answer.why === "excluded")) {
    turn.ruleFacts["warranty_uncertain"] = true;
    turn.say(
      turn.words("warranty.to_appraiser", { product, why: turn.words(`warranty.why_${answer.why}`), proof: terms[0]!.proof[turn.lang] }),
    );
    return true;
  }
  return false;
}
