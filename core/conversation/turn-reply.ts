/** What the customer will read: wording of the profile, parts of the reply, the question at its end. */
import { OUTBREAKS } from "../cases/state.ts";
import { AnxinError } from "../errors.ts";
import type { Language } from "../language.ts";
import type { NewMessage, Sender } from "../spine/events.ts";
import type { Instant } from "../time.ts";
import { addressForm, formatClock, formatDateTime } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import { fillTemplate, type TemplateValues } from "../wording/template.ts";
import type { Prompt } from "./prompt.ts";
import { TurnHours } from "./turn-hours.ts";

export class TurnReply extends TurnHours {
  /** Id of the reply, when it is not made from the entry: what was planned is found again by it. */
  replyId: string | null = null;

  protected readonly messages: NewMessage[] = [];
  private readonly parts: string[] = [];
  private question: Prompt | null = null;

  /** A wording of the profile in the conversation's language. */
  words(key: WordingKey, values: TemplateValues = {}): string {
    return this.wordsIn(this.lang, key, values);
  }

  /** A wording in a given language; staff read theirs, not the customer's. */
  wordsIn(language: Language, key: WordingKey, values: TemplateValues = {}): string {
    const entry = this.model.profile.wording[key];
    if (!entry) throw new AnxinError("wording_missing", `the profile has no wording "${key}"`, { key });
    return fillTemplate(entry[language], values);
  }

  /** A wording in the language of the business's staff. */
  staffWords(key: WordingKey, values: TemplateValues = {}): string {
    return this.wordsIn(this.staffLanguage, key, values);
  }

  /** Notices to staff are written in the first language of the business. */
  get staffLanguage(): Language {
    return this.model.staffLanguage;
  }

  /** Day and hour as the customer reads them. */
  time(at: Instant): string {
    return formatDateTime(at, this.lang, this.zone, this.now);
  }

  /** Day and hour as staff read them. */
  staffTime(at: Instant): string {
    return formatDateTime(at, this.staffLanguage, this.zone, this.now);
  }

  /** From when until when on one day, for the customer. */
  span({ start, end }: { readonly start: Instant; readonly end: Instant }): string {
    return `${this.time(start)}–${formatClock(end, this.zone)}`;
  }

  /** How the customer is called, "" when the name is unknown. */
  callName(first = false): string {
    const customer = this.customer();
    return customer ? addressForm(customer.name, customer.title, this.lang, first) : "";
  }

  /** Adds to the reply. */
  say(text: string): void {
    if (text && !this.parts.includes(text)) this.parts.push(text);
  }

  /** Ends the reply with a question; the last one asked in a turn is the one that counts. */
  ask(prompt: Prompt): void {
    this.question = prompt;
  }

  /** Takes back what was said so far in this turn; a person takes over instead. */
  discardReply(): void {
    this.parts.length = 0;
    this.question = null;
    this.state.asked = null;
  }

  get hasReply(): boolean {
    return this.parts.length > 0 || this.question !== null;
  }

  /** Id of the customer's message of this turn in the transcript: the platform's own, without the conversation before it. */
  get messageId(): string {
    return this.messageIdOf(this.entry);
  }

  messageIdOf(entry: string): string {
    const prefix = `${this.conversation}:`;
    return entry.startsWith(prefix) ? entry.slice(prefix.length) : entry;
  }

  /** A message of its own, beside the reply (the words of staff, the customer's own message). */
  post(
    from: Sender,
    text: string,
    extra: { id?: string; author?: string; media?: NewMessage["media"]; status?: NewMessage["status"] } = {},
  ): void {
    // Nobody reads there: what staff do to the parent of an outbreak is told to no customer.
    if (this.conversation === OUTBREAKS) return;
    this.messages.push({
      id: extra.id ?? `${this.entry}/${this.messages.length + 1}`,
      conversation: this.conversation,
      from,
      author: extra.author ?? null,
      text,
      buttons: [],
      media: extra.media ?? null,
      at: this.now,
      status: extra.status ?? (from === "customer" ? "kept" : "pending"),
      attempts: 0,
      nextAt: this.now,
    });
  }

  /** The reply as one message, in the order in which it was said, the question last. */
  protected finishReply(): void {
    if (!this.hasReply) return;
    const texts = [...this.parts];
    const choices = this.question?.choices ?? [];
    if (this.question) texts.push(this.question.text);
    const text = texts.filter(Boolean).join("\n\n");
    if (!text) return;
    this.post("bot", text, this.replyId === null ? {} : { id: this.replyId });
    const last = this.messages.at(-1)!;
    this.messages[this.messages.length - 1] = { ...last, buttons: choices.map((choice) => ({ id: choice.id, label: choice.label })) };
    if (this.question) this.state.lastReply = this.question.text;
  }

  /** What was said so far becomes a message now, so that what follows stands behind it. */
  breakReply(): void {
    this.finishReply();
    this.parts.length = 0;
    this.question = null;
  }
}
