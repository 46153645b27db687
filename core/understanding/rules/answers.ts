/**
 * Bare answers to the open question, and whole messages that can mean one thing only. Both look at the entire message: as soon as it
 * holds anything else, the learned model reads it, with the question as evidence.
 */
import type { Entities, Intent, Question, Span } from "../types.ts";

/** Words around an answer that add nothing to it. */
const FILLER =
  /吧|呢|啊|呀|哦|喔|噢|啦|喇|嘞|哈|就|可以|都行|行|好的?|好呀|嗯+|那就?|我的?|是|系|在|的|嘅|请|谢谢|多谢|唔该|麻烦|左右|大概|应该|电话|手机号?|号码|车牌号?|地址|型号|单号|订单号?|姓名|名字|叫|给你|发你|先生|小姐|女士|师傅|之前|以后|来|过来|见|\b(?:please|pls|plz|thanks|thank you|thx|at|on|in|the|my|our|it'?s|it is|is|number|phone|mobile|cell|plate|reg|address|name|model|order|ref|no|a|an|for|to|then|ok|okay|um|uh|around|about|would|be|good|great|works?|fine|i|i'?m|we|live|am|me|call|called|that|this|maybe|best|suits?)\b|[\s,.!~。:;、'"()#+-]/g;

const YES =
  /^(?:(?:嗯+|啊|哦|喔|哎|诶|欸)?(?:好|好的|好呀|好啊|好滴|好哒|好嘞|好吧|好喔|行|行吧|行的|可以|可以的|没问题|冇问题|没错|冇错|没有错|无错|啱|啱晒|啱嘅|对|对的|对对+|是|是的|是啊|系|系呀|系啊|嗯+|恩+|确认|确定|同意|就这样|成|中|要得|当然|得|得咗|ok|okay|okey|okk|k|kk|yes|yes please|yeah|yep|yup|yea|ya|sure|sure thing|correct|right|exactly|confirm|confirmed|agreed|go ahead|please do|fine|sounds good|sounds like a plan|of course|definitely|absolutely|perfect|by all means|affirmative|i suppose so|works for me|why not|10-4|aye|ja|on lah|can can|can|👌|👍|✅|🆗)[吧啊呀的哦喔啦了喇~～!.。 ]*(?:👍|👌)*(?:[, ]+(?:谢谢|多谢|thanks|thank you|please|lah?|po))?)+$/u;
const NO =
  /^(?:(?:不|不是|不是的|不对|不行|不可以|不用|不用了|不要|不要了|不了|不必|没有|冇|唔系|唔使|唔使喇|唔要|唔得|唔啱|错|错了|算了|先不|暂时不|再说|再说吧|否|no|no thanks|no thank you|nope|nah|not now|not yet|wrong|incorrect|not really|negative|no ta|not today|dowan|cannot|👎|❌|🙅)[吧啊呀的哦喔啦了喇~～!.。 ]*(?:[, ]+(?:谢谢|多谢|thanks|thank you|lah?|leh|hor|po))?)$/u;
const ANY =
  /^(?:都行|都可以|都得|随便|随时|随时都行|几时都得|你定|你安排|你们安排|任何时间|any|either|whatever|anytime|any time|whenever|no preference|doesn't matter|up to you)[吧啊呀的啦~!.。 ]*$/;
const CHOICE =
  /^(?:第?[一二三四五六七八九十1-9]{1,2}(?:个|项|种|号|条|款|位|家)?|(?:选|揀|拣|要|就)?(?:第)?[a-f一二三四五六1-9](?:个|项|种|吧|啦)?|前面那个|后面那个|前者|后者|上面那个|下面那个|(?:the )?(?:first|second|third|fourth|1st|2nd|3rd|last|former|latter)(?: one| option)?|(?:option|number|no\.?) ?[a-f1-9]|#[1-9])(?:吧|啊|呀|啦|please|pls|谢谢| )*[!.。~]*$/;
const SCORE =
  /^(?:(?:我?[打给评])?\s*(?:\d{1,3}(?:\.\d)?|[零一二三四五六七八九十]{1,2}|满)\s*(?:分|星|颗星|\/\s*(?:5|10|100)|stars?|points?|out of (?:5|10|five|ten))?|[⭐★🌟👍]+|(?:非常|很|超|十分|好|唔系好|不太|不)?(?:满意|不满意)|一般般?|还行|还可以|凑合|麻麻哋?|普通|满分|好评|差|很差|极差|excellent|great|good|very good|perfect|average|so so|ok|okay|fine|poor|bad|terrible|(?:very )?(?:satisfied|dissatisfied|unsatisfied|happy))[吧啊呀啦~!.。 ]*$/u;

/** Kinds of entities that answer a question. */
const ANSWERS: Readonly<Partial<Record<Question, readonly (keyof Entities)[]>>> = {
  datetime: ["datetime"],
  product: ["product", "vin"],
  fault: ["fault"],
  phone: ["phone"],
  address: ["address"],
  name: ["name"],
  plate: ["plate", "vin"],
  order_no: ["order_no"],
};

export interface Answer {
  readonly intent: Intent;
  readonly rule: string;
}

/**
 * What a message is when it does nothing but answer the open question.
 *
 * @param text normalised text
 * @param original message as typed, in which the entities' spans lie
 */
export function readAnswer(text: string, original: string, asked: Question | null, entities: Entities): Answer | null {
  if (asked === null || text === "" || text.length > 120) return null;
  if (asked === "score" && SCORE.test(text)) return { intent: "survey_score", rule: "answer:score" };
  if (asked === "yesno" || asked === "choice") {
    if (asked === "choice" && CHOICE.test(text)) return { intent: "provide_info", rule: "answer:choice" };
    if (asked === "choice" && ANY.test(text)) return { intent: "provide_info", rule: "answer:any" };
    if (YES.test(text)) return { intent: "confirm_yes", rule: "answer:yes" };
    if (NO.test(text)) return { intent: "confirm_no", rule: "answer:no" };
    return null;
  }
  if (asked === "datetime" && ANY.test(text)) return { intent: "provide_info", rule: "answer:any" };
  const kinds = ANSWERS[asked];
  if (!kinds) return null;
  const spans = kinds.flatMap((kind) => entities[kind] as readonly Span[]);
  if (spans.length === 0) return null;
  return isOnly(original, spans) ? { intent: "provide_info", rule: `answer:${asked}` } : null;
}

/** Nothing but these pieces and words that add nothing. */
function isOnly(original: string, spans: readonly Span[]): boolean {
  const kept = [...original];
  let at = 0;
  const units = kept.map((char) => {
    const start = at;
    at += char.length;
    return spans.some((span) => start >= span.at && start < span.at + span.text.length) ? " " : char;
  });
  return units.join("").toLowerCase().normalize("NFKC").replace(FILLER, "").trim() === "";
}

const OPT_OUT =
  /^(?:请|麻烦|帮我)?(?:td|t|退订|回复?td|退订短信|取消订阅|拒收|拒收短信|退阅|取消关注|别发了?|别再发了?|不要再发(?:了|讯息|短信|消息)?|不要发了|唔好再send(?:嘢|讯息)?|唔好再发|咪再send|(?:please |pls |kindly )?stop(?: (?:all|these|now|already|texts?|sms|msgs?|ads|promos?|spam(?:ming)?))*|s ?t ?o ?p|stp|sto?pp+|stopall|stop it please|(?:please )?(?:unsub|unsubs?[a-z]?[cs]r?i?b[a-z]{0,3})(?: me)?|(?:i )?opt(?:ing)?[ -]?(?:me )?out|remove(?: me)?|no (?:more )?(?:spam|ads|promos?|marketing)|no more (?:messages|texts|emails|sms)|stop (?:texting|messaging|emailing|sending|spamming)(?: me)?)(?:谢谢|吧|啊|啦|喇|了|please|pls|thanks|\s|[,!.。~])*$/;
const HUMAN =
  /^(?:请|麻烦|帮我|我要|我想|快点?|给我|唔该|想)*(?:转|转接|接|找|要|搵|联系)?(?:一?个|下)?(?:人工|人工客服|人工服务|真人|真人客服|活人|客服|人工坐席|人手)(?:服务)?(?:谢谢|吧|啊|啦|喇|呢|在吗|唔该|\s|[,!.。~])*$|^(?:(?:i )?(?:want|need|would like|wanna)(?: to)?\s*|can i |could i |please |let me |get me )*(?:(?:talk|speak|chat|connect me|transfer me|put me through) (?:to|with) )?(?:a |an |the |your |some )?(?:real |live |actual )?(?:human|person|agent|operator|representative|rep|human being|human agent|customer service|someone real)(?: please| pls| now| thanks)*[!.? ]*$/;

const COMPLAINT =
  /^(?:我|我们|想|要|来|嚟|需要|请|麻烦|帮我)*投诉(?:一下|你们|啊|呀|了|吧|[!.。~\s])*$|^(?:hi |hello )?(?:(?:i|we) (?:want|need|wish|would like|have|'d like) (?:to )?)?(?:(?:make|file|raise|lodge|register) )?(?:a |my )?(?:formal )?(?:complaint|complain)(?: please)?[!. ]*$/;

const LANGUAGE =
  /^(?:请问|我|你|你们|可以|可唔可以|能|能不能|可不可以|想)*(?:说|讲|用|打|识)(?:中文|普通话|国语|广东话|粤语|英文|英语)(?:回覆|回复)?(?:吗|么|嘛|呀|可以吗|行吗|好吗|得唔得|\?)*$|^(?:can|could|may|do|does) (?:you|i|we|anyone|anybody) (?:speak|use|talk|write|type)(?: in)? (?:chinese|english|mandarin|cantonese)(?: please| here|\?)*$/;

/** Whole messages that mean one thing whatever was asked. */
/** "Anybody there?" opens a talk; who wants a person says more. */
const KNOCKS =
  /^(?:(?:你好|您好|喂|hi|hello|hey)[,!. ]*)?(?:(?:请问|有)?有?人(?:在)?(?:吗|嘛|么|不|没)|有冇人(?:喺度|在)?|(?:is )?(?:anyone|anybody|someone|somebody)(?: out)? (?:there|here|home))[呀啊吖哇呢?!~。. ]*$/;

export function readShortcut(text: string): Answer | null {
  if (text.length > 60) return null;
  if (KNOCKS.test(text)) return { intent: "greet", rule: "words:greet" };
  if (LANGUAGE.test(text)) return { intent: "chitchat", rule: "words:language" };
  if (OPT_OUT.test(text)) return { intent: "opt_out", rule: "words:opt_out" };
  if (COMPLAINT.test(text)) return { intent: "complaint", rule: "words:complaint" };
  if (HUMAN.test(text) && /\S{2}/.test(text)) return { intent: "human", rule: "words:human" };
  return null;
}
