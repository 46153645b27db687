/**
 * Ways to tell of the same trouble. A fault whose wordings hold one of a family's cues can be told by each of its members: who writes
 * 异响 into a profile need not write 咔咔响, 嗡嗡声 and 吱吱叫 beside it.
 */
interface Family {
  readonly cues: readonly string[];
  readonly members: readonly string[];
}

const words = (text: string): readonly string[] => text.split("|");

/** Sounds that are doubled in Chinese to name a noise (咔咔, 嗡嗡, 吱吱). */
const SOUNDS = [..."咔嗡吱滋哒咯嘎哐咚砰当叮轰咣噔嗒噗嘶呜铛咕"];
const DOUBLED = SOUNDS.flatMap((sound) => [`${sound}${sound}响`, `${sound}${sound}声`, `${sound}${sound}叫`]);
const PAIRS = words("咕噜咕噜|噼里啪啦|吱呀吱呀|哐当哐当|咯噔咯噔|轰隆轰隆|叮叮当当|咔嚓咔嚓|滋啦滋啦|稀里哗啦|叽里呱啦|咕咚咕咚");

/** With these a verb alone tells of a fault, whatever it is of: 又漏, 一直响, 就抖. */
const AGAIN = words("一直|老是|老|总是|总|又|还|仲|成日|整天|天天|就|还在|不停地|仲系|还是");
const again = (verbs: string): string[] => AGAIN.flatMap((adverb) => words(verbs).map((verb) => adverb + verb));
const NOISES = [...again("响|吵|嘈"), "嘈住晒", "响住晒"];
/** e5 error, E4 on the display. */
const CODES = words("e error|f error|e fault|e on the display|e on display|e on the screen|f on the display|f on display");
const LEAKS = again("漏|滴|漏水|滴水|渗水|流水");
const SHAKES = again("抖|震|晃");

