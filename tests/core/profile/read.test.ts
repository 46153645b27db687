import { describe, expect, test } from "vitest";
import { inspectProfile, SHIPPED_PROFILES } from "../../../bots/profiles.ts";
import { describeProblem, nearest, type ProfileProblem } from "../../../core/profile/problems.ts";
import { type ProfileTexts, readProfile } from "../../../core/profile/read.ts";
import { COMMON, GLASS, type Spoiled, spoil } from "./texts.ts";

const problemsOf = (read: ReturnType<typeof readProfile>): readonly ProfileProblem[] => (read.ok ? [] : read.problems);

test.each(SHIPPED_PROFILES)("the shipped profile %s reads clean", (name) => {
  const read = inspectProfile(name);
  expect(problemsOf(read).map((problem) => describeProblem(problem, "en"))).toStrictEqual([]);
  expect(read.ok && read.profile.business.id).toBe(name);
});

describe("readProfile: one mistake gives one problem, with its file and line, in both languages", () => {
  /** What was spoiled, lines below it at which the problem stands, path, what is wrong (zh, en), what is wanted (zh, en). */
  type Row = readonly [
    name: string,
    spoiled: Spoiled,
    below: number,
    path: string,
    what: readonly [string, string],
    wanted: readonly [string, string],
  ];
  const table: readonly Row[] = [
    // the shape of a file
    [
      "YAML that cannot be read",
      spoil("products.yaml", /^ {4}place: visit$/m, "    place: [visit"),
      1,
      "",
      ["YAML 写法有误", "YAML cannot be read"],
      ["检查缩进", "check the indentation"],
    ],
    [
      "an alias of nothing",
      spoil("team.yaml", /en: Su Ting/, "en: *Su"),
      0,
      "",
      ["*Su 指向的 &Su 不存在", "*Su points at &Su, which is not there"],
      ['加上引号:"*Su"', 'quotes if it is text: "*Su"'],
    ],
    [
      "a key that stands twice",
      spoil("profile.yaml", /^id: glass$/m, "id: glass\nid: glass"),
      1,
      "",
      ["YAML 写法有误", "unique"],
      ["检查缩进", "check the indentation"],
    ],
    // care.yaml
    [
      "quiet hours of the shop over the time of plans that are not its own",
      spoil("care.yaml", /^plans:$/m, 'care:\n  quietHours: "20:00-10:30"\nplans:'),
      1,
      "care → quietHours",
      ["盖住了", "cover 10:00, at which"],
      ["给这些计划另写 at", "another at for these plans"],
    ],
    [
      "a plan that is sent in the quiet hours",
      spoil("care.yaml", /kind: reminder/, 'kind: reminder\n    at: "21:30"'),
      1,
      "plans → #1 → at",
      ["21:30 在免打扰时段 21:00-09:00 内", "21:30 lies in the quiet hours 21:00-09:00"],
      ["免打扰时段以外的时刻", "a time outside of them"],
    ],
    [
      "words that lack a language",
      spoil("care.yaml", /^ {6}zh-TW: .*\n/m, ""),
      -2,
      "plans → #1 → text → zh-TW",
      ["缺少 zh-TW", "zh-TW is missing"],
      ["文字", "text"],
    ],
    [
      "words with a variable that there is not",
      spoil("care.yaml", /您家的\{product\}/, "您家的{produkt}"),
      0,
      "plans → #1 → text → zh-CN",
      ["没有 {produkt} 这个变量", "there is no variable {produkt}"],
      ["是不是 {product}?", "did you mean {product}?"],
    ],
    [
      "a step that is not later than the one before",
      spoil("care.yaml", /afterDays: 14, do: call/, "afterDays: 0, do: call"),
      0,
      "plans → #1 → steps → #2 → afterDays",
      ["第 2 步不晚于前一步", "step 2 is not later"],
      ["按先后排列", "in order of time"],
    ],
    [
      "a plan to leave out that there is not",
      spoil("care.yaml", /^plans:$/m, "care:\n  without: [sprng]\nplans:"),
      1,
      "care → without → #1",
      ["没有计划「sprng」", 'there is no plan "sprng"'],
      ["spring?", "did you mean spring?"],
    ],
    // types and bounds
    [
      "text for a number",
      spoil("profile.yaml", /^ {2}travelMinutes: \d+/m, "  travelMinutes: forty"),
      0,
      "booking → travelMinutes",
      ['现在是 "forty"', 'it is "forty"'],
      ["数字", "a number"],
    ],
    [
      "a number for text",
      spoil("team.yaml", /phone: "13823671450"/, "phone: 13823671450"),
      0,
      "technicians → #1 → phone",
      ["现在是 13823671450", "it is 13823671450"],
      ["文字", "text"],
    ],
    [
      "a number for truth",
      spoil("faults.yaml", /urgent: true/, "urgent: 1"),
      0,
      "faults → #2 → urgent",
      ["现在是 1", "it is 1"],
      ["true 或 false", "true or false"],
    ],
    [
      "a word for a list",
      spoil("services.yaml", /skills: \[glazing\]/, "skills: glazing"),
      0,
      "services → #1 → skills",
      ['现在是 "glazing"', 'it is "glazing"'],
      ["列表", "a list"],
    ],
    [
      "half a minute",
      spoil("services.yaml", /minutes: 40/, "minutes: 40.5"),
      0,
      "services → #1 → minutes",
      ["现在是 40.5", "it is 40.5"],
      ["整数", "a whole number"],
    ],
    [
      "a number too small",
      spoil("services.yaml", /minutes: 40/, "minutes: 0"),
      0,
      "services → #1 → minutes",
      ["现在是 0", "it is 0"],
      ["至少 1", "at least 1"],
    ],
    [
      "a number too big",
      spoil("team.yaml", /level: 5/, "level: 6"),
      0,
      "technicians → #1 → level",
      ["现在是 6", "it is 6"],
      ["最多 5", "at most 5"],
    ],
    [
      "an empty list",
      spoil("services.yaml", /skills: \[glazing\]/, "skills: []"),
      0,
      "services → #1 → skills",
      ["有 0 项", "it has 0 entries"],
      ["至少 1 项", "at least 1"],
    ],
    [
      "an empty text",
      spoil("team.yaml", /phone: "13823671450"/, 'phone: ""'),
      0,
      "technicians → #1 → phone",
      ["这里是空的", "it is empty"],
      ["不能为空的文字", "some text"],
    ],
    [
      "a missing language",
      spoil("team.yaml", /, en: Chen Guodong/, ""),
      0,
      "technicians → #1 → name → en",
      ["缺少 en", "en is missing"],
      ["文字", "text"],
    ],
    [
      "a missing number",
      spoil("services.yaml", /^ {4}minutes: 40\n/m, ""),
      -7,
      "services → #1 → minutes",
      ["缺少 minutes", "minutes is missing"],
      ["数字", "a number"],
    ],
    // forms
    [
      "an id in capitals",
      spoil("team.yaml", /id: chen-guodong/, "id: Chen"),
      0,
      "technicians → #1 → id",
      ['现在是 "Chen"', 'it is "Chen"'],
      ["小写字母", "lower-case letters"],
    ],
    [
      "hours without minutes",
      spoil("profile.yaml", /mon: \["09:00-12:00"/, 'mon: ["9-12"'),
      0,
      "hours → weekly → mon → #1",
      ['现在是 "9-12"', 'it is "9-12"'],
      ["08:30-12:00", "08:30-12:00"],
    ],
    [
      "a day in another form",
      spoil("profile.yaml", /- 2027-01-01/, "- 1/1/2027"),
      0,
      "hours → closed → #2",
      ['"1/1/2027"', '"1/1/2027"'],
      ["2027-02-05..2027-02-11", "2027-02-05..2027-02-11"],
    ],
    // words of a list, and typing mistakes
    [
      "a mistyped word of a list",
      spoil("products.yaml", /place: visit/, "place: vist"),
      0,
      "products → #1 → place",
      ['"vist"', '"vist"'],
      ["是不是想写 visit?", "did you mean visit?"],
    ],
    [
      "a word that is like no other",
      spoil("profile.yaml", /holidays: cn/, "holidays: everywhere"),
      0,
      "hours → holidays",
      ['"everywhere"', '"everywhere"'],
      ["cn、none 之一", "one of cn, none"],
    ],
    [
      "an unknown key",
      spoil("services.yaml", /^ {4}minutes: 40$/m, "    minutes: 40\n    minuts: 50"),
      1,
      "services → #1 → minuts",
      ["不认识 minuts", "no entry called minuts"],
      ["检查拼写", "check the spelling"],
    ],
    [
      "a role that is none",
      spoil("team.yaml", /role: manager/, "role: manger"),
      0,
      "staff → #3 → role",
      ['"manger"', '"manger"'],
      ["是不是想写 manager?", "did you mean manager?"],
    ],
    // what files say of each other
    [
      "a mistyped product",
      spoil("services.yaml", /products: \[glass\]/, "products: [glas]"),
      0,
      "services → #1 → products → #1",
      ["产品「glas」在 products.yaml 中没有", 'product "glas" is not in products.yaml'],
      ["glass?", "did you mean glass?"],
    ],
    [
      "an unknown product",
      spoil("warranty.yaml", /products: \[glass\]/, "products: [submarine]"),
      0,
      "warranty → #1 → products → #1",
      ["产品「submarine」", 'product "submarine"'],
      ["其中之一:glass", "one of glass"],
    ],
    [
      "a mistyped kind",
      spoil("products.yaml", /kind: glass$/m, "kind: galss"),
      0,
      "products → #2 → kind",
      ["产品「galss」", 'product "galss"'],
      ["glass?", "did you mean glass?"],
    ],
    [
      "a mistyped service",
      spoil("faults.yaml", /service: inspection$/m, "service: inspektion"),
      0,
      "faults → #1 → service",
      ["服务项目「inspektion」在 services.yaml 中没有", 'service "inspektion" is not in services.yaml'],
      ["inspection?", "did you mean inspection?"],
    ],
    [
      "a mistyped skill",
      spoil("services.yaml", /skills: \[glazing\]/, "skills: [glasing]"),
      0,
      "services → #1 → skills → #1",
      ["技能「glasing」在 team.yaml 中没有", 'skill "glasing" is not in team.yaml'],
      ["glazing?", "did you mean glazing?"],
    ],
    [
      "a service nobody can do",
      spoil("services.yaml", /skills: \[electric\]\n {4}level: 2/, "skills: [electric, height]\n    level: 2"),
      0,
      "services → #3 → skills",
      ["没有一位技师同时具备「inspection-electric」", 'no technician has all skills and level 2 for "inspection-electric"'],
      ["给某位技师加上", "give them to a technician"],
    ],
    [
      "a service that does not cover its fault's product",
      spoil("faults.yaml", /service: inspection$/m, "service: auto-door-repair"),
      0,
      "faults → #1 → service",
      ["服务「auto-door-repair」不适用于「glass」", 'the service "auto-door-repair" does not cover glass'],
      ["加上这些产品", "add them to its products"],
    ],
    [
      "an id that stands twice",
      spoil("team.yaml", /id: liang-jiaxin/, "id: su-ting"),
      0,
      "staff → #2 → id",
      ["代号 su-ting 用了两次", "the id su-ting stands twice"],
      ["不同的代号", "a different id"],
    ],
    [
      "a mistyped product of a sample customer",
      spoil("sample.yaml", /product: shower-screen/, "product: shower-scren"),
      0,
      "customers → #1 → products → #1 → product",
      ["产品「shower-scren」", 'product "shower-scren"'],
      ["shower-screen?", "did you mean shower-screen?"],
    ],
    [
      "a ladder step that nobody holds",
      spoil("team.yaml", /role: general_office/, "role: representative"),
      5,
      "ladder",
      ["阶梯中的 general_office 没有任何人", "nobody has the role general_office"],
      ["从 ladder 中删去", "take it off the ladder"],
    ],
    // hours, days, prices
    [
      "a zone that is none",
      spoil("profile.yaml", /zone: .*/, "zone: Asia/Shenzen"),
      0,
      "zone",
      ["不认识时区 Asia/Shenzen", "no time zone Asia/Shenzen"],
      ["Asia/Shanghai", "Asia/Shanghai"],
    ],
    [
      "hours that run backwards",
      spoil("profile.yaml", /sat: \["09:00-18:00"\]/, 'sat: ["18:00-09:00"]'),
      0,
      "hours → weekly → sat → #1",
      ["18:00-09:00 结束早于开始", "18:00-09:00 ends before it begins"],
      ["先开始后结束", "begin first"],
    ],
    [
      "hours that overlap",
      spoil("profile.yaml", /mon: \["09:00-12:00", "13:30-18:30"\]/, 'mon: ["09:00-14:00", "13:30-18:30"]'),
      0,
      "hours → weekly → mon → #2",
      ["与前一段重叠", "overlaps the one before"],
      ["不重叠", "do not overlap"],
    ],
    [
      "special hours that overlap",
      spoil("profile.yaml", /2026-12-24: \[.*\]/, '2026-12-24: ["13:30-17:00", "09:00-12:00"]'),
      0,
      "hours → special → 2026-12-24 → #2",
      ["顺序颠倒", "out of order"],
      ["按时间先后", "in order"],
    ],
    [
      "a shift that runs backwards",
      spoil("team.yaml", /sun: \["09:30-12:30"\]/, 'sun: ["12:30-12:30"]'),
      0,
      "technicians → #3 → shifts → sun → #1",
      ["结束早于开始", "ends before it begins"],
      ["先开始后结束", "begin first"],
    ],
    [
      "closed days that run backwards",
      spoil("profile.yaml", /2027-02-02\.\.2027-02-12/, "2027-02-12..2027-02-02"),
      0,
      "hours → closed → #3",
      ["结束早于开始", "ends before it begins"],
      ["先开始后结束", "begin first"],
    ],
    [
      "days off that run backwards",
      spoil("team.yaml", /2026-12-10\.\.2026-12-11/, "2026-12-11..2026-12-10"),
      0,
      "technicians → #1 → daysOff → #1",
      ["结束早于开始", "ends before it begins"],
      ["先开始后结束", "begin first"],
    ],
    [
      "a day that is not in the calendar",
      spoil("profile.yaml", /2026-12-24:/, "2027-02-30:"),
      0,
      "hours → special → 2027-02-30",
      ["日历上没有 2027-02-30", "2027-02-30 is not in the calendar"],
      ["2027-02-06", "2027-02-06"],
    ],
    [
      "a price range that runs backwards",
      spoil("services.yaml", /price: \{ labour: 80, travel: 50 \}/, "price: { labour: 80, parts: [300, 20], travel: 50 }"),
      0,
      "services → #1 → price → parts",
      ["[300,20] 前大后小", "[300,20] runs backwards"],
      ["[最低, 最高]", "[least, most]"],
    ],
    // the shared base
    [
      "a mistyped fact of a rule",
      spoil("common/rules.yaml", /fact: urgency, is: emergency/, "fact: urgncy, is: emergency"),
      0,
      "rules → #1 → when → fact",
      ["没有名为 urgncy 的事实", "no fact called urgncy"],
      ["urgency?", "did you mean urgency?"],
    ],
    [
      "a mistyped fact within all and any",
      spoil("common/rules.yaml", /- \{ fact: intents, is: human \}/, "- { fact: intention, is: human }"),
      0,
      "rules → #2 → when → any → #1 → fact",
      ["没有名为 intention", "no fact called intention"],
      ["intent", "intent"],
    ],
    [
      "a value that a fact never has",
      spoil("common/rules.yaml", /fact: urgency, is: emergency/, "fact: urgency, is: emergancy"),
      0,
      "rules → #1 → when → is",
      ["urgency 从不为 emergancy", "urgency is never emergancy"],
      ["emergency", "emergency"],
    ],
    [
      "a rule that can never fire on its events",
      spoil("common/rules.yaml", /when: \{ fact: signals, is: privacy \}/, "on: [clock]\n    when: { fact: signals, is: privacy }"),
      0,
      "rules → #9 → on",
      ["不可能触发", "can never fire"],
      ["相符的事件", "events that fit"],
    ],
    [
      "a queue that stands nowhere",
      spoil(
        "common/rules.yaml",
        /category: privacy, urgency: normal, step: manager \} \}/,
        "category: privacy, urgency: normal, step: manager, queue: legal } }",
      ),
      0,
      "rules → #9 → then → case → queue",
      ["没有队列 legal", "no queue legal"],
      ["queues", "queues"],
    ],
    [
      "a wording with an unknown variable",
      spoil("common/wording.yaml", /(?<=^small\.greet:\n {2}zh-CN: ".*)\{business\}/m, "{busines}"),
      0,
      "small.greet → zh-CN",
      ["「small.greet」里没有 {busines}", '"small.greet" has no variable {busines}'],
      ["是不是 {business}?", "did you mean {business}?"],
    ],
    [
      "a missing wording",
      spoil("common/wording.yaml", /^small\.opening:$/m, "small.opning:"),
      0,
      "small.opning",
      ["没有名为 small.opning 的话术", "no wording is called small.opning"],
      ["small.opening?", "did you mean small.opening?"],
    ],
    [
      "no safety line for any danger",
      spoil("common/emergencies.yaml", /id: other/, "id: flood"),
      0,
      "emergencies",
      ["缺少 other", "other is missing"],
      ["安全提示", "safety line"],
    ],
  ];

  /** What is wrong besides, because of the mistake. */
  const FOLLOWS: Readonly<Record<string, RegExp>> = {
    "a mistyped product": /does not cover/,
    "a mistyped kind": /does not cover/,
    "a missing wording": /^the wording small\.opening is missing$/,
  };

  test.each(table)("%s", (name, spoiled, below, path, what, wanted) => {
    const problems = problemsOf(spoiled.read);
    const hit = problems.find((problem) => problem.path === path && problem.what.en.includes(what[1]));
    expect(hit, problems.map((problem) => describeProblem(problem, "en")).join("\n")).toBeDefined();
    expect(hit!.what.zh).toContain(what[0]);
    expect([hit!.wanted.zh.includes(wanted[0]), hit!.wanted.en.includes(wanted[1])], JSON.stringify(hit!.wanted)).toStrictEqual([
      true,
      true,
    ]);
    if (path !== "emergencies") expect(hit!.line).toBe(spoiled.line + below);
    const rest = problems.filter((problem) => problem !== hit && !FOLLOWS[name]?.test(problem.what.en));
    expect(rest.map((problem) => describeProblem(problem, "en"))).toStrictEqual([]);
  });
});

describe("readProfile: whole files", () => {
  const without = (name: string): ProfileTexts => Object.fromEntries(Object.entries(GLASS).filter(([file]) => file !== name));

  test.each(["profile.yaml", "products.yaml", "services.yaml", "faults.yaml", "team.yaml"])(
    "%s is missing, and that is all that is said of it",
    (file) => {
      const problems = problemsOf(readProfile(without(file), COMMON));
      expect(problems).toMatchObject([
        {
          file,
          line: null,
          what: { zh: "缺少这个文件", en: "this file is missing" },
          wanted: { zh: `在档案夹中放入 ${file}`, en: `put ${file} into the profile's folder` },
        },
      ]);
    },
  );

  test.each(["warranty.yaml", "sample.yaml"])("a shop without %s is complete", (file) => {
    expect(problemsOf(readProfile(without(file), COMMON))).toStrictEqual([]);
  });

  test("an empty file says what is missing in it", () => {
    expect(problemsOf(readProfile({ ...GLASS, "faults.yaml": "" }, COMMON))).toMatchObject([
      { file: "faults.yaml", line: 1, what: { en: "faults is missing" } },
    ]);
  });

  test("an empty folder names the five files it needs", () => {
    expect(problemsOf(readProfile({}, COMMON)).map((problem) => problem.file)).toStrictEqual([
      "profile.yaml",
      "products.yaml",
      "services.yaml",
      "faults.yaml",
      "team.yaml",
    ]);
  });

  test("without the shared base, its wordings and safety lines are missed", () => {
    const problems = problemsOf(readProfile(GLASS, {}));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.what.zh !== "" && problem.wanted.zh !== "")).toBe(true);
  });

  test("several mistakes are all told, in one reading", () => {
    const texts = {
      ...GLASS,
      "team.yaml": GLASS["team.yaml"]!.replace("level: 5", "level: 9").replace("role: manager", "role: boss"),
      "profile.yaml": GLASS["profile.yaml"]!.replace(/offers: 3/, "offers: many"),
    };
    expect(
      problemsOf(readProfile(texts, COMMON))
        .map((problem) => problem.path)
        .sort(),
    ).toStrictEqual(["booking → offers", "staff → #3 → role", "technicians → #1 → level"]);
  });
});

