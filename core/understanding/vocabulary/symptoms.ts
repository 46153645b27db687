/**
 * Trouble told in words that no profile lists: 洗衣机洗着洗着转不起来了, the mirror won't fold. What is said of a product after its name,
 * in the grammar of things that fail, is a fault of it; which one, only its general fault can say.
 */

/** How far behind the name of a product its trouble may be told, characters. */
const REACH = 28;

/** Verbs of people: 约不到, 买不起, 修不好 tell nothing of the machine. */
const PERSONS = "约买要用修退换装订想来说讲问等找看知清确舍值贵急好方满需能会是在记查付搬送寄拿取接联选卖保赔报认听忍受做预该忘离少免懂";

const HAN_SYMPTOMS: readonly RegExp[] = [
  // 折不起来, 充不进去, 转不动, 回不去
  new RegExp(
    `(?![${PERSONS}])[\\u3400-\\u9fff](?:不|唔)(?:起来|返?上去|返?上嚟|下来|下去|出来|进去|过去|回去|干净|到底|了|动|去|上|下|开|紧|严|准|着|出|灵|转|停|满|实|埋|郁|住|进|掂)了?`,
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
  /(?<![影轻放遗判保银刷会音肯])(?:抖|震|晃|漏|响|吵|嘈|臭|裂|碎|断|松|歪|卡|烫|爆|烂|瘪|熄|锈|塌|翘|鼓|糊|窒)(?:得[\u3400-\u9fff]{1,3}|了|咗|住晒?|晒|来晃去|个不停|掉)?(?=$|[\s,。!?的]|怎么|是不是|咋|点解)/g,
  // 变凉水了, 变得很慢
  /变(?:得|成)?(?:很|好|越来越)?[\u3400-\u9fff]{1,3}(?=了|$|[\s,。!?])/g,
];

/** Verbs and states of people after a denial. */
const PEOPLE =
  "come|know|think|want|need|have|be|been|understand|remember|believe|wait|see|hear|afford|sure|home|here|available|happy|satisfied|interested|going|coming|getting|mind|care|like|trust|book|booked|pay|paid|buy|bought|use|used|worth|covered|under|included|urgent|able|say|said|tell|told|answer|call|reply|send|sent|yet|mine|ours|only|just|the|a|an|my|your|too|so|very|bad|good|fine|ok|okay|cheap|expensive|new|old|broken|what|why|how|until|till|before|after|now|today|tomorrow|it|that|this|in|on|at|for|with|necessarily|really|me|us|fix|fixed|repair|repaired|deliver|delivered|installed|install|arrive|arrived|make|made|replace|replaced";
const LATIN_SYMPTOMS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:won'?t|will not|doesn'?t|does not|didn'?t|isn'?t|is not|not|can'?t|cannot|no longer|refuses to|fails to|struggles to|failing to) (?!(?:${PEOPLE})\\b)[a-z]{3,14}(?: (?:up|down|in|out|on|off|properly|right|back|its [a-z]{3,10}|the [a-z]{3,10}|any ?more))?`,
    "g",
  ),
  /\b(?:keeps?(?: on)?|stops?|stopped|started|starts) (?!(?:coming|calling|working with|being)\b)[a-z]{3,12}ing(?: (?:up|down|out|off|on|back))?/g,
  /\b(?:goes|went|going|gone|turned|turns|stays|staying|stone|freezing|boiling) (?:cold|hot|warm|black|blank|red|dead|soft|mad|crazy|quiet|dark|dim|off|out|flat|green|pink|purple|white|yellow|brown|round in circles|haywire)\b/g,
  /\b(?:takes (?:forever|ages|so long|too long|hours) to|hardly|barely|only half|only partly) [a-z]{3,12}(?: up)?/g,
  /\b(?:bent|seized|fried|dripping|smoking|steaming|hissing|crackling|flapping|sagging|warped|perished|clogged|blocked|chipped|dented|sticky|sluggish|erratic)\b/g,
];

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
