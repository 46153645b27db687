/** A form of staff as the command that they could have typed (core/desk/command.ts). Pure. */
import type { ModalName } from "./actions.ts";
import type { Submission } from "./modals.ts";
import type { WordKey } from "./words.ts";

export type StaffCommandText =
  | { readonly ok: true; readonly text: string }
  /** Field of the form, and what is wrong with it. */
  | { readonly ok: false; readonly field: string; readonly mistake: WordKey };

/** Verbs as the desk reads them. */
const VERBS: Readonly<Record<Exclude<ModalName, "book">, string>> = {
  reply: "reply",
  note: "note",
  resolve: "resolve",
  transfer: "assign",
  compensate: "compensate",
};

/** A number as people write amounts: `200`, `1,299.50`; up to what the desk reads. */
const AMOUNT = /^(?:\d{1,7}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,2})?$/;

export function staffCommandOf({ modal, memory, values }: Pick<Submission, "modal" | "memory" | "values">): StaffCommandText {
  if (modal === "book") return { ok: false, field: "fault", mistake: "staff.failed" };
  const words = values["text"] ?? "";
  const parts = [`/${VERBS[modal]}`, memory.case ?? ""];
  if (modal === "transfer") parts.push((values["to"] ?? "").replace(/^@/, "").replace(/\s+/g, ""));
  if (modal === "compensate") {
    const amount = (values["amount"] ?? "").replace(/^(?:NT\$|HK\$|[¥$€£])/, "").trim();
    const plain = amount.replaceAll(",", "");
    if (!AMOUNT.test(amount) || plain.length > 10 || Number(plain) <= 0)
      return { ok: false, field: "amount", mistake: "staff.amount_wrong" };
    parts.push(values["kind"] ?? "", plain, values["side"] ?? "");
  }
  return { ok: true, text: [...parts, words].filter((part) => part !== "").join(" ") };
}
