/** A message while a flow is under way: an answer, a correction, a question in between, something more urgent, a way out. */
import { aboutWork } from "../booking/about-booking.ts";
import { goesAlong } from "../booking/also-slot.ts";
import { wantsAnotherToo } from "../booking/another.ts";
import { comingBookings } from "../booking/change-flows.ts";
import type { ProductValue } from "../booking/product-value.ts";
import { takeUpWaiting } from "../booking/waiting-wish.ts";
import type { Escalation } from "../cases/escalate.ts";
import { MINUTE_MS } from "../time.ts";
import type { Intent } from "../understanding/types.ts";
import { asksForTime, isQuestion } from "./aside.ts";
import { askWhatToChange, changeSlot, mentionedSlot, skipOpenSlot } from "./change.ts";
import type { TurnContext } from "./context.ts";
import { advance, completeTop } from "./engine.ts";
import { COURTESY } from "./menu.ts";
import { askQuestion, keepAsked } from "./question.ts";
import { entitiesOf, type Reading } from "./reading.ts";
import { askAgain, askResume, dropTop, restartTop, resumeTop, undoAnswer } from "./resume.ts";
import { digress, route } from "./routing.ts";
import { contextOf, flowOf, shownFacts } from "./stack.ts";
import type { Asked, Frame } from "./state.ts";
import { takeFacts } from "./taking.ts";

const DROPS =
  /不用了|不必了|算了|不要了|不约了|不約了|不修了|不订了|不訂了|先不|免了|唔使|唔要|唔整|作罢|作罷|never ?mind|forget (?:it|about)|no thanks|don'?t bother|drop it|not any ?more|stop this/i;

const CHANGES = /(?<!不|不用|不必|不要|别|唔使)(?:换|換|改)(?!好)|\b(?:change|instead)\b/i;
const YES =
  /对|對|是|好|行|可以|确|確|没错|沒錯|没问题|沒問題|嗯|得|啱|ok|yes|yep|yeah|sure|right|fine|good|correct|confirm|perfect|great|please|👍|✅/iu;

