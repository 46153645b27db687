/** Campaigns: write, preview, test, submit, approve, send, pause, watch. */
import "./care-words.js";
import { createCampaignForm } from "./campaign-form.js";
import { el, kept } from "./dom.js";
import { lang, onLang, t } from "./i18n.js";
import { call } from "./net.js";
import { loadAbout, showFatal, showTime, staffName, startShell, toast } from "./shell.js";

/** How often a campaign that is being sent is looked at, ms. */
const WATCH_MS = 5_000;

const sheet = document.querySelector("#sheet");
let about = null;
let form = null;
let campaigns = [];
let opened = null;

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
  drawList();
}

const act = (id, what) =>
  tell(async () => {
    const why = what === "reject" || what === "cancel" ? window.prompt(t("campaign.why")) : undefined;
    if (why === null) return;
    await call(`/reports/api/campaigns/${id}/act`, { by: me(), do: what, ...(why === undefined ? {} : { why }) });
    await load();
  });

const list = el("ul", { class: "tasks" });

function row(one) {
  const last = one.history.at(-1);
  return el(
    "li",
    { class: "card", data: { campaign: one.id } },
    el(
      "p",
      {},
      el("strong", { text: `${one.id} ${one.name}` }),
      " · ",
      el("span", { class: "tag", text: t(`campaign.status_${one.status}`) }),
    ),
    el("p", {
      class: "hint",
      text: [showTime(last.at, { day: "always" }), last.by === "bot" ? "" : staffName(last.by), last.why].filter(Boolean).join(" · "),
    }),
    el("p", { class: "campaign-words", text: one.text[lang()] }),
    opened?.campaign.id === one.id ? showReport() : "",
    el(
      "div",
      { class: "care-result" },
      el("button", {
        type: "button",
        data: { do: "report" },
        text: t("campaign.report"),
        on: {
          click: () =>
            tell(async () => {
              opened = opened?.campaign.id === one.id ? null : await call(`/reports/api/campaigns/${one.id}?lang=${lang()}`);
              drawList();
            }),
        },
      }),
      one.status === "draft"
        ? el("button", { type: "button", data: { do: "edit" }, text: t("campaign.do_edit"), on: { click: () => form.edit(one) } })
        : "",
      ...NEXT[one.status].map((what) =>
        el("button", {
          type: "button",
          class: what === "cancel" || what === "reject" ? "quiet" : "primary",
          data: { do: what },
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
  const test = el(
    "form",
    { class: "care-result" },
    customer,
    el("button", { type: "submit", data: { do: "test" }, text: t("campaign.do_test") }),
  );
  test.addEventListener("submit", (event) => {
    event.preventDefault();
    void tell(async () => {
      const { way } = await call(`/reports/api/campaigns/${one.id}/test`, {
        by: me(),
        customer: await customerMeant(customer.value.trim()),
      });
      toast(t("campaign.tested", { way: way === "sent" ? t("campaign.sent") : t(`campaign.way_${way}`) }));
    });
  });
  return test;
}

/** The one customer whom a phone, plate, name or id means. */
async function customerMeant(words) {
  const { customers } = await call(`/desk/api/customers?q=${encodeURIComponent(words)}`);
  if (customers.length > 1) throw new Error(t("campaign.several", { count: customers.length }));
  return customers[0]?.id ?? words;
}

function showReport() {
  const { counts } = opened;
  if (counts.length === 0) return el("p", { class: "hint", text: t("campaign.nobody_yet") });
  const total = counts.reduce((sum, line) => sum + line.count, 0);
  const open = counts.filter((line) => ["waiting", "paused", "asked", "pending"].includes(line.status));
  const done = total - open.reduce((sum, line) => sum + line.count, 0);
  return el(
    "div",
    {},
    el("p", {}, el("progress", { max: total, value: done, "aria-label": t("campaign.progress") }), ` ${done} / ${total}`),
    el(
      "table",
      {},
      el(
        "tbody",
        {},
        ...counts.map((line) =>
          el(
            "tr",
            {},
            el("th", { scope: "row", text: [t(`touch.${line.status}`), line.why].filter(Boolean).join(" · ") }),
            el("td", { class: "number", text: String(line.count) }),
          ),
        ),
      ),
    ),
  );
}

function drawList() {
  // What is typed into a list that is drawn anew would be lost.
  if (list.contains(document.activeElement) && document.activeElement.tagName === "INPUT" && document.activeElement.value !== "") return;
  list.replaceChildren(...(campaigns.length === 0 ? [el("li", { class: "hint", text: t("campaign.none") })] : campaigns.map(row)));
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
    form.element,
    list,
  );
  form.draw();
  drawList();
}

try {
  about = await loadAbout();
  form = createCampaignForm({ about, me, tell, saved: load });
  startShell();
  onLang(draw);
  draw();
  await load();
  setInterval(() => {
    if (!document.hidden && campaigns.some((one) => one.status === "sending")) void load().catch(() => undefined);
  }, WATCH_MS);
} catch (error) {
  console.error(error);
  showFatal(error, sheet);
}
