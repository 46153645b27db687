/** Random customers in every business and language; `ANXIN_SEEDS` = how many of each, `npm run dialogues -- --random N` for figures. */
import { describe, expect, test } from "vitest";
import type { Language } from "../../core/language.ts";
import { live } from "./random.ts";
import type { Shop } from "./random-words.ts";

const SEEDS = Number(process.env["ANXIN_SEEDS"] ?? 2);
const SHOPS: readonly Shop[] = ["appliance", "dealer", "glass"];
const LANGUAGES: readonly Language[] = ["zh-CN", "zh-TW", "en"];

describe("whatever a customer does, each turn is answered and the end is consistent", () => {
  for (const shop of SHOPS)
    for (const lang of LANGUAGES)
      test(`${shop}, ${lang}`, { timeout: 60_000 + SEEDS * 20_000 }, async () => {
        let turns = 0;
        for (let seed = 1; seed <= SEEDS; seed++) {
          const life = await live(shop, lang, seed);
          expect(life.faults, `seed ${seed}\n${life.log.join("\n")}`).toEqual([]);
          turns += life.turns;
        }
        expect(turns).toBeGreaterThan(SEEDS * 5);
      });
});
