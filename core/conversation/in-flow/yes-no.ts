/** Yes and no: to the summary, to an open question, and to nothing that was asked. */
import { askWhatToChange, changeSlot, mentionedSlot, skipOpenSlot } from "../change.ts";
import { completeTop } from "../engine.ts";
import { askQuestion } from "../question.ts";
import { askAgain, dropTop } from "../resume.ts";
import type { Taker, Weighed } from "./said.ts";
import { DROPS } from "./spoken.ts";

const CHANGES = /(?<!不|不用|不必|不要|别|唔使)(?:换|換|改)(?!好)|\b(?:change|instead)\b/i;
/** A fact is to be another one, whatever else the words may sound like. */
const OTHERWISE = /(?:不对|不對|错了|錯了|写错|寫錯|有误|有誤)(?![?？吗嗎])|\b(?:different|wrong|incorrect|another)\b(?![^.!]*\?)/i;
const YES =
  /对|對|是|好|行|可以|确|確|没错|沒錯|没问题|沒問題|嗯|得|啱|ok|yes|yep|yeah|sure|right|fine|good|correct|confirm|perfect|great|please|👍|✅/iu;

export const agreesToSummary: Taker<Weighed> = ({ turn, frame, reading, choice, first, agreed, signals, taken }) => {
  if (frame.phase !== "confirming") return null;
  // "Yes, cancel it" under the question whether to cancel.
  const cancelsIt =
    frame.flow === "cancel" &&
    (first === "cancel_booking" || first === "confirm_yes") &&
    taken.changed.length === 0 &&
    /取消|退掉|退订|cancel/i.test(reading.text) &&
    !/不|别|別|唔|\b(?:don'?t|not|no)\b/i.test(reading.text);
  // Words that wish a change, or only name a fact ("to the shop"), commit nothing, whatever they sound like.
  const doubtful = CHANGES.test(reading.text) || (taken.seen.length > 0 && !YES.test(reading.text));
  if (choice?.id !== "yes" && !cancelsIt && (!agreed || doubtful || signals.includes("undo"))) return null;
  completeTop(turn);
  return true;
};

/** "No, the time": the fact that is to be another. */
export const namesWhatIsWrong: Taker = ({ turn, frame, reading, first, absorbed }) => {
  if (frame.phase !== "confirming") return null;
  const named = mentionedSlot(turn, reading.text);
  const corrects = first === "confirm_no" || first === "reschedule" || first === "provide_info" || absorbed;
  if (!named || !(corrects || OTHERWISE.test(reading.text))) return null;
  changeSlot(turn, named);
  return true;
};

export const refusesSummary: Taker = ({ turn, frame, reading, sure, first }) => {
  if (frame.phase !== "confirming" || first !== "confirm_no" || !sure) return null;
  if (DROPS.test(reading.text) || frame.flow === "cancel") dropTop(turn);
  else askWhatToChange(turn);
  return true;
};

/** No to a question: it is left out, the matter is dropped, or none of what was offered fits. */
export const refusesQuestion: Taker = ({ turn, frame, reading, asked, sure, first, signals }) => {
  if (frame.phase === "confirming" || !((sure && first === "confirm_no") || signals.includes("skip"))) return null;
  if (skipOpenSlot(turn)) return true;
  if (DROPS.test(reading.text)) {
    dropTop(turn);
    return true;
  }
  if (!asked || asked.choices.length === 0) return null;
  turn.say(turn.words("flow.none_fits"));
  askQuestion(turn, frame.flow, asked.slot, {
    text: turn.words(asked.question === "datetime" ? "time.ask_other" : "flow.in_own_words"),
    question: asked.question,
  });
  return true;
};

/** "That one then", under a question that takes no yes, agrees to what was told beside it. */
export const agreesToWhatWasTold: Taker = ({ turn, frame, asked, agreed }) => {
  if (!agreed || asked?.flow !== frame.flow || asked.choices.length > 0 || frame.phase !== "collecting") return null;
  askAgain(turn);
  return true;
};

/** "All right" to what was told, with no question open: what waits is not pressed upon them. */
export const agreesToNothing: Taker = ({ turn, asked, agreed }) => {
  if (asked !== null || !agreed) return null;
  turn.quiet = true;
  turn.say(turn.words("small.ok"));
  return true;
};
