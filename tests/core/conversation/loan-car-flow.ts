/** "Borrow a loan car while yours is with us": a whole flow, as docs/flows.md shows it. */
import { defineFlow, type FlowContext, type Prompt } from "../../../core/conversation/flow.ts";
import { confirmChoices } from "../../../core/conversation/question.ts";
import { entitiesOf } from "../../../core/conversation/reading.ts";
import type { LocalText } from "../../../core/language.ts";
import { formatDateTime } from "../../../core/wording/format.ts";

type LoanCar = { from: number; days: number };

const NUMERALS: Readonly<Record<string, number>> = { "1": 1, 一: 1, "2": 2, 两: 2, 兩: 2, "3": 3, 三: 3 };
const TITLE: LocalText = { "zh-CN": "借用代步车", "zh-TW": "借用代步車", en: "Loan car" };
const START: LocalText = { "zh-CN": "取车时间", "zh-TW": "取車時間", en: "from" };
const ASK_START: LocalText = { "zh-CN": "什么时候来取车?", "zh-TW": "什麼時候來取車?", en: "When will you fetch it?" };
const SHUT: LocalText = { "zh-CN": "那时我们没有营业。", "zh-TW": "那時我們沒有營業。", en: "We are closed then." };
const DAYS: LocalText = { "zh-CN": "天", "zh-TW": "天", en: " day(s)" };
const ASK_DAYS: LocalText = { "zh-CN": "借几天?最多三天。", "zh-TW": "借幾天?最多三天。", en: "For how many days? Three at most." };
const NOTED: LocalText = { "zh-CN": "已登记,编号 ", "zh-TW": "已登記,編號 ", en: "Noted, number " };

const askStart = ({ turn }: FlowContext<LoanCar>): Prompt => ({ text: ASK_START[turn.lang], question: "datetime" });

export const LOAN_CAR_FLOW = defineFlow<LoanCar>({
  id: "loan-car",
  title: (turn) => TITLE[turn.lang],
  absorbs: ["provide_info", "book", "confirm_yes"],
  slots: {
    from: {
      label: ({ turn }) => START[turn.lang],
      mention: /时间|時間|几点|幾點|time|when/i,
      take: (_context, reading) => entitiesOf(reading).datetime.find((said) => !said.past)?.start,
      settle: (context, raw) =>
        context.turn.model.calendar.isOpen(Number(raw))
          ? { status: "ok", value: Number(raw) }
          : { status: "refused", reason: "closed", text: SHUT[context.turn.lang], prompt: askStart(context) },
      ask: askStart,
      show: ({ turn }, from) => formatDateTime(from, turn.lang, turn.zone, turn.now),
    },
    days: {
      label: ({ turn }) => DAYS[turn.lang].trim(),
      take: (_context, reading) => NUMERALS[/(?<!\d)([1-3一两兩三]) ?(?:天|days?)/.exec(reading.text)?.[1] ?? ""],
      ask: ({ turn }) => {
        const choices = [1, 2, 3].map((days) => ({ id: `d${days}`, label: `${days}${DAYS[turn.lang]}`, value: days }));
        return { text: ASK_DAYS[turn.lang], question: "choice", choices };
      },
      show: ({ turn }, days) => `${days}${DAYS[turn.lang]}`,
    },
  },
  summary: ({ turn, values: { from, days } }) => {
    const text = `${TITLE[turn.lang]}: ${formatDateTime(from!, turn.lang, turn.zone, turn.now)}, ${days}${DAYS[turn.lang]}`;
    return { text, question: "yesno", choices: confirmChoices(turn) };
  },
  complete: ({ turn }, { from, days }) => {
    const words = `${TITLE["zh-CN"]} ${formatDateTime(from, "zh-CN", turn.zone, turn.now)} ${days}天`;
    const kind = { category: "booking", urgency: "normal", step: "representative", tags: ["loan-car"] } as const;
    const opened = turn.openCase({ ...kind, words, reasons: [], about: null });
    turn.notify("representative", words, opened.case.number);
    turn.say(`${NOTED[turn.lang]}${opened.case.number}`);
  },
});
