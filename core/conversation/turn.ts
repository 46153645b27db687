/**
 * One turn: `(state, event, facts, now) → outcome`. Pure and deterministic: the same arguments give the same outcome, so a
 * turn can be run again when a fact was missing, and a whole history can be replayed.
 */
import { remind } from "../booking/reminders.ts";
import { careTurn, careUndelivered } from "../care/turn.ts";
import { countVainTry } from "../cases/contact.ts";
import { caseDue } from "../cases/due.ts";
import { escalate } from "../cases/escalate.ts";
import { settleRules, silenceDue } from "../cases/late-rules.ts";
import { watchCases } from "../cases/watch.ts";
import { handleDesk } from "../desk/desk.ts";
import { releaseByTimeout } from "../desk/holding.ts";
import { replyIsDue } from "../desk/replies.ts";
import { snoozeIsOver } from "../desk/sharing.ts";
import { unreachable } from "../errors.ts";
import { isWorkshopTimer } from "../orders/workshop.ts";
import { workshopTimer } from "../orders/workshop-timers.ts";
import type { InboundEvent } from "../spine/events.ts";
import type { Outcome } from "../spine/outcome.ts";
import { TurnContext } from "./context.ts";
import type { FactSheet } from "./facts.ts";
import { hear } from "./hearing.ts";
import { receiveMedia } from "./media-turn.ts";
import { gatherOver } from "./menu.ts";
import { completeState, leaveOutGone } from "./renew.ts";
import { contacted, edited, filledIn, opened, reached } from "./reported.ts";
import { nudge } from "./silence.ts";
import { type ConversationState, copyState, newConversation } from "./state.ts";
import type { TurnDependencies, TurnInput } from "./turn-effects.ts";

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
  const language = dependencies.model.staffLanguage;
  const draft = state ? copyState(completeState(state)) : newConversation(sheet.file?.customer?.language ?? language, input.now);
  const gone = leaveOutGone(draft, dependencies.flows);
  const turn = new TurnContext(dependencies, input, draft, sheet);
  if (gone.length > 0) turn.note("flows_gone", { flows: gone.join(", ") });
  turn.ruleFacts["event"] = event.kind;
  turn.events.add(event.kind);
  // Not every platform says when somebody can be reached again: their own word does.
  if (draft.blocked && ["message", "press", "media", "opened", "contact", "form", "edited"].includes(event.kind))
    reached(turn, { kind: "reach", reachable: true, reason: "wrote" });
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
            promised: turn.time(opened.case.promisedAt),
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
