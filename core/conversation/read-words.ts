/** The customer's words, understood, and what the rules and the trace are told of them. */

import { names } from "../understanding/intents/further.ts";
import { normalise } from "../understanding/text/index.ts";
import type { Understanding } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";

/**
 * Understands the words; those that follow quickly on words that made no sense are read together with them, when that makes
 * more of them.
 */
export function readWords(turn: TurnContext, text: string): Understanding {
  const { state } = turn;
  const context = {
    now: turn.now,
    zone: turn.zone,
    asked: state.asked?.question ?? null,
    lang: state.turns > 0 || turn.file().customer?.language ? state.lang : null,
  };
  const alone = aboutPhone(turn, turn.dependencies.understander.understand(text, context));
  const { fragment } = state;
  if (!fragment || turn.now - fragment.at > turn.model.profile.business.conversation.fragmentMs) return alone;
  const together = turn.dependencies.understander.understand(`${fragment.text} ${text}`, context);
  const found = (understanding: Understanding): number => Object.values(understanding.entities).reduce((sum, one) => sum + one.length, 0);
  const better = together.decision === "act" && (alone.decision !== "act" || found(together) > found(alone));
  if (better) turn.note("fragments_joined", { words: 2 });
  return better ? together : alone;
}

/** Words that want somebody on the line, beside a number. */
const CALLS =
  /打|回电|回電|联系我|聯絡我|人工|真人|客服|经理|經理|\b(?:call|ring|reach|speak|talk|person|human|someone|somebody|colleague|manager|agent)\b/i;

/** "Use another phone: 9123 4567" in the middle of a booking gives a number; nobody is asked for. */
function aboutPhone({ state }: TurnContext, understanding: Understanding): Understanding {
  const { intents, entities, text } = understanding;
  const open = state.stack.length > 0 || state.undo !== null;
  if (!open || intents[0]!.intent !== "human" || entities.phone.length === 0 || CALLS.test(text)) return understanding;
  return { ...understanding, intents: [{ intent: "provide_info", confidence: intents[0]!.confidence }], decision: "act" };
}

/** Puts on the trace, and among the facts of the rules, what was understood. */
export function recordUnderstanding(turn: TurnContext, understanding: Understanding): void {
  // "Say that again?" is about the talk; a doubtful intent beside it calls nobody.
  const aboutTalk = understanding.signals.some(
    (signal) => signal === "repeat" || signal === "help" || signal === "undo" || signal === "start_over",
  );
  const takesBack = understanding.signals.includes("undo") && undoable(turn) && !names("human", normalise(understanding.text).text);
  if (!takesBack && (understanding.decision === "act" || !aboutTalk)) turn.ruleFacts["intent"] = understanding.intents[0]!.intent;
  turn.ruleFacts["intents"] = understanding.decision === "act" && !takesBack ? understanding.intents.map((one) => one.intent) : [];
  turn.ruleFacts["urgency"] = understanding.urgency;
  turn.ruleFacts["signals"] = understanding.signals;
  if (understanding.danger) turn.ruleFacts["danger"] = understanding.danger;
  const angry =
    understanding.signals.includes("anger") ||
    (understanding.decision === "act" && understanding.intents.some((one) => one.intent === "abuse"));
  turn.state.angry = angry ? (turn.state.angry ?? 0) + 1 : 0;
  turn.ruleFacts["angry_messages"] = turn.state.angry;
  const entities: Record<string, string[]> = {};
  for (const [kind, found] of Object.entries(understanding.entities))
    if (found.length > 0) entities[kind] = found.map((one: { text: string }) => one.text);
  turn.trace({
    kind: "understood",
    lang: understanding.lang,
    intents: understanding.intents.map((one) => [one.intent, one.confidence] as const),
    candidates: understanding.candidates.slice(0, 3),
    decision: understanding.decision,
    urgency: understanding.urgency,
    why: understanding.why,
    entities,
  });
}

/** Was something finished a moment ago that "take it back" can mean, with nothing else under way? */
function undoable({ state, now }: TurnContext): boolean {
  return state.stack.length === 0 && state.undo !== null && state.undo.until >= now;
}
