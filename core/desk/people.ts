/** Who of the staff is meant, on which platform: identities, roles, stand-ins. */
import type { BusinessModel } from "../profile/model.ts";
import type { Profile, Staff } from "../profile/schema.ts";
import type { Instant } from "../time.ts";
import { absenceOf, type Roster } from "./roster.ts";
import { isOnDuty } from "./shifts.ts";

/** The member of staff behind a platform's id, or `null` for a stranger. */
export function memberOn(profile: Profile, channel: string, actor: string): Staff | null {
  return profile.staff.find((member) => identityOn(member, channel) === actor) ?? null;
}

/** Their id on a platform, or `null`. */
export function identityOn(member: Staff, channel: string): string | null {
  return (member.channels as Readonly<Record<string, string | undefined>>)[channel] ?? null;
}

/** Somebody by staff id or by name in any language, or `null`; a mention in front (`@`) is taken off. */
export function memberNamed(profile: Profile, text: string): Staff | null {
  const wanted = text.trim().replace(/^@/, "").toLowerCase();
  if (wanted === "") return null;
  return (
    profile.staff.find((member) => member.id === wanted || Object.values(member.name).some((name) => name.toLowerCase() === wanted)) ?? null
  );
}

/**
 * The people a notice is for.
 *
 * @param to a role, `on_call` or a staff id
 * @returns those on duty; when nobody of a role is, all of the role. Somebody who is away is joined by their stand-in.
 */
export function peopleFor(model: BusinessModel, roster: Roster, to: string, now: Instant): readonly Staff[] {
  const { staff } = model.profile;
  const one = model.staff(to);
  if (one) {
    const substitute = absenceOf(roster, one.id, now)?.substitute;
    const standIn = substitute ? model.staff(substitute) : undefined;
    return standIn ? [standIn, one] : [one];
  }
  const all = to === "on_call" ? staff.filter((member) => member.onCall) : staff.filter((member) => member.role === to);
  const present = all.filter((member) =>
    to === "on_call" ? absenceOf(roster, member.id, now) === null : isOnDuty(model, roster, member, now),
  );
  return present.length > 0 ? present : all;
}

/**
 * Whom a page calls: those on call first; each time it goes unheard, one step of the ladder more.
 *
 * @param repeats times it was sent before, 0 = the first
 */
export function peopleForPage(model: BusinessModel, roster: Roster, repeats: number, now: Instant): readonly Staff[] {
  const { ladder } = model.profile;
  const called = [...peopleFor(model, roster, "on_call", now)];
  for (const step of ladder.slice(0, repeats + 1).slice(1)) called.push(...peopleFor(model, roster, step, now));
  return [...new Set(called)];
}

/** The ids by which a platform calls these people; whoever has no account there is left out. */
export function mentionsOn(channel: string, people: readonly Staff[]): readonly string[] {
  return people.map((member) => identityOn(member, channel)).filter((id): id is string => id !== null);
}
