import { describe, expect, it } from "vitest";
import { readAll, rows } from "./table.ts";

const DAYS = `
today => 2026-11-18
tomorrow => 2026-11-19
can you come tmrw => 2026-11-19
tmr pls => 2026-11-19
2moro? => 2026-11-19
day after tomorrow => 2026-11-20
the day after tomorrow at 3pm => 2026-11-20T15:00
Friday => 2026-11-20
this Friday => 2026-11-20
on thurs => 2026-11-19
Tuesday => 2026-11-24
next Tuesday => 2026-11-24
next Friday => 2026-11-27
nxt fri => 2026-11-27
Tuesday next week => 2026-11-24
next week Wednesday => 2026-11-25
Friday week => 2026-11-27
a week from Friday => 2026-11-27
a week on Friday => 2026-11-27
Tuesday after next => 2026-12-01
this coming Saturday => 2026-11-21
on Sat => 2026-11-21
sat or sun => 2026-11-21 ; 2026-11-22
next week => 2026-11-23 week
nxt wk => 2026-11-23 week
the week after next => 2026-11-30 week
this week => 2026-11-16 week
this weekend => 2026-11-21~2026-11-23 range
next weekend => 2026-11-28~2026-11-30 range
at the weekend => 2026-11-21~2026-11-23 range
next month => 2026-12-01~2027-01-01 month
end of the month => 2026-11-25~2026-12-01 range
end of next month => 2026-12-25~2027-01-01 range
early next week => 2026-11-23~2026-11-26 range
December 5 => 2026-12-05
Dec 5th => 2026-12-05
5 December => 2026-12-05
the 5th of December => 2026-12-05
5th Dec 2026 => 2026-12-05
May 3rd => 2027-05-03
on the 5th => 2026-12-05
the 24th works => 2026-11-24
Tuesday the 24th at 9 => 2026-11-24T09:00
Tuesday 24th November => 2026-11-24
Tue 24 => 2026-11-24
3/4 => 2027-03-04
25/12 => 2026-12-25
12/24/2026 => 2026-12-24
2026-12-01 => 2026-12-01
in March => 2027-03-01~2027-04-01 month
the 5th of next month => 2026-12-05
first Monday of December => 2026-12-07
week of the 23rd => 2026-11-23 week
week commencing 30 November => 2026-11-30 week
`;

const CLOCK = `
3pm => 2026-11-18T15:00
at 3 => 2026-11-18T15:00
at 9 => 2026-11-19T09:00
14:30 => 2026-11-18T14:30
2.30pm => 2026-11-18T14:30
at 2.30 => 2026-11-18T14:30
9am tomorrow => 2026-11-19T09:00
tomorrow at 10 => 2026-11-19T10:00
tomorrow 10:30 am => 2026-11-19T10:30
half past two => 2026-11-18T14:30
half two on Friday => 2026-11-20T14:30
quarter to four => 2026-11-18T15:45
quarter past 9 tomorrow morning => 2026-11-19T09:15
ten past three => 2026-11-18T15:10
20 to 5 => 2026-11-18T16:40
three o'clock => 2026-11-18T15:00
5 o'clock tomorrow afternoon => 2026-11-19T17:00
two thirty => 2026-11-18T14:30
noon => 2026-11-18T12:00
midday tomorrow => 2026-11-19T12:00
midnight => 2026-11-19T00:00
3ish tomorrow => 2026-11-19T15:00
around 4 on Thursday => 2026-11-19T16:00
tonight => 2026-11-18T18:00~22:00 part
tonight at 8 => 2026-11-18T20:00
tomorrow morning => 2026-11-19T08:00~12:00 part
Friday afternoon => 2026-11-20T12:00~18:00 part
this afternoon => 2026-11-18T12:00~18:00 part
in the evening => 2026-11-18T18:00~22:00 part
Saturday evening => 2026-11-21T18:00~22:00 part
tomorrow night => 2026-11-19T18:00~22:00 part
Monday am => 2026-11-23T08:00~12:00 part
8 in the morning => 2026-11-19T08:00
11 p.m. tonight => 2026-11-18T23:00
3pm on Friday => 2026-11-20T15:00
3pm would be good on Friday => 2026-11-20T15:00
at 1430 => 2026-11-18T14:30
Friday, 10am please => 2026-11-20T10:00
`;

