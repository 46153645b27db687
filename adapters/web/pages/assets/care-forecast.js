/** The coming weeks on the reports page: what goes out by itself, over which channel, what can't and why, and who is meant. */
import "./care-words.js";
import { el } from "./dom.js";
import { lang, t } from "./i18n.js";
import { call } from "./net.js";
import { reportTable } from "./report-table.js";
import { showTime, toast } from "./shell.js";

const WEEKS = [2, 4, 8];

export function createForecast() {
  const element = el("section", { class: "card care-wide", id: "forecast" });
  const state = { weeks: 4, answer: null };
  const query = (more = {}) => new URLSearchParams({ weeks: state.weeks, lang: lang(), ...more }).toString();

  async function load() {
    try {
      state.answer = await call(`/reports/api/forecast?${query()}`);
      draw();
    } catch (error) {
      toast(error.message, true);
    }
  }

  /** Who a row counts, a line each. */
  async function namesOf(key) {
    try {
      const { people, more } = await call(`/reports/api/forecast/people?${query({ of: key })}`);
      const lines = people.map((one) =>
        el(
          "li",
          {},
          el("strong", { text: one.name || one.id }),
          ` ${[one.phones[0], one.day, one.plan, one.way, one.channel, one.why].filter(Boolean).join(" · ")}`,
        ),
      );
      return el("ul", { class: "who" }, ...lines, more ? el("li", { class: "hint", text: t("forecast.more") }) : "");
    } catch (error) {
      return el("p", { class: "hint", text: error.message });
    }
  }

  function choose(event) {
    state.weeks = Number(event.target.value);
    void load();
  }

  function draw() {
    const { tables, customers, looked, at, due } = state.answer;
    const unfolded = new Set([...element.querySelectorAll("details[open]")].map((one) => one.dataset.table));
    const first = unfolded.size === 0 && element.querySelector("details") === null;
    const shown = tables.map((table) => {
      const one = reportTable(table, {
        open: first ? table.id === "weeks" || table.id === "reasons" : unfolded.has(table.id),
        namesOf,
        quiet: true,
      });
      if (one !== "") one.dataset.table = table.id;
      return one;
    });
    const basis = [t("forecast.as_of", { at: showTime(at, { day: "always" }) }), t("forecast.assumes")];
    if (looked < customers) basis.push(t("forecast.sample", { looked, customers }));
    element.replaceChildren(
      el("h3", { text: t("forecast.title") }),
      el(
        "div",
        { class: "care-bar" },
        el(
          "label",
          { text: `${t("forecast.span")} ` },
          el(
            "select",
            { id: "forecast-weeks", on: { change: choose } },
            ...WEEKS.map((weeks) => el("option", { value: weeks, text: t("forecast.weeks", { weeks }), selected: weeks === state.weeks })),
          ),
        ),
        el("a", { href: `/reports/api/forecast.csv?${query()}`, download: true, text: t("care.csv") }),
        el("a", { href: `/reports/api/forecast.xlsx?${query()}`, download: true, text: t("care.xlsx") }),
      ),
      el("p", { class: "hint", text: basis.join(" ") }),
      ...(due ? shown : [el("p", { text: t("forecast.none") })]),
    );
  }

  return { element, load, redraw: () => void load() };
}
