/** Shared by the tables: a short way to write a time, and the reading of a text at a fixed moment. */

import { addDays, isoInZone, parseIso } from "../../../../core/time.ts";
import { readDateTimes } from "../../../../core/understanding/datetime/index.ts";
import type { DateTimeEntity } from "../../../../core/understanding/types.ts";

export const ZONE = "Asia/Shanghai";
/** Wednesday, mid-morning. */
export const NOW = "2026-11-18T10:20";

export const instant = (iso: string): number => {
  const at = parseIso(iso, ZONE);
  if (at === null) throw new RangeError(`"${iso}" is no time`);
  return at;
};

const short = (at: number): string => isoInZone(at, ZONE).slice(0, 16).replace("T00:00", "");

/**
 * One entity as the tables write it: `2026-11-19T14:00` an instant, `2026-11-19` a day, `2026-11-23 week`, otherwise
 * `start~end grain`; `past ` in front when it lies behind.
 */
export function show(entity: DateTimeEntity): string {
  const start = short(entity.start);
  const past = entity.past ? "past " : "";
  if (entity.end === null) return `${past}${start.includes("T") ? start : `${start}T00:00`}`;
  const end = short(entity.end);
  if (entity.grain === "day" && end === addDays(start, 1)) return past + start;
  if (entity.grain === "week" && end === addDays(start, 7)) return `${past}${start} week`;
  return `${past}${start}~${start.slice(0, 10) === end.slice(0, 10) && end.includes("T") ? end.slice(11) : end} ${entity.grain}`;
}

export const readAll = (text: string, now = NOW): string =>
  readDateTimes(text, { now: instant(now), zone: ZONE })
    .map(show)
    .join(" ; ");

export const readFirst = (text: string, now = NOW): string => {
  const found = readDateTimes(text, { now: instant(now), zone: ZONE });
  return found[0] ? show(found[0]) : "none";
};

/** Rows `text => expected`, one a line; `# ` begins a remark, `@ ISO` sets the moment for the rows after it. */
export function rows(table: string): [text: string, expected: string, now: string][] {
  let now = NOW;
  const found: [string, string, string][] = [];
  for (const line of table.split("\n")) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("# ")) continue;
    if (trimmed.startsWith("@ ")) {
      now = trimmed.slice(2).trim();
      continue;
    }
    const [text = "", expected = ""] = trimmed.split(" => ");
    found.push([text, expected.trim(), now]);
  }
  return found;
}