/** The whole wording is a cue. */
const WHOLE: readonly Family[] = [
  {
    cues: words("异响|有异响|异音|有异音|噪音大|很吵|声音大"),
    members: [
      ...DOUBLED,
      ...NOISES,
      ...PAIRS.flatMap((pair) => [`${pair}响`, `${pair}叫`, `${pair}声`]),
      ...words(
        "怪声|怪音|杂音|杂声|响得要命|响得不行|响得厉害|响个不停|吵死|吵得要命|吵得不行|吵得睡不着|吵到睡不着|嘈|好嘈|嘈住晒|嘈到死|声音很响|声音超大|声很大|声好大|大声|噪声|噪音|跟开飞机似的|跟打雷似的|像拖拉机|像飞机|像打雷|轰轰叫|叩叩声|达达声|叽叽叫",
      ),
    ],
  },
  {
    cues: words("noisy|loud|loud noise|strange noise|making a noise|makes noise|noise"),
    members: words(
      "rattle|rattling|buzz|buzzing|humming|grinding|grinding noise|squeal|squealing|squeak|squeaking|clicking|knocking|banging|thumping|whining|whine|whirring|roaring|deafening|clunking|clunk|clattering|screeching|ticking|gurgling|gurgles|racket|sounds like a jet|sounds like a tractor|sounds like a plane|funny noise|weird noise|odd noise|awful noise|horrible noise|making noises|making a racket",
    ),
  },
  {
    cues: words("漏水|往下滴水|底部漏水"),
    members: LEAKS.concat(
      words(
        "渗水|滴水|淌水|流水|滋水|冒水|往外流水|流一地水|流了一地水|一摊水|地上全是水|地上都是水|满地是水|一地水|一滩水|流到成地水|成地水|滴滴答答|水流出来|水漏出来|漏得厉害|滲出水|底下有水",
      ),
    ),
  },
  {
    cues: words("leak|leaks|leaking|leaking water|water leak"),
    members: words(
      "dripping|drips|puddle|puddles|water everywhere|water on the floor|water all over|seeping|seeps|water coming out|water pouring out|pouring water|weeping|flooding|pool of water",
    ),
  },
  {
    cues: words("有异味|臭味|有臭味|异味|霉味"),
    members: words(
      "怪味|有味道|一股味|味道大|味儿大|味道很大|难闻|好臭|很臭|发臭|臭烘烘|有股味|霉臭|一股霉味|一阵味|阵味|馊味|酸味|酸臭|异味大",
    ),
  },
  {
    cues: words("bad smell|smelly|smells bad|stinks"),
    members: words(
      "stink|reeks|reek|stench|whiffs|whiffy|pongs|pong|smells off|smells funny|smells awful|smells horrible|smells of damp|smells damp|musty|horrible smell|nasty smell|funny smell|weird smell",
    ),
  },
  {
    cues: words("不通电|没电|开不了机|通不了电|不能开机|无法开机"),
    members: words(
      "开不开机|没动静|按了没用|一点反应都没|没反应|按了没反应|按什么都没用|打不开机|启动不了|不开机|不着机|开唔到机|著唔到|开不起来|死机|插电没反应",
    ),
  },
  {
    cues: words("won't turn on|doesn't turn on|won't power on|won't switch on"),
    members: words(
      "no power|dead|completely dead|totally dead|won't start|won't come on|nothing happens|no lights|no sign of life|unresponsive|won't power up|won't fire up|not responding|does nothing|won't boot|kaput|conked out",
    ),
  },
  {
    cues: words("坏了|坏掉|不能用了|用不了"),
    members: words(
      "不好使|不好用|不灵|失灵|罢工|趴窝|报废|歇菜|出问题|有问题|出毛病|有毛病|出故障|不工作|不运行|用不到|坏咗|烂咗|烂了|不行了|当机|整坏|弄坏|坏掉了|没法用",
    ),
  },
  {
    cues: words("not working|doesn't work|broken|stopped working"),
    members: words(
      "broke|broke down|bust|busted|knackered|kaput|packed up|packed in|playing up|acting up|given up|gave up|gone wrong|on the blink|on the fritz|conked out|conked|died|dead|out of order|faulty|defective|malfunctioning|malfunction|won't work|no longer works|quit working|kicked the bucket|had it|failed|has a fault|has a problem|something wrong|not right",
    ),
  },
  {
    cues: words("裂了|裂开|开裂|裂纹"),
    members: words("裂缝|裂痕|裂口|裂一条|裂了条缝|裂了一道|裂了道缝|有条裂|有道裂|裂咗|爆裂|裂掉|开了条缝|破裂"),
  },
  { cues: words("cracked|crack|is cracked"), members: words("hairline crack|cracked|crack|cracks|fractured") },
  {
    cues: words("碎了|碎掉|打碎|爆了|自爆|炸裂"),
    members: words("碎了|炸了|爆咗|爆开|炸开|炸了一块|爆一块|自爆|碎一地|粉碎|打烂|打爆|敲碎|爆掉|碎裂"),
  },
  {
    cues: words("shattered|smashed|shattered glass"),
    members: words("shattered|smashed|exploded|blew out|in bits|in pieces|to bits|burst|smashed to bits"),
  },
  {
    cues: words("卡住|推不动|拉不动"),
    members: words(
      "卡死|卡紧|卡着|动不了|推不开|拉不开|推起来费劲|推起来很重|好难推|很难推|很难拉|拉起来费劲|卡卡的|不顺|推唔郁|推唔开|生涩",
    ),
  },
  {
    cues: words("is stuck|stuck|jammed|gets stuck|hard to slide"),
    members: words(
      "stuck|jammed|jams|seized|won't budge|won't move|wedged|hard to slide|hard to move|stiff|won't slide|stuck shut|stuck open",
    ),
  },
  {
    cues: words("晃|会晃|晃动|松动|松了"),
    members: words("晃|会晃|晃动|摇晃|晃来晃去|松动|松了|松脱|松咗|鬆咗|摇摇晃晃|不稳|一推就晃|摇"),
  },
  {
    cues: words("wobbly|wobbles|loose|shaky"),
    members: words("wobbly|wobble|wobbles|wobbling|shaky|rickety|loose|not steady|unsteady|wiggles|moves about"),
  },
  { cues: words("抖动|发抖|抖得厉害|车抖|车子抖"), members: SHAKES },
  { cues: words("跳闸|老跳闸|一插就跳"), members: words("跳掣|跳电|跳制|跳总闸|跳空开|断闸|掉闸|跳闸") },
  {
    cues: words("trips|trips the breaker|tripping"),
    members: words(
      "tripping|tripped|trips|tripping the fuse|trips the fuse|trips the fuse box|tripping the fuse box|blows the fuse|blew the fuse|trips the electrics|tripping the electrics|tripped the breaker|trips the rcd|trips the switch|trips the power",
    ),
  },
  {
    cues: words("故障代码|错误代码|显示错误|报故障"),
    members: words("显示e|显示f|报e|报f|出e|出f|跳e|跳f|亮e|故障e|故障f|代码e|代码f|显示h|显示p|显示u|显示er|报警e|一直e"),
  },
  {
    cues: words("error code|error|shows an error|fault code"),
    members: words(
      "e error|f error|e fault|e on the display|e on display|e on the screen|f on the display|f on display|code e|code f|code h|error e|error f|error h|showing e|showing f|shows e|shows f|shows er|says e|says f|flashing e|flashing f|displaying e|displaying f|displays e|displays f|fault e|fault f|lockout f|lockout|e code|beeping an error|error message|fault light|fault code",
    ),
  },
  {
    cues: words("scratched|scratches|scratch"),
    members: words("scratched|scratches|scratch|scraped|scrape|scuffed|scuff|scratch marks|scored"),
  },
  { cues: words("划痕|划花|刮花|划伤"), members: words("划痕|划花|刮花|刮痕|刮到|刮了|划了|划伤|擦花|蹭花|蹭掉漆|刮伤|刮咗") },
  {
    cues: words("漏电|麻手"),
    members: words("漏电|麻手|触电|电人|电手|电了我|摸着麻|被电|有电麻|电到手"),
  },
];

