/**
 * Where staff write: to the customer, to colleagues, or to close a case. Each act has its own words, look and button, so that
 * what is meant for colleagues is never sent to the customer.
 */
import { el, growing, onEnter } from "./dom.js";
import { lang, t } from "./i18n.js";
import { toast } from "./shell.js";

/** @param onSent called when what was written has been taken */
export function createComposer({ command, onSent }) {
  const element = el("form", { class: "composer" });
  /** Words not sent yet, by case and act. */
  const drafts = new Map();
  let number = null;
  let allowed = [];
  let act = "reply";
  let drawn = "";

  const key = () => `${number}:${act}`;

  function draw() {
    const active = element.contains(document.activeElement) ? document.activeElement : null;
    const field = el("textarea", {
      id: "composer-text",
      rows: 2,
      maxlength: 4000,
      placeholder: t(`composer.placeholder_${act}`),
      "aria-label": t(`action.${act}`),
      "aria-describedby": "composer-hint",
      value: drafts.get(key()) ?? "",
    });
    const caret = active?.tagName === "TEXTAREA" && field.value === active.value ? [active.selectionStart, active.selectionEnd] : null;
    const fit = growing(field);
    field.addEventListener("input", () => drafts.set(key(), field.value));
    onEnter(field, () => element.requestSubmit());
    element.dataset.act = act;
    element.replaceChildren(
      el(
        "div",
        { class: "segments acts", role: "radiogroup", "aria-label": t("composer.label") },
        ...allowed.map((name) =>
          el(
            "label",
            {},
            el("input", { type: "radio", name: "act", value: name, checked: name === act, on: { change: () => choose(name) } }),
            el("span", { text: t(`action.${name}`) }),
          ),
        ),
      ),
      field,
      el(
        "div",
        { class: "composer-foot" },
        el("p", { class: "hint", id: "composer-hint", text: t(`composer.${act}_hint`) }),
        el("button", { type: "submit", class: "primary", text: t(`action.send_${act}`) }),
      ),
    );
    requestAnimationFrame(fit);
    if (active?.tagName === "TEXTAREA") field.focus();
    else if (active?.tagName === "INPUT") element.querySelector("input:checked").focus();
    else if (active) element.querySelector("button[type=submit]").focus();
    if (caret) field.setSelectionRange(...caret);
  }

  function choose(name) {
    act = name;
    draw();
  }

  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = element.querySelector("textarea");
    const text = field.value.trim();
    if (text === "") {
      toast(t("composer.empty"), true);
      field.focus();
      return;
    }
    const sent = key();
    const button = element.querySelector("button[type=submit]");
    button.disabled = true;
    const taken = await command({ do: act, case: number, text });
    button.disabled = false;
    if (!taken) return;
    drafts.delete(sent);
    if (key() !== sent) return;
    const now = element.querySelector("textarea");
    now.value = "";
    now.dispatchEvent(new Event("input"));
    now.focus();
    onSent();
  });

  return {
    element,
    /** Shows what may be done with a case now; what is being typed stays. */
    show(one) {
      allowed = one.status === "open" || one.status === "claimed" ? ["reply", "note", "resolve"] : ["note", "reopen"];
      if (number !== one.number) act = allowed[0];
      number = one.number;
      if (!allowed.includes(act)) act = allowed[0];
      const wanted = `${number} ${allowed} ${lang()}`;
      if (wanted === drawn) return;
      drawn = wanted;
      draw();
    },
    clear() {
      number = null;
      drawn = "";
      element.replaceChildren();
    },
  };
}
