/**
 * The lunar years 2020–2035 as published (Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Tables; GB/T 33661-2017): first day,
 * leap month (0 = none), and the lengths of the months in order, `L` 30 days, `s` 29, the leap month behind the one of its number.
 */
const YEARS: readonly (readonly [year: number, first: string, leap: number, months: string])[] = [
  [2020, "2020-01-25", 4, "sLLLsLssLsLsL"],
  [2021, "2021-02-12", 0, "sLLsLsLsLsLs"],
  [2022, "2022-02-01", 0, "LsLsLLsLsLsL"],
  [2023, "2023-01-22", 2, "sLssLLsLLsLsL"],
  [2024, "2024-02-10", 0, "sLssLsLLsLLs"],
  [2025, "2025-01-29", 6, "LsLssLsLsLLLs"],
  [2026, "2026-02-17", 0, "LsLssLssLLLs"],
  [2027, "2027-02-06", 0, "LLsLssLssLLs"],
  [2028, "2028-01-26", 5, "LLLsLssLssLLs"],
  [2029, "2029-02-13", 0, "LLsLsLsLssLL"],
  [2030, "2030-02-03", 0, "sLsLLsLsLsLs"],
  [2031, "2031-01-23", 3, "sLLsLsLLsLsLs"],
  [2032, "2032-02-11", 0, "LssLsLLsLLsL"],
  [2033, "2033-01-31", 11, "sLssLsLsLLLsL"],
  [2034, "2034-02-19", 0, "sLssLsLsLLsL"],
  [2035, "2035-02-08", 0, "LsLssLssLLsL"],
];

export interface PublishedDay {
  readonly day: string;
  readonly year: number;
  readonly month: number;
  readonly leap: boolean;
  readonly date: number;
}

/** Every day of the table, in order. */
export function publishedDays(): readonly PublishedDay[] {
  const days: PublishedDay[] = [];
  for (const [year, first, leapMonth, months] of YEARS) {
    let at = Date.parse(`${first}T00:00:00Z`);
    let month = 0;
    for (const [index, length] of [...months].entries()) {
      const leap = leapMonth > 0 && index === leapMonth;
      if (!leap) month++;
      for (let date = 1; date <= (length === "L" ? 30 : 29); date++, at += 86_400_000)
        days.push({ day: new Date(at).toISOString().slice(0, 10), year, month, leap, date });
    }
  }
  return days;
}
