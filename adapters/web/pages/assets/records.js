/** Orders, bookings and notices of the desk. */
import { el } from "./dom.js";
import { lang, t } from "./i18n.js";
import { call } from "./net.js";
import { localName, showTime } from "./shell.js";
import { createWorkshopActs } from "./workshop-acts.js";

/** States in which nothing is promised any more. */
const DONE = ["ready", "delivered", "closed", "cancelled", "no_show", "declined"];

/** Loads pages of a list; what was loaded stays loaded when it is refreshed. */
function createPager(path, key) {
  let items = null;
  let next = null;
  let pages = 1;
  return {
    get items() {
      return items;
    },
    get next() {
      return next;
    },
    async refresh() {
      const found = [];
      let after = "";
      for (let page = 0; page < pages; page++) {
        const answer = await call(`${path}?after=${encodeURIComponent(after)}`);
        found.push(...answer[key]);
        after = answer.next;
        if (after === null) break;
      }
      items = found;
      next = after || null;
    },
    async more() {
      pages++;
      await this.refresh();
    },
  };
}

function moreButton(pager, draw) {
  if (pager.next === null) return "";
  return el("button", { type: "button", class: "quiet", text: t("desk.load_more"), on: { click: () => void pager.more().then(draw) } });
}

/** A table that becomes a list of cards where the page is narrow: each cell carries its column's name. */
function table(columns, rows) {
  return el(
    "div",
    { class: "table-frame", tabindex: "0" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...columns.map((name) => el("th", { scope: "col", text: name })))),
      el(
        "tbody",
        {},
        ...rows.map((cells) =>
          el(
            "tr",
            {},
            ...cells.map((cell, index) => el("td", { data: { name: columns[index] } }, cell instanceof Node ? cell : String(cell ?? ""))),
          ),
        ),
      ),
    ),
  );
}

export function createOrdersView({ about, command }) {
  const acts = createWorkshopActs({ about, command });
  const element = el("div", { class: "records" });
  const pager = createPager("/desk/api/orders", "orders");
  /** Number of the order whose form is open, with what was typed. */
  let moving = null;

  function draw() {
    if (pager.items === null) return;
    if (pager.items.length === 0) return element.replaceChildren(el("p", { class: "empty hint", text: t("desk.no_orders") }));
    const columns = ["number", "status", "product", "services", "technician", "promised", "note", "action"].map((name) => t(`col.${name}`));
    element.replaceChildren(table(columns, pager.items.map(row)), moving ? moveForm() : "", moreButton(pager, draw));
  }

  function row(one) {
    return [
      el("strong", { text: one.number }),
      el("span", { class: `tag order-${one.status}`, text: t(`order.${one.status}`) }),
      [localName("product", one.product), one.plate ?? one.serial].filter(Boolean).join(" · "),
      one.services.map((id) => localName("service", id)).join(lang() === "en" ? ", " : "、"),
      localName("technician", one.technician),
      one.promisedAt
        ? el("span", {
            class: !DONE.includes(one.status) && Date.parse(one.promisedAt) < Date.now() ? "late" : "",
            text: showTime(one.promisedAt),
          })
        : "",
      one.note ?? "",
      el(
        "div",
        { class: "case-actions" },
        one.next.length > 0
          ? el("button", {
              type: "button",
              text: t("action.move"),
              "aria-label": `${t("action.move")} ${one.number}`,
              on: {
                click: () => {
                  moving = { order: one, to: one.next[0], promisedAt: "", text: "" };
                  draw();
                  element.querySelector(".move-form select").focus();
                },
              },
            })
          : null,
        ...acts.ofOrder(one),
      ),
    ];
  }

  function moveForm() {
    const { order } = moving;
    const form = el(
      "form",
      { class: "move-form card", "aria-label": `${t("action.move")} ${order.number}` },
      el("h3", { text: `${t("action.move")} ${order.number}` }),
      field(
        "move-to",
        t("move.to"),
        el(
          "select",
          { id: "move-to", on: { change: (event) => (moving.to = event.target.value) } },
          ...order.next.map((status) => el("option", { value: status, text: t(`order.${status}`), selected: status === moving.to })),
        ),
      ),
      field(
        "move-promised",
        t("move.promised"),
        el("input", {
          id: "move-promised",
          type: "datetime-local",
          value: moving.promisedAt,
          on: { input: (event) => (moving.promisedAt = event.target.value) },
        }),
      ),
      field(
        "move-text",
        t("move.text"),
        el("textarea", {
          id: "move-text",
          rows: 2,
          maxlength: 4000,
          value: moving.text,
          on: { input: (event) => (moving.text = event.target.value) },
        }),
      ),
      el(
        "div",
        { class: "row-end" },
        el("button", { type: "button", text: t("action.cancel"), on: { click: close } }),
        el("button", { type: "submit", class: "primary", text: t("action.move") }),
      ),
    );
    form.addEventListener("keydown", (event) => event.key === "Escape" && close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const sent = moving;
      const taken = await command({
        do: "move_order",
        order: sent.order.number,
        to: sent.to,
        promisedAt: sent.promisedAt || null,
        text: sent.text.trim() || null,
      });
      if (taken && moving === sent) close();
    });
    return form;
  }

  function close() {
    moving = null;
    draw();
  }

  function field(id, label, input) {
    return el("p", { class: "field" }, el("label", { for: id, text: label }), input);
  }

  return {
    element,
    redraw: draw,
    async refresh() {
      await pager.refresh();
      // A form that is being filled in stays as it is; the table under it follows when it closes.
      if (moving === null) draw();
    },
  };
}

