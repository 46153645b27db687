/** One pass over the folded text: at each place where a word of time may begin, the rules for that character are tried. */
import { EN_CLOCK_RULES } from "./en-clock.ts";
import { EN_CLOCK_SPAN_RULES } from "./en-clock-spans.ts";
import { EN_DAY_RULES, leanOn } from "./en-days.ts";
import { EN_PART_RULES } from "./en-parts.ts";
import { matchAt, type Rule, textBefore } from "./rule.ts";
import type { Bound, Draft } from "./spec.ts";
import { ZH_CLOCK_RULES } from "./zh-clock.ts";
import { ZH_DAY_RULES } from "./zh-days.ts";
import { ZH_FESTIVAL_RULES } from "./zh-festivals.ts";
import { ZH_RELATIVE_RULES } from "./zh-relative.ts";

/** Most pieces of one text; more is no message of a customer. */
const MAX_PIECES = 48;

type Table = ReadonlyMap<number, readonly Rule[]>;

function tableOf(rules: readonly Rule[]): Table {
  const table = new Map<number, Rule[]>();
  for (const rule of rules) {
    for (const char of new Set(rule.first)) {
      const code = char.charCodeAt(0);
      const list = table.get(code);
      if (list) list.push(rule);
      else table.set(code, [rule]);
    }
  }
  return table;
}

const EN_RULES = [
  ...EN_CLOCK_SPAN_RULES.slice(0, 1),
  ...EN_DAY_RULES,
  ...EN_CLOCK_SPAN_RULES.slice(1),
  ...EN_CLOCK_RULES,
  ...EN_PART_RULES,
];
const ENGLISH = tableOf(EN_RULES);
/** Text with Han characters may still say `2pm` or `tomorrow`; its bare 3/15 is month and day. */
const CHINESE = tableOf([...ZH_FESTIVAL_RULES, ...ZH_CLOCK_RULES, ...ZH_DAY_RULES, ...ZH_RELATIVE_RULES, ...EN_RULES]);

const NUMERALS = "零一二两三四五六七八九十百千万亿廿卅";
const isNumeral = new Set([...NUMERALS].map((char) => char.charCodeAt(0)));
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLatin = (code: number): boolean => code >= 97 && code <= 122;
const HAN = /[\u3400-\u9fff]/;

/** 之后, 以前, 左右 … right after a piece. */
const SUFFIX =
  /(?:的时候)?(?:(之后|以后|过后|打后|后(?![面天备台续悔排视备盖座桥门院]))|(之前|以前|前(?![后面台轮天盖排桥门院任男女]))|(开始|起(?![来码床飞火不因])))|(?:或者?|以及|及)(之后|以后)|(?:左右|前后|上下|多钟|多(?!少|久|长|大|半)|来钟|出头|的样子|那会儿?)/y;

/** Or after, onwards, right after a piece. */
const ONWARDS =
  /[\s,]{1,2}(?:(?:or|and) (?:after|later|onwards?|beyond|any ?time after)|onwards?)(?![a-z])(?! (?:that|lunch|work|dinner|\d))/y;

/** after, by, until … right before a piece. */
const PREFIX =
  /\b(no later than|no earlier than|not before|any ?time after|any ?time before|any ?time from|after|since|before|this side of|by|until|till|til|starting from|starting on|starting|beginning|from|as of)\s+(?:about |around |on |the )?$/;
const VISIT_BY =
  /\b(?:(pop|drop|stop|swing|pass|nip|stopp?ing|dropping|popping|swinging|passing)|(?:(i |we |someone |he |she |they )?come|round))\s+$/;
const BOUNDS: Readonly<Record<string, Bound>> = {
  after: "after",
  "not before": "after",
  "no earlier than": "after",
  "anytime after": "after",
  "any time after": "after",
  before: "before",
  "this side of": "before",
  "anytime before": "before",
  "any time before": "before",
  by: "by",
  until: "by",
  till: "by",
  til: "by",
  "no later than": "by",
  from: "from",
  starting: "from",
  "starting from": "from",
  "starting on": "from",
  beginning: "from",
  "as of": "from",
  "anytime from": "from",
  "any time from": "from",
};

