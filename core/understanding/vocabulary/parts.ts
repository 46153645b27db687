/**
 * Trouble with a part, told without the thing it belongs to: the latch won't catch, my gear knob came off, 门把手断了. Only words that
 * name parts of machines, cars, doors and windows begin it, so that "the link doesn't work" is none.
 */

const alternatives = (text: string): string => text.split(" ").join("|").replaceAll("_", " ");

const PARTS = alternatives(
  "door lid handle knob gear_knob latch lock hinge seal gasket drawer rack tray hose pipe belt motor fan pump drum element thermostat sensor " +
    "button switch panel display screen touchscreen light bulb lamp led remote plug cord cable valve nozzle wheel roller track rail spring " +
    "bracket clip clamp bolt post pane frame silicone sealant strip closer window mirror bonnet hood boot trunk tailgate bumper fender " +
    "seat seatbelt belt airbag horn wiper headlight taillight indicator blinker exhaust muffler tailpipe radiator alternator starter battery " +
    "clutch gearbox transmission gear gearstick pedal brake handbrake tyre tire rim alloy suspension shock strut steering sunroof key fob " +
    "alarm camera radio stereo speaker dash dashboard gauge speedo heater defrost defroster demister blower vent fuel_cap gas_cap tow_bar " +
    "dash_cam compressor burner flame pilot ignition timer clock dial spray_arm basket blade brush charger charging_port dock machine unit " +
    "appliance turntable lug_nut agitator cruise_control tranny cluster suction catch shelf engine thing ceiling_light cel check_engine_light fan_belt drawer_front soft_close filter tank jug lead wire glass gate",
);
/** What may stand between a part and its trouble. */
const BETWEEN = alternatives(
  "is are was were has have had just got keeps keep went all completely totally really so very now still been again inside doesn't_even you fitted " +
    "on in it the that thats that's also kind_of a_bit constantly always suddenly randomly sometimes only light side left right rear front",
);
const BROKEN = alternatives(
  "came_off came_loose came_out came_away coming_off coming_loose come_off come_loose falls_off fell_off fell_apart fell_out fell_down falling_off " +
    "broke broken snapped cracked bust busted dead died gone shot stuck jammed jamming seized loose bent split torn ripped melted burst " +
    "bursted burnt blown blew fried knackered faulty damaged missing leaking leaks leaky dripping drips wobbly wobbles rattling rattles " +
    "squeaks squeaking buzzes buzzing hums humming flickers flickering blinking clicking grinds grinding quit failed failing popped_off " +
    "popped_out popped peeling rusty rusted worn worn_out misaligned wonky crooked smashed shattered scuffed dented frozen conked_out " +
    "packed_in gave_out gave_up given_up out slipping sticking sticks catching dragging sagging overheating smoking sparking stiff floppy " +
    "knocking squealing screeching whining vibrating shaking fogging_up misting_up locked_up cut_out cuts_out had_it toast packed_up on_its_last on_the_way_out sheared_off sheared coming_away " +
    "come_away perished wearing_off wearing_thin full_of_water full_of_suds playing_up acting_up done_for kaput buggered stuffed dodgy iffy " +
    "clogged blocked",
);
const DOES_NOT =
  "(?:won'?t|will not|doesn'?t|does not|didn'?t|isn'?t|is not|aren'?t|not|can'?t|cannot|no longer|refuses? to|fails? to|stopped|keeps?(?: on)?|quit)";
/** Verbs of things; "doesn't matter" and "won't fit my budget" are of people. */
const WORKING =
  "(?:work|open|close|shut|lock|unlock|latch|catch|click|turn|spin|move|slide|fold|fit|start|charge|hold|stay|go|come|light|heat|cool|drain|fill|flush|pump|spray|rinse|seal|stop|budge|roll|retract|adjust|respond|react|switch|power|fire|ignite|connect|pair|record|show|display|play|lift|drop|engage|release|swing|slam|squeak|rattle|leak|drip|beep|flash|flicker|blink|jam|stick|slip|trip|fog|mist|steam|burn|reset|line|sit|screw|tighten|align|recogni[sz]e|detect|read)(?:s|es|ing|ning|ping|ting|ed)?";

