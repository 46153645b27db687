/** Where the pace of care is kept: one row of `meta`, for both databases. */
import type { FedCount } from "../../core/ports.ts";

export const CARE_FED = "care:fed";

/** @param value as stored; nothing before the first touch was fed */
export function readFed(value: string | undefined): FedCount {
  return value ? (JSON.parse(value) as FedCount) : { since: 0, fed: 0 };
}