describe("readProfile: the shop's own entries over the shared base", () => {
  test("a wording of the shop replaces the shared one, the others stay", () => {
    const own = 'small.bye: { zh-CN: "回见", zh-TW: "回見", en: "See you" }\n';
    const read = readProfile({ ...GLASS, "wording.yaml": own }, COMMON);
    expect(read.ok && [read.profile.wording["small.bye"]!.en, Object.keys(read.profile.wording).length > 100]).toStrictEqual([
      "See you",
      true,
    ]);
  });

  test("a mistake in the shop's own wording is told of the shop's file", () => {
    const own =
      'small.bye: { zh-CN: "回见", zh-TW: "回見", en: "See you" }\nsmall.thanks:\n  zh-CN: "不客气"\n  zh-TW: "不客氣"\n  en: "Welcome {name}"\n';
    expect(problemsOf(readProfile({ ...GLASS, "wording.yaml": own }, COMMON))).toMatchObject([
      { file: "wording.yaml", line: 5, path: "small.thanks → en", wanted: { zh: "不带变量的文字", en: "a text without variables" } },
    ]);
  });

  test("a rule of the shop replaces the shared one of its id, and a mistake in it has the shop's line", () => {
    const own = (fact: string) =>
      `rules:\n  - id: vip\n    name: { zh-CN: 甲, zh-TW: 甲, en: A }\n    when: { fact: ${fact} }\n    then: { page: true }\n`;
    const read = readProfile({ ...GLASS, "rules.yaml": own("vip") }, COMMON);
    expect(read.ok && read.profile.rules.filter((rule) => rule.id === "vip").map((rule) => rule.then.page)).toStrictEqual([true]);
    expect(problemsOf(readProfile({ ...GLASS, "rules.yaml": own("vap") }, COMMON))).toMatchObject([
      { file: "rules.yaml", line: 4, wanted: { en: "did you mean vip?" } },
    ]);
  });
});

test("describeProblem says file, line, place, what and wanted in the reader's language", () => {
  const problem: ProfileProblem = {
    file: "team.yaml",
    line: 7,
    path: "staff → #1",
    what: { zh: "缺少 id", en: "id is missing" },
    wanted: { zh: "文字", en: "text" },
  };
  expect(describeProblem(problem, "en")).toBe("team.yaml line 7 (staff → #1): id is missing. Wanted: text");
  for (const language of ["zh-CN", "zh-TW"] as const)
    expect(describeProblem(problem, language)).toMatch(/^team\.yaml 第 7 行.staff → #1..缺少 id。应为.文字$/u);
  expect(describeProblem({ ...problem, line: null, path: "" }, "en")).toBe("team.yaml: id is missing. Wanted: text");
});

test.each([
  ["glas", ["glass", "gas"], "glass"],
  ["gass", ["glass", "gas"], "glass"],
  ["GLASS", ["glass"], "glass"],
  ["submarine", ["glass", "gas"], null],
  ["x", [], null],
])("nearest(%j, %j) is %j", (word, known, wanted) => {
  expect(nearest(word, known)).toBe(wanted);
});
