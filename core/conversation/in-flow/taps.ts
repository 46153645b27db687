/** Choices that the engine itself offers, whatever the flow: leave it, go on, begin anew, change a fact, another matter. */
import { askWhatToChange, changeSlot } from "../change.ts";
import { dropTop, restartTop, resumeTop } from "../resume.ts";
import { route } from "../routing.ts";
import type { Taker } from "./said.ts";

export const tapsAway: Taker = ({ turn, choice }) => {
  if (choice?.id !== "drop" && choice?.id !== "no") return null;
  dropTop(turn);
  return true;
};

export const tapsOnOrAnew: Taker = ({ turn, choice }) => {
  if (choice?.id === "continue") resumeTop(turn);
  else if (choice?.id === "restart") restartTop(turn);
  else return null;
  return true;
};

export const tapsAnotherMatter: Taker = ({ turn, reading, choice, intents, escalations }) =>
  choice?.id.startsWith("intent:") ? route(turn, reading, intents, escalations) : null;

export const tapsChange: Taker = ({ turn, asked, choice }) => {
  if (asked?.slot === "$change" && choice) changeSlot(turn, choice.id.replace(/^slot:/, ""));
  else if (choice?.id === "change") askWhatToChange(turn);
  else return null;
  return true;
};
