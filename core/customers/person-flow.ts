/** "My wife drives it, message her about the pick-up": the owner names who else has to do with a product. */

import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { defineFlow, type FlowContext, type Prompt } from "../conversation/flow.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import { formatPhone } from "../wording/format.ts";
import { withPersonOf } from "./people.ts";
import type { OwnedProduct, ProductPerson } from "./state.ts";

const KIN =
  /(?:我|我的|我们|我們)?(?:老婆|太太|妻子|爱人|愛人|媳妇|媳婦|先生|老公|丈夫|儿子|兒子|女儿|女兒|爸爸|爸|妈妈|媽媽|妈|媽|父亲|父親|母亲|母親|哥哥|弟弟|姐姐|妹妹|同事|司机|司機|租客|租户|租戶|房客|公司|单位|單位|财务|財務|朋友)|\b(?:my|our|the) (?:wife|husband|partner|son|daughter|father|mother|dad|mum|mom|brother|sister|colleague|driver|tenant|company|boss|friend)\b/i;
const ROLES: readonly (readonly [ProductPerson["role"], RegExp])[] = [
  ["payer", /付款|付钱|付錢|买单|買單|出钱|出錢|结账|結帳|\bpay(?:s|ing)?\b|\binvoices?\b|\bbills?\b/i],
  ["tenant", /租|住(?:在|那|这|這)|\b(?:tenant|rents?|renting|lives? (?:there|in it))\b/i],
  [
    "driver",
    /(?:在|平时|平時|一直|都是?|由)?(?:开|開|揸|驾驶|駕駛|用(?!不))(?:这|這|那|着|著|车|車|的)?|\b(?:drives?|driving|uses?|using)\b/i,
  ],
  ["contact", /(?:联系|聯絡|联络|通知|打给|打給|找)(?:她|他|佢)|\b(?:call|message|text|contact|phone|tell|notify) (?:her|him|them)\b/i],
];
/** Something of ours stands in the middle: a booking, a fault, a complaint is about the matter itself. */
const OTHER_MATTER = /坏|壞|修|投诉|投訴|预约|預約|保养|保養|取消|\b(?:book|broken|repair|fix|complain|cancel|crash|accident)\w*/i;

/** The role the words give to somebody; `null` when they do not. */
function roleIn(text: string): ProductPerson["role"] | null {
  if (!KIN.test(text) || OTHER_MATTER.test(text) || /[?？吗嗎]\s*$/.test(text)) return null;
  return ROLES.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** @returns whether the message named a person and the flow has begun */
export function takeUpPerson(turn: TurnContext, reading: Reading): boolean {
  if (reading.choice || !reading.understanding) return false;
  const role = roleIn(reading.text);
  if (role === null || ownProducts(turn).length === 0) return false;
  startFlow(turn, "person", reading, {
    role,
    relation: KIN.exec(reading.text)![0].replace(/^(?:我的|我们|我們|我)|^(?:my|our|the) /i, ""),
  });
  return true;
}

type PersonValues = { product: Json; person: Json };
type Said = { readonly name?: string; readonly phone?: string };

function ownProducts(turn: TurnContext): OwnedProduct[] {
  return (turn.customer()?.products ?? []).filter((one) => one.soldOn === undefined);
}

function labelOf(turn: TurnContext, owned: OwnedProduct): string {
  return [nameIn(turn.model.product(owned.product), turn.lang), owned.plate].filter(Boolean).join(" ");
}

function askWho({ turn, frame }: FlowContext<PersonValues>): Prompt {
  return { text: turn.words("person.ask", { relation: String(frame.data["relation"] ?? "") }), question: "phone" };
}

export const PERSON_FLOW = defineFlow<PersonValues>({
  id: "person",
  title: (turn) => turn.words("person.title"),
  absorbs: ["provide_info", "confirm_yes", "opt_out", "opt_in", "book", "out_of_scope"],
  slots: {
    product: {
      label: ({ turn }) => turn.words("label.product"),
      take: ({ turn }, reading) => {
        const { product, plate } = entitiesOf(reading);
        const fitting = ownProducts(turn).filter(
          (one) =>
            plate.some(({ value }) => value === one.plate) ||
            product.some(({ id }) => id === one.product || turn.model.covers([id], one.product)),
        );
        return fitting.length === 1 ? fitting[0]!.id : undefined;
      },
      known: ({ turn }) => (ownProducts(turn).length === 1 ? ownProducts(turn)[0]!.id : undefined),
      ask: ({ turn }) => ({
        text: turn.words("book.ask_which"),
        question: "product",
        choices: ownProducts(turn)
          .slice(0, 6)
          .map((one) => ({ id: `own:${one.id}`, label: labelOf(turn, one), value: one.id })),
      }),
      show: ({ turn }, value) => {
        const owned = ownProducts(turn).find((one) => one.id === value);
        return owned ? labelOf(turn, owned) : "";
      },
    },
    person: {
      label: ({ turn }) => turn.words("label.contact"),
      take: ({ frame }, reading, asked) => {
        const { phone, name } = entitiesOf(reading);
        const before = (frame.raw["person"] ?? {}) as Said;
        const said: Said = {
          ...(phone[0] ? { phone: phone[0].value } : {}),
          ...(name[0] && !KIN.test(name[0].value) ? { name: name[0].value } : {}),
        };
        const bare = reading.text.replace(phone[0]?.text ?? "", "").trim();
        const alone =
          asked && said.name === undefined && /^[\p{Script=Han}·]{2,4}[,，]?$|^[A-Z][\p{L}'-]+(?: [A-Z][\p{L}'-]+)?,?$/u.test(bare);
        const merged = { ...before, ...said, ...(alone ? { name: bare.replace(/[,，]$/, "") } : {}) };
        return merged.name === undefined && merged.phone === undefined ? undefined : merged;
      },
      settle: (context, raw) => {
        const said = raw as unknown as Said;
        if (said.phone === undefined) return { status: "incomplete", prompt: askWho(context) };
        return { status: "ok", value: { phone: said.phone, name: said.name ?? String(context.frame.data["relation"] ?? "") } };
      },
      ask: askWho,
      show: (_context, value) => {
        const { name, phone } = value as unknown as Required<Said>;
        return `${name} ${formatPhone(phone)}`;
      },
    },
  },
  complete: ({ turn, frame }, { product, person }) => {
    const { name, phone } = person as unknown as Required<Said>;
    const role = frame.data["role"] as ProductPerson["role"];
    const file = turn.customer();
    const owned = file?.products.find((one) => one.id === product);
    if (!file || !owned) return;
    turn.saveCustomer(withPersonOf(file, owned.id, { name, phone, role }));
    turn.note("person", { product: owned.id, role });
    const values = { name, phone: formatPhone(phone), role: turn.words(`person.${role}`), product: labelOf(turn, owned) };
    turn.say(turn.words("person.noted", values));
    turn.notify("representative", turn.staffWords("staff.person", { ...values, role: turn.staffWords(`person.${role}`) }), null);
  },
});
