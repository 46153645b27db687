/** Pieces of patterns that the readers of Chinese names share. */
import type { NameEntity } from "../types.ts";
import { isBlocked } from "./name-words.ts";
import { COMPOUND_SURNAMES, SURNAMES } from "./surnames.ts";

export type Title = NameEntity["title"];

/** Takes `[from, to)` as a name; its value is `[valueFrom, valueTo)` and, where it stands apart, the given name. */
export type TakeName = (from: number, to: number, valueFrom: number, valueTo: number, title: Title, given?: string) => void;

export const SURNAME = `(?:${COMPOUND_SURNAMES}|[${SURNAMES}])`;
export const HAN = "[\\u3400-\\u9fff]";
/** What may stand right after a full name in running text. */
export const NAME_END =
  "(?=$|[^\\u3400-\\u9fff]|先生|女士|小姐|太太|电话|手机|号码|联系|住|地址|的|在|是|这里|这边|想|要|约|预约|来|家|我|车|报修|维修|订单|单号|麻烦|请|之前|上次|昨天|今天|明天|你好|您好|啊|呀|哦|吧|呢|喔|就行|就好|就可以|即可|收|嘅|系|这个|得啦|得喇|得嘞|得了|得㗎|都得)";
/** A telephone number follows, perhaps announced. */
export const PHONE_NEXT =
  "(?=[\\s,:;、(/-]{0,3}(?:的?(?:电话|手机|手机号|号码|tel|ph)(?:号码?)?(?:是|:|：)?)?[\\s:,(]{0,2}\\+?\\d[\\d\\s-]{5,})";

export const titleOf = (word: string | undefined): Title =>
  word === undefined
    ? null
    : /^(?:先生|生|哥|叔|伯|大爷|大哥|爸爸|爷爷)/.test(word)
      ? "mr"
      : /^(?:太|夫人|师奶)/.test(word)
        ? "mrs"
        : /^(?:女士|小姐|姐|阿姨|姨|妈妈|奶奶|婆婆|大姐|大妈|嫂|姑娘|小妹)/.test(word)
          ? "ms"
          : null;

/** Takes the last group of a match as a name, if it is one. */
export function takeGroup(match: RegExpMatchArray, take: TakeName): void {
  const name = match[1]!;
  if (isBlocked(name)) return;
  const from = match.index! + match[0].lastIndexOf(name);
  take(from, from + name.length, from, from + name.length, null);
}

/** The stretch between punctuation that holds `[from, to)`. */
export function clauseAround(text: string, from: number, to: number): string {
  let start = from;
  while (start > 0 && !/[,。.!?;\n]/.test(text[start - 1]!)) start -= 1;
  let end = to;
  while (end < text.length && !/[,。.!?;\n]/.test(text[end]!)) end += 1;
  return text.slice(start, end);
}
