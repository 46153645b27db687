/** What decided a reading, in words for people who run a shop: nothing here needs knowledge of how the learner counts. Pure. */
import { unreachable } from "../errors.ts";
import type { Language, LocalText } from "../language.ts";
import type { TraceStep } from "../spine/trace.ts";
import type { Intent, Why } from "../understanding/types.ts";
import { comma } from "../wording/format.ts";
import { percent, pick, quote, round, wordOf } from "./explain-values.ts";
import { INTENT_WORDS, PIECE_WORDS, SIGNAL_WORDS } from "./explain-words.ts";

type Understood = Extract<TraceStep, { kind: "understood" }>;

const say = (cn: string, tw: string, en: string): LocalText => ({ "zh-CN": cn, "zh-TW": tw, en });

/** Kinds of danger, as the danger words and the notions of the lexicon name them. */
const DANGER: Readonly<Record<string, LocalText>> = {
  injury: say("有人受伤", "有人受傷", "somebody is hurt"),
  gas: say("燃气", "瓦斯", "gas"),
  fire: say("着火冒烟", "著火冒煙", "fire or smoke"),
  shock: say("触电", "觸電", "electric shock"),
  brakes: say("刹车", "煞車", "brakes"),
  steering: say("方向盘", "方向盤", "steering"),
  glass: say("玻璃", "玻璃", "glass"),
  trapped: say("有人被困", "有人受困", "somebody is locked in"),
  flood: say("水和电", "水和電", "water near power"),
  other: say("求救", "求救", "a cry for help"),
};

/** What readers and rules found, by the name the learner has for it. */
const FOUND: Readonly<Record<string, LocalText>> = {
  date: say("提到日子", "提到日期", "a date"),
  past: say("说的是过去", "說的是過去", "a time gone by"),
  clock: say("提到钟点", "提到時刻", "an hour"),
  dates: say("提到几个日子", "提到幾個日期", "several dates"),
  danger: say("危险的说法", "危險的說法", "words of danger"),
  "ask:fewer_messages": say("不想要消息", "不想要訊息", "refuses messages"),
  "ask:messages_back": say("想要消息", "想要訊息", "wants messages"),
  "ask:person": say("要找人", "要找人", "asks for somebody"),
  "ask:our_work": say("说到我们做的活", "說到我們做的工作", "speaks of our work"),
  "ask:existing_visit": say("说到已有的预约", "說到已有的預約", "speaks of an existing booking"),
  "ask:new_visit": say("想约人来", "想約人來", "wants a visit"),
  "ask:work_done": say("说到做过的活", "說到做過的工作", "speaks of work done"),
  "ask:praise": say("夸奖", "稱讚", "praise"),
  "ask:price": say("说到价钱", "說到價錢", "speaks of a price"),
  "ask:nothing": say("没有提出要求", "沒有提出要求", "asks for nothing by name"),
  "guard:denied": say("否认", "否認", "denied"),
  "guard:past": say("已经过去", "已經過去", "in the past"),
  "guard:solved": say("已经解决", "已經解決", "already solved"),
  "guard:supposed": say("只是假设", "只是假設", "only supposed"),
  "guard:asked_about": say("只是打听", "只是打聽", "only asked about"),
  "guard:figurative": say("比方的说法", "比喻的說法", "a figure of speech"),
};

