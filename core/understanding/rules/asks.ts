/**
 * Close pairs that single words cannot tell apart: a verb of refusing beside a word for messages (取消提醒 is no cancelled booking),
 * a wish to be spoken to beside a person (call me, don't text), our own work beside what is wrong with it. For shapes that
 * a table of words does not hold see asks-english.ts and asks-chinese.ts. Evidence for the learner.
 */

import { praisesInChinese, tellsOfWorkInChinese } from "./asks-chinese.ts";
import { praises, refusesMessages, tellsOfWork, withoutVisitLists } from "./asks-english.ts";

export type Ask =
  | "fewer_messages"
  | "messages_back"
  | "person"
  | "our_work"
  | "existing_visit"
  | "new_visit"
  | "price"
  | "work_done"
  | "praise";

const MESSAGES =
  "短信|短讯|讯息|信息|简讯|消息|通知|推播|电子报|公众号|官方帐号|小贴士|祝福|问候|宣传|推介|邀请|邀约|广告|促销|优惠|推广|营销|推销|行销|推送|提醒|订阅|名单|群发|电邮|邮件|传单|问卷|回访|活动|骚扰|打扰|接收|抽奖|新品|优惠券|折价券|满意度|调查|关心|提示|外呼|会员|edm|sms|message|msg|line|text|texts|messages|emails?|mails?|ads?|adverts?|promos?|promotions?|promotional|marketing|newsletters?|notifications?|reminders?|offers|updates|alerts|spam|mailing|list|campaigns?|calls|advertising|nudges?|pings?|leaflets?|mailings?|follow-ups?|surveys?|feedback|deals|news|subscriptions?|circulars?|catalogues?|mailshots?|flyers?|blasts?|pushes|coupons?|vouchers?|junk|notices|correspondence|solicitations?|questionnaires?|telesales|telemarketing";
/** Sending, where the word is no part of another one: 发票, 发货, 发热 and 传感器 send nothing. */
const SENDING = "再?发(?![票货现动热烫生出霉黄黑炎抖响光烧酸])|再?传(?![感动])|再?send";
const TOO_OFTEN = "半夜|凌晨|三更|清晨|一大早|一天|一日|每天|天天|日日|每周|一周|这个月|这个?礼拜|这个?星期";
/** Verbs of ending in English, and the small words that may stand between them and the message named; farther apart they end something else. */
const ENDING =
  "cancel|end|kill|scrap|discontinue|pause|spare|strike|cut|ditch|bin|cease|no|none of|not interested in|enough|too many|done with|out of|easy on|off with";
const BETWEEN =
  "of|the|your|my|me|us|name|any|all|with|on|from|by|those|these|this|more|such|weekly|monthly|daily|auto|promo|service|subscription";