const OF_PART = new RegExp(
  `\\b(?:${PARTS})s?(?:'s)? (?:(?:${BETWEEN}) ){0,3}(?:(?:${BROKEN})\\b|${DOES_NOT} (?:even |really |always |fully |quite )?${WORKING}\\b(?: (?:up|down|in|out|on|off|shut|open|properly|back|put|straight))?)`,
);
/** Smells, sounds and codes tell of trouble whatever they come from. */
const ANYWHERE: readonly RegExp[] = [
  /\bsmell(?:s|ing)? (?:like|of) (?!me\b|you\b|a scam\b|fun\b)[a-z]{3,14}(?: [a-z]{3,12})?/,
  /\b(?:sounds?|sounding) like (?:an? )(?!plan\b|deal\b|good\b|great\b|scam\b|lot\b|robot\b|bot\b|joke\b|rip\b)[a-z]{3,14}(?: [a-z]{3,12})?/,
  /\b(?:slow leak|conks? out|conking out|nothing (?:comes out|heats|happens|lights up|moves|turns on)|water (?:everywhere|all over)|won't go (?:above|below|past|over)(?: \d+)?|won't get (?:above|below|past|over)(?: \d+)?)\b/,
  /\b[pbcu]0\d{3}\b/,
  /\b(?:shows?|showing|says|now|code|error|displays?|displaying|flashing|reads?) [efhp]-?\d{1,3}\b/,
  new RegExp(
    `\\b(?:dodgy|faulty|iffy|broken|busted|cracked|jammed|bent|torn|leaking|worn|worn out|snapped|smashed|squeaky|noisy) (?:[a-z]{3,12} )?(?:${PARTS})s?\\b`,
  ),
  /\b(?:starting|charging|cooling|heating|draining|spinning|leakage|braking|steering|overheating|vibration|ignition|pickup|noise|smell) (?:problems?|issues?|troubles?)\b/,
  /\b(?!annoying)[a-z]{3,10}ing (?:noise|sound)s?\b/,
  /\b(?:oil|water|coolant|fluid|petrol|fuel|suds|foam|glass) (?:all over|everywhere)\b/,
  /\b(?:leaky|wonky|wobbly|squeaky|rattly|creaky|draughty|drafty|clunky|jerky|juddery) (?=[a-z]{3,})/,
  /\b(?:smoke|steam|sparks|water|oil|coolant|fluid|foam)(?:'s| is| was| keeps)? (?:coming|pouring|gushing|spraying|shooting|pissing|spewing|squirting|leaking|dripping|running|going) (?:out|outta|from|down|in|into|through|all|everywhere|under)\b/,
  /\bit(?:'s| is| keeps| just| has| really| still)? (?:conks? out|judders?|shudders?|stalls?|jerks?|cuts? out|leaks?|rattles?|squeaks?|grinds?|trips?|overheats?|sputters?|vibrates?|wobbles?|drips?|leaking|rattling|squeaking|grinding|shaking|vibrating|dripping|smoking|sparking|tripping|overheating|juddering|shuddering|stalling)\b/,
];

const HAN_PARTS =
  "(?:水泵|排水泵|盖|座椅|把手|拉手|门锁|锁芯|锁舌|轮子|滑轮|轨道|合页|铰链|铰炼|绞链|绞炼|胶条|胶边|密封条|弹簧|开关|按键|按钮|旋钮|面板|屏幕|显示屏|电机|马达|风扇|叶片|皮带|水管|排水管|进水管|软管|接头|阀门|龙头|喷头|滤网|滤芯|灯|灯泡|灯管|盖子|盖板|抽屉|层板|玻璃|边框|窗框|门框|螺丝|支架|挂钩|底座|轮胎|轮毂|后视镜|后照镜|后镜|倒后镜|雨刷|雨刮|水拨|大灯|尾灯|保险杠|保险杆|引擎盖|车门|车窗|天窗|座椅|安全带|方向盘|油箱盖|钥匙|遥控器|遥控|喇叭|排气管|死气喉|水箱|压缩机|插头|电线|线头|加热管|发热管|内胆|滚筒|桶|门封|门|窗)";
const HAN_BROKEN =
  "(?:掉了?|断了?|坏了?|裂了?|松了?|卡住|卡死|破了?|歪了?|脱落|碎了?|烂了?|锈了?|锈死|漏了?|鼓包|变形|失灵|没反应|不亮|不转|不动|不灵|不响|闪|发黑|发霉|老化|堵了?|堵住|烧了?|爆了?|甩了?|崩了?|翘起?|弯了?|灭了?|凹[进陷了下]?|[又就]?不行了?|[转开关弹放升降推拉收折合锁打按闩]?[不唔](?:了|动|上|下|开|紧|严|到|实|埋|郁|倒|平|起来|回去|出来))";
const HAN_OF_PART = new RegExp(
  `${HAN_PARTS}(?:[都也又就会老总一直自己被撞给太很已经经常突然整个上面下边的]{0,4})${HAN_BROKEN}(?:咗|了|晒|得很|得厉害|很快)?`,
);
const HAN_ANYWHERE: readonly RegExp[] = [
  // 嗡嗡的, 达达达的声音, 咯吱咯吱
  /([咔嗡吱滋哒达咯嘎哐咚砰当叮轰咣噔嗒噗嘶呜铛咕呼哔滴嘟嘀])\1{1,3}(?![打司出车])(?:的)?(?:声音|响声|响|声|叫|作响)?/,
  /(?:嘎达|咯噔|咔嗒|咕咚|哐当|吱嘎|嘎吱|咯吱|咔哒|咔嚓|嘎嘣|滋啦|叽叽|唧唧){1,2}(?:的)?(?:声音|响声|响|声|叫)?/,
  // 一股尿骚味, 有臭袜子味
  /(?:一股|有股|股|阵|有)(?![没冇什啥哪])[\u3400-\u9fff]{1,4}味/,
  /(?:像|跟)(?![你我他她这那是要个上以之平说原别往昨前新没图广样])[\u3400-\u9fff]{1,6}(?:一样|似的|那样|咁)(?:响|吵|叫|大声|嘈)?/,
  /(?:起雾|起泡|结水|结冰|结霜|渗油|掉胎压|掉压|亏气)/,
];

/** Asked or supposed, or told as mended: no trouble now. */
const NOT_NOW =
  /(?:\bif\b|\bin case\b|\bhow (?:do|can|to|much)\b|\bno longer\b|\bnot\b|\bprice\b|\bcost\b|如果|要是|万一|会不会|是不是|有没有|怎么|没有|不是|不再)[^,。.!?]{0,16}$/;
/** Somebody came and found it: what it was is told, not what it is. */
const SOLVED = /来过|修好|弄好|搞好|解决|换过|换好|搞定|处理好|\b(?:fixed|sorted|replaced|turned out|came and)\b/;
const AGAIN = /又|还|再|\b(?:again|still|already|now)\b/;
/** Shops and messages are no machines: the link doesn't work, the door on your website. */
const ELSEWHERE = /\b(?:link|website|app|email|payment|card|voicemail|phone line|number)\b/;

/**
 * What is wrong with a part or by smell, sound or code, with no product named.
 *
 * @param text the normalised message
 */
export function partTrouble(text: string): { from: number; to: number } | null {
  const han = /[\u3400-\u9fff]/.test(text);
  let best: { from: number; to: number } | null = null;
  for (const pattern of han ? [HAN_OF_PART, ...HAN_ANYWHERE] : [OF_PART, ...ANYWHERE]) {
    const match = pattern.exec(text);
    if (match === null || (best !== null && match.index >= best.from)) continue;
    const clause = text.slice(Math.max(0, match.index - 40), match.index);
    if (NOT_NOW.test(clause) || (!han && ELSEWHERE.test(clause))) continue;
    if (SOLVED.test(clause) && !AGAIN.test(text.slice(Math.max(0, match.index - 12)))) continue;
    best = { from: match.index, to: match.index + match[0].trimEnd().length };
  }
  return best;
}
