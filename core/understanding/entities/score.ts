import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { ScoreEntity } from "../types.ts";
import { parseEnglishNumber, parseHanNumber } from "./numbers.ts";

/** Before and after 9/10 that stands as a mark by itself. */
const MARK_BEFORE = /(?:^|[.!?,;] ?|\b(?:it'?s|a|an|solid|overall|easily|definitely|straight|i'?d say|and|me) )$/;
const MARK_AFTER =
  /^(?:$|\s*[,.!;:)]| (?:for|from|overall|because|but|service|great|lovely|excellent|good|very|highly|no|only|as|thanks|thank|would|and \d+\/)\b)/;
/** On a scale from 1 to 10 it's a 6. */
const ON_SCALE =
  /\bscale (?:of|from) (?:0|1|one|zero) ?(?:to|-) ?(5|10|five|ten)\b[^.!\d]{0,28}?\b(\d{1,2}(?:\.\d)?|zero|one|two|three|four|five|six|seven|eight|nine|ten)\b(?! (?:to|of|is|being))/g;
/** He gets a nine. */
const GETS =
  /\b(?:he|she|they|you|it|that|lad|guy|technician|engineer|fitter) (?:gets?|deserves?|earns?|earned) (?:a |an )?(\d{1,2}(?:\.\d)?)(?=\s*(?:$|[,.!]| from| for me))/g;
/** A ten from me. */
const FROM_ME = /\b(\d{1,2}(?:\.\d)?|zero|one|two|three|four|five|six|seven|eight|nine|ten) (?:from|off) (?:me|us|both of us)\b(?! to)/g;

/** Judgements in words on a scale of five, most telling first. Only read when a score was asked or a form names it. */
const WORDS: readonly (readonly [RegExp, number])[] = [
  [
    /非常不满意?|很不满意?|极不满意|超不满意|十分不满意?|太差了?|很差|极差|超差|非常差|很糟糕?|糟糕透了|差劲|烂透了?|好差|极度不满|\b(?:very|extremely|completely|really) (?:dissatisfied|unhappy|bad|poor|disappointed)\b|\bterrible\b|\bawful\b|\bhorrible\b|\bworst\b|\bappalling\b/,
    1,
  ],
  [
    /不太满意|不怎么满意|不是很满意|不够满意|不满意?|唔满意|不好|唔好|较差|比较差|有点差|失望|差评|差|\b(?:dissatisfied|unsatisfied|unhappy|poor|bad|disappointed|disappointing|not (?:satisfied|happy|good|great))\b/,
    2,
  ],
  [
    /一般般?|还行|还可以|尚可|过得去|马马虎虎|普通|中等|凑合|ok啦|麻麻地?|\b(?:average|neutral|so[- ]so|okay|ok|fair|not bad|alright|meh)\b/,
    3,
  ],
  [
    /非常满意|很满意|十分满意|超级?满意|特别满意|极满意|好满意|相当满意|完美|非常好|特别好|超好|很棒|太棒了?|超赞|很赞|一级棒|满分|\b(?:(?:very|extremely|really|totally|100%|completely|super) (?:satisfied|happy|good|pleased)|excellent|perfect|outstanding|amazing|fantastic|brilliant|superb|great|full marks|top marks)\b/,
    5,
  ],
  [/比较满意|满意|挺好|不错|蛮好|挺不错|很好|好评|好|几好|\b(?:satisfied|happy|good|pleased|nice|fine)\b/, 4],
];
const RATING_FORM = /(?:满意度|评价|评分|打分|整体|总体|服务态度|rating|score|feedback)\s?[:：是为]\s?/;

