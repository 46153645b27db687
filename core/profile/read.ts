/** From the texts of a profile's files to a checked {@link Profile}, or the list of everything that is wrong. Pure: no disk. */
import { type Alias, isCollection, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { FACTS } from "../rules/facts.ts";
import { lintRules } from "../rules/lint.ts";
import { assertZone } from "../time.ts";
import { WORDING_KEYS, type WordingKey } from "../wording/keys.ts";
import { placeholdersOf } from "../wording/template.ts";
import { checkCare } from "./care-check.ts";
import { type LocalMessage, nearest, type ProfileProblem } from "./problems.ts";
import { PROFILE_FILES, type Profile, profileSchema, type RuleCondition } from "./schema.ts";

/** Texts of the files by name; a file that is not there is left out. */
export type ProfileTexts = Readonly<Record<string, string>>;

export type ReadProfile =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly problems: readonly ProfileProblem[] };

interface Source {
  readonly file: string;
  /** The YAML could be parsed. */
  readonly readable: boolean;
  readonly root: Node | null;
  /** The whole file as plain data, anchors and aliases resolved. */
  readonly value: unknown;
  readonly counter: LineCounter;
}

type Path = readonly (string | number)[];

/**
 * Reads and checks a profile.
 *
 * @param own the shop's files
 * @param common the shared base: rules, emergencies and wording that the shop's own files add to and override
 * @returns the profile, or every problem found, in file order
 */
export function readProfile(own: ProfileTexts, common: ProfileTexts): ReadProfile {
  const problems: ProfileProblem[] = [];
  const data: Record<string, unknown> = {};
  /** Where each section's entries come from, to point at the right line. */
  const origins = new Map<string, (path: Path) => { source: Source; path: Path }>();
  /** Sections whose file is missing or can't be read: that has been said, and what is missing because of it says nothing new. */
  const unread = new Set<string>();

  for (const { file, sections, required, common: shared } of PROFILE_FILES) {
    const mine = parseSource(file, own[file], problems);
    const base = shared ? parseSource(`common/${file}`, common[file], problems) : null;
    if ((mine && !mine.readable) || (base && !base.readable) || (!mine && !base && required))
      for (const [section] of sections) unread.add(section);
    if (!mine && !base) {
      if (required) {
        problems.push({
          file,
          line: null,
          path: "",
          what: { zh: "缺少这个文件", en: "this file is missing" },
          wanted: { zh: `在档案夹中放入 ${file}`, en: `put ${file} into the profile's folder` },
        });
      }
      continue;
    }
    for (const [section, key] of sections) {
      const ownValue = pick(mine, key);
      const baseValue = pick(base, key);
      const merged = mergeSection(ownValue, baseValue);
      if (merged !== undefined) data[section] = merged;
      origins.set(section, (path) => {
        const inOwn = mine ? locateMerged(path, ownValue, merged) : null;
        if (mine && inOwn) return { source: mine, path: key === null ? inOwn : [key, ...inOwn] };
        const inBase = base ? locateMerged(path, baseValue, merged) : null;
        if (base && inBase) return { source: base, path: key === null ? inBase : [key, ...inBase] };
        return { source: (mine ?? base)!, path: key === null ? [] : [key] };
      });
    }
  }

  const complain = (path: Path, what: LocalMessage, wanted: LocalMessage): void => {
    const [section, ...rest] = path;
    const origin = origins.get(String(section));
    if (!origin) {
      problems.push({ file: String(section), line: null, path: rest.join(" → "), what, wanted });
      return;
    }
    const place = origin(rest);
    problems.push({
      file: place.source.file,
      line: lineOf(place.source, place.path),
      path: place.path.map(human).join(" → "),
      what,
      wanted,
    });
  };

  const parsed = profileSchema.safeParse(data);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) if (!unread.has(String(issue.path[0]))) reportIssue(issue, data, complain);
    return { ok: false, problems: dedupe(problems) };
  }
  checkReferences(parsed.data, complain);
  return problems.length > 0 ? { ok: false, problems: dedupe(problems) } : { ok: true, profile: parsed.data };
}

