/** What becomes of the matters of one message: questions are answered at once, one matter goes on now, the others wait their turn. */
import type { Escalation } from "../cases/escalate.ts";
import type { Entities, Intent } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import { ANSWERED_AT_ONCE, type Part } from "./matters.ts";
import { matchChoice, type Reading } from "./reading.ts";
import { takeUp } from "./routing.ts";
import { flowOf, topFrame } from "./stack.ts";
import type { Frame } from "./state.ts";
import { TOPICS } from "./topics.ts";

/** Facts of the person: they hold for every matter of the message. */
const PERSONAL = ["phone", "name", "address"] as const;

/** The rules hear of every matter, not only of those that the message as a whole shows. */
export function tellRules(turn: TurnContext, parts: readonly Part[]): void {
  if (parts.length === 0) return;
  const known = (turn.ruleFacts["intents"] ?? []) as readonly string[];
  const more = parts.map(({ intent }) => intent).filter((intent): intent is Intent => intent !== null && !known.includes(intent));
  turn.ruleFacts["intents"] = [...known, ...new Set(more)];
  turn.note("several_matters", { count: parts.length, intents: parts.map(({ intent }) => intent ?? "provide_info").join(", ") });
}

/**
 * Answers and queues what stands beside the matter that goes on now.
 *
 * @param parts as said, at least two
 * @param frame flow under way, or `null`
 * @returns the matter that goes on, as a message of its own; `null` when nothing is left of it
 */
export function takeSeveral(
  turn: TurnContext,
  parts: readonly Part[],
  whole: Reading,
  frame: Frame | null,
  escalations: readonly Escalation[],
): Reading | null {
  const main = mainOf(turn, parts, frame);
  const reading = readingOf(turn, main, parts, whole);
  for (const part of parts) {
    if (main.includes(part) || part.intent === null) continue;
    if (ANSWERED_AT_ONCE.includes(part.intent)) TOPICS[part.intent]?.(turn, aside(part, parts));
    else if (part.intent === "complaint") takeUp(turn, "complaint", plain(part), escalations);
    else turn.state.matters.push({ intent: part.intent, text: part.text, at: turn.now });
  }
  if (topFrame(turn) === frame) return reading;
  // The complaint has a question of its own: what else was said waits behind it.
  const first = main[0]!;
  if (frame === null && first.intent !== null) turn.state.matters.unshift({ intent: first.intent, text: reading.text, at: turn.now });
  return null;
}

/** The parts that go on now: those of the flow under way, else what is to be done first, else the last question. */
function mainOf(turn: TurnContext, parts: readonly Part[], frame: Frame | null): readonly Part[] {
  const own = frame ? parts.filter((part) => belongsTo(turn, frame, part)) : [];
  if (own.length > 0) return own;
  const first =
    parts.find(({ intent }) => intent === null || !(ANSWERED_AT_ONCE.includes(intent) || intent === "complaint")) ??
    parts.find(({ intent }) => intent === "complaint") ??
    parts.at(-1)!;
  return [first];
}

/** Facts, and matters that only bring facts to this flow; work on another thing is a matter of its own. */
function belongsTo(turn: TurnContext, frame: Frame, { intent, understanding }: Part): boolean {
  if (intent === null) return true;
  if (ANSWERED_AT_ONCE.includes(intent) || flowOf(turn, frame).absorbs?.includes(intent) !== true) return false;
  const about = (frame.values["product"] ?? frame.raw["product"]) as { readonly id?: string } | undefined;
  const named = understanding.entities.product[0]?.id;
  return about?.id === undefined || named === undefined || turn.model.covers([named], about.id);
}

const plain = ({ text, understanding }: Part): Reading => ({ text, understanding, choice: null, media: null });

/** "How much is an oil change? And book me in for Saturday": what is asked about is what is wanted. */
function readingOf(turn: TurnContext, parts: readonly Part[], all: readonly Part[], whole: Reading): Reading {
  const asked = turn.previouslyAsked;
  const text = parts.map((part) => part.text).join(" ");
  const context = { now: turn.now, zone: turn.zone, lang: turn.lang, asked: asked?.question ?? null };
  const read = turn.dependencies.understander.understand(text, context);
  const missing = PERSONAL.filter((kind) => read.entities[kind].length === 0);
  const personal = Object.fromEntries(missing.map((kind) => [kind, whole.understanding!.entities[kind]]));
  const subject = hasSubject({ understanding: read }) ? {} : subjectOf(all.find((part) => asksAbout(part) && hasSubject(part)));
  const understanding = { ...read, entities: { ...read.entities, ...personal, ...subject } as Entities };
  return { text, understanding, choice: matchChoice(text, asked, understanding), media: whole.media };
}

/** A question without a subject is about what was spoken of before it. */
function aside(part: Part, parts: readonly Part[]): Reading {
  const reading = plain(part);
  if (!asksAbout(part) || hasSubject(part)) return reading;
  const at = parts.indexOf(part);
  const about = parts.slice(0, at).findLast(hasSubject) ?? parts.find(hasSubject);
  if (!about) return reading;
  const entities = { ...part.understanding.entities, ...subjectOf(about) };
  return { ...reading, understanding: { ...part.understanding, entities } };
}

const asksAbout = ({ intent }: Part): boolean => intent === "quote_price" || intent === "warranty";

function subjectOf(part: Part | undefined): Partial<Entities> {
  if (!part) return {};
  const { product, fault, service, plate } = part.understanding.entities;
  return { product, fault, service, plate };
}

function hasSubject({ understanding: { entities } }: Pick<Part, "understanding">): boolean {
  return entities.product.length + entities.fault.length + entities.service.length + entities.plate.length > 0;
}
