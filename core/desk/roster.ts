/**
 * What changes about who is at work: absences with a substitute, and hand-overs that wait to be accepted. Kept whole as one
 * document (`ROSTER_KEY` in the store's meta); changes are pure.
 *
 * A hand-over: offered ── accepted ──► done. Until it is accepted the cases stay with whom they were: nobody goes home with
 * cases that nobody has.
 */
import type { Instant } from "../time.ts";

export const ROSTER_KEY = "desk:roster";

export interface Absence {
  readonly staff: string;
  readonly from: Instant;
  /** `null` = until back. */
  readonly until: Instant | null;
  /** Who is told and asked instead; `null` = the others of the same role. */
  readonly substitute: string | null;
}

export interface Handover {
  /** `H1`, `H2`, … */
  readonly id: string;
  readonly from: string;
  /** `null` = whoever of the next shift accepts first. */
  readonly to: string | null;
  /** Who is next by the roster; left out = nobody in particular. */
  readonly next?: readonly string[];
  readonly cases: readonly string[];
  readonly at: Instant;
  /** When it is recalled next. */
  readonly remindAt: Instant;
  readonly reminded: number;
}

export interface Roster {
  readonly absences: readonly Absence[];
  readonly handovers: readonly Handover[];
  /** Hand-overs so far, for their ids. */
  readonly count: number;
  /** By staff id the last end of work at which it was seen to that their cases go on. */
  readonly ended: Readonly<Record<string, Instant>>;
}

export const EMPTY_ROSTER: Roster = { absences: [], handovers: [], count: 0, ended: {} };

/** The roster as kept; an empty one when there is none yet. */
export function parseRoster(text: string | null): Roster {
  return text === null ? EMPTY_ROSTER : { ...EMPTY_ROSTER, ...(JSON.parse(text) as Partial<Roster>) };
}

/** The absence of somebody at an instant, or `null`. */
export function absenceOf(roster: Roster, staff: string, at: Instant): Absence | null {
  return roster.absences.find((one) => one.staff === staff && one.from <= at && (one.until === null || at < one.until)) ?? null;
}

/** Somebody goes away; an earlier absence of theirs ends with it. */
export function goAway(roster: Roster, absence: Absence): Roster {
  return { ...roster, absences: [...roster.absences.filter((one) => one.staff !== absence.staff), absence] };
}

/** Somebody is back. */
export function comeBack(roster: Roster, staff: string): Roster {
  return { ...roster, absences: roster.absences.filter((one) => one.staff !== staff) };
}

/** Offers cases to a colleague or the next shift; an open offer of the same person is replaced. */
export function offerHandover(
  roster: Roster,
  offer: Omit<Handover, "id" | "reminded">,
): { readonly roster: Roster; readonly handover: Handover } {
  const handover: Handover = { ...offer, id: `H${roster.count + 1}`, reminded: 0 };
  return {
    handover,
    roster: { ...roster, count: roster.count + 1, handovers: [...roster.handovers.filter((one) => one.from !== offer.from), handover] },
  };
}

/**
 * The hand-over somebody may accept: the named one, or the only one that is open to them.
 *
 * @param id `null` = not named
 */
export function acceptable(roster: Roster, staff: string, id: string | null): Handover | null {
  const open = roster.handovers.filter((one) => one.from !== staff && (one.to === null || one.to === staff));
  if (id !== null) return open.find((one) => one.id === id.toUpperCase()) ?? null;
  return open.length === 1 ? open[0]! : (open.find((one) => one.to === staff) ?? null);
}

export function closeHandover(roster: Roster, id: string): Roster {
  return { ...roster, handovers: roster.handovers.filter((one) => one.id !== id) };
}

/** Hand-overs that nobody has accepted and that are to be recalled now, with the roster that follows. */
export function dueReminders(
  roster: Roster,
  now: Instant,
  everyMs: number,
): { readonly roster: Roster; readonly due: readonly Handover[] } {
  const due = roster.handovers.filter((one) => one.remindAt <= now);
  if (due.length === 0) return { roster, due };
  return {
    due,
    roster: {
      ...roster,
      handovers: roster.handovers.map((one) =>
        one.remindAt <= now ? { ...one, reminded: one.reminded + 1, remindAt: now + everyMs * 2 ** Math.min(4, one.reminded + 1) } : one,
      ),
    },
  };
}
