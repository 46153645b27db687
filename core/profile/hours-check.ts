/** Hours and days that can't be: a zone nobody knows, spans that overlap or run backwards, dates that no calendar has. */
import { assertZone } from "../time.ts";
import type { Complain, Path } from "./problems.ts";
import type { Profile } from "./schema.ts";
import { FORMATS } from "./shape-problems.ts";

export function checkHours(profile: Profile, complain: Complain): void {
  try {
    assertZone(profile.business.zone);
  } catch {
    complain(
      ["business", "zone"],
      { zh: `不认识时区 ${profile.business.zone}`, en: `there is no time zone ${profile.business.zone}` },
      { zh: "如 Asia/Shanghai", en: "a name such as Asia/Shanghai" },
    );
  }
  const check = (spans: readonly string[] | undefined, path: Path): void => {
    let last = "";
    (spans ?? []).forEach((span, index) => {
      const [from, to] = span.split("-") as [string, string];
      if (from >= to)
        complain(
          [...path, index],
          { zh: `${span} 结束早于开始`, en: `${span} ends before it begins` },
          { zh: "先开始后结束", en: "begin first, then end" },
        );
      else if (from < last)
        complain(
          [...path, index],
          { zh: `${span} 与前一段重叠或顺序颠倒`, en: `${span} overlaps the one before or is out of order` },
          { zh: "按时间先后排列,不重叠", en: "spans in order that do not overlap" },
        );
      last = to;
    });
  };
  for (const [weekday, spans] of Object.entries(profile.business.hours.weekly)) check(spans, ["business", "hours", "weekly", weekday]);
  for (const [date, spans] of Object.entries(profile.business.hours.special)) check(spans, ["business", "hours", "special", date]);
  profile.technicians.forEach((technician, index) => {
    for (const [weekday, spans] of Object.entries(technician.shifts ?? {})) check(spans, ["technicians", index, "shifts", weekday]);
  });
  profile.staff.forEach((member, index) => {
    for (const [weekday, spans] of Object.entries(member.shifts ?? {})) check(spans, ["staff", index, "shifts", weekday]);
  });
  const checkDays = (days: string, path: Path): void => {
    const [from, to = from] = days.split("..") as [string, string?];
    if (!isCalendarDay(from!) || !isCalendarDay(to!))
      complain(path, { zh: `日历上没有 ${days} 这一天`, en: `${days} is not in the calendar` }, FORMATS["day"]!);
    else if (from! > to!)
      complain(
        path,
        { zh: `${days} 结束早于开始`, en: `${days} ends before it begins` },
        { zh: "先开始后结束", en: "begin first, then end" },
      );
  };
  profile.business.hours.closed.forEach((days, index) => checkDays(days, ["business", "hours", "closed", index]));
  for (const date of Object.keys(profile.business.hours.special)) checkDays(date, ["business", "hours", "special", date]);
  profile.technicians.forEach((technician, index) =>
    technician.daysOff.forEach((days, at) => checkDays(days, ["technicians", index, "daysOff", at])),
  );
  if (!Object.values(profile.business.hours.weekly).some((spans) => spans.length > 0)) {
    complain(
      ["business", "hours", "weekly"],
      { zh: "一周都没有营业时间", en: "the business is never open" },
      { zh: "至少一天写上时段", en: "hours on at least one day" },
    );
  }
}

/** `2027-02-30` has the form of a day and is none. */
function isCalendarDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
