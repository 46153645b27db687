/**
 * One message to what it means: normalise → language → times and entities → danger and signals → open question → learned model →
 * urgency → decision, with the words that decided. Pure and synchronous; never throws on any text.
 */
import type { BusinessCalendar } from "../calendar/business.ts";
import type { Language } from "../language.ts";
import { defaultUrgency } from "./intents/corpus.ts";
import { shownToken } from "./intents/features.ts";
import { furtherIntents } from "./intents/further.ts";
import { URGENT_COLUMN } from "./intents/inner-model.ts";
import type { Model, Scorer } from "./intents/learner.ts";
import { createScorer } from "./intents/learner.ts";
import type { Lexicon } from "./intents/lexicon.ts";
import type { Reading } from "./intents/reading.ts";
import { readMessage } from "./intents/reading.ts";
import type { Scored } from "./intents/scoring.ts";
import { scoreMessage } from "./intents/scoring.ts";
import type { Thresholds } from "./intents/thresholds.ts";
import type { Answer } from "./rules/index.ts";
import { kindOf, readAnswer, readShortcut } from "./rules/index.ts";
import type { Normalised } from "./text/index.ts";
import { detectLanguage, normalise, originalSpan } from "./text/index.ts";
import type { Entities, Intent, Signal, UnderstandContext, Understander, Understanding, Urgency, Why } from "./types.ts";
import { INTENTS } from "./types.ts";
import type { Vocabulary } from "./vocabulary/index.ts";

export interface UnderstanderParts {
  readonly vocabulary: Vocabulary;
  readonly model: Model;
  readonly lexicon: Lexicon;
  readonly thresholds: Thresholds;
  /** Opening hours of the business: ends open spans, finds working days. */
  readonly calendar?: BusinessCalendar | null;
  /** Currency of amounts without a mark. */
  readonly currency?: Entities["amount"][number]["currency"] | null;
}

const EMERGENCY = INTENTS.indexOf("emergency");
/** "help!", "帮助" and the like; anything longer says more, characters. */
const BARE_HELP_LENGTH = 6;

/** What several matters together make a message sure of, at most: which of them leads is less sure. */
const MOST_SURE = 0.8;
/** Confidence told for what a rule or the question decided: sure, but not more than a rule can be. */
const RULE_CONFIDENCE = 0.97;
/** Least confidence told for an emergency that the danger score found although another intent scored higher. */
const DANGER_CONFIDENCE = 0.5;
/** Candidates below this share are not told. */
const LEAST_SHARE = 0.01;
const CANDIDATES = 5;
const EXPLAINING = 6;
/** Likeness of a wording from which staff are shown it. */
const LEAST_LIKENESS = 0.25;
/** Share of known words from which that likeness means anything. */
const LEAST_KNOWN = 0.5;

/** Intents whose matter can be urgent. */
const CAN_BE_URGENT: ReadonlySet<Intent> = new Set([
  "book",
  "reschedule",
  "cancel_booking",
  "status",
  "complaint",
  "quote_price",
  "warranty",
  "hours_location",
  "human",
  "reminder_query",
]);
const PRESSING: ReadonlySet<Signal> = new Set(["legal_threat", "press_threat", "anger"]);

export function createUnderstander(parts: UnderstanderParts): Understander {
  const scorer = createScorer(parts.model);
  return { understand: (text, context) => understand(parts, scorer, text, context) };
}

