/**
 * Who is writing to which customer just now, so that two don't answer at once. One small document in the store's meta
 * (`PRESENCE_KEY`), so that every process shows the same; what is not renewed is over by itself. Pure.
 */
import { type Instant, SECOND_MS } from "../time.ts";

export const PRESENCE_KEY = "desk:writing";
/** Hint of the feed that somebody began or ceased to write; no conversation of anybody's. */
export const PRESENCE_HINT = "internal:writing";
/** Somebody who has typed nothing for this long is not writing any more, ms. Pages renew it every few seconds. */
const WRITING_MS = 12 * SECOND_MS;

export interface Writing {
  readonly staff: string;
  readonly case: string;
  readonly until: Instant;
}

/** @returns those who are writing at an instant */
export function parsePresence(text: string | null, now: Instant): readonly Writing[] {
  return text === null ? [] : (JSON.parse(text) as readonly Writing[]).filter((one) => one.until > now);
}

/** Somebody writes in a case, or (`null`) in none. */
export function setWriting(present: readonly Writing[], staff: string, caseNumber: string | null, now: Instant): readonly Writing[] {
  const others = present.filter((one) => one.staff !== staff && one.until > now);
  return caseNumber === null ? others : [...others, { staff, case: caseNumber, until: now + WRITING_MS }];
}
