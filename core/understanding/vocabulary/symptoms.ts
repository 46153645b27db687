/**
 * Trouble told in words that no profile lists: 洗衣机洗着洗着转不起来了, the mirror won't fold. What is said of a product after its name,
 * in the grammar of things that fail, is a fault of it; which one, only its general fault can say.
 */

/** How far behind the name of a product its trouble may be told, characters. */
const REACH = 28;

/** Verbs of people: 约不到, 买不起, 修不好 tell nothing of the machine. */
const PERSONS = "使约买要用修退换装订想来说讲问等找看知清确舍值贵急好方满需能会是在记查付搬送寄拿取接联选卖保赔报认听忍受做预该忘离少免懂";

const HAN_SYMPTOMS: readonly RegExp[] = [
  // 折不起来, 充不进去, 转不动, 回不去
  new RegExp(
    `(?![${PERSONS}])[\\u3400-\\u9fff](?:不|唔)(?:燃|热|凉|起来|返?上去|返?上嚟|下来|下去|出来|进去|过去|回去|干净|到底|了|动|去|上|下|开|紧|严|准|着|出|灵|转|停|满|实|埋|郁|住|进|掂)了?`,
    "g",
  ),
  // 不动了, 不走了, 不喷了
  new RegExp(`(?<![是好要行能会用可])(?:不|唔)(?![${PERSONS}响吵漏抖晃滴])[\\u3400-\\u9fff]{1,2}(?:了|喇|啦)(?=$|[\\s,。!?])`, "g"),
  // 自己断电, 一直流水, 老是重启, 成日死机
  new RegExp(
    `(?:自己就?|自动就?|总是|老是|老(?![人师板公婆客化旧式家爸妈住牌])|一直|不停地?|经常|时不时|动不动就?|突然就?|成日|三不五时)(?![${PERSONS}打催拖])(?:自己|自动)?[\\u3400-\\u9fff]{2,3}(?=了|$|[\\s,。!?]|怎么|是不是|咋|点解)`,
    "g",
  ),
  // 抖得厉害, 裂了, 震, 断咗
  /(?<![影轻放遗判保银刷会音肯不没唔未冇别])(?:抖|震|晃|漏|响|吵|嘈|臭|裂|碎|断|松|歪|卡|烫|爆|烂|瘪|熄|锈|塌|翘|鼓|糊|窒)(?:得[\u3400-\u9fff]{1,3}|了|咗|住晒?|晒|来晃去|个不停|掉了?)?(?=$|[\s,。!?的]|怎么|是不是|咋|点解)/g,
  // 不出雾, 不显示, 唔喷水, 连不到, 锁唔到
  /(?:不|唔)(?:出|显示|喷|进|排|启动|识别|响应|通电|吸|抽|转|亮|充|放|走|动|跳|停|连|运|制|加热|上水|下水|保温|匹配|同步|感应|报|关机|开机)[\u3400-\u9fff]{0,1}/g,
  /(?:不|唔)会(?![用修弄来装坏漏再是有说讲回响])[\u3400-\u9fff]{1,2}/g,
  /(?:连|锁|开|关|充|升|降|转|推|拉|吸|排|收|调|放|弹|感应|识别|配对)(?:不|唔)到/g,
  // 发飘, 发烫, 一边暗, 中控卡顿, 锈穿
  /发[飘黄烫白黑软臭霉涩卡凉红绿麻]|卡顿|延迟|黑屏|花屏|闪退|重启|死机|当机|锈穿|腐蚀|咬坏|穿孔|老化|变形|短路|一边[暗亮热冷]|飘(?=$|[\s,。!?])|滞涩/g,
  // 全是水痕, 都系泡
  /(?:全|都)(?:是|系)[水油泡灰黑白霉锈毛印痕渍沙][\u3400-\u9fff]{0,2}/g,
  // 有条缝, 有个洞, 有股味
  /有(?:一)?(?:条|道|个|股|点|块|好多|很多)?(?:缝|罅|坑|洞|裂|划痕|味|气泡|水印|黑点|毛边|凹)[\u3400-\u9fff]{0,1}/g,
  // 泡沫溢出来, 水流不停, 往下掉水
  /(?:水|油|泡泡|泡沫|气|烟|雾)[\u3400-\u9fff]{0,2}(?:溢|满|流|漏|喷|冒|滴)(?:出来?|不停|下来)?|[掉冒喷溢流淌](?:水|油|烟|泡|火)/g,
  // 掉了, 松咗, 弯了
  /(?<![不没唔未冇别])(?:掉|松|弯|脱|爆|穿|化|破|甩|崩|黑|灭|歪)(?:了|咗|下来|落嚟)(?=$|[\s,。!?]|怎么|咋|点解)/g,
  // 黄黄的
  /(黄|黑|红|绿|白|灰|烫|凉|冻|花|糊|雾|卡|皱|歪)\1的?/g,
  // 往外挪, 乱跳, 往里灌水, 凹进去, 夹到人
  /(?:往[外里下前上]|到处|乱)[挪跑跳走动晃灌喷滴漏冒掉溅渗淌][水油]?|凹(?:进去?|陷|了|洞|痕)|弹(?:回|开|出)(?:去|来)|夹(?:到|住|了|伤)(?:人|手|脚|孩子|小孩|小朋友|狗|猫)|一[摊滩]水/g,
  // 忽大忽小, 几秒就停, 不认充电桩
  /忽[\u3400-\u9fff]忽[\u3400-\u9fff]|就(?:停|断|灭|黑|熄|卡)(?=了|咗|$|[\s,。!?])|(?:不|唔)认[\u3400-\u9fff]{0,4}/g,
  // 半天才亮, 转好慢, 充到一半停咗
  /半天(?:才|都|也)[\u3400-\u9fff]{1,2}|[转出进排升降开关洗热](?:得|到)?(?:很|好|超|太|特别|巨|贼)(?:慢|快|小声?|大声|吵|弱)|(?:到|了)一半(?:就|便|会)?(?:停|断|熄|死|卡)(?:了|咗|住)?/g,
  // 变凉水了, 变得很慢
  /变(?:得|成)?(?:很|好|越来越)?[\u3400-\u9fff]{1,3}(?=了|$|[\s,。!?])/g,
];

