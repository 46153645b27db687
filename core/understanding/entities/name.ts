import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { NameEntity } from "../types.ts";
import { readEnglishNames, type TakeName, type Title } from "./name-english.ts";
import { COMPOUND_SURNAMES, SURNAMES, surnameLength } from "./surnames.ts";

const SURNAME = `(?:${COMPOUND_SURNAMES}|[${SURNAMES}])`;
const HAN = "[\\u3400-\\u9fff]";
/** What may stand right after a full name in running text. */
const NAME_END =
  "(?=$|[^\\u3400-\\u9fff]|先生|女士|小姐|太太|电话|手机|号码|联系|住|地址|的|在|是|这里|这边|想|要|约|预约|来|家|我|车|报修|维修|订单|单号|麻烦|请|之前|上次|昨天|今天|明天|你好|您好|啊|呀|哦|吧|呢|喔|就行|就好|就可以|即可|收|嘅|系)";
const GIVEN_CUE =
  "(?:我的名字(?:就?是|叫)|我名字(?:是|叫)|名字(?:就?是|叫|写|填|:)?|(?<![帮给替同跟])我(?:就?叫做?|个名系|个名叫)|本人(?:是|叫)?|姓名(?:是|为|:)?|联系人(?:是|为|叫|写|填|姓名|:)?|联络人(?:是|为|:)?|收件人(?:是|:)?|客户姓名(?:是|:)?|车主(?:是|叫|姓名|:)|户主(?:是|叫|:)|业主(?:是|叫|:)|登记人?(?:是|:)|(?:可以|就|你|您)?叫我|称呼我?(?:是|为|:)?|署名)\\s?:?\\s?";
const AFTER_CUE = new RegExp(`${GIVEN_CUE}(${SURNAME}${HAN}{1,2}?|${HAN}{2,3}?)${NAME_END}`, "g");
const SURNAME_CUE = new RegExp(
  `(?<![贵你您他她])(?:免贵|敝|小|我|我先生|我太太|我[妈爸哥姐弟妹婆公]|我老[婆公]|本人|(?<=[\\d,。;\\s])|^)姓(${SURNAME})(?:,?\\s?(?:单名|名字?叫?|叫)\\s?(${HAN}{1,2})(?=$|[^\\u3400-\\u9fff]|电话|手机|想|要|约|,))?`,
  "g",
);
/** 我是王磊; 我是 leads to many things, so a surname and a clear end are asked for. */
const I_AM = new RegExp(
  `(?:我(?:就?是|系)|这里是|这边是|我这边是|我这里是)(${SURNAME}${HAN}{1,2})(?=$|[\\s,。!?.;、:~\\d+(a-z]|电话|手机|先生|女士|小姐|想|要|约|,|啊|呀|喔|哦|之前|上次|昨天|预约)`,
  "g",
);
const NICKNAME = new RegExp(
  `(?:我(?:就?是|系|叫)|叫我)([小老阿]${SURNAME}|${SURNAME}(?:姐|哥|阿姨|叔|叔叔|老师|总))(?=$|[\\s,。!?.;、:~\\d]|就行|就好|就可以|吧|啊|呀|想|要|,)`,
  "g",
);
const TITLED = new RegExp(
  `(${SURNAME})(${HAN}{1,2}?)??(先生|女士|小姐|太太|生(?=$|[\\s,。!?.;、:\\d(+]|电话|手机|嘅|收)|太(?=$|[\\s,。!?.;、:\\d(+]|电话|手机|嘅|收))`,
  "g",
);
const WITH_PHONE = new RegExp(
  `(?:^|[\\n,;。]\\s?)(${SURNAME}${HAN}{1,2})[\\s,:;、/-]{0,3}(?:电话|手机|tel)?[\\s:]{0,2}(?=\\+?\\d[\\d\\s-]{6,})`,
  "g",
);
const AFTER_PHONE = new RegExp(`\\d{7,}[\\s,:;、/-]{0,3}(?:我是|我叫)?(${SURNAME}${HAN}{1,2})(?=$|[\\s,。;])`, "g");

/** A person who is talked about: 你们王先生, 找李小姐, 上次来的陈先生, 周师傅. */
const SOMEONE_ELSE_BEFORE =
  /(?:不是|不系|唔系|你们?|您们?|你哋|贵司|贵店|那个|那位|这位|这个|个|位|找|问|转|叫|让|派|换|和|跟|同|给|帮|请|告诉|联系|投诉|表扬|师傅|技师|技术员|工程师|客服|顾问|经理|销售|接待|来的|修的|装的|上次|上回|昨天|之前|是不是|邻居|楼上|楼下|房东|姓)(?:的|叫|是|位|嘅)?\s?$/;
