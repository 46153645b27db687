/** Things said that the escalation rules lean on beside the intent. Each word is guarded against denial; threats also against questions. */

import type { Signal } from "../types.ts";
import { SIGNALS } from "../types.ts";
import { clausesOf } from "./clauses.ts";

const LEGAL =
  /(?<![\da-z])(?:12315|12345|96315|12321)(?![\da-z])|消协|消委|消保|消基会|消费者保护|工商局|工商部门|市场监管|市监局|律师|法院|法庭|审裁处|起诉|(?:打|拨)1950|1950(?:申诉|投诉)|公平会|专员公署|工信部|告你们|告上|打官司|诉讼|仲裁|报警|存证信函|小额钱债|小额索偿|投诉到(?:总部|厂家|工商|消)|举报你们|去举报|\blawyers?\b|\bsolicitors?\b|\battorney\b|\blegal action\b|\bsu(?:e|ing) (?:you|your|the)\b|\bsmall claims\b|\btake you to court\b|\bsee you in court\b|\bombudsman\b|\btrading standards\b|\bconsumer (?:council|protection|rights|affairs|court)\b|\bbbb\b|\bbetter business bureau\b|\breport you to\b|\bpolice\b|\b(?:issue|start|commence|begin)\w* (?:court |legal )?proceedings\b|\bletter before (?:action|claim)\b/;
const PRESS =
  /曝光|媒体|记者|都市频道|新闻频道|电视台|上新闻|报社|东张西望|爆料|发(?:到)?(?:抖音|小红书|微博|朋友圈|网上|论坛|dcard|ptt|fb|脸书|ig|threads)|挂(?:到)?网上|网上见|(?:抖音|小红书|微博|点评|大众点评|google|谷歌|openrice).{0,6}(?:见|曝|差评|一星|写|发)|给(?:你们)?(?:个)?(?:差评|一星)|一星(?:差评|负评)|负评|差评(?:伺候|警告|等着)|\b(?:newspaper|journalist|reporter|the press|tv station|watchdog)\b|\bgo(?:ing)? (?:to the )?(?:public|viral|media|press)\b|\b(?:post|posting|share|put|write|leave|leaving) .{0,30}\b(?:review|reviews|facebook|twitter|tiktok|instagram|reddit|google|yelp|trustpilot|social media|online|forum)\b|\b(?:post|posting|put|putting|share|sharing) .{0,40}\b(?:everywhere|all over (?:the )?(?:internet|web|town))\b|\b(?:one|1)[- ]star(?: review)?\b|\bbad reviews?\b/;
const ANGER =
  /气死|气炸|气疯|火大|火滚|嬲爆|激气|好嬲|岂有此理|忍无可忍|忍不了|受够|受唔住|烦死|恶心(?:人|透)|离谱|太过分|过份|欺人太甚|无耻|不要脸|骗子|黑店|黑心|坑人|狗屎|狗屁|垃圾(?:公司|店|服务|技术|东西|师傅)|什么垃圾|他妈|妈的|草泥马|卧槽|我操|操你|傻逼|煞笔|脑残|王八|混蛋|扑街|仆街|屌|on9|戆居|收皮|去死|滚蛋|有病吧|有毛病|耍我|耍猴|玩我|当我(?:傻|是傻)|吃屎|烂透|烂公司|他娘|靠北|靠腰|夭寿|干你|\bfurious\b|\boutrag\w+|\bdisgust\w+|\bdisgrace\w*|\bfuming\b|\blivid\b|\bsick (?:and tired|of)\b|\bfed up\b|\bhad enough\b|\bridiculous\b|\bunacceptable\b|\bunbelievable\b|\bappall\w+|\bjoke of a\b|\bwhat a joke\b|\bscam(?:mers?)?\b|\bthie(?:f|ves)\b|\bcrooks?\b|\bcon artists?\b|\bbullshit\b|\bbs\b|\bf+u+c+k\w*|\bfck\w*|\bwtf\b|\bshit\w*|\bcrap\b|\bidiots?\b|\bmorons?\b|\bpissed\b|\bhell is wrong\b|\bincompetent\b|\bpathetic\b|\bcowboys\b|\bdaylight robbery\b|\bshameful\b|\bdamn\b|\bbloody (?:hell|useless|joke)\b|😡|🤬|💢|👿/u;