const HAN = "[零〇一二两三四五六七八九十]";
const POINTS = new RegExp(`(\\d{1,3}(?:\\.\\d)?|${HAN}{1,3}(?:点${HAN})?)\\s?(分|颗星|星|粒星)`, "g");
const OF = /(?<![\d/.:-])(\d{1,3}(?:\.\d)?)\s?(?:\/|out of|outta|of)\s?(5|10|100)(?![\d/.:-]|\s?(?:am|pm|分|月|日))/g;
const WORD_OF = /\b(one|two|three|four|five|six|seven|eight|nine|ten|zero)\s(?:out of|\/)\s(five|ten|5|10)\b/g;
const STARS = /\b(\d(?:\.\d)?|one|two|three|four|five|zero)[\s-]?stars?\b/g;
const GIVEN =
  /(?:打|给|评|score[sd]?|rate[sd]?|rating|give(?: you| it| them)?)(?:个|了|你们?|他|她|师傅|[:：是为]| of| is| it| you| them| a| an| at| as)?\s?(?:a |an )?(\d{1,3}(?:\.\d)?)(?![\d/:.]|\s?(?:分|星|颗|年|月|日|号|点|块|元|个|次|天|小时|折|%|days?|weeks?|hours?|minutes?|mins?|times?|stars?|out|k|[a-z]))/g;
const EMOJI_STARS = /[⭐★🌟]/gu;

/**
 * Scores of the message, in order, with the scale that the text names or its size suggests: stars 5, points 10 (up to ten) or 100.
 *
 * @param asked the bot asked for a score: bare numbers and words of judgement count
 */
export function readScores(normalised: Normalised, asked: boolean): ScoreEntity[] {
  const { text } = normalised;
  const found: ScoreEntity[] = [];
  const scaleSaid = /5分制|五分制|满分(?:是|为)?(?:5|五)分?/.test(text) ? 5 : /百分制|满分(?:是|为)?(?:100|一百)/.test(text) ? 100 : null;
  const take = (from: number, to: number, value: number | null, scale: number): void => {
    if (value === null || value < 0 || value > scale || found.length >= 20) return;
    const span = originalSpan(normalised, from, to);
    const overlaps = found.some((other) => span.at < other.at + other.text.length && other.at < span.at + span.text.length);
    if (!overlaps) found.push({ ...span, value, scale });
  };
  const pointScale = (value: number): number => scaleSaid ?? (value <= 10 ? 10 : 100);
  if (normalised.hasDigit) {
    for (const match of matchesOf(text, OF)) {
      const scale = Number(match[2]);
      // 5/10 may be a date; as a mark it stands alone, is asked for or speaks of one.
      const to = match.index + match[0].length;
      const stands = MARK_BEFORE.test(text.slice(Math.max(0, match.index - 16), match.index)) && MARK_AFTER.test(text.slice(to, to + 12));
      const plain =
        match[0].includes("/") && !asked && !stands && text.length > match[0].length + 12 && !/分|星|score|rat|mark|评|打|给/.test(text);
      // 4 of 5 panes are counted, 8 of 10 is a mark.
      const counted =
        /\d of \d|\dof\d/.test(match[0]) && !asked && !/^(?:$|[\s]*[,.!?;)]| (?:stars?|points?|for|from)\b)/.test(text.slice(to));
      if (!plain && !counted) take(match.index, match.index + match[0].length, Number(match[1]), scale);
    }
  }
  if (text.includes("分") || text.includes("星")) {
    for (const match of matchesOf(text, POINTS)) readPoints(text, match, asked, pointScale, take);
    const full = /(?<!不|没|不给|不打|没给|没打|我打|考了?)满分(?!是|为|\d|[一五十])/.exec(text);
    if (full) take(full.index, full.index + 2, scaleSaid ?? 10, scaleSaid ?? 10);
  }
  if (normalised.hasLatin) {
    for (const match of matchesOf(text, WORD_OF)) {
      take(match.index, match.index + match[0].length, parseEnglishNumber(match[1]!), /five|5/.test(match[2]!) ? 5 : 10);
    }
    for (const match of matchesOf(text, STARS)) {
      if (STARS_SPOKEN_OF_BEFORE.test(text.slice(0, match.index)) || STARS_SPOKEN_OF_AFTER.test(text.slice(match.index + match[0].length)))
        continue;
      const value = /\d/.test(match[1]!) ? Number(match[1]) : parseEnglishNumber(match[1]!);
      take(match.index, match.index + match[0].length, value, value !== null && value > 5 ? 10 : 5);
    }
    const said = (value: string): number | null => (/\d/.test(value) ? Number(value) : parseEnglishNumber(value));
    for (const match of matchesOf(text, ON_SCALE)) {
      const from = match.index + match[0].length - match[2]!.length;
      take(from, match.index + match[0].length, said(match[2]!), /five|5/.test(match[1]!) ? 5 : 10);
    }
    for (const match of matchesOf(text, GETS)) {
      const to = match.index + match[0].length;
      take(to - match[1]!.length, to, said(match[1]!), 10);
    }
    for (const match of matchesOf(text, FROM_ME)) take(match.index, match.index + match[1]!.length, said(match[1]!), 10);
    const marks = /\b(?:full|top) marks\b/.exec(text);
    if (marks) take(marks.index, marks.index + marks[0].length, 10, 10);
  }
  readEmojiStars(text, take);
  if (normalised.hasDigit) {
    for (const match of matchesOf(text, GIVEN)) {
      const value = Number(match[1]);
      const from = match.index + match[0].length - match[1]!.length;
      // "give you 200" is money, "rate 85" of a hundred only where a score was asked.
      if (value <= 10 || asked || (scaleSaid === 100 && value <= 100)) take(from, from + match[1]!.length, value, pointScale(value));
    }
  }
  if (found.length === 0) readWords(text, asked, take);
  if (found.length === 0 && asked) readBare(text, pointScale, take);
  else if (asked && found.every((score) => /\d/.test(score.text))) readItems(text, pointScale, take);
  return found.sort((a, b) => a.at - b.at);
}

