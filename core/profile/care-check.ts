/** What is wrong with `care.yaml` beyond its shape: names that lead nowhere, hours that contradict each other, unknown variables. */
import { placeholdersOf } from "../wording/template.ts";
import { CARE_VARIABLES } from "./care-schema.ts";
import { type Complain, nearest, type Path } from "./problems.ts";
import type { Profile } from "./schema.ts";

/** So many plans within the quiet hours are a mistake of the hours. */
const QUIET_PLANS_MANY = 3;

export function checkCare(profile: Profile, complain: Complain): void {
  const { care, carePlans, careSurveys } = profile;
  const products = profile.products.map((one) => one.id);
  const services = profile.services.map((one) => one.id);
  const surveys = careSurveys.map((one) => one.id);
  const plans = carePlans.map((one) => one.id);
  const mustBe = (value: string, known: readonly string[], path: Path, zh: string, en: string): void => {
    if (known.includes(value)) return;
    const near = nearest(value, known);
    complain(
      path,
      { zh: `没有${zh}「${value}」`, en: `there is no ${en} "${value}"` },
      near ? { zh: `${near}?`, en: `did you mean ${near}?` } : { zh: `其中之一:${known.join("、")}`, en: `one of ${known.join(", ")}` },
    );
  };
  care.without.forEach((id, at) => mustBe(id, plans, ["care", "without", at], "计划", "plan"));
  for (const [section, entries] of [
    ["carePlans", carePlans],
    ["careSurveys", careSurveys],
  ] as const) {
    entries.forEach((entry, index) => {
      if (entries.findIndex((one) => one.id === entry.id) === index) return;
      complain(
        [section, index, "id"],
        { zh: `代号 ${entry.id} 用了两次`, en: `the id ${entry.id} stands twice` },
        { zh: "每项一个不同的代号", en: "a different id for each entry" },
      );
    });
  }
  // One wrong span of hours is one mistake, not one for each plan of a file that is not the shop's own.
  const quiet = carePlans.filter((plan) => isQuiet(plan.at, care.quietHours));
  if (quiet.length >= QUIET_PLANS_MANY) {
    const times = [...new Set(quiet.map((plan) => plan.at))].toSorted();
    complain(
      ["care", "quietHours"],
      {
        zh: `免打扰时段 ${care.quietHours} 盖住了 ${quiet.length} 项计划的发送时刻 ${times.join("、")}`,
        en: `the quiet hours ${care.quietHours} cover ${times.join(", ")}, at which ${quiet.length} plans are sent`,
      },
      { zh: "不含这些时刻的时段,或给这些计划另写 at", en: "hours without these times, or another at for these plans" },
    );
  }
  carePlans.forEach((plan, index) => {
    const at = (...path: (string | number)[]): (string | number)[] => ["carePlans", index, ...path];
    if ("products" in plan.on) plan.on.products.forEach((id, item) => mustBe(id, products, at("on", "products", item), "产品", "product"));
    plan.audience.products?.forEach((id, item) => mustBe(id, products, at("audience", "products", item), "产品", "product"));
    if (plan.book) mustBe(plan.book, services, at("book"), "服务项目", "service");
    if (plan.survey) mustBe(plan.survey, surveys, at("survey"), "问卷", "survey");
    if (isQuiet(plan.at, care.quietHours) && quiet.length < QUIET_PLANS_MANY)
      complain(
        at("at"),
        { zh: `${plan.at} 在免打扰时段 ${care.quietHours} 内`, en: `${plan.at} lies in the quiet hours ${care.quietHours}` },
        { zh: "免打扰时段以外的时刻", en: "a time outside of them" },
      );
    if (plan.kind === "survey" && plan.survey === undefined)
      complain(
        at("survey"),
        { zh: "回访没有写问卷", en: "the plan asks a survey and names none" },
        { zh: "写上 survey", en: "give survey" },
      );
    plan.steps.forEach((step, item) => {
      if (item > 0 && step.afterDays <= plan.steps[item - 1]!.afterDays)
        complain(
          at("steps", item, "afterDays"),
          { zh: `第 ${item + 1} 步不晚于前一步`, en: `step ${item + 1} is not later than the one before` },
          { zh: "按先后排列", en: "steps in order of time" },
        );
      if (step.text) checkText(step.text, at("steps", item, "text"));
    });
    checkText(plan.text, at("text"));
  });

  function checkText(text: Readonly<Record<string, string>>, path: Path): void {
    for (const [language, template] of Object.entries(text)) {
      for (const used of placeholdersOf(template)) {
        if ((CARE_VARIABLES as readonly string[]).includes(used)) continue;
        const near = nearest(used, CARE_VARIABLES);
        const all = CARE_VARIABLES.map((name) => `{${name}}`).join(" ");
        complain(
          [...path, language],
          { zh: `没有 {${used}} 这个变量`, en: `there is no variable {${used}}` },
          { zh: `可用:${all}${near ? `(是不是 {${near}}?)` : ""}`, en: `one of ${all}${near ? ` (did you mean {${near}}?)` : ""}` },
        );
      }
    }
  }
}

/** @param span `21:00-09:00`, may run over midnight */
function isQuiet(clock: string, span: string): boolean {
  const [from, to] = span.split("-") as [string, string];
  if (from === to) return false;
  return from < to ? clock >= from && clock < to : clock >= from || clock < to;
}
