/** Answers what staff ask of the desk itself, and keeps the roster: absences, hand-overs, codes for joining two chats. */

import type { JoinOffer } from "../conversation/facts.ts";
import { caseLine, describeShift, explainCase, findCustomers, inOrder, listCases } from "../desk/answers.ts";
import { deskButton } from "../desk/buttons.ts";
import { staffWords } from "../desk/card.ts";
import { memberNamed } from "../desk/people.ts";
import type { DeskQuery } from "../desk/query.ts";
import {
  acceptable,
  closeHandover,
  comeBack,
  dueReminders,
  goAway,
  type Handover,
  offerHandover,
  parseRoster,
  ROSTER_KEY,
  type Roster,
} from "../desk/roster.ts";
import { readWhen } from "../desk/when.ts";
import { unreachable } from "../errors.ts";
import type { StaffIntake, Unit } from "../ports.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import { MINUTE_MS } from "../time.ts";
import { formatDateTime } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import type { TemplateValues } from "../wording/template.ts";
import type { Button } from "./events.ts";
import { joinKey } from "./facts.ts";
import type { Handled, StaffIntakeOptions } from "./staff-act.ts";

type Answer = Awaited<ReturnType<StaffIntake["accept"]>>;

interface Asked extends Handled, StaffIntakeOptions {
  readonly refuse: (key: WordingKey, values?: TemplateValues) => Answer;
}

/** Cases of one hand-over that are listed by line. */
const LINES_MOST = 30;

/** Every question is in the audit: who looked up whom. */
export async function answerQuery(asked: Asked, query: DeskQuery): Promise<Answer> {
  const { unit, act, member, now } = asked;
  const roster = parseRoster(await unit.meta.get(ROSTER_KEY));
  const outcome = await decide(asked, query, roster);
  if ("refused" in outcome) return outcome.refused;
  const subject = ("text" in query ? query.text : "case" in query ? query.case : null) ?? asked.current?.number ?? member.id;
  const changed = outcome.roster ?? roster;
  const kept = await unit.staff.record({
    at: now,
    by: member.id,
    via: act.channel,
    act: query.do,
    subject,
    before: outcome.roster ? { roster } : {},
    after: outcome.roster ? { roster: changed } : {},
    cause: act.id,
  });
  if (kept === "known") return { result: "known" };
  if (outcome.roster) await unit.meta.set(ROSTER_KEY, JSON.stringify(outcome.roster));
  if (outcome.save) await unit.meta.set(outcome.save.key, outcome.save.value);
  for (const channel of outcome.everywhere ? asked.channels.keys() : [act.channel]) {
    await unit.staff.post({
      id: `answer:${act.id}`,
      channel,
      case: channel === act.channel ? (asked.current?.number ?? null) : null,
      to: outcome.to === undefined ? (channel === act.channel ? member.id : null) : outcome.to,
      text: outcome.text,
      page: false,
      buttons: outcome.buttons ?? [],
      media: null,
      at: now,
    });
  }
  for (const { number, to } of outcome.assign ?? []) {
    const found = await unit.records.case(number);
    if (!found) continue;
    await unit.inbox.accept({
      id: `desk:${act.id}:${number}`,
      conversation: found.conversation,
      receivedAt: act.receivedAt,
      event: { kind: "desk", by: member.id, command: { do: "assign", case: number, to, text: null }, via: act.channel },
    });
  }
  return { result: "taken" };
}

interface Decided {
  readonly text: string;
  readonly buttons?: readonly Button[];
  /** Whom to call; left out = the one who asked. */
  readonly to?: string | null;
  /** Colleagues on the other channels hear it too. */
  readonly everywhere?: boolean;
  readonly roster?: Roster;
  readonly save?: { readonly key: string; readonly value: string };
  readonly assign?: readonly { readonly number: string; readonly to: string }[];
}