/** Verbs and states of people after a denial. */
const PEOPLE =
  "come|know|think|want|need|have|be|been|understand|remember|believe|wait|see|hear|afford|sure|home|here|available|happy|satisfied|interested|going|coming|getting|mind|care|like|trust|book|booked|pay|paid|buy|bought|use|used|worth|covered|under|included|urgent|able|say|said|tell|told|answer|call|reply|send|sent|yet|mine|ours|only|just|the|a|an|my|your|too|so|very|bad|good|fine|ok|okay|cheap|expensive|new|old|broken|what|why|how|until|till|before|after|now|today|tomorrow|it|that|this|in|on|at|for|with|necessarily|really|me|us|fix|fixed|repair|repaired|deliver|delivered|installed|install|arrive|arrived|make|made|replace|replaced|due|leaking|dripping|beeping|tripping|rattling|smelling|smelly|sparking|smoking|shaking|noisy|stuck|loose|cracked|damaged|faulty|blocked|dirty|great|much|sold|big|small|sorted|ready|back|delivered|listed|possible|convenient";
const LATIN_SYMPTOMS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:won'?t|will not|doesn'?t|does not|didn'?t|isn'?t|is not|not|can'?t|cannot|no longer|refuses to|fails to|struggles to|failing to) (?!(?:${PEOPLE})\\b)[a-z]{3,14}(?: (?:up|down|in|out|on|off|properly|right|back|its [a-z]{3,10}|the [a-z]{3,10}|any ?more))?`,
    "g",
  ),
  /\b(?:keeps?(?: on)?|stops?|stopped|started|starts) (?!(?:coming|calling|working with|being)\b)[a-z]{3,12}ing(?: (?:up|down|out|off|on|back))?/g,
  /\b(?:goes|went|going|gone|turned|turns|stays|staying|stone|freezing|boiling) (?:cold|hot|warm|black|blank|red|dead|soft|mad|crazy|quiet|dark|dim|off|out|flat|green|pink|purple|white|yellow|brown|round in circles|haywire)\b/g,
  /\b(?:takes (?:forever|ages|so long|too long|hours) to|hardly|barely|only half|only partly) [a-z]{3,12}(?: up)?/g,
  /\bno (?:mist|steam|spray|picture|signal|display|image|lights?|airflow|air|spark|drive|reverse|charge|hot water|ice|foam|suction|heat|sound|power|pressure)\b/g,
  /\b(?:runs?|running|on) (?:all (?:day|night|the time)(?: and (?:all )?night)?|constantly|non[ -]?stop|continuously)\b/g,
  /\b(?:wanders|drifts|leaks|drips|clicks|rattles|squeaks|hums|buzzes|stalls|judders|jerks|cuts out|flickers|trips|overheats|smells|stinks|beeps|hisses|gurgles|whistles|lags|crashes|jams|slips|shakes|wobbles|vibrates|pops open|floods|smokes|skips|sags|screeches|groans|hesitates|surges|creaks|pops|sputters|whines|dies|fades)\b/g,
  /\b(?:popped|fell|came|broke|sheared|snapped) (?:off|out|apart|loose|down)\b|\bo(?:ff|ut of) balance\b|\bup and down\b|\bignores (?:its|the) [a-z]{3,10}\b/g,
  /\b(?:pissing|gushing|spewing|spraying|squirting|dumping|pouring) (?:water|oil|out|everywhere|foam|coolant)|leav(?:es|ing) (?!me|you|my|your|the|it|at|for|now|a\b|in\b|on\b)[a-z]{3,12} (?:on|all over|everywhere)\b|leaves (?:streaks|marks|residue|stains|spots|a mess|water|dirt|crumbs)\b/g,
  /\b(?:burst|shears? off|sheared off|coming away|wearing off|torn|ripped|rusted|rusty|melted|scorched|peeling|hanging off|blank|dim|lagging|laggy|buckled|swollen|blown|wonky|fraying|frayed|split|snapped|warm to the touch|lid gone|handle gone)\b/g,
  /\b(?:bent|seized|fried|dripping|smoking|steaming|hissing|crackling|flapping|sagging|warped|perished|clogged|blocked|chipped|dented|sticky|sluggish|erratic)\b/g,
];

