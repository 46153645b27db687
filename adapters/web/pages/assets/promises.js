/** Times given to the customer that are still open: kept, given anew, or none at all. */
import { el } from "./dom.js";
import { askFor } from "./form-dialog.js";
import { t } from "./i18n.js";
import { showTime, staffName } from "./shell.js";

/** @returns "" when there are none */
export function drawPromises(open, command) {
  if (open.length === 0) return "";
  const act = (one, verb, words) => () => command({ do: "workshop", text: [verb, one.number, words].filter(Boolean).join(" ") });
  const renew = async (one) => {
    const values = await askFor({
      title: t("promise.renew"),
      hint: t("promise.renew_hint"),
      submit: t("promise.renew"),
      fields: [{ name: "text", label: t("promise.new_time"), required: true }],
    });
    return values && act(one, "renew", values.text)();
  };
  const button = (name, run) => el("button", { type: "button", text: t(`promise.${name}`), on: { click: () => void run() } });
  const row = (one) =>
    el(
      "li",
      {},
      el(
        "span",
        {},
        el("strong", { text: `${showTime(one.dueAt)} ` }),
        el("span", { class: "muted", text: `${one.number} · ${staffName(one.by)}${one.words ? ` · ${one.words}` : ""}` }),
      ),
      one.confirmed ? null : button("confirm", act(one, "promise")),
      button("kept", act(one, "kept")),
      button("renew", () => renew(one)),
      button("dismiss", act(one, "dismiss")),
    );
  return el("section", { class: "todo" }, el("h4", { text: t("promise.title") }), el("ul", {}, ...open.map(row)));
}
