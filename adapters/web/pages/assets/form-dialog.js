/** A small form before an act: what it needs, in one place, by keyboard and on a phone alike. */
import { el } from "./dom.js";
import { t } from "./i18n.js";

let count = 0;

/**
 * Asks for a few values.
 *
 * @param fields `{name, label, kind: "text" | "area" | "select" | "number" | "time", options: [[value, label]], value, required, hint}`
 * @returns the values by name, or `null` when the form was left
 */
export function askFor({ title, hint = "", fields, submit = t("action.ok"), danger = false }) {
  return new Promise((resolve) => {
    const id = `ask-${++count}`;
    const inputs = new Map(fields.map((field) => [field.name, input(field, `${id}-${field.name}`)]));
    const form = el(
      "form",
      { method: "dialog" },
      el("h3", { id: `${id}-title`, text: title }),
      hint ? el("p", { class: "hint", text: hint }) : null,
      ...fields.map((field) =>
        el(
          "p",
          { class: "field" },
          el("label", { for: `${id}-${field.name}`, text: field.required ? field.label : `${field.label}${t("form.optional")}` }),
          inputs.get(field.name),
          field.hint ? el("span", { class: "hint", text: field.hint }) : null,
        ),
      ),
      el(
        "div",
        { class: "row-end" },
        el("button", { type: "button", text: t("action.cancel"), on: { click: () => dialog.close() } }),
        el("button", { type: "submit", class: danger ? "primary danger" : "primary", text: submit }),
      ),
    );
    const dialog = el("dialog", { class: "ask card", "aria-labelledby": `${id}-title` }, form);
    const before = document.activeElement;
    let values = null;
    form.addEventListener("submit", () => {
      values = Object.fromEntries([...inputs].map(([name, field]) => [name, field.value.trim()]));
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      giveBack(before);
      resolve(values);
    });
    document.body.append(dialog);
    dialog.showModal();
    inputs.values().next().value?.focus();
  });
}

/** The focus goes back to where it was; what was drawn anew meanwhile is found by its act. */
function giveBack(before) {
  const act = before?.dataset?.act;
  const place = before?.isConnected || !act ? before : document.querySelector(`[data-act="${CSS.escape(act)}"]`);
  place?.focus?.();
}

function input({ name, kind = "text", options = [], value = "", required = false, hint }, id) {
  const common = { id, name, required, "aria-description": hint ?? null };
  if (kind === "select") {
    const select = el("select", common, ...options.map(([option, label]) => el("option", { value: option, text: label })));
    if (value) select.value = value;
    return select;
  }
  if (kind === "area") return el("textarea", { ...common, rows: 4, maxlength: 4000, value });
  const type = kind === "time" ? "datetime-local" : kind === "number" ? "number" : "text";
  return el("input", {
    ...common,
    type,
    value,
    ...(kind === "number" ? { min: "0", step: "0.01", inputmode: "decimal" } : { maxlength: 400 }),
  });
}
