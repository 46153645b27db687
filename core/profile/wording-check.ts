/** Wording that is missing, that nobody says, or that names a variable it has not. */
import { WORDING_KEYS, type WordingKey } from "../wording/keys.ts";
import { placeholdersOf } from "../wording/template.ts";
import { type Complain, nearest } from "./problems.ts";
import type { Profile } from "./schema.ts";

export function checkWording(profile: Profile, complain: Complain): void {
  for (const [key, variables] of Object.entries(WORDING_KEYS)) {
    const entry = profile.wording[key];
    if (!entry) {
      complain(
        ["wording", key],
        { zh: `缺少话术 ${key}`, en: `the wording ${key} is missing` },
        { zh: "三种语言各写一句", en: "one text in each language" },
      );
      continue;
    }
    for (const [language, template] of Object.entries(entry)) {
      for (const used of placeholdersOf(template)) {
        if ((variables as readonly string[]).includes(used)) continue;
        const near = nearest(used, variables);
        complain(
          ["wording", key, language],
          { zh: `「${key}」里没有 {${used}} 这个变量`, en: `"${key}" has no variable {${used}}` },
          variables.length > 0
            ? {
                zh: `可用:${variables.map((name) => `{${name}}`).join(" ")}${near ? `(是不是 {${near}}?)` : ""}`,
                en: `one of ${variables.map((name) => `{${name}}`).join(" ")}${near ? ` (did you mean {${near}}?)` : ""}`,
              }
            : { zh: "不带变量的文字", en: "a text without variables" },
        );
      }
    }
  }
  for (const key of Object.keys(profile.wording)) {
    if (key in WORDING_KEYS) continue;
    const near = nearest(key, Object.keys(WORDING_KEYS) as WordingKey[]);
    complain(
      ["wording", key],
      { zh: `没有名为 ${key} 的话术`, en: `no wording is called ${key}` },
      near ? { zh: `${near}?`, en: `did you mean ${near}?` } : { zh: "删去这一项", en: "remove it" },
    );
  }
}
