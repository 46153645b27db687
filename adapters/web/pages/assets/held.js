/** Replies that have not left yet: how long they can be taken back, or why their writer is asked once more. */
import { el } from "./dom.js";
import { lang, t } from "./i18n.js";
import { staffName } from "./shell.js";

/** @param me gives the id of whoever sits here */
export function createHeld({ me, command }) {
  const element = el("div", { class: "held", role: "status", "aria-live": "polite" });
  let timer = 0;

  function draw(number, held) {
    clearInterval(timer);
    element.replaceChildren(...held.map((one) => row(number, one)));
    if (held.some((one) => one.dueAt !== null)) timer = setInterval(count, 1_000);
    count();
  }

  function row(number, one) {
    const asked = one.dueAt === null;
    const button = (verb, kind) =>
      el("button", {
        type: "button",
        class: kind,
        text: t(`held.${verb}`),
        data: { act: verb },
        on: { click: () => void command({ do: verb, case: number }) },
      });
    return el(
      "div",
      { class: asked ? "held-row asked" : "held-row" },
      el(
        "div",
        {},
        asked
          ? el(
              "p",
              {},
              el("strong", { text: t("held.asked") }),
              " ",
              one.why.map((why) => why.replace(/^· /, "")).join(lang() === "en" ? "; " : "；"),
            )
          : el(
              "p",
              {},
              el("strong", { text: one.by === me() ? t("held.leaving") : t("held.leaving_of", { name: staffName(one.by) }) }),
              " ",
              el("span", { class: "held-left", data: { due: one.dueAt } }),
            ),
        el("p", { class: "words", dir: "auto", text: one.text }),
      ),
      el(
        "div",
        { class: "held-acts" },
        asked && one.by === me() ? button("anyway", "") : null,
        asked ? (one.by === me() ? button("discard", "primary") : null) : button("recall", "primary"),
      ),
    );
  }

  function count() {
    for (const one of element.querySelectorAll(".held-left")) {
      const seconds = Math.max(0, Math.ceil((Date.parse(one.dataset.due) - Date.now()) / 1_000));
      one.textContent = t("held.seconds", { n: seconds });
    }
  }

  return {
    element,
    draw,
    clear() {
      clearInterval(timer);
      element.replaceChildren();
    },
  };
}
