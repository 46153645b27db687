/** When it is not clear what is wanted: the menu, the question which of several readings is meant, the polite "sorry?". */
import type { Intent } from "../understanding/types.ts";
import type { WordingKey } from "../wording/keys.ts";
import type { TurnContext } from "./context.ts";
import { askQuestion } from "./question.ts";
import type { Reading } from "./reading.ts";
import { askAgain } from "./resume.ts";
import { topFrame } from "./stack.ts";
import type { Choice } from "./state.ts";

/** Said for politeness; nothing has to be done. */
export const COURTESY: readonly Intent[] = ["greet", "thanks", "bye", "chitchat", "abuse", "out_of_scope"];

const MENU: readonly Intent[] = ["book", "status", "complaint", "human"];

/** Buttons that mean an intent, whenever they are pressed. @param text the message they were offered for, read again once chosen */
export function menuChoices(turn: TurnContext, intents: readonly Intent[], text: string | null): Choice[] {
  return intents.map((intent) => ({
    id: `intent:${intent}`,
    label: turn.words(`intent.${intent}` as WordingKey),
    ...(text === null ? {} : { value: text }),
  }));
}

/** What can be done, as buttons. */
export function offerMenu(turn: TurnContext, text: string): void {
  askQuestion(turn, null, "$menu", { text, question: "choice", choices: menuChoices(turn, MENU, null) });
}

/** The top readings as choices; the message itself is kept and read again once chosen. */
export function clarify(turn: TurnContext, reading: Reading, aboutProduct: boolean): "asked" | "courtesy" | "no" {
  const candidates = reading.understanding!.candidates.map(([intent]) => intent);
  const offered = candidates
    .filter(
      (intent) =>
        !COURTESY.includes(intent) && !["confirm_yes", "confirm_no", "provide_info", "survey_score", "emergency"].includes(intent),
    )
    .slice(0, 3);
  // Who names a product and no matter mostly wants it seen to.
  if (aboutProduct && offered.length > 0 && !offered.includes("book")) offered.splice(0, offered.length, "book", ...offered.slice(0, 2));
  if (offered.length < 2) {
    if (offered.length === 0 && COURTESY.includes(candidates[0]!)) return "courtesy";
    if (offered.length === 0 && !aboutProduct) return "no";
    if (offered.length === 0) offered.push("book");
    for (const more of MENU) if (offered.length < 3 && !offered.includes(more)) offered.push(more);
  }
  if (!offered.includes("human")) offered.push("human");
  turn.state.misses += 1;
  const misses = turn.state.misses;
  askQuestion(turn, null, "$clarify", {
    text: turn.words("unclear.choose"),
    question: "choice",
    choices: menuChoices(turn, offered, reading.text),
  });
  turn.note("clarify", { candidates: offered.join(", "), misses });
  turn.clarified = true;
  return "asked";
}

/** Words longer than this are a message, not the beginning of one; characters. */
const FRAGMENT_LENGTH = 8;

/**
 * Not understood: said politely, with what can be done; the rules call a person when it happens again. A few words alone may
 * be the beginning of more: then the bot waits a moment before it says so.
 */
export function missed(turn: TurnContext, text: string, wasAsked: boolean): void {
  const { state } = turn;
  const { gatherMs } = turn.model.profile.business.conversation;
  const timer = `gather:${turn.conversation}`;
  const first = state.fragment === null;
  state.fragment = { text: (first ? text : `${state.fragment!.text} ${text}`).slice(-500), at: turn.now };
  state.misses += 1;
  turn.note("not_understood", { misses: state.misses });
  if (gatherMs > 0 && first && !wasAsked && [...text].length <= FRAGMENT_LENGTH) {
    turn.setTimer({ id: timer, dueAt: turn.now + gatherMs, name: "gather", data: { since: turn.now } });
    return;
  }
  if (gatherMs > 0) turn.cancelTimer(timer);
  sayMissed(turn, wasAsked);
}

/** Nothing came behind the few words: now it is said that they were not understood. */
export function gatherOver(turn: TurnContext, since: number): void {
  if (turn.state.fragment?.at === since && turn.state.holder.by === "bot") sayMissed(turn, false);
}

function sayMissed(turn: TurnContext, wasAsked: boolean): void {
  if (topFrame(turn) && wasAsked) {
    turn.say(turn.words("unclear.in_flow"));
    askAgain(turn);
    return;
  }
  turn.say(turn.words("unclear.first"));
  offerMenu(turn, turn.words("menu.what"));
}
