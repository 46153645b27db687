/** The staff desk: cases with what is known of each, orders, bookings, notices. */
import { createCaseView } from "./case-view.js";
import { el, kept, newId } from "./dom.js";
import { lang, onLang, t } from "./i18n.js";
import { call, follow } from "./net.js";
import { createBookingsView, createNoticesView, createOrdersView } from "./records.js";
import { showDistance, showState, showTime, staffName, toast } from "./shell.js";

const TABS = ["cases", "orders", "bookings", "notices"];
/** Lists show how far times are away; they are drawn anew this often, ms. */
const REDRAW_MS = 30_000;

/** @param onChange called with the conversations that changed */
export function createDesk(place, { about, onChange = () => undefined }) {
  let view = "cases";
  let cases = null;
  let more = false;
  let teams = [];
  let openNumber = null;
  let me = kept.get("anxin.staff");
  if (!about.staff.some((one) => one.id === me)) me = about.staff[0]?.id ?? null;
  /** Numbers already known, so that new ones can be told. */
  let knownNumbers = null;

  const head = el("div", { class: "panel-head desk-head" });
  const tabs = el("div", { class: "segments", role: "tablist" });
  const list = el("div", { class: "case-list", id: "case-list" });
  const detail = el("div", { class: "case-detail", id: "case-detail" });
  const news = el("p", { class: "hidden-text", role: "status", "aria-live": "polite" });
  const body = el("div", { class: "desk-body", role: "tabpanel", id: "desk-body", "aria-labelledby": "desk-tab-cases" });

  const context = { about, me: () => me, command };
  const caseView = createCaseView(detail, { ...context, onBack: () => choose(null), onGone: () => choose(null) });
  const others = {
    orders: createOrdersView(context),
    bookings: createBookingsView(context),
    notices: createNoticesView({ ...context, openCase: showCase }),
  };

  /**
   * Hands a command in. A try that did not get through goes again under the same id, so that nothing is done twice.
   *
   * @returns whether it was taken
   */
  async function command(given) {
    const order = { id: newId(), by: me, command: given };
    for (let tries = 0; ; tries++) {
      try {
        await call("/desk/api/commands", order);
        toast(t(`done.${given.do}`));
        return true;
      } catch (error) {
        if (!error.passing || tries >= 3) {
          toast(error.message, true);
          return false;
        }
        await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 700 * (tries + 1)));
      }
    }
  }

  async function load() {
    const answer = await call("/desk/api/cases");
    cases = answer.cases;
    more = answer.more;
    teams = answer.teams ?? [];
    const fresh = knownNumbers === null ? [] : cases.filter((one) => !knownNumbers.has(one.number));
    knownNumbers = new Set(cases.map((one) => one.number));
    if (fresh.length > 0) news.textContent = fresh.map((one) => `${one.number} ${t(`urgency.${one.urgency}`)} ${one.words}`).join(" ");
    drawList();
  }

  let running = null;
  let again = false;
  /** Loads what is shown; calls during a load make one more load after it. */
  function refresh() {
    if (running) {
      again = true;
      return running;
    }
    const work =
      view === "cases" ? Promise.all([load(), openNumber ? caseView.refresh() : null]) : Promise.all([load(), others[view].refresh()]);
    running = work
      .catch(() => undefined)
      .then(() => {
        running = null;
        if (again) {
          again = false;
          void refresh();
        }
      });
    return running;
  }

  function choose(number) {
    const before = openNumber;
    openNumber = number;
    place.classList.toggle("has-open", number !== null);
    drawList();
    if (number !== null) void caseView.open(number);
    else {
      caseView.close();
      list.querySelector(`[data-number="${CSS.escape(before ?? "")}"]`)?.focus();
    }
  }

  function show(next) {
    view = next;
    drawTabs();
    drawBody();
    void refresh();
  }

  function showCase(number) {
    show("cases");
    choose(number);
  }

  function drawTabs() {
    const waiting = (cases ?? []).filter((one) => one.status === "open").length;
    const focused = tabs.contains(document.activeElement);
    tabs.setAttribute("aria-label", t("desk.views"));
    tabs.replaceChildren(
      ...TABS.map((name) =>
        el(
          "button",
          {
            type: "button",
            role: "tab",
            id: `desk-tab-${name}`,
            "aria-selected": String(name === view),
            "aria-controls": "desk-body",
            tabindex: name === view ? "0" : "-1",
            on: { click: () => show(name) },
          },
          el("span", { text: t(`desk.${name}`) }),
          name === "cases" && waiting > 0 ? el("span", { class: "count", text: String(waiting) }) : null,
        ),
      ),
    );
    if (focused) tabs.querySelector('[aria-selected="true"]').focus();
  }
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(TABS[(TABS.indexOf(view) + step + TABS.length) % TABS.length]);
    tabs.querySelector('[aria-selected="true"]').focus();
  });

  function drawHead() {
    const choice = el(
      "select",
      {
        id: "staff",
        on: {
          change: (event) => {
            me = event.target.value;
            kept.set("anxin.staff", me);
            caseView.redraw();
          },
        },
      },
      ...about.staff.map((one) => el("option", { value: one.id, text: `${one.name[lang()]} · ${t(`role.${one.role}`)}` })),
    );
    choice.value = me ?? "";
    head.replaceChildren(
      el("h2", { text: t("desk.title") }),
      el("div", { class: "me" }, el("label", { for: "staff", text: t("desk.me") }), choice),
    );
    place.setAttribute("aria-label", t("desk.title"));
  }

  function drawBody() {
    body.setAttribute("aria-labelledby", `desk-tab-${view}`);
    body.classList.toggle("split", view === "cases");
    if (view === "cases") body.replaceChildren(list, detail);
    else body.replaceChildren(others[view].element);
  }

  function drawList() {
    drawTabs();
    if (cases === null) return;
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.number : null;
    const scrolled = list.scrollTop;
    const troubles = teams.map(({ channel, waiting, error }) =>
      el("p", { class: "problem", role: "status", text: t("desk.team_down", { channel, waiting, error }) }),
    );
    if (cases.length === 0) list.replaceChildren(...troubles, el("p", { class: "empty hint", text: t("desk.no_cases") }));
    else
      list.replaceChildren(
        ...troubles,
        el("ul", {}, ...cases.map((one) => el("li", {}, caseRow(one)))),
        more ? el("p", { class: "hint", text: t("desk.more") }) : "",
      );
    list.scrollTop = scrolled;
    if (focused) list.querySelector(`[data-number="${CSS.escape(focused)}"]`)?.focus();
  }

  function caseRow(one) {
    const late = one.overdue;
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
      el(
        "span",
        { class: "row-foot" },
        el("span", {
          text: `${one.customer?.name ?? t("desk.unknown_customer")}${one.customer?.vip ? " · VIP" : ""} · ${t(`category.${one.category}`)}`,
        }),
        one.answeredAt === null && (one.status === "open" || one.status === "claimed")
          ? el("span", {
              class: late ? "late" : "",
              text: showDistance(one.promisedAt),
              title: `${t("desk.promised")} ${showTime(one.promisedAt)}`,
            })
          : el("span", { text: one.owner ? staffName(one.owner) : "" }),
      ),
    );
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...list.querySelectorAll(".case-row")];
    const at = rows.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    rows[at + step]?.focus();
  });

  place.classList.add("desk");
  place.replaceChildren(head, tabs, body, news);
  onLang(() => {
    drawHead();
    drawTabs();
    drawList();
    caseView.redraw();
    others[view]?.redraw();
    void refresh();
  });
  drawHead();
  drawTabs();
  drawBody();
  caseView.close();
  setInterval(drawList, REDRAW_MS);
  void refresh();
  follow({
    url: () => "/desk/api/stream",
    events: {
      ready: () => refresh(),
      changed: ({ conversations }) => {
        void refresh();
        onChange(conversations);
      },
    },
    look: async () => {
      await refresh();
      onChange(null);
    },
    onState: (state) => showState("desk", state),
  });
}