const SHOUTING = /!{1,}/;
const REPEAT =
  /又(?:坏|漏|不|唔|出|开始|响|跳|爆|死火|熄|滴|卡|裂|犯|来|冇|没)|再(?:次)?(?:坏|漏|出问题|犯)|又(?:系|是)(?:同|一样|老|这个|嗰)|(?:修|整|弄|搞|换|来)(?:了|咗|过)?(?:两|二|三|四|五|六|几|好几|好多|n|\d)(?:次|回|遍|趟)|第(?:二|两|三|四|五|六|n|\d)(?:次|回|遍|趟)|返修|老毛病|老问题|同样(?:的)?(?:问题|毛病|故障)|还是(?:一样|老样子|不|漏|响|坏)|修完.{0,10}(?:又|还)|没修好|修不好|冇整好|整唔好|越修越|\b(?:same|the) (?:problem|issue|fault|noise|leak|error) (?:again|is back|came back|back|returned|as before)\b|\bsame (?:problem|issue|fault|noise|leak|thing) (?:again|as)\b|\b(?:broke|broken|leaking|failed|dead|faulty|stopped|died) again\b|\b(?:second|third|fourth|2nd|3rd|4th|fifth) (?:time|visit|repair|attempt|technician|breakdown)\b|\b(?:twice|three times|four times|3 times|2 times|4 times|several times) (?:already|now|and|in|you|your)\b|\bstill (?:broken|leaking|not (?:working|fixed|cooling|heating)|doing|making|the same|dripping)\b|\b(?:fixed|repaired|replaced|serviced)\b.{0,60}\bagain\b|\bsame (?:problem|issue|fault|noise|leak|error)(?:!|\.|$)|\bnot fixed\b|\bnever (?:been )?fixed\b|\bback again\b|\byet again\b|\bafter your (?:repair|visit|fix|service|man|guy|technician)\b/;
const COMPENSATION =
  /赔|退(?:我)?(?:款|钱|费|一半|全款)|退返|退番|补偿|补返|免单|折让|减免|误工费|精神损失|给(?:个)?(?:说法|补偿)|\brefund\w*|\bcompensat\w+|\bmoney back\b|\breimburs\w+|\bpay (?:for|me back) (?:the|my|it|this)\b.{0,20}\b(?:damage|hotel|taxi|repair)?|\bdamages\b|\bwaive\b|\bgoodwill\b|\bmake (?:it|this) right\b|\bcredit me\b/;
const PRIVACY =
  /(?:删|删除|清除|清空|抹掉|注销|移除|导出|查看|调取|销毁|下载).{0,8}(?:我.{0,4})?(?:资料|数据|信息|账号|帐号|帐户|账户|记录|个资|隐私|电话号码|手机号)|(?:我的)?(?:资料|数据|信息|账号|帐号|帐户|账户|个资).{0,8}(?:删|删除|清除|注销|抹掉|导出|泄露|外泄)|隐私|个人信息|个资|被遗忘权|信息泄|\bgdpr\b|\bpdpo\b|\bpersonal data\b|\bprivacy\b|\bmy data\b|\bdata (?:you (?:have|hold|keep)|about me|on me|request|protection)\b|\b(?:delete|erase|remove|wipe|export|download|forget) (?:all )?(?:of )?(?:my|me|everything about)\b.{0,20}\b(?:data|account|info\w*|details|profile|record\w*|number|file|history|completely|system|me)\b|\b(?:delete|close) my account\b|\bright to be forgotten\b|\bwhat (?:\w+ ){0,2}(?:do you|have you|you) (?:know|keep|have|hold|store|got)\b.{0,20}\b(?:about|on) me\b/;
