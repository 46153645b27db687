/** Chinese names behind words that announce them: 我叫, 姓, 联系人:, 业主, 我老公叫, 用…的名字. */
import { isUsualGiven } from "./given-names.ts";
import { clauseAround, HAN, NAME_END, SURNAME, type TakeName, takeGroup, titleOf } from "./name-shapes.ts";
import { isBlocked, NO_GIVEN, STAFF } from "./name-words.ts";
import { surnameLength } from "./surnames.ts";

/** Roles in which a customer gives a name. */
const ROLE =
  "(?:车主|户主|业主|机主|房主|屋主|用户|客户|客人|住户|租客|租户|下单人|下单的|收货人|收件人|联系人|联络人|预约人|预约的|报修人|申请人|购买人|投保人|登记人|经手人|买家|会员|顾客)";
/** People of the customer's who may be at home or own the thing. */
const RELATIVE =
  "(?:妈妈?|母亲|爸爸?|父亲|老爸|老妈|老公|老婆|先生|太太|媳妇|丈夫|妻子|爱人|对象|儿子|女儿|闺女|哥哥?|姐姐?|弟弟?|妹妹?|爷爷|奶奶|外公|外婆|姥姥|姥爷|岳父|岳母|丈母娘|公公|婆婆|阿公|阿嬷|家人|家里人|屋企人|仔|囡|老豆|老竇|阿妈|阿爸|细佬|家姐|阿哥|朋友|同事|室友|女友|男友|女朋友|男朋友|租客|房客|租户|助理|秘书|保姆|阿姨|管家|工人|外佣|亲戚|侄子|外甥|表哥|表姐|小孩)";
const GIVEN_CUE =
  "(?:我的名字(?:就?是|叫)|我名字(?:是|叫)|(?:名字|姓名|联系人|联络人|收件人)(?:改|换|更[正改])(?:成|为|做)(?:我[\\u3400-\\u9fff]{1,2} )?|名字(?:就?是|叫|写|填|系|留|用|:)?|(?<![帮给替同跟])[我俺咱](?:就?叫做?|个名系|个名叫)|(?:本名|真名|中文名|全名|大名)(?:字)?(?:是|叫|系|:)?|本人(?:是|叫)?|鄙人(?:是|叫)?|姓名(?:是|为|:)?|联系人(?:是|为|叫|写|填|姓名|名字|:)?|联络人(?:是|为|:)?|收件人(?:是|:)?|收货人(?:是|:)?|客户姓名(?:是|:)?|车主(?:是|叫|姓名|:)|户主(?:是|叫|:)|业主(?:是|叫|:)|登记人?(?:是|:)|登记(?:的|个|嘅)?(?:姓名|名字?)(?:是|为|系|:)?|(?:可以|就|你|您)?叫我|称呼我?(?:是|为|:)?|署名|(?:卡|单|单子|合同|发票|保单)(?:上面?)?(?:是|就)?写(?:的是|的|着|是)?)\\s?:?\\s?";