/** 让我打五星: what they want, not what they get. */
const DEMANDED = /(?:[让催叫逼求]我?[打给俾]?|[能可唔]不?能?我?打|好意思要|想要)(?:个)?$/;
/** Five star service, my 5 star review was: stars spoken of, not given. */
const STARS_SPOKEN_OF_BEFORE =
  /\b(?:if i (?:leave|give)|(?:ask\w*|want\w*|told) (?:me|us|you) to (?:rate|give|leave)(?: you)?|can have|could have|for a|expecting|promised|my|your|you have|you'?ve(?: got)?|you got|rated|with|has|have)\s$/;
const STARS_SPOKEN_OF_AFTER =
  /^ (?:hotel|on (?:google|yelp|trustpilot|facebook|tripadvisor|amazon|the app|maps)|service|rating was|review was|reviews|would be too)/;

type Take = (from: number, to: number, value: number | null, scale: number) => void;

function readPoints(
  text: string,
  match: RegExpExecArray | RegExpMatchArray,
  asked: boolean,
  pointScale: (value: number) => number,
  take: Take,
): void {
  const at = match.index!;
  const to = at + match[0].length;
  const value = /\d/.test(match[1]!) ? Number(match[1]) : parseHanNumber(match[1]!);
  if (value === null) return;
  const before = text.slice(Math.max(0, at - 4), at);
  const after = text.slice(to);
  if (match[2] !== "分") {
    // 三星 alone is also a maker: something that ends the mark must follow.
    if (DEMANDED.test(before)) return;
    if (match[2] !== "星" || /^(?:$|\s(?!\d)|[,。!?.;~)]|好评(?!的)|评价|吧|了|啦|不|thx)/.test(after))
      take(at, to, value, value > 5 ? 10 : 5);
    return;
  }
  // 五分钟, 三分之一, 八点五分, 十分满意, 两分店, 七分裤 are no marks.
  if (
    /^(?:钟|之|制|店|期|类|店|公司|开|别|手|裤|袖|熟|米|兆|贝|区|散|离|享|析|布|一|里|满分|行|多钟|以内|后|钱|价|货|不给|都不|也不|力|两|[二三四五六七八九]百)/.test(
      after,
    )
  )
    return;
  // 满分10分我给8分: the scale, not the mark.
  if (/满分(?:是|为)?$/.test(before) && /\d分|[一二三四五六七八九十]分/.test(after)) return;
  if (/[点时头:.\d]$/.test(before) || /[第几每差过扣减]的?了?$/.test(before) || /^零/.test(match[1]!) || DEMANDED.test(before)) return;
  const given = /(?:打|给|评|得|就|是|[:,。!\s])(?:个|你们?|他|她)?$/.test(before) || before === "";
  if (match[1] === "十" && !/^(?:$|[\s,。!?.;~]|吧|好评|满分|了)/.test(after) && !/(?:打|给|评)(?:个|你们?)?$/.test(before)) return;
  if (!asked && !given && !/分|评|满意|服务|师傅|态度/.test(text)) return;
  take(at, to, value, pointScale(value));
}

