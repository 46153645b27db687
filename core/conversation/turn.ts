/**
 * One turn: `(state, event, facts, now) → outcome`. Pure and deterministic: the same arguments give the same outcome, so a
 * turn can be run again when a fact was missing, and a whole history can be replayed.
 */
import { remind } from "../booking/reminders.ts";
import { careTurn, careUndelivered } from "../care/turn.ts";
import { answerCase } from "../cases/answers.ts";
import { countVainTry } from "../cases/contact.ts";
import { caseDue } from "../cases/due.ts";
import { escalate } from "../cases/escalate.ts";
import { tellWaiting } from "../cases/hand-over.ts";
import { settleRules, silenceDue } from "../cases/late-rules.ts";
import { watchCases } from "../cases/watch.ts";
import { takeJoinCode } from "../customers/joining.ts";
import { noteMileage } from "../customers/note-mileage.ts";
import { handleDesk, relayToHuman } from "../desk/desk.ts";
import { releaseByTimeout } from "../desk/holding.ts";
import { replyIsDue } from "../desk/replies.ts";
import { snoozeIsOver } from "../desk/sharing.ts";
import { unreachable } from "../errors.ts";
import { isWorkshopTimer } from "../orders/workshop.ts";
import { workshopTimer } from "../orders/workshop-timers.ts";
import { answerWhileHeld } from "../quotes/quote-flow.ts";
import type { InboundEvent, Media, Outcome } from "../spine/events.ts";
import type { Understanding } from "../understanding/types.ts";
import { formatDateTime } from "../wording/format.ts";
import { TurnContext, type TurnDependencies, type TurnInput } from "./context.ts";
import { choose, converse } from "./dialogue.ts";
import type { FactSheet } from "./facts.ts";
import { gatherOver, offerMenu } from "./menu.ts";
import type { Reading } from "./reading.ts";
import { contacted, edited, filledIn, opened, reached } from "./reported.ts";
import { takeUpMatters } from "./routing.ts";
import { nudge } from "./silence.ts";
import { type Choice, type ConversationState, copyState, newConversation } from "./state.ts";
import { greet } from "./topics.ts";

/**
 * @param state `null` for a conversation that begins
 * @throws FactMissing when a fact that is not on the sheet is needed; load it and call again
 */
export function takeTurn(
  dependencies: TurnDependencies,
  input: TurnInput,
  state: ConversationState | null,
  event: InboundEvent,
  sheet: FactSheet,
): Outcome<ConversationState> {
  const language = dependencies.model.profile.business.languages[0]!;
  const draft = state ? copyState(state) : newConversation(sheet.file?.customer?.language ?? language, input.now);
  const turn = new TurnContext(dependencies, input, draft, sheet);
  turn.ruleFacts["event"] = event.kind;
  turn.events.add(event.kind);
  switch (event.kind) {
    case "message":
      hear(turn, event.text, null);
      break;
    case "press":
      hear(turn, "", event.value);
      break;
    case "media":
      receiveMedia(turn, event);
      break;
    case "timer":
      if (event.name === "booking_reminder") remind(turn, event.data);
      else if (event.name === "nudge") nudge(turn, Number(event.data["since"]));
      else if (event.name === "gather") gatherOver(turn, Number(event.data["since"]));
      else if (event.name === "release") releaseByTimeout(turn, String(event.data["case"]));
      else if (event.name === "staff_reply") replyIsDue(turn, String(event.data["reply"]));
      else if (event.name === "snooze") snoozeIsOver(turn, String(event.data["case"]));
      else if (event.name === "care") careTurn(turn, String(event.data["touch"]));
      else if (event.name === "silence") silenceDue(turn, Number(event.data["since"]));
      else if (isWorkshopTimer(event.name)) workshopTimer(turn, event.name, event.data);
      else caseDue(turn, event.name, event.data);
      break;
    case "desk":
      handleDesk(turn, event.by, event.command, event.via ?? null);
      break;
    case "dead_letter": {
      turn.ruleFacts["dead_letter"] = true;
      turn.note("dead_letter", { error: event.error });
      const opened = escalate(turn, event.words)[0];
      if (event.words) turn.post("customer", event.words, { id: turn.messageIdOf(event.entry) });
      if (opened)
        turn.say(
          turn.words("case.dead_letter", {
            number: opened.case.number,
            promised: formatDateTime(opened.case.promisedAt, turn.lang, turn.zone, turn.now),
          }),
        );
      break;
    }
    case "opened":
      opened(turn, event);
      break;
    case "contact":
      contacted(turn, event, (text) => hear(turn, text, null));
      break;
    case "form":
      filledIn(turn, event, (text) => hear(turn, text, null));
      break;
    case "edited":
      edited(turn, event, (text) => hear(turn, text, null));
      break;
    case "reach":
      reached(turn, event);
      break;
    case "undelivered":
      if (careUndelivered(turn, event.message)) break;
      // Nothing is said to the customer: it would not arrive either.
      turn.ruleFacts["undelivered"] = true;
      countVainTry(turn);
      turn.note("undelivered", { reason: event.reason });
      escalate(turn, event.text);
      break;
    default:
      unreachable(event);
  }
  settleRules(turn);
  watchCases(turn);
  return turn.outcome();
}

