/** Whether a customer is to be left in peace: who said so, why, until when; and how to say it. */
import { el, newId } from "./dom.js";
import { addWords, lang, t } from "./i18n.js";
import { call } from "./net.js";
import { showTime, staffName, toast } from "./shell.js";

addWords({
  "hold.title": ["勿扰", "勿擾", "Left in peace"],
  "hold.none": ["未设置，关怀照常", "未設定，關懷照常", "no: care goes on as usual"],
  "hold.bereavement": ["家中有丧", "家中有喪", "a bereavement"],
  "hold.accident": ["发生事故", "發生事故", "an accident"],
  "hold.asked": ["客户要求勿扰", "客戶要求勿擾", "asked for it"],
  "hold.until": ["至 {day}", "至 {day}", "until {day}"],
  "hold.open": ["直到解除", "直到解除", "until taken away"],
  "hold.over": ["已过期", "已過期", "over"],
  "hold.reason": ["原因", "原因", "Reason"],
  "hold.day": ["截止日（可空）", "截止日（可空）", "Last day (may be empty)"],
  "hold.note": ["备注", "備註", "Note"],
  "hold.place": ["设为勿扰", "設為勿擾", "Leave in peace"],
  "hold.lift": ["解除勿扰", "解除勿擾", "End it"],
});

const REASONS = ["asked", "bereavement", "accident"];

/** The control that is shown; a change of the case does not take it from who is typing in it. */
let shown = { key: "", element: null };

/** @param done called when it was changed */
export function holdControl(customer, { me, done }) {
  const key = JSON.stringify([customer.id, customer.hold ?? null, lang()]);
  if (shown.key !== key) shown = { key, element: createControl(customer, me, done) };
  return shown.element;
}

function createControl(customer, me, done) {
  const { hold } = customer;
  const send = async (wish) => {
    try {
      await call(`/reports/api/customers/${encodeURIComponent(customer.id)}/hold`, { id: newId(), by: me(), ...wish });
      await done();
    } catch (error) {
      toast(error.message, true);
    }
  };
  const state = hold
    ? [
        t(`hold.${hold.reason}`),
        hold.until === null ? t("hold.open") : t("hold.until", { day: hold.until }),
        hold.until !== null && hold.until < new Date().toISOString().slice(0, 10) ? t("hold.over") : "",
        hold.text ?? "",
        `${staffName(hold.by)} ${showTime(new Date(hold.at).toISOString(), { day: "always" })}`,
      ]
    : [t("hold.none")];
  const reason = el(
    "select",
    { "aria-label": t("hold.reason") },
    ...REASONS.map((one) => el("option", { value: one, text: t(`hold.${one}`) })),
  );
  const until = el("input", { type: "date", "aria-label": t("hold.day"), title: t("hold.day") });
  const note = el("input", { type: "text", maxlength: 300, placeholder: t("hold.note"), "aria-label": t("hold.note") });
  const form = el(
    "form",
    { class: "hold-form" },
    reason,
    until,
    note,
    el("button", { type: "submit", text: t("hold.place") }),
    hold ? el("button", { type: "button", class: "quiet", text: t("hold.lift"), on: { click: () => void send({ reason: null }) } }) : "",
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send({ reason: reason.value, until: until.value, text: note.value.trim() });
  });
  return el(
    "details",
    { class: "hold", open: false },
    el("summary", { class: hold ? "held" : "" }, `${t("hold.title")}: ${state.filter(Boolean).join(" · ")}`),
    form,
  );
}
