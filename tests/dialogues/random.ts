/**
 * Random customers (seeded): they book, answer, correct, digress, drop and resume, undo, send photos, change language, fall
 * silent over days, have several products and several matters at once, and at last either answer everything or leave.
 * Each turn and each end is judged; nothing here knows how the engine works inside.
 */
import type { Booking } from "../../core/booking/state.ts";
import type { ConversationState } from "../../core/conversation/state.ts";
import type { Language } from "../../core/language.ts";
import type { Media, StoredMessage } from "../../core/spine/events.ts";
import { HOUR_MS, MINUTE_MS } from "../../core/time.ts";
import { type OneCustomer, openOneCustomer } from "./one-customer.ts";
import { type Shop, WISHES, WORDS } from "./random-words.ts";

export interface Life {
  readonly shop: Shop;
  readonly lang: Language;
  readonly seed: number;
  /** Messages of the customer. */
  readonly turns: number;
  readonly bookings: number;
  readonly end: "done" | "person";
  /** What was wrong, with the talk that led there. */
  readonly faults: readonly string[];
  readonly log: readonly string[];
}

/** mulberry32: the same numbers on every machine. */
function chance(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LANGUAGES: readonly Language[] = ["zh-CN", "zh-TW", "en"];
const ACTS = 26;
/** A customer who answers every question must be through after so many. */
const MOST_TO_END = 30;

/** How often each thing is done, of all that is done beside answering. */
const WEIGHTS: Readonly<Record<string, number>> = {
  price: 3,
  hours: 3,
  status: 3,
  warranty: 2,
  courtesy: 3,
  pause: 3,
  nonsense: 3,
  talk: 4,
  leave: 3,
  resume: 3,
  restart: 1,
  undo: 4,
  move: 4,
  cancel: 3,
  complain: 2,
  danger: 1,
  person: 1,
  bot: 3,
  insult: 1,
  care: 2,
  score: 2,
  several: 3,
};

class Customer {
  readonly log: string[] = [];
  readonly faults: string[] = [];
  turns = 0;
  private lang: Language;
  private phone: string;
  private address: string;
  private readonly lastQuestions: string[] = [];
  /** The booking under way when the phone was last said, by when it began; `null` = nothing was under way, `undefined` = other matters. */
  private phoneSaidIn: number | null | undefined = undefined;
  private phoneSaidAt = 0;
  private readonly bench: OneCustomer;
  private readonly shop: Shop;
  private readonly random: () => number;

  constructor(bench: OneCustomer, shop: Shop, lang: Language, random: () => number) {
    this.bench = bench;
    this.shop = shop;
    this.lang = lang;
    this.random = random;
    this.phone = this.one(WORDS[lang].phones);
    this.address = this.one(WORDS[lang].addresses);
  }

  private one<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  private get words(): (typeof WORDS)[Language] {
    return WORDS[this.lang];
  }

  state(): Promise<ConversationState | null> {
    return this.bench.state();
  }

  /** One thing at random. */
  async act(): Promise<void> {
    const state = await this.state();
    const roll = this.random();
    if (state?.asked && state.holder.by === "bot" && roll < 0.5) return this.answer(state);
    if (roll < 0.56 || !state) return this.say(this.words.begin(this.one(WISHES[this.lang][this.shop])));
    if (roll < 0.6) return this.pressAny();
    if (roll < 0.63) return this.send(this.one(["photo", "voice", "file", "location"] as const));
    if (roll < 0.66) {
      const hours = this.one([1, 30, 80]);
      this.log.push(`(${hours} h)`);
      return this.bench.wait(hours * HOUR_MS);
    }
    if (roll < 0.68) {
      this.lang = this.one(LANGUAGES);
      return this.say(this.one(this.words.between["price"]!));
    }
    if (roll < 0.71) {
      this.phone = this.one(this.words.phones);
      return this.say(this.words.newPhone(this.phone));
    }
    if (roll < 0.75) return this.say(this.words.newTime(this.one(this.words.times)));
    const kinds = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array<string>(weight).fill(kind));
    const kind = this.one(kinds);
    // What is taken back may have been the phone.
    if (kind === "undo") this.phoneSaidIn = undefined;
    return this.say(this.one(this.words.between[kind]!));
  }

  /** The open question, answered to the point. */
  async answer(state: ConversationState): Promise<void> {
    const { asked } = state;
    // After danger nothing is pressed upon people: they say themselves when they want to go on.
    if (!asked) return this.say(this.one(this.words.between["resume"]!));
    const frame = state.stack.at(-1);
    const wish = this.one(WISHES[this.lang][this.shop]);
    const said: Readonly<Record<string, string>> = {
      $confirm: this.one(this.words.yes),
      $resume: this.words.go,
      fault: wish.work,
      identity: this.one(this.words.plates),
      place: this.words.visit,
      address: this.address,
      contact: `${this.one(this.words.names)} ${this.phone}`,
      phone: this.phone,
      details: this.words.details,
    };
    const words = said[asked.slot];
    // An hour that was refused once is not asked for again by somebody who wants to get done.
    if (asked.slot === "time" && asked.choices.length > 0 && asked.times > 1)
      return this.press(asked.choices[0]!.id, asked.choices[0]!.label);
    if (asked.slot === "fault" && frame?.values["product"]) {
      const fitting = WISHES[this.lang][this.shop][0]!;
      return this.say(fitting.work);
    }
    if (words !== undefined && this.random() < 0.8) return this.say(words);
    if (asked.choices.length > 0) return this.press(asked.choices[0]!.id, asked.choices[0]!.label);
    if (asked.slot === "time") return this.say(this.one(this.words.times));
    return this.say(words ?? this.one(this.words.yes));
  }

  /** Answers whatever is asked until nothing is open. @returns whether the end was reached */
  async finish(): Promise<"done" | "person" | "stuck"> {
    for (let step = 0; step < MOST_TO_END; step++) {
      const state = await this.state();
      if (!state || state.holder.by === "human") return "person";
      if (state.stack.length === 0 && state.matters.length === 0) return "done";
      if (state.asked?.slot === "time" && state.asked.times === 1) await this.say(this.words.times[0]!);
      else await this.answer(state);
    }
    return "stuck";
  }

  private async pressAny(): Promise<void> {
    const messages = await this.bench.messages();
    const buttons = messages.slice(-4).flatMap((message) => message.buttons);
    if (buttons.length === 0) return this.say("1");
    const button = this.one(buttons);
    await this.press(button.id, button.label);
  }

  async say(text: string): Promise<void> {
    await this.turn(`> ${text}`, () => this.bench.tell({ kind: "message", text }));
  }

  private async press(id: string, label: string): Promise<void> {
    await this.turn(`> [${label}]`, () => this.bench.tell({ kind: "press", value: id }));
  }

  private async send(kind: Media["kind"]): Promise<void> {
    const media = { kind, ref: `ref-${this.turns}`, name: null, mime: null };
    await this.turn(`> <${kind}>`, () => this.bench.tell({ kind: "media", media, text: "" }));
  }

  private async turn(said: string, act: () => Promise<readonly StoredMessage[]>): Promise<void> {
    const before = await this.state();
    const booked = await this.bench.bookings();
    if (said.includes(this.phone)) {
      const frame = before?.stack.at(-1);
      this.phoneSaidIn = frame ? (frame.flow === "book" ? frame.startedAt : undefined) : null;
      this.phoneSaidAt = this.bench.now();
    }
    this.turns += 1;
    const replies = await act();
    this.log.push(said, ...replies.map((message) => `    ${message.text.replaceAll("\n", " / ")}`));
    const after = (await this.state())!;
    if (this.bench.errors.length > 0) this.fault(`failed: ${String(this.bench.errors[0])}`);
    this.judgeReply(replies, before, after);
    for (const booking of await this.bench.bookings())
      if (!booked.some((one) => one.number === booking.number)) this.judgeBooking(booking, before);
    // People type no faster than this: a flood is tried elsewhere.
    await this.bench.wait(MINUTE_MS);
  }

  private judgeReply(replies: readonly StoredMessage[], before: ConversationState | null, after: ConversationState): void {
    const text = replies.map((message) => message.text).join("\n\n");
    if (text === "" && before?.holder.by !== "human") this.fault("no answer");
    if (/\{\w+|undefined|\[object|NaN/.test(text)) this.fault(`unfinished wording: ${text}`);
    if (/^(?!.*(?:投诉|投訴|complain)).*(?:我们会退|我們會退|we(?:'ll| will) refund)/is.test(text)) this.fault(`promises money: ${text}`);
    const paragraphs = text.split("\n\n");
    if (new Set(paragraphs).size < paragraphs.length) this.fault(`says the same twice: ${text}`);
    // A summary is another question when a fact in it is another.
    const isSummary = after.asked?.slot === "$confirm";
    const question = !after.asked || after.holder.by !== "bot" ? "" : isSummary ? text : paragraphs.at(-1)!;
    const same = question !== "" && this.lastQuestions.at(-1) === question;
    if (!same) this.lastQuestions.length = 0;
    if (question !== "") this.lastQuestions.push(question);
    if (this.lastQuestions.length >= 3) this.fault(`the same question three times: ${question}`);
  }

  /** What is booked is what the summary said, and that is what the customer last said. */
  private judgeBooking(booking: Booking, before: ConversationState | null): void {
    const frame = before?.stack.findLast((one) => one.flow === "book");
    const time = frame?.values["time"] as { readonly start?: number } | undefined;
    const contact = frame?.values["contact"] as { readonly phone?: string } | undefined;
    if (frame?.phase !== "confirming") {
      this.fault(`booked without a summary: ${booking.number}`);
      return;
    }
    if (time?.start !== booking.start) this.fault(`booked another hour than was agreed: ${booking.number}`);
    if (contact?.phone !== booking.contact.phone) this.fault(`booked with another phone than was agreed: ${booking.number}`);
    const digits = this.phone.replace(/\D/g, "").replace(/^0/, "").slice(-8);
    const saidHere = this.phoneSaidIn === frame.startedAt || (this.phoneSaidIn === null && frame.startedAt > this.phoneSaidAt);
    if (saidHere && !booking.contact.phone.endsWith(digits))
      this.fault(`the phone is not the one last said: ${booking.contact.phone}, ${this.phone}`);
  }

  fault(what: string): void {
    this.faults.push(what);
  }
}

/** What must hold when all is said. */
async function judgeEnd(bench: OneCustomer, customer: Customer): Promise<void> {
  const bookings = await bench.bookings();
  const now = bench.now();
  const confirmed = bookings.filter((one) => one.status === "confirmed" && one.start > now);
  for (const one of confirmed)
    for (const other of confirmed)
      if (one.number < other.number && one.technician === other.technician && one.start < other.end && other.start < one.end)
        customer.fault(`${one.number} and ${other.number} take the same technician at once`);
  const pending = await bench.timers();
  for (const timer of pending) {
    if (timer.name !== "booking_reminder") continue;
    const number = String(timer.data["booking"]);
    const booking = bookings.find((one) => one.number === number);
    if (booking?.status !== "confirmed") customer.fault(`a reminder waits for ${number}, which is ${booking?.status ?? "unknown"}`);
  }
}

/** Lets one customer live. The same arguments give the same life. */
export async function live(shop: Shop, lang: Language, seed: number): Promise<Life> {
  const bench = await openOneCustomer(shop);
  const random = chance(seed * 7_919 + LANGUAGES.indexOf(lang) * 101 + shop.length);
  const customer = new Customer(bench, shop, lang, random);
  try {
    const acts = 6 + Math.floor(random() * ACTS);
    for (let i = 0; i < acts && customer.faults.length === 0; i++) await customer.act();
    const end = customer.faults.length === 0 ? await customer.finish() : "done";
    if (end === "stuck") customer.fault(`no end after ${MOST_TO_END} answers`);
    await judgeEnd(bench, customer);
    const bookings = (await bench.bookings()).length;
    const { turns, faults, log } = customer;
    return { shop, lang, seed, turns, bookings, end: end === "person" ? "person" : "done", faults, log };
  } finally {
    await bench.close();
  }
}
