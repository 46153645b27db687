/** Photos, voice, video, files and places that a customer sends. */
import { addToCase } from "../cases/add-to-case.ts";
import { VISIT_QUESTION } from "../cases/put-right.ts";
import { isOpen } from "../cases/state.ts";
import type { InboundEvent } from "../spine/events.ts";
import type { Understanding } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import { advance } from "./engine.ts";
import { hear } from "./hearing.ts";
import { askOnceMore, keepAsked } from "./question.ts";
import { readWords } from "./read-words.ts";
import { shownFacts, topFrame } from "./stack.ts";
import { takeFacts } from "./taking.ts";
import { greet } from "./topics.ts";

/** Words that mean nothing alone: no wish, no question and no fact. */
function saysNothing({ decision, intents, entities }: Understanding): boolean {
  const bare = intents[0]?.intent === "provide_info" && Object.values(entities).every((found) => found.length === 0);
  return decision !== "act" || bare;
}

/** A photo, voice, file or place: kept with what is under way, acknowledged, shown to staff. Words with it are heard too. */
export function receiveMedia(turn: TurnContext, event: Extract<InboundEvent, { kind: "media" }>): void {
  const { state } = turn;
  const { media, text, more = [] } = event;
  const kind = turn.wordsIn(turn.lang, `media.${media.kind}`);
  const caption = text?.trim() ?? "";
  // Words that say nothing by themselves beside a photo for a case ("and here") belong to the photo.
  const openCase = turn.cases().find(isOpen);
  const beside =
    caption !== "" &&
    openCase !== undefined &&
    state.holder.by === "bot" &&
    (state.asked === null || state.asked.slot === VISIT_QUESTION) &&
    saysNothing(readWords(turn, caption));
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
  const staffKind = turn.staffWords(`media.${media.kind}`);
  const count = more.length > 0 ? ` ×${more.length + 1}` : "";
  const label = `[${staffKind}${media.name ? ` ${media.name}` : ""}${count}]${beside ? ` ${caption}` : ""}`;
  const open = turn.cases().find(isOpen);
  if (open) addToCase(turn, open, label, media);
  if (caption !== "" && !beside) return;
  if (state.holder.by === "human") return;
  turn.say(
    turn.words(media.kind === "voice" ? "media.voice_received" : open ? "media.received_case" : "media.received", {
      kind,
      number: open?.number ?? "",
    }),
  );
  const frame = topFrame(turn);
  const before = frame ? shownFacts(turn, frame) : undefined;
  // What was sent may be what was asked for (where they are).
  if (frame && takeFacts(turn, frame, { text: "", understanding: null, choice: null, media }).changed.length > 0) advance(turn, before);
  else if (state.asked?.slot === VISIT_QUESTION) keepAsked(turn);
  else if (state.asked) askOnceMore(turn);
  else if (state.turns === 1) greet(turn);
}
