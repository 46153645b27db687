/** The report of care on the reports page: period, charts, tables, files, and the list of what people do. */
import "./care-words.js";
import { barChart, lineChart } from "./charts.js";
import { el, kept } from "./dom.js";
import { lang, t } from "./i18n.js";
import { call } from "./net.js";
import { reportTable } from "./report-table.js";
import { toast } from "./shell.js";

const percent = ({ good, of }) => (of === 0 ? null : Math.round((good / of) * 1_000) / 10);
const shownPercent = (share) => (share.of === 0 ? t("care.nothing") : `${percent(share)} (${share.good}/${share.of})`);

export function createCareReport(about) {
  const element = el("section", { class: "card care-wide" });
  const state = { period: "month", day: "", answer: null };

  const query = () => {
    const search = new URLSearchParams({ period: state.period, lang: lang() });
    if (state.day) search.set("day", state.day);
    return search.toString();
  };

  function choose(key, value) {
    state[key] = value;
    void load();
  }

  async function load() {
    try {
      state.answer = await call(`/reports/api/report?${query()}`);
      draw();
    } catch (error) {
      toast(error.message, true);
    }
  }

  function draw() {
    if (state.answer === null) return;
    const { figures, tables } = state.answer;
    const { surveys, days } = figures;
    const names = tables.find((one) => one.id === "assurances").rows.map((row) => row[0]);
    const itemNames = tables.find((one) => one.id === "items").rows.map((row) => row[0]);
    const series = [
      { name: t("care.sent"), values: days.map((day) => day.sent) },
      { name: t("care.answers"), values: days.map((day) => day.answered) },
      { name: t("care.bookings"), values: days.map((day) => day.bookings) },
    ];
    element.replaceChildren(
      el("h3", {
        text: `${t("care.title")} · ${figures.period.first}${figures.period.last === figures.period.first ? "" : ` – ${figures.period.last}`}`,
      }),
      el(
        "div",
        { class: "care-bar" },
        el(
          "label",
          { text: `${t("care.period")} ` },
          el(
            "select",
            { id: "care-period", on: { change: (event) => choose("period", event.target.value) } },
            ...["day", "week", "month", "quarter"].map((kind) =>
              el("option", { value: kind, text: t(`period.${kind}`), selected: kind === state.period }),
            ),
          ),
        ),
        el(
          "label",
          { text: `${t("care.day")} ` },
          el("input", {
            id: "care-day",
            type: "date",
            value: state.day || figures.period.first,
            on: { change: (event) => choose("day", event.target.value) },
          }),
        ),
        el("a", { href: `/reports/api/report.csv?${query()}`, download: true, text: t("care.csv") }),
        el("a", { href: `/reports/api/report.xlsx?${query()}`, download: true, text: t("care.xlsx") }),
      ),
      el("h4", { text: t("care.daily") }),
      days.length > 1 && series.some(({ values }) => values.some((value) => value > 0))
        ? lineChart({ label: t("care.daily"), labels: days.map((day) => day.day.slice(5)), series })
        : "",
      el(
        "ul",
        { class: "legend" },
        ...series.map((one, index) =>
          el("li", { class: `legend-${index + 1}`, text: `${one.name}: ${one.values.reduce((sum, value) => sum + value, 0)}` }),
        ),
      ),
      el("h4", { text: t("care.satisfied") }),
      barChart({
        label: t("care.satisfied"),
        most: 100,
        goal: surveys.goalPercent,
        bars: [{ name: t("care.answers"), value: percent(surveys.satisfied), shown: shownPercent(surveys.satisfied) }],
      }),
      el("h4", { text: t("care.assurances") }),
      barChart({
        label: t("care.assurances"),
        most: 100,
        bars: ["quality", "cost", "aftercare", "time", "emergency"].map((key, index) => ({
          name: names[index].split(/[:：]/)[0],
          value: percent(figures.assurances[key]),
          shown: shownPercent(figures.assurances[key]),
        })),
      }),
      surveys.items.length === 0 ? "" : el("h4", { text: t("care.items") }),
      surveys.items.length === 0
        ? ""
        : barChart({
            label: t("care.items"),
            most: 5,
            bars: surveys.items.map((item, index) => ({
              name: itemNames[index],
              value: item.mean,
              shown: item.mean === null ? t("care.nothing") : `${item.mean} (${item.count})`,
            })),
          }),
      ...tables.map((table) => reportTable(table)),
    );
  }

  return { element, load, redraw: () => void load(), about };
}

export function createTasks(about) {
  const element = el("section", { class: "card care-wide" });
  let tasks = [];
  let next = null;

  async function load(after = "") {
    try {
      const answer = await call(`/reports/api/tasks?lang=${lang()}&after=${encodeURIComponent(after)}`);
      tasks = after === "" ? answer.tasks : [...tasks, ...answer.tasks];
      next = answer.next;
      draw();
    } catch (error) {
      toast(error.message, true);
    }
  }

  async function finish(task, reached, form) {
    try {
      const score = form.querySelector("select")?.value;
      await call("/reports/api/tasks/result", {
        id: task.id,
        by: kept.get("anxin.staff") ?? about.staff[0]?.id,
        reached,
        score: score ? Number(score) : null,
        text: form.querySelector("input").value.trim(),
      });
      toast(t("task.done"));
      await load();
    } catch (error) {
      toast(error.message, true);
    }
  }

  function row(task) {
    const form = el(
      "div",
      { class: "care-result" },
      task.kind === "survey"
        ? el(
            "select",
            { "aria-label": t("task.score") },
            el("option", { value: "", text: t("task.score") }),
            ...[5, 4, 3, 2, 1].map((mark) => el("option", { value: mark, text: String(mark) })),
          )
        : "",
      el("input", { type: "text", maxlength: 1000, placeholder: t("task.note"), "aria-label": t("task.note") }),
      el("button", { type: "button", class: "primary", text: t("task.reached"), on: { click: () => void finish(task, true, form) } }),
      el("button", { type: "button", text: t("task.not_reached"), on: { click: () => void finish(task, false, form) } }),
    );
    return el(
      "li",
      { class: "card" },
      el("p", {}, el("strong", { text: task.customer.name || task.customer.id }), ` ${task.customer.phones.join(" ")}`),
      el("p", {
        class: "hint",
        text: [t(task.prepared ? "task.prepared" : `task.${task.way}`), task.plan, task.on, task.order, task.why]
          .filter(Boolean)
          .join(" · "),
      }),
      el("p", { text: task.text }),
      form,
    );
  }

  function draw() {
    element.replaceChildren(
      el("h3", { text: `${t("task.title")} (${tasks.length}${next === null ? "" : "+"})` }),
      el(
        "label",
        { text: `${t("task.who")} ` },
        el(
          "select",
          { id: "task-who", on: { change: (event) => kept.set("anxin.staff", event.target.value) } },
          ...about.staff.map((one) =>
            el("option", { value: one.id, text: one.name[lang()], selected: one.id === kept.get("anxin.staff") }),
          ),
        ),
      ),
      tasks.length === 0 ? el("p", { class: "hint", text: t("task.none") }) : el("ul", { class: "tasks" }, ...tasks.map(row)),
      next === null ? "" : el("button", { type: "button", class: "quiet", text: t("task.more"), on: { click: () => void load(next) } }),
    );
  }

  return { element, load: () => load(), redraw: () => void load() };
}