const BACK_TO_BOT =
  /(?:回|转回|返|换回|切回|找回|叫回|还是|继续)(?:到|去|用|跟|和|同)?(?:机器人|智能客服|ai客服|自动客服|机械人|小助手|bot)|(?:不用|不要|唔使|不需要)(?:人工|真人|客服)(?:了|喇)?.{0,6}(?:机器人|机械人|bot|就行|自己)|让(?:机器人|bot)来|\bback to (?:the )?(?:bot|robot|assistant|machine|automated)\b|\b(?:talk|speak|chat) (?:to|with) (?:the )?(?:bot|robot) (?:again|instead)\b|\bbot (?:again|please|is fine|will do)\b|\bend (?:the )?(?:human|agent) chat\b|\bresume (?:the )?bot\b/;
const UNDO =
  /撤销|撤回|撤消|还原|(?:弄|搞|按|点|选|填|打|写|改|约)错(?:了|咗)?.{0,10}(?:取消|撤|改回|恢复|刚才|刚刚|重)|取消(?:刚才|刚刚|啱啱|上一步|上一个)|刚才(?:那个|的)?(?:不算|作废|取消|撤|别|当我没说)|当我没(?:说|讲)|当冇讲过|改回(?:来|去|原来|原先)|恢复(?:原来|原状|刚才)|返回上一步|上一步|\bundo\b|\brevert\b|\btake that back\b|\bgo back (?:one|a) step\b|\bscratch that\b|\bnever ?mind (?:that|the last)\b|\bcancel (?:that|the last|what i just)\b|\bput it back\b|\b(?:pressed|clicked|chose|picked|tapped) (?:the )?wrong\b.{0,20}/;
const START_OVER =
  /重新开始|重新来|从头(?:开始|来|再)|重来|重头|重新(?:填|输|讲|说|选)过?|由头(?:嚟|来|开始)过?|再由头|清空重|主菜单|回(?:到)?(?:主|首)页|返回(?:主)?菜单|\bstart (?:over|again|afresh|from scratch|from the beginning)\b|\brestart\b|\bbegin again\b|\bfrom the top\b|\breset (?:this|the|our)? ?(?:chat|conversation|form)?\b$|\bmain menu\b|^menu$|^菜单$/;
const REPEAT_THAT =
  /再(?:说|讲|发|念|重复)(?:一|1)?(?:遍|次|下|返)|重复(?:一|1)?(?:遍|次|下)|没(?:听|看)(?:清|懂|明白)|冇听清|听唔清楚|刚才说(?:什么|啥|的什么)|你(?:刚|刚才)(?:说|讲)(?:什么|啥|乜)|讲多次|讲多一?次|\b(?:say|tell me|send|repeat) (?:that|it|this)(?: one more time| once more| again)\b|\brepeat (?:that|please|it|the)\b|^repeat$|\bcome again\?|\bpardon\??$|^(?:sorry )?what (?:was that|did you say)\b|\bone more time please\b|\bdidn'?t (?:catch|get) that\b/;
const HELP =
  /^(?:帮助|幫助|help|帮忙|說明|说明|指南|使用说明|\?|\/help)[!?。]*$|(?:这个?|你|机器人|小程序)?(?:怎么用|怎么使用|点用|如何使用|怎么操作)[?吗呢呀啊]*$|你(?:能|可以|会|识)(?:做|干|帮我?做?)(?:些)?(?:什么|啥|咩|乜)|有(?:什么|哪些|咩)功能|能干(?:什么|啥|嘛)|\bwhat can (?:you|i|this bot) (?:do|ask|help)\b|\bhow (?:do i|to|does) (?:use )?(?:this|it|the bot|this bot)(?: work)?\b|^(?:i need help|help me|help please|please help|commands|options)[!?.]*$/;