const SOMEONE_ELSE_AFTER =
  /^\s?(?:说|讲|来|修|装|答应|告诉|让|没|拿|弄|态度|承诺|保证|给我|给的|跟我|帮我|负责|呢|在吗|在不在|什么时候|到哪|几时|同我|话|搞|测|换|打来|服务)/;
const SELF_BEFORE =
  /(?:我(?:就?是|姓|系)|这里是|这边是|我这边是|联系人(?:是|:)?|联络人(?:是|:)?|姓名(?:是|:)?|叫我|称呼|本人|业主|户主|车主|登记的?(?:是|名字)?|名字(?:是)?|找我|预约人|收件人:?)\s?$/;

/** Words that begin with a surname but are no names. */
const NO_NAMES = new RegExp(
  `^(?:${
    "管委|管理|安装|安排|安全|车主|车子|车牌|周[一二三四五六日末边]|高兴|马上|时间|时候|方便|方法|方案|万一|何时|何况|白天|白色|明天|明日|明白|明年|全部|全家|全新|全屋|应该|应当|单位|单号|单元|单子|查询|查一|查下|查查|" +
    "计划|计较|连接|连续|包括|包修|包装|成功|成员|项目|相关|温度|温馨|水管|水电|石头|金卡|金额|金属|路上|路过|路边|游客|江边|谈谈|和你|家里|家人|师傅|师父|沙发|解决|常客|常常|向你|向您|祝你|来电|来修|能不|左边|左右|曲面|" +
    "管家|管道|解释|季度|房东|房客|房子|房主|房间|东西|边上|支付|华为|海尔|平时|平台|米色|卓越|景区|党员|冷气|冷的|冷水|冷藏|冰箱|麻烦|陆续|蓝色|黄色|黄灯|白的|毛病|毛巾|龙头|严重|施工|于是|成都|顾客|顾问|夏天|付款|付费|" +
    "付了|任何|程序|叶片|苏州|苏宁|江苏|方向|范围|石家庄|洪水|关机|关门|关于|关掉|关不|阳台|阳光|简单|费用|卫生|卫浴|迟到|余额|宝马|奔驰|晚点|老客|新客|业主|客户|用户|租客|租户|住户|物业|会员|本人|真的|什么|怎么|你们|" +
    "我们|他们|自己|一个|一位|三楼"
  })`,
);
/** Behind a surname these are titles and particles, no given name. */
const NO_GIVEN = /^(?:生$|太$|先生|女士|小姐|师傅|经理|主管|店长|总$|工$|老板|什么|吗|啊|的|了|是|在)/;

export interface NameContext {
  /** The bot asked for the name: a bare name counts. */
  readonly asked: boolean;
}

/** The customer's own name or the contact's they give; people they talk about are left out. */
export function readNames(normalised: Normalised, context: NameContext): NameEntity[] {
  const found: NameEntity[] = [];
  const take: TakeName = (from, to, valueFrom, valueTo, title, given = "") => {
    const span = originalSpan(normalised, from, to);
    const overlaps = found.some((other) => span.at < other.at + other.text.length && other.at < span.at + span.text.length);
    if (!overlaps && found.length < 5)
      found.push({ ...span, value: originalSpan(normalised, valueFrom, valueTo).text.trim() + given, title });
  };
  if (normalised.hasHan) readHanNames(normalised.text, take);
  if (normalised.hasLatin) readEnglishNames(normalised, context.asked, take);
  if (found.length === 0 && context.asked && normalised.hasHan) readBareName(normalised.text, take);
  return found.sort((a, b) => a.at - b.at);
}

const titleOf = (word: string | undefined): Title =>
  word === undefined ? null : /^(?:先生|生|哥|叔)/.test(word) ? "mr" : /^(?:女士|小姐|太|姐|阿姨)/.test(word) ? "ms" : null;

