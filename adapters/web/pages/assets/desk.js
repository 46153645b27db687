/** The staff desk: cases with what is known of each, orders, bookings, notices. */
import "./desk-words.js";
import { createCaseList } from "./case-list.js";
import { createCaseView } from "./case-view.js";
import { createCustomersView } from "./customers-view.js";
import { el, kept, newId } from "./dom.js";
import { lang, onLang, t } from "./i18n.js";
import { call, follow } from "./net.js";
import { createBookingsView, createNoticesView, createOrdersView } from "./records.js";
import { showState, toast } from "./shell.js";
import { createShiftView } from "./shift-view.js";

const TABS = ["cases", "orders", "bookings", "customers", "shift", "notices"];
/** Lists show how far times are away; they are drawn anew this often, ms. */
const REDRAW_MS = 30_000;

/** @param onChange called with the conversations that changed */
export function createDesk(place, { about, onChange = () => undefined }) {
  let view = "cases";
  let cases = null;
  let more = false;
  let teams = [];
  let writing = [];
  let writingOver = 0;
  let openNumber = null;
  let me = kept.get("anxin.staff");
  if (!about.staff.some((one) => one.id === me)) me = about.staff[0]?.id ?? null;
  /** Numbers already known, so that new ones can be told. */
  let knownNumbers = null;

  const head = el("div", { class: "panel-head desk-head" });
  const tabs = el("div", { class: "segments", role: "tablist" });
  const caseList = createCaseList({ choose: (number) => choose(number) });
  const detail = el("div", { class: "case-detail", id: "case-detail" });
  const news = el("p", { class: "hidden-text", role: "status", "aria-live": "polite" });
  const body = el("div", { class: "desk-body", role: "tabpanel", id: "desk-body", "aria-labelledby": "desk-tab-cases" });

  const context = { about, me: () => me, command, question };
  const caseView = createCaseView(detail, { ...context, onTyping: tellTyping, onBack: () => choose(null), onGone: () => choose(null) });
  const others = {
    orders: createOrdersView(context),
    bookings: createBookingsView(context),
    customers: createCustomersView(),
    shift: createShiftView(context),
    notices: createNoticesView({ ...context, openCase: showCase, onFresh: tellAnswers }),
  };

  /**
   * Hands a command in. A try that did not get through goes again under the same id, so that nothing is done twice.
   *
   * @returns whether it was taken
   */
  async function command(given) {
    const order = { id: newId(), by: me, command: given };
    sent.add(order.id);
    for (let tries = 0; ; tries++) {
      try {
        await call("/desk/api/commands", order);
        const words = t(`done.${given.do}`);
        // Where the page itself shows what became of it, or nobody has words for it, nothing more is said.
        if (words !== `done.${given.do}`) toast(words);
        void refresh();
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

  /**
   * Asks the desk in the words of a team chat.
   *
   * @returns the answer's text, `null` when it was refused
   */
  async function question(text, number) {
    try {
      const answer = await call("/desk/api/questions", { id: newId(), by: me, text, ...(number ? { case: number } : {}) });
      if (!text.startsWith("/join")) toast((answer.text ?? t("action.ok")).split("\n")[0]);
      void refresh();
      return answer.text ?? "";
    } catch (error) {
      toast(error.message, true);
      return null;
    }
  }

  /** Ids of what was sent from here: what the desk says back to me about it comes as a notice. */
  const sent = new Set();
  function tellAnswers(fresh) {
    for (const one of fresh) if (one.to === me && [...sent].some((id) => one.id.includes(id))) toast(one.text, false, true);
  }

  /** Colleagues see that I write to a customer; a failure of it is nobody's trouble. */
  function tellTyping(number) {
    call("/desk/api/presence", { by: me, case: number }).catch(() => undefined);
  }

  function showWriting(present) {
    writing = present;
    caseView.showWriting(present);
    drawList();
    clearTimeout(writingOver);
    // Nobody tells when a renewal fails to come.
    const ends = present.map((one) => one.until).filter((until) => until > Date.now());
    if (ends.length > 0) writingOver = setTimeout(() => showWriting(writing), Math.min(...ends) - Date.now() + 50);
  }

  async function load() {
    const answer = await call("/desk/api/cases");
    cases = answer.cases;
    more = answer.more;
    teams = answer.teams ?? [];
    writing = answer.writing ?? [];
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
      view === "cases"
        ? Promise.all([load(), others.notices.refresh(), openNumber ? caseView.refresh() : null])
        : Promise.all([load(), others.notices.refresh(), view === "notices" ? null : others[view].refresh()]);
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
      caseList.focus(before);
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
            drawList();
            others[view]?.redraw();
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
    if (view === "cases") body.replaceChildren(caseList.element, detail);
    else body.replaceChildren(others[view].element);
  }

  function drawList() {
    drawTabs();
    if (cases !== null) caseList.draw({ cases, more, teams, writing, me, openNumber });
  }

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
      writing: ({ writing: present }) => showWriting(present),
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
