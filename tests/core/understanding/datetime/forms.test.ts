/** Forms beyond the plain day and clock reading: now, lengths, ends of days, quarters, weeks of a year, slices. */
import { describe, expect, it } from "vitest";
import { readAll, rows } from "./table.ts";

const NOW_AND_FROM_NOW = `
can you come now => 2026-11-18T10:20
please send a technician right now => 2026-11-18T10:20
between now and Friday => 2026-11-18~2026-11-21 range
between now and 3pm => 2026-11-18T10:20~15:00 range
from now until 8 => 2026-11-18T10:20~20:00 range
between eight o'clock and now => past 2026-11-18T08:00~10:20 range
in the next hour => 2026-11-18T10:20~11:20 range
the next few hours => 2026-11-18T10:20~13:20 range
the last 3 minutes => past 2026-11-18T10:17~10:20 range
rest of the day => 2026-11-18T10:20~2026-11-19 range
从现在到八点 => 2026-11-18T10:20~20:00 range
现在能过来吗 => 2026-11-18T10:20
下个小时 => 2026-11-18T10:20~11:20 range
最近三小时 => past 2026-11-18T07:20~10:20 range
今天剩下的时间 => 2026-11-18T10:20~2026-11-19 range
從現在到五點 => 2026-11-18T10:20~17:00 range
現在可以過來嗎 => 2026-11-18T10:20
由而家到六點 => 2026-11-18T10:20~18:00 range
我而家過嚟得唔得 => 2026-11-18T10:20
`;

const LENGTHS = `
for two hours from 9 tomorrow => 2026-11-19T09:00~11:00 range
from 9 for 2.5 hrs tomorrow => 2026-11-19T09:00~11:30 range
tomorrow from 10 am for 3 hours 30 minutes => 2026-11-19T10:00~13:30 range
for 3 days starting from next Monday => 2026-11-23~2026-11-26 range
for a week starting tomorrow => 2026-11-19~2026-11-26 range
for a day starting this Friday at 5 pm => 2026-11-20T17:00~2026-11-21T17:00 range
for 3 days from today => 2026-11-18~2026-11-21 range
book it for two weeks from Monday => 2026-12-07
in 1 day and 5 hours => 2026-11-19T15:20
an hour and 20 minutes later => 2026-11-18T11:40
within 1 day and 5 hours => 2026-11-18T10:20~2026-11-19T15:20 range
less than 2 weeks from today => 2026-11-18~2026-12-03 range
the 2 next days => 2026-11-19~2026-11-21 range
the next fortnight => 2026-11-19~2026-12-03 range
two Sundays from now => 2026-11-29
in two weeks on Friday => 2026-12-04
two months from today on Tuesday => 2027-01-19
从九点开始两个小时 => 2026-11-19T09:00~11:00 range
明天九点开始三小时 => 2026-11-19T09:00~12:00 range
从明天开始三天 => 2026-11-19~2026-11-22 range
从明天起两天内 => 2026-11-19~2026-11-21 range
聽日開始兩日 => 2026-11-19~2026-11-21 range
`;

const ENDS_AND_PARTS = `
end of tomorrow => 2026-11-19T15:00~18:00 part
end of this Sunday => 2026-11-22T15:00~18:00 part
by end of day Friday => 2026-11-20T08:00~18:00 range
eod tomorrow => 2026-11-19T15:00~18:00 part
by close of business tomorrow => 2026-11-19T08:00~18:00 range
before lunch tomorrow => 2026-11-19T08:00~11:00 range
after lunch on Friday => 2026-11-20T13:00~18:00 range
Friday at lunch => 2026-11-20T11:00~13:00 part
mid-morning on Friday => 2026-11-20T09:00~11:00 part
Friday mid-afternoon => 2026-11-20T14:00~16:00 part
mid day tomorrow => 2026-11-19T12:00
late night on Friday => 2026-11-20T22:00~2026-11-21 part
next evening => 2026-11-19T18:00~22:00 part
next evening from 7 to 9 => 2026-11-19T19:00~21:00 range
during business hours tomorrow => 2026-11-19T08:00~18:00 part
during the daytime tomorrow => 2026-11-19T08:00~18:00 part
11, tonight => 2026-11-18T23:00
from nine to eleven tomorrow => 2026-11-19T09:00~11:00 range
five to seven today => 2026-11-18T17:00~19:00 range
tomorrow 5 to seven in the evening => 2026-11-19T17:00~19:00 range
between 0930-1130 tomorrow => 2026-11-19T09:30~11:30 range
明天白天 => 2026-11-19T08:00~18:00 part
明天下班前 => 2026-11-19T08:00~18:00 range
聽日日頭 => 2026-11-19T08:00~18:00 part
聽日收工前 => 2026-11-19T08:00~18:00 range
`;

