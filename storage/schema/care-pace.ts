/** Where the pace of care is kept: one row of `meta`, for both databases. */
import type { Instant } from "../../core/time.ts";

/** Not the key of the count by the minute, which databases made before may hold: it says nothing about this. */
export const CARE_PACE = "care:pace";

/** @param value as stored; nothing before the first touch was fed */
export function readPace(value: string | undefined): Instant {
  return value ? Number(value) : 0;
}
