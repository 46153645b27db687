/** Signs that a word in a clause is not meant as said: denied, past, solved, supposed, asked about, or a figure of speech. */
import { matchesOf } from "../text/matches.ts";

export type Guard = "denied" | "past" | "solved" | "supposed" | "asked_about" | "figurative";

/** Stands shortly before what it denies; 有没有 and 是不是 ask, 不小心 and 不断 deny nothing, 没关 and 不停 tell of danger. */
const DENIED_BEFORE =
  /(?:不是|没有|没|并未|并没|未|不会|不存在|唔系|冇|毋|排除|以为|差点|差些|差啲|险些)(?!关|晕|昏|办法|法|停|人|用|反应|接|什么办法)[^,;!?\s]{0,6}$|(?<!能|可以|刹|煞|关|停|止)不(?:再|怎么|会|曾)?$|(?:没|没有|冇|无)人$|(?<!is |s |'t )\b(?:no|not|never|without|isn't|isnt|wasn't|wasnt|didn't|didnt|don't|dont|doesn't|doesnt|nothing|nobody|no one|non|thought)\s+(?:\w+\s+){0,3}$/;
const QUESTION_FORM = /(?:有没有|是不是|会不会|有冇|系咪)[^,;!?]{0,6}$/;
const PAST =
  /上次|上回|上个?月|上周|上星期|上礼拜|去年|前年|前几天|前天|昨天|昨晚|寻日|琴日|噚日|以前|之前|当时|那时|那次|曾经|早前|几年前|小时候|上年|旧年|\blast (?:time|week|month|year|night|summer|winter)\b|\byesterday\b|\bago\b|\bonce had\b|\bused to\b|\bback in\b|\bpreviously\b|\bhad an?\b|\bhistory of\b/;
/** What happened before to the thing that is in danger now: 上次装的热水器, 昨天修过的刹车. */
const BEFORE_NOW =
  /(?:上次|上回|上个?月|上周|上星期|上礼拜|去年|前年|前几天|前天|昨天|昨晚|琴日|噚日|寻日|以前|之前|刚|早前)[^,;!?]{1,10}的(?=[^,;!?]{1,8}$)/;
