import { expect, test } from "vitest";
import { LANGUAGES } from "../../core/language.ts";
import { readLibrary } from "./library.ts";
import { SITUATIONS } from "./situations.ts";

const library = new Map(readLibrary().map(({ file, script }) => [file.replace(/\.yaml$/, ""), script]));

test.each(Object.entries(SITUATIONS))("%s is played in every language", (_situation, scripts) => {
  for (const language of LANGUAGES) {
    expect(scripts[language].length, language).toBeGreaterThan(0);
    for (const file of scripts[language]) {
      const script = library.get(`${language}/${file}`);
      expect(script, `${language}/${file}.yaml`).toBeDefined();
      // A script that checks nothing plays nothing.
      const checks = script!.turns.filter((turn) => "expect" in turn && turn.expect).length;
      expect(checks + (script!.expect ? 1 : 0), `${language}/${file}.yaml checks nothing`).toBeGreaterThan(0);
    }
  }
});

test("every script of the workshop belongs to a situation or stands for itself by its title", () => {
  for (const [file, script] of library) if (file.includes("/workshop/")) expect(script.title, file).toBeTruthy();
});
