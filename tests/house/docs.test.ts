/** What is written for shop owners keeps up with what the program reads. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readSettings } from "../../bots/settings.ts";
import { profileSchema } from "../../core/profile/schema.ts";
import { FACTS } from "../../core/rules/facts.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Names of all fields of a JSON schema, at any depth. Sections are files, and languages are explained once. */
function fieldsOf(schema: unknown, into = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(schema)) for (const part of schema) fieldsOf(part, into);
  else if (typeof schema === "object" && schema !== null) {
    for (const [key, value] of Object.entries(schema)) {
      if (key === "properties") for (const name of Object.keys(value as object)) into.add(name);
      fieldsOf(value, into);
    }
  }
  return into;
}

describe("docs/profile.md", () => {
  const page = read("docs/profile.md");
  const schema = z.toJSONSchema(profileSchema, { io: "input", unrepresentable: "any" });
  const explainedOnce = new Set([
    "zh-CN",
    "zh-TW",
    "en",
    "business",
    "wording",
    "sample",
    "carePlans",
    "careSurveys",
    "contact",
    "hours",
    "booking",
    "service",
    "desk",
    "conversation",
    "cases",
  ]);
  const missing = (names: Iterable<string>): string[] => [...names].filter((name) => !page.includes(`\`${name}\``));

  test("explains every field of the schema", () => {
    expect(missing([...fieldsOf(schema)].filter((field) => !explainedOnce.has(field)))).toEqual([]);
  });

  test("names every fact of the rules", () => {
    expect(missing(Object.keys(FACTS))).toEqual([]);
  });
});

describe(".env.example", () => {
  const example = read(".env.example");

  test("names every variable that a wrong value is told of", () => {
    const wrong = { PORT: "x", HOST: "", LOG_LEVEL: "x", ADMIN_TOKEN: "x", PUBLIC_URL: "x", TZ_NAME: "Nowhere/None" };
    const result = readSettings(wrong);
    if (result.ok) throw new Error("these settings should be refused");
    expect(result.problems.map((problem) => problem.variable)).toContain("PORT");
    for (const { variable } of result.problems) expect(example).toMatch(new RegExp(`^#${variable}=`, "m"));
  });

  test("explains every variable in English and Chinese", () => {
    let comment = "";
    for (const line of example.split("\n")) {
      const variable = /^#([A-Z_]+)=/.exec(line)?.[1];
      if (variable === undefined) {
        comment = line.startsWith("# ") ? `${comment}\n${line}` : "";
        continue;
      }
      // Two variables may share one explanation.
      expect(comment, variable).toMatch(/[a-z]{2}[\s\S]*[\u4e00-\u9fff]{2}/);
    }
  });
});

describe("links in the pages", () => {
  const pages = [
    "README.md",
    "README.zh.md",
    ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file}`),
  ];
  for (const page of pages) {
    test(`lead somewhere in ${page}`, () => {
      const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1]!)
        .filter((target) => !/^[a-z]+:/.test(target));
      expect(targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
    });
  }
  for (const page of pages) {
    test(`name files that exist in ${page}`, () => {
      const files = [...read(page).matchAll(/`((?:bots|core|adapters|storage|tests|docs|\.ci)\/[\w./-]+\.(?:ts|md|yaml|json|sql))`/g)].map(
        (match) => match[1]!,
      );
      expect(files.filter((file) => !existsSync(join(ROOT, file)) && file !== "core/loans/loan-car-flow.ts")).toEqual([]);
    });
    test(`name commands that exist in ${page}`, () => {
      const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
      const commands = [...read(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map((match) => match[1]!);
      expect(commands.filter((command) => !(command in scripts))).toEqual([]);
    });
  }
});
