import { describe, expect, it } from "vitest";
import { readAll, readFirst, rows } from "./table.ts";

const NO_TIME_OF_OURS = `
周末愉快
新年好
祝你今天愉快
今天真热
今天股票又跌了
聽日落唔落雨
今天第三天了还没人回
保养做完今天是第五天
周末上门加钱吗
夜里上门贵不贵
夜间电话多少
国庆有什么优惠
双十一大促的短信别发了
晚上一般几点关门
中午有没有人值班
冰箱半夜嗡嗡响
车子早上打不着火
夜晚部冷氣好嘈
晚上十点还发广告
說三天內回覆我
五年以內都保修嗎
上次說保證一個月內免費返修的
八號風球照開嗎
等咗十九日
往後溜一點就停
美孚一號多少錢
我平时五点下班
have a lovely weekend
you are ruining my weekend
is the weekend rate higher
do you charge extra for the weekend
what are your evening hours
how do I reach the night line
the kids have Sunday school
call out on a Sunday, how much
no calls before noon please
don't message me during working hours
stop these 6am texts
nobody has rung me in nine days
it died again in two months
new pump, three weeks later dead again
is it in the 5 year warranty
is it free if it breaks within 2 years
I was waiting, and it's half past four now
they promised, and it's Wednesday
gearbox jerks from 2nd to 3rd
key is inside, sun is on it
I work Mon to Fri
any day but Friday
is it going to rain on Sunday
`;

const STILL_A_TIME = `
周末可以吗 => 2026-11-21~2026-11-23 range
周末上门 => 2026-11-21~2026-11-23 range
晚上都在家 => 2026-11-18T18:00~22:00 part
一般下午在家 => 2026-11-18T12:00~18:00 part
晚上能来吗,灯坏了 => 2026-11-18T18:00~22:00 part
今天好热,明天来修空调 => 2026-11-19
今天内给我答复 => 2026-11-18
一点方便 => 2026-11-18T13:00
改到一点 => 2026-11-18T13:00
八号上午 => 2026-12-08T08:00~12:00 part
三天后再来 => 2026-11-21
提前两小时打给我,我三点到家 => 2026-11-18T15:00
any spots Thursday morning => 2026-11-19T08:00~12:00 part
this weekend please => 2026-11-21~2026-11-23 range
it's Friday I want, not Thursday => 2026-11-20
it's half past four => 2026-11-18T16:30
call me in 20 minutes => 2026-11-18T10:40
if you can, come in two hours => 2026-11-18T12:20
please call me after 6 => 2026-11-18T18:00~22:00 range
the sat slot is fine => 2026-11-21
`;

const DATES = `
明后天都行 => 2026-11-19~2026-11-21 range
今明两天来一趟 => 2026-11-18~2026-11-20 range
26号不行,改廿七 => 2026-11-27
move house on the 28th out of the blue => 2026-11-28
come back 24th => 2026-11-24
I think the 26th => 2026-11-26
Tue is bad. wed? => 2026-11-18
Mon 9.30 => 2026-11-23T09:30
about 1.30 ish => 2026-11-18T13:30
on 8 Dec 0900-1700 => 2026-12-08T09:00~17:00 range
at ten to two => 2026-11-18T13:50
it said 2pm, can it be 4 => 2026-11-18T16:00
does it end in December => 2026-12-01~2027-01-01 month
the end of December => 2026-12-25~2027-01-01 range
`;

describe("readDateTimes leaves out words of time that name no time of the customer's", () => {
  it.each(NO_TIME_OF_OURS.trim().split("\n"))("%s", (text) => {
    expect(readAll(text)).toBe("");
  });
  it.each(rows(STILL_A_TIME))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });
});

describe("readDateTimes reads days as they are typed", () => {
  it.each(rows(DATES))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });
});
