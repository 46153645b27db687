/** The form of a campaign: words, whom it is for, when; with a preview as each channel shows it. */
import { el } from "./dom.js";
import { LANGUAGES, t } from "./i18n.js";
import { call } from "./net.js";
import { localName } from "./shell.js";

const EMPTY = () => ({
  id: null,
  name: "",
  text: { "zh-CN": "", "zh-TW": "", en: "" },
  book: "",
  product: "",
  language: "",
  vip: false,
  idle: "",
  served: "",
  bought: "",
  startAt: "",
  endAt: "",
});

/** The months of the audience, by field of the draft. */
const MONTHS = { idle: "notServedForMonths", served: "servedWithinMonths", bought: "boughtWithinMonths" };

/** @param me id of the member of staff who writes; `tell` runs work and shows what failed; `saved` is called after each saving */
export function createCampaignForm({ about, me, tell, saved }) {
  const element = el("div", { class: "care-wide" });
  let draft = EMPTY();
  let preview = null;

  function bodyOfDraft() {
    const audience = {};
    if (draft.vip) audience.vip = true;
    if (draft.product) audience.products = [draft.product];
    if (draft.language) audience.languages = [draft.language];
    for (const [field, name] of Object.entries(MONTHS)) if (draft[field]) audience[name] = Number(draft[field]);
    return {
      by: me(),
      name: draft.name,
      text: draft.text,
      book: draft.book || null,
      audience,
      startAt: draft.startAt || null,
      endAt: draft.endAt || null,
    };
  }

  /** Takes a campaign that is still a draft into the form. */
  function edit(one) {
    const { audience } = one;
    const local = (iso) => (iso === null ? "" : iso.slice(0, 16));
    draft = {
      ...EMPTY(),
      id: one.id,
      name: one.name,
      text: { ...one.text },
      book: one.book ?? "",
      product: audience.products?.[0] ?? "",
      language: audience.languages?.[0] ?? "",
      vip: audience.vip === true,
      startAt: local(one.startAt),
      endAt: local(one.endAt),
    };
    for (const [field, name] of Object.entries(MONTHS)) draft[field] = audience[name] ?? "";
    preview = null;
    drawForm();
    element.querySelector("input").focus();
  }

  const field = (id, label, input, className = "field") => el("p", { class: className }, el("label", { for: id, text: label }), input);
  const input = (id, key, props = {}) =>
    el("input", { id, value: draft[key], on: { input: (event) => (draft[key] = event.target.value) }, ...props });
  const months = (key) => input(`campaign-${key}`, key, { type: "number", min: 1, max: 240 });

  function select(id, key, entries, none) {
    return el(
      "select",
      { id, on: { change: (event) => (draft[key] = event.target.value) } },
      el("option", { value: "", text: none }),
      ...entries.map(([value, text]) => el("option", { value, text, selected: value === draft[key] })),
    );
  }

  const named = (kind) => Object.keys(about.names[kind]).map((id) => [id, localName(kind, id)]);

  function drawForm() {
    const title = draft.id === null ? t("campaign.new") : t("campaign.edit", { id: draft.id });
    const form = el(
      "form",
      { class: "card care-form", "aria-label": title },
      el("h3", { text: title }),
      field("campaign-name", t("campaign.name"), input("campaign-name", "name", { maxlength: 80, required: true })),
      ...LANGUAGES.map(([code, , full]) =>
        field(
          `campaign-text-${code}`,
          `${t("campaign.text")} · ${full}`,
          el("textarea", {
            id: `campaign-text-${code}`,
            lang: code,
            maxlength: 600,
            required: true,
            value: draft.text[code],
            on: { input: (event) => (draft.text[code] = event.target.value) },
          }),
        ),
      ),
      el("p", {
        class: "hint",
        text: t("campaign.vars", { name: "{name}", business: "{business}", product: "{product}", plate: "{plate}", phone: "{phone}" }),
      }),
      audienceFields(),
      el(
        "fieldset",
        {},
        el("legend", { text: t("campaign.when") }),
        field("campaign-start", t("campaign.start"), input("campaign-start", "startAt", { type: "datetime-local" })),
        field("campaign-end", t("campaign.end"), input("campaign-end", "endAt", { type: "datetime-local" })),
        field("campaign-book", t("campaign.book"), select("campaign-book", "book", named("service"), t("campaign.no_button"))),
      ),
      el(
        "div",
        { class: "row-end" },
        draft.id === null ? "" : el("button", { type: "button", class: "quiet", text: t("campaign.drop"), on: { click: reset } }),
        el("button", { type: "button", id: "campaign-preview", text: t("campaign.preview"), on: { click: () => void tell(look) } }),
        el("button", { type: "submit", class: "primary", text: t("campaign.save") }),
      ),
      preview === null ? "" : showPreview(),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void tell(save);
    });
    element.replaceChildren(form);
  }

  function audienceFields() {
    return el(
      "fieldset",
      {},
      el("legend", { text: t("campaign.whom") }),
      field("campaign-product", t("campaign.product"), select("campaign-product", "product", named("product"), t("campaign.everyone"))),
      field(
        "campaign-language",
        t("campaign.language"),
        select(
          "campaign-language",
          "language",
          LANGUAGES.map(([code, , full]) => [code, full]),
          t("campaign.everyone"),
        ),
      ),
      field("campaign-idle", t("campaign.idle"), months("idle")),
      field("campaign-served", t("campaign.served"), months("served")),
      field("campaign-bought", t("campaign.bought"), months("bought")),
      field(
        "campaign-vip",
        t("campaign.vip"),
        el("input", {
          id: "campaign-vip",
          type: "checkbox",
          checked: draft.vip,
          on: { change: (event) => (draft.vip = event.target.checked) },
        }),
        "field check",
      ),
    );
  }

  function reset() {
    draft = EMPTY();
    preview = null;
    drawForm();
  }

  async function look() {
    preview = await call("/reports/api/campaigns/preview", bodyOfDraft());
    drawForm();
    element.querySelector(".preview").scrollIntoView({ block: "nearest" });
  }

  async function save() {
    await call(draft.id === null ? "/reports/api/campaigns" : `/reports/api/campaigns/${draft.id}/draft`, bodyOfDraft());
    reset();
    await saved();
  }

  function showPreview() {
    return el(
      "div",
      { class: "preview", role: "status" },
      el("p", {}, el("strong", { text: t("campaign.count", { count: preview.count }) })),
      el(
        "ul",
        { class: "legend" },
        ...Object.entries(preview.ways)
          .filter(([, count]) => count > 0)
          .map(([way, count]) => el("li", { text: `${t(`campaign.way_${way}`)} ${count}` })),
      ),
      preview.shown.length === 0 ? "" : el("h4", { text: t("campaign.shown") }),
      el("div", { class: "shown-on" }, ...preview.shown.map(showChannel)),
      preview.sample.length === 0 ? "" : el("h4", { text: t("campaign.sample") }),
      ...preview.sample.map((one) =>
        el(
          "blockquote",
          {},
          el("p", { class: "hint", text: [one.name, one.customer, t(`campaign.way_${one.way}`)].filter(Boolean).join(" · ") }),
          el("p", { text: one.text }),
        ),
      ),
    );
  }

  function showChannel({ channel, language, parts, buttons }) {
    const [, , full] = LANGUAGES.find(([code]) => code === language);
    return el(
      "figure",
      { class: "channel-preview", lang: language },
      el("figcaption", { class: "hint", text: `${t(`channel.${channel}`)} · ${full}` }),
      ...parts.map((text) => el("p", { class: "bubble-preview", text })),
      buttons.length === 0 ? "" : el("p", { class: "legend" }, ...buttons.map((text) => el("span", { class: "button-preview", text }))),
    );
  }

  return { element, draw: drawForm, edit };
}