const GOES_ON =
  /先(?:约|約|修|派|安排|来修|來修|来人|來人)|(?:还是|還是|那就)(?:先)?(?:约|約|修|派)|接着办|接著辦|继续吧|繼續吧|继续办|繼續辦|\b(?:go on|carry on|let'?s continue|continue (?:with|please))\b/i;

/** Questions about something that may be another thing than the one under way. */
const BESIDE: readonly Intent[] = ["status", "hours_location", "warranty", "quote_price"];

const NOTHING_TAKEN = { changed: [], seen: [] };

const AS_IT_IS = /(?:leave|keep) it (?:as (?:it )?is|the way it is|like that)|不改了|不用改了/i;

/** Flows that change what stands already. */
const CHANGING: readonly string[] = ["move", "amend", "cancel"];

const FALSE_ALARM = /false alarm|虚惊|虛驚|误报|誤報|搞错了|搞錯了|按错了|按錯了/i;

/** "And yesterday afternoon? No, nine today": a time under the question for one asks after no order. */
function answersTime(reading: Reading, asked: Asked | null, [first]: readonly Intent[]): boolean {
  const { datetime, order_no, plate, product } = entitiesOf(reading);
  return (
    first === "status" && asked?.question === "datetime" && datetime.length > 0 && order_no.length + plate.length + product.length === 0
  );
}

/** @returns whether the message made sense here */
export function inFlow(
  turn: TurnContext,
  frame: Frame,
  reading: Reading,
  heard: readonly Intent[],
  escalations: readonly Escalation[],
): boolean {
  const flow = flowOf(turn, frame);
  const asked = turn.previouslyAsked;
  const intents = answersTime(reading, asked, heard) ? (["provide_info", ...heard.slice(1)] as const) : heard;
  const first = intents[0];
  const signals = reading.understanding?.signals ?? [];
  /** Sure enough to act on: a guess may bring facts, but it neither commits nor drops anything. */
  const sure = reading.choice !== null || reading.understanding?.decision === "act";
  const agreed = sure && first === "confirm_yes" && !/[??]\s*$/.test(reading.text);
  const absorbed = first !== undefined && flow.absorbs?.includes(first) === true;
  const choice = reading.choice;

  if (choice?.id === "drop" || choice?.id === "no") {
    dropTop(turn);
    return true;
  }
  if (takeUpWaiting(turn, frame, reading)) return true;
  if (
    frame.flow === "book" &&
    !goesAlong(turn, frame, reading) &&
    wantsAnotherToo(turn, (frame.values["product"] ?? frame.raw["product"]) as ProductValue | undefined, reading)
  ) {
    turn.state.matters.push({ intent: "book", text: reading.text, at: turn.now });
    turn.say(turn.words("menu.next"));
    askAgain(turn);
    return true;
  }
  if (choice?.id === "continue") {
    resumeTop(turn);
    return true;
  }
  if (choice?.id === "restart") {
    restartTop(turn);
    return true;
  }
  if (signals.includes("undo") && undoAnswer(turn)) return true;
  if (choice?.id.startsWith("intent:")) return route(turn, reading, intents, escalations);
  if (asked?.slot === "$change" && choice) {
    changeSlot(turn, choice.id.replace(/^slot:/, ""));
    return true;
  }
  if (choice?.id === "change") {
    askWhatToChange(turn);
    return true;
  }
  if (signals.includes("start_over") && (first !== "cancel_booking" || comingBookings(turn).length === 0)) {
    restartTop(turn);
    return true;
  }
  if (signals.includes("repeat")) {
    if (frame.phase === "confirming") advance(turn);
    else askAgain(turn);
    return true;
  }
  if (signals.includes("help")) {
    turn.say(turn.words("flow.help", { title: flow.title(turn) }));
    askAgain(turn);
    return true;
  }
  if (
    frame.flow === "emergency" &&
    (FALSE_ALARM.test(reading.text) || (sure && (first === "cancel_booking" || first === "confirm_no") && DROPS.test(reading.text)))
  ) {
    dropTop(turn);
    return true;
  }
  const answersIt = !choice || (asked?.flow === frame.flow && !asked.slot.startsWith("$"));
  if (flow.readsAlone && answersIt && takeFacts(turn, frame, reading).changed.length > 0) {
    advance(turn);
    return true;
  }
  if (asked?.slot === "$drop" && !choice && sure && (first === "confirm_yes" || first === "confirm_no" || first === "cancel_booking")) {
    if (first === "confirm_no") resumeTop(turn);
    else dropTop(turn);
    return true;
  }
  if (flow.takeOut) {
    const shown = shownFacts(turn, frame);
    const out = flow.takeOut({ turn, frame, values: frame.values }, reading);
    if (out === true) advance(turn, shown);
    if (out) return true;
  }
  if (!absorbed && sure && first === "complaint") return route(turn, reading, intents, escalations);
  if (
    !absorbed &&
    sure &&
    first === "cancel_booking" &&
    (!GOES_ON.test(reading.text) || /cancel|取消/i.test(reading.text)) &&
    frame.flow === "book" &&
    (comingBookings(turn).length === 0 || reading.understanding?.entities.order_no.length === 0)
  ) {
    dropTop(turn);
    return true;
  }

  if (sure && first === "cancel_booking" && frame.flow === "move" && (reading.understanding?.entities.order_no.length ?? 0) > 0) {
    // A booking named to be cancelled is not the one to move.
    dropTop(turn);
    return route(turn, reading, intents, escalations);
  }

  if (aboutWork(turn, frame, reading)) {
    takeFacts(turn, frame, reading, true);
    askAgain(turn);
    return true;
  }
  const before = shownFacts(turn, frame);
  // "Is the fridge's order ready?" in between speaks of another thing: it overwrites nothing of this one.
  const asksBeside =
    !choice && intents.length === 1 && first !== undefined && BESIDE.includes(first) && !absorbed && (sure || isQuestion(reading.text));
  // The day in "are you open on Sunday?" is no wish at all.
  const taken = asksBeside && first === "hours_location" ? NOTHING_TAKEN : takeFacts(turn, frame, reading, asksBeside);
  const { parkMinutes } = turn.model.profile.business.conversation;
  if (
    taken.changed.length === 0 &&
    !choice &&
    turn.silentMs > parkMinutes * MINUTE_MS &&
    first !== "confirm_yes" &&
    first !== "confirm_no"
  ) {
    // Back after a long silence with nothing to the point: what now?
    digress(turn, reading, intents, flow.absorbs ?? []);
    askResume(turn);
    return true;
  }
  if (asked?.slot === "$resume" && (agreed || (sure && first === "confirm_no"))) {
    if (agreed) resumeTop(turn);
    else dropTop(turn);
    return true;
  }
  if (taken.changed.length > 0) {
    delete frame.data["thinking"];
    // A message that brings facts is about them; "thanks" beside them needs no answer of its own.
    const asks = sure || isQuestion(reading.text);
    digress(turn, reading, choice || !asks ? [] : intents.filter((intent) => !COURTESY.includes(intent)), flow.absorbs ?? []);
    advance(turn, before);
    return true;
  }
  if (CHANGING.includes(frame.flow) && AS_IT_IS.test(reading.text)) {
    dropTop(turn);
    return true;
  }
  if (!choice && asked && asksForTime(reading.text) && !DROPS.test(reading.text)) {
    letThink(turn, frame);
    return true;
  }
  if (frame.phase === "confirming") {
    // "Yes, cancel it" under the question whether to cancel.
    const cancelsIt =
      frame.flow === "cancel" &&
      (first === "cancel_booking" || first === "confirm_yes") &&
      taken.changed.length === 0 &&
      /取消|退掉|退订|cancel/i.test(reading.text) &&
      !/不|别|別|唔|\b(?:don'?t|not|no)\b/i.test(reading.text);
    // Words that wish a change, or only name a fact ("to the shop"), commit nothing, whatever they sound like.
    const doubtful = CHANGES.test(reading.text) || (taken.seen.length > 0 && !YES.test(reading.text));
    if (choice?.id === "yes" || cancelsIt || (agreed && !doubtful && !signals.includes("undo"))) {
      completeTop(turn);
      return true;
    }
    const named = mentionedSlot(turn, reading.text);
    if (named && (first === "confirm_no" || first === "reschedule" || first === "provide_info" || absorbed)) {
      changeSlot(turn, named);
      return true;
    }
    if (first === "confirm_no" && sure) {
      if (DROPS.test(reading.text) || frame.flow === "cancel") dropTop(turn);
      else askWhatToChange(turn);
      return true;
    }
  } else if ((sure && first === "confirm_no") || signals.includes("skip")) {
    if (skipOpenSlot(turn)) return true;
    if (DROPS.test(reading.text)) {
      dropTop(turn);
      return true;
    }
    if (asked && asked.choices.length > 0) {
      turn.say(turn.words("flow.none_fits"));
      askQuestion(turn, frame.flow, asked.slot, {
        text: turn.words(asked.question === "datetime" ? "time.ask_other" : "flow.in_own_words"),
        question: asked.question,
      });
      return true;
    }
  }
  if (agreed && asked?.flow === frame.flow && asked.choices.length === 0 && frame.phase === "collecting") {
    // "That one then", under a question that takes no yes, agrees to what was told beside it.
    askAgain(turn);
    return true;
  }
  if (asked === null && agreed) {
    // "All right" to what was told, with no question open: what waits is not pressed upon them.
    turn.quiet = true;
    turn.say(turn.words("small.ok"));
    return true;
  }
  if (taken.seen.length > 0) {
    askAgain(turn, digress(turn, reading, intents, flow.absorbs ?? []));
    return true;
  }
  if (GOES_ON.test(reading.text) && frame.phase === "collecting") {
    askAgain(turn);
    return true;
  }
  if (first && !absorbed && reading.understanding?.decision !== "unknown") {
    if (sure && digress(turn, reading, intents, flow.absorbs ?? [])) {
      askAgain(turn, true);
      return true;
    }
    if (sure && first !== "confirm_yes" && first !== "confirm_no" && first !== "provide_info" && route(turn, reading, intents, escalations))
      return true;
  }
  if ((asked === null || asked.flow === null) && absorbed && sure) {
    // Nothing of it was asked after a pause (an emergency): the matter is taken up where it stood.
    resumeTop(turn);
    return true;
  }
  if (sure && absorbed && isMatterOfItsOwn(frame, first, reading)) return route(turn, reading, intents, escalations);
  if (flow.unheard && reading.text) {
    flow.unheard(contextOf(turn, frame), reading.text);
    askAgain(turn);
    return true;
  }
  return false;
}

/** A matter that could have brought facts to the flow under way and brought none: work on another thing, a booking to move. */
function isMatterOfItsOwn(frame: Frame, intent: Intent | undefined, reading: Reading): boolean {
  const { fault, service } = entitiesOf(reading);
  if (intent === "book") return (frame.flow === "move" || frame.flow === "cancel") && fault.length + service.length > 0;
  return intent === "reschedule" && frame.flow === "book";
}

/** The customer wants time: the matter is kept, its question stays open and is neither put again nor recalled. */
function letThink(turn: TurnContext, frame: Frame): void {
  const again = frame.data["thinking"] === true;
  frame.data["thinking"] = true;
  frame.data["nudged"] = true;
  turn.say(again ? turn.words("small.ok") : turn.words("flow.kept", { title: flowOf(turn, frame).title(turn) }));
  keepAsked(turn);
}
