/** Danger and handing over: what comes before everything else. */
import type { Escalation } from "../cases/escalate.ts";
import type { WordingKey } from "../wording/keys.ts";
import type { TurnContext } from "./context.ts";
import { startFlow } from "./engine.ts";
import type { Reading } from "./reading.ts";
import { flowOf, shownFacts, topFrame } from "./stack.ts";
import type { Frame } from "./state.ts";

/**
 * Danger: the safety line first, then the page to staff, then the place and a phone.
 *
 * @param goOn takes the message as an answer of the emergency flow that is already under way
 */
export function handleEmergency(
  turn: TurnContext,
  escalations: readonly Escalation[],
  reading: Reading,
  goOn: (frame: Frame) => void,
): boolean {
  if (turn.ruleFacts["urgency"] !== "emergency") return false;
  const found =
    escalations.find((one) => one.category === "emergency")?.case ??
    turn.cases().find((one) => one.category === "emergency" && one.status !== "closed");
  const frame = topFrame(turn);
  const again = frame?.flow === "emergency";
  turn.say(turn.model.safetyLine(reading.understanding?.danger ?? null)[turn.lang]);
  if (found) {
    if (!again)
      turn.say(turn.words("emergency.paged", { number: found.number, phone: turn.model.profile.business.contact.emergencyPhone }));
    if (again) goOn(frame);
    else startFlow(turn, "emergency", reading, { case: found.number });
  }
  turn.state.misses = 0;
  return true;
}

/** A rule gave the conversation to a person. */
export function handOver(turn: TurnContext, escalations: readonly Escalation[]): boolean {
  const pausing = escalations.find((one) => one.pausesBot);
  if (!pausing) return false;
  turn.discardReply();
  for (const one of escalations) if (one.category === "complaint") turn.say(complaintWords(turn, one));
  const { calendar } = turn.model;
  const open = calendar.isOpen(turn.now);
  const key: WordingKey = pausing.category === "unclear" ? "handover.unclear" : "handover.asked";
  turn.say(turn.words(key, { number: pausing.case.number }));
  tellWhatIsUnderWay(turn, pausing);
  const next = open ? null : calendar.nextOpen(turn.now);
  turn.say(
    open || next === null
      ? turn.words("handover.open", { promised: turn.time(pausing.case.promisedAt) })
      : turn.words("handover.closed", { next: turn.time(next) }),
  );
  return true;
}

/** The person who takes over sees what was being arranged and is known of it so far. */
function tellWhatIsUnderWay(turn: TurnContext, escalation: Escalation): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const facts = [...shownFacts(turn, frame).values()].join("；");
  const { number, step } = escalation.case;
  const text = turn.staffWords("staff.case_draft", { number, title: flowOf(turn, frame).title(turn), facts });
  turn.notify(step, text, number);
}

/** Empathy without admission, the case's number, and by when someone answers. */
export function complaintWords(turn: TurnContext, escalation: Escalation): string {
  if (escalation.isReopened) return turn.words("desk.reopened", { number: escalation.case.number });
  return turn.words(escalation.isNew ? "complaint.received" : "complaint.added", {
    number: escalation.case.number,
    promised: turn.time(escalation.case.promisedAt),
    name: turn.callName(),
  });
}
