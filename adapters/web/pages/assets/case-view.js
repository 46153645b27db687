/** One case: what is asked of staff, what is known, what was said, and what staff may do. */
import { holdControl } from "./care-hold.js";
import { createCaseActs } from "./case-acts.js";
import { createComposer } from "./composer.js";
import { el } from "./dom.js";
import { createHeld } from "./held.js";
import { lang, t } from "./i18n.js";
import { call } from "./net.js";
import { drawPromises } from "./promises.js";
import { languageName, localName, showDistance, showTime, staffName, toast } from "./shell.js";
import { drawTranscript } from "./transcript.js";
import { drawTrace } from "./why.js";

export function createCaseView(place, { about, me, command, question, onTyping, onBack, onGone }) {
  let number = null;
  /** Who writes where, as the stream tells. */
  let writing = [];
  let data = null;
  let asked = 0;
  let moreOpen = false;

  const headline = el("div", { class: "case-head" });
  const facts = el("div", { class: "case-facts" });
  const transcript = el("ol", { class: "transcript" });
  const side = el("div", { class: "case-side" });
  const promises = el("div", { class: "case-promises" });
  const scroll = el("div", { class: "case-scroll", tabindex: "0" }, headline, facts, promises, transcript, side);
  const presence = el("p", { class: "presence", role: "status", "aria-live": "polite" });
  const held = createHeld({ me, command });
  const composer = createComposer({
    command,
    onTyping: (typing) => onTyping(typing ? number : null),
    onSent: () => (scroll.scrollTop = scroll.scrollHeight),
  });
  const acts = createCaseActs({ about, me, command, question });

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
      held.clear();
      place.replaceChildren(scroll, presence, held.element, composer.element);
      for (const part of [headline, facts, promises, transcript, side, presence]) part.replaceChildren();
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
    held.clear();
    place.replaceChildren(el("p", { class: "empty hint", text: t("desk.pick") }));
  }

  function draw() {
    drawHead();
    drawFacts();
    drawTalk();
    promises.replaceChildren(drawPromises(data.promises ?? [], command));
    held.draw(number, data.held ?? []);
    drawWriting();
    drawSide();
    composer.show(data.case, data.suggestions ?? []);
  }

  function drawHead() {
    const one = data.case;
    const waiting = one.answeredAt === null && (one.status === "open" || one.status === "claimed");
    const focused = headline.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
    const mine = one.owner === me();
    const open = one.status === "open" || one.status === "claimed";
    const button = (name, words, kind) =>
      el("button", {
        type: "button",
        class: kind,
        text: words,
        data: { act: name },
        on: { click: (event) => run(event.currentTarget, { do: name, case: one.number, ...(name === "acknowledge" ? { text: "" } : {}) }) },
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
          one.page && one.page.acknowledgedAt === null && open ? button("acknowledge", t("acts.acknowledge"), "primary danger") : null,
          one.status === "open" ? button("claim", t("action.claim"), "primary") : null,
          one.status === "claimed" && !mine
            ? el("button", {
                type: "button",
                text: t("action.takeover"),
                data: { act: "takeover" },
                on: { click: (event) => run(event.currentTarget, { do: "assign", case: one.number, to: me(), text: null }) },
              })
            : null,
          open ? button("release", t("action.release"), "") : null,
        ),
      ),
      el(
        "details",
        { class: "more-acts", open: moreOpen },
        // By the click and not by the toggle, which is told a moment later: news drawn in between would shut it again.
        el("summary", { text: t("acts.more"), on: { click: (event) => (moreOpen = !event.currentTarget.parentElement.open) } }),
        el("div", { class: "case-actions" }, ...acts.buttonsFor(one)),
      ),
      ...acts.drawOpen(one),
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
        one.tags.length > 0 ? pair(t("desk.tags"), one.tags.filter((tag) => !tag.includes(":")).join(lang() === "en" ? ", " : "、")) : null,
        one.cause ? pair(t("desk.cause"), about.causes.find(({ id }) => id === one.cause)?.name[lang()] ?? one.cause) : null,
        one.waitingSince ? pair(t("desk.waiting_since"), showTime(one.waitingSince)) : null,
        one.snoozedUntil && Date.parse(one.snoozedUntil) > Date.now() ? pair(t("desk.snoozed"), showTime(one.snoozedUntil)) : null,
        one.parent ? pair(t("desk.parent"), one.parent) : null,
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

  function drawTalk() {
    const stuck = scroll.scrollTop > 0 && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
    transcript.setAttribute("aria-label", t("desk.transcript"));
    transcript.replaceChildren(...drawTranscript(data.messages, data.case.notes));
    if (stuck) scroll.scrollTop = scroll.scrollHeight;
  }

  function drawWriting() {
    const now = Date.now();
    const others = writing.filter((one) => one.case === number && one.staff !== me() && one.until > now).map((one) => staffName(one.staff));
    const words = others.length > 0 ? t("desk.writing", { names: others.join(lang() === "en" ? ", " : "、") }) : "";
    if (presence.textContent !== words) presence.textContent = words;
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
    /** @param present who writes where until when */
    showWriting(present) {
      writing = present;
      drawWriting();
    },
    redraw() {
      if (data) draw();
      else if (number === null) close();
    },
  };
}
