import { describe, expect, test } from "vitest";
import { parseCorpus } from "../../../../core/understanding/intents/corpus.ts";
import { loadCorpus, SHIPPED_CORPUS } from "../../../../core/understanding/intents/files.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";
import { INTENTS } from "../../../../core/understanding/types.ts";
import { HELD_SETS, readSet, SETS } from "../../../evaluation/messages.ts";

describe("parseCorpus", () => {
  test("reads sections, further intents, urgency and the question answered", () => {
    const { examples, problems } = parseCorpus(
      "a.txt",
      "# book\n空调不凉\n打不着火 想约明天\t+quote_price !urgent\n\n// a remark\n# confirm_yes\n好的\t?yesno\n# emergency\n着火了",
    );
    expect(problems).toEqual([]);
    expect(examples).toEqual([
      { text: "空调不凉", intents: ["book"], urgency: "normal", asked: null, file: "a.txt", line: 2 },
      { text: "打不着火 想约明天", intents: ["book", "quote_price"], urgency: "urgent", asked: null, file: "a.txt", line: 3 },
      { text: "好的", intents: ["confirm_yes"], urgency: "none", asked: "yesno", file: "a.txt", line: 7 },
      { text: "着火了", intents: ["emergency"], urgency: "emergency", asked: null, file: "a.txt", line: 9 },
    ]);
  });

  test.each([
    ["# bok\nhello", 1, "unknown intent"],
    ["hello", 1, "before the first known # intent"],
    ["# book\na\tb\tc", 2, "more than one TAB"],
    ["# book\na\t+nothing", 2, 'unknown tag "+nothing"'],
    ["# book\na\t!soon", 2, 'unknown tag "!soon"'],
    ["# book\na\t?weather", 2, 'unknown tag "?weather"'],
    ["# book\n\t!urgent", 2, "no wording"],
  ])("tells the line and what is wrong with %j", (content, line, what) => {
    const [problem] = parseCorpus("a.txt", content).problems;
    expect(problem).toMatchObject({ file: "a.txt", line });
    expect(problem!.what).toContain(what);
  });
});

describe("the shipped corpus", () => {
  const examples = loadCorpus([SHIPPED_CORPUS]);
  const languageOf = (file: string): string => file.split(".")[0]!;

  test("holds enough distinct wordings in all and in each language", () => {
    const distinct = (of: typeof examples): number => new Set(of.map(({ text }) => normalise(text).text)).size;
    expect(distinct(examples)).toBeGreaterThan(4_000);
    for (const language of ["zh-CN", "zh-TW", "en"]) {
      expect(distinct(examples.filter(({ file }) => languageOf(file) === language)), language).toBeGreaterThan(1_000);
    }
  });

  test("has every intent in every language, with at least forty wordings", () => {
    for (const language of ["zh-CN", "zh-TW", "en"]) {
      for (const intent of INTENTS) {
        const own = examples.filter(({ file, intents }) => languageOf(file) === language && intents[0] === intent);
        expect(own.length, `${language} ${intent}`).toBeGreaterThanOrEqual(40);
      }
    }
  });

  test("repeats no wording within a file", () => {
    const seen = new Map<string, string>();
    const doubles: string[] = [];
    for (const { text, file, line, asked, intents } of examples) {
      const key = `${file}|${text}|${asked}|${intents.join("+")}`;
      if (seen.has(key)) doubles.push(`${file}:${line} ${text} (first at ${seen.get(key)})`);
      else seen.set(key, String(line));
    }
    expect(doubles).toEqual([]);
  });

  test("holds no message of the evaluation sets beyond greetings and answers of a few characters", () => {
    const taught = new Set(examples.map(({ text }) => normalise(text).text));
    const shared = [...SETS, ...HELD_SETS, "dates", "dates-held"]
      .flatMap((set) => readSet(set))
      .map((message) => ({ message, text: normalise(message.text).text }))
      // 好的, thanks, 转人工: what everyone types can't be kept apart; the evaluation leaves it out of its figures.
      .filter(({ text }) => (/\p{Script=Han}/u.test(text) ? [...text].length > 4 : text.split(" ").length > 2))
      .filter(({ text }) => taught.has(text));
    expect(shared.map(({ message }) => `${message.set}:${message.line}`)).toEqual([]);
  });
});