/** It goes on: whatever stands beside it about earlier days, the danger is now. */
const STILL =
  /现在|而家|依家|还在|仲喺|仲系|正在|一直在?|越来越|又(?:开始|来|在)?(?=[^,;!?]{0,4}$)|刚才|刚刚|啱啱|头先|分钟前|\b(?:now|right now|still|keeps?|just (?:now|then)|(?:minutes?|mins?|seconds?|secs?|moments?) ago|again|since)\b|\b(?:is|are|am|it's|there's|'s) (?:\w+ )?(?:\w+ing\b|on fire)|\bcan smell\b/;
const UNSOLVED = "(?<!没|未|不|唔|冇|没有|没能|还没|没给|没有给)";
/** Said of a danger that was: counts after its words, where it is no quality of something else (修好的车). */
const SOLVED = new RegExp(
  `${UNSOLVED}(?:没事了|冇事|(?:幸好|幸亏|还好|好彩)(?:都)?(?:没事|没人|没伤|没有人|没砸|没受伤|人没事)|(?:已经|已|都|现在|而家|就|弄|搞)好了|修好(?!的|之后|后|以后|没|過|过)|解决了|处理好|处理完|灭了|扑灭|搞定|搞掂|关掉了|关咗|出院|痊愈|来过了|检查过了|恢复正常|正常了)` +
    "|(?<!not |n't )\\b(?:sorted|solved|resolved|fixed now|put out|all clear|all good|under control|over now|works now|nobody hurt|no one hurt|(?:everything|everyone|all|it|we|he|she|they|that)(?: is| are| was|'s|'re) (?:all )?(?:fine|ok|okay))\\b",
);
/** Said of a danger that never was: counts wherever it stands. */
const MISTAKEN = /虚惊|误报|误会|搞错|查过没|\bfalse alarm\b/;
const SUPPOSED =
  /如果|要是|万一|假如|假设|倘若|若是|的话|会不会(?!是)|会唔会(?!系)|怕会|担心会|担心|可能会|容易|以防|预防|避免|防止|(?:^|\s)(?:if|what if|suppose|in case|could it|would it|will it|might it|can it|is it possible|worried (?:it|about|that)|afraid (?:it|of|that)|to prevent|to avoid|hypothetical\w*)\b|会(?:爆炸|着火|漏电|漏气|中毒|失灵|触电|起火|自爆)(?:吗|么|不|没|嘛|㗎)/;
const ASKED_ABOUT =
  /什么是|怎么预防|如何预防|怎样预防|是什么意思|什么原因会|属于|算不算|保不保|赔不赔|包不包|含不含|有没有.{0,6}(?:服务|业务|险)|(?:装|买|配|换)(?!的|了)[^,;!?]{0,3}(?:一氧化碳|漏电|触电|煤气|燃气|瓦斯|烟雾|防爆)(?:报警器|警报器|探测器|侦测器|检测仪|保护器|保护|断路器|开关|膜)(?![^,;!?]{0,6}(?:响|叫|红|滴|闪))|\bwhat (?:is|are|does|causes)\b|\bdo you (?:sell|install|fit|do|offer|test|check)\b|\bhow (?:do|to) (?:prevent|avoid|test)\b|\bis .{2,40} covered\b/;
const FIGURATIVE =
  /火大|火滚|(?:我|老板|老婆|老公|他|她|真)(?:又|都|已经)?冒火|恼火|发火|着急上火|上火|火气|火爆|爆款|爆满|爆单|打火(?:$|[^花星])|打唔着火|打不着火|着唔到火|点不着火|点唔着火|打着火|点火|火锅|火车|火星文|烟火|香烟|抽烟|吸烟|抽菸|(?:忙|累|渴|困|急|馋|骂|激|嬲|攰|(?<![煤燃暖尾])气)(?:得|到|都)[^,;!?]{0,2}(?:冒烟|出烟|冒火|着火|爆)|(?:嗓子|喉咙|嘴里|嘴巴|舌头|个口)(?:都|要|快|在|像|好像)*(?:冒烟|冒火|着火|起火|喷火)|(?<![手掌脚眉])心(?:都|里)?(?:在)?(?:滴|淌|流)血|被(?:主管|经理|老板|负责人|领导|老师|客户|教授)[^,;!?]{0,2}(?:电|触电|炸|轰|喷)|(?:期末|期中|考试|论文|作业|股市|基金)[^,;!?]{0,6}(?:着火|烧起来|爆炸|炸了)|气炸|气爆|气死|爆炸头|心爆炸|肺.{0,2}炸|炸毛|炸鸡|(?:手机|电话|消息|群|邮箱|账单|bill).{0,10}(?:炸|爆|着了)|太炸了|刷爆|挤爆|打爆|煲爆|累死|笑死|急死|热死|冷死|冻死|烦死|渴死|饿死|杀猪|杀价|宰客|吐血|呕血|血本|心在滴血|滴血|心血|血汗|血亏|烧脑|(?:我都?(?:要|快)|整个人|脑袋|脑子|大脑|脸)(?:都|要|快|在|像)*(?:烧(?!伤|到)|自燃|着火|爆炸|炸了|冒烟|冒火)|触电的感觉|电到我|来电|雷人|(?:发烧|感冒|看病|住院|体检|复查|陪床|陪护|生孩子|打疫苗).{0,8}医院|医院.{0,4}(?:上班|看病|体检|复查|住院|陪床|陪护|工作)|\b(?:fever|flu|check-?up|vaccin\w+|surgery|operation)\b.{0,30}\bhospital\b|\bwork(?:s|ing)? (?:at|in|for) (?:a |the |our )?hospital\b|\bhospital (?:appointment|visit|check\w*)\b|中毒太深|有毒吧|你有毒|救命稻草|救命.{0,8}(?:太贵|好贵|加班|考试|作业|哈哈)|刹不住(?:嘴|车地)|on fire (?:with|today|lately)|killing me|dying (?:to|of|for)|(?:phone|inbox|line|team|price|deal)s? (?:is|are|has been|have been) (?:on fire|exploding|blowing up)|fire sale|fire(?:d)? (?:him|her|them|you|the|up)|fired\b|fireplace|firewall|fire pit|shock(?:ed|ing)? (?:at|by|price|service|bill|to)|shocking|shock absorber|absolutely shocking|explod\w* with|blow(?:n|s)? my mind|heart attack|heart (?:is )?bleed|bleeding (?:me|us|money)|cut the crap|dead (?:line|serious|good)|melt(?:ing|ed|s)? (?:my heart|ice|ice cream)|smoking (?:hot deal|in my|in the|in our|area)|smoke break|cigarette|smelled of smoke|stank of smoke|hot deal|crash course|computer crash|spark plugs?|fire extinguisher|burn(?:ing|t|ed)? (?:question|through|a hole|cd|out my patience)|gas (?:bill|price|station|money|mileage|top|strut)|(?:smoke|fire|co) (?:alarm|detector)\b.{0,30}\b(?:chirp\w*|low batter\w*)|blood (?:is |was |'s )?(?:boil\w*|pressure|test)|(?:makes?|made|making) my blood boil|roll(?:s|ed|ing)? (?:his|her|their|my) eyes?|cho(?:k|c)\w+ on my|heated (?:seat|argument)|steam(?:ing|ed) (?:mad|angry)|fuming/g;

/** A figure of speech speaks for the words it is made of, not for others beside it: 油烟机着火了 burns. */
function isFigure(clause: string, at: number, length: number): boolean {
  for (const match of matchesOf(clause, FIGURATIVE)) if (match.index < at + length && at < match.index + match[0].length) return true;
  return false;
}

/** A piece of a message that a word of danger was found in. */
export interface Hit {
  readonly clause: string;
  /** Where in the clause, and how long. */
  readonly at: number;
  readonly length: number;
  /** What follows the clause in the message. */
  readonly after: string;
  readonly message: string;
}

/** Is a hit guarded, and how? */
export function guardOf({ clause, at, length, after, message }: Hit): Guard | null {
  const before = clause.slice(0, at);
  if (isFigure(clause, at, length)) return "figurative";
  if (DENIED_BEFORE.test(before) && !QUESTION_FORM.test(before)) return "denied";
  if (SUPPOSED.test(clause)) return "supposed";
  if (ASKED_ABOUT.test(clause)) return "asked_about";
  const hit = clause.slice(at);
  if (PAST.test(before.replace(BEFORE_NOW, "") + hit) && !STILL.test(clause)) return "past";
  if (MISTAKEN.test(message) || SOLVED.test(`${hit} ${after}`)) return "solved";
  return null;
}
