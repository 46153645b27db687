/**
 * Replies of staff on their way to the customer: guarded, held for a moment so that they can be taken back, then sent.
 *
 *   written ── nothing to ask ──► held ── time is up ──► sent
 *      │                           └── recall ──► gone
 *      └── something to ask ──► waits ── send anyway ──► sent
 *                                └── discard, recall ──► gone
 */
import { type Case, isOpen } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import type { HeldReply } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import { noticeSpoken } from "../promises/spoken.ts";
import type { DeskCommand, Media } from "../spine/events.ts";
import { deskButton } from "./buttons.ts";
import { reasonsToAsk } from "./guard.ts";
import { holdBy } from "./holding.ts";

/** Most replies that may wait in one conversation; the oldest that only waits for an answer is dropped. */
const MOST_HELD = 20;

/** The reply of a member of staff. @param via staff channel or the desk page, `null` = neither (terminal, script) */
export function reply(
  turn: TurnContext,
  found: Case,
  by: string,
  command: Extract<DeskCommand, { do: "reply" }>,
  via: string | null,
): void {
  const media = command.media ?? null;
  const canPass = media !== null && (via === null || canPassOn(turn, media));
  const written: HeldReply = {
    id: turn.entry,
    case: found.number,
    by,
    text: command.text,
    media: canPass ? media : null,
    dueAt: null,
    via,
  };
  // A slip is a moment's work, in a chat and on a page alike. Only what a script or the terminal says is meant as it stands.
  if (via !== null && command.anyway !== true) {
    const reasons = reasonsToAsk(turn, found, by, command.text, media === null ? null : { media, canPass });
    if (reasons.length > 0) {
      keep(turn, { ...written, why: reasons });
      turn.writeLine(found.number, turn.staffWords("staff.guard", { number: found.number, why: reasons.join("\n"), text: command.text }), {
        to: by,
        only: via,
        buttons: [
          deskButton("anyway", found.number, turn.staffWords("button.anyway")),
          deskButton("discard", found.number, turn.staffWords("button.discard")),
        ],
      });
      turn.note("reply_guarded", { reasons: reasons.length });
      return;
    }
  }
  const holdMs = command.holdMs ?? 0;
  if (holdMs <= 0) {
    deliver(turn, written);
    return;
  }
  keep(turn, { ...written, dueAt: turn.now + holdMs });
  turn.setTimer({ id: timerOf(turn, written), dueAt: turn.now + holdMs, name: "staff_reply", data: { reply: written.id } });
  turn.writeLine(
    found.number,
    turn.staffWords("staff.queued", {
      number: found.number,
      customer: turn.customer()?.name ?? "",
      seconds: Math.round(holdMs / 1_000),
      text: command.text,
    }),
    { only: via, buttons: [deskButton("recall", found.number, turn.staffWords("button.recall"))] },
  );
}

/** Takes back the last reply in a case that has not left; the writer's own comes first. */
export function recall(turn: TurnContext, found: Case, by: string, via: string | null): void {
  const held = (turn.state.heldReplies ?? []).filter((one) => one.case === found.number);
  const last = held.findLast((one) => one.by === by) ?? held.at(-1);
  if (last) drop(turn, last);
  turn.writeLine(found.number, turn.staffWords(last ? "staff.recalled" : "staff.recall_late", { number: found.number }), {
    to: by,
    only: via,
  });
}

/** Sends the reply that waited for the writer's "send anyway". */
export function sendAnyway(turn: TurnContext, found: Case, by: string, via: string | null): void {
  const waiting = (turn.state.heldReplies ?? []).findLast((one) => one.case === found.number && one.by === by && one.dueAt === null);
  if (!waiting) {
    turn.writeLine(found.number, turn.staffWords("staff.stale_button"), { to: by, only: via });
    return;
  }
  drop(turn, waiting);
  turn.note("reply_sent_anyway", { by });
  deliver(turn, waiting);
}

/** Drops the reply that waited for a "send anyway". */
export function discard(turn: TurnContext, found: Case, by: string, via: string | null): void {
  const waiting = (turn.state.heldReplies ?? []).findLast((one) => one.case === found.number && one.by === by && one.dueAt === null);
  if (waiting) drop(turn, waiting);
  turn.writeLine(found.number, turn.staffWords(waiting ? "staff.recalled" : "staff.stale_button", { number: found.number }), {
    to: by,
    only: via,
  });
}

/** The moment in which a reply could be taken back is over. */
export function replyIsDue(turn: TurnContext, id: string): void {
  const held = (turn.state.heldReplies ?? []).find((one) => one.id === id && one.dueAt !== null);
  if (!held) return;
  drop(turn, held);
  deliver(turn, held);
}

/** What is on its way leaves before something that must come after it. */
export function flushReplies(turn: TurnContext, number: string): void {
  for (const held of turn.state.heldReplies ?? []) {
    if (held.case !== number || held.dueAt === null) continue;
    drop(turn, held);
    deliver(turn, held);
  }
}

function deliver(turn: TurnContext, held: HeldReply): void {
  const current = turn.caseByNumber(held.case);
  if (current) turn.applyCase(current.number, current, { type: "case_answered", at: turn.now, by: held.by });
  turn.breakReply();
  turn.post("staff", held.text, { author: held.by, media: held.media });
  // After its end the words still reach the customer, and stand on the case; nobody holds the conversation for it.
  if (current === null || isOpen(current)) holdBy(turn, held.case, held.by);
  else turn.applyCase(current.number, current, { type: "case_noted", at: turn.now, by: held.by, text: held.text });
  noticeSpoken(turn, held.by, held.case, held.text);
  const name = nameIn(turn.model.staff(held.by), turn.staffLanguage);
  turn.writeLine(held.case, turn.staffWords("staff.did_reply", { name, number: held.case, text: held.text }), { except: held.via });
}

function keep(turn: TurnContext, held: HeldReply): void {
  const before = turn.state.heldReplies ?? [];
  const kept = before.length < MOST_HELD ? before : before.filter((one) => one !== before.find((other) => other.dueAt === null));
  turn.state.heldReplies = [...kept, held];
}

function drop(turn: TurnContext, held: HeldReply): void {
  turn.state.heldReplies = (turn.state.heldReplies ?? []).filter((one) => one !== held);
  turn.cancelTimer(timerOf(turn, held));
}

const timerOf = (turn: TurnContext, held: HeldReply): string => `reply:${turn.conversation}:${held.id}`;

/**
 * Where we send, a file is carried from platform to platform; a page that reads what is stored shows an address and what came with
 * its content, and no platform's own file.
 */
function canPassOn(turn: TurnContext, media: Media): boolean {
  return !turn.pulled || media.ref.startsWith("https://") || media.ref.startsWith("data:");
}