const AFTER_CUE = new RegExp(`${GIVEN_CUE}(${SURNAME}${HAN}{1,2}?|${HAN}{2,3}?)${NAME_END}`, "g");
const SURNAME_CUE = new RegExp(
  `姓(${SURNAME})(?!氏|甚|什|名(?!字?叫?[\\u3400-\\u9fff]))(?:,?\\s?(?:单名|名字?叫?|叫)\\s?(${HAN}{1,2})(?=$|[^\\u3400-\\u9fff]|电话|手机|想|要|约|,))?`,
  "g",
);
/** 我姓, 免贵姓: the customer's own, whoever else is spoken of. */
const OWN_SURNAME =
  /(?:免贵|敝|小|我|我们家|我家|我这边|我这里|[我俺]就?(?:是|系)|俺|我先生|我太太|我[妈爸哥姐弟妹婆公]|我老[婆公]|本人|鄙人|[\d,。;\s(]|^)\s?$/;
/** 我是王磊; 我是 leads to many things, so a surname and a clear end are asked for. */
const I_AM = new RegExp(
  `(?:我(?:就?是|系)|这里是|这边是|我这边是|我这里是|这是)(${SURNAME}${HAN}{1,2})(?=$|[\\s,。!?.;、:~\\d+(a-z]|电话|手机|先生|女士|小姐|想|要|约|,|啊|呀|喔|哦|之前|上次|昨天|预约)`,
  "g",
);
/** 我是昨天打过电话的周敏, 我是楼上的李梅. */
const I_AM_AT_LENGTH = new RegExp(
  `(?:我|这里|这边)(?:就?是|系)[^,。!?;\\n]{1,16}(?:的|嘅)(${SURNAME}${HAN}{1,2})(?=$|[\\s,。!?.;\\d(])`,
  "g",
);
const NICKNAME = new RegExp(
  `(?:我(?:就?是|系|叫)(?:[^,。!?;\\n]{1,10}(?=[小老]${SURNAME}(?:$|[\\s,。])))?|叫我)([小老阿大]${SURNAME}|${SURNAME}(?:姐|哥|阿姨|叔|叔叔|老师|总))(?=$|[\\s,。!?.;、:~\\d]|就行|就好|就可以|得啦|吧|啊|呀|想|要|,)`,
  "g",
);
/** 开门的是我弟,叫他小孙就行. */
const RELATIVE_NICKNAME = new RegExp(
  `我的?${RELATIVE}[,，]?(?:你们?)?(?:可以|就)?叫[他她佢]?([小老阿大](?:${SURNAME}|${HAN}))(?=$|[\\s,。!?.;]|就行|就好|就可以|即可|得啦|得喇|吧)`,
  "g",
);
/** 我叫阿依古丽·买买提, 车主:古丽娜·艾力. */
const POINTED =
  /(?:我(?:就?是|系|叫)|姓名(?:是|:)?|联系人(?:是|:)?|车主(?:是|叫|:)?|业主(?:是|叫|:)?|名字?(?:是|叫|:))\s?([\u3400-\u9fff]{2,6}[·•.][\u3400-\u9fff]{2,8}?)(?=$|[^\u3400-\u9fff·]|的|想|要|约|电话|手机)/g;
/** 叫我阿Ken. */
const MIXED_NICKNAME = /(?:我(?:就?是|系|叫)|叫我)([阿小][a-z]{2,12})(?![a-z])/g;
const ROLE_NAMED = new RegExp(
  `${ROLE}(?:的?(?:名字|姓名|名))?(?:就?是|叫做?|为|系|写|填|:)?\\s?(${SURNAME}${HAN}{1,2}?)(?=$|[\\s,。!?.;、:\\d(]|电话|手机|的(?:电话|手机|名)|住|在家)`,
  "g",
);
const RELATIVE_NAMED = new RegExp(
  `(?:${RELATIVE}|人家?)(?:,|,?[他她佢])?(?:的?名字?)?(?:就?叫做?|名叫|就?是|系)\\s?(${SURNAME}${HAN}{1,2}?)${NAME_END}`,
  "g",
);
/** 我儿子董浩会在家, 我妹妹丁玲约的. */
const RELATIVE_THEN = new RegExp(
  `我的?${RELATIVE}(${SURNAME}${HAN}{1,2}?)(?=$|[^\\u3400-\\u9fff]|会|约|在|就|的|来|去|过去|过来|送|拿|取|开|电话|手机|接)`,
  "g",
);
const PRONOUN_NAMED = new RegExp(`(?:[他她佢](?:的名字)?(?:就?叫做?|名叫)|,\\s?(?:就|名)?叫)\\s?(${SURNAME}${HAN}{1,2}?)${NAME_END}`, "g");
/** 用江美玲的名字预约, 以陈志的名义. */
const UNDER_NAME = new RegExp(`(?:用|以|留|写|报|填)(${SURNAME}${HAN}{1,2}?)(?:的|这个|嘅|那个)?(?:名字?|名义|姓名)`, "g");
const AFTER_CONTACT = new RegExp(
  `(?:联系|联络|打给|打畀|找|搵|致电)(?:我?的?${RELATIVE})?(${SURNAME}${HAN}{1,2}?)(?=(?:就行|就好|就可以|即可)?[\\s,:(]{0,2}(?:电话|手机|号码)?[\\s:]{0,2}\\+?\\d[\\d\\s-]{6,})`,
  "g",
);

export function readCuedNames(text: string, take: TakeName): void {
  if (/姓/.test(text)) for (const match of text.matchAll(SURNAME_CUE)) readSurname(text, match, take);
  readGiven(text, take);
  for (const match of text.matchAll(NICKNAME)) {
    const whole = match[1]!;
    const title = /(姐|哥|阿姨|叔叔?|老师|总)$/.exec(whole)?.[1];
    const from = match.index + match[0].length - whole.length;
    take(from, from + whole.length, from, from + whole.length - (title?.length ?? 0), titleOf(title));
  }
  for (const match of text.matchAll(MIXED_NICKNAME)) takeGroup(match, take);
  for (const match of text.matchAll(POINTED)) takeGroup(match, take);
  if (/叫/.test(text)) for (const match of text.matchAll(RELATIVE_NICKNAME)) takeGroup(match, take);
  for (const match of text.matchAll(ROLE_NAMED)) {
    // 业主商议 goes on; 业主吴丽华 and 业主:吴立 name somebody.
    if (/[是叫为系写填:]/.test(match[0]) || isUsualGiven(givenOf(match[1]!))) takeGroup(match, take);
  }
  for (const match of text.matchAll(RELATIVE_NAMED)) {
    if (!STAFF.test(text.slice(Math.max(0, match.index - 16), match.index))) takeGroup(match, take);
  }
  if (/是|系/.test(text)) {
    for (const match of text.matchAll(I_AM)) takeGroup(match, take);
    for (const match of text.matchAll(I_AM_AT_LENGTH)) if (isUsualGiven(givenOf(match[1]!))) takeGroup(match, take);
  }
  for (const match of text.matchAll(RELATIVE_THEN)) if (isUsualGiven(givenOf(match[1]!))) takeGroup(match, take);
  if (/叫/.test(text)) {
    for (const match of text.matchAll(PRONOUN_NAMED)) {
      // 昨天来的师傅很差,他叫张伟: our man, not theirs.
      if (!STAFF.test(text.slice(Math.max(0, match.index - 24), match.index)) && isUsualGiven(givenOf(match[1]!))) takeGroup(match, take);
    }
  }
  if (/名/.test(text)) for (const match of text.matchAll(UNDER_NAME)) takeGroup(match, take);
  for (const match of text.matchAll(AFTER_CONTACT)) if (isUsualGiven(givenOf(match[1]!))) takeGroup(match, take);
}

const givenOf = (name: string): string => name.slice(surnameLength(name));

function readSurname(text: string, match: RegExpExecArray, take: TakeName): void {
  const before = text.slice(Math.max(0, match.index - 12), match.index);
  if (/[贵百同改你您个位不唔]\s?$/.test(before) && !/免贵$/.test(before)) return;
  // 接电话的好像姓付: somebody else.
  if (/(?:好像|似乎|听说|据说|可能)$/.test(before)) return;
  const given = match[2];
  const from = match.index + 1;
  const to = from + match[1]!.length;
  if (!OWN_SURNAME.test(before) && STAFF.test(clauseAround(text, match.index, to))) return;
  if (
    /^的?(?:师傅|师父|技师|经理|那个|那位|工程师|客服|小哥|员工)/.test(text.slice(to)) ||
    (/[他她]$/.test(before) && STAFF.test(text.slice(0, match.index)))
  )
    return;
  const title = /^(?:先生|女士|小姐|太太|夫人|师奶)/.exec(text.slice(to))?.[0];
  if (given !== undefined) {
    take(from, match.index + match[0].length, from, to, null, given);
    return;
  }
  const full = new RegExp(`^${HAN}{1,2}(?=$|[\\s,。!?.;:\\d])`).exec(text.slice(to))?.[0];
  const isName =
    full !== undefined && title === undefined && !/^(?:[嗰那这]|来着)|[的了吗啊呀哦吧呢是]$/.test(full) && !NO_GIVEN.test(full);
  take(from, isName ? to + full.length : to + (title?.length ?? 0), from, isName ? to + full.length : to, titleOf(title));
}

/** Words that people are called by. */
const NAMED_BY_WORDS = new Set(
  "夏天 高兴 安静 平安 向阳 黎明 江南 安心 成功 石英 阳光 白天 高峰 方向 万一 元旦 连连 黄金 余额 胡同 毛豆".split(" "),
);

function takeOutright(match: RegExpExecArray, name: string, take: TakeName): void {
  const from = match.index + match[0].length - name.length;
  take(from, from + name.length, from, from + name.length, null);
}

function readGiven(text: string, take: TakeName): void {
  if (!/叫|名|联|人|称|主|登|客户|署|写/.test(text)) return;
  for (const match of text.matchAll(AFTER_CUE)) {
    const name = match[1]!;
    const hasSurname = surnameLength(name) > 0;
    // 我叫周一鸣, 我叫夏天: said outright, a word of every day can be a name.
    const outright = /^[我俺咱](?:就?叫做?)\s?:?\s?$/.test(match[0].slice(0, -name.length));
    const end = match.index + match[0].length;
    const isWhole = outright && hasSurname && /^(?:$|[\s,。!.;:]|电话|手机)/.test(text.slice(end)) && !/[的了不没我你他她]/.test(name);
    if (isWhole && (name.length === 3 ? isUsualGiven(givenOf(name)) : NAMED_BY_WORDS.has(name))) {
      takeOutright(match, name, take);
      continue;
    }
    if (name.length <= 1 || isBlocked(name) || (hasSurname && /(?:姐|哥|阿姨|叔|老师|总)$/.test(name))) continue;
    // Without a known surname only an outright "my name is" makes a name of two characters (我叫小明).
    if (!hasSurname && !/^(?:我的?名字|我(?:就?叫做?)|姓名|联系人|联络人|叫我[小老阿])/.test(match[0])) continue;
    // 叫我付工钱: only a plain invitation (叫我王磊就行) makes a full name behind 叫我.
    if (
      /叫我/.test(match[0]) &&
      !/^[小老阿]/.test(name) &&
      !/^(?:就行|就好|就可以|即可|吧)/.test(text.slice(match.index + match[0].length))
    )
      continue;
    if (!hasSurname && !/^(?:[小阿老大]|.{2,3}$)/.test(name)) continue;
    if (!hasSurname && /^个|[唔佢搵嘅你我他了过的来去吗们车人机水电器修装换保养维单气师]/.test(name)) continue;
    takeGroup(match, take);
  }
}
