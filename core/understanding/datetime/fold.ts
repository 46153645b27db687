/** One spelling for the scan: same length as the text, so that every index stays an index of the original. */

/** Traditional and Hong Kong characters that occur in times, each followed by its simplified form. */
const PAIRS =
  "點点時时鐘钟鍾钟兩两後后週周禮礼這这個个號号過过開开節节雙双聖圣誕诞慶庆國国勞劳動动婦妇陽阳臘腊農农曆历歷历間间從从當当聽听晝昼現现內内還还" +
  "萬万億亿幾几來来對对錯错說说話话與与將将淩凌嗰那頭头隻只復复興兴舊旧陰阴歲岁黃黄長长師师親亲愛爱們们會会約约連连讓让龍龙萬万業业學学樓楼單单號号線线" +
  "門门車车館馆電电氣气熱热區区園园廈厦庫库換换調调遲迟載载種种運运達达買买裝装壞坏剛刚應应該该為为沒没無无閒闲閑闲樂乐結结關关進进處处點点麼么嘅的尋寻" +
  "俩两別别係系滿满記记講讲寫写誤误順顺轉转預预訂订後后貳二參叁叄叁陸六壹一〇零卄廿" +
  "經经廠厂嗎吗請请煩烦幫帮給给發发響响營营價价貴贵錢钱費费廣广簡简訊讯傳传優优補补維维報报購购簽签貼贴鎖锁質质涼凉凍冻風风鋪铺樣样選选適适變变邊边趕赶實实認认確确輪轮臨临態态銷销責责驗验檢检護护養养隨随陣阵閘闸斷断碼码測测雖虽終终總总貨货戲戏慣惯漲涨賽赛議议見见問问擊击贊赞評评聲声據据獎奖繼继續续層层際际島岛灣湾橋桥場场鎮镇縣县鄉乡莊庄頭头隊队誰谁難难歡欢豐丰寶宝媽妈爺爷廳厅燈灯爐炉櫃柜牆墙紙纸巒峦淺浅總总幾几嗎吗飯饭鬧闹覺觉課课學学題题辦办專专離离選选決决騰腾備备論论";

const MAP = new Map<number, number>();
for (let index = 0; index + 1 < PAIRS.length; index += 2) MAP.set(PAIRS.charCodeAt(index), PAIRS.charCodeAt(index + 1));
for (const dash of "–—―−‐‑﹣") MAP.set(dash.charCodeAt(0), 45);
for (const tilde of "〜∼～") MAP.set(tilde.charCodeAt(0), 126);
for (const apostrophe of "’‘ʼ´`") MAP.set(apostrophe.charCodeAt(0), 39);
for (const space of "\u00a0\u2002\u2003\u2009\u202f\u3000\t\n\r\v\f") MAP.set(space.charCodeAt(0), 32);
MAP.set("：".charCodeAt(0), 58);
MAP.set("︰".charCodeAt(0), 58);

/**
 * Lower case, half width, simplified, one kind of dash, apostrophe and space.
 *
 * @param limit characters looked at; the rest of the text is dropped
 */
export function fold(text: string, limit: number): string {
  const length = Math.min(text.length, limit);
  const codes = new Array<number>(length);
  for (let index = 0; index < length; index += 1) {
    let code = text.charCodeAt(index);
    if (code > 0x7f) {
      const mapped = MAP.get(code);
      if (mapped !== undefined) code = mapped;
      else if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    } else if (code < 32) code = 32;
    if (code >= 65 && code <= 90) code += 32;
    codes[index] = code;
  }
  return String.fromCharCode.apply(null, codes);
}

/**
 * A folded text with its pauses told: many write Chinese with blanks for punctuation. A blank between two Han characters becomes a full-width
 * comma, which the fold leaves nowhere else; every index stays.
 */
export const withPauses = (folded: string): string => folded.replace(/(?<=[\u3400-\u9fff]) (?= {0,3}[\u3400-\u9fff])/g, "，");
