/** Aspect in Chinese around a time: what was done then (九点到的, 礼拜天打了三个电话) names no time to come. */
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";
import { withoutStates } from "./wished.ts";

/** No word of asking or wishing between the time and the verb. */
const BARE = "[^,，。.!！?？;；、能可吗想要请帮麻吧会再就]{0,5}?";
/** 九点到的, 周一开的单子: the verb with 的 tells when it was done. */
const DONE_DE = new RegExp(
  `^，?${BARE}(?:投[诉訴]|报修|反映|到|来|嚟|走|开(?![的嘅]车)|做|干|弄|整|坏|停|断|收|拆|测|牵|牽|领|刷|接|回|发|出|关|贴|换|修|装|送|拿|提|签|下|扣|付|报|打|量|切|拍|撞|碰|摔|碎|裂|爆|漏|炸)[的嘅](?![话时吗吧咩门]|师傅来|[^,，。]{0,6}(?:[能可吗吧?？]|怎么|好不好|行不))`,
);
/** 打了三个电话, 扣了我两次钱: done so often, or to someone. */
const DONE_LE = new RegExp(
  `^，?${BARE}[\\u3400-\\u9fff](?:了|咗)(?:[一二两三四五六七八九十几半\\d]|我(?![去来嚟再就要想会能可])|你|他|佢|俩|好几|很|整|个)|^，?${BARE}[\\u3400-\\u9fff]过(?=$|[,，。!！?？了]|一?[次趟回])`,
);
/** 16号说缺货: what someone said that day. */
const SAID =
  /^，?(?:你们|你哋|他们?|佢哋?|师傅|客服|前台|又|还|先|才|都)?(?:说|话|讲|回复|答复)(?!好|一?下|吧|定|行|可以|得|都|[^,，。]{0,10}[吗吧?？])/;
/** 九点来的 … and 干到十一点: until when something was done. */
const DONE_UNTIL = /(?:[做干修弄搞等忙坐留搬拖吵响][咗了]?)到$/;
/** 说是九点到十点来,现在十点二十了 */
const WAS_SAID = /(?:说|话|讲|约|讲好|说好|约好)(?:是|好|的|会|定|系|嘅|喺|在)?$/;
const BUT_NOW = /^[^。!！?？]{0,12}(?:现在|而家|依家|家阵|今[天日]都?|这都|都已经|已经)[^。]{0,10}(?:了|喇|啦)/;

/** What happened then: an aspect, a denial, a fault that showed, how often, how long one waited. */
const HAPPENED =
  /[\u3400-\u9fff](?:[了咗](?!解|再|通知|叫|告诉|话[我俾]|联系|我[去来嚟再就]|给我|俾我|打电|打俾|说一声|发)|过(?![去来嚟]))|[没冇未](?!空|时间|事|什么|甚么|咩|乜|急|别的|问题|课|办法|有空|有时间|人在)|^(?:又|就|突然|忽然|开始)*(?:黑屏|死机|坏|裂|碎|漏|断|停|炸|爆|熄火|跳[闸电掣]|罢工|不[动转热冷凉响亮]|唔(?:动|转|热|冻|着)|打不着)|^一次|就(?:这样|那样|咁样?(?![话啦吧定])|是这样|系咁)|[电撞跌整割]亲|[白空]等|请假等|等一?(?:整天|天|日|晚|上午|下午|成日)|[修装换做洗弄整搞]完(?:比|还|又|更|就|仲|反而)/;
/** 好了, 就这么定了: settled, not done. */
const AGREED = /^(?:就)?(?:[好行算得定]|可以)了|(?:定|说好|约好|讲好|记住|知道|明白|收到|辛苦|麻烦|拜托|下)[了咗](?:$|班|[啊呀哈])/;
/** Words that ask or wish; those of what is over are taken out before they are looked for. */
const WISHED =
  /(?<![可功不性智节])能|可以|行[吗吧么不]|[来嚟]|上门|有空|方便|(?<![大节])约|安排|[吗吧?？呗]|得闲|[得好]唔[得好]|都[得行]|过去|送|取|攞|想|(?<![不需重])要|麻烦|请(?!假|了)|帮|必须|[改换]到|改成|给我|俾我|最好|好不好|行不行|什么时候|啥时候|几时|何时/;
const OVER =
  /[\u3400-\u9fff][了咗](?:(?!过)[^,，。]){0,4}[嚟来](?![接取修吗])|(?:送|取|拿|开|拖|揸|来|嚟|约|帮|给|要|请|换|改|提)(?:[过去来嚟进]{0,2})(?:了|过|咗|的(?!话))|[没冇未](?:有?人)?(?:来|嚟|送|取|给)|送修|来电|本来|原来|后来|从来|以来|请假/g;

/** 小票上写的周六15:42 */
const PAPER_SAYS = /(?:小票|发票|收据|单据|账单)上?[^,，。]{0,3}(?:写|印|显示)(?:的|着|住)?$/;
/** 唔记得系三月定四月买: what was is not remembered. */
const FORGOTTEN = /(?:记得|记不清|忘了|忘咗|唔记得)[^,，。]{0,10}$/;

/** Does what follows a time, up to the next one, tell what happened then and ask for nothing? */
function isHappened(draft: Draft, text: string, until: number): boolean {
  const said = /^，?([^,，。.!！?？;；]{0,24}[?？]?)/.exec(text.slice(draft.end, Math.min(until, draft.end + 26)))?.[1] ?? "";
  const tail = withoutStates(said);
  // 周六过了中午就在家
  if (/^过[了咗]$/.test(said)) return false;
  if (!HAPPENED.test(tail) || AGREED.test(tail)) return false;
  const lead = /[^,，。.!！?？;；]{0,12}$/.exec(textBefore(text, draft.at, 12))?.[0] ?? "";
  if (/(?:预约|约|订|定)[了咗好]?(?:的|嘅)?(?:是|在|系)?$/.test(lead)) return false;
  return !WISHED.test(`${lead} ${tail}`.replace(OVER, " "));
}

/** Does the Chinese around a time tell that it lies behind? */
export function isToldInChinese(draft: Draft, text: string, until: number): boolean {
  const after = withoutStates(text.slice(draft.end, draft.end + 24));
  const before = textBefore(text, draft.at, 12);
  if (draft.day === null && DONE_UNTIL.test(before)) return true;
  if (draft.day !== null && FORGOTTEN.test(before) && !/^记得/.test(before.slice(-12).trim())) return true;
  if (DONE_DE.test(after) || DONE_LE.test(after) || (draft.day !== null && SAID.test(after))) return true;
  if (PAPER_SAYS.test(before) || (draft.bound === "before" && /^(?:从来?没|从没|都没出过|一直)/.test(after))) return true;
  if (draft.bound !== null && draft.bound !== "from" && draft.bound !== "after") return false;
  return isHappened(draft, text, until);
}

/** Was it said for a time that has come and gone? */
export const isOverdueInChinese = (draft: Draft, text: string): boolean =>
  WAS_SAID.test(textBefore(text, draft.at, 8)) && BUT_NOW.test(text.slice(draft.end, draft.end + 36));
