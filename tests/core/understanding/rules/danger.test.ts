import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadLexicon } from "../../../../core/understanding/intents/files.ts";
import { clausesOf } from "../../../../core/understanding/rules/clauses.ts";
import { kindOf, readDanger } from "../../../../core/understanding/rules/danger.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";

const lexicon = loadLexicon();
const read = (message: string) => {
  const { text, hasHan } = normalise(message);
  return readDanger(hasHan ? lexicon.rewrite(text) : text);
};

describe("readDanger", () => {
  test.each([
    ["厨房好大煤气味", "gas"],
    ["廚房好大陣煤氣味", "gas"],
    ["家裡有瓦斯味 怎麼辦", "gas"],
    ["我太太被冰箱電倒", "shock"],
    ["鐵捲門壓到我爸的腳", "injury"],
    ["水流進電錶箱在噼啪響", "flood"],
    ["there's a strong smell of gas in the kitchen", "gas"],
    ["插座冒火花了", "fire"],
    ["架車著火啦", "fire"],
    ["空调外机冒烟", "fire"],
    ["my dryer is on fire", "fire"],
    ["sparks coming out of the plug", "fire"],
    ["刹车失灵了在高速上", "brakes"],
    ["煞車失靈", "brakes"],
    ["brakes have gone, can't stop", "brakes"],
    ["the pedal went straight to the floor", "brakes"],
    ["方向盘锁死打不动", "steering"],
    ["steering locked and I'm on the ring road", "steering"],
    ["洗澡的时候被电到了", "shock"],
    ["洗衣机漏电", "shock"],
    ["熱水爐漏電 整親手", "shock"],
    ["I got a shock from the washer", "shock"],
    ["got a belt off the dryer and my arm's gone numb", "shock"],
    ["the accelerator stuck, I got it into neutral", "brakes"],
    ["he put a fork in it and he's not talking right", "injury"],
    ["mum is stuck in the lift", "trapped"],
    ["热水器开着 老婆头晕想吐", "carbon_monoxide"],
    ["carbon monoxide alarm is going off", "carbon_monoxide"],
    ["玻璃碎了一地", "glass"],
    ["幕墙玻璃要掉下来了", "glass"],
    ["shower glass just shattered everywhere", "glass"],
    ["孩子被锁在车里了", "trapped"],
    ["my son is locked in the car", "trapped"],
    ["手被玻璃割伤 流血不止", "injury"],
    ["玻璃渣进眼睛里了", "injury"],
    ["he's bleeding a lot", "injury"],
    ["水流进插座了", "flood"],
    ["油烟机着火了", "fire"],
    ["抽油烟机冒火花", "fire"],
    ["我真火大 空调着火了都没人接电话", "fire"],
    ["发火也没用 插座都冒烟了", "fire"],
    ["你们上次装的热水器漏电", "shock"],
    ["昨天修好的刹车又失灵了", "brakes"],
    ["前天刚修好 现在又漏煤气", "gas"],
    ["还没修好 现在开始冒烟", "fire"],
    ["暖气好了 可是厨房一股煤气味", "gas"],
    ["五分钟前开始冒烟", "fire"],
    ["the boiler you fitted last week is leaking gas", "gas"],
    ["heating is fine but I smell gas", "gas"],
    ["smoke started ten minutes ago", "fire"],
    ["whole kitchen stinks of gas", "gas"],
    ["the wheel's come off", "steering"],
    ["师傅从梯子上摔下来了", "injury"],
    ["会不会是漏煤气 味道很大", "gas"],
    ["出风口冒烟", "fire"],
    ["锅烧干冒烟了", "fire"],
    ["煤气灶冒火苗", "fire"],
    ["手心流血", "injury"],
    ["刚装的一氧化碳报警器一直在响", "carbon_monoxide"],
    ["换了漏电开关还是漏电", "shock"],
    ["被洗衣机电到了", "shock"],
  ])("finds danger in %j: %s", (message, kind) => {
    const reading = read(message);
    expect(reading.strong).toContain(kind);
  });

  test.each([
    ["没有漏气 就是打不着火"],
    ["不是着火,别紧张"],
    ["no fire, no smoke, just noisy"],
    ["it isn't leaking gas"],
    ["去年漏过煤气,后来修好了"],
    ["上次刹车失灵是你们修的"],
    ["the boiler had a gas leak last year"],
    ["要是漏气了怎么办"],
    ["如果玻璃自爆你们赔吗"],
    ["what if the glass shatters"],
    ["你们会不会漏电啊 我怕会触电"],
    ["真让人火大"],
    ["打火打不着"],
    ["我手机快被消息炸了"],
    ["my phone is on fire with messages"],
    ["this waiting is killing me"],
    ["my blood is boiling over this bill"],
    ["the smoke alarm chirps all night"],
    ["he's stuck in Croydon"],
    ["she is stuck in a meeting"],
    ["I was shocked at the price"],
    ["这款是爆款吗"],
    ["没人受伤"],
    ["冇人受伤"],
    ["已经不冒烟了"],
    ["后座有烟灰"],
    ["差点砸到孩子"],
    ["漏电保护器老是跳"],
    ["这锅汤喝得我整个人烧起来"],
    ["考試考到腦袋冒煙"],
    ["旧年漏过煤气"],
    ["上年个灶漏过气"],
    ["昨天冒烟,后来修好了"],
    ["there was a fire but it's put out, everyone is fine"],
    ["误会一场 不是着火"],
    ["想修抽油烟机"],
    ["气得我冒火"],
    ["空调爆满 约不上"],
    ["我要火锅"],
    ["两点可以吗"],
    ["忙得冒烟"],
    ["嗓子都要冒火了"],
    ["今天股票跌停,心在淌血"],
    ["被主管电到飞起来"],
    ["期末考要烧起来了"],
    ["想装个一氧化碳报警器"],
    ["加装漏电断路器"],
    ["就是火苗发黄,来调调"],
    [""],
  ])("takes %j for no danger now", (message) => {
    expect(read(message).strong).toEqual([]);
  });

  test.each([["孩子发烧去医院了"], ["我在医院上班"], ["my kid has a fever and we are off to hospital"], ["I work at the hospital"]])(
    "takes the hospital of %j for no danger at home",
    (message) =>
      expect(read(message).guards.length + read(message).weak.length === 0 || read(message).guards.includes("figurative")).toBe(true),
  );

  test("tells why the words did not count", () => {
    expect(read("没有漏气").guards).toEqual(["denied"]);
    expect(read("上次漏煤气是你们修的").guards).toEqual(["past"]);
    expect(read("如果着火了怎么办").guards).toEqual(["supposed"]);
  });

  test("a danger stands although another clause denies a second one", () => {
    expect(read("没着火,但是一直冒烟").strong).toEqual(["fire"]);
  });

  test("who is hurt is told before what hurt him", () => {
    expect(kindOf(read("玻璃碎了一地 孩子手在流血"))).toBe("injury");
    expect(kindOf({ strong: [], weak: ["glass"], guards: [], words: null })).toBe("glass");
    expect(kindOf({ strong: [], weak: [], guards: [], words: null })).toBe("other");
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => Array.isArray(readDanger(normalise(text).text).strong)),
    );
  });
});

test("clausesOf keeps the place of each clause and leaves blanks out", () => {
  const text = "没事,, 但是 冒烟了。ok. yes";
  expect(clausesOf(text).map(({ text: clause }) => clause)).toEqual(["没事", "冒烟了", "ok", "yes"]);
  for (const clause of clausesOf(text)) expect(text.slice(clause.at, clause.at + clause.text.length)).toBe(clause.text);
});
