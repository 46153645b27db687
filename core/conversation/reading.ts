/** What the customer did this turn, as flows see it; and how an answer is matched with the choices of the open question. */
import type { Media } from "../spine/events.ts";
import type { Instant } from "../time.ts";
import type { Entities, Intent, Understanding } from "../understanding/types.ts";
import type { Asked, Choice } from "./state.ts";

export interface Reading {
  /** The words; "" when a button was pressed or media came without words. */
  readonly text: string;
  /** `null` for presses and wordless media. */
  readonly understanding: Understanding | null;
  /** The choice of the open question that was picked. */
  readonly choice: Choice | null;
  readonly media: Media | null;
}

const NOTHING: Entities = {
  datetime: [],
  phone: [],
  plate: [],
  vin: [],
  order_no: [],
  product: [],
  fault: [],
  service: [],
  name: [],
  address: [],
  score: [],
  amount: [],
  mileage: [],
};

/** The pieces found in the words; empty ones for a press. */
export function entitiesOf(reading: Reading): Entities {
  return reading.understanding?.entities ?? NOTHING;
}

/** What the message is for, when that is sure enough to act on. */
export function sureIntent({ understanding }: Reading): Intent | undefined {
  return understanding?.decision === "act" ? understanding.intents[0]?.intent : undefined;
}

const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [/^(?:the )?(?:first|1st)(?: one| option)?$/, 0],
  [/^(?:the )?(?:second|2nd)(?: one| option)?$/, 1],
  [/^(?:the )?(?:third|3rd)(?: one| option)?$/, 2],
  [/^(?:the )?(?:fourth|4th)(?: one| option)?$/, 3],
  [/^(?:the )?(?:fifth|5th)(?: one| option)?$/, 4],
  [/^(?:the )?last(?: one| option)?$/, -1],
];
const HAN_DIGITS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6 };
const ANY =
  /^(?:都行|都可以|都得|随便|隨便|哪个都行|哪個都行|哪個都可以|任何一个|看你们|你定|你決定|你决定|是但|any|anything|any of them|either|whichever|whatever|any is fine|either is fine|any time|anytime)$/;
const FILLER =
  /(?:[\s,。.,!!??~~、吧啊呀哦喔啦嘛呢的了]| please| pls| thanks| (?:is|would be|sounds|looks) (?:fine|good|ok|okay|great|perfect)| works)+$/u;
const POLITE =
  /^(?:嗯[,，\s]*|好[,，\s]+|那就|就|我要|我选|我選|选|選|要|好|please |i'?ll take |i'?d like |let'?s go with |go with |choose |option |number |no\. ?|#|it'?s |the )+/;

/**
 * The choice an answer means, or `null`: by its id or label (a press), by number (2, ②, 2️⃣), ordinal (第二个, the second),
 * by words (label inside the answer or the other way round), by clock reading for times, or the first for "any".
 */
export function matchChoice(text: string, asked: Asked | null, understanding: Understanding | null): Choice | null {
  if (!asked || asked.choices.length === 0) return null;
  const { choices } = asked;
  const plain = text.normalize("NFKC").trim().toLowerCase();
  const exact = choices.find((choice) => choice.id.toLowerCase() === plain || choice.label.normalize("NFKC").toLowerCase() === plain);
  if (exact) return exact;
  const short = plain
    .replace(/[\ufe0f\u20e3]/gu, "")
    .replace(FILLER, "")
    .replace(POLITE, "")
    .replace(FILLER, "")
    .trim();
  if (/^[1-9]$/.test(short)) return choices[Number(short) - 1] ?? null;
  const ordinal = /^第([一二两兩三四五六1-6])(?:个|個|项|項|种|種|条|條|台|臺|部|架|辆|輛|款|张|張|间|間|样|樣|扇)?(?:时间|時間)?$/.exec(
    short,
  );
  if (ordinal) return choices[(HAN_DIGITS[ordinal[1]!] ?? Number(ordinal[1])) - 1] ?? null;
  if (/^最后(?:一?个)?$|^最後(?:一?個)?$/.test(short)) return choices.at(-1) ?? null;
  for (const [pattern, index] of ORDINALS) if (pattern.test(short)) return choices.at(index) ?? null;
  if (asked.question !== "yesno" && ANY.test(short)) return choices[0] ?? null;
  const byTime = matchTime(choices, understanding);
  if (byTime) return byTime;
  if (short.length < 2) return null;
  const inside = choices.filter((choice) => {
    const label = choice.label.normalize("NFKC").toLowerCase();
    return label.includes(short) || (label.length >= 2 && short.length <= label.length + 6 && short.includes(label));
  });
  return inside.length === 1 ? inside[0]! : null;
}

/** The only choice whose start shows the clock reading or lies in the span that was said. */
function matchTime(choices: readonly Choice[], understanding: Understanding | null): Choice | null {
  const said = understanding?.entities.datetime[0];
  if (!said || understanding.entities.datetime.length > 1) return null;
  const fits = choices.filter((choice) => {
    const start = startOf(choice);
    if (start === null) return false;
    if (said.end !== null) return start >= said.start && start < said.end;
    if (start === said.start) return true;
    // A bare clock reading means the offered day, whichever it is.
    return !said.daySaid && Math.abs(start - said.start) % 86_400_000 === 0;
  });
  return fits.length === 1 ? fits[0]! : null;
}

function startOf(choice: Choice): Instant | null {
  const value = choice.value;
  return typeof value === "object" && value !== null && "start" in value && typeof value.start === "number" ? value.start : null;
}