/** Asks to stay on a list: the refusing is itself refused (please don't take me off). */
const STAYS =
  /\b(?:don't|dont|do not|never (?:asked|meant|wanted) to) (?:be )?(?:take|taken|remove|removed?|drop|dropped|delete|strike|unsubscribe|stop sending) (?:me|us|my \w+)?\b/g;
const REFUSING =
  "别|不要|唔好|咪|甭|莫(?!名)|麦搁|谢绝|歇|停|停止|取消|关|删|移除|剔除|退出|退群|退掉|退阅|少|减|不想|唔想|不用|唔使|不必|拒|免|勿|拉黑|屏蔽|够了|熄|撤|消停|放过|不收|免了|剔走|拿掉|封锁";

const PATTERNS: readonly (readonly [Ask, RegExp])[] = [
  [
    "fewer_messages",
    new RegExp(
      `(?:${REFUSING})[^,。;!?\\n]{0,10}(?:${MESSAGES}|${SENDING}|打(?:电话)?(?:给|俾|来)|打我|联系我|来电)|(?:${MESSAGES})[^,。;!?\\n]{0,8}(?:${REFUSING}|唔要|不收|全关|停了|退订)|(?:${TOO_OFTEN})[^,。;!?\\n]{0,8}(?:${SENDING}|短信|简讯|消息|讯息|信息|推送|推播|通知|广告|骚扰|几?条|[两二三四五六七八九十]条)|(?:别|不要|请勿|不用|不必|唔使|唔好|莫|甭)(?:再|继续|一直|老|总)?(?:联系|联络|跟进|找我|搵我|追着我|缠着我|推了|推给|拉我|问我?(?:了|买))|退订(?![金单货])|拒收|黑名单|免打扰|勿扰|\\b(?:stop|don't|dont|do not|no more|remove|take|delete|turn off|switch off|quit|cease|exclude|excluded|drop|lose|fewer|less|mute|block|never|not|without|only|just)\\b(?: \\w+){0,6} (?:${MESSAGES}|texting|messaging|emailing|phoning|ringing|calling|contact me|my number|database|text me|call me|email me|contacted)\\b|\\bno need to (?:remind|contact|write|call|text|ring|email|message|keep in touch|notify)\\b|\\brefrain from\\b|\\b(?:be|was|as) the last one\\b|\\bnot (?:be )?(?:reminded|contacted|notified|emailed|texted|called)\\b|\\bno calls\\b|\\b(?:${ENDING})(?: (?:${BETWEEN})){0,4} (?:${MESSAGES})\\b|\\b(?:${MESSAGES})\\b(?: \\w+){0,6} (?:can|may|should|could|must|to) (?:please )?(?:stop|end|rest|cease|go away)\\b|\\b(?:${MESSAGES}) (?:are |is )?too (?:many|much)\\b|\\b(?:turn|switch) (?:it|them|this|that|these|those) off\\b|\\b(?:leave|let) me (?:alone|in peace)\\b|\\bunsubscri\\w+|\\bopt(?:ed|ing)?[ -]?(?:me )?out\\b|\\bdnd\\b`,
    ),
  ],
  [
    "messages_back",
    /(?:恢复|重新|继续|开启|打开|开通|订阅|想收|要收|还想|照发|照旧发|开返|开回|加回).{0,8}(?:短信|讯息|信息|消息|通知|广告|优惠|提醒|推送|订阅|发|收)|(?:短信|讯息|通知|优惠|提醒|推送).{0,8}(?:恢复|开回|开返|继续|打开|开启|照发|发到|改发|发给我|发我)|(?:订|收|开)(?:回来|返)|(?:别|不要|唔好|不用|唔使)(?:再)?打(?:电话)?(?:来|嚟|给我|俾我)?[,。;! ]?[^,。;!?\n]{0,3}(?:发|传)?(?:微信|line|whatsapp|短信|讯息|信息|邮件|email)|(?:别|不要|唔好|不用|唔使|不必|少)[^。;!?\n]{1,8}[, ](?!不|别|唔|也|和|还)[^,。;!?\n]{0,4}(?:改|用|发|传|打我)?(?:成|到|我)?(?:微信|line|whatsapp|wechat|邮件|email|文字|手机)|有(?:事|嘢|问题)(?:请|就|再)?(?:发|传|send)?(?:我)?(?:微信|短信|简讯|line|whatsapp|邮件|email)|(?:改|换)(?:成|为|用|发|传|send)(?:到|去)?[^,。;!?\n]{0,5}(?:微信|短信|简讯|line|whatsapp|邮件|email|英文|文字|号)|\b(?:resume|re-?enable|turn (?:back )?on|switch (?:back )?on|opt(?:ed)? (?:me )?(?:back )?in|subscribe|re-?subscribe|sign me up|keep (?:me (?:posted|informed|updated)|sending)|start sending|add me|put me back|send me|notify me|let me know|unblock me|sign(?:ing)? up|opt(?:ed)? (?:me )?back|count me in)\b|\b(?:stop|out|off|unsubscribed?)\b.{0,40}\b(?:by (?:mistake|accident)|accidentally|in error|as a joke)\b|\b(?:by (?:mistake|accident)|accidentally)\b.{0,30}\b(?:stop|out|off|unsubscribed?)\b/,
  ],
  [
    "person",
    /(?:转|接|找|搵|揾|叫|让|请|派|换|给|要|帮我约)[^,。;!?\n]{0,8}(?:人工|真人|活人|客服|经理|主管|店长|老板|厂长|主任|负责人|顾问|同事|前台|财务|师傅|部门|部|会说话的|能做主|管事|人)[^,。;!?\n]{0,6}(?:打|回|电话|联系|联络|听|讲|谈|聊|说|沟通|$)|(?:给我|给俺|跟我|打|回|覆)(?:个|我)?(?:电话|个电|电)|打(?:过来|给我|俾我|畀我|我手机|家里|座机)|回电|电话(?:沟通|讲|说|联系|谈)|(?:有没有|有冇)(?:真?人|活人|真的人)|转人工|人呢$|(?:有|系)(?:真)?人(?:在|喺度)?(?:吗|么|呀|没|嘛|冇)|(?:店长|经理|主管|老板|负责人|工|师傅|小姐|先生)(?:在|喺)(?:不在|吗|么|唔喺)|(?:搵|找)(?:个|一个|一位)?人(?:讲|说|谈|倾|聊|接|听|问)|(?:驳|转驳|接通|对话|通话)|出来一下|不要机器人|(?:机器人|机械人).{0,6}(?:烦|行开|走开|答非所问|听不懂|没用)|职员|有血有肉|会呼吸|\b(?:call|ring|phone|bell) (?:me|us|my|him|her)\b|\bcall(?: me)? back\b|\bcallback\b|\bpick up the phone\b|\b(?:speak|talk|chat) (?:to|with)\b|\b(?:connect|transfer|put|pass|get|give) me (?:to|through|on|your|a|an|someone|the)\b|\b(?:real|actual|live|human) (?:person|human|being|agent)\b|\b(?:agent|operator|representative|receptionist|human)\b|\bsomeone (?:to )?(?:call|ring|phone|talk|speak)\b|\bdirect (?:number|line)\b|\bconversation\b|\btake over\b|\b(?:hear|need|want) (?:a|the|some) (?:voice|person|human)\b|\b(?:robot|chatbot|machine|software|automated|menu)\b|\b(?:get|give|find) me (?:\w+ )?(?:somebody|someone|anybody|anyone|[a-z]+ (?:please|on))\b|\bask \w+(?: \w+)? to (?:return|call|ring|phone|contact)\b|\b(?:reception|dispatcher|supervisor|front desk|service desk|service advisor|project lead|director)\b|\b(?:manager|boss|owner) (?:in|there|around|available)\b|\bwhom should i\b|\bwhere(?:'s| is| are) the (?:phone|people|manager|boss)\b/,
  ],
  [
    "our_work",
    /(?:你们|你家|贵司|贵店|你店|上次|刚|才|昨天|上周|上个月)[^,。;!?\n]{0,8}(?:修|装|换|弄|搞|拆|洗|做|调|贴|喷|改|量|送)(?:完|好|过|了|的|坏|得)|(?:修|装|换|弄|拆|洗|保养|清洗|安装|维修|提车|取车)(?:完|好|过|了|后|回来|之后|没几天|才)[^。;!?\n]{0,14}(?:又|还|就|却|反而|更|没|不|坏|漏|响|划|裂|脏|掉|松|歪)|你们(?:的)?(?:师傅|工人|技师|人|司机|客服|销售|前台)|\b(?:your|ur|yer) (?:\w+ )?(?:guys?|man|men|technicians?|mechanics?|fitters?|installers?|glaziers?|team|people|repair|work|fitting|company|garage|shop|workshop|driver|staff|painter|crew|lads?|boys|bloke|chap|fella|workers?|advis[eo]r|receptionist|cashier|operative|desk|bookings|invoice)\b|\b(?:you|ye|yous|youse|u|y'all) (?:guys |lot |people )?(?:just |only |already )?"?(?:fixed|repaired|replaced|installed|fitted|changed|put|did|left|broke|told|said|sold|forgot|sent|took|lost|charged|billed|touched|washed|painted|made|promised|swore|serviced|mounted|mended|hung|cleared|reset|planed|damaged|scratched|ruined|started)\b|\b(?:you|you guys|you lot|you people|your (?:guys?|man|men|lads?|people)) (?:were|was|came) (?:only |just )?(?:here|round|out|over|by)\b|(?:你们|你哋|师傅)[^,。;!?\n]{0,8}(?:来过|来修过|嚟过)|\b(?:since|after|before|during) (?:you|your|ur|he|they|the (?:repair|service|visit|installation|respray|cleaning))\b|\b(?:the|that) (?:\w+ )?(?:technician|engineer|fitter|installer|mechanic|glazier|man|guy|chap|bloke|fella|worker|gentleman|advisor|receptionist)(?: who| that)?(?: has| had)?(?: been| just| only)? (?:came|left|said|told|put|did|fitted|installed|fixed|repaired|turned|showed|arrived|went|spoke|laughed|kept|swore)\b/,
  ],
  [
    "existing_visit",
    /(?:我|之前|已经|上次|昨天|原来|原本|刚才)?(?:约了|约好|约的|订了|订好|定好|预约(?:的|了|好)|预约单|那个预约|的预约|这单|那单|订单|师傅.{0,4}(?:来|上门))|\b(?:my|our|the|this|that|existing|current) (?:\w+ )?(?:appointment|booking|slot|visit|reservation|order|job)\b|\b(?:booked|scheduled|due|down) (?:in )?(?:for|on|at|with)\b|\bi(?:'m| am|'ve| have)? booked\b/,
  ],
  [
    "new_visit",
    /(?:想|要|能|可以|帮我|麻烦|请)[^,。;!?\n]{0,6}(?:约|预约|安排|派|上门|来看|过来|来修|修一下|看看|检查|清洗|保养|换|装|维修|订)|有(?:没有)?(?:空|位|时间|工位|档期)|\b(?:can|could|may|would like|want|need|looking|like)\b(?: \w+){0,5} (?:book|come|someone|look|fix|repair|service|check|install|fit|replace|appointment|in for)\b|\bany (?:slots?|spots?|space|availability|appointments?|chance)\b|\bfit me in\b/,
  ],
  [
    "price",
    /多少钱|几钱|几多钱|怎么收费|什么价|价格|价钱|报价|收费|费用|贵不贵|便宜|优惠|打折|折扣|要钱吗|收不收|多少一|\bhow much\b(?! (?:longer|later|further|more time))|\bprices?\b|\bcosts?\b|\bquot(?:e|ation)\b|\bestimates?\b|\bcharges?\b|\bfees?\b|\bdiscounts?\b|\bballpark\b/,
  ],
];

const NAMES_MESSAGES = new RegExp(`\\b(?:${MESSAGES})\\b`);

/** The asks in a normalised text, in the order of the table. */
export function readAsks(text: string): Ask[] {
  if (text === "") return [];
  const head = text.slice(0, 600);
  // "Don't take me off the list" refuses to be refused: nothing of it asks for less.
  const unrefused = head.replace(STAYS, " ");
  const asksToStay = unrefused !== head && NAMES_MESSAGES.test(head);
  const rest = withoutVisitLists(unrefused);
  const asks = PATTERNS.filter(([ask, pattern]) => {
    if (ask === "messages_back" && asksToStay) return true;
    if (ask === "fewer_messages" && refusesMessages(rest)) return true;
    return pattern.test(ask === "fewer_messages" ? rest : head);
  }).map(([ask]) => ask);
  if (tellsOfWork(head) || tellsOfWorkInChinese(head)) asks.push("work_done");
  if (praises(head) || praisesInChinese(head)) asks.push("praise");
  return asks;
}