const SKIP =
  /^(?:跳过|略过|跳過|skip|pass|下一[题个]|next|不想(?:说|填|讲|回答|提供)|唔想(?:讲|答|填)|不方便(?:说|透露|提供|讲)|不(?:填|提供|告诉你|说了)|保密|不知道|唔知|唔知道|不清楚|不记得|唔记得|忘了|i don'?t know|dunno|no idea|not sure|i'?d rather not (?:say|tell)|prefer not to (?:say|tell)|rather not|don'?t remember|don'?t want to (?:say|tell|answer)|skip (?:this|it|that|the question)|none of your business)(?:这(?:题|个|步)|吧|了|喇|呀|啊|please|this|it|question)?[!.。~ ]*$|(?:这(?:个|题|步|项)?|呢(?:条|题|个)?)(?:先)?(?:跳过|略过)|\bskip (?:this|that|the) (?:question|one|step)\b/;

const PATTERNS: Readonly<Record<Exclude<Signal, "anger">, RegExp>> = {
  legal_threat: LEGAL,
  press_threat: PRESS,
  repeat_repair: REPEAT,
  compensation: COMPENSATION,
  privacy: PRIVACY,
  back_to_bot: BACK_TO_BOT,
  undo: UNDO,
  start_over: START_OVER,
  repeat: REPEAT_THAT,
  help: HELP,
  skip: SKIP,
};

/** What is said to be not so, or not wanted: 不用赔, no need for a refund. */
const DENIED_BEFORE =
  /(?:不是要|不用|不需要|不要|别|不想|不打算|不会|没有要|没想|唔使|唔系要|唔想|没|冇|无需)[^,;!?]{0,5}$|\b(?:not|no need|don't (?:want|need)|dont (?:want|need)|won't|wont|never|not asking for|not going to|isn't|no)\s+(?:\w+\s+){0,3}$/;
/** Signals whose own words may carry a denial (没修好, 不想说), or that are requests: no guard. */
const UNGUARDED: ReadonlySet<Signal> = new Set(["repeat_repair", "back_to_bot", "undo", "start_over", "repeat", "help", "skip"]);
/** A quoted or supposed threat is none. */
const NO_THREAT =
  /你们的?律师|车祸.{0,6}报警|报警器|报警灯|报警声|水温报警|胎压报警|故障报警|烟雾报警|燃气报警|煤气报警|警报|自动报警|误报|报警(?:了|响|啊)?$|(?:灯|系统|仪表|它|一直|总|老|在)报警|律师楼|律师行|法院路|警察局|派出所|police (?:station|check|report number)|i'?m a (?:reporter|journalist)/;
/** Commands are whole short messages; the same words in a long one tell of something else. */
const COMMANDS: ReadonlySet<Signal> = new Set(["back_to_bot", "undo", "start_over", "repeat", "help", "skip"]);
const COMMAND_LENGTH = 40;

/** Signals in a normalised text. */
export function readSignals(text: string): Signal[] {
  if (text === "") return [];
  const found = new Set<Signal>();
  for (const clause of clausesOf(text)) {
    for (const signal of SIGNALS) {
      if (signal === "anger" || found.has(signal)) continue;
      if (COMMANDS.has(signal)) continue;
      const hit = PATTERNS[signal].exec(clause.text);
      if (!hit) continue;
      if (!UNGUARDED.has(signal) && DENIED_BEFORE.test(clause.text.slice(0, hit.index))) continue;
      if (signal === "legal_threat" && NO_THREAT.test(clause.text)) continue;
      found.add(signal);
    }
    const rage = ANGER.exec(clause.text);
    if (rage && !/(?:不是|唔系|别|不要|没)[^,;!?]{0,3}$|\bnot\s+(?:\w+\s+)?$/.test(clause.text.slice(0, rage.index))) found.add("anger");
  }
  if (text.length <= COMMAND_LENGTH)
    for (const signal of COMMANDS) if (PATTERNS[signal as Exclude<Signal, "anger">].test(text)) found.add(signal);
  return SIGNALS.filter((signal) => found.has(signal));
}

/** Several exclamation marks or a whole message in capitals: shouting, which is anger when there is something to be angry about. */
export function isShouting(original: string): boolean {
  if ((original.match(/[!！]/g)?.length ?? 0) >= 3) return true;
  const letters = original.slice(0, 500).replace(/[^A-Za-z]/g, "");
  return letters.length >= 20 && letters === letters.toUpperCase() && SHOUTING.test(original);
}
