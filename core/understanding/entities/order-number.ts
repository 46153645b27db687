import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { OrderNumberEntity } from "../types.ts";

const CUE =
  "(?:(?:订单|工单|预约|维修|报修|服务|派工|投诉|案件|个案|受理|安装|单据|收据|结算)(?:单)?(?:编号|号码?)|订单|工单|预约单|报修单|维修单|服务单|派工单|安装单|送货单|配送单|发货单|售后单|保养单|维保单|退货单|换货单|出库单|销售单|合同(?:编号|号)?|流水号|估价单(?:号)?|报价单(?:号)?|委托书(?:编号|号)?|单号|单子|编号|个案|案号|" +
  "\\b(?:order|ticket|booking|case|job|work ?order|reference|ref|confirmation|appointment|complaint|wo|(?:ro|sr)(?=[\\s:#])|(?:contract|quote|estimate|claim|docket)(?![a-z])|job ?card|repair order|service request|service ticket)(?:\\s?(?:no\\.?|number|num|nr|id|#|code))?|\\b(?:no\\.|number)(?=\\s?[a-z]{1,3}-?\\d))";
const LINK = "[\\s:#是为,]{0,3}(?:(?:is|was|no\\.?|it's)\\s)?(?:的)?[\\s\"'(#]{0,2}";
/** Letters, then a body of digits in which O, I and l may stand for digits. */
const CODE =
  "([a-z]{1,4}\\/\\d{2,4}\\/\\d{2,8}|20\\d{2}\\/\\d{3,6}|[a-z]{2,4}\\d{2}-\\d{6,14}|[a-z]{2,3} 20\\d{2} \\d{3,6}|(?:[a-z]{1,4}[\\s_-]?)?(?=[\\doil-]*\\d)[\\doil]{2,14}(?:-[a-z\\d]{1,8}){0,2}(?:\\/[a-z\\d]{1,3})?)";