/** Notions of the lexicon; a notion told in more words than one line holds has the same meaning with `_more`. */
const NOTIONS: Readonly<Record<string, LocalText>> = {
  neg: say("否定", "否定", "a denial"),
  want: say("想要", "想要", "a wish"),
  cancel: say("取消", "取消", "cancelling"),
  move: say("改时间", "改時間", "moving"),
  postpone: say("推迟", "延後", "putting off"),
  booking: say("预约", "預約", "a booking"),
  book_do: say("上门或检查", "到府或檢查", "a visit"),
  existing: say("已有的预约", "已有的預約", "an existing booking"),
  repair: say("修理保养", "維修保養", "repair or maintenance"),
  jobs: say("要做的项目", "要做的項目", "a job to do"),
  broken: say("坏了", "壞了", "broken"),
  symptom: say("故障现象", "故障現象", "a symptom"),
  fault: say("故障现象", "故障現象", "a symptom"),
  cannot_use: say("没法用", "無法使用", "cannot be used"),
  again: say("又一次", "又一次", "once more"),
  times: say("好几次", "好幾次", "several times"),
  not_fixed: say("没修好", "沒修好", "not fixed"),
  blame: say("怪我们", "怪我們", "blames us"),
  you_did: say("我们做过的", "我們做過的", "what we did"),
  unhappy: say("不满", "不滿", "unhappy words"),
  angry_words: say("气话", "氣話", "angry words"),
  damage: say("弄坏东西", "弄壞東西", "damage"),
  theft: say("少了东西", "少了東西", "something taken"),
  refund: say("退赔", "退賠", "money back"),
  legal: say("投诉举报", "申訴檢舉", "law or press"),
  late: say("迟了", "遲了", "late"),
  status_q: say("问进度", "問進度", "asks how far"),
  chase: say("等消息", "等消息", "waiting for news"),
  hurry: say("催促", "催促", "hurry"),
  calm: say("不急", "不急", "no hurry"),
  price: say("价钱", "價錢", "price"),
  warranty: say("保修", "保固", "warranty"),
  how_long: say("多久", "多久", "how long"),
  when: say("什么时候", "什麼時候", "when"),
  date: say("日子", "日期", "a date"),
  time_ans: say("时间", "時間", "a time"),
  where: say("在哪里", "在哪裡", "where"),
  open: say("营业", "營業", "opening"),
  hours: say("营业时间", "營業時間", "opening hours"),
  contact: say("联系方式", "聯絡方式", "how to reach us"),
  area: say("服务范围", "服務範圍", "area served"),
  human: say("找人", "找人", "a person"),
  call_me: say("回电", "回電", "a call back"),
  technician: say("师傅", "師傅", "a technician"),
  bot: say("机器人", "機器人", "a bot"),
  reminder: say("提醒", "提醒", "a reminder"),
  messages: say("消息", "訊息", "messages"),
  stop: say("停止", "停止", "stopping"),
  drop_reason: say("不做了的理由", "不做了的理由", "a reason to drop it"),
  subscribe: say("订阅", "訂閱", "subscribing"),
  product: say("产品", "產品", "a product"),
  thing_parts: say("零件", "零件", "a part"),
  part_car: say("车的零件", "車的零件", "a part of a car"),
  part_home: say("家电零件", "家電零件", "a part of an appliance"),
  part_glass: say("玻璃件", "玻璃件", "a part of glass work"),
  vulnerable: say("老人孩子", "老人小孩", "family"),
  self: say("自己", "自己", "oneself"),
  now: say("现在", "現在", "now"),
  past: say("过去", "過去", "the past"),
  solved: say("已解决", "已解決", "solved"),
  if: say("假设或询问", "假設或詢問", "if or whether"),
  danger: say("危险的说法", "危險的說法", "words of danger"),
  danger_fire: DANGER["fire"]!,
  danger_gas: DANGER["gas"]!,
  danger_shock: DANGER["shock"]!,
  danger_hurt: DANGER["injury"]!,
  danger_brake: DANGER["brakes"]!,
  danger_glass: DANGER["glass"]!,
  danger_trap: DANGER["trapped"]!,
  thanks: say("道谢", "道謝", "thanks"),
  hello: say("招呼", "招呼", "a greeting"),
  bye: say("告别", "道別", "a goodbye"),
  praise: say("夸奖", "稱讚", "praise"),
  gone_reason: say("不再相干的缘由", "不再相干的緣由", "why it no longer concerns them"),
  too_often: say("太频繁", "太頻繁", "too often"),
  broken_promise: say("说好的没做到", "說好的沒做到", "a promise not kept"),
  deeds: say("做坏的事", "做壞的事", "what was done wrong"),
  loss: say("受损失", "受損失", "a loss"),
  figures: say("比方的字眼", "比喻的字眼", "words of figures of speech"),
  score: say("打分", "評分", "a mark"),
  yes: say("同意", "同意", "yes"),
  no: say("不同意", "不同意", "no"),
  answer_yes: say("同意", "同意", "yes"),
  answer_no: say("不同意", "不同意", "no"),
  insult: say("骂人", "罵人", "an insult"),
  smalltalk: say("闲聊", "閒聊", "small talk"),
  other_topic: say("别的话题", "別的話題", "another topic"),
  other: say("别的话题", "別的話題", "another topic"),
  inject: say("对机器人下指令", "對機器人下指令", "orders to the bot"),
  others_data: say("别人的资料", "別人的資料", "somebody else's data"),
  my_data: say("自己的资料", "自己的資料", "one's own data"),
};

