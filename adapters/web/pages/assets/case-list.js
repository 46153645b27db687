/** The cases in order of what to take first, those of everybody, one's own, or nobody's. */
import { el } from "./dom.js";
import { lang, t } from "./i18n.js";
import { showDistance, showTime, staffName } from "./shell.js";

const FILTERS = ["all", "mine", "free"];

/** @param choose told the number of the case that was chosen */
export function createCaseList({ choose }) {
  const element = el("div", { class: "case-list", id: "case-list" });
  let filter = "all";
  let shown = null;

  function draw(given) {
    shown = given;
    const { cases, more, teams, me } = given;
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset : null;
    const scrolled = element.scrollTop;
    const listed = cases.filter((one) => filter === "all" || (filter === "mine" ? one.owner === me : one.owner === null));
    const troubles = teams.map(({ channel, waiting, error }) =>
      el("p", { class: "problem", role: "status", text: t("desk.team_down", { channel, waiting, error }) }),
    );
    if (cases.length === 0) element.replaceChildren(...troubles, el("p", { class: "empty hint", text: t("desk.no_cases") }));
    else
      element.replaceChildren(
        ...troubles,
        drawFilters(),
        listed.length === 0 ? el("p", { class: "empty hint", text: t("filter.none") }) : "",
        el("ul", {}, ...listed.map((one) => el("li", {}, row(one)))),
        more ? el("p", { class: "hint", text: t("desk.more") }) : "",
      );
    element.scrollTop = scrolled;
    if (focused?.number) focus(focused.number);
    else if (focused?.filter) element.querySelector(`[data-filter="${focused.filter}"]`)?.focus();
  }

  function drawFilters() {
    const choice = (name) =>
      el("button", {
        type: "button",
        text: t(`filter.${name}`),
        data: { filter: name },
        "aria-pressed": String(name === filter),
        on: {
          click: () => {
            filter = name;
            draw(shown);
          },
        },
      });
    return el("div", { class: "segments list-filter", role: "group", "aria-label": t("filter.label") }, ...FILTERS.map(choice));
  }

  function row(one) {
    const { writing, me, openNumber } = shown;
    const busy = writing
      .filter((each) => each.case === one.number && each.staff !== me && each.until > Date.now())
      .map((each) => staffName(each.staff))
      .join(lang() === "en" ? ", " : "、");
    const waits = one.answeredAt === null && (one.status === "open" || one.status === "claimed");
    return el(
      "button",
      {
        type: "button",
        class: `case-row urgency-${one.urgency} status-${one.status}`,
        data: { number: one.number },
        "aria-current": one.number === openNumber ? "true" : null,
        on: { click: () => choose(one.number) },
      },
      el(
        "span",
        { class: "row-top" },
        el("span", { class: `tag urgency-${one.urgency}`, text: t(`urgency.${one.urgency}`) }),
        el("strong", { text: one.number }),
        el("span", { class: "row-status", text: t(`case.${one.status}`) }),
      ),
      el("span", { class: "row-words", dir: "auto", text: one.words }),
      busy ? el("span", { class: "row-busy", text: t("desk.writing", { names: busy }) }) : null,
      el(
        "span",
        { class: "row-foot" },
        el("span", {
          text: `${one.customer?.name ?? t("desk.unknown_customer")}${one.customer?.vip ? " · VIP" : ""} · ${t(`category.${one.category}`)}`,
        }),
        waits
          ? el("span", {
              class: one.overdue ? "late" : "",
              text: showDistance(one.promisedAt),
              title: `${t("desk.promised")} ${showTime(one.promisedAt)}`,
            })
          : el("span", { text: one.owner ? staffName(one.owner) : "" }),
      ),
    );
  }

  const focus = (number) => element.querySelector(`[data-number="${CSS.escape(number ?? "")}"]`)?.focus();

  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...element.querySelectorAll(".case-row")];
    const at = rows.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    rows[at + step]?.focus();
  });

  return { element, draw, focus };
}
