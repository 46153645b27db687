/** Rules that can't fire or contradict each other, and names in them that stand nowhere else. */
import { FACTS } from "../rules/facts.ts";
import { lintRules } from "../rules/lint.ts";
import { placeholdersOf } from "../wording/template.ts";
import { type Complain, nearest, type Path } from "./problems.ts";
import type { Profile, RuleCondition } from "./schema.ts";

export function checkRules(profile: Profile, complain: Complain): void {
  profile.rules.forEach((rule, index) => checkFacts(rule.when, ["rules", index, "when"], complain));
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
