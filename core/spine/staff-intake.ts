/**
 * Takes what staff do in a team chat: who is it, which case, what. An act on a case becomes a `desk` event of the conversation
 * in which its customer spoke last, through the same inbox as everything else; questions and the roster are answered at once.
 *
 * The case, in this order: named by the button or form, by its number in the text, by the thread it was written in; where a
 * channel has no threads, the case this person handled last there. What is said in the room about no case is talk among
 * colleagues and is left alone.
 */
import type { Case } from "../cases/state.ts";
import { parseDeskButton } from "../desk/buttons.ts";
import { staffWords, suggestionsFor } from "../desk/card.ts";
import { caseNumberIn, type ParsedCommand, parseDeskCommand, unslash } from "../desk/command.ts";
import { memberNamed, memberOn } from "../desk/people.ts";
import { type DeskQuery, parseDeskQuery } from "../desk/query.ts";
import { readWhen } from "../desk/when.ts";
import { unreachable } from "../errors.ts";
import { ORDER_STATUSES } from "../orders/state.ts";
import type { StaffAct, StaffIntake, Unit } from "../ports.ts";
import { DAY_MS, HOUR_MS, type Instant, SECOND_MS } from "../time.ts";
import { conversationOfCommand } from "./addressee.ts";
import type { DeskCommand, Media } from "./events.ts";
import type { Handled, StaffIntakeOptions } from "./staff-act.ts";
import { loadCard } from "./staff-delivery.ts";
import { answerQuery } from "./staff-queries.ts";
import { conversationOfCase } from "./whereabouts.ts";

/** After this long without an act on it, "the case at hand" is not assumed any more. */
const CURRENT_MS = 12 * HOUR_MS;
/** A stranger is told once a day. */
const STRANGER_MS = DAY_MS;

type Answer = Awaited<ReturnType<StaffIntake["accept"]>>;

const TAKEN: Answer = { result: "taken" };
const KNOWN: Answer = { result: "known" };