/** A wording that ends with a cue, behind what is meant: 灯坏, 门把手坏了, handle broken. */
const TAILS: readonly Family[] = [
  { cues: words("坏了|坏掉|坏"), members: words("坏|烂|失灵|损坏|有问题|出问题|不好使|不好用|不灵|没用|报废|出毛病") },
  {
    cues: words("broken|broke|is broken"),
    members: words(
      "broken|broke|is broken|snapped|has gone|is gone|gone|bust|busted|knackered|faulty|failed|damaged|not working|doesn't work",
    ),
  },
  { cues: words("打不开|开不了"), members: words("打不开|开不了|开不开|开不起来|拉不开|推不开|开唔到|打唔开|掰不开|开不动") },
  {
    cues: words("关不上|关不严|合不上|关不紧"),
    members: words(
      "关不上|关不严|关不紧|关不拢|关不住|关不了|关不起来|关不到|关不好|合不上|合不拢|合不严|关唔埋|闩唔埋|闩唔实|关唔实|锁不住|带不上",
    ),
  },
  { cues: words("不亮"), members: words("不亮|不着|不闪|唔着|坏|黑了|灭了|不会亮|闪") },
  { cues: words("不转|转不动"), members: words("不转|转不动|不会转|不动|唔转|唔郁|转不了|不转圈|卡住") },
  { cues: words("没反应"), members: words("没反应|冇反应|没有反应|不灵|失灵|没用|不感应|按了没用|无反应|没动静|不响应") },
  {
    cues: words("won't open|doesn't open|can't open"),
    members: words("won't open|doesn't open|not opening|can't open|refuses to open|stuck|jammed|stuck shut"),
  },
  {
    cues: words("won't close|doesn't close|can't close|won't shut"),
    members: words(
      "won't close|doesn't close|not closing|can't close|won't shut|doesn't shut|not shutting|won't stay shut|won't stay closed|refuses to close|won't lock|won't latch|won't seal",
    ),
  },
];

function byCue(families: readonly Family[]): ReadonlyMap<string, Family> {
  return new Map(families.flatMap((family) => family.cues.map((cue) => [cue, family] as const)));
}

const WHOLE_BY_CUE = byCue(WHOLE);
/** The longest cue first: 坏掉 before 坏. */
const TAILS_BY_CUE = [...byCue(TAILS)].sort(([one], [other]) => other.length - one.length);

/** What may be meant before a tail: some Han characters, or one to three English words. */
const MEANT = /^(?:[\u3400-\u9fff]{1,6}|[a-z]{3,}(?: [a-z]{3,}){0,2})$/;
/** Parts of English wordings that say nothing of what is meant. */
const NOTHING = /^(?:it|its|the|has|have|was|not|just|keeps|got|glass)$/;

/**
 * Other ways to tell a fault that is told by these wordings.
 *
 * @param wordings normalised wordings of one fault
 */
export function relatives(wordings: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const wording of wordings) {
    for (const member of WHOLE_BY_CUE.get(wording)?.members ?? []) found.add(member);
    for (const [cue, family] of TAILS_BY_CUE) {
      if (!wording.endsWith(cue) || wording.length === cue.length) continue;
      const meant = wording.slice(0, -cue.length).trim();
      const latin = /[a-z]$/.test(meant);
      if (!MEANT.test(meant) || NOTHING.test(meant) || (latin && wording.charAt(meant.length) !== " ")) break;
      for (const member of family.members) found.add(latin ? `${meant} ${member}` : meant + member);
      break;
    }
  }
  for (const wording of wordings) found.delete(wording);
  return [...found];
}

const CERTAIN = new Set([...NOISES, ...LEAKS, ...SHAKES, ...CODES]);

/** Does this member tell of a fault even where no product is named? */
export const isCertain = (member: string): boolean => CERTAIN.has(member);

const GENERAL = new Set(words("坏了|坏掉|用不了|出故障|not working|broken|doesn't work"));

/** Do these wordings of a fault say no more than that something is wrong? */
export const isGeneralFault = (wordings: readonly string[]): boolean => wordings.some((wording) => GENERAL.has(wording));
