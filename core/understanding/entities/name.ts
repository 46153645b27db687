import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { NameEntity } from "../types.ts";
import { readLoneNames } from "./name-alone.ts";
import { readCuedNames } from "./name-cued.ts";
import { readEnglishNames } from "./name-english.ts";
import { HAN, SURNAME, type TakeName } from "./name-shapes.ts";
import { readTitledNames } from "./name-titled.ts";
import { isBlocked } from "./name-words.ts";
import { surnameLength } from "./surnames.ts";

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
  const { text } = normalised;
  if (normalised.hasHan) {
    readTitledNames(text, take);
    readCuedNames(text, take);
    readLoneNames(text, take);
  }
  if (normalised.hasLatin) readEnglishNames(normalised, context.asked, take);
  if (found.length === 0 && context.asked && normalised.hasHan) readBareName(text, take);
  return found.sort((a, b) => a.at - b.at);
}

/** Characters of small words and of time: with one of them an answer that begins with no surname (就那个, 晚点说) is no nickname. */
const NO_NICKNAME =
  /[了吗呢吧的我你他她它不没要想是就那这個个哪都也行等说讲话问今明昨后先再又很太最快慢早晚点急便样怎谁啥么多少能会可好对谢嗯哈在有]/;

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
  if (!isKnown && (name.length < 2 || (!/^[阿小老]/.test(name) && NO_NICKNAME.test(name)))) return;
  if (isKnown && name.length > 1 && isBlocked(name)) return;
  if (match[0].length < text.length && name.length < 2) return;
  const from = match.index + match[0].indexOf(name);
  take(from, from + name.length, from, from + name.length, null);
}
