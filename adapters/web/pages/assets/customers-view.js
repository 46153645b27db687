/** Finds a customer by whatever is known of them, and shows what is theirs. */
import { el } from "./dom.js";
import { lang, t } from "./i18n.js";
import { call } from "./net.js";
import { languageName, localName } from "./shell.js";

export function createCustomersView() {
  const element = el("div", { class: "records" });
  let query = "";
  let found = null;
  let problem = "";
  let asked = 0;

  function draw() {
    const field = el("input", {
      id: "customer-query",
      type: "search",
      value: query,
      maxlength: 200,
      placeholder: t("find.placeholder"),
      on: { input: (event) => (query = event.target.value) },
    });
    const focused = element.contains(document.activeElement);
    const form = el(
      "form",
      { class: "find-form", role: "search" },
      el("label", { for: "customer-query", text: t("find.label") }),
      el("div", { class: "find-row" }, field, el("button", { type: "submit", class: "primary", text: t("find.go") })),
      el("p", { class: "hint", text: t("find.hint") }),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void search();
    });
    element.replaceChildren(
      form,
      problem ? el("p", { class: "problem", role: "alert", text: problem }) : "",
      found === null
        ? ""
        : found.length === 0
          ? el("p", { class: "empty hint", role: "status", text: t("find.none") })
          : el("ul", { class: "notices" }, ...found.map(row)),
    );
    if (focused) field.focus();
  }

  function row(one) {
    const customer = one.customer ?? one;
    const products = (customer.products ?? []).map((each) =>
      [localName("product", each.product), each.brand, each.model, each.plate ?? each.serial].filter(Boolean).join(" "),
    );
    return el(
      "li",
      { class: "card" },
      el(
        "p",
        {},
        el("strong", { text: customer.name ?? t("desk.unknown_customer") }),
        customer.vip ? " · VIP" : "",
        customer.language ? ` · ${languageName(customer.language)}` : "",
      ),
      (customer.phones ?? []).length > 0 ? el("p", { text: customer.phones.join(lang() === "en" ? ", " : "、") }) : null,
      customer.address ? el("p", { class: "muted", text: customer.address }) : null,
      products.length > 0 ? el("p", { text: products.join("；") }) : null,
    );
  }

  async function search() {
    if (query.trim() === "") return;
    const mine = ++asked;
    problem = "";
    try {
      const answer = await call(`/desk/api/customers?q=${encodeURIComponent(query)}`);
      if (mine === asked) found = answer.customers;
    } catch (error) {
      if (mine === asked) problem = error.message;
    }
    draw();
  }

  return {
    element,
    redraw: draw,
    async refresh() {
      if (element.childElementCount === 0) draw();
    },
  };
}
