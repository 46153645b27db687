/** The figures that exist, as plain tables. */
import { createForecast } from "./care-forecast.js";
import { createCareReport, createTasks } from "./care-report.js";
import { el } from "./dom.js";
import { onLang, t } from "./i18n.js";
import { call } from "./net.js";
import { loadAbout, showFatal, showTime, startShell, toast } from "./shell.js";

const sheet = document.querySelector("#sheet");
let figures = null;
let care = null;
let tasks = null;
let forecast = null;

/** Of what is recorded nothing of, the title; all of it stands in one line below. */
let empty = [];

function counts(title, rows) {
  if (rows.length === 0) {
    empty.push(title);
    return "";
  }
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  return el(
    "section",
    { class: "card" },
    el("h3", { text: title }),
    el(
      "table",
      {},
      el(
        "tbody",
        {},
        ...rows.map(([name, count]) =>
          el(
            "tr",
            {},
            el("th", { scope: "row", text: name }),
            el("td", { class: "bar-cell" }, el("meter", { min: 0, max: Math.max(total, 1), value: count, "aria-hidden": "true" })),
            el("td", { class: "number", text: String(count) }),
          ),
        ),
      ),
      el(
        "tfoot",
        {},
        el("tr", {}, el("th", { scope: "row", text: t("report.total") }), el("td"), el("td", { class: "number", text: String(total) })),
      ),
    ),
  );
}

function plain(title, rows) {
  return el(
    "section",
    { class: "card" },
    el("h3", { text: title }),
    el(
      "table",
      {},
      el(
        "tbody",
        {},
        ...rows.map(([name, value]) =>
          el("tr", {}, el("th", { scope: "row", text: name }), el("td", { class: "number", text: String(value) })),
        ),
      ),
    ),
  );
}

const named = (prefix, counted) =>
  Object.entries(counted)
    .sort((one, other) => other[1] - one[1])
    .map(([key, count]) => [t(`${prefix}.${key}`), count]);

function draw() {
  if (figures === null) return;
  empty = [];
  const { answers, bookings, cases, orders } = figures;
  const judged = answers.inTime + answers.late + answers.unanswered;
  sheet.replaceChildren(
    el(
      "div",
      { class: "sheet-head" },
      el("h1", { text: t("report.title") }),
      el("button", { type: "button", text: t("report.refresh"), on: { click: () => void load() } }),
    ),
    el("p", { class: "hint", text: t("report.as_of", { at: showTime(new Date(figures.at).toISOString(), { day: "always" }) }) }),
    el(
      "div",
      { class: "sheet-grid" },
      care.element,
      forecast.element,
      tasks.element,
      plain(t("report.answers"), [
        [t("report.rate"), judged === 0 ? "–" : `${Math.round((answers.inTime / judged) * 1000) / 10}%`],
        [t("report.in_time"), answers.inTime],
        [t("report.late"), answers.late],
        [t("report.unanswered"), answers.unanswered],
        [t("report.median"), answers.medianMinutes === null ? "–" : t("span.minutes", { n: answers.medianMinutes })],
      ]),
      counts(`${t("report.cases")} · ${t("report.by_status")}`, named("case", cases.byStatus)),
      counts(`${t("report.cases")} · ${t("report.by_category")}`, named("category", cases.byCategory)),
      counts(`${t("report.cases")} · ${t("report.by_urgency")}`, named("urgency", cases.byUrgency)),
      counts(`${t("report.orders")} · ${t("report.by_status")}`, named("order", orders.byStatus)),
      plain(t("report.orders"), [
        [t("report.total"), orders.total],
        [t("report.orders_late"), orders.late],
      ]),
      counts(`${t("report.bookings")} · ${t("report.by_status")}`, named("booking", bookings.byStatus)),
      plain(t("report.bookings"), [
        [t("report.total"), bookings.total],
        [t("report.upcoming"), bookings.upcoming],
        [t("report.moved"), bookings.moved],
      ]),
    ),
    empty.length === 0 ? "" : el("p", { class: "hint", text: `${t("report.none")}: ${empty.join(", ")}` }),
  );
}

async function load() {
  try {
    figures = await call("/desk/api/figures");
    draw();
  } catch (error) {
    if (figures === null) showFatal(error, sheet);
    else toast(error.message, true);
  }
}

try {
  const about = await loadAbout();
  care = createCareReport(about);
  tasks = createTasks(about);
  forecast = createForecast();
  startShell();
  onLang(() => {
    draw();
    care.redraw();
    tasks.redraw();
    forecast.redraw();
  });
  await Promise.all([care.load(), tasks.load()]);
  await load();
  // Reckoned, not counted: the rest of the page does not wait for it.
  await forecast.load();
} catch (error) {
  console.error(error);
  showFatal(error, sheet);
}