function readEmojiStars(text: string, take: Take): void {
  let from = -1;
  let count = 0;
  let to = -1;
  const flush = (): void => {
    if (count > 0) take(from, to, Math.min(count, 10), count > 5 ? 10 : 5);
    count = 0;
  };
  for (const match of matchesOf(text, EMOJI_STARS)) {
    if (count > 0 && text.slice(to, match.index).trim() !== "") flush();
    if (count === 0) from = match.index;
    count += 1;
    to = match.index + match[0].length;
  }
  flush();
}

function readWords(text: string, asked: boolean, take: Take): void {
  const form = RATING_FORM.exec(text);
  if (!asked && !form) return;
  const offset = form && !asked ? form.index + form[0].length : 0;
  const scope = text.slice(offset, form && !asked ? offset + 8 : offset + 40);
  for (const [pattern, value] of WORDS) {
    const match = pattern.exec(scope);
    if (!match) continue;
    take(offset + match.index, offset + match.index + match[0].length, value, 5);
    return;
  }
}

/** A bare number as the answer: 9, 九点五, 8吧, "nine". */
function readBare(text: string, pointScale: (value: number) => number, take: Take): void {
  const items = [
    ...text.matchAll(/(?:第?[一二三四五六七八九十\d]{1,2}[题项]|q\d{1,2}|[^\d\s,;]{2,8}?[:：])\s?[:：]?\s?(\d{1,3}(?:\.\d)?)(?!\d)/g),
  ];
  if (items.length > 1) {
    readItems(text, pointScale, take);
    return;
  }
  const alone = [...text.matchAll(/(?<![\d.:/-])(\d{1,3}(?:\.\d)?)(?![\d:/-]|\s?(?:年|月|日|号|点|块|元|个|次|天|小时|公里|楼|[a-z]))/g)];
  for (const match of alone.slice(0, 12)) {
    const value = Number(match[1]);
    if (value <= 100) take(match.index, match.index + match[0].length, value, pointScale(value));
  }
  if (alone.length > 0) return;
  const han = new RegExp(`^[\\s"'(]{0,2}(?:打|给|就|我给)?\\s?(${HAN}{1,3}(?:点${HAN})?)(?:吧|啦|了|分|咯|喽|$|[\\s,。!.])`).exec(text);
  if (han) take(han.index + han[0].indexOf(han[1]!), han.index + han[0].indexOf(han[1]!) + han[1]!.length, parseHanNumber(han[1]!), 10);
  const english = /^[\s"'(]{0,2}(?:a |an )?(zero|one|two|three|four|five|six|seven|eight|nine|ten)\b/.exec(text);
  if (english) take(english[0].length - english[1]!.length, english[0].length, parseEnglishNumber(english[1]!), 10);
}

/** 第一题5 第二题5 第三题4: one score an item. */
function readItems(text: string, pointScale: (value: number) => number, take: Take): void {
  for (const match of text.matchAll(
    /(?:第?[一二三四五六七八九十\d]{1,2}[题项]|q\d{1,2}|[a-z\u3400-\u9fff]{2,8}[:：])\s?[:：]?\s?(\d{1,3}(?:\.\d)?)(?![\d:/])/g,
  )) {
    const from = match.index + match[0].length - match[1]!.length;
    take(from, from + match[1]!.length, Number(match[1]), pointScale(Number(match[1])));
  }
}