function understand(parts: UnderstanderParts, scorer: Scorer, text: string, context: UnderstandContext): Understanding {
  const { thresholds, lexicon } = parts;
  const asked = context.asked ?? null;
  const normalised = normalise(text);
  const lang = detectLanguage(text, context.lang ?? null);
  const reading = readMessage(
    normalised,
    { now: context.now, zone: context.zone, calendar: parts.calendar ?? null, asked, language: lang, currency: parts.currency ?? null },
    lexicon,
  );
  const entities: Entities = { datetime: reading.dates, ...reading.entities, ...parts.vocabulary.read(normalised) };
  if (normalised.text === "") return nothingSaid(text, lang, entities);

  const scored = scoreMessage(normalised.text, reading.tokens, lang, scorer, lexicon, thresholds);
  const dangerScore = scored.danger + 2 * scored.shares[EMERGENCY]!;
  // One who types "help" and nothing else wants to know what can be done.
  const asksForHelp = reading.signals.includes("help") && [...normalised.text].length <= BARE_HELP_LENGTH;
  const isDanger = !asksForHelp && dangerScore >= dangerThreshold(reading, thresholds);
  // Danger now beats everything, the open question too; words that mean one thing beat the question; the question beats the model.
  const rule = isDanger ? null : (readShortcut(normalised.text) ?? readAnswer(normalised.text, text, asked, entities));
  const ranked = rank(scored.shares, isDanger, rule);
  const [first] = ranked;
  const further = rule === null ? furtherIntents(normalised.text, first, scored.pieces, scored.holds, thresholds.further) : [];
  // Several matters share what the message says: what is sure is that it is about them.
  const shared = further.reduce((sum, { intent }) => sum + scored.shares[INTENTS.indexOf(intent)]!, first[1]);
  const confidence = further.length > 0 ? Math.max(first[1], Math.min(MOST_SURE, shared)) : first[1];
  const intents = [{ intent: first[0], confidence }, ...further];

  const signals = signalsOf(reading, first[0]);
  const urgency = urgencyOf(
    intents.map(({ intent }) => intent),
    signals,
    scored,
    thresholds,
  );
  const isKnown = entitiesFound(entities) || scored.known === null || scored.known >= thresholds.known;
  return {
    text,
    lang,
    intents,
    candidates: [[first[0], confidence] as const, ...ranked.slice(1).filter(([, share]) => share >= LEAST_SHARE)].slice(0, CANDIDATES),
    decision: decide(confidence, rule !== null || isDanger, isKnown && hasWords(normalised.text, scored), thresholds, lang),
    entities,
    urgency,
    signals,
    danger: isDanger ? kindOf(reading.danger) : null,
    why: whyOf(scorer, scored, ranked, rule, isDanger ? reading.danger.words : null, normalised),
  };
}

/** Named danger needs the least from the model, unnamed more; words denied, past or solved still more, supposed ones and figures the most. */
function dangerThreshold({ danger: { strong, weak, guards } }: Reading, thresholds: Thresholds): number {
  if (strong.length > 0) return thresholds.dangerNamed;
  if (guards.some((guard) => guard === "supposed" || guard === "figurative")) return thresholds.dangerSupposed;
  if (guards.length > 0) return thresholds.dangerGuarded;
  return weak.length > 0 ? thresholds.danger : thresholds.dangerUnnamed;
}

/** Intents with their confidence, best first. Emergency stands first when there is danger and nowhere when there is none. */
function rank(shares: Float64Array, isDanger: boolean, rule: Answer | null): [readonly [Intent, number], ...(readonly [Intent, number])[]] {
  const all = INTENTS.map((intent, column) => [intent, shares[column]!] as const).sort((a, b) => b[1] - a[1]);
  const chosen: Intent = isDanger ? "emergency" : (rule?.intent ?? all.find(([intent]) => intent !== "emergency")![0]);
  const own = shares[INTENTS.indexOf(chosen)]!;
  const top = all[0]![0] === chosen;
  const confidence = rule !== null ? RULE_CONFIDENCE : isDanger && !top ? Math.max(own, DANGER_CONFIDENCE) : own;
  const left = own >= 1 ? 0 : (1 - confidence) / (1 - own);
  const others = all
    .filter(([intent]) => intent !== chosen)
    .map(([intent, share]) => [intent, rule !== null || confidence !== own ? share * left : share] as const);
  return [[chosen, confidence], ...others];
}

function signalsOf(reading: Reading, first: Intent): readonly Signal[] {
  const isAngry = reading.shouting && CAN_BE_URGENT.has(first) && !reading.signals.includes("anger");
  return isAngry && first === "complaint" ? [...reading.signals, "anger"] : reading.signals;
}

function urgencyOf(intents: readonly Intent[], signals: readonly Signal[], scored: Scored, thresholds: Thresholds): Urgency {
  if (intents[0] === "emergency") return "emergency";
  const hasMatter = intents.some((intent) => defaultUrgency(intent) === "normal");
  if (!hasMatter) return "none";
  // Who refuses messages is in no hurry; who adds the authority or the court to it is to be heeded at once.
  if (!intents.some((intent) => CAN_BE_URGENT.has(intent))) return signals.includes("legal_threat") ? "urgent" : "normal";
  if (scored.scores[URGENT_COLUMN]! >= thresholds.urgent || signals.some((signal) => PRESSING.has(signal))) return "urgent";
  return "normal";
}