/** Brown water from the heater, suds pouring out of the dishwasher: trouble named before the product it comes from. */
const BEFORE =
  /\b(?:(?:brown|rusty|dirty|smelly|hot|cold|black|murky) water|gap|hole|crack|dent|suds|foam|smoke|sparks|puddle|draught|draft|condensation|rust|mould|mold|burning smell|horrible smell|bad smell|funny smell|noise|hissing|rattling|banging|clicking|humming|dripping|grease|oil)\b(?= (?:\w+ ){0,3}(?:from|in|on|under|inside|out of|around|behind|when|by|coming off) (?:the |my |our |this )?$)/;

/** Between the product and its trouble somebody else came up. */
const SOMEBODY =
  /我|你|您|他|她|们|佢|哋|师傅|师父|客服|价|钱|[。.!?;]|\b(?:i|i'm|i've|we|you|your|he|she|they|who|guy|man|engineer|technician|someone|nobody|company|price|invoice|warranty|appointment|booking|delivery)\b/;
/** The clause asks or supposes. */
const SUPPOSED = /(?:如果|要是|万一|会不会|是不是|有没有|怎样才|如何|\bif\b|\bhow (?:do|can|to)\b|\bwhy\b|\bwould\b)[^,。.!?]{0,20}$/;

/**
 * What is wrong with a product, told after its name.
 *
 * @param text the normalised message
 * @param from index right behind the product's name
 * @returns the stretch of the text, or `null`
 */
export function symptomAfter(text: string, from: number): { from: number; to: number } | null {
  const window = text.slice(from, from + REACH * 2);
  let best: { from: number; to: number } | null = null;
  for (const pattern of /[\u3400-\u9fff]/.test(window) ? HAN_SYMPTOMS : LATIN_SYMPTOMS) {
    pattern.lastIndex = 0;
    const match = pattern.exec(window);
    if (match === null || match.index > REACH || (best !== null && match.index >= best.from - from)) continue;
    const lead = window.slice(0, match.index);
    if (SOMEBODY.test(lead) || SUPPOSED.test(lead)) continue;
    best = { from: from + match.index, to: from + match.index + match[0].length };
  }
  return best;
}

/**
 * What is wrong with a product, told before its name in English.
 *
 * @param text the normalised message
 * @param to index at which the product's name begins
 */
export function symptomBefore(text: string, to: number): { from: number; to: number } | null {
  const start = Math.max(0, to - 48);
  const match = BEFORE.exec(text.slice(start, to));
  if (match === null || /\bno +$/.test(text.slice(0, start + match.index))) return null;
  return { from: start + match.index, to: start + match.index + match[0].length };
}