function readHanNames(text: string, take: TakeName): void {
  if (/先生|女士|小姐|太|生/.test(text)) {
    for (const match of matchesOf(text, TITLED)) {
      const before = text.slice(Math.max(0, match.index - 8), match.index);
      const after = text.slice(match.index + match[0].length);
      const self = SELF_BEFORE.test(before);
      if (!self && (SOMEONE_ELSE_BEFORE.test(before) || SOMEONE_ELSE_AFTER.test(after))) continue;
      // 医生, 学生 and the like end in 生 too; 欧阳 and 王 do not begin a word there.
      if (match[3] === "生" && (match[2] !== undefined || (/[医学先卫民人养发出产\u3400-\u9fff]$/.test(before) && !self))) continue;
      if (match[3] === "太" && match[2] !== undefined) continue;
      const given = match[2] ?? "";
      if (/[我你他她的了是喔啊哦在有不要谢]/.test(given)) continue;
      if (match[3] === "小姐" && after.startsWith("姐")) continue;
      const nameTo = match.index + match[1]!.length + given.length;
      take(match.index, match.index + match[0].length, match.index, nameTo, titleOf(match[3]));
    }
  }
  if (/姓/.test(text)) {
    for (const match of matchesOf(text, SURNAME_CUE)) {
      const given = match[2];
      const from = match.index + match[0].indexOf(match[1]!, match[0].indexOf("姓") + 1);
      const to = from + match[1]!.length;
      const title = /^(?:先生|女士|小姐|太太)/.exec(text.slice(to))?.[0];
      if (given === undefined) {
        const full = new RegExp(`^${HAN}{1,2}(?=$|[\\s,。!?.;:\\d])`).exec(text.slice(to))?.[0];
        const isName = full !== undefined && title === undefined && !/[的了吗啊呀哦吧呢是]$/.test(full) && !NO_GIVEN.test(full);
        take(from, isName ? to + full.length : to + (title?.length ?? 0), from, isName ? to + full.length : to, titleOf(title));
      } else {
        take(from, match.index + match[0].length, from, to, null, given);
      }
    }
  }
  readCued(text, take);
  if (/\d{7}/.test(text) || /\d{3}[ -]\d{4}/.test(text)) {
    for (const match of matchesOf(text, WITH_PHONE)) takeGroup(match, take);
    for (const match of matchesOf(text, AFTER_PHONE)) takeGroup(match, take);
  }
}

function readCued(text: string, take: TakeName): void {
  if (/叫|名|联|人|称|主|登|客户|署/.test(text)) {
    for (const match of matchesOf(text, AFTER_CUE)) {
      const name = match[1]!;
      const hasSurname = surnameLength(name) > 0;
      if (name.length <= 1 || blocked(name) || (hasSurname && /(?:姐|哥|阿姨|叔|老师|总)$/.test(name))) continue;
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
  for (const match of matchesOf(text, NICKNAME)) {
    const whole = match[1]!;
    const title = /(姐|哥|阿姨|叔叔?|老师|总)$/.exec(whole)?.[1];
    const from = match.index + match[0].length - whole.length;
    take(from, from + whole.length, from, from + whole.length - (title?.length ?? 0), titleOf(title));
  }
  if (/是|系/.test(text)) {
    for (const match of matchesOf(text, I_AM)) {
      if (!blocked(match[1]!)) takeGroup(match, take);
    }
  }
}

function takeGroup(match: RegExpMatchArray, take: TakeName): void {
  const name = match[1]!;
  if (blocked(name)) return;
  const from = match.index! + match[0].lastIndexOf(name);
  take(from, from + name.length, from, from + name.length, null);
}

function blocked(name: string): boolean {
  const size = surnameLength(name);
  if (size === 0) return NO_NAMES.test(name) || /^(?:师傅|电话|手机|地址)/.test(name);
  const word = NO_NAMES.exec(name)?.[0];
  if (word !== undefined) return true;
  return NO_GIVEN.test(name.slice(size)) || /[的了吗呢吧啊师机器车店家]$/.test(name);
}

/** The whole answer to "what is your name": 王磊, 姓王, 就写李雷吧, 陈小姐 was found before. */
function readBareName(text: string, take: TakeName): void {
  const match = new RegExp(
    `^[\\s"'(]*(?:嗯|哦|好的|你好|您好)?[\\s,]*(?:就?写|就?叫|填|是|我|姓|用)?\\s?(${SURNAME}${HAN}{0,3}?|${HAN}{2,4}?)(?:先生|女士|小姐)?(?:吧|就行|就好|即可|可以了|啊|呀|哦|喔)?[\\s,。.!)"']*(?=$|[\\s,。;:]|\\+?\\d)`,
  ).exec(text);
  if (!match) return;
  const name = match[1]!;
  const isKnown = surnameLength(name) > 0;
  if (
    /^(?:好的?|可以|不用|不要|不想|不是|没有|什么|不知道|是的|对的?|行|嗯|你好|您好|谢谢|再见|等下|等等|随便|都行|公司|算了|取消|人工|稍等|为什么|干嘛|不方便|匿名|保密|不说|是我|我的)/.test(
      name,
    )
  )
    return;
  if (!isKnown && (name.length < 2 || /[了吗呢吧的我你他不要想是]/.test(name))) return;
  if (isKnown && name.length > 1 && blocked(name)) return;
  if (match[0].length < text.length && name.length < 2) return;
  const from = match.index + match[0].indexOf(name);
  take(from, from + name.length, from, from + name.length, null);
}
