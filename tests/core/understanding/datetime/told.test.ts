import { describe, expect, it } from "vitest";
import { readAll, readFirst, rows } from "./table.ts";

const DONE = `
the hose your man fitted burst on Tuesday => past 2026-11-17
You serviced my van on the 4th and it leaks again => past 2026-11-04
I paid the deposit in May, where is it => past 2026-05-01~2026-06-01 month
the keys were left in your box Sunday night => past 2026-11-15T18:00~22:00 part
that was Friday => past 2026-11-13
周一提交的报修怎么没人管 => past 2026-11-16
七月二號進廠的車 => past 2026-07-02
禮拜一反映的問題呢 => past 2026-11-16
上午才修好的门 => past 2026-11-18T08:00~12:00 part
早上送去的车弄好没 => past 2026-11-18T08:00~12:00 part
昨天开始不冷 => past 2026-11-17
`;

const STILL_WISHED = `
I need it repaired by Friday => 2026-11-18~2026-11-21 range
it must be fixed before the sticker runs out on the 30th => 2026-11-30
can you get it serviced on Tuesday => 2026-11-24
I booked Thursday => 2026-11-19
they said Friday => 2026-11-20
nothing left to do on Friday => 2026-11-20
镜子礼拜五才到 => 2026-11-20
周二才有人来看 => 2026-11-24
`;

const PREFERRED = `
明天有雨 车开不过去 要不先定周五 => 2026-11-20
先约着吧 周六上午 到时候真有事再说 => 2026-11-21T08:00~12:00 part
取消明天的,不约了 => 2026-11-19
周四来不了,先不约 => 2026-11-19
tomorrow cannot make it, Saturday same time => 2026-11-21
not able to come today, next Monday? => 2026-11-23
won't be back Thursday. Anything on Monday? => 2026-11-23
any day but Thursday, Friday is best => 2026-11-20
he was told Saturday but saturday no one home, must be Sunday => 2026-11-22
四點變五點行不行 => 2026-11-18T17:00
下晝嗰個轉朝早 => 2026-11-18T08:00~12:00 part
聽日個期搬去星期六 => 2026-11-21
由朝早改做下晝 => 2026-11-18T12:00~18:00 part
三點那個別算,四點 => 2026-11-18T16:00
can Tuesday's visit be Friday's => 2026-11-20
please move from 9 to 11 o'clock => 2026-11-18T11:00
`;

describe("readDateTimes marks what was done as past", () => {
  it.each(rows(DONE))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });
  it.each(rows(STILL_WISHED))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });
});

describe("readDateTimes puts the time that is wanted before those refused, moved or booked", () => {
  it.each(rows(PREFERRED))("%s is %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });

  it("keeps two wishes in their order", () => {
    expect(readAll("8th or 9th")).toBe("2026-12-08 ; 2026-12-09");
  });
});
