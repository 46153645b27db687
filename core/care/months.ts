/** Calendar arithmetic by months. */
import { addDays, type DayKey } from "../time.ts";

/** `day` moved by whole months; the 31st becomes the last day of a shorter month. */
export function addMonths(day: DayKey, months: number): DayKey {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1 + months;
  const date = Number(day.slice(8, 10));
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const last = Number(new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(8, 10));
  return addDays(first, Math.min(date, last) - 1);
}