function parseSource(file: string, text: string | undefined, problems: ProfileProblem[]): Source | null {
  if (text === undefined) return null;
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  let unresolved = false;
  for (const error of document.errors) {
    problems.push({
      file,
      line: counter.linePos(error.pos[0]).line,
      path: "",
      what: { zh: `YAML 写法有误(${firstLine(error.message)})`, en: `the YAML cannot be read (${firstLine(error.message)})` },
      wanted: { zh: "检查缩进、冒号后的空格和引号", en: "check the indentation, the space behind each colon, and quotes" },
    });
  }
  visit(document, {
    Alias: (_key, alias: Alias) => {
      if (alias.resolve(document)) return;
      problems.push({
        file,
        line: counter.linePos(alias.range![0]).line,
        path: "",
        what: {
          zh: `*${alias.source} 指向的 &${alias.source} 不存在`,
          en: `*${alias.source} points at &${alias.source}, which is not there`,
        },
        wanted: { zh: `若是文字,加上引号:"*${alias.source}"`, en: `quotes if it is text: "*${alias.source}"` },
      });
      unresolved = true;
    },
  });
  if (document.errors.length > 0 || unresolved) return { file, readable: false, root: null, value: undefined, counter };
  return { file, readable: true, root: document.contents as Node | null, value: document.toJS({ maxAliasCount: 1_000 }), counter };
}

const firstLine = (text: string): string => text.split("\n")[0]!.replace(/ at line \d+.*$/, "");

function pick(source: Source | null, key: string | null): unknown {
  if (!source?.root) return undefined;
  const value = source.value;
  if (key === null) return value;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** The shop's entries over the base's: lists by `id`, maps by key. */
function mergeSection(own: unknown, base: unknown): unknown {
  if (base === undefined) return own;
  if (own === undefined) return base;
  if (Array.isArray(own) && Array.isArray(base)) {
    const ids = new Set(own.map(idOf));
    return [...base.filter((entry) => !ids.has(idOf(entry))), ...own];
  }
  if (isRecord(own) && isRecord(base)) return { ...base, ...own };
  return own;
}

/** The path within `part` (own or base) of a path within the merged section, or `null` if it does not come from there. */
function locateMerged(path: Path, part: unknown, merged: unknown): Path | null {
  if (part === undefined) return null;
  const [first, ...rest] = path;
  if (first === undefined) return [];
  if (Array.isArray(part) && Array.isArray(merged)) {
    const index = part.indexOf(merged[Number(first)]);
    return index < 0 ? null : [index, ...rest];
  }
  return isRecord(part) && String(first) in part
    ? path
    : isRecord(part) && !isRecord(merged)
      ? null
      : isRecord(part) && isRecord(merged) && !(String(first) in merged)
        ? path
        : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const idOf = (entry: unknown): unknown => (isRecord(entry) ? entry["id"] : undefined);
const human = (part: string | number): string => (typeof part === "number" ? `#${part + 1}` : part);

/** Line of the deepest node that exists on the way to `path`. */
function lineOf(source: Source, path: Path): number | null {
  if (!source.root) return 1;
  let node: unknown = source.root;
  let line = source.counter.linePos(source.root.range?.[0] ?? 0).line;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      const key = pair.key as Node;
      line = source.counter.linePos(key.range?.[0] ?? 0).line;
      node = pair.value;
    } else if (isCollection(node)) {
      node = node.get(part, true);
    } else break;
    const range = (node as Node | null | undefined)?.range;
    if (range && !isMap(node)) line = source.counter.linePos(range[0]).line;
    else if (range && isMap(node) && typeof part === "number") line = source.counter.linePos(range[0]).line;
  }
  return line;
}

type Complain = (path: Path, what: LocalMessage, wanted: LocalMessage) => void;

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const part of path)
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
  return value;
}

