import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAsks } from "../../../../core/understanding/rules/asks.ts";
import { isShouting, readSignals } from "../../../../core/understanding/rules/signals.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";

const signals = (message: string) => readSignals(normalise(message).text);

describe("readSignals", () => {
  test.each([
    ["再不处理我打12315", "legal_threat"],
    ["我會去消委會投訴", "legal_threat"],
    ["律师函等着", "legal_threat"],
    ["再發我就打1950", "legal_threat"],
    ["小額錢債審裁處見", "legal_threat"],
    ["I'll take you to court", "legal_threat"],
    ["my lawyer will be in touch", "legal_threat"],
    ["a remedy by Friday or I issue proceedings", "legal_threat"],
    ["I'm going to put photos of this everywhere", "press_threat"],
    ["absolute cowboys", "anger"],
    ["发抖音曝光你们", "press_threat"],
    ["等著上新聞吧", "press_threat"],
    ["expect a one star review", "press_threat"],
    ["I'm posting this on facebook", "press_threat"],
    ["真是气死我了", "anger"],
    ["嬲爆", "anger"],
    ["I am furious", "anger"],
    ["什么垃圾公司", "anger"],
    ["空调又坏了", "repeat_repair"],
    ["修了三次还是漏", "repeat_repair"],
    ["整咗兩次都係漏水", "repeat_repair"],
    ["it's the third time it broke", "repeat_repair"],
    ["same noise is back again after your repair", "repeat_repair"],
    ["必须赔我", "compensation"],
    ["退款", "compensation"],
    ["I want a refund", "compensation"],
    ["把我的资料删掉", "privacy"],
    ["請刪除我的個人資料", "privacy"],
    ["delete my account and data", "privacy"],
    ["what data do you hold about me", "privacy"],
    ["转回机器人吧", "back_to_bot"],
    ["back to the bot please", "back_to_bot"],
    ["撤销刚才的", "undo"],
    ["弄错了 取消刚才的", "undo"],
    ["undo", "undo"],
    ["重新开始", "start_over"],
    ["由頭嚟過", "start_over"],
    ["start over", "start_over"],
    ["再说一遍", "repeat"],
    ["講多次", "repeat"],
    ["say that again", "repeat"],
    ["帮助", "help"],
    ["help", "help"],
    ["你能做什么", "help"],
    ["what can you do?", "help"],
    ["跳过", "skip"],
    ["不想说", "skip"],
    ["skip this", "skip"],
    ["I'd rather not say", "skip"],
  ])("hears in %j: %s", (message, signal) => expect(signals(message)).toContain(signal));

  test.each([
    ["我不是要退款 就想修好", "compensation"],
    ["no need for a refund", "compensation"],
    ["水温报警灯亮了", "legal_threat"],
    ["我电话 13812315000", "legal_threat"],
    ["不是生气 就问问", "anger"],
    ["空调不凉", "repeat_repair"],
    ["你好", "help"],
    ["could someone help me fix my washing machine tomorrow afternoon please", "help"],
    ["下周三跳过可以吗 我想约周四上门把空调清洗一下 顺便把外机也看看 师傅辛苦了 到时候提前打电话给我", "skip"],
  ])("does not hear in %j: %s", (message, signal) => expect(signals(message)).not.toContain(signal));

  test("never throws and names known signals once, in their order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const found = readSignals(normalise(text).text);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });
});

test.each([
  ["怎么还没来!!!", true],
  ["WHERE IS MY CAR YOU PROMISED TODAY!", true],
  ["怎么还没来!", false],
  ["OK!", false],
])("isShouting %j: %s", (text, expected) => expect(isShouting(text)).toBe(expected));

describe("readAsks", () => {
  test.each([
    ["取消提醒 不是取消预约哦", "fewer_messages"],
    ["stop texting me", "fewer_messages"],
    ["could the promotions stop but the repair news keep coming", "fewer_messages"],
    ["cancel the reminders, the booking itself stays", "fewer_messages"],
    ["count me out of the mailshots", "fewer_messages"],
    ["no more coupons", "fewer_messages"],
    ["优惠短信恢复一下", "messages_back"],
    ["please don't take me off the list", "messages_back"],
    ["I pressed stop by mistake", "messages_back"],
    ["i opted out last year, can i opt back", "messages_back"],
    ["取消推播", "fewer_messages"],
    ["往后甭发那些小贴士", "fewer_messages"],
    ["试驾邀请不必再来", "fewer_messages"],
    ["优惠短信恢复一下", "messages_back"],
    ["别打电话,发微信就行", "messages_back"],
    ["手贱退订了,怎么再订回来", "messages_back"],
    ["别打座机,打我手机", "messages_back"],
    ["有事傳簡訊,電話接不到", "messages_back"],
    ["能不能换成英文通知", "messages_back"],
    ["半夜还推送", "fewer_messages"],
    ["一天三条", "fewer_messages"],
    ["不用再跟进了", "fewer_messages"],
    ["让你们经理给我回电话", "person"],
    ["don't text, call me", "person"],
    ["你们修完又坏了", "our_work"],
    ["it broke after your repair", "our_work"],
    ["that fridge seal youse put on fell off", "our_work"],
    ["the technician who came was rude", "our_work"],
    ["smells since ur cleaning", "our_work"],
    ["上次约好的师傅", "existing_visit"],
    ["my appointment on friday", "existing_visit"],
    ["想约明天上门", "new_visit"],
    ["换一个几钱", "price"],
    ["装完第二天又漏", "work_done"],
    ["啱啱換嘅燈今日唔著", "work_done"],
    ["师傅手艺没话说", "praise"],
    ["修好了,一点都不漏了", "praise"],
    ["個師傅好細心", "praise"],
    ["turn the reminders off please", "fewer_messages"],
    ["dnt txt me", "fewer_messages"],
    ["I keep a diary. Reminders unnecessary.", "fewer_messages"],
    ["sick of the ads", "fewer_messages"],
    ["I never agreed to get offers", "fewer_messages"],
    ["you keep messaging me about a car I sold", "fewer_messages"],
    ["serviced friday, oil light sunday", "work_done"],
    ["wheel sits crooked since the alignment", "work_done"],
    ["your lad was a gentleman", "praise"],
    ["not a peep from the brakes now", "praise"],
  ] as const)("hears in %j: %s", (message, ask) => expect(readAsks(normalise(message).text)).toContain(ask));

  test.each([
    ["please don't take me off the list", "fewer_messages"],
    ["cancel my booking on friday", "fewer_messages"],
    ["please just stop the leak", "fewer_messages"],
    ["退订金扣手续费吗", "fewer_messages"],
    ["想装一扇门", "work_done"],
    ["叫你们负责人出来", "praise"],
    ["态度不错,但是没修好", "praise"],
    ["師傅手藝真好,第二天就壞了", "praise"],
    ["少开了发票", "fewer_messages"],
    ["不要发短信,也不要发微信", "messages_back"],
    ["how much longer", "price"],
    ["take me off the waiting list, found another garage", "fewer_messages"],
    ["don't send the technician on tuesday", "fewer_messages"],
    ["turn the heating off when he leaves", "fewer_messages"],
    ["please service it on friday", "work_done"],
    ["great, now the radio is broken", "praise"],
    ["I'm not happy with the repair", "praise"],
  ] as const)("does not hear in %j: %s", (message, ask) => expect(readAsks(normalise(message).text)).not.toContain(ask));

  test("hears nothing in a bare fault", () => expect(readAsks(normalise("空调不凉").text)).toEqual([]));
});