const PERIODS = `
this quarter => 2026-10-01~2027-01-01 range
the next quarter => 2027-01-01~2027-04-01 range
the coming two quarters => 2027-01-01~2027-07-01 range
during Q3 => 2027-07-01~2027-10-01 range
Q2 2027 => 2027-04-01~2027-07-01 range
2027-H2 => 2027-07-01~2028-01-01 range
the first quarter of next year => 2027-01-01~2027-04-01 range
last quarter => past 2026-07-01~2026-10-01 range
in week 50 => 2026-12-07 week
from week 50 to week 51 => 2026-12-07~2026-12-21 range
the third week of next year => 2027-01-18 week
last week of 2027 => 2027-12-27 week
the 9th month of next year => 2027-09-01~2027-10-01 month
this working week => 2026-11-16~2026-11-21 range
next workweek => 2026-11-23~2026-11-28 range
current week => 2026-11-16 week
Christmas weekend => 2026-12-25~2026-12-28 range
the weekend of 5 December => 2026-12-05~2026-12-07 range
later this week => 2026-11-19~2026-11-23 range
later this month => 2026-11-18~2026-12-01 range
later this year => 2026-11-18~2027-01-01 range
from December => 2026-12-01~2027-01-01 range
下个季度 => 2027-01-01~2027-04-01 range
本季度 => 2026-10-01~2027-01-01 range
明年第二季度 => 2027-04-01~2027-07-01 range
明年第三个月 => 2027-03-01~2027-04-01 month
下個季度 => 2027-01-01~2027-04-01 range
今個季度 => 2026-10-01~2027-01-01 range
`;

const DATES = `
coming Wednesday => 2026-11-25
coming Thursday => 2026-11-19
the first Monday morning of next month => 2026-12-07T08:00~12:00 part
1st week of December on Friday => 2026-12-04
Dec fifth to seventh => 2026-12-05~2026-12-08 range
between the ninth and the twelfth of December => 2026-12-09~2026-12-13 range
from December twenty-seventh to the third => 2026-12-27~2027-01-04 range
from the twenty-seventh to the third of January => 2026-12-27~2027-01-04 range
the 3rd and 5th of December => 2026-12-03 ; 2026-12-05
2026-Dec-24 => 2026-12-24
on 25, 3pm => 2026-11-25T15:00
@ 2026-11-20T15:00
later this week => 2026-11-20~2026-11-23 range
from now until 6 => 2026-11-20T15:00~18:00 range
`;

describe("readDateTimes reads", () => {
  for (const [name, table] of Object.entries({ NOW_AND_FROM_NOW, LENGTHS, ENDS_AND_PARTS, PERIODS, DATES })) {
    it.each(rows(table))(`${name.toLowerCase().replaceAll("_", " ")}: %s is %s at %s`, (text, expected, now) => {
      expect(readAll(text, now)).toBe(expected);
    });
  }

  it("keeps now from counting as gone within its minute", () => {
    expect(readAll("can you come now", "2026-11-18T10:20:40")).toBe("2026-11-18T10:20");
  });
});

describe("readDateTimes invents no time in", () => {
  it.each([
    "it is not cooling now",
    "where do I go now",
    "it won't start now",
    "I want a refund now",
    "can I cancel now",
    "disconnect from my phone now",
    "now what",
    "the call dropped. now what",
    "call centre is rude now",
    "my Audi Q3 needs a service",
    "a quarter of the price",
    "quarter panel scratched",
    "At the end of the day, you broke it",
    "my husband is always at lunch",
    "the next morning slot",
    "they work at three night markets",
    "we were 3 last time",
    "raise it from 1000 to 2000 please",
    "for two hours",
    "sorry for the last minute notice",
    "it took 1 day 2 hours",
    "week 2 of treatment",
    "what are your business hours",
    "一季度一次",
    "四季如春",
    "每季度保养",
    "第二季好看",
    "现在来看问题不大",
    "师傅现在来不了吗",
    "到现在来了没",
    "现在不来了吗",
    "白天不响",
    "下班前",
    "修到现在",
    "訂單從現在開始算",
  ])("%s", (text) => {
    expect(readAll(text)).toBe("");
  });
});
