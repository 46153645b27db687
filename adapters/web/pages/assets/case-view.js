/** One case: what is asked of staff, what is known, what was said, and what staff may do. */
import { holdControl } from "./care-hold.js";
import { createComposer } from "./composer.js";
import { el } from "./dom.js";
import { lang, t } from "./i18n.js";
import { call } from "./net.js";
import { languageName, localName, showDistance, showTime, staffName, toast } from "./shell.js";
import { drawTrace } from "./why.js";

export function createCaseView(place, { me, command, onBack, onGone }) {
  let number = null;
  let data = null;
  let asked = 0;

  const headline = el("div", { class: "case-head" });
  const facts = el("div", { class: "case-facts" });
  const transcript = el("ol", { class: "transcript" });
  const side = el("div", { class: "case-side" });
  const scroll = el("div", { class: "case-scroll", tabindex: "0" }, headline, facts, transcript, side);
  const composer = createComposer({ command, onSent: () => (scroll.scrollTop = scroll.scrollHeight) });

  async function refresh() {
    if (number === null) return;
    const mine = ++asked;
    try {
      const found = await call(`/desk/api/cases/${encodeURIComponent(number)}?lang=${lang()}`);
      if (mine !== asked || number !== found.case.number) return;
      data = found;
      draw();
    } catch (error) {
      if (error.status === 404) {
        toast(error.message, true);
        onGone();
      } else throw error;
    }
  }

  async function open(next) {
    if (number !== next) {
      number = next;
      data = null;
      composer.clear();
      place.replaceChildren(scroll, composer.element);
      for (const part of [headline, facts, transcript, side]) part.replaceChildren();
      scroll.scrollTop = 0;
    }
    try {
      await refresh();
      headline.querySelector("h3")?.focus({ preventScroll: true });
    } catch (error) {
      headline.replaceChildren(
        el("p", { class: "problem", role: "alert", text: error.message }),
        el("button", { type: "button", text: t("action.try_again"), on: { click: () => void open(next) } }),
      );
    }
  }

  function close() {
    number = null;
    data = null;
    place.replaceChildren(el("p", { class: "empty hint", text: t("desk.pick") }));
  }

  function draw() {
    drawHead();
    drawFacts();
    drawTranscript();
    drawSide();
    composer.show(data.case);
  }

  function drawHead() {
    const one = data.case;
    const waiting = one.answeredAt === null && (one.status === "open" || one.status === "claimed");
    const focused = headline.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
    const mine = one.owner === me();
    const button = (name, words, kind) =>
      el("button", {
        type: "button",
        class: kind,
        text: words,
        data: { act: name },
        on: { click: (event) => run(event.currentTarget, { do: name, case: one.number }) },
      });
    headline.replaceChildren(
      el("button", { type: "button", class: "back quiet", text: t("desk.back"), on: { click: onBack } }),
      el(
        "div",
        { class: "case-title" },
        el(
          "h3",
          { tabindex: "-1", data: { act: "title" } },
          el("span", { class: `tag urgency-${one.urgency}`, text: t(`urgency.${one.urgency}`) }),
          ` ${one.number} `,
          el("span", { class: "muted", text: t(`category.${one.category}`) }),
        ),
        el(
          "div",
          { class: "case-actions" },
          one.status === "open" ? button("claim", t("action.claim"), "primary") : null,
          one.status === "claimed" && !mine ? button("claim", t("action.takeover"), "") : null,
          one.status === "open" || one.status === "claimed" ? button("release", t("action.release"), "") : null,
        ),
      ),
      el(
        "dl",
        { class: "line" },
        pair(t("col.status"), t(`case.${one.status}`)),
        pair(t("desk.step"), t(`role.${one.step}`)),
        pair(t("desk.by"), one.owner ? staffName(one.owner) : t("desk.nobody")),
        waiting
          ? pair(t("desk.promised"), `${showTime(one.promisedAt)} (${showDistance(one.promisedAt)})`, one.overdue ? "late" : "")
          : one.answeredAt
            ? pair(t("desk.answered"), showTime(one.answeredAt))
            : null,
        pair(t("desk.channel"), one.channel),
        one.about ? pair(t("desk.about"), one.about) : null,
      ),
      el("blockquote", { class: "case-words", dir: "auto", "aria-label": t("desk.words"), text: one.words }),
      one.resolution ? el("p", { class: "resolution" }, el("strong", { text: `${t("desk.resolution")}: ` }), one.resolution) : "",
      el(
        "ul",
        { class: "reasons", "aria-label": t("desk.reasons") },
        ...one.reasons.map((reason) =>
          el(
            "li",
            {},
            el("strong", { text: localName("rule", reason.rule) }),
            reason.why && reason.why !== reason.rule ? ` — ${reason.why}` : "",
          ),
        ),
      ),
    );
    if (focused) headline.querySelector(`[data-act="${focused}"]`)?.focus({ preventScroll: true });
  }

  function drawFacts() {
    const { customer, orders, bookings } = data;
    if (!customer) {
      facts.replaceChildren(section(t("desk.facts"), [el("p", { class: "hint", text: t("fact.none") })]));
      return;
    }
    const products = customer.products.map((one) =>
      [one.brand, one.model, localName("product", one.product), one.plate, one.serial].filter(Boolean).join(" · "),
    );
    facts.replaceChildren(
      section(`${t("desk.facts")}: ${customer.name ?? t("desk.unknown_customer")}${customer.vip ? " · VIP" : ""}`, [
        el(
          "dl",
          { class: "facts" },
          customer.phones.length > 0 ? pair(t("fact.phone"), customer.phones.join(", ")) : null,
          customer.address ? pair(t("fact.address"), customer.address) : null,
          customer.language ? pair(t("fact.language"), languageName(customer.language)) : null,
          products.length > 0 ? pair(t("fact.products"), products.join("\n")) : null,
          bookings.length > 0
            ? pair(
                t("fact.bookings"),
                bookings
                  .map(
                    (one) =>
                      `${one.number} · ${showTime(one.start)} · ${localName("technician", one.technician)} · ${t(`booking.${one.status}`)}`,
                  )
                  .join("\n"),
              )
            : null,
          orders.length > 0
            ? pair(
                t("fact.orders"),
                orders
                  .map(
                    (one) =>
                      `${one.number} · ${localName("product", one.product)} · ${t(`order.${one.status}`)}${one.promisedAt ? ` · ${showTime(one.promisedAt)}` : ""}`,
                  )
                  .join("\n"),
              )
            : null,
        ),
        holdControl(customer, { me, done: refresh }),
      ]),
    );
  }

  /** Talk and notes in one line of time, told apart by their look. */
  function drawTranscript() {
    const stuck = scroll.scrollTop > 0 && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
    const items = [
      ...data.messages.map((message) => ({ at: message.at, order: message.seq, element: () => talk(message) })),
      ...data.case.notes.map((note, index) => ({ at: note.at, order: 1e12 + index, element: () => noteItem(note) })),
    ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.order - other.order));
    transcript.setAttribute("aria-label", t("desk.transcript"));
    transcript.replaceChildren(...items.map((item) => item.element()));
    if (stuck) scroll.scrollTop = scroll.scrollHeight;
  }

  function talk(message) {
    const who = message.from === "staff" && message.author ? staffName(message.author) : t(`from.${message.from}`);
    return el(
      "li",
      { class: `talk from-${message.from}` },
      el(
        "p",
        { class: "talk-head" },
        el("strong", { text: who }),
        " ",
        el("time", { datetime: message.at, text: showTime(message.at) }),
        message.status === "failed" ? el("span", { class: "late", text: " ✕" }) : null,
      ),
      message.media ? drawMedia(message.media) : null,
      message.text ? el("p", { class: "words", dir: "auto", text: message.text }) : null,
    );
  }

  function noteItem(note) {
    return el(
      "li",
      { class: "talk note" },
      el(
        "p",
        { class: "talk-head" },
        el("strong", { text: staffName(note.by) }),
        " ",
        el("time", { datetime: note.at, text: showTime(note.at) }),
        ` · ${t("action.note")}`,
      ),
      el("p", { class: "words", dir: "auto", text: note.text }),
    );
  }

  /** Pictures kept with us are shown; everything else is a link that leads away without telling where from. */
  function drawMedia(media) {
    const label = `${t(`media.${media.kind}`)}${media.name ? ` · ${media.name}` : ""}`;
    if (/^data:image\/(png|jpeg|gif|webp);base64,/.test(media.ref)) return el("img", { class: "shown", src: media.ref, alt: label });
    if (/^https?:/.test(media.ref))
      return el("p", {}, el("a", { href: media.ref, target: "_blank", rel: "noopener noreferrer", text: label }));
    if (/^geo:/.test(media.ref)) return el("p", { class: "media", text: `${label} · ${media.ref.slice(4)}` });
    return el("p", { class: "media", text: label });
  }

  function drawSide() {
    const opened = side.querySelector("details")?.open ?? false;
    side.replaceChildren(
      data.traces.length > 0
        ? el(
            "details",
            { open: opened },
            el("summary", { text: t("desk.traces") }),
            ...data.traces
              .slice(0, 12)
              .map((trace) => el("article", {}, el("time", { class: "hint", text: showTime(trace.at) }), drawTrace(trace))),
          )
        : "",
    );
  }

  async function run(button, given) {
    button.disabled = true;
    await command(given);
    button.disabled = false;
  }

  function section(title, children) {
    return el("section", {}, el("h4", { text: title }), ...children);
  }

  function pair(name, value, kind = "") {
    return el("div", {}, el("dt", { text: name }), el("dd", { class: kind, text: value }));
  }

  return {
    open,
    close,
    refresh,
    redraw() {
      if (data) draw();
      else if (number === null) close();
    },
  };
}
