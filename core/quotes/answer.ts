/**
 * What a customer decides about the lines of a quote, in plain words: 「1要2不要3下次」, "do 1 and 3, skip 2", 「刹车片换，其他下次」,
 * 「都做」. Pure. Strict on purpose: a question, or words that name no line and no clear yes, decide nothing.
 */
import type { Decision, QuoteLine } from "./state.ts";

type Verb = { readonly kind: "verb"; readonly decision: Decision; readonly only: boolean };
type Token = { readonly kind: "line"; readonly id: string } | { readonly kind: "all" | "rest" | "stop" } | Verb;

const HAN: Readonly<Record<string, string>> = {
  一: "1",
  二: "2",
  两: "2",
  兩: "2",
  三: "3",
  四: "4",
  五: "5",
  六: "6",
  七: "7",
  八: "8",
  九: "9",
};

/** In order: the longer and the negative come before what they contain. */
const WORDS: readonly (readonly [RegExp, (match: RegExpExecArray) => Token])[] = [
  [
    /下次(?:再说|再說|再做|再换|再換|吧)?|下回|以后再|以後再|过段时间|過段時間|过阵子|過陣子|暂时不|暫時不|先不|暂缓|暫緩|遲啲|迟啲|\b(?:later|next time|not now|postpone|another time|wait on|hold off(?: on)?)\b/iy,
    verb("deferred"),
  ],
  [
    /不(?:要|做|换|換|修|用|需要|同意|弄|搞|必)|(?:别|別|唔)(?:要|做|换|換|修|整|使)|免了|算了|不了|拒绝|拒絕|取消|\b(?:no|not|don'?t(?: do| want)?|skip|decline|leave(?: out)?|without|refuse|reject|nope)\b/iy,
    verb("declined"),
  ],
  [/(?:只|就|光|仅|僅)(?:要|做|换|換|修|整|同意)|\bonly\b|\bjust\b/iy, (): Token => ({ kind: "verb", decision: "approved", only: true })],
  [
    /同意|可以|要|做|换|換|修|整|好的|好|行|得|批准|没问题|沒問題|\b(?:yes|yep|yeah|ok(?:ay)?|sure|do|approved?|accept|agreed?|go ahead(?: with)?|fine|please do|replace|fix)\b|👍|✅/iy,
    verb("approved"),
  ],
  [/全部|全都|都|所有|\b(?:all|both|everything)\b/iy, (): Token => ({ kind: "all" })],
  [/其他的?|其它的?|其余的?|其餘的?|剩下的?|别的|別的|\b(?:the )?(?:rest|others?|remaining)\b/iy, (): Token => ({ kind: "rest" })],
];

function verb(decision: Decision): () => Token {
  return () => ({ kind: "verb", decision, only: false });
}

const QUESTION =
  /[?？]|吗|嗎|么[。!！]?$|多少|怎么|怎麼|为什么|為什麼|什么|什麼|几天|幾天|几点|幾點|多久|便宜|能不能|可不可以|要不要|\b(?:why|how|what|when|which|can you|could you|cheaper|discount)\b/i;

/** Money in the words is no number of a line. */
const MONEY = /[¥$￥]\s*\d+(?:\.\d+)?|\d+(?:\.\d+)?\s*(?:块|塊|元|yuan|rmb)|\d{3,}|\d+[:：点點]\d*/gi;

/**
 * @param lines those that wait for an answer
 * @param agrees the words as a whole were understood as a plain yes or no; `null` = neither
 * @returns decisions by line, or `null` when the words decide nothing
 */
export function parseQuoteAnswer(
  text: string,
  lines: readonly Pick<QuoteLine, "id" | "item">[],
  agrees: boolean | null = null,
): Readonly<Record<string, Decision>> | null {
  const plain = text.normalize("NFKC").replace(MONEY, " ").toLowerCase();
  const tokens = tokenise(plain, lines);
  const named = tokens.some((token) => token.kind !== "verb" && token.kind !== "stop");
  if (QUESTION.test(text) && !(named && /^[^?？]*[,，。;；]/.test(text) && !QUESTION.test(text.replace(/[?？]\s*$/, "")))) return null;
  const verbs = tokens.filter((token) => token.kind === "verb");
  if (!named) {
    const kinds = new Set(verbs.map((token) => token.decision));
    if (kinds.has("deferred") && kinds.size <= 2 && !kinds.has("approved")) return everything(lines, "deferred");
    if (agrees === null || verbs.length > 2) return null;
    if (agrees && kinds.has("declined")) return null;
    return everything(lines, agrees ? "approved" : "declined");
  }
  if (verbs.length === 0) return null;
  return decide(tokens, lines);
}

function everything(lines: readonly Pick<QuoteLine, "id">[], decision: Decision): Record<string, Decision> {
  return Object.fromEntries(lines.map((line) => [line.id, decision]));
}

function tokenise(plain: string, lines: readonly Pick<QuoteLine, "id" | "item">[]): Token[] {
  const ids = new Set(lines.map((line) => line.id));
  const items = [...lines]
    .map((line) => ({ id: line.id, name: line.item.normalize("NFKC").toLowerCase() }))
    .sort((one, other) => other.name.length - one.name.length);
  const tokens: Token[] = [];
  let at = 0;
  scan: while (at < plain.length) {
    for (const item of items) {
      const length = nameLength(plain, at, item.name);
      if (length === 0) continue;
      tokens.push({ kind: "line", id: item.id });
      at += length;
      continue scan;
    }
    const ordinal =
      /(?:第|no\.?\s*|number\s*|#|item\s*|line\s*)?([1-9一二两兩三四五六七八九])(?:项|項|个|個|条|條|号|號|st|nd|rd|th)?(?!\d)/iy;
    ordinal.lastIndex = at;
    const number = ordinal.exec(plain);
    const id = number ? (HAN[number[1]!] ?? number[1]!) : "";
    if (number && ids.has(id) && !/\d/.test(plain[at - 1] ?? "")) {
      tokens.push({ kind: "line", id });
      at += number[0].length;
      continue;
    }
    for (const [pattern, token] of WORDS) {
      pattern.lastIndex = at;
      const match = pattern.exec(plain);
      if (!match) continue;
      tokens.push(token(match));
      at += match[0].length;
      continue scan;
    }
    if (/[,;.!\n。；！，]/.test(plain[at]!)) tokens.push({ kind: "stop" });
    at += 1;
  }
  return tokens;
}

/** How much of an item's name stands here: all of it, or a part of at least two Chinese characters or one English word. */
function nameLength(plain: string, at: number, name: string): number {
  if (plain.startsWith(name, at)) return name.length;
  if (/\p{Script=Han}/u.test(plain[at] ?? "")) {
    for (let length = Math.min(name.length, 8); length >= 2; length--)
      if (name.includes(plain.slice(at, at + length)) && plain.slice(at, at + length).length === length) return length;
    return 0;
  }
  if (/[a-z]/.test(plain[at - 1] ?? "")) return 0;
  const word = /^[a-z]{4,}/.exec(plain.slice(at))?.[0];
  return word && name.split(/\s+/).some((part) => part === word || `${part}s` === word || part === `${word}s`) ? word.length : 0;
}

/**
 * Verbs stand behind their lines (1要2不要) or before them (do 1, skip 2), clause by clause: lines behind the last verb of a clause show
 * that verbs stand in front there.
 */
function decide(tokens: readonly Token[], lines: readonly Pick<QuoteLine, "id">[]): Record<string, Decision> | null {
  const decided: Record<string, Decision> = {};
  let current: Verb | null = null;
  let pending: Token[] = [];
  let only = false;
  const apply = (targets: readonly Token[], verb: Verb): void => {
    for (const target of targets) {
      if (target.kind === "line") decided[target.id] = verb.decision;
      else for (const line of lines) decided[line.id] ??= verb.decision;
    }
    only ||= verb.only && targets.length > 0;
  };
  for (const clause of clausesOf(tokens)) {
    const last = clause.findLastIndex((token) => token.kind === "verb");
    const inFront = last >= 0 && last < clause.length - 1;
    for (const token of clause) {
      if (token.kind !== "verb") {
        if (inFront && current !== null) apply([token], current);
        else pending.push(token);
      } else if (inFront || pending.length === 0) {
        // "don't do": the no before the verb is what counts.
        const negated: boolean = current !== null && current.decision !== "approved" && token.decision === "approved" && !inFront;
        if (!negated) current = nextVerb(clause, token, current, inFront);
      } else {
        apply(pending, token);
        pending = [];
        current = token;
      }
    }
    if (inFront && pending.length > 0 && current !== null) {
      apply(pending, current);
      pending = [];
    }
  }
  if (pending.length > 0) {
    if (current === null) return null;
    apply(pending, current);
  }
  if (only) for (const line of lines) decided[line.id] ??= "declined";
  return Object.keys(decided).length > 0 ? decided : null;
}

/** Of two verbs side by side ("don't do 3") the first, a no, holds. */
function nextVerb(clause: readonly Token[], token: Verb, current: Verb | null, inFront: boolean): Verb {
  const before = clause[clause.indexOf(token) - 1];
  return inFront && before?.kind === "verb" && before.decision !== "approved" && current !== null ? current : token;
}

function clausesOf(tokens: readonly Token[]): Token[][] {
  const clauses: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "stop") clauses.push([]);
    else clauses.at(-1)!.push(token);
  }
  return clauses.filter((clause) => clause.length > 0);
}
