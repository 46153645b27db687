/** Campaigns: write, preview, test, submit, approve, send, pause, watch. */
import "./care-words.js";
import { el, kept } from "./dom.js";
import { LANGUAGES, lang, onLang, t } from "./i18n.js";
import { call } from "./net.js";
import { loadAbout, localName, showFatal, showTime, startShell, toast } from "./shell.js";

const sheet = document.querySelector("#sheet");
let about = null;
let campaigns = [];
let opened = null;
let preview = null;
const draft = {
  name: "",
  text: { "zh-CN": "", "zh-TW": "", en: "" },
  book: "",
  product: "",
  vip: false,
  months: "",
  startAt: "",
  endAt: "",
};

const me = () => kept.get("anxin.staff") ?? about.staff[0]?.id;
const NEXT = {
  draft: ["submit", "cancel"],
  submitted: ["approve", "reject", "cancel"],
  approved: ["start", "cancel"],
  sending: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  finished: [],
  cancelled: [],
};

function bodyOfDraft() {
  const audience = {};
  if (draft.vip) audience.vip = true;
  if (draft.product) audience.products = [draft.product];
  if (draft.months) audience.notServedForMonths = Number(draft.months);
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

async function tell(work) {
  try {
    await work();
  } catch (error) {
    toast(error.message, true);
  }
}

async function load() {
  campaigns = (await call("/reports/api/campaigns")).campaigns;
  if (opened !== null) opened = await call(`/reports/api/campaigns/${opened.campaign.id}?lang=${lang()}`);
  draw();
}

const act = (id, what) =>
  tell(async () => {
    const why = what === "reject" || what === "cancel" ? window.prompt(t("campaign.why")) : undefined;
    if (why === null) return;
    await call(`/reports/api/campaigns/${id}/act`, { by: me(), do: what, ...(why === undefined ? {} : { why }) });
    await load();
  });

function field(id, label, input) {
  return el("p", { class: "field" }, el("label", { for: id, text: label }), input);
}

function input(id, key, props = {}) {
  return el("input", { id, value: draft[key], on: { input: (event) => (draft[key] = event.target.value) }, ...props });
}

function form() {
  const options = (kind, chosen, none) => [
    el("option", { value: "", text: none }),
    ...Object.keys(about.names[kind]).map((id) => el("option", { value: id, text: localName(kind, id), selected: id === chosen })),
  ];
  const element = el(
    "form",
    { class: "card care-wide care-form", "aria-label": t("campaign.new") },
    el("h3", { text: t("campaign.new") }),
    field("campaign-name", t("campaign.name"), input("campaign-name", "name", { maxlength: 80, required: true })),
    ...LANGUAGES.map(([code, , full]) =>
      field(
        `campaign-text-${code}`,
        `${t("campaign.text")} · ${full}`,
        el("textarea", {
          id: `campaign-text-${code}`,
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
    el(
      "fieldset",
      {},
      field(
        "campaign-book",
        t("campaign.book"),
        el(
          "select",
          { id: "campaign-book", on: { change: (event) => (draft.book = event.target.value) } },
          ...options("service", draft.book, t("campaign.no_button")),
        ),
      ),
      field(
        "campaign-product",
        t("campaign.product"),
        el(
          "select",
          { id: "campaign-product", on: { change: (event) => (draft.product = event.target.value) } },
          ...options("product", draft.product, t("campaign.everyone")),
        ),
      ),
      field("campaign-idle", t("campaign.idle"), input("campaign-idle", "months", { type: "number", min: 1, max: 240 })),
      field(
        "campaign-vip",
        t("campaign.vip"),
        el("input", {
          id: "campaign-vip",
          type: "checkbox",
          checked: draft.vip,
          on: { change: (event) => (draft.vip = event.target.checked) },
        }),
      ),
      field("campaign-start", t("campaign.start"), input("campaign-start", "startAt", { type: "datetime-local" })),
      field("campaign-end", t("campaign.end"), input("campaign-end", "endAt", { type: "datetime-local" })),
    ),
    el(
      "div",
      { class: "row-end" },
      el("button", {
        type: "button",
        id: "campaign-preview",
        text: t("campaign.preview"),
        on: {
          click: () =>
            tell(async () => {
              preview = await call("/reports/api/campaigns/preview", bodyOfDraft());
              draw();
            }),
        },
      }),
      el("button", { type: "submit", class: "primary", text: t("campaign.save") }),
    ),
    preview === null ? "" : showPreview(),
  );
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    void tell(async () => {
      await call("/reports/api/campaigns", bodyOfDraft());
      Object.assign(draft, { name: "", text: { "zh-CN": "", "zh-TW": "", en: "" } });
      preview = null;
      await load();
    });
  });
  return element;
}

function showPreview() {
  return el(
    "div",
    { class: "preview", role: "status" },
    el("p", {}, el("strong", { text: t("campaign.count", { count: preview.count }) })),
    el(
      "ul",
      { class: "legend" },
      ...Object.entries(preview.ways).map(([way, count]) => el("li", { text: `${t(`campaign.way_${way}`)} ${count}` })),
    ),
    ...preview.sample.map((one) =>
      el(
        "blockquote",
        {},
        el("p", { class: "hint", text: `${one.name} · ${one.customer} · ${t(`campaign.way_${one.way}`)}` }),
        el("p", { text: one.text }),
      ),
    ),
  );
}

function row(one) {
  return el(
    "li",
    { class: "card" },
    el(
      "p",
      {},
      el("strong", { text: `${one.id} ${one.name}` }),
      ` · ${t(`campaign.status_${one.status}`)} · ${showTime(one.updatedAt, { day: "always" })}`,
    ),
    el("p", { text: one.text[lang()] }),
    opened?.campaign.id === one.id ? showCounts() : "",
    el(
      "div",
      { class: "care-result" },
      el("button", {
        type: "button",
        text: t("nav.reports"),
        on: {
          click: () =>
            tell(async () => {
              opened = await call(`/reports/api/campaigns/${one.id}?lang=${lang()}`);
              draw();
            }),
        },
      }),
      ...NEXT[one.status].map((what) =>
        el("button", {
          type: "button",
          class: what === "cancel" ? "quiet" : "primary",
          text: t(`campaign.do_${what}`),
          on: { click: () => void act(one.id, what) },
        }),
      ),
      ...(one.status === "finished" || one.status === "cancelled" ? [] : [testForm(one)]),
    ),
  );
}

function testForm(one) {
  const customer = el("input", { type: "text", placeholder: t("campaign.test"), "aria-label": t("campaign.test") });
  return el(
    "span",
    { class: "care-result" },
    customer,
    el("button", {
      type: "button",
      text: t("campaign.do_test"),
      on: {
        click: () =>
          tell(async () => {
            const { way } = await call(`/reports/api/campaigns/${one.id}/test`, { by: me(), customer: customer.value.trim() });
            toast(t("campaign.tested", { way: way === "sent" ? t("campaign.sent") : t(`campaign.way_${way}`) }));
          }),
      },
    }),
  );
}

function showCounts() {
  if (opened.counts.length === 0) return "";
  return el(
    "table",
    {},
    el(
      "tbody",
      {},
      ...opened.counts.map((line) =>
        el(
          "tr",
          {},
          el("th", { scope: "row", text: [t(`touch.${line.status}`), line.why].filter(Boolean).join(" · ") }),
          el("td", { class: "number", text: String(line.count) }),
        ),
      ),
    ),
  );
}

function draw() {
  sheet.replaceChildren(
    el(
      "div",
      { class: "sheet-head" },
      el("h1", { text: t("campaign.title") }),
      el(
        "label",
        { text: `${t("task.who")} ` },
        el(
          "select",
          { id: "campaign-who", on: { change: (event) => kept.set("anxin.staff", event.target.value) } },
          ...about.staff.map((one) => el("option", { value: one.id, text: one.name[lang()], selected: one.id === me() })),
        ),
      ),
    ),
    form(),
    campaigns.length === 0 ? el("p", { class: "hint", text: t("campaign.none") }) : el("ul", { class: "tasks" }, ...campaigns.map(row)),
  );
}

try {
  about = await loadAbout();
  startShell();
  onLang(draw);
  await load();
} catch (error) {
  console.error(error);
  showFatal(error, sheet);
}
