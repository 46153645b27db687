/** Figures of many random lives, for the command. */
import type { Language } from "../../core/language.ts";
import { type Life, live } from "./random.ts";
import type { Shop } from "./random-words.ts";

const SHOPS: readonly Shop[] = ["appliance", "dealer", "glass"];
const LANGUAGES: readonly Language[] = ["en", "zh-CN", "zh-TW"];

/**
 * Lets so many customers live in each business and language, and prints what became of them.
 *
 * @param seeds customers for each business and language
 * @param from first seed
 * @returns how many lives had a fault
 */
export async function printRandom(seeds: number, from: number, print: (line: string) => void): Promise<number> {
  print("business and language     lives   turns  bookings  with a person  faulty");
  let faulty = 0;
  const bad: Life[] = [];
  for (const shop of SHOPS) {
    for (const lang of LANGUAGES) {
      const lives: Life[] = [];
      for (let seed = from; seed < from + seeds; seed++) lives.push(await live(shop, lang, seed));
      const sum = (of: (life: Life) => number): number => lives.reduce((total, life) => total + of(life), 0);
      const wrong = lives.filter((life) => life.faults.length > 0);
      const cells = [
        lives.length,
        sum((life) => life.turns),
        sum((life) => life.bookings),
        sum((life) => (life.end === "person" ? 1 : 0)),
        wrong.length,
      ];
      print(`${`${shop} ${lang}`.padEnd(24)}${cells.map((cell, at) => String(cell).padStart([7, 8, 10, 15, 8][at]!)).join("")}`);
      faulty += wrong.length;
      bad.push(...wrong);
    }
  }
  for (const { shop, lang, seed, faults, log } of bad.slice(0, 20)) {
    print(`\n${shop} ${lang} seed ${seed}: ${faults.join("; ")}`);
    for (const line of log.slice(-14)) print(`  ${line}`);
  }
  return faulty;
}