function decide(
  confidence: number,
  isCertain: boolean,
  isReadable: boolean,
  thresholds: Thresholds,
  lang: Language,
): Understanding["decision"] {
  if (isCertain) return "act";
  if (!isReadable || confidence < thresholds.clarify[lang]) return "unknown";
  return confidence >= thresholds.act[lang] ? "act" : "clarify";
}

const entitiesFound = (entities: Entities): boolean => Object.values(entities).some((found: readonly unknown[]) => found.length > 0);

/** Letters of another alphabet outweigh what could be read, or nothing in it is a word, a number or a known sign. */
function hasWords(text: string, scored: Scored): boolean {
  let foreign = 0;
  let own = 0;
  for (const char of text.slice(0, 400)) {
    if (/[\p{Script=Han}a-z\d]/u.test(char)) own += 1;
    else if (/\p{L}/u.test(char)) foreign += 1;
  }
  if (foreign > own) return false;
  // An emoji or a mark alone is understood where the corpus has taught it (👍), else not.
  return own > 0 || (scored.known !== null && scored.known > 0);
}

function nothingSaid(text: string, lang: Language, entities: Entities): Understanding {
  return {
    text,
    lang,
    intents: [{ intent: "out_of_scope", confidence: 0 }],
    candidates: [["out_of_scope", 0]],
    decision: "unknown",
    entities,
    urgency: "none",
    signals: [],
    danger: null,
    why: { by: "empty", rule: null, features: [], runnerUp: null },
  };
}

function whyOf(
  scorer: Scorer,
  scored: Scored,
  ranked: readonly (readonly [Intent, number])[],
  rule: Answer | null,
  dangerWords: string | null,
  normalised: Normalised,
): Why {
  const [chosen, next] = ranked;
  const runnerUp = next && next[1] >= LEAST_SHARE ? { intent: next[0], confidence: next[1] } : null;
  const column = INTENTS.indexOf(chosen![0]);
  const spoken = scorer.explain(scored.vector, column, next ? INTENTS.indexOf(next[0]) : null, EXPLAINING * 4);
  const features = spokenPieces(spoken, normalised);
  if (rule !== null) return { by: rule.rule.startsWith("answer:") ? "question" : "rule", rule: rule.rule, features, runnerUp };
  if (dangerWords !== null) return { by: "rule", rule: `danger: ${dangerWords}`, features, runnerUp };
  const like = likeOf(scorer, scored, chosen![0]);
  return { by: "model", rule: null, features, runnerUp, ...(like === null ? {} : { like }) };
}

/** The nearest wording taught that means what was chosen, if it is near enough to convince anybody. */
function likeOf(scorer: Scorer, { nearest, known }: Scored, chosen: Intent): string | null {
  // Of a message whose words are strange only marks and endings are left to be like.
  if (known !== null && known < LEAST_KNOWN) return null;
  for (const { wording, likeness } of nearest) {
    if (likeness < LEAST_LIKENESS) return null;
    const { text, intent } = scorer.taught(wording);
    if (intent === chosen) return text;
  }
  return null;
}

/**
 * The strongest pieces as staff read them: pieces of the message as it was typed, and findings in brackets. Of two that share their
 * words (修, 能修) only the stronger is told; what stands nowhere in the message (another region's word for it) is left out, and so
 * are single characters as long as there is more to tell.
 */
function spokenPieces(spoken: readonly { readonly token: string; readonly weight: number }[], normalised: Normalised): Why["features"] {
  const told: { text: string; weight: number }[] = [];
  const single: typeof told = [];
  for (const { token, weight } of spoken) {
    const shown = shownToken(token);
    if (shown === null) continue;
    const text = shown.startsWith("[") ? shown : asTyped(shown, normalised);
    if (text === null || [...told, ...single].some((other) => other.text.includes(text) || text.includes(other.text))) continue;
    ([...text].length > 1 ? told : single).push({ text, weight: Math.round(weight * 1_000) / 1_000 });
  }
  return (told.length > 0 ? told : single).slice(0, EXPLAINING);
}

function asTyped(text: string, normalised: Normalised): string | null {
  const at = normalised.text.indexOf(text);
  return at < 0 ? null : originalSpan(normalised, at, at + text.length).text;
}