const FORMATS: Readonly<Record<string, LocalMessage>> = {
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

function reportIssue(issue: z.core.$ZodIssue, data: unknown, complain: Complain): void {
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

/** Everything that only shows when the files are read together. */
function checkReferences(profile: Profile, complain: Complain): void {
  const ids = {
    product: profile.products.map((product) => product.id),
    service: profile.services.map((service) => service.id),
    skill: [...new Set(profile.technicians.flatMap((technician) => technician.skills))],
    technician: profile.technicians.map((technician) => technician.id),
    customer: profile.sample.customers.map((customer) => customer.id),
    fault: profile.faults.map((fault) => fault.id),
    resource: [...new Set(profile.resources.map((resource) => resource.kind))],
    licence: [...new Set(profile.technicians.flatMap((technician) => technician.licences.map((licence) => licence.id)))],
  };
  const files = {
    product: "products.yaml",
    service: "services.yaml",
    skill: "team.yaml",
    technician: "team.yaml",
    customer: "sample.yaml",
    fault: "faults.yaml",
    resource: "team.yaml",
    licence: "team.yaml",
  };
  const words = {
    product: "产品",
    service: "服务项目",
    skill: "技能",
    technician: "技师",
    customer: "客户",
    fault: "故障",
    resource: "资源种类",
    licence: "证件",
  };
  const mustKnow = (kind: keyof typeof ids, value: string, path: Path): void => {
    if (ids[kind].includes(value)) return;
    const near = nearest(value, ids[kind]);
    complain(
      path,
      { zh: `${words[kind]}「${value}」在 ${files[kind]} 中没有`, en: `${kind} "${value}" is not in ${files[kind]}` },
      near
        ? { zh: `${near}?`, en: `did you mean ${near}?` }
        : { zh: `其中之一:${ids[kind].join("、")}`, en: `one of ${ids[kind].join(", ")}` },
    );
  };
  const unique = (section: keyof Profile, entries: readonly { id: string }[]): void => {
    const seen = new Set<string>();
    entries.forEach((entry, index) => {
      if (seen.has(entry.id)) {
        complain(
          [section, index, "id"],
          { zh: `代号 ${entry.id} 用了两次`, en: `the id ${entry.id} stands twice` },
          { zh: "每项一个不同的代号", en: "a different id for each entry" },
        );
      }
      seen.add(entry.id);
    });
  };
  unique("products", profile.products);
  unique("services", profile.services);
  unique("faults", profile.faults);
  unique("technicians", profile.technicians);
  unique("staff", profile.staff);
  unique("rules", profile.rules);

  try {
    assertZone(profile.business.zone);
  } catch {
    complain(
      ["business", "zone"],
      { zh: `不认识时区 ${profile.business.zone}`, en: `there is no time zone ${profile.business.zone}` },
      { zh: "如 Asia/Shanghai", en: "a name such as Asia/Shanghai" },
    );
  }
  checkSpans(profile, complain);

  profile.products.forEach((product, index) => {
    if (product.kind) mustKnow("product", product.kind, ["products", index, "kind"]);
  });
  profile.services.forEach((service, index) => {
    service.products.forEach((product, at) => mustKnow("product", product, ["services", index, "products", at]));
    service.needs.forEach((kind, at) => mustKnow("resource", kind, ["services", index, "needs", at]));
    service.licences.forEach((licence, at) => mustKnow("licence", licence, ["services", index, "licences", at]));
    service.skills.forEach((skill, at) => mustKnow("skill", skill, ["services", index, "skills", at]));
    if (service.price.parts[0] > service.price.parts[1]) {
      complain(
        ["services", index, "price", "parts"],
        { zh: `配件价 ${show(service.price.parts)} 前大后小`, en: `the parts' range ${show(service.price.parts)} runs backwards` },
        { zh: "[最低, 最高]", en: "[least, most]" },
      );
    }
    const able = profile.technicians.some(
      (technician) => technician.level >= service.level && service.skills.every((skill) => technician.skills.includes(skill)),
    );
    if (!able && service.skills.every((skill) => ids.skill.includes(skill))) {
      complain(
        ["services", index, "skills"],
        {
          zh: `没有一位技师同时具备「${service.id}」所需的技能和等级 ${service.level}`,
          en: `no technician has all skills and level ${service.level} for "${service.id}"`,
        },
        { zh: "在 team.yaml 给某位技师加上,或改低要求", en: "give them to a technician in team.yaml, or ask for less" },
      );
    }
  });
  profile.faults.forEach((fault, index) => {
    fault.products.forEach((product, at) => mustKnow("product", product, ["faults", index, "products", at]));
    mustKnow("service", fault.service, ["faults", index, "service"]);
    const service = profile.services.find((one) => one.id === fault.service);
    const uncovered = service
      ? fault.products.filter((product) => ids.product.includes(product) && !covers(profile, service.products, product))
      : [];
    if (uncovered.length > 0) {
      complain(
        ["faults", index, "service"],
        {
          zh: `服务「${fault.service}」不适用于${uncovered.map((product) => `「${product}」`).join("、")}`,
          en: `the service "${fault.service}" does not cover ${uncovered.join(", ")}`,
        },
        { zh: "在 services.yaml 给它加上这些产品,或换一个服务", en: "add them to its products in services.yaml, or name another service" },
      );
    }
  });
  profile.warranty.forEach((term, index) => {
    term.products.forEach((product, at) => mustKnow("product", product, ["warranty", index, "products", at]));
    term.doubtfulFaults.forEach((fault, at) => mustKnow("fault", fault, ["warranty", index, "doubtfulFaults", at]));
  });
  profile.statutory.forEach((pack, index) => {
    pack.products.forEach((product, at) => mustKnow("product", product, ["statutory", index, "products", at]));
    pack.counters.forEach((counter, at) => {
      if (counter.warnAt <= counter.limit) return;
      complain(
        ["statutory", index, "counters", at, "warnAt"],
        { zh: "提醒值大于界限", en: "the warning comes after the limit" },
        { zh: "warnAt 不大于 limit", en: "warnAt at most limit" },
      );
    });
  });
  profile.sample.customers.forEach((customer, index) => {
    customer.products.forEach((owned, at) => mustKnow("product", owned.product, ["sample", "customers", index, "products", at, "product"]));
  });
  profile.sample.orders.forEach((order, index) => {
    mustKnow("customer", order.customer, ["sample", "orders", index, "customer"]);
    mustKnow("service", order.service, ["sample", "orders", index, "service"]);
    if (order.technician) mustKnow("technician", order.technician, ["sample", "orders", index, "technician"]);
  });
  checkStaffChannels(profile, complain);
  for (const step of profile.ladder) {
    if (!profile.staff.some((member) => member.role === step)) {
      complain(
        ["ladder"],
        { zh: `阶梯中的 ${step} 没有任何人`, en: `nobody has the role ${step} of the ladder` },
        { zh: "在 staff 中加一位,或从 ladder 中删去", en: "add somebody under staff, or take it off the ladder" },
      );
    }
  }
  if (!profile.emergencies.some((emergency) => emergency.id === "other")) {
    complain(
      ["emergencies"],
      { zh: "缺少 other 一项", en: "the entry other is missing" },
      { zh: "任何危险都要有一句安全提示", en: "a safety line for any danger" },
    );
  }
  profile.rules.forEach((rule, index) => checkFacts(rule.when, ["rules", index, "when"], complain));
  checkRules(profile, complain);
  checkCare(profile, complain);
  checkWording(profile, complain);
}

/** One identity on a platform is one person: who acts must be beyond doubt. */
function checkStaffChannels(profile: Profile, complain: Complain): void {
  const owners = new Map<string, string>();
  profile.staff.forEach((member, index) => {
    for (const [channel, id] of Object.entries(member.channels)) {
      const key = `${channel} ${id}`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, member.id);
      else
        complain(
          ["staff", index, "channels", channel],
          { zh: `${channel} 账号 ${id} 已属于 ${owner}`, en: `the ${channel} account ${id} belongs to ${owner} already` },
          { zh: "每个账号只属于一个人", en: "one person for each account" },
        );
    }
  });
}

/** Rules that can't fire or contradict each other, and names in them that stand nowhere else. */
function checkRules(profile: Profile, complain: Complain): void {
  for (const finding of lintRules(profile.rules))
    if (finding.kind !== "shadowed") complain(["rules", finding.index, ...finding.path], finding.what, finding.wanted);
  const queues = profile.cases.queues.map((queue) => queue.id);
  profile.rules.forEach((rule, index) => {
    const queue = rule.then.case?.queue;
    if (queue !== undefined && !queues.includes(queue))
      complain(
        ["rules", index, "then", "case", "queue"],
        { zh: `cases.yaml 中没有队列 ${queue}`, en: `there is no queue ${queue} in cases.yaml` },
        queues.length > 0
          ? { zh: `其中之一:${queues.join("、")}`, en: `one of ${queues.join(", ")}` }
          : { zh: "在 cases.yaml 的 queues 中加上它", en: "an entry under queues in cases.yaml" },
      );
    const step = rule.then.case?.step;
    if (step !== undefined && !profile.staff.some((member) => member.role === step))
      complain(
        ["rules", index, "then", "case", "step"],
        { zh: `规则「${rule.id}」要找的 ${step} 没有任何人`, en: `nobody has the role ${step} that the rule "${rule.id}" asks for` },
        { zh: "在 team.yaml 的 staff 中加一位,或换一级", en: "add somebody under staff in team.yaml, or name another step" },
      );
    for (const [language, text] of Object.entries(rule.then.reply ?? {}))
      for (const used of placeholdersOf(text))
        if (!REPLY_VALUES.includes(used))
          complain(
            ["rules", index, "then", "reply", language],
            { zh: `没有 {${used}} 这个变量`, en: `there is no variable {${used}}` },
            { zh: REPLY_VALUES.map((name) => `{${name}}`).join(" "), en: `one of ${REPLY_VALUES.map((name) => `{${name}}`).join(" ")}` },
          );
  });
}

/** Variables of a rule's reply. */
const REPLY_VALUES: readonly string[] = ["number", "promised", "name"];

/** Does a list of products hold for one of them, itself or by its kind? */
function covers(profile: Profile, listed: readonly string[], product: string): boolean {
  let current: string | undefined = product;
  for (let steps = 0; current !== undefined && steps < 8; steps++) {
    if (listed.includes(current)) return true;
    const id: string = current;
    current = profile.products.find((one) => one.id === id)?.kind;
  }
  return false;
}

/** `2027-02-30` has the form of a day and is none. */
function isCalendarDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

/** A rule that tests a fact nobody states would never fire. */
function checkFacts(condition: RuleCondition, path: Path, complain: Complain): void {
  if ("all" in condition) condition.all.forEach((part, index) => checkFacts(part, [...path, "all", index], complain));
  else if ("any" in condition) condition.any.forEach((part, index) => checkFacts(part, [...path, "any", index], complain));
  else if ("not" in condition) checkFacts(condition.not, [...path, "not"], complain);
  else if ("fact" in condition && !Object.hasOwn(FACTS, condition.fact)) {
    const near = nearest(condition.fact, Object.keys(FACTS));
    const all = Object.keys(FACTS).join(", ");
    complain(
      [...path, "fact"],
      { zh: `没有名为 ${condition.fact} 的事实`, en: `there is no fact called ${condition.fact}` },
      near ? { zh: `${near}?`, en: `did you mean ${near}?` } : { zh: `其中之一:${all}`, en: `one of ${all}` },
    );
  }
}

function checkSpans(profile: Profile, complain: Complain): void {
  const check = (spans: readonly string[] | undefined, path: Path): void => {
    let last = "";
    (spans ?? []).forEach((span, index) => {
      const [from, to] = span.split("-") as [string, string];
      if (from >= to)
        complain(
          [...path, index],
          { zh: `${span} 结束早于开始`, en: `${span} ends before it begins` },
          { zh: "先开始后结束", en: "begin first, then end" },
        );
      else if (from < last)
        complain(
          [...path, index],
          { zh: `${span} 与前一段重叠或顺序颠倒`, en: `${span} overlaps the one before or is out of order` },
          { zh: "按时间先后排列,不重叠", en: "spans in order that do not overlap" },
        );
      last = to;
    });
  };
  for (const [weekday, spans] of Object.entries(profile.business.hours.weekly)) check(spans, ["business", "hours", "weekly", weekday]);
  for (const [date, spans] of Object.entries(profile.business.hours.special)) check(spans, ["business", "hours", "special", date]);
  profile.technicians.forEach((technician, index) => {
    for (const [weekday, spans] of Object.entries(technician.shifts ?? {})) check(spans, ["technicians", index, "shifts", weekday]);
  });
  profile.staff.forEach((member, index) => {
    for (const [weekday, spans] of Object.entries(member.shifts ?? {})) check(spans, ["staff", index, "shifts", weekday]);
  });
  const checkDays = (days: string, path: Path): void => {
    const [from, to = from] = days.split("..") as [string, string?];
    if (!isCalendarDay(from!) || !isCalendarDay(to!))
      complain(path, { zh: `日历上没有 ${days} 这一天`, en: `${days} is not in the calendar` }, FORMATS["day"]!);
    else if (from! > to!)
      complain(
        path,
        { zh: `${days} 结束早于开始`, en: `${days} ends before it begins` },
        { zh: "先开始后结束", en: "begin first, then end" },
      );
  };
  profile.business.hours.closed.forEach((days, index) => checkDays(days, ["business", "hours", "closed", index]));
  for (const date of Object.keys(profile.business.hours.special)) checkDays(date, ["business", "hours", "special", date]);
  profile.technicians.forEach((technician, index) =>
    technician.daysOff.forEach((days, at) => checkDays(days, ["technicians", index, "daysOff", at])),
  );
  if (!Object.values(profile.business.hours.weekly).some((spans) => spans.length > 0)) {
    complain(
      ["business", "hours", "weekly"],
      { zh: "一周都没有营业时间", en: "the business is never open" },
      { zh: "至少一天写上时段", en: "hours on at least one day" },
    );
  }
}

function checkWording(profile: Profile, complain: Complain): void {
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

function dedupe(problems: readonly ProfileProblem[]): ProfileProblem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.file}|${problem.line}|${problem.path}|${problem.what.en}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
