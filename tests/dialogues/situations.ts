/** What a workshop meets, each with the scripts that play it in every language. Names are those of files below `<language>/`. */
import type { Language } from "../../core/language.ts";

type Scripts = Readonly<Record<Language, readonly string[]>>;

/** The same file in all three languages. */
const all = (...files: readonly string[]): Scripts => ({ "zh-CN": files, "zh-TW": files, en: files });

export const SITUATIONS: Readonly<Record<string, Scripts>> = {
  "a reminder answered with coming": {
    "zh-CN": ["workshop/dealer-no-show-kind-reason-new-time"],
    "zh-TW": ["workshop/dealer-reminder-coming-then-not-there"],
    en: ["workshop/dealer-reminder-coming-then-not-there"],
  },
  "a reminder answered with not coming, or with another day": {
    "zh-CN": ["workshop/dealer-reminder-answered-not-coming"],
    "zh-TW": ["workshop/dealer-reminder-not-coming-or-another-day"],
    en: ["workshop/dealer-reminder-not-coming-or-another-day"],
  },
  "moved: fresh reminders, the old ones gone": {
    "zh-CN": ["appliance-reminders-fresh-after-a-move-gone-after-cancel"],
    "zh-TW": ["workshop/dealer-reminder-not-coming-or-another-day", "dealer-reminders-and-move"],
    en: ["workshop/dealer-reminder-not-coming-or-another-day"],
  },
  cancelled: {
    "zh-CN": ["appliance-no-reminder-after-cancel"],
    "zh-TW": ["dealer-reminder-gone-after-cancel"],
    en: ["appliance-reminders-gone-after-cancel"],
  },
  "no-show": {
    "zh-CN": ["workshop/dealer-no-show-kind-reason-new-time"],
    "zh-TW": ["workshop/dealer-reminder-coming-then-not-there"],
    en: ["workshop/dealer-reminder-coming-then-not-there"],
  },
  "third change": {
    "zh-CN": ["appliance-third-change-tells-staff"],
    "zh-TW": ["appliance-third-change-calls-a-person"],
    en: ["workshop/dealer-third-change-calls-a-person"],
  },
  "several jobs": all("workshop/dealer-several-jobs-in-one-visit"),
  "several products": {
    "zh-CN": ["workshop/appliance-two-products-one-visit", "workshop/appliance-two-visits-where-nobody-can-do-both"],
    "zh-TW": ["workshop/dealer-both-cars-one-visit", "workshop/appliance-fridge-joins-the-visit-hong-kong"],
    en: ["workshop/appliance-the-fridge-too-while-you-are-here", "workshop/appliance-the-fridge-too-after-the-yes"],
  },
  "on site": all("workshop/appliance-the-same-technician-on-return"),
  "in the shop": all("workshop/dealer-several-jobs-in-one-visit"),
  "fetched and brought back": all("workshop/dealer-pickup-and-bring-back"),
  "fetched from elsewhere: the fee follows": all("workshop/dealer-pickup-from-another-part-of-town"),
  "a loan car": all("workshop/dealer-loan-car-asked-for"),
  "the waiting list fills itself": all("workshop/appliance-waiting-list-first-yes-wins"),
  "a technician is ill: the whole day": all("workshop/appliance-technician-ill-whole-day-rescue"),
  "a recall comes first": all("workshop/dealer-recall-displaces-and-offers"),
  "staff make room": all("workshop/dealer-staff-make-room-for-an-emergency"),
  "the same technician on return": all("workshop/appliance-the-same-technician-on-return"),
  "licence, bay and break": all("workshop/dealer-licence-lift-break-and-shift"),
  "the way by zone, another address, and back": all("workshop/appliance-way-by-the-part-of-town-and-back-again"),
  "closed day and make-up day": all("workshop/appliance-closed-for-the-holiday-open-on-the-makeup-day"),
  "a quote line by line, later, safety declined": all("workshop/dealer-quote-line-by-line"),
  "a quote revised": {
    "zh-CN": ["workshop/dealer-quote-revised-shows-only-changes"],
    "zh-TW": ["workshop/dealer-quote-revised-silent-and-beyond-tolerance"],
    en: ["workshop/dealer-quote-revised-and-silence"],
  },
  "a quote unanswered, and over": {
    "zh-CN": ["workshop/dealer-quote-silence-approves-nothing"],
    "zh-TW": ["workshop/dealer-quote-silence-approves-nothing"],
    en: ["workshop/dealer-quote-revised-and-silence"],
  },
  "beyond tolerance": {
    "zh-CN": ["workshop/dealer-bill-beyond-tolerance-asks-again"],
    "zh-TW": ["workshop/dealer-quote-revised-silent-and-beyond-tolerance"],
    en: ["workshop/dealer-bill-beyond-tolerance-asks-again"],
  },
  "warranty certain and uncertain": all("workshop/dealer-warranty-certain-and-doubtful"),
  "the counter of the law": all("workshop/appliance-statutory-counter-warns-manager"),
  "two chats joined by code and split": all("workshop/appliance-two-chats-joined-by-code-and-split"),
  "people beside the owner": {
    "zh-CN": ["workshop/dealer-staff-name-the-payer"],
    "zh-TW": ["workshop/dealer-my-wife-drives-it"],
    en: ["workshop/dealer-my-wife-drives-it"],
  },
  "mileage said in passing": all("workshop/dealer-mileage-in-passing-kept"),
  "a stranger asks for another's order": {
    "zh-CN": ["workshop/dealer-stranger-probing-is-limited"],
    "zh-TW": ["workshop/dealer-stranger-by-plate-number-and-phone"],
    en: ["dealer-stranger-with-somebody-elses-number"],
  },
};
