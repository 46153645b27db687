/** Whom to call: a name and a phone, asked for together. */
import { entitiesOf, type Reading, sureIntent } from "../conversation/reading.ts";
import type { Frame, Json } from "../conversation/state.ts";
import { contactOf } from "../customers/people.ts";
import type { Title } from "../customers/state.ts";
import { surnameLength } from "../understanding/entities/surnames.ts";
import { addressForm, formatPhone } from "../wording/format.ts";
import type { BookSlot } from "./book-values.ts";
import type { Contact } from "./state.ts";
import { wantsSoonest } from "./time-wish.ts";

export type ContactRaw = { readonly name?: string | null; readonly title?: Title | null; readonly phone?: string | null };

export const CONTACT_SLOT: BookSlot<"contact"> = {
  label: ({ turn }) => turn.words("label.contact"),
  mention: /电话|電話|手机|手機|号码|號碼|联系人|聯絡人|姓名|名字|phone|number|name|contact/i,
  take: ({ frame, values }, reading, asked) => takeContact(frame, values.contact as unknown as Contact | undefined, reading, asked),
  known: ({ turn, values, frame }) => {
    const customer = turn.customer();
    // Who drives it or lives with it is whom to call about it.
    const { owned } = (values.product ?? frame.raw["product"] ?? {}) as { owned?: string | null };
    const person = contactOf(customer?.products.find((one) => one.id === owned));
    if (person) return { name: person.name, title: null, phone: person.phone };
    return customer && (customer.name || customer.phones[0])
      ? { name: customer.name, title: customer.title, phone: customer.phones[0] ?? null }
      : undefined;
  },
  settle: ({ turn }, raw) => {
    const said = raw as unknown as ContactRaw;
    const customer = turn.customer();
    const name = said.name ?? customer?.name ?? null;
    const title = said.title ?? (said.name ? null : (customer?.title ?? null));
    const phone = said.phone ?? customer?.phones[0] ?? null;
    if (!phone)
      return {
        status: "incomplete",
        prompt: { text: turn.words("book.ask_phone", { name: addressForm(name, title, turn.lang, true) }), question: "phone" },
      };
    if (!name) return { status: "incomplete", prompt: { text: turn.words("book.ask_name"), question: "name" } };
    return { status: "ok", value: { name, title, phone } };
  },
  ask: ({ turn }) => ({ text: turn.words("book.ask_contact"), question: "phone" }),
  show: ({ turn }, value) => {
    const contact = value as unknown as Contact;
    return `${addressForm(contact.name, contact.title, turn.lang, true) || contact.name} ${formatPhone(contact.phone)}`;
  },
};

const CHANGES = /换|換|改|错|錯|不对|不對|唔啱|另外|别的|別的|第二个|第二個|change|different|another|wrong|instead/i;
const PHONE_WORDS = /电话|電話|手机|手機|号码|號碼|phone|number|mobile/i;
const NAME_WORDS = /联系人|聯絡人|姓名|名字|name/i;
const RENAMED =
  /(?:联系人|聯絡人|姓名|名字)(?:请|請)?(?:改|换|換)?(?:成|做|为|為|係|是|叫|写|寫)+\s*([\p{Script=Han}]{2,4})$|\bname (?:should be|is actually|has to be|to)\s+([A-Z][\p{L}'’-]+(?: [A-Z][\p{L}'’-]+){0,2})[.!]?$/u;