export function createStaffIntake(options: StaffIntakeOptions): StaffIntake {
  const { store, model, channels, clock, wakeups } = options;
  const refuse = (...words: Parameters<typeof staffWords> extends [unknown, ...infer Rest] ? Rest : never): Answer => ({
    result: "refused",
    say: staffWords(model, ...words),
  });

  async function take(unit: Unit, act: StaffAct): Promise<Answer> {
    const member = memberOn(model.profile, act.channel, act.actor);
    if (!member) return meetStranger(unit, act);
    const at: Handled = { unit, act, member, now: clock.now(), current: await caseAtHand(unit, act) };
    switch (act.act.kind) {
      case "text":
        return takeText(at, act.act.text);
      case "press":
        return takePress(at, act.act.button);
      case "media":
        return takeMedia(at, act.act.media, act.act.text);
      default:
        return unreachable(act.act);
    }
  }

  /** Nothing is done, and the person learns why: for talk once a day, for a tap each time, which its button shows to them alone. */
  async function meetStranger(unit: Unit, act: StaffAct): Promise<Answer> {
    const key = `desk:stranger:${act.channel}:${act.actor}`;
    const told = Number((await unit.meta.get(key)) ?? 0);
    const now = clock.now();
    if (now - told < STRANGER_MS && act.act.kind !== "press") return KNOWN;
    await unit.meta.set(key, String(now));
    return refuse("staff.stranger", { channel: act.channel, id: act.actor });
  }

  async function takeText(at: Handled, text: string): Promise<Answer> {
    const query = parseDeskQuery(text);
    if (query && !isTechnicianAway(query, at.now)) return ask(at, query);
    const parsed = parseDeskCommand(text, at.current?.number ?? null, { strict: true, now: at.now, zone: model.zone });
    const named = caseNumberIn(text);
    if (!parsed.ok) {
      // Plain words about no case are talk in the room; where there is no room, they were meant for a case.
      if (parsed.reason === "no_case" && (parsed.verb ?? "note") === "note" && !unslash(text).slashed)
        return named === null && hasThreads(at) ? KNOWN : named === null ? refuse("staff.which_case") : noteOn(at, named, text);
      return refuseCommand(parsed, text);
    }
    const { command } = parsed;
    // A number in the middle of plain words, in the room, says which case is meant.
    if (command.do === "note" && named !== null && named !== command.case && at.act.thread === null) return noteOn(at, named, text);
    return carryOut(at, command);
  }

  /** "/away ZHOU tomorrow" is about a technician: the workshop's own command. */
  function isTechnicianAway(query: DeskQuery, now: Instant): boolean {
    return (
      query.do === "away" &&
      query.text !== "" &&
      readWhen(query.text, now, model.zone) === null &&
      memberNamed(model.profile, query.text) === null
    );
  }

  async function noteOn(at: Handled, number: string, text: string): Promise<Answer> {
    return carryOut(at, { do: "note", case: number, text: text.trim() });
  }

  async function takePress(at: Handled, button: string): Promise<Answer> {
    if (/^[/!]/.test(button)) return takeText(at, button);
    const pressed = parseDeskButton(button);
    if (!pressed) return refuse("staff.stale_button");
    const { verb, subject } = pressed;
    switch (verb) {
      case "claim":
      case "release":
      case "recall":
      case "anyway":
      case "discard":
        return carryOut(at, { do: verb, case: subject });
      case "reply":
      case "note":
      case "resolve":
      case "reopen":
        await rememberCase(at, subject);
        return refuse("staff.no_text", { verb: hasThreads(at) ? verb : `${verb} ${subject}` });
      case "why":
        return ask(at, { do: "why", case: subject });
      case "accept":
        return ask(at, { do: "accept", id: subject });
      case "suggest": {
        const [number, place] = subject.split(":") as [string, string | undefined];
        const facts = await loadCard(at.unit, number);
        const text = facts && suggestionsFor(model, facts)[Number(place) - 1];
        return text ? carryOut(at, { do: "reply", case: number, text }) : refuse("staff.stale_button");
      }
      default:
        return unreachable(verb);
    }
  }

  /** A photo with `/reply` goes to the customer; any other stays inside. */
  async function takeMedia(at: Handled, media: Media, text: string | null): Promise<Answer> {
    const caption = text?.trim() ?? "";
    const label = `[${staffWords(model, `media.${media.kind}`)}${media.name ? ` ${media.name}` : ""}]`;
    const { plain } = unslash(caption);
    const bare = /^(?:reply|answer|send|回复|回覆)(?:\s+#?(C\d{8,}))?$/i.exec(plain);
    const number = bare?.[1]?.toUpperCase() ?? at.current?.number ?? null;
    if (bare && number !== null) return carryOut(at, { do: "reply", case: number, text: "", media });
    const parsed =
      caption === "" ? null : parseDeskCommand(caption, at.current?.number ?? null, { strict: true, now: at.now, zone: model.zone });
    if (parsed?.ok && parsed.command.do === "reply") return carryOut(at, { ...parsed.command, media });
    const about = caseNumberIn(caption) ?? at.current?.number ?? null;
    if (about === null) return hasThreads(at) ? KNOWN : refuse("staff.which_case");
    return carryOut(at, { do: "note", case: about, text: [label, caption].filter(Boolean).join(" ") });
  }

  async function ask(at: Handled, query: NonNullable<ReturnType<typeof parseDeskQuery>>): Promise<Answer> {
    const { unit, act, member, now, current } = at;
    const { channels, random } = options;
    const { channel: via, id, receivedAt } = act;
    const answer = await answerQuery({ unit, model, channels, random, member, via, id, receivedAt, now, current }, query);
    if (answer.result !== "taken") return answer;
    wakeups.wake("staff");
    return TAKEN;
  }

  function refuseCommand(parsed: Extract<ParsedCommand, { ok: false }>, text: string): Answer {
    switch (parsed.reason) {
      case "no_case":
        return refuse("staff.which_case");
      case "no_text":
        return refuse("staff.no_text", { verb: parsed.verb ?? "reply" });
      case "no_time":
        return refuse("staff.bad_time", { text: unslash(text).plain.split(/\s+/).slice(1).join(" ") });
      case "unknown":
        return refuse("staff.unknown_command", { text: text.trim().split(/\s/)[0] ?? "" });
      case "no_number":
        return refuse("staff.no_number");
      case "no_amount":
        return refuse("staff.no_amount");
      case "no_order":
      case "no_status":
        return refuse("staff.no_status", { allowed: ORDER_STATUSES.join(" ") });
      default:
        return unreachable(parsed.reason);
    }
  }

  /** The command becomes an event of the conversation it belongs to. */
  async function carryOut(at: Handled, command: DeskCommand): Promise<Answer> {
    const { unit, act, member } = at;
    let conversation: string;
    if ("case" in command) {
      const found = await unit.records.case(command.case);
      if (!found) return refuse("staff.no_case", { number: command.case });
      await rememberCase(at, command.case);
      conversation = await conversationOfCase(unit, found);
    } else {
      const where = await conversationOfCommand(unit, command);
      if (where === null) return refuse("staff.no_order", { number: command.do === "workshop" ? command.about : command.order });
      conversation = where;
    }
    const held = command.do === "reply" ? { ...command, holdMs: model.profile.desk.recallSeconds * SECOND_MS } : command;
    const kept = await unit.inbox.accept({
      id: `desk:${act.id}`,
      conversation,
      receivedAt: act.receivedAt,
      event: { kind: "desk", by: member.id, command: held, via: act.channel },
    });
    return kept === "new" ? TAKEN : KNOWN;
  }

  const hasThreads = ({ act }: Handled): boolean => channels.get(act.channel)?.capabilities.threads ?? true;
  const currentKey = ({ channel, actor }: StaffAct): string => `desk:current:${channel}:${actor}`;

  async function rememberCase(at: Handled, number: string): Promise<void> {
    if (!hasThreads(at)) await at.unit.meta.set(currentKey(at.act), `${number} ${at.now}`);
  }

  async function caseAtHand(unit: Unit, act: StaffAct): Promise<Case | null> {
    const number = act.case ?? (act.thread === null ? null : await unit.staff.caseOfThread(act.channel, act.thread));
    if (number !== null) return unit.records.case(number);
    if (channels.get(act.channel)?.capabilities.threads ?? true) return null;
    const [last, at] = ((await unit.meta.get(currentKey(act))) ?? "").split(" ");
    if (!last || clock.now() - Number(at) > CURRENT_MS) return null;
    const found = await unit.records.case(last);
    return found && found.status !== "closed" ? found : null;
  }

  return {
    async accept(act) {
      const answer = await store.unit((unit) => take(unit, act));
      if (answer.result === "taken") wakeups.wake("inbox");
      return answer;
    },
  };
}
