/** Names before a title: 王女士, 李生, 陈太, 司徒先生, and 刘姐 or 崔阿姨 where the customer says whose name it is. */
import { isUsualGiven } from "./given-names.ts";
import { clauseAround, PHONE_NEXT, SURNAME, type TakeName, titleOf } from "./name-shapes.ts";
import { isBlocked, STAFF } from "./name-words.ts";
import { surnameLength } from "./surnames.ts";

/** Titles that strangers give each other; only the customer's own name or a contact's is looked for. */
const TITLE = /先生|女士|小姐|太太|夫人|师奶|生(?![活产气效锈病动成意日存])|太(?![太阳多小大长高重热冷吵慢快响贵差脏滑晒早晚])/g;
/** Titles that staff and neighbours carry too, believed behind "I am" or before a phone. */
const HOMELY = /妈妈|爸爸|奶奶|爷爷|阿姨|大姐|大哥|大爷|大妈|老师|经理|主任|医生|老板|婆婆|姐|哥|叔叔?|伯伯?|姨|总|嫂|工/g;

/** A person who is talked about: 你们王先生, 找李小姐, 上次来的陈先生, 周师傅. */
const SOMEONE_ELSE_BEFORE =
  /(?:不是|不系|唔系|你们?|您们?|你哋|贵司|贵店|那个|那位|这位|这个|个|位|找|问|转|叫|让|派|换|和|跟|同|给|帮|请|告诉|联系|投诉|表扬|师傅|技师|技术员|工程师|客服|顾问|经理|销售|接待|来的|修的|装的|上次|上回|昨天|之前|是不是|邻居|楼上|楼下|房东|姓)(?:的|叫|是|位|嘅)?\s?$/;
/** 上次接待我的是, 昨天来修的: what they did tells that they are ours. */
const WORKED_BEFORE = /(?:接待|来|修|装|测|送|负责|服务|值班)[^,。.!?]{0,4}(?:的|嘅)(?:就?是|系|叫)?\s?$/;
const SOMEONE_ELSE_AFTER =
  /^\s?(?:说|讲|接待|来|修|装|答应|告诉|让|没|拿|弄|态度|承诺|保证|给我|给的|跟我|帮我|负责|呢|在吗|在不在|什么时候|到哪|几时|同我|话|搞|测|换|打来|服务|介绍|推荐|(?:今天|今日|明天|现在)?(?:有没有|有冇|有|还)?(?:上班|在班|休息|放假|当班|返工))/;
const SELF_BEFORE =
  /(?:我(?:就?是|姓|系)|(?:这里|这边)(?:就?是|系)|我这边是|联系人(?:是|:)?|联络人(?:是|:)?|姓名(?:是|:)?|叫我|称呼|本人|业主|户主|车主|登记的?(?:是|名字)?|名字(?:是)?|找我|\d{7,}[,\s]?(?:找|搵)|(?:[号楼室座层]|之\d{1,2}|\d{3,4})\s?(?:找|搵)|预约人(?:是|:)?|收件人:?|(?:写|留|填|记)(?:个|返)?)\s?$/;
