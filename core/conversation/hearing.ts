/** The customer's words or a button: who they are for (the open case, a person who has the conversation, the bot). */
import { wishesOfThisVisit } from "../booking/visit-wish.ts";
import { answerCase } from "../cases/answers.ts";
import { escalate } from "../cases/escalate.ts";
import { tellWaiting } from "../cases/hand-over.ts";
import { takeJoinCode } from "../customers/joining.ts";
import { noteMileage } from "../customers/note-mileage.ts";
import { relayToHuman } from "../desk/desk.ts";
import { answerWhileHeld } from "../quotes/quote-flow.ts";
import type { Media } from "../spine/events.ts";
import type { Understanding } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import { choose, converse } from "./dialogue.ts";
import { offerMenu } from "./menu.ts";
import { askOnceMore } from "./question.ts";
import { readWords, recordUnderstanding } from "./read-words.ts";
import type { Reading } from "./reading.ts";
import { takeUpMatters } from "./routing.ts";
import type { Choice } from "./state.ts";

/** Words typed or a button pressed. */
export function hear(turn: TurnContext, text: string, pressed: string | null, media: Media | null = null): void {
  const { state } = turn;
  const understanding = pressed === null ? readWords(turn, text) : null;
  turn.heard = understanding;
  if (understanding) state.lang = understanding.lang;
  const choice = choose(turn, { text, understanding, media: null }, pressed);
  const words = pressed === null ? text : pressedWords(turn, pressed, choice);
  turn.post("customer", words, { id: turn.messageId, media });
  state.turns += 1;
  state.lastAt = turn.now;
  if (understanding) recordUnderstanding(turn, understanding);
  // "Put me on the waiting list" chooses what was offered; it asks for nobody.
  if (understanding && choice?.id.startsWith("waitlist:")) {
    turn.ruleFacts["intents"] = [];
    delete turn.ruleFacts["intent"];
  }
  // "A woman technician if possible", "call me before you come" ask for nobody either: they go with the visit.
  if (understanding && wishesOfThisVisit(turn, { text, understanding, choice, media: null })) {
    turn.ruleFacts["intents"] = understanding.intents.map(({ intent }) => intent).filter((intent) => intent !== "human");
    if (turn.ruleFacts["intent"] === "human") delete turn.ruleFacts["intent"];
  }
  if (pressed === null && takeJoinCode(turn, text)) return;
  if (understanding) noteMileage(turn, understanding);

  if (
    understanding?.urgency !== "emergency" &&
    answerCase(turn, { text, understanding, choice, media: null }, turn.previouslyAsked, words)
  ) {
    if (understanding) escalate(turn, words);
    if (state.holder.by === "bot") takeUpMatters(turn);
    return;
  }
  if (state.holder.by === "human" && state.holder.staff === null && understanding?.urgency === "emergency") {
    // Danger waits for nobody: until somebody has come, the bot asks where help must go. The case stays as it is.
    state.holder = { by: "bot" };
    turn.cancelTimer(`release:${turn.conversation}`);
  }
  if (state.holder.by === "human") {
    const opened = understanding !== null && callsForCase(understanding) ? escalate(turn, words) : [];
    if (understanding?.urgency === "emergency") {
      turn.say(turn.model.safetyLine(understanding.danger)[turn.lang]);
      const found = opened.find((one) => one.category === "emergency");
      if (found)
        turn.say(turn.words("emergency.paged", { number: found.case.number, phone: turn.model.profile.business.contact.emergencyPhone }));
    }
    if (understanding?.signals.includes("back_to_bot")) {
      const number = state.holder.case;
      state.holder = { by: "bot" };
      turn.cancelTimer(`release:${turn.conversation}`);
      turn.say(turn.words("desk.back_to_bot", { number }));
      state.asked = null;
      takeUpMatters(turn);
      if (!state.asked) offerMenu(turn, turn.words("menu.what"));
      return;
    }
    // Nobody has come yet: the customer hears the number of the complaint at once.
    const complaint = state.holder.staff === null ? opened.find((one) => one.category === "complaint" && one.isNew) : undefined;
    if (complaint) {
      turn.say(
        turn.words("complaint.received", {
          number: complaint.case.number,
          promised: turn.time(complaint.case.promisedAt),
          name: turn.callName(),
        }),
      );
    }
    if (understanding && answerWhileHeld(turn, words)) turn.note("quote_answered_while_held");
    relayToHuman(turn, words, media);
    return;
  }
  tellWaiting(turn, words);
  if (choice?.id.startsWith("intent:") && choice.id !== "intent:") turn.ruleFacts["intent"] = choice.id.slice(7);
  if (pressed !== null && choice === null) {
    turn.note("stale_press", { value: pressed.slice(0, 60) });
    turn.say(turn.words("unclear.stale_button"));
    if (state.stack.length === 0) offerMenu(turn, turn.words("menu.what"));
    else askOnceMore(turn);
    return;
  }
  const reading: Reading = { text: pressed === null ? text : "", understanding, choice, media: null };
  const first =
    state.turns === 1 &&
    turn.previouslyAsked === null &&
    understanding !== null &&
    understanding.intents[0]?.intent !== "greet" &&
    understanding.urgency !== "emergency";
  // A message of ours that asked something has said who we are.
  const introduced = state.lastReply !== "";
  if (first && !introduced && understanding.decision !== "unknown") introduce(turn);
  converse(turn, reading);
}

/** Matters that are put on record whoever has the conversation. */
function callsForCase({ intents, signals, urgency }: Understanding): boolean {
  return (
    urgency === "emergency" ||
    intents.some(({ intent }) => intent === "complaint") ||
    signals.some((signal) => signal === "legal_threat" || signal === "press_threat" || signal === "privacy")
  );
}

/** What a press looks like in the transcript: the button's label as far as it is known, never its id. */
function pressedWords(turn: TurnContext, pressed: string, choice: Choice | null): string {
  if (choice === null) return /^[a-z]+:/.test(pressed) ? turn.words("choice.earlier") : pressed;
  if (choice.label !== choice.id) return choice.label;
  const key = `intent.${choice.id.slice("intent:".length)}`;
  return key in turn.model.profile.wording ? turn.words(key as "intent.book") : turn.words("choice.earlier");
}

/** The very first reply says who speaks (R: the opening names the business). */
function introduce(turn: TurnContext): void {
  const { botName } = turn.model.profile.business;
  turn.say(turn.words("small.opening", { bot: botName[turn.lang], name: turn.callName(true) }));
}