export function createBookingsView({ about, command }) {
  const acts = createWorkshopActs({ about, command });
  const element = el("div", { class: "records" });
  const pager = createPager("/desk/api/bookings", "bookings");

  function draw() {
    if (pager.items === null) return;
    if (pager.items.length === 0) return element.replaceChildren(el("p", { class: "empty hint", text: t("desk.no_bookings") }));
    const columns = ["number", "status", "time", "technician", "product", "services", "contact", "place", "action"].map((name) =>
      t(`col.${name}`),
    );
    const sorted = [...pager.items].sort((one, other) => (one.start < other.start ? -1 : 1));
    element.replaceChildren(
      el("div", { class: "case-actions" }, ...acts.ofDay()),
      table(columns, sorted.map(row)),
      moreButton(pager, draw),
    );
  }

  function row(one) {
    return [
      el("strong", { text: one.number }),
      el("span", { class: `tag booking-${one.status}`, text: t(`booking.${one.status}`) }),
      `${showTime(one.start, { day: "always" })}–${showTime(one.end, { day: "never" })}`,
      localName("technician", one.technician),
      localName("product", one.product),
      one.services.map((id) => localName("service", id)).join(lang() === "en" ? ", " : "、"),
      `${one.contact.name} ${one.contact.phone}`,
      `${t(`place.${one.place}`)}${one.address ? ` · ${one.address}` : ""}`,
      el("div", { class: "case-actions" }, ...acts.ofBooking(one)),
    ];
  }

  return {
    element,
    redraw: draw,
    async refresh() {
      await pager.refresh();
      draw();
    },
  };
}

/** @param onFresh told of notices that came since the page was opened */
export function createNoticesView({ command, openCase, onFresh }) {
  const element = el("div", { class: "records" });
  let notices = [];
  let last = 0;
  let loaded = false;
  const tapped = new Set();

  function draw() {
    if (!loaded) return;
    if (notices.length === 0) return element.replaceChildren(el("p", { class: "empty hint", text: t("desk.no_notices") }));
    element.replaceChildren(
      el(
        "ul",
        { class: "notices" },
        ...[...notices]
          .reverse()
          .map((one) =>
            el(
              "li",
              { class: "card" },
              el(
                "p",
                { class: "talk-head" },
                el("strong", { text: roleName(one.to) }),
                " ",
                el("time", { datetime: one.at, text: showTime(one.at) }),
              ),
              el("p", { class: "words", dir: "auto", text: one.text }),
              one.buttons?.length > 0 ? el("div", { class: "case-actions" }, ...one.buttons.map((button) => tap(one, button))) : null,
              one.case ? el("button", { type: "button", class: "link", text: one.case, on: { click: () => openCase(one.case) } }) : null,
            ),
          ),
      ),
    );
  }

  /** The command that the words name, with one tap; what came of it is told as a notice. A tap on its way is not taken again. */
  function tap(one, button) {
    const key = `${one.id} ${button.id}`;
    const press = async () => {
      if (tapped.has(key)) return;
      tapped.add(key);
      draw();
      if (!(await command({ do: "workshop", text: button.id.replace(/^\//, "") }))) tapped.delete(key);
      draw();
    };
    return el("button", { type: "button", text: button.label, disabled: tapped.has(key), on: { click: press } });
  }

  function roleName(to) {
    const words = t(`role.${to}`);
    return words === `role.${to}` ? to : words;
  }

  return {
    element,
    redraw: draw,
    async refresh() {
      for (;;) {
        const answer = await call(loaded ? `/desk/api/notices?after=${last}` : "/desk/api/notices");
        const fresh = answer.notices.filter((one) => one.seq > last);
        if (fresh.length === 0) break;
        notices = [...notices, ...fresh].slice(-500);
        last = fresh.at(-1).seq;
        if (!loaded) break;
        onFresh(fresh);
      }
      loaded = true;
      draw();
    },
  };
}