/** English words that answer or greet and are nobody's name, at the beginning of what was written. */
const NO_NAME =
  /^(?:ok|okay|yes|no|none|hello|hi|hey|thanks|thank you|sure|what|why|phone|call|fine|nothing|help|perfect|great|good|yep|yeah|yup|nope|cool|alright|all right|correct|right|done|please|wait|later|sorry|continue|go|the|first|second|third|any|near|next|opposite|behind|beside|by|at|in|on|between|around|across|above|below|ground|upstairs|downstairs|flat|unit|apartment|floor|it|its|it's|this|that|there|my|our|we|you|he|she|they|and|but|or|not|still|also|just|how|who|when|where|which|because|can|could|do|does|did|is|are|was|will|would|should|if|with|without|from|to|for|of|about|urgent|asap|soon|today|tomorrow)\b/i;

/** Nothing but a written name: "Tom", "Sarah Mitchell". */
const LONE_NAME = /^[\s,.;:+-]*[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)?[\s,.;:-]*$/;

/**
 * What a message says of whom to call.
 *
 * @param settled whom to call so far; words that change one half of it keep the other
 */
export function takeContact(frame: Frame, settled: Contact | undefined, reading: Reading, asked: boolean): Json | undefined {
  const { phone, address } = entitiesOf(reading);
  const name = entitiesOf(reading).name.filter((one) => !NO_NAME.test(one.value));
  const before = (frame.raw["contact"] ?? {}) as ContactRaw;
  const said: { name?: string; title?: Title | null; phone?: string } = {};
  if (phone[0]) said.phone = phone[0].value;
  if (name[0]) {
    // "我姓林，林怡君": the whole name counts.
    const whole = name.reduce(
      (longest, one) => (one.value.length > longest.value.length && one.value.startsWith(longest.value) ? one : longest),
      name[0],
    );
    said.name = whole.value;
    said.title = whole.title ?? name[0].title;
  } else if (
    (asked || (phone[0] && (address[0] || LONE_NAME.test(reading.text.replace(phone[0].text, " "))))) &&
    reading.understanding &&
    !reading.choice
  ) {
    // Once a name is known, what stands beside a phone number is talk, no other name.
    const rest =
      before.name && phone[0]
        ? null
        : bareName(
            [phone[0], address[0]].reduce((left, one) => (one ? left.replace(one.text, " ") : left), reading.text),
            reading,
          );
    if (rest) said.name = rest;
  }
  if (said.name === undefined && phone[0] && (!before.name || CHANGES.test(reading.text))) {
    const beside = nameBeside(reading.text, phone[0].at);
    if (beside) said.name = beside;
  }
  if (settled && said.name === undefined) {
    const renamed = RENAMED.exec(reading.text)?.slice(1).find(Boolean);
    if (renamed) return { ...settled, ...said, name: renamed, title: null };
  }
  if (settled && said.name === undefined && said.phone === undefined && CHANGES.test(reading.text)) {
    // Only one half is to be changed: the other stays, and only the new half is asked for.
    if (PHONE_WORDS.test(reading.text)) return { name: settled.name, title: settled.title, phone: "" };
    if (NAME_WORDS.test(reading.text)) return { name: "", phone: settled.phone };
  }
  if (said.name === undefined && said.phone === undefined) return undefined;
  return { ...before, ...said };
}

/** "…, Sarah Lee, 415-555-0132": two or three capitalised words right before the number are whom to call. */
function nameBeside(text: string, phoneAt: number): string | null {
  const alone = /[.!?]\s*(\p{Lu}[\p{Ll}'’-]+)[\s,:;-]*$/u.exec(text.slice(0, phoneAt));
  if (alone && !NO_NAME.test(alone[1]!)) return alone[1]!;
  const found = /(?:^|[.,;!?\n]\s*)(\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{L}'’.-]*){1,2})[\s,:;-]*$/u.exec(text.slice(0, phoneAt));
  return found?.[1] ?? null;
}

/** Characters that make a phrase, hardly a name, where no surname stands before them. */
const FUNCTION_WORDS = /[的了吗嗎呢吧啊呀么麼嘛什怎谁誰几幾快慢急行可以不没沒冇唔别別您你我他她它咁嘅来來去要想先等再就都也很太越]/u;

/** A name given without any other word: 王芳, "John Smith". */
function bareName(text: string, reading: Reading): string | null {
  const plain = text.replace(/[\s,,。.;;、::!!]+/gu, " ").trim();
  const { fault, service, product, datetime } = entitiesOf(reading);
  if (datetime.length > 0 || wantsSoonest(plain)) return null;
  // Words that mean something else, and cries, are nobody's name.
  if (fault.length + service.length + product.length > 0 || (reading.understanding?.signals.length ?? 0) > 0 || /^(.)\1+$/u.test(plain))
    return null;
  const intent = sureIntent(reading);
  if (intent !== undefined && !["provide_info", "book", "confirm_yes", "out_of_scope", "chitchat"].includes(intent)) return null;
  // A surname beside the number is enough to call somebody by.
  if ([...plain].length === 1 && surnameLength(plain) === 1) return plain;
  if (
    /^[\p{Script=Han}·]{2,4}$/u.test(plain) &&
    !(surnameLength(plain) === 0 && FUNCTION_WORDS.test(plain)) &&
    !/^(?:好的|可以|没有|沒有|不用|谢谢|謝謝|你好|随便|隨便|什么|什麼|不要|怎么|人工|收到|知道|稍等|等等|等下|电话|電話|手机|手機|确认|確認|冇错|冇錯|没错|沒錯|没问题|沒問題|冇问题|冇問題|啱|係|唔|得|对|對|是的|打呢|打这|打這)/.test(
      plain,
    )
  )
    return plain;
  if (/^[A-Za-z][A-Za-z'’.-]+(?: [A-Za-z][A-Za-z'’.-]+){0,2}$/.test(plain) && plain.length <= 40 && !NO_NAME.test(plain)) return plain;
  return null;
}
