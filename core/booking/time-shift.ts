/** "An hour later", 改早半小时: a wish that moves an hour already on the table instead of naming a new one. Pure. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time.ts";

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  一: 1,
  两: 2,
  兩: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  半: 0.5,
  十: 10,
  十五: 15,
  二十: 20,
  三十: 30,
};
const COUNT = "[一两兩二三四五]|十五?|二十|三十|\\d{1,3}";
const EARLIER = "提前|提早|早|往前(?:移|挪|推|调|調)?|推前|前移";
const LATER = "推迟|推遲|延后|延後|顺延|順延|往后(?:推|挪|移|延|调)?|往後(?:推|挪|移|延|調)?|推后|推後|延|晚|迟|遲|夜";
const CHINESE = new RegExp(
  `(?:(${EARLIER})|(${LATER}))(?:多|点|點|一点|一點|啲|一下)?\\s*(?:(半)|(${COUNT}))\\s*(?:个|個)?(半)?\\s*(小时|小時|钟头|鐘頭|钟|鐘|分钟|分鐘|天|日)`,
);
const ENGLISH =
  /\b(half an?|an?|one|two|three|four|\d{1,3})\s*(?:and a (half)\s*)?(hours?|hrs?|minutes?|mins?|days?)\s*(later|earlier|sooner)\b|\b(?:push|move|put|shift)\b.{0,16}\b(back|forward)\b(?: by)?\s*(half an?|an?|one|two|three|four|\d{1,3})\s*(hours?|hrs?|minutes?|mins?|days?)\b/i;

/**
 * How far the words move a time, ms: negative = earlier.
 *
 * @returns `null` when they name no such move
 */
export function timeShiftOf(text: string): number | null {
  const han = CHINESE.exec(text);
  if (han) {
    const [, earlier, , half, count, andHalf, unit] = han;
    return (earlier ? -1 : 1) * (half ? 0.5 : numberOf(count!) + (andHalf ? 0.5 : 0)) * unitOf(unit!);
  }
  const said = ENGLISH.exec(text);
  if (!said) return null;
  if (said[4]) return (/later/i.test(said[4]) ? 1 : -1) * (numberOf(said[1]!) + (said[2] ? 0.5 : 0)) * unitOf(said[3]!);
  return (said[5]!.toLowerCase() === "back" ? 1 : -1) * numberOf(said[6]!) * unitOf(said[7]!);
}

function numberOf(word: string): number {
  const plain = word.toLowerCase();
  return plain.startsWith("half") ? 0.5 : (NUMBERS[plain] ?? Number(plain));
}

function unitOf(unit: string): number {
  if (/^(?:天|日|day)/i.test(unit)) return DAY_MS;
  return /^(?:分|min)/i.test(unit) ? MINUTE_MS : HOUR_MS;
}
