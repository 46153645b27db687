/**
 * Words of danger by kind. Alone they find two emergencies of three (measured), so they serve the learner as evidence and decide by
 * themselves only where nothing guards them; what they must do is not to miss the plain cases, and to tell the kind.
 */
import type { DangerKind } from "../../profile/schema.ts";
import { matchesOf } from "../text/matches.ts";
import { type Clause, clausesOf } from "./clauses.ts";
import type { Guard } from "./guards.ts";
import { guardOf, type Hit } from "./guards.ts";

interface DangerWords {
  readonly kind: DangerKind;
  /** Danger on their own. Global: every hit is looked at. */
  readonly strong: RegExp;
  /** Danger in the company of others, or of the learned model. */
  readonly weak: RegExp;
}

/** In the order in which the kind is told when several are named: who is hurt first. */
const KINDS: readonly DangerWords[] = [
  {
    kind: "injury",
    strong:
      /(?:流|出|淌|喷)(?:了|咗|着|紧)?(?:好多|很多|不少|一地)?血|血流|血止不住|止不住血|止唔到血|满(?:手|头|脸|身|地)(?:都)?是?血|割(?:到|伤|破|断)|划伤|摔伤|撞伤|砸伤|扎(?:伤|(?:到|进)(?:了)?(?:手|脚|眼|腿|肉))|砸(?:到|中|伤)(?:了)?(?:人|我|头|脚|孩子|老人|老公|老婆|路人|客人)?|烫伤|灼伤|烧伤|压(?:到|住|伤)(?:了)?(?:人|手|脚|腿|[^,;!?]{1,4}(?:手|脚|腿)(?!垫|机))|夹(?:到|住|伤|着)(?:了)?.{0,3}(?:手|脚|腿|头|脖子|孩子|只手)|(?:手|脚|腿|头|手指|人).{0,4}(?:夹住|夹在|夹了|卡在|压在)|骨折了|晕倒|昏倒|昏迷|晕咗|叫不醒|没有?呼吸|抽搐|救护车|白车|受伤|玻璃.{0,6}(?:眼睛|眼里|入眼)|(?:眼睛|眼).{0,8}(?:玻璃|碎|看不见)|伤到眼|缝针|从.{0,6}(?:楼|梯|窗|高处).{0,6}(?:掉|摔|跌)(?:下|了|落)|人.{0,4}(?:掉下|摔下|跌下|跌(?:了|咗)[落入下])|(?:跌|摔|掉)(?:了|咗)?(?:落|下)(?:了)?(?:梯|楼梯|坑|井)|动脉|(?:手|胳膊|腿|脚|头).{0,4}(?:抽|拔|拿)不出|吞(?:了|下|咗)|\bbleed(?:ing|s)?\b|\bblood (?:everywhere|is|all|pour|keeps)|\bpouring blood|\bambulance\b|\bunconscious\b|\bnot (?:breathing|responding|talking right|waking)\b|\bcan'?t breathe\b|\bcollapsed\b|\b(?:badly|got|is|am|are|been|he's|she's|someone) (?:hurt|injured|burn(?:ed|t)|scalded)\b|\bcut (?:his|her|my|their|open)\b|\bglass in (?:his|her|my|the) (?:eye|eyes|foot|hand)|\b(?:finger|hand|leg|foot|arm)s? (?:is |are )?(?:caught|trapped|stuck|crushed|cut)\b|\bpassed out\b|\bwon'?t wake\b|\bfainted\b|\b(?:fell|fall|fallen|falls) (?:from|off|out of) (?:\w+ ){0,2}(?:window|ladder|roof|scaffold\w*|balcony|lift)\b|\b(?:hand|arm|foot|leg|head) (?:went|gone|is) through (?:the|a|my|his|her) (?:window|glass|door|pane)\b|\bblood (?:does|do|will|is|won)\b|\bon top of (?:the|my|our|a|his|her) (?:\w+ )?(?:one|kid|kids|baby|child|son|daughter|boy|girl|toddler|dog)\b|\bbroken (?:arm|leg|bone)/g,
    weak: /血|伤|眼睛|晕|疼|痛|医院|\bblood\b|\bhurt\b|\binjur|\bhospital\b|\beye\b|\bburn(?:t|ed)?\b|\bhelp\b|\bscald/,
  },
  {
    kind: "carbon_monoxide",
    strong:
      /一氧化碳|煤气中毒|(?:洗澡|冲凉|热水器|开着炉|屋里人|全家|一家).{0,16}(?:头晕|头痛|恶心|想吐|晕|呕)|(?:头晕|头痛|恶心|想吐|呕).{0,16}(?:热水器|洗澡|冲凉|煤气|炉)|\bcarbon monoxide\b|\bco (?:alarm|detector|thing|monitor|sensor)\b|\balarm co\b|\b\d+ ?ppm\b|\b(?:dizzy|headache|nausea|sick|drowsy|faint).{0,40}\b(?:boiler|heater|heating|gas|shower|stove)\b|\b(?:boiler|heater|gas|stove).{0,40}\b(?:dizzy|headaches?|nause\w+|drowsy|faint)\b/g,
    weak: /头晕|头昏|恶心|想吐|胸闷|\bdizzy\b|\bheadaches?\b|\bnause/,
  },
  {
    kind: "gas",
    strong:
      /漏(?:了)?(?:煤气|燃气|瓦斯|天然气|液化气|石油气)|(?:煤气|燃气|瓦斯|天然气|液化气|石油气).{0,6}(?:漏|泄|味|臭)|(?:闻到|闻到了|闻到股|闻到有|一股|有股|好大|好重|很大|好浓).{0,4}(?:煤气|燃气|瓦斯)|臭鸡蛋|煤气(?:报警|警报)|(?:灶|炉|热水器|煤气管|燃气管|胶管).{0,8}漏气|(?:煤气|燃气|瓦斯)(?:报警器?|警报器?).{0,6}(?:响|叫|滴|红)|(?<=^[^胎]{0,3})漏气(?:了|啦)?$|\bsmell(?:s|ing)?(?: of| like)? (?:strong(?:ly)? (?:of )?)?gas\b|\bgas (?:leak\w*|smell|odou?r|is leaking|alarm|hissing)\b|\bleaking gas\b|\brotten eggs?\b|\bsmell of gas\b|\bgas everywhere\b|\bgass? le[ea]+k|\b(?:stinks?|reeks?|reeking|stinking) of gas\b/g,
    weak: /煤气|瓦斯|燃气|漏气|嘶嘶|怪味|汽油味|油味|满屋|满车|全是味|气味|呛|喉咙|雪种|\bfumes?\b|\bpetrol\b|\bgas\b|\bhissing\b/,
  },
  {
    kind: "fire",
    strong:
      /着火|起火|(?:还在|一直)烧(?!开|水|饭|菜)|一点火|失火|火灾|烧起来|烧着了|烧紧|自燃|冒(?:出|着|了)?(?:好多|很多|大量|浓|黑|白|青)?烟(?![灰头味蒂])|(?:有|出|起)(?:好多|很多|大|浓|黑|白)?烟(?:$|[^机草灶灰头味蒂盒道管])|浓烟|火苗(?![^,;!?]{0,3}(?:黄|小|弱|不稳|不均|忽))|明火|火光|冒火(?:花|星|光)|(?:喷|冒|打|溅|闪|着).{0,2}火(?:花|星)|爆炸了|^爆炸$|(?<!都?要|太|快)炸了|(?:灶|炉|锅|空调|电池|插座|电线|车).{0,6}(?:烧起|着了|烧着)|烧(?:焦|糊|坏|胶|电线)(?:味|的味)?|焦味|糊味|胶味|烧胶|鼓包.{0,6}(?:烫|热|冒)|\b(?:is|it's|its|are|was|caught|on|catching) (?:on )?fire\b|\bcaught fire\b|\bon fire\b|\bflames?\b|\bsmok(?:e|ing)\b|\bsparks?(?:ing)?\b|\bburning smell\b|\bsmells? (?:of |like )?(?:burning|burnt)\b|\b(?:exploded|explosion|blew up)\b|\balight\b|\bmelt(?:ing|ed)\b.{0,20}\b(?:socket|plug|wire|cable|board)\b|\b(?:socket|plug|wire|cable|board)s?\b.{0,20}\bmelt(?:ing|ed)\b/g,
    // 熄火 is an engine that stalls.
    weak: /烟|(?<![熄死灭])火|烧|焦|烫|爆|溶|熔|闪|嘭|\borange\b|\bred hot\b|\bfire\b|\bburn|\bhot\b|\bexplo|\bglow/,
  },
  {
    kind: "shock",
    strong:
      /漏电(?!保护|开关|断路)|触电(?!般|的感觉|保护|开关|断路)|(?:被|给|俾|畀)(?:.{0,4})(?:电到|电倒|电晕|电了|电着|电亲|电击|电弹)|电(?:到|了)(?:我|人|一下|手)|电麻|一(?:踩|摸|碰|开|接触)就(?:发)?麻|麻(?:了)?(?:一下|手)|手(?:都)?(?:发)?麻|带电|电人|\belectrocut\w*|\belectric shock\b|\b(?:got|get|gets|gave|gives|getting|giving|had) (?:me |him |her |us |people )?(?:an? )?(?:\w+ )?(?:shock|zap)(?:ed|ped|s)?\b|\bshock(?:ed|s) (?:me|him|her|us|my|when)\b|\bzapp(?:ed|ing)\b|\bgiv\w* (?:\w+ )?electric(?:ity)?\b|\belectric to me\b|\btingl(?:e|es|ing)\b|\blive (?:casing|wire|metal)\b|\bgot (?:a|an|me a) (?:\w+ )?(?:belt|jolt|zap|tingle) (?:off|from)\b|\b(?:arm|hand|fingers?)(?:'s| is| are| has| have)? (?:gone |went )?numb\b/g,
    weak: /麻|电线|火线|\bshock|\bzap|\belectric/,
  },
  {
    kind: "brakes",
    strong:
      /刹车.{0,6}(?:失灵|没了|没有了?(?:$|反应|制动)|没用|没反应|没感觉|不灵|失效|踩不动|踩空|踩不住|变硬|没力|软到底|断)|(?:一脚|踏板|一踩).{0,4}到底|没有制动|油门.{0,3}(?:卡住|卡死|不回|弹不回|回不来)|自己(?:加速|往前冲)|(?:一直|还在)(?:冲|跑|滑)(?:$|停)|刹不住|刹不了|刹唔住|刹唔到|踩(?:极|死|到底|尽).{0,8}(?:刹|停)|(?:车|刹).{0,6}停不下来|停唔到|煞不住|煞唔住|\bbrakes? (?:\w+ ){0,2}(?:failed|fail|gone|went|don't work|not working|aren't working|stopped working|dead|to the floor)\b|\bno brakes?\b|\blost (?:\w+ ){0,2}brakes?\b|\bpedal (?:\w+ ){0,3}to (?:the )?floor\b|\bcan(?:'t|not|t) (?:stop|brake)\b|\b(?:car|van|truck|it|bike|we|i) won'?t (?:stop|brake|slow down)\b(?! (?:leak|drip|beep|ring|mak|run|hum|nois))|\baccelerat\w+ by itself\b|\b(?:throttle|accelerator|gas pedal)(?: is|'s| got)? (?:stuck|jammed)\b/g,
    weak: /刹车|手刹|煞车|撒车|油门|失控|高速|\bbrak|\bthrottle\b|\bmotorway\b|\bhighway\b|\blost control\b/,
  },
  {
    kind: "steering",
    strong:
      /(?:方向盘|方向|转向|軚).{0,6}(?:失灵|失控|卡死|锁死|打不动|转不动|扭唔到|没反应|没了)|\bsteering (?:\w+ ){0,2}(?:failed|gone|locked|stuck|went|dead|jammed|lost)\b|\bcan(?:'t|not|t) steer\b|\bwheel(?:'s| is| has)? (?:come|coming|fallen|falling) off\b|\b(?:wheel came off|lost a wheel|wheel fell off)\b|轮子(?:飞|掉|甩)(?:了|出|咗)?/g,
    weak: /方向盘|转向|\bsteer/,
  },
  {
    kind: "glass",
    strong:
      /玻璃.{0,10}(?:自爆|爆了(?!.{0,2}(?:罅|裂|缝))|炸了|炸裂|爆裂|碎了一地|碎咗|碎晒|掉下|坠|落下|跌落|要掉|快掉|砸下|摇摇欲坠|松脱|悬着|挂着|飞出)|(?:掉|跌|坠|砸)下来?(?:一|几|块|了|的)?.{0,6}玻璃|碎玻璃.{0,10}(?:人|路|掉|楼下|孩子|地上都)|(?:窗|门|幕墙|镜子|隔断|栏杆|雨棚|外墙).{0,10}(?:掉下|要掉|快掉|坠|跌落|跌(?:了|咗)落|甩(?:了|咗)|砸|倒下|快倒|要倒|松脱|摇摇欲坠|整块掉)|\bglass\b.{0,40}\b(?:shattered|exploded|falling|fell|fallen|about to fall|hanging|collaps\w+|everywhere|came down|coming down|all over|raining|loose above)\b|\b(?:shattered|exploded|falling|hanging|smashed)\b.{0,24}\b(?:glass|window|panel|pane|mirror|door|screen)\b|\b(?:window|panel|pane|mirror|canopy|balustrade|railing|facade)\b.{0,24}\b(?:fell|falling|about to fall|hanging|came off|come off|coming off|come out|coming out|bulging|swinging|collaps\w+)\b/g,
    weak: /碎|裂|玻璃|掉下|跌|坠|\bbulg\w*|\bcome off\b|\bshatter|\bcrack|\bfall|\bglass\b/,
  },
  {
    kind: "trapped",
    strong:
      /(?:锁|关|困|反锁|卡)(?:在|喺|咗喺|了在)?(?:里面|车里|车内|厕所|浴室|屋里|房里|电梯|入面|车厢|厨房|阳台|淋浴|副驾|驾驶座?|后座|后排|门中间|自动门|旋转门|冷库|雪房)|焗住|(?<!洗|取|拿|弄|倒|流|掏|吸|排|抽|吐|开|调|显示)出不(?:到来|返来?|到$|到[,， ])|被(?:困|锁|关)|出不来|出唔到|出唔返|困住|(?:孩子|宝宝|bb|狗|老人|娃).{0,10}(?:锁|关|困|反锁)|(?:锁|反锁).{0,6}(?:孩子|宝宝|娃)|\b(?:locked|trapped|stuck|shut) (?:inside|in (?:the|a|my|his|her) (?:car|bathroom|shower|toilet|room|lift|elevator|house|kitchen|balcony|vault|freezer))\b|\b(?:is|are|am|'s) (?:trapped|locked in|stuck inside)\b|\bstuck (?:between|behind|under) (?:the|a|two) (?:\w+ )?(?:doors?|leaves|panels?|machine|car|cabinet)|\bcan'?t get (?:out|him out|her out|them out)\b|\b(?:baby|kid|child|son|daughter|dog|mum|mom|gran\w*|he|she).{0,24}\b(?:(?:locked|trapped) in(?:side)?|stuck (?:inside|in (?:there|here|it|(?:the |a |my |our |his |her |your )?(?:back )?(?:car|van|lift|elevator|shower|bathroom|toilet|loo|room|house|balcony|kitchen|garage|boot|trunk|door|seat|freezer))))\b/g,
    weak: /锁|困|卡住|反锁|\btrapped\b|\blocked\b|\bstuck in/,
  },
  {
    kind: "flood",
    strong:
      /水.{0,8}(?:流|漏|滴|渗|喷|射|淋|浸).{0,4}(?:插座|插排|电箱|电表|配电|电器|开关)|(?:插座|电箱|配电箱|开关).{0,8}(?:进水|滴水|泡水|漏水)|爆水管|水管爆|水喷|水漫|关不住水|水止不住|\bflood(?:ing|ed)?\b.{0,30}\b(?:socket|electric|fuse|ceiling|house|flat|kitchen|can't stop|cannot stop)\b|\bwater (?:is )?(?:pouring|gushing|spraying|coming through)\b|\bburst pipe\b|\bwater\b.{0,30}\b(?:light fitting|socket|fuse box|electrics)\b/g,
    weak: /漏水|水浸|\bflood|\bpouring\b|\bgush/,
  },
  {
    kind: "other",
    strong:
      /来人啊|救人|救命|出人命|要出人命|快塌|要塌|(?<!\d)(?:打|拨|叫|call )(?:了)?(?:119|120|999|911)(?!\d)|消防(?:车|员)|\bsos\b|\bmayday\b|\b(?:called?|ring|dial(?:l?ed)?) (?:999|911|112|000)\b|\bfire brigade\b|\bgoing to fall on\b|\bsomeone (?:will|is going to) (?:die|get killed)\b/g,
    weak: /危险|紧急|救|急急|\bdanger|\bemergency\b|\burgent\b/,
  },
];

export interface DangerReading {
  /** Kinds named without a guard by words that are danger on their own. */
  readonly strong: readonly DangerKind[];
  /** Kinds only hinted at. */
  readonly weak: readonly DangerKind[];
  /** Guards met by the strong words, and suppositions and figures met by the hints, each once. */
  readonly guards: readonly Guard[];
  /** The piece of the normalised text that was the first strong hit. */
  readonly words: string | null;
}

const NO_DANGER: DangerReading = { strong: [], weak: [], guards: [], words: null };

/** Reads the danger words of a normalised text. */
export function readDanger(text: string): DangerReading {
  if (text.length < 2) return NO_DANGER;
  const strong: DangerKind[] = [];
  const weak: DangerKind[] = [];
  const guards = new Set<Guard>();
  let words: string | null = null;
  for (const clause of clausesOf(text)) {
    for (const { kind, strong: strongWords, weak: weakWords } of KINDS) {
      const hits = matchesOf(clause.text, strongWords);
      const guarded = hits.map((hit) => guardOf(hitOf(hit, clause, text)));
      const open = guarded.indexOf(null);
      if (open >= 0 && !strong.includes(kind)) {
        strong.push(kind);
        words ??= hits[open]![0];
      }
      // 没着火,就是冒烟: what is denied says nothing of what stands beside it.
      if (open < 0) for (const guard of guarded) guards.add(guard!);
      if (hits.length > 0) continue;
      const hint = weakWords.exec(clause.text);
      if (!hint) continue;
      if (!weak.includes(kind)) weak.push(kind);
      // A hint denied may still be danger in other words (没有反应); one supposed, solved or meant as a figure is none.
      const guard = guardOf(hitOf(hint, clause, text));
      if (guard === "supposed" || guard === "figurative" || guard === "solved") guards.add(guard);
    }
  }
  return { strong, weak, guards: [...guards], words };
}

function hitOf(match: RegExpExecArray, clause: Clause, message: string): Hit {
  return {
    clause: clause.text,
    at: match.index,
    length: match[0].length,
    after: message.slice(clause.at + clause.text.length),
    message,
  };
}

const RANK: ReadonlyMap<DangerKind, number> = new Map(KINDS.map(({ kind }, rank) => [kind, rank]));

/** The kind to tell the customer of: a strong one first, else a hinted one, else `other`. */
export function kindOf(reading: DangerReading): DangerKind {
  const byRank = (kinds: readonly DangerKind[]): DangerKind | undefined => [...kinds].sort((a, b) => RANK.get(a)! - RANK.get(b)!)[0];
  return byRank(reading.strong) ?? byRank(reading.weak.filter((kind) => kind !== "other")) ?? "other";
}
