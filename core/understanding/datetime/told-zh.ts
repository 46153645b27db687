/** Aspect in Chinese around a time: what was done then (九点到的, 礼拜天打了三个电话) names no time to come. */
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";

/** No word of asking or wishing between the time and the verb. */
const BARE = "[^,，。.!！?？;；、能可吗想要请帮麻吧会再就]{0,5}?";
/** 九点到的, 周一开的单子: the verb with 的 tells when it was done. */
const DONE_DE = new RegExp(
  `^，?${BARE}(?:到|来|嚟|走|开|做|干|弄|整|坏|停|断|收|拆|测|接|回|发|出|关|贴|换|修|装|送|拿|提|签|下|扣|付|报|打)[的嘅](?![话时吗吧咩车门]|师傅来|[^,，。]{0,6}(?:[能可吗吧?？]|怎么|好不好|行不))`,
);
/** 打了三个电话, 扣了我两次钱: done so often, or to someone. */
const DONE_LE = new RegExp(`^，?${BARE}[\\u3400-\\u9fff](?:了|咗)(?:[一二两三四五六七八九十几半\\d]|我|你|他|佢|俩|好几|很|整|个)`);
/** 16号说缺货: what someone said that day. */
const SAID =
  /^，?(?:你们|你哋|他们?|佢哋?|师傅|客服|前台|又|还|先|才|都)?(?:说|话|讲|回复|答复)(?!好|一?下|吧|定|行|可以|得|都|[^,，。]{0,10}[吗吧?？])/;
/** 九点来的 … and 干到十一点: until when something was done. */
const DONE_UNTIL = /(?:[做干修弄搞等忙坐留搬拖吵响][咗了]?)到$/;
/** 说是九点到十点来,现在十点二十了 */
const WAS_SAID = /(?:说|话|讲|约|讲好|说好|约好)(?:是|好|的|会|定|系|嘅|喺|在)?$/;
const BUT_NOW = /^[^。!！?？]{0,12}(?:现在|而家|依家|家阵|这都|都已经|已经)[^。]{0,10}(?:了|喇|啦)/;

/** Does the Chinese around a time tell that it lies behind? */
export function isToldInChinese(draft: Draft, text: string): boolean {
  const after = text.slice(draft.end, draft.end + 24);
  const before = textBefore(text, draft.at, 12);
  if (draft.day === null && DONE_UNTIL.test(before)) return true;
  return DONE_DE.test(after) || DONE_LE.test(after) || (draft.day !== null && SAID.test(after));
}

/** Was it said for a time that has come and gone? */
export const isOverdueInChinese = (draft: Draft, text: string): boolean =>
  WAS_SAID.test(textBefore(text, draft.at, 8)) && BUT_NOW.test(text.slice(draft.end, draft.end + 36));