/** Words typed or a button pressed. */
function hear(turn: TurnContext, text: string, pressed: string | null, media: Media | null = null): void {
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
      offerMenu(turn, turn.words("menu.what"));
      return;
    }
    // Nobody has come yet: the customer hears the number of the complaint at once.
    const complaint = state.holder.staff === null ? opened.find((one) => one.category === "complaint" && one.isNew) : undefined;
    if (complaint) {
      turn.say(
        turn.words("complaint.received", {
          number: complaint.case.number,
          promised: formatDateTime(complaint.case.promisedAt, turn.lang, turn.zone, turn.now),
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
    else converseAgain(turn);
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

/**
 * Understands the words; those that follow quickly on words that made no sense are read together with them, when that makes
 * more of them.
 */
function readWords(turn: TurnContext, text: string): Understanding {
  const { state } = turn;
  const context = {
    now: turn.now,
    zone: turn.zone,
    asked: state.asked?.question ?? null,
    lang: state.turns > 0 || turn.file().customer?.language ? state.lang : null,
  };
  const alone = turn.dependencies.understander.understand(text, context);
  const { fragment } = state;
  if (!fragment || turn.now - fragment.at > turn.model.profile.business.conversation.fragmentMs) return alone;
  const together = turn.dependencies.understander.understand(`${fragment.text} ${text}`, context);
  const found = (understanding: Understanding): number => Object.values(understanding.entities).reduce((sum, one) => sum + one.length, 0);
  const better = together.decision === "act" && (alone.decision !== "act" || found(together) > found(alone));
  if (better) turn.note("fragments_joined", { words: 2 });
  return better ? together : alone;
}

/** After a button of an earlier question: the open question once more. */
function converseAgain(turn: TurnContext): void {
  const asked = turn.previouslyAsked;
  if (!asked) return;
  turn.state.asked = asked;
  turn.ask({ text: turn.state.lastReply, question: asked.question, choices: asked.choices });
}

/** The very first reply says who speaks (R: the opening names the business). */
function introduce(turn: TurnContext): void {
  const { botName } = turn.model.profile.business;
  turn.say(turn.words("small.opening", { bot: botName[turn.lang], name: turn.callName(true) }));
}

function recordUnderstanding(turn: TurnContext, understanding: Understanding): void {
  // "Say that again?" is about the talk; a doubtful intent beside it calls nobody.
  const aboutTalk = understanding.signals.some(
    (signal) => signal === "repeat" || signal === "help" || signal === "undo" || signal === "start_over",
  );
  if (understanding.decision === "act" || !aboutTalk) turn.ruleFacts["intent"] = understanding.intents[0]!.intent;
  turn.ruleFacts["intents"] = understanding.decision === "act" ? understanding.intents.map((one) => one.intent) : [];
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

/** A photo, voice, file or place: kept with what is under way, acknowledged, shown to staff. Words with it are heard too. */
function receiveMedia(turn: TurnContext, event: Extract<InboundEvent, { kind: "media" }>): void {
  const { state } = turn;
  const { media, text, more = [] } = event;
  const kind = turn.wordsIn(turn.lang, `media.${media.kind}`);
  const caption = text?.trim() ?? "";
  // Words that say nothing by themselves beside a photo for a case ("and here") belong to the photo.
  const openCase = turn.cases().find((one) => one.status === "open" || one.status === "claimed");
  const beside =
    caption !== "" &&
    openCase !== undefined &&
    state.holder.by === "bot" &&
    state.asked === null &&
    readWords(turn, caption).decision !== "act";
  if (caption !== "" && !beside) {
    hear(turn, caption, null, media);
    turn.note("media", { kind: media.kind });
  } else {
    turn.post("customer", caption, { id: turn.messageId, media });
    state.turns += 1;
    state.lastAt = turn.now;
  }
  // What was sent together is answered once, and each item stands in the transcript.
  more.forEach((item, index) => {
    turn.post("customer", "", { id: `${turn.messageId}+${index + 2}`, media: item });
  });
  const staffKind = turn.wordsIn(turn.model.profile.business.languages[0]!, `media.${media.kind}`);
  const count = more.length > 0 ? ` ×${more.length + 1}` : "";
  const label = `[${staffKind}${media.name ? ` ${media.name}` : ""}${count}]${beside ? ` ${caption}` : ""}`;
  const open = turn.cases().find((one) => one.status === "open" || one.status === "claimed");
  if (open) {
    turn.applyCase(open.number, open, { type: "case_noted", at: turn.now, by: "customer", text: label });
    turn.notify(
      open.owner ?? open.step,
      turn.wordsIn(turn.model.profile.business.languages[0]!, "staff.case_added", { number: open.number, words: label }),
      open.number,
      media,
    );
  }
  if (caption !== "" && !beside) return;
  if (state.holder.by === "human") return;
  turn.say(
    turn.words(media.kind === "voice" ? "media.voice_received" : open ? "media.received_case" : "media.received", {
      kind,
      number: open?.number ?? "",
    }),
  );
  if (state.asked) converseAgain(turn);
  else if (state.turns === 1) greet(turn);
}
