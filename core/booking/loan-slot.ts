/** A loan car (代步车) while the customer's own is with us, where the shop has such. */
import { type Reading, sureIntent } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { type BookContext, type BookSlot, servicesOf } from "./book-values.ts";

const LOAN =
  /代步|备用车|備用車|借(?:我|给我|給我)?[一]?[辆輛台部]?车|借(?:我|給我)?[一]?[輛台部]?車|\b(?:loan(?:er)?|courtesy|replacement|rental|temporary) (?:car|vehicle)\b|\bloaner\b|\bborrow a car\b/i;
const NONE = /不用|不需要|不要|不必|唔使|唔要|\b(?:no|not|don'?t|without)\b/i;

export const LOAN_SLOT: BookSlot<"loan"> = {
  label: ({ turn }) => turn.words("label.loan"),
  mention: LOAN,
  dependsOn: ["place"],
  optional: true,
  needed: (context) => context.frame.raw["loan"] !== undefined || isAskedFor(context),
  take: takeLoan,
  settle: ({ turn }, raw) => {
    const has = turn.model.profile.business.booking.loans !== undefined;
    return raw === "yes" && !has
      ? { status: "ok", value: "no", remark: turn.words("loan.none") }
      : { status: "ok", value: raw === "yes" ? "yes" : "no" };
  },
  ask: ({ turn }) => ({
    text: turn.words("loan.ask"),
    question: "yesno",
    choices: [
      { id: "loan:yes", label: turn.words("loan.choice_yes"), value: "yes" },
      { id: "loan:no", label: turn.words("loan.choice_no"), value: "no" },
    ],
  }),
  show: ({ turn }, value) => turn.words(value === "yes" ? "loan.yes" : "loan.no"),
};

/** Work that takes long is reason enough to ask; nobody at home needs a car from us. */
function isAskedFor(context: BookContext): boolean {
  const { loans } = context.turn.model.profile.business.booking;
  if (!loans || loans.askFromMinutes === 0 || context.values.place === "visit" || context.values.product === undefined) return false;
  return servicesOf(context).reduce((sum, service) => sum + service.minutes, 0) >= loans.askFromMinutes;
}

function takeLoan(_context: BookContext, reading: Reading, asked: boolean): Json | undefined {
  if (reading.choice) return undefined;
  if (LOAN.test(reading.text)) return NONE.test(reading.text) ? "no" : "yes";
  if (!asked) return undefined;
  const first = sureIntent(reading);
  return first === "confirm_yes" ? "yes" : first === "confirm_no" ? "no" : undefined;
}
