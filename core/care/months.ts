/** Calendar arithmetic by months. */
import { type DayKey, daysInMonth } from "../time.ts";

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

/** `day` moved by whole months; the 31st becomes the last day of a shorter month. */
export function addMonths(day: DayKey, months: number): DayKey {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  return `${pad(year, 4)}-${pad(month)}-${pad(Math.min(Number(day.slice(8, 10)), daysInMonth(year, month)))}`;
}