const AFTER_CUE = new RegExp(`${CUE}${LINK}${CODE}(?![a-z\\d])`, "g");
/** Our own forms, recognised anywhere: two or three letters with a date and a count, a letter with yymmdd and a count, XX-1234. */
const ALONE =
  /(?<![a-z\d-])(?:[a-z]{2,3}-?[2o][0o][\doi]{6,10}(?:-\d{1,2})?|(?:wx|wo|so|bk|cs|po)[\s-]?[2o][0o][\doi]{2}[\s-]?[\doi]{4,8}|[a-z]{1,2}-?[2-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2,3}|[a-z]{2}-(?=[oil]*\d[\doil]*\d)[\doil]{4,10}|[a-z]-\d{5,8}|inv-?\d{4,8}|#?(?:ax|wo|so|po|wx|bk|cs|sr)[ -]?\d{4,12}|\d{3}-\d{7}-\d{7}|#\d{4,12})(?![a-z\d]|-\d)/g;
/** Letters and digits mixed behind the word for a reference: booking ref QX7T2M. */
const MIXED =
  /(?:\b(?:ref|reference|confirmation)(?: (?:no\.?|number|code|id))?|\b(?:order|booking|ticket|case|job) (?:no\.?|number|id|code|ref)|(?:订单|工单|预约|查询)(?:号码?|码|编号))[\s:#是为]{0,3}(?:is |was |it's )?((?=[a-z\d]*\d[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,10}|(?=[a-z\d-]*\d[a-z-]*\d)(?=[\d-]*[a-z])[a-z\d]{2,5}-[a-z\d]{2,8})(?![a-z\d-])/g;
/** Digits one by one after the word for a number: case number 4 4 7 1. */
const APART =
  /\b(?:order|ticket|booking|case|job|reference|ref|confirmation|invoice)(?: (?:no\.?|number|id))?(?: is| was|:)? ((?:\d ){3,11}\d)(?![a-z\d])|(?:单号|编号|号码)[是为:]? ?((?:\d ){3,11}\d)(?!\d)/;

/** A model of a maker, a serial, a part: not ours. */
const OTHER_BEFORE =
  /(?:型号|机型|款|系列|序列号|机身号|零件|配件|身份证|护照|error|code|model|serial|s\/n|sn|part|version|rev|passport|plate|车牌|牌照|rego?)[^。!?\n]{0,6}$/;
const UNIT_AFTER =
  /^\s?(?:块|元|年|月|日|号[^,。]|点|分|公里|km|度|寸|匹|个|台|次|人|天|小时|rmb|yuan|am\b|pm\b|days?\b|weeks?\b|hours?\b|mins?\b|items?\b|filters?\b|units?\b|dollars?\b|bucks?\b|miles?\b|%|:\d)/;

/**
 * Numbers of orders, bookings and cases, in order; value in upper case without blanks, typing slips in the digits (O, I, l) mended.
 *
 * @param asked the bot asked for the number: a bare code or a few digits count
 * @param askedProduct the bot asked for the product: a short code is its model
 */
export function readOrderNumbers(normalised: Normalised, asked: boolean, askedProduct = false): OrderNumberEntity[] {
  const { text } = normalised;
  if (!normalised.hasDigit) return [];
  const found: OrderNumberEntity[] = [];
  const take = (from: number, raw: string, value: string | null = null): void => {
    const code = raw.replace(/[\s-]+$/, "");
    const to = from + code.length;
    const span = originalSpan(normalised, from, to);
    if (found.length < 20 && found.every((other) => span.at >= other.at + other.text.length || span.at + span.text.length <= other.at)) {
      found.push({ ...span, value: value ?? mend(code) });
    }
  };
  for (const match of matchesOf(text, AFTER_CUE)) {
    const code = match[1]!;
    const from = match.index + match[0].length - code.length;
    const exact = /号|编号|no\.?|number|num|#|ref|\bid\b|code|wo\b/.test(match[0].slice(0, -code.length));
    const digits = code.replace(/\D/g, "").length;
    if (digits < (exact || /^[a-z]/.test(code) ? 2 : 3) || UNIT_AFTER.test(text.slice(from + code.length))) continue;
    if (
      /^(?:oil|ill|lol|in|is|it|i|to|on|no|at|for|by|the|end|ends|ended|was|were|are|from|due|of|till|says|said|has|had|took|take|cost|paid|over|with|runs|came|made|and|or|but|not|you|my|we)\b/.test(
        code,
      )
    )
      continue;
    if (!exact && /^(?:19|20)\d{2}$/.test(code)) continue;
    take(from, code);
  }
  for (const match of matchesOf(text, ALONE)) {
    if (OTHER_BEFORE.test(text.slice(Math.max(0, match.index - 16), match.index)) || !/\d{2}/.test(match[0])) continue;
    // Asked for a product, two letters and digits are its model.
    if (askedProduct && /^[a-z]{2}-/.test(match[0])) continue;
    const skip = match[0].startsWith("#") ? 1 : 0;
    take(match.index + skip, match[0].slice(skip));
  }
  for (const match of matchesOf(text, MIXED)) take(match.index + match[0].length - match[1]!.length, match[1]!, match[1]!.toUpperCase());
  if (found.length === 0) {
    const apart = APART.exec(text);
    const digits = apart?.[1] ?? apart?.[2];
    if (apart && digits !== undefined) take(apart.index + apart[0].length - digits.length, digits, digits.replaceAll(" ", ""));
  }
  if (found.length === 0 && asked) {
    const bare =
      /(?<![a-z\d])(?:[a-z]{1,4}-?|(?!(?:is|its|no|says|say|the|my|was|to|for|it|and|or|code|ref|num)\s)[a-z]{1,3}\s)?\d[\doil]{1,13}(?:-[a-z\d]{1,8})?(?![a-z\d])/.exec(
        text,
      );
    if (bare && !UNIT_AFTER.test(text.slice(bare.index + bare[0].length))) take(bare.index, bare[0]);
  }
  return found.sort((a, b) => a.at - b.at);
}

function mend(code: string): string {
  const match = /^([a-z]{0,4}?)([\s_-]?)((?=[oil]*\d)[\doil][\doil-]*?)(-[a-z\d]*[a-z][a-z\d]*)?$/.exec(
    code.replace(/(?<=\d) (?=\d)/g, ""),
  );
  if (!match) return code.replace(/\s/g, "").toUpperCase();
  const [, prefix = "", joint = "", body = "", suffix = ""] = match;
  return prefix.toUpperCase() + joint.replace("_", "-").trim() + body.replaceAll("o", "0").replace(/[il]/g, "1") + suffix.toUpperCase();
}
