/** The try page: the customer's phone, the reasons under it, the desk beside it. */
import { createDesk } from "./desk.js";
import { el, kept } from "./dom.js";
import { onLang, t } from "./i18n.js";
import { createPhone } from "./phone.js";
import { loadAbout, showFatal, startShell } from "./shell.js";
import { createWhy } from "./why.js";

const TABS = ["phone", "why", "desk"];
const panel = (name) => document.querySelector(`#panel-${name}`);
const narrow = window.matchMedia("(max-width: 899px)");

/** Where the page is narrow one part is shown at a time, chosen by tabs; elsewhere all are. */
function startTabs() {
  const bar = document.querySelector("#tabs");
  let current = TABS.includes(kept.get("anxin.tab")) ? kept.get("anxin.tab") : "phone";
  const fresh = new Set();
  const draw = () => {
    document.body.dataset.tab = current;
    bar.setAttribute("aria-label", t("tab.label"));
    bar.replaceChildren(
      ...TABS.map((name) =>
        el(
          "button",
          {
            type: "button",
            role: "tab",
            id: `tab-${name}`,
            "aria-controls": `panel-${name}`,
            "aria-selected": String(name === current),
            tabindex: name === current ? "0" : "-1",
            on: { click: () => choose(name) },
          },
          t(`tab.${name}`),
          fresh.has(name) && name !== current ? el("i", { class: "dot" }) : null,
        ),
      ),
    );
    for (const name of TABS) {
      if (narrow.matches) panel(name).setAttribute("role", "tabpanel");
      else panel(name).removeAttribute("role");
    }
  };
  const choose = (name, focus = false) => {
    current = name;
    fresh.delete(name);
    kept.set("anxin.tab", name);
    draw();
    if (focus) bar.querySelector('[aria-selected="true"]').focus();
  };
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    choose(TABS[(TABS.indexOf(current) + step + TABS.length) % TABS.length], true);
  });
  narrow.addEventListener("change", draw);
  onLang(draw);
  draw();
  return {
    mark(name) {
      if (name === current || fresh.has(name)) return;
      fresh.add(name);
      draw();
    },
    choose,
  };
}

try {
  const about = await loadAbout();
  startShell();
  const tabs = startTabs();
  let phone = null;
  let conversation = "";
  const why = createWhy(panel("why"), {
    phone: () => phone ?? { message: () => null, byEntry: () => null },
    onFollow: () => phone?.follow(),
  });
  phone = createPhone(panel("phone"), {
    about,
    onSelect: (id) => {
      why.show(id);
      if (narrow.matches) tabs.mark("why");
    },
    onConversation: (next) => {
      conversation = `web:${next}`;
      why.open(next);
    },
    onMessage: () => {
      void why.refresh();
      tabs.mark("phone");
    },
  });
  createDesk(panel("desk"), {
    about,
    onChange: (conversations) => {
      if (conversations === null || conversations.includes(conversation)) void why.refresh();
      tabs.mark("desk");
    },
  });
} catch (error) {
  console.error(error);
  showFatal(error, document.querySelector("main"));
}