const RULES: Readonly<Record<string, LocalText>> = {
  "words:opt_out": say("整句就是退订", "整句就是退訂", "the whole message asks for no more messages"),
  "words:human": say("整句就是找人工", "整句就是找真人", "the whole message asks for a person"),
  "words:complaint": say("整句就是要投诉", "整句就是要投訴", "the whole message is a wish to complain"),
  "words:language": say("整句是问语言", "整句是問語言", "the whole message asks for a language"),
};

/** A bracketed name of the learner's in words; a piece of the message in quotes. */
function featureWords(text: string, language: Language): string {
  const name = /^\[(.+)\]$/.exec(text)?.[1];
  if (name === undefined) return quote(language, text);
  const [kind, value] = name.split(":", 2) as [string, string?];
  if (kind === "signal" && value !== undefined) return wordOf(SIGNAL_WORDS, value, language);
  if ((kind === "danger" || kind === "hint") && value !== undefined) {
    const words = wordOf(DANGER, value, language);
    return kind === "danger" ? words : pick(language, `可能是${words}`, `可能是${words}`, `maybe ${words}`);
  }
  for (const words of [FOUND, NOTIONS, PIECE_WORDS]) if (Object.hasOwn(words, name)) return words[name]![language];
  return wordOf(NOTIONS, name.replace(/_more$/, ""), language);
}

function ruleWords(rule: string, language: Language): string {
  const words = /^danger: (.+)$/.exec(rule)?.[1];
  if (words !== undefined)
    return pick(
      language,
      `危险的说法${quote(language, words)}`,
      `危險的說法${quote(language, words)}`,
      `words of danger ${quote(language, words)}`,
    );
  return wordOf(RULES, rule, language);
}

function deciderLine({ by, rule }: Why, language: Language): string {
  switch (by) {
    case "question":
      return pick(language, "依据：这是对刚才提问的回答", "依據：這是對剛才提問的回答", "Decided by: it answers the open question");
    case "rule": {
      const words = rule ? ruleWords(rule, language) : null;
      return pick(
        language,
        `依据：固定说法${words ? `（${words}）` : ""}`,
        `依據：固定說法${words ? `（${words}）` : ""}`,
        `Decided by: a fixed wording${words ? ` (${words})` : ""}`,
      );
    }
    case "model":
      return pick(language, "依据：从例句学到的判断", "依據：從例句學到的判斷", "Decided by: what was learned from examples");
    case "empty":
      return pick(language, "依据：没有可读的文字", "依據：沒有可讀的文字", "Decided by: there were no words to read");
    default:
      return unreachable(by);
  }
}

function runnerUpOf(step: Understood): { readonly intent: Intent; readonly confidence: number } | null {
  const other = step.candidates.find(([intent]) => intent !== step.intents[0]?.[0]);
  return other ? { intent: other[0], confidence: other[1] } : null;
}

/** What decided, the words and findings that spoke most for it, and what came second. */
export function whyLines(step: Understood, language: Language): string[] {
  const lines = [deciderLine(step.why, language)];
  // Two findings may have the same words: the stronger stands first and is enough.
  const told = new Map<string, number>();
  for (const { text, weight } of step.why.features) {
    const words = featureWords(text, language);
    if (!told.has(words)) told.set(words, weight);
  }
  if (told.size > 0) {
    const words = [...told].map(([one, weight]) => `${one} ${weight >= 0 ? "+" : "−"}${round(Math.abs(weight))}`).join(comma(language));
    lines.push(pick(language, `起作用的词：${words}`, `起作用的詞：${words}`, `Words that decided: ${words}`));
  }
  if (step.why.like) {
    const like = quote(language, step.why.like);
    lines.push(pick(language, `最像的例句：${like}`, `最像的例句：${like}`, `Most like the example: ${like}`));
  }
  const runnerUp = step.why.runnerUp ?? runnerUpOf(step);
  if (runnerUp) {
    const words = `${INTENT_WORDS[runnerUp.intent][language]} ${percent(runnerUp.confidence)}`;
    lines.push(pick(language, `第二可能：${words}`, `第二可能：${words}`, `Runner-up: ${words}`));
  }
  return lines;
}