const RANGES = `
between 2 and 4 => 2026-11-18T14:00~16:00 range
tomorrow between 2 and 4 => 2026-11-19T14:00~16:00 range
2-4pm => 2026-11-18T14:00~16:00 range
from 9 to 11 tomorrow => 2026-11-19T09:00~11:00 range
9am to 1pm on Friday => 2026-11-20T09:00~13:00 range
Friday between 1pm and 4 pm => 2026-11-20T13:00~16:00 range
after 3pm => 2026-11-18T15:00~18:00 range
tomorrow after 3 => 2026-11-19T15:00~18:00 range
before noon => 2026-11-18T08:00~12:00 range
Friday before noon => 2026-11-20T08:00~12:00 range
after 5pm tomorrow => 2026-11-19T17:00~18:00 range
Wednesday to Friday => 2026-11-18~2026-11-21 range
Monday through Wednesday => 2026-11-23~2026-11-26 range
3rd to 5th of December => 2026-12-03~2026-12-06 range
between 3 and 5 December => 2026-12-03~2026-12-06 range
Dec 12-14 => 2026-12-12~2026-12-15 range
by Friday => 2026-11-18~2026-11-21 range
before Friday => 2026-11-18~2026-11-20 range
after Wednesday => 2026-11-19~2026-11-23 range
rest of the week => 2026-11-18~2026-11-23 range
late afternoon tomorrow => 2026-11-19T15:00~18:00 part
from 2pm till tomorrow 4:30pm => 2026-11-18T14:00~2026-11-19T16:30 range
`;

const RELATIVE = `
in two hours => 2026-11-18T12:20
in half an hour => 2026-11-18T10:50
in an hour and a half => 2026-11-18T11:50
in 20 mins => 2026-11-18T10:40
two hours from now => 2026-11-18T12:20
in 3 days => 2026-11-21
in a week => 2026-11-25
in two weeks => 2026-12-02
in a fortnight => 2026-12-02
in a month => 2026-12-18
3 weeks from tomorrow => 2026-12-10
two days after Christmas => 2026-12-27
within 3 days => 2026-11-18~2026-11-22 range
within 2 hours => 2026-11-18T10:20~12:20 range
in the next 3 days => 2026-11-19~2026-11-22 range
in 4 business days => 2026-11-24
next working day => 2026-11-19
`;

const FESTIVALS = `
Christmas => 2026-12-25
Christmas Eve => 2026-12-24
on Boxing Day => 2026-12-26
Thanksgiving => 2026-11-26
Black Friday => 2026-11-27
Easter Monday => 2027-03-29
Chinese New Year => 2027-02-06
before Christmas => 2026-11-18~2026-12-25 range
the day after Christmas => 2026-12-26
Mid-Autumn Festival => 2027-09-15
Halloween => 2027-10-31
New Year's Eve => 2026-12-31
Mother's Day => 2027-05-09
National Day => 2027-10-01
`;

const SEVERAL = `
tomorrow or Friday => 2026-11-19 ; 2026-11-20
next Tuesday or Wednesday => 2026-11-24 ; 2026-11-25
Thursday at 2 or 3 => 2026-11-19T14:00 ; 2026-11-19T15:00
tomorrow morning or afternoon => 2026-11-19T08:00~12:00 part ; 2026-11-19T12:00~18:00 part
`;

const PAST = `
yesterday => past 2026-11-17
last Friday => past 2026-11-13
last week => past 2026-11-09 week
3 days ago => past 2026-11-15
an hour ago => past 2026-11-18T09:20
your man came on Tuesday => past 2026-11-17
since Monday => past 2026-11-16
last night => past 2026-11-17T18:00~22:00 part
two weeks ago => past 2026-11-04
it stopped working this morning => past 2026-11-18T08:00~12:00 part
`;

describe("readDateTimes reads English", () => {
  for (const [name, table] of Object.entries({ DAYS, CLOCK, RANGES, RELATIVE, FESTIVALS, SEVERAL, PAST })) {
    it.each(rows(table))(`${name.toLowerCase()}: %s is %s at %s`, (text, expected, now) => {
      expect(readAll(text, now)).toBe(expected);
    });
  }
});
