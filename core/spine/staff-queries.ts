/**
 * Answers what staff ask of the desk itself, wherever they sit, and keeps the roster: absences, hand-overs, codes for joining two
 * chats. What colleagues must hear goes to every team chat and onto the desk page.
 */
import type { Case } from "../cases/state.ts";
import type { JoinOffer } from "../conversation/facts.ts";
import { describeShift, explainCase, findCustomers, listCases } from "../desk/answers.ts";
import { deskButton } from "../desk/buttons.ts";
import { staffWords } from "../desk/card.ts";
import { memberNamed } from "../desk/people.ts";
import type { DeskQuery } from "../desk/query.ts";
import { acceptable, closeHandover, comeBack, goAway, offerHandover, parseRoster, ROSTER_KEY, type Roster } from "../desk/roster.ts";
import { readWhen } from "../desk/when.ts";
import { unreachable } from "../errors.ts";
import type { StaffChannel, Unit } from "../ports.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import type { Staff } from "../profile/schema.ts";
import { type Instant, MINUTE_MS } from "../time.ts";
import { formatDateTime } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import type { TemplateValues } from "../wording/template.ts";
import type { Button } from "./events.ts";
import { joinKey } from "./facts.ts";
import { casesOfMember, handoverWords } from "./hand-overs.ts";

/** A question under way. */
export interface Asked {
  readonly unit: Unit;
  readonly model: BusinessModel;
  readonly channels: ReadonlyMap<string, StaffChannel>;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly member: Staff;
  /** Name of the staff channel; `desk` = the desk page. */
  readonly via: string;
  /** Unique id of the act; the same is answered once. */
  readonly id: string;
  readonly receivedAt: Instant;
  readonly now: Instant;
  /** The case at hand. */
  readonly current: Case | null;
}

/** `known` = answered before · `refused` with the words for the one who asked. */
export type Answered =
  | { readonly result: "taken"; readonly text: string }
  | { readonly result: "known" }
  | { readonly result: "refused"; readonly say: string };

/** Every question is in the audit: who looked up whom. A channel that can be posted to gets the answer as a post. */
export async function answerQuery(asked: Asked, query: DeskQuery): Promise<Answered> {
  const { unit, member, now, via, id, current } = asked;
  const roster = parseRoster(await unit.meta.get(ROSTER_KEY));
  const outcome = await decide(asked, query, roster);
  if ("refused" in outcome) return { result: "refused", say: outcome.refused };
  const subject = ("text" in query ? query.text : "case" in query ? query.case : null) ?? current?.number ?? member.id;
  const changed = outcome.roster ?? roster;
  const kept = await unit.staff.record({
    at: now,
    by: member.id,
    via,
    act: query.do,
    subject,
    before: outcome.roster ? { roster } : {},
    after: outcome.roster ? { roster: changed } : {},
    cause: id,
  });
  if (kept === "known") return { result: "known" };
  if (outcome.roster) await unit.meta.set(ROSTER_KEY, JSON.stringify(outcome.roster));
  if (outcome.save) await unit.meta.set(outcome.save.key, outcome.save.value);
  await postAnswer(asked, outcome);
  for (const { number, to } of outcome.assign ?? []) {
    const found = await unit.records.case(number);
    if (!found) continue;
    await unit.inbox.accept({
      id: `desk:${id}:${number}`,
      conversation: found.conversation,
      receivedAt: asked.receivedAt,
      event: { kind: "desk", by: member.id, command: { do: "assign", case: number, to, text: null }, via },
    });
  }
  return { result: "taken", text: outcome.text };
}

async function postAnswer({ unit, model, channels, member, via, id, current, now }: Asked, outcome: Decided): Promise<void> {
  const { text, everywhere = false } = outcome;
  if (everywhere) await unit.notices.add({ id: `answer:${id}`, to: outcome.to ?? model.profile.ladder[0]!, case: null, text, at: now });
  for (const channel of channels.keys()) {
    const here = channel === via;
    if (!here && !everywhere) continue;
    await unit.staff.post({
      id: `answer:${id}`,
      channel,
      case: here ? (current?.number ?? null) : null,
      to: outcome.to === undefined ? (here ? member.id : null) : outcome.to,
      text,
      page: false,
      buttons: outcome.buttons ?? [],
      media: null,
      at: now,
    });
  }
}

interface Decided {
  readonly text: string;
  readonly buttons?: readonly Button[];
  /** Whom to call; left out = the one who asked. */
  readonly to?: string | null;
  /** Colleagues elsewhere hear it too. */
  readonly everywhere?: boolean;
  readonly roster?: Roster;
  readonly save?: { readonly key: string; readonly value: string };
  readonly assign?: readonly { readonly number: string; readonly to: string }[];
}

async function decide(asked: Asked, query: DeskQuery, roster: Roster): Promise<Decided | { readonly refused: string }> {
  const { unit, member, model, now } = asked;
  const refuse = (key: WordingKey, values: TemplateValues = {}): string => staffWords(model, key, values);
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
      const mine = await casesOfMember(unit, member, now);
      if (mine.length === 0) return { refused: refuse("staff.handover_none", { name }) };
      const offered = offerHandover(roster, {
        from: member.id,
        to: to?.id ?? null,
        cases: mine,
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

function refuseMember({ model }: Asked, name: string): string {
  const language = model.profile.business.languages[0]!;
  return staffWords(model, "staff.no_member", {
    name,
    names: model.profile.staff.map((one) => one.name[language]).join(language === "en" ? ", " : "、"),
  });
}