function withBound(found: Draft, text: string, chinese: boolean): Draft {
  if (found.bound !== null || found.to !== null || found.shift !== null) return found;
  if (chinese) {
    const suffix = matchAt(SUFFIX, text, found.end);
    if (suffix) {
      const [whole, after, before, from, orAfter] = suffix;
      const distant = found.day?.is === "from" || found.day?.is === "workday";
      const timed = found.clock !== null || found.part !== null;
      if (after !== undefined && !distant) return { ...found, end: found.end + whole.length, bound: "after" };
      if (before !== undefined && !distant) return { ...found, end: found.end + whole.length, bound: "before" };
      if (orAfter !== undefined) return timed ? found : { ...found, end: found.end + whole.length, bound: "from" };
      if (from !== undefined) return timed ? found : { ...found, end: found.end + whole.length, bound: "from" };
      if (after === undefined && before === undefined) return { ...found, end: found.end + whole.length };
    }
  }
  const onwards = matchAt(ONWARDS, text, found.end);
  if (onwards && !PREFIX.test(textBefore(text, found.at, 28))) return { ...found, end: found.end + onwards[0].length, bound: "from" };
  const prefix = PREFIX.exec(textBefore(text, found.at, 28));
  if (!prefix) return found;
  // Just after two is two, or so.
  if (/\bjust +$/.test(textBefore(text, found.at - prefix[0].length, 6))) return found;
  const word = (prefix[1] ?? "").replace(/\s+/g, " ");
  // Come by today, pop by on Friday: no deadline.
  const visits = word === "by" ? VISIT_BY.exec(textBefore(text, found.at - prefix[0].length, 12)) : null;
  if (
    visits !== null &&
    (visits[1] !== undefined || (found.day?.is === "offset" && found.clock === null) || (found.day !== null && visits[2] !== undefined))
  )
    return found;
  const at = found.at - prefix[0].length;
  if (word === "since") return { ...found, at, past: true };
  return { ...found, at, bound: BOUNDS[word] ?? null };
}

/** May a number begin here? Not inside codes, sums, decimals and telephone numbers. */
function numberMayBegin(text: string, at: number, free: number): boolean {
  if (at === 0 || at === free) return true;
  const previous = text.charAt(at - 1);
  const earlier = at >= 2 ? text.charCodeAt(at - 2) : 32;
  const wordBefore = isDigit(earlier) || isLatin(earlier);
  if (isLatin(previous.charCodeAt(0)) || /[#¥￥$€£_%\\]/.test(previous)) return false;
  if (previous === ":") return at - 1 === free || !isDigit(earlier);
  if (/[.,/-]/.test(previous)) return at - 1 === free || !wordBefore;
  return !(previous === " " && /[#¥￥$€£]/.test(String.fromCharCode(earlier)));
}

const NEAR = /^[\s,的@]{0,3}(?:(?:at|on|in|around|about|by|for|from|between|大概|大约|差不多|就)\s{0,2})?$/;

/** All pieces of a folded text in order; they do not overlap. */
export function scan(text: string): Draft[] {
  const chinese = HAN.test(text);
  const table = chinese ? CHINESE : ENGLISH;
  const lean = (index: number): Draft | null => leanOn(text, index);
  const found: Draft[] = [];
  let at = 0;
  let free = 0;
  while (at < text.length && found.length < MAX_PIECES) {
    const code = text.charCodeAt(at);
    const digit = isDigit(code);
    const rules = table.get(code);
    if (rules !== undefined && (!digit || numberMayBegin(text, at, free))) {
      const last = found.at(-1);
      const before = last && at - last.end <= 12 && NEAR.test(text.slice(last.end, at)) ? last : null;
      let taken: Draft | null = null;
      for (const rule of rules) {
        const match = matchAt(rule.pattern, text, at);
        if (match) taken = rule.read(match, { text, at, before, lean });
        if (taken) break;
      }
      if (taken) {
        // Every day at eight: the clock reading recurs with its day.
        if (before?.recurring) taken = { ...taken, recurring: true };
        const bounded = withBound(taken, text, chinese);
        found.push(bounded.at < free ? { ...bounded, at: taken.at } : bounded);
        at = Math.max(bounded.end, at + 1);
        free = at;
        continue;
      }
    }
    at += 1;
    if (digit) while (at < text.length && isDigit(text.charCodeAt(at))) at += 1;
    else if (isLatin(code))
      while (at < text.length && (isLatin(text.charCodeAt(at)) || isDigit(text.charCodeAt(at)) || text.charCodeAt(at) === 39)) at += 1;
    else if (isNumeral.has(code)) while (at < text.length && isNumeral.has(text.charCodeAt(at))) at += 1;
  }
  return found;
}
