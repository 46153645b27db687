/** Names that lead from one file of a profile to another. */
import { type Complain, nearest, type Path } from "./problems.ts";
import type { Profile } from "./schema.ts";

export function checkReferences(profile: Profile, complain: Complain): void {
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

  profile.products.forEach((product, index) => {
    if (product.kind) mustKnow("product", product.kind, ["products", index, "kind"]);
  });
  const { pickup, loans } = profile.business.booking;
  if (pickup) mustKnow("resource", pickup.driver, ["business", "booking", "pickup", "driver"]);
  if (loans) mustKnow("resource", loans.kind, ["business", "booking", "loans", "kind"]);
  profile.services.forEach((service, index) => {
    if (service.pickup && !pickup)
      complain(
        ["services", index, "pickup"],
        { zh: "写了可上门取送,但 profile.yaml 没有 booking.pickup", en: "may be fetched, but profile.yaml has no booking.pickup" },
        { zh: "在 profile.yaml 写 booking.pickup,或去掉这一行", en: "add booking.pickup to profile.yaml, or leave this line out" },
      );
    service.products.forEach((product, at) => mustKnow("product", product, ["services", index, "products", at]));
    service.needs.forEach((kind, at) => mustKnow("resource", kind, ["services", index, "needs", at]));
    service.licences.forEach((licence, at) => mustKnow("licence", licence, ["services", index, "licences", at]));
    service.skills.forEach((skill, at) => mustKnow("skill", skill, ["services", index, "skills", at]));
    if (service.price.parts[0] > service.price.parts[1]) {
      complain(
        ["services", index, "price", "parts"],
        {
          zh: `配件价 ${JSON.stringify(service.price.parts)} 前大后小`,
          en: `the parts' range ${JSON.stringify(service.price.parts)} runs backwards`,
        },
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
}

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
