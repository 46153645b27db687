import { describe, expect, it } from "vitest";
import { readFirst, rows } from "./table.ts";

const CORRECTED = `
不要明天,改成后天 => 2026-11-20
不要明天，改成后天下午两点 => 2026-11-20T14:00
明天…不对,后天 => 2026-11-20
明天下午两点,不对,三点 => 2026-11-19T15:00
明天两点…不,三点 => 2026-11-19T15:00
不是两点是三点 => 2026-11-18T15:00
明天不是两点是三点 => 2026-11-19T15:00
把周三的预约改到周五 => 2026-11-20
周五改到下周一上午 => 2026-11-23T08:00~12:00 part
从周四改到周六 => 2026-11-21
明天两点的改到四点 => 2026-11-19T16:00
明天不行,后天吧 => 2026-11-20
明天没空,周五可以 => 2026-11-20
我明天不在家,后天来吧 => 2026-11-20
周五…算了还是周六吧 => 2026-11-21
后天,哦不,大后天 => 2026-11-21
明天说错了是后天 => 2026-11-20
上午不方便,下午来 => 2026-11-18T12:00~18:00 part
聽日唔得,後日啦 => 2026-11-20
別明天了，禮拜五吧 => 2026-11-20
明天下午,不,上午 => 2026-11-19T08:00~12:00 part
推迟到下周二 => 2026-11-24
明天不行吗 => 2026-11-19
明天行不行 => 2026-11-19
是不是明天来 => 2026-11-19
not Tuesday, Wednesday => 2026-11-18
not tomorrow, Friday please => 2026-11-20
tomorrow at 2, no, 3 => 2026-11-19T15:00
tomorrow, sorry, Friday => 2026-11-20
Thursday no wait Friday => 2026-11-20
tomorrow at 2... actually make it Friday => 2026-11-20T14:00
move my appointment from Thursday to Friday => 2026-11-20
change Thursday 3pm to Friday 10am => 2026-11-20T10:00
can't do Thursday, Friday is fine => 2026-11-20
Thursday doesn't work, how about Saturday => 2026-11-21
Friday instead of Thursday => 2026-11-20
reschedule my Friday slot to next Monday => 2026-11-23
push it back to 4pm => 2026-11-18T16:00
I'm busy tomorrow, can we do Friday => 2026-11-20
I said Tuesday, I meant Wednesday => 2026-11-18
`;

const ASKED_FOR = `
约了明天上午10点,临时有事,能改周六下午吗 => 2026-11-21T12:00~18:00 part
原定明天上午的保养,麻烦改个时间,下周三上午吧 => 2026-11-25T08:00~12:00 part
我明天出差,周五回来,周六可以上门 => 2026-11-21
今天我老婆开车回来说有异响,明天能过去看看吗 => 2026-11-19
周五晚上有客人,周四下午能修好吗 => 2026-11-19T12:00~18:00 part
明天或后天,最好后天 => 2026-11-20
先定周五,如果不行再改周六 => 2026-11-20
周三周四都不在,周五吧 => 2026-11-20
昨天下午修的,今天又坏了,明天上午来一下 => 2026-11-19T08:00~12:00 part
明天下午三点的预约往后推一个小时 => 2026-11-19T16:00
后天上午十点的预约提前一小时 => 2026-11-20T09:00
原定周四下午两点能不能改成周五同一时间 => 2026-11-20T14:00
Can I reschedule my Thursday 2pm appointment? Friday morning works better => 2026-11-20T08:00~12:00 part
We have guests on Saturday, can you come Friday => 2026-11-20
Thursday or Friday, ideally Friday morning => 2026-11-20T08:00~12:00 part
my booking tomorrow at 2pm, can you push it back an hour => 2026-11-19T15:00
move Thursday 2pm to Friday same time => 2026-11-20T14:00
I won't be home until 6 => 2026-11-18T18:00~22:00 range
`;

const TOLD = `
今天空调坏了 => past 2026-11-18
今天能来吗空调坏了 => 2026-11-18
今天早上突然不制冷了 => past 2026-11-18T08:00~12:00 part
说好今天来的没人来 => past 2026-11-18
今日壞咗 => past 2026-11-18
nobody came today => past 2026-11-18
my boiler isn't working this morning => past 2026-11-18T08:00~12:00 part
thanks for coming out today => past 2026-11-18
it's the third time this week => past 2026-11-16 week
can it be fixed on Friday => 2026-11-20
Need someone today my AC died => 2026-11-18
等了一上午 => none
现在都三点了 => none
今天天气真好 => none
每天早上八点都响 => none
stop texting me at 7am => none
`;

describe("readDateTimes tells what is asked for from what is told", () => {
  it.each(rows(ASKED_FOR))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });
  it.each(rows(TOLD))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });
});

describe("readDateTimes puts the final time first", () => {
  it.each(rows(CORRECTED))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });

  it("drops a time that is refused and leaves nothing", () => {
    expect(readFirst("明天不行")).toBe("none");
    expect(readFirst("Tuesday doesn't work for me")).toBe("none");
  });
});
