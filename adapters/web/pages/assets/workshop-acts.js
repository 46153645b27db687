/** What staff do in the workshop from the desk page: quotes, bills, arrivals, new times, a technician who can't come. */
import { el } from "./dom.js";
import { askFor } from "./form-dialog.js";
import { lang, t } from "./i18n.js";

/** States of an order in which nothing is quoted or billed any more. */
const ENDED = ["closed", "cancelled", "no_show", "delivered"];

/** @param command hands a command in */
export function createWorkshopActs({ about, command }) {
  const send = (...words) => command({ do: "workshop", text: words.filter(Boolean).join(" ") });
  const button = (name, label, run) =>
    el("button", {
      type: "button",
      text: t(`shop.${name}`),
      "aria-label": `${t(`shop.${name}`)} ${label}`,
      on: { click: () => void run() },
    });

  /** Lines of a quote as they are typed in a team chat, one a line: `前刹车片 200+380!`. */
  async function quote(verb, number) {
    const values = await askFor({
      title: `${t(`shop.${verb}`)} ${number}`,
      submit: t("shop.put"),
      fields: [
        { name: "lines", label: t("shop.lines"), kind: "area", required: verb === "add", hint: t("shop.lines_hint") },
        { name: "reason", label: t("shop.reason"), hint: t("shop.reason_hint") },
      ],
    });
    if (!values) return;
    const lines = values.lines
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .join("; ");
    await send(verb, number, lines, values.reason ? `// ${values.reason}` : "");
  }

  async function bill(number) {
    const values = await askFor({
      title: `${t("shop.bill")} ${number}`,
      hint: t("shop.bill_hint"),
      submit: t("shop.bill"),
      fields: [
        { name: "amount", label: `${t("shop.total")} (${about.currency})`, kind: "number", required: true },
        { name: "reason", label: t("shop.reason") },
      ],
    });
    if (values) await send("bill", number, values.amount, values.reason ? `// ${values.reason}` : "");
  }

  async function withWords(verb, number, required) {
    const values = await askFor({
      title: `${t(`shop.${verb}`)} ${number}`,
      hint: t(`shop.${verb}_hint`),
      submit: t(`shop.${verb}`),
      fields: [{ name: "text", label: t(`shop.${verb}_text`), required }],
    });
    if (values) await send(verb, number, values.text);
  }

  async function away() {
    const values = await askFor({
      title: t("shop.away"),
      hint: t("shop.away_hint"),
      submit: t("shop.away"),
      fields: [
        {
          name: "who",
          label: t("col.technician"),
          kind: "select",
          required: true,
          options: Object.entries(about.names.technician).map(([id, name]) => [id, name[lang()]]),
        },
        { name: "when", label: t("shop.away_text"), required: true },
      ],
    });
    if (values) await send("away", values.who, values.when);
  }

  async function rescue() {
    const values = await askFor({
      title: t("shop.rescue"),
      hint: t("shop.rescue_hint"),
      submit: t("action.ok"),
      fields: [
        { name: "number", label: t("col.number"), required: true },
        {
          name: "what",
          label: t("shop.rescue_what"),
          kind: "select",
          required: true,
          options: [
            ["rescue", t("shop.rescue_list")],
            ["rescue send", t("shop.rescue_send")],
          ],
        },
      ],
    });
    if (values) await send(values.what, values.number.toUpperCase());
  }

  return {
    ofOrder: ({ number, status }) =>
      ENDED.includes(status)
        ? []
        : [
            button("quote", number, () => quote("quote", number)),
            button("add", number, () => quote("add", number)),
            button("bill", number, () => bill(number)),
          ],
    ofBooking: ({ number, status }) =>
      status === "confirmed"
        ? [
            button("arrived", number, () => withWords("arrived", number, false)),
            button("noshow", number, () => send("noshow", number)),
            button("propose", number, () => withWords("propose", number, true)),
          ]
        : [],
    ofDay: () => [button("away", "", away), button("rescue", "", rescue)],
  };
}
