/** Chinese names that nothing announces: alone before or behind a phone, as a signature, or as the first words of a message. */
import { isUsualGiven } from "./given-names.ts";
import { HAN, PHONE_NEXT, SURNAME, type TakeName, takeGroup } from "./name-shapes.ts";
import { isBlocked } from "./name-words.ts";
import { surnameLength } from "./surnames.ts";

const WITH_PHONE = new RegExp(`(?:^|[\\n,;。.!?:~、)]\\s?|谢谢\\s?|\\s)(${SURNAME}${HAN}{1,2})${PHONE_NEXT}`, "g");
const AFTER_PHONE = new RegExp(
  `\\d[\\d -]{5,}\\d[\\s,:;、/-]{0,3}(?:我是|我叫)?([老小阿]${SURNAME}|${SURNAME}${HAN}{1,2})(?=$|[\\s,。;])`,
  "g",
);
const ANY_PHONE = /\d[\d -]{5,}\d/;
/** ——李想, -王磊, by 陈晨. */
const SIGNED = new RegExp(`(?:[-~](?=\\s?${SURNAME}${HAN}{1,2}$)|(?:^|\\s)by)\\s?(${SURNAME}${HAN}{1,2})\\s*$`, "g");
/** 你好我袁立,预约过. */
const I_NAMED = new RegExp(`(?:^|[,。!?\\s]|你好|您好)我(${SURNAME}${HAN}{1,2})(?=$|[,。!\\s])`, "g");
const CLAUSES = /[^\s,。.!?;:、~\n-]+/g;
/** What may close a message before a signature. */
const CLAUSE_NAME = new RegExp(`^(?:你好|您好|谢谢|多谢|谢了)?(${SURNAME}${HAN}{1,2})$`);

export function readLoneNames(text: string, take: TakeName): void {
  if (ANY_PHONE.test(text)) {
    for (const match of text.matchAll(WITH_PHONE)) takeGroup(match, take);
    for (const match of text.matchAll(AFTER_PHONE)) takeGroup(match, take);
  }
  for (const match of text.matchAll(SIGNED)) takeGroup(match, take);
  for (const match of text.matchAll(I_NAMED)) if (isUsualGiven(match[1]!.slice(surnameLength(match[1]!)))) takeGroup(match, take);
  const clauses = [...text.matchAll(CLAUSES)];
  if (clauses.length < 2) return;
  const head = /^(?:你好|您好|在吗|在么|哈喽|早|早上好|下午好|谢谢)啊?$/.test(clauses[0]![0]) ? clauses[1]! : clauses[0]!;
  for (const clause of [head, clauses.at(-1)!]) {
    const before = clauses[clauses.indexOf(clause) - 1]?.[0] ?? "";
    readClause(clause, /(?:名字?|联系人|联络人|姓名|收件人)[吧就是]?$/.test(before), take);
  }
}

/** A whole clause at the head or end of a message that is a full name of usual characters. */
function readClause(clause: RegExpExecArray, isAnnounced: boolean, take: TakeName): void {
  const name = CLAUSE_NAME.exec(clause[0])?.[1];
  if (name === undefined) return;
  const size = surnameLength(name);
  // Two characters are a word too often (高明, 安静, 成功).
  if ((name.length < 3 && !isAnnounced) || size === 0 || !isUsualGiven(name.slice(size)) || isBlocked(name)) return;
  const from = clause.index + clause[0].length - name.length;
  take(from, from + name.length, from, from + name.length, null);
}
