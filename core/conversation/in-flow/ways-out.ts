/** Words that end the flow under way: a false alarm, a booking that is not wanted, nothing to be changed after all. */
import { comingBookings } from "../../booking/change-flows.ts";
import { dropTop, resumeTop } from "../resume.ts";
import { route } from "../routing.ts";
import type { Taker } from "./said.ts";
import { DROPS, GOES_ON } from "./spoken.ts";

const FALSE_ALARM = /false alarm|虚惊|虛驚|误报|誤報|搞错了|搞錯了|按错了|按錯了/i;

const AS_IT_IS = /(?:leave|keep) it (?:as (?:it )?is|the way it is|like that)|不改了|不用改了/i;

/** Flows that change what stands already. */
const CHANGING: readonly string[] = ["move", "amend", "cancel"];

export const wasFalseAlarm: Taker = ({ turn, frame, reading, sure, first }) => {
  if (frame.flow !== "emergency") return null;
  const ends = sure && (first === "cancel_booking" || first === "confirm_no") && DROPS.test(reading.text);
  if (!FALSE_ALARM.test(reading.text) && !ends) return null;
  dropTop(turn);
  return true;
};

/** The answer to whether it is to be dropped. */
export const answersDrop: Taker = ({ turn, asked, choice, sure, first }) => {
  if (asked?.slot !== "$drop" || choice || !sure) return null;
  if (first === "confirm_no") resumeTop(turn);
  else if (first === "confirm_yes" || first === "cancel_booking") dropTop(turn);
  else return null;
  return true;
};

/** "Cancel it" under a booking that is being made means that one, unless another stands and is named. */
export const cancelsThis: Taker = ({ turn, frame, reading, sure, first, absorbed }) => {
  if (absorbed || !sure || first !== "cancel_booking" || frame.flow !== "book") return null;
  if (GOES_ON.test(reading.text) && !/cancel|取消/i.test(reading.text)) return null;
  if (comingBookings(turn).length > 0 && reading.understanding?.entities.order_no.length !== 0) return null;
  dropTop(turn);
  return true;
};

/** A booking named to be cancelled is not the one to move. */
export const cancelsNamed: Taker = ({ turn, frame, reading, intents, sure, first, escalations }) => {
  if (!sure || first !== "cancel_booking" || frame.flow !== "move") return null;
  if ((reading.understanding?.entities.order_no.length ?? 0) === 0) return null;
  dropTop(turn);
  return route(turn, reading, intents, escalations);
};

export const leavesAsItIs: Taker = ({ turn, frame, reading }) => {
  if (!CHANGING.includes(frame.flow) || !AS_IT_IS.test(reading.text)) return null;
  dropTop(turn);
  return true;
};