async function decide(asked: Asked, query: DeskQuery, roster: Roster): Promise<Decided | { readonly refused: Answer }> {
  const { unit, member, model, now, refuse } = asked;
  const language = model.profile.business.languages[0]!;
  const name = member.name[language];
  const time = (at: number): string => formatDateTime(at, language, model.zone, now);
  switch (query.do) {
    case "help":
      return { text: staffWords(model, "staff.help") };
    case "list":
      return { text: await listCases(unit, model, query.mine ? member : null, now) };
    case "find":
      return { text: await findCustomers(unit, model, query.text) };
    case "why": {
      const found = query.case === null ? asked.current : await unit.records.case(query.case);
      if (!found) return { refused: query.case === null ? refuse("staff.which_case") : refuse("staff.no_case", { number: query.case }) };
      return { text: await explainCase(unit, model, found) };
    }
    case "shift":
      return { text: describeShift(model, roster, now) };
    case "away": {
      const when = readWhen(query.text, now, model.zone);
      const rest = when ? when.rest : query.text;
      const substitute = rest === "" ? null : memberNamed(model.profile, rest);
      if (rest !== "" && !substitute) return { refused: refuseMember(asked, rest) };
      const absence = { staff: member.id, from: now, until: when?.at ?? null, substitute: substitute?.id ?? null };
      return {
        text: staffWords(model, "staff.away", {
          name,
          until: absence.until === null ? "" : time(absence.until),
          substitute: nameIn(substitute ?? undefined, language),
        }),
        to: absence.substitute,
        everywhere: true,
        roster: goAway(roster, absence),
      };
    }
    case "back":
      return { text: staffWords(model, "staff.back", { name }), to: null, everywhere: true, roster: comeBack(roster, member.id) };
    case "handover": {
      const to = query.to === null ? null : memberNamed(model.profile, query.to);
      if (query.to !== null && !to) return { refused: refuseMember(asked, query.to) };
      const mine = (await unit.records.openCases(1_000)).filter((one) => one.owner === member.id && one.status === "claimed");
      if (mine.length === 0) return { refused: refuse("staff.handover_none", { name }) };
      const offered = offerHandover(roster, {
        from: member.id,
        to: to?.id ?? null,
        cases: inOrder(mine, now).map((one) => one.number),
        at: now,
        remindAt: now + model.profile.desk.handoverReminderMinutes * MINUTE_MS,
      });
      return {
        text: await handoverWords(unit, model, offered.handover, "staff.handover", now),
        buttons: [deskButton("accept", offered.handover.id, staffWords(model, "button.accept"))],
        to: to?.id ?? member.role,
        everywhere: true,
        roster: offered.roster,
      };
    }
    case "accept": {
      const handover = acceptable(roster, member.id, query.id);
      if (!handover) return { refused: refuse("staff.handover_gone") };
      const stillTheirs: { number: string; to: string }[] = [];
      for (const number of handover.cases) {
        const found = await unit.records.case(number);
        // What was resolved, or taken by somebody else meanwhile, is not moved.
        if (found?.status === "claimed" && found.owner === handover.from) stillTheirs.push({ number, to: member.id });
      }
      return {
        text: staffWords(model, "staff.handover_done", {
          id: handover.id,
          name,
          from: nameIn(model.staff(handover.from), language),
          count: stillTheirs.length,
        }),
        to: handover.from,
        everywhere: true,
        roster: closeHandover(roster, handover.id),
        assign: stillTheirs,
      };
    }
    case "join": {
      const found = query.case === null ? asked.current : await unit.records.case(query.case);
      if (!found) return { refused: query.case === null ? refuse("staff.which_case") : refuse("staff.no_case", { number: query.case }) };
      const minutes = model.profile.desk.joinCodeMinutes;
      const code = String(Math.floor(asked.random() * 1_000_000)).padStart(6, "0");
      const offer: JoinOffer = { conversation: found.conversation, case: found.number, by: member.id, until: now + minutes * MINUTE_MS };
      return {
        text: staffWords(model, "staff.join_code", { number: found.number, code, minutes }),
        save: { key: joinKey(code), value: JSON.stringify(offer) },
      };
    }
    default:
      return unreachable(query);
  }
}

function refuseMember({ model, refuse }: Asked, name: string): Answer {
  const language = model.profile.business.languages[0]!;
  return refuse("staff.no_member", {
    name,
    names: model.profile.staff.map((one) => one.name[language]).join(language === "en" ? ", " : "、"),
  });
}

async function handoverWords(
  unit: Unit,
  model: BusinessModel,
  handover: Handover,
  key: "staff.handover" | "staff.handover_again",
  now: number,
): Promise<string> {
  const language = model.profile.business.languages[0]!;
  const lines: string[] = [];
  for (const number of handover.cases.slice(0, LINES_MOST)) {
    const one = await unit.records.case(number);
    if (one) lines.push(await caseLine(unit, model, one, now));
  }
  return staffWords(model, key, {
    id: handover.id,
    name: nameIn(model.staff(handover.from), language),
    to: nameIn(model.staff(handover.to ?? ""), language),
    cases: lines.join("\n"),
  });
}

/**
 * Recalls hand-overs that nobody has accepted, on every channel; from the second time on the manager is called too.
 *
 * @returns how many were recalled
 */
export async function recallHandovers(unit: Unit, model: BusinessModel, channels: Iterable<string>, now: number): Promise<number> {
  const before = parseRoster(await unit.meta.get(ROSTER_KEY));
  const { roster, due } = dueReminders(before, now, model.profile.desk.handoverReminderMinutes * MINUTE_MS);
  if (due.length === 0) return 0;
  await unit.meta.set(ROSTER_KEY, JSON.stringify(roster));
  for (const handover of due) {
    const text = await handoverWords(unit, model, handover, "staff.handover_again", now);
    const { ladder } = model.profile;
    const to = handover.reminded === 0 ? (handover.to ?? model.staff(handover.from)?.role ?? ladder[0]!) : (ladder[1] ?? ladder[0]!);
    for (const channel of channels)
      await unit.staff.post({
        id: `handover:${handover.id}:${handover.reminded + 1}`,
        channel,
        case: null,
        to,
        text,
        page: false,
        buttons: [deskButton("accept", handover.id, staffWords(model, "button.accept"))],
        media: null,
        at: now,
      });
  }
  return due.length;
}

/** When the next hand-over is recalled, or `null`. */
export function nextRecallAt(roster: Roster): number | null {
  const times = roster.handovers.map((one) => one.remindAt);
  return times.length > 0 ? Math.min(...times) : null;
}
