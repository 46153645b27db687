/** Words of time that are names or figures: Monday.com, the Sunday market, what a display shows. */
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";

/** What a clock, timer or panel shows; what an app or letter says is an appointment. */
const SHOWN_EN =
  /\b(?:reads?|reading|shows?|showing|stuck (?:at|on)|frozen (?:at|on)|blink\w*|flash\w*|jumps? (?:to|from)|resets? (?:itself )?to|displays?|displaying|(?:clock|display|screen|panel|timer|dial|dash)(?: [a-z]+){0,3} says) *(?:at |on )?$/;
const SHOWN_ZH = /(?:[显顯]示|[闪閃]着?|停在|卡在|跳到?|跳着|跳回)(?:的是|成|着|到|在)?$/;
const NOTIFIED =
  /\b(?:app|email|e-mail|text|message|booking|confirmation|calendar|reminder|letter|website|site|system|portal|order|ticket|tracker|tracking)\b|app|系统|短信|订单|预约|工单|消息|日历|小程序|页面|公众号/;

/** Monday.com, the Tuesday club, the Sunday market. */
const NAME_AFTER =
  /^(?:\.[a-z]{2,}|(?:'s)? (?:clubs?|markets?|leagues?|magazine|papers?|times|telegraph|post|supplement|special|edition|crowd|crew|rota|staff|girls?|lads?|guys?|blokes?|wom[ae]n|m[ae]n)\b)/;
const WEEKEND_NAME_AFTER =
  /^ (?:warriors?|trips?|getaways?|breaks?|jobs?|projects?|cottage|home|house|wear|bag|shifts?|traffic|away|opening|cover)\b/;
/** Is Friday the mechanic's name? August is my dog. */
const CALLED_AFTER =
  /^(?: is)? (?:my|our|his|her|the|your|an?) [^.!?]{0,24}\bname\b|^ is (?:my|our|his|her) (?:\w+ )?(?:dog|cat|son|daughter|wife|husband|partner|mum|mom|dad|boss|sister|brother|neighbou?r|tenant|friend|colleague|baby|puppy)\b/;
const CALLED_BEFORE =
  /\b(?:called|named|call (?:me|him|her|it|us)|mr|mrs|ms|miss|dr|name is|name's|surname)\.? $|(?:叫做?|姓|名字是|名叫|我是)$/;

const HAN = /[\u3400-\u9fff]/;

/** Does a draft only name or show something? */
export function isNamed(draft: Draft, text: string): boolean {
  const before = textBefore(text, draft.at, 48);
  const after = text.slice(draft.end, draft.end + 48);
  if (draft.clock !== null && draft.day === null && (SHOWN_EN.test(before) || SHOWN_ZH.test(before))) return !NOTIFIED.test(before);
  const { day } = draft;
  // Stuck on 30.
  if (day?.is === "date" && day.month === null && SHOWN_EN.test(before)) return !NOTIFIED.test(before);
  if (day === null || draft.clock !== null) return false;
  const isName = day.is === "weekday" || day.is === "month" || day.is === "weekend";
  if (!isName) return false;
  if (CALLED_BEFORE.test(before) || (!HAN.test(after) && CALLED_AFTER.test(after))) return true;
  if (day.is === "weekend") return draft.part === null && WEEKEND_NAME_AFTER.test(after);
  return draft.part === null && NAME_AFTER.test(after);
}
