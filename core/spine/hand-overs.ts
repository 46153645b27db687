/**
 * Cases that go from one to the next: offered by somebody, or by the roster when their work ends; they stay with the giver until
 * somebody accepts. What nobody accepts climbs the ladder.
 */
import { caseLine, inOrder } from "../desk/answers.ts";
import { deskButton } from "../desk/buttons.ts";
import { staffWords } from "../desk/card.ts";
import { dueReminders, type Handover, offerHandover, parseRoster, ROSTER_KEY, type Roster } from "../desk/roster.ts";
import { endingNow, firstAtWork, nextEndingAt, whoIsNext } from "../desk/shifts.ts";
import type { Unit } from "../ports.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import type { Staff } from "../profile/schema.ts";
import { type Instant, MINUTE_MS } from "../time.ts";

/** Cases of one hand-over that are listed by line. */
const LINES_MOST = 30;

/** Open cases that are somebody's, most urgent first. */
export async function casesOfMember(unit: Unit, member: Staff, now: Instant): Promise<readonly string[]> {
  const mine = (await unit.records.openCases(1_000)).filter((one) => one.owner === member.id && one.status === "claimed");
  return inOrder(mine, now).map((one) => one.number);
}

export async function handoverWords(
  unit: Unit,
  model: BusinessModel,
  handover: Handover,
  key: "staff.handover" | "staff.handover_again",
  now: Instant,
): Promise<string> {
  const language = model.profile.business.languages[0]!;
  const lines: string[] = [];
  for (const number of handover.cases.slice(0, LINES_MOST)) {
    const one = await unit.records.case(number);
    if (one) lines.push(await caseLine(unit, model, one, now));
  }
  const to = handover.to === null ? (handover.next ?? []) : [handover.to];
  return staffWords(model, key, {
    id: handover.id,
    name: nameIn(model.staff(handover.from), language),
    to: to.map((id) => nameIn(model.staff(id), language)).join(language === "en" ? ", " : "、"),
    cases: lines.join("\n"),
  });
}

/**
 * Offers the cases of those whose work ends to whoever is next by the roster, once for each end of work. Who is back before
 * anybody else is keeps theirs; so does who has offered them already.
 *
 * @param channels names of the staff channels
 * @returns how many were offered
 */
export async function startHandovers(unit: Unit, model: BusinessModel, channels: Iterable<string>, now: Instant): Promise<number> {
  const { handoverBeforeMinutes, handoverReminderMinutes } = model.profile.desk;
  let roster = parseRoster(await unit.meta.get(ROSTER_KEY));
  const ending = endingNow(model, roster, now, handoverBeforeMinutes * MINUTE_MS);
  if (ending.length === 0) return 0;
  const offered: Handover[] = [];
  for (const { staff, endsAt } of ending) {
    roster = { ...roster, ended: { ...roster.ended, [staff.id]: Math.max(roster.ended[staff.id] ?? 0, endsAt) } };
    const next = whoIsNext(model, roster, staff, endsAt);
    if (next.length === 0 || roster.handovers.some((one) => one.from === staff.id)) continue;
    const cases = await casesOfMember(unit, staff, now);
    if (cases.length === 0) continue;
    // Who begins only tomorrow can't accept tonight, and the ladder is not called for it at night.
    const begins = firstAtWork(model, roster, next, endsAt);
    const made = offerHandover(roster, {
      from: staff.id,
      to: next.length === 1 ? next[0]!.id : null,
      next: next.map((one) => one.id),
      cases,
      at: now,
      remindAt: (begins === null || begins <= endsAt ? now : begins) + handoverReminderMinutes * MINUTE_MS,
    });
    roster = made.roster;
    offered.push(made.handover);
  }
  await unit.meta.set(ROSTER_KEY, JSON.stringify(roster));
  for (const handover of offered) {
    const text = await handoverWords(unit, model, handover, "staff.handover", now);
    const to = handover.to ?? model.staff(handover.from)?.role ?? model.profile.ladder[0]!;
    await tellHandover(unit, model, channels, handover, { id: `handover:${handover.id}`, to, text, at: now });
  }
  return offered.length;
}

/**
 * Recalls hand-overs that nobody has accepted, each time to one step of the ladder more.
 *
 * @returns how many were recalled
 */
export async function recallHandovers(unit: Unit, model: BusinessModel, channels: Iterable<string>, now: Instant): Promise<number> {
  const before = parseRoster(await unit.meta.get(ROSTER_KEY));
  const { roster, due } = dueReminders(before, now, model.profile.desk.handoverReminderMinutes * MINUTE_MS);
  if (due.length === 0) return 0;
  await unit.meta.set(ROSTER_KEY, JSON.stringify(roster));
  const { ladder } = model.profile;
  for (const handover of due) {
    const text = await handoverWords(unit, model, handover, "staff.handover_again", now);
    const step = ladder[Math.min(handover.reminded, ladder.length - 1)]!;
    const to = handover.reminded === 0 ? (handover.to ?? model.staff(handover.from)?.role ?? step) : step;
    await tellHandover(unit, model, channels, handover, { id: `handover:${handover.id}:${handover.reminded + 1}`, to, text, at: now });
  }
  return due.length;
}

async function tellHandover(
  unit: Unit,
  model: BusinessModel,
  channels: Iterable<string>,
  handover: Handover,
  said: { readonly id: string; readonly to: string; readonly text: string; readonly at: Instant },
): Promise<void> {
  await unit.notices.add({ ...said, case: null });
  const buttons = [deskButton("accept", handover.id, staffWords(model, "button.accept"))];
  for (const channel of channels) await unit.staff.post({ ...said, channel, case: null, page: false, buttons, media: null });
}

/** When the next hand-over is offered or recalled, or `null`. */
export function nextHandoverAt(model: BusinessModel, roster: Roster, now: Instant): Instant | null {
  const ending = nextEndingAt(model, roster, now, model.profile.desk.handoverBeforeMinutes * MINUTE_MS);
  const times = [...roster.handovers.map((one) => one.remindAt), ...(ending === null ? [] : [ending])];
  return times.length > 0 ? Math.min(...times) : null;
}
