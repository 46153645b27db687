/**
 * Where staff write: to the customer, to colleagues, or to close a case. Each act has its own words, look and button, so that
 * what is meant for colleagues is never sent to the customer.
 */
import { el, growing, onEnter } from "./dom.js";
import { lang, t } from "./i18n.js";
import { mediaPayload } from "./media.js";
import { toast } from "./shell.js";

/** While somebody types, colleagues are told again this often, ms. */
const TYPING_MS = 6_000;

/**
 * @param onTyping told `true` while words for the customer are being typed, `false` when not any more
 * @param onSent called when what was written has been taken
 */
export function createComposer({ command, onTyping, onSent }) {
  const element = el("form", { class: "composer" });
  /** Words not sent yet, by case and act. */
  const drafts = new Map();
  let number = null;
  let allowed = [];
  let act = "reply";
  let drawn = "";
  let suggestions = [];
  let file = null;
  let typedAt = 0;

  /** Tells colleagues now and then, not at every key. */
  function typing(words) {
    const now = Date.now();
    if (act !== "reply" || words.trim() === "") {
      if (typedAt > 0) onTyping(false);
      typedAt = 0;
    } else if (now - typedAt >= TYPING_MS) {
      typedAt = now;
      onTyping(true);
    }
  }

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
    field.addEventListener("input", () => {
      drafts.set(key(), field.value);
      typing(field.value);
    });
    field.addEventListener("blur", () => typing(""));
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
      act === "reply" && suggestions.length > 0
        ? el(
            "details",
            { class: "suggestions" },
            el("summary", { text: t("composer.suggestions") }),
            ...suggestions.map((text) => el("button", { type: "button", class: "suggestion", text, on: { click: () => take(text) } })),
          )
        : "",
      field,
      el(
        "div",
        { class: "composer-foot" },
        act === "reply" ? attachment() : null,
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
    typing("");
    act = name;
    draw();
  }

  /** A suggestion is put into the field, to be read over before it goes. */
  function take(text) {
    drafts.set(key(), text);
    draw();
    element.querySelector("textarea").focus();
    typing(text);
  }

  function attachment() {
    const chooser = el("input", {
      type: "file",
      id: "composer-file",
      class: "hidden-text",
      on: { change: (event) => attach(event.target.files[0] ?? null) },
    });
    return el(
      "p",
      { class: "attach" },
      chooser,
      el("label", { for: "composer-file", class: "link", text: t("composer.attach") }),
      file ? el("span", { text: file.name }) : null,
      file ? el("button", { type: "button", class: "link", text: t("composer.detach"), on: { click: () => attach(null) } }) : null,
    );
  }

  function attach(next) {
    file = next;
    draw();
  }

  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = element.querySelector("textarea");
    const text = field.value.trim();
    if (text === "" && !(act === "reply" && file)) {
      toast(t("composer.empty"), true);
      field.focus();
      return;
    }
    const sent = key();
    const button = element.querySelector("button[type=submit]");
    button.disabled = true;
    let taken = false;
    try {
      const media = act === "reply" && file ? { media: await mediaPayload(file) } : {};
      taken = await command({ do: act, case: number, text, ...media });
    } catch (error) {
      toast(error.message, true);
    }
    button.disabled = false;
    if (!taken) return;
    typing("");
    drafts.delete(sent);
    if (key() !== sent) return;
    if (file) attach(null);
    const now = element.querySelector("textarea");
    now.value = "";
    now.dispatchEvent(new Event("input"));
    now.focus();
    onSent();
  });

  return {
    element,
    /** Shows what may be done with a case now; what is being typed stays. */
    show(one, offered = []) {
      allowed = one.status === "open" || one.status === "claimed" ? ["reply", "note", "resolve"] : ["note", "reopen"];
      if (number !== one.number) {
        act = allowed[0];
        file = null;
      }
      number = one.number;
      suggestions = offered;
      if (!allowed.includes(act)) act = allowed[0];
      const wanted = `${number} ${allowed} ${lang()} ${offered.join("\n")}`;
      if (wanted === drawn) return;
      drawn = wanted;
      draw();
    },
    clear() {
      typing("");
      file = null;
      number = null;
      drawn = "";
      element.replaceChildren();
    },
  };
}
