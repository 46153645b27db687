/** What the schema finds wrong, in a shop owner's words. */
import type { z } from "zod";
import { type Complain, type LocalMessage, nearest, type Path } from "./problems.ts";

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const part of path)
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
  return value;
}

export const FORMATS: Readonly<Record<string, LocalMessage>> = {
  clock: { zh: "时刻,如 08:30", en: "a time of day such as 08:30" },
  span: { zh: '时段,如 "08:30-12:00"', en: 'a span of hours such as "08:30-12:00"' },
  day: { zh: "日期,如 2027-02-06", en: "a date such as 2027-02-06" },
  birthday: {
    zh: '生日,如 "1985-03-12"、"03-12",农历写 "农历 1985-08-15"、"农历 闰04-10"',
    en: 'a birthday such as "1985-03-12" or "03-12"; lunar ones "lunar 1985-08-15", "lunar leap 04-10"',
  },
  days: { zh: "日期或日期范围,如 2027-02-05..2027-02-11", en: "a date or span of dates such as 2027-02-05..2027-02-11" },
  id: { zh: "代号:小写字母、数字、连字符,最多 40 个", en: "an id of lower-case letters, digits and hyphens, at most 40" },
  text: { zh: "不能为空的文字", en: "some text" },
};

const TYPES: Readonly<Record<string, LocalMessage>> = {
  string: { zh: "文字", en: "text" },
  number: { zh: "数字", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  array: { zh: "列表(每行以 - 开头,或写在 [ ] 里)", en: "a list (lines that begin with -, or items in [ ])" },
  object: { zh: "若干「名称: 值」", en: "entries of the form name: value" },
  record: { zh: "若干「名称: 值」", en: "entries of the form name: value" },
  tuple: { zh: "两个数的列表,如 [0, 300]", en: "a list of two numbers such as [0, 300]" },
};

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

export function reportIssue(issue: z.core.$ZodIssue, data: unknown, complain: Complain): void {
  const path = issue.path as Path;
  const found = valueAt(data, path);
  const is: LocalMessage = { zh: `现在是 ${show(found)}`, en: `it is ${show(found)}` };
  if (found === undefined && issue.code !== "unrecognized_keys") {
    const name = String(path.at(-1));
    const type = "expected" in issue ? TYPES[String(issue.expected)] : undefined;
    complain(path, { zh: `缺少 ${name}`, en: `${name} is missing` }, type ?? { zh: `写上 ${name}`, en: `give ${name}` });
    return;
  }
  switch (issue.code) {
    case "invalid_type":
      complain(path, is, TYPES[String(issue.expected)] ?? { zh: String(issue.expected), en: String(issue.expected) });
      return;
    case "invalid_format":
      complain(path, is, FORMATS[issue.message] ?? { zh: "正确的写法", en: "a value of the right form" });
      return;
    case "too_small":
    case "too_big": {
      const edge = issue.code === "too_small" ? issue.minimum : issue.maximum;
      const zh = issue.code === "too_small" ? "至少" : "最多";
      const en = issue.code === "too_small" ? "at least" : "at most";
      if (issue.origin === "string") complain(path, { zh: "这里是空的", en: "it is empty" }, FORMATS["text"]!);
      else if (issue.origin === "array")
        complain(
          path,
          { zh: `有 ${(found as unknown[]).length} 项`, en: `it has ${(found as unknown[]).length} entries` },
          { zh: `${zh} ${edge} 项`, en: `${en} ${edge}` },
        );
      else complain(path, is, { zh: `${zh} ${edge}`, en: `${en} ${edge}` });
      return;
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      const near = typeof found === "string" ? nearest(found, values) : null;
      complain(path, is, {
        zh: `${values.join("、")} 之一${near ? `(是不是想写 ${near}?)` : ""}`,
        en: `one of ${values.join(", ")}${near ? ` (did you mean ${near}?)` : ""}`,
      });
      return;
    }
    case "unrecognized_keys":
      for (const key of issue.keys) {
        complain(
          [...path, key],
          { zh: `不认识 ${key} 这一项`, en: `there is no entry called ${key}` },
          { zh: "检查拼写,或删去这一行", en: "check the spelling, or remove the line" },
        );
      }
      return;
    case "custom":
      complain(path, is, FORMATS[issue.message] ?? { zh: "正确的写法", en: "a value of the right form" });
      return;
    default:
      complain(path, is, { zh: "符合说明文档的写法", en: `a value as the profile page describes (${issue.message})` });
  }
}