/** 我是住五楼的, 这里是信义路的: what stands before the name only says which one. */
const SELF_AT_LENGTH = /(?:我|这里|这边|这儿|我这里|我这边|本人)(?:就?是|系)[^,。.!?;\n]{1,16}(?:的|嘅|那个|嗰个|那位|嗰位)\s?$/;
/** 张太太的儿子 is not 张太太. */
const KIN_AFTER = /^(?:的|嘅|个)(?:儿|女|太太|先生|老公|老婆|爱人|邻居|朋友|秘书|助理|家人|妈|爸|同事|仔|司机)/;
const FULL_STOP = /(?:^|[\s,。.!?;:、(~\d-]|是|叫|系|姓|写|用|留|和)$/;
const PHONE_AFTER = new RegExp(`^${PHONE_NEXT}`);
const SURNAME_ONLY = new RegExp(`(${SURNAME})$`);

export function readTitledNames(text: string, take: TakeName): void {
  for (const match of text.matchAll(TITLE)) readTitled(text, match.index, match[0], take);
  if (/我|这|本人|\d{3}|写|留|填/.test(text)) {
    for (const match of text.matchAll(HOMELY)) readHomely(text, match.index, match[0], take);
  }
}

function readTitled(text: string, at: number, title: string, take: TakeName): void {
  const after = text.slice(at + title.length);
  const short = title === "生" || title === "太";
  // 医生, 学生 and the like end in 生 too: it stands at an end and behind a bare surname.
  if (short && !/^(?:$|[\s,。.!?;:、\d(+]|[呀啊嘅哦喔]|电话|手机|收|得|系|住|想|要|部|屋企|名|听日|今日|后日|今晚|喺|会|话|约)/.test(after))
    return;
  if (title === "小姐" && after.startsWith("姐")) return;
  const name = nameBefore(text, at, short);
  if (name === null) return;
  const before = text.slice(Math.max(0, at - name.length - 24), at - name.length);
  const near = before.slice(-8);
  const self = SELF_BEFORE.test(near) || SELF_AT_LENGTH.test(before) || PHONE_AFTER.test(after) || /^(?:收件|签收|收货|代收)/.test(after);
  if (short && !self && /[\u3400-\u9fff]$/.test(before)) return;
  if (!self && (SOMEONE_ELSE_BEFORE.test(near) || WORKED_BEFORE.test(before) || SOMEONE_ELSE_AFTER.test(after))) return;
  // 关先生,您好: they greet him.
  if (KIN_AFTER.test(after) || (at - name.length <= 3 && /^[,!]?\s?[你您]们?好/.test(after))) return;
  if (/(?:不是|唔系|不系|你们?|你哋)\s?$/.test(near)) return;
  const from = at - name.length;
  take(from, at + title.length, from, at, titleOf(title));
}

/** The name that ends at `at`: the surname, with its given name where the text leaves no doubt. */
function nameBefore(text: string, at: number, bare: boolean): string | null {
  const surname = SURNAME_ONLY.exec(text.slice(Math.max(0, at - 2), at))?.[1] ?? null;
  if (!bare) {
    for (const length of [4, 3, 2]) {
      const name = text.slice(Math.max(0, at - length), at);
      const size = surnameLength(name);
      const given = name.slice(size);
      if (name.length < length || size === 0 || given.length === 0 || given.length > 2 || isBlocked(name)) continue;
      if (/[我你他她的了是喔啊哦在有不要谢系叫姓]/.test(given)) continue;
      if (surname !== null && surname.length === 2) break;
      // 平路高先生 is 高先生 of 和平路; 陈大文先生 stands behind a pause or a cue.
      if (FULL_STOP.test(text.slice(0, at - length)) || (surname === null && isUsualGiven(given))) return name;
    }
  }
  return surname;
}

/** 马老师 is a person, 张大爷 too; 高姐 and 毛大哥 as well, but no 包工. */
const isEverydayWord = (word: string): boolean => /^(?:包工|施工|全工|关总|包总|段总|连总|方总之|时工|车总|明姐|龙哥华)/.test(word);

function readHomely(text: string, at: number, title: string, take: TakeName): void {
  const surname = SURNAME_ONLY.exec(text.slice(Math.max(0, at - 2), at))?.[1];
  if (surname === undefined) return;
  const from = at - surname.length;
  const before = text.slice(Math.max(0, from - 24), from);
  const after = text.slice(at + title.length);
  const own = /(?:我(?:就?是|系)|(?:这里|这边)(?:就?是|系)|叫我|称呼我?|(?:写|留|填))\s?$/.test(before) || SELF_AT_LENGTH.test(before);
  const isFree = /^(?:$|[^\u3400-\u9fff]|就行|就好|就可以|吧|啊|呀|想|要|的|这边|之前|上次|昨天|前)/.test(after);
  if (/^(?:师|修|理)/.test(after) || isEverydayWord(surname + title)) return;
  const isStaff = STAFF.test(clauseAround(text, from, from).replace(title, "")) || title === "工";
  if ((own && isFree) || (PHONE_AFTER.test(after) && !isStaff)) take(from, at + title.length, from, at, titleOf(title));
}
