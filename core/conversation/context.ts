/**
 * One turn under way: what it may know (facts, as far as loaded) and what it has decided so far. Flows and topics read and
 * write through it; nothing leaves it before the turn ends and {@link TurnContext.outcome} is taken.
 */

import { type Agenda, freeSpan, resourceKey, takersOf, takeSpans } from "../booking/agenda.ts";
import { holdKey } from "../booking/hold-key.ts";
import { evolveRescue, type Rescue, type RescueEvent } from "../booking/rescue-state.ts";
import type { Offer } from "../booking/slots.ts";
import { type Booking, type BookingEvent, evolveBooking } from "../booking/state.ts";
import { evolveWait, type Wait, type WaitEvent } from "../booking/waiting-state.ts";
import type { CareFacts } from "../care/facts.ts";
import type { Touch } from "../care/touch.ts";
import { type OpenedResult, openCase, type WantedCase } from "../cases/open.ts";
import { type Case, type CaseEvent, evolveCase, OUTBREAKS } from "../cases/state.ts";
import { type CustomerFile, newCustomer } from "../customers/state.ts";
import { AnxinError } from "../errors.ts";
import type { Language } from "../language.ts";
import { evolveOrder, type OrderEvent, type WorkOrder } from "../orders/state.ts";
import { HOUSE } from "../orders/workshop.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { RuleEvent } from "../profile/rules-schema.ts";
import { evolvePromise, type PromiseEvent, type TimePromise } from "../promises/state.ts";
import { evolveQuote, type Quote, type QuoteEvent } from "../quotes/state.ts";
import type {
  AgendaDay,
  Change,
  ConversationId,
  NewMessage,
  Outcome,
  RecordKind,
  RecordOf,
  Rejoining,
  Sender,
  StaffLine,
  StaffNotice,
  Timer,
  TimerName,
} from "../spine/events.ts";
import type { TraceStep } from "../spine/trace.ts";
import { type DayKey, dayOf, type Instant, MINUTE_MS } from "../time.ts";
import type { Understander, Understanding } from "../understanding/types.ts";
import { addressForm } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import { fillTemplate, type TemplateValues } from "../wording/template.ts";
import { agendaKey, type CustomerFacts, FactMissing, type FactSheet, type JoinOffer, type LinkedFile, type NumberKind } from "./facts.ts";
import type { Prompt } from "./prompt.ts";
import type { Asked, ConversationState, FinishedAct } from "./state.ts";

/** What every turn shares. */
export interface TurnDependencies {
  readonly model: BusinessModel;
  readonly understander: Understander;
  /** By id. The engine alone knows their shape: flows are built on this context. */
  readonly flows: ReadonlyMap<string, unknown>;
}

export interface TurnInput {
  readonly entry: string;
  readonly conversation: ConversationId;
  readonly now: Instant;
}

export class TurnContext {
  readonly dependencies: TurnDependencies;
  readonly model: BusinessModel;
  readonly zone: string;
  readonly now: Instant;
  readonly conversation: ConversationId;
  readonly entry: string;
  readonly state: ConversationState;
  /** The question that was open when the turn began. */
  readonly previouslyAsked: Asked | null;
  /** Facts of this turn for the rules, gathered as it goes. */
  readonly ruleFacts: Record<string, string | number | boolean | readonly string[]> = {};
  /** The bot asked which of several readings is meant; that counts as not understood. */
  clarified = false;
  /** What waits is not taken up by itself in this turn. */
  quiet = false;
  /** Time since the customer's last turn, ms. */
  readonly silentMs: number;
  /** The message brought a new fact. */
  learnt = false;
  /** Nothing of the customer's own was found; a person may check who they are. */
  unverified = false;
  /** Id of the reply, when it is not made from the entry: what was planned is found again by it. */
  replyId: string | null = null;
  /** Rules that have fired in this turn. */
  readonly fired = new Set<string>();
  /** What happened in this turn, for rules that wait for it. */
  readonly events = new Set<RuleEvent>();
  /** Number of the case of this turn that may be one of an outbreak. */
  gathering: string | null = null;
  /** What was understood of the customer's words in this turn. */
  heard: Understanding | null = null;

  private readonly sheet: FactSheet;
  private readonly parts: string[] = [];
  private question: Prompt | null = null;
  private readonly drawn: Partial<Record<NumberKind, number>> = {};
  private readonly changes = new Map<string, { kind: Change["kind"]; id: string; events: unknown[]; state: unknown }>();
  private readonly days = new Map<string, AgendaDay>();
  private readonly messages: NewMessage[] = [];
  private readonly notices: StaffNotice[] = [];
  private readonly lines: StaffLine[] = [];
  /** Files that become one, or part again, with this turn. */
  rejoining: Rejoining | null = null;
  private readonly timers = new Map<string, Timer>();
  private readonly cancelled = new Set<string>();
  private readonly steps: TraceStep[] = [];
  private readonly touches = new Map<string, Touch>();
  private changedCustomer: CustomerFile | null = null;

  constructor(dependencies: TurnDependencies, input: TurnInput, state: ConversationState, sheet: FactSheet) {
    this.dependencies = dependencies;
    this.model = dependencies.model;
    this.zone = dependencies.model.zone;
    this.now = input.now;
    this.conversation = input.conversation;
    this.entry = input.entry;
    this.state = state;
    this.previouslyAsked = state.asked;
    this.silentMs = input.now - state.lastAt;
    this.sheet = sheet;
  }

  get lang(): Language {
    return this.state.lang;
  }

  // ---- words

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
    return this.model.profile.business.languages[0]!;
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

  // ---- facts

  /** The customer's own file, bookings, orders and cases, as they stand at the start of the turn. */
  file(): CustomerFacts {
    if (!this.sheet.file) throw new FactMissing({ kind: "file" });
    return this.sheet.file;
  }

  customer(): CustomerFile | null {
    return this.changedCustomer ?? this.file().customer;
  }

  /** The customer's bookings with this turn's changes. */
  bookings(): readonly Booking[] {
    const known = this.file().bookings;
    // What this turn moved aside for others' sake is not this customer's.
    return this.withChanges("booking", known).filter(
      (one) => one.conversation === this.conversation || this.isOwn(one.customerId) || known.some(({ number }) => number === one.number),
    );
  }

  orders(): readonly WorkOrder[] {
    return this.withChanges("order", this.file().orders);
  }

  /** Cases of this conversation with this turn's changes. */
  cases(): readonly Case[] {
    return this.withChanges("case", this.file().cases);
  }

  /** A case by number, for staff. */
  caseByNumber(number: string): Case | null {
    const changed = this.changes.get(`case:${number}`);
    if (changed) return changed.state as Case;
    const known = this.sheet.file?.cases.find((one) => one.number === number);
    if (known) return known;
    const loaded = this.sheet.cases.get(number);
    if (loaded === undefined) throw new FactMissing({ kind: "case", number });
    return loaded;
  }

  /** Is this customer id the customer's own, or of a file that was joined into theirs? */
  isOwn(customerId: string): boolean {
    const customer = this.customer();
    return customer !== null && (customer.id === customerId || (customer.joined ?? []).some((one) => one.id === customerId));
  }

  /** Does a case belong to this conversation, or to another one of the same customer? */
  isHere(found: Case): boolean {
    return found.conversation === this.conversation || this.cases().some((one) => one.number === found.number);
  }

  /** Files with this phone, and their conversations. */
  peopleWith(phone: string): readonly LinkedFile[] {
    const found = this.sheet.people.get(phone);
    if (!found) throw new FactMissing({ kind: "people", phone });
    return found;
  }

  /** What a code for joining two chats stands for, or `null`. */
  joinOffer(code: string): { readonly offer: JoinOffer; readonly owner: LinkedFile | null } | null {
    const found = this.sheet.joins.get(code);
    if (found === undefined) throw new FactMissing({ kind: "join", code });
    return found;
  }

  /** Another file with its conversations, for joining and parting. */
  linkedFile(customer: string): LinkedFile | null {
    const found = this.sheet.linked.get(customer);
    if (found === undefined) throw new FactMissing({ kind: "linked", customer });
    return found;
  }

  /** What the customer had written in an earlier message, or `null` when it is not known any more. */
  saidBefore(entry: string): string | null {
    const found = this.sheet.said.get(entry);
    if (found === undefined) throw new FactMissing({ kind: "said", entry });
    return found;
  }

  /** Messages to the customer that have not left yet. */
  unsent(): readonly string[] {
    if (!this.sheet.unsent) throw new FactMissing({ kind: "unsent" });
    return this.sheet.unsent;
  }

  /** An order by number, for staff only: customers see theirs through {@link TurnContext.orders}. */
  orderByNumber(number: string): WorkOrder | null {
    const changed = this.changes.get(`order:${number}`);
    if (changed) return changed.state as WorkOrder;
    const loaded = this.sheet.orders.get(number);
    if (loaded === undefined) throw new FactMissing({ kind: "order", number });
    return loaded;
  }

  /** A record by number, whoever it belongs to, with this turn's changes: for staff, and for what comes from another conversation. */
  record<Kind extends RecordKind>(kind: Kind, number: string): RecordOf<Kind> | null {
    const changed = this.changes.get(`${kind}:${number}`);
    if (changed) return changed.state as RecordOf<Kind>;
    const loaded = this.sheet.records.get(`${kind}:${number}`);
    if (loaded === undefined) throw new FactMissing({ kind: "record", of: kind, number });
    return loaded as RecordOf<Kind> | null;
  }

  /** Records of this conversation with this turn's changes. */
  own<Kind extends RecordKind>(kind: Kind): readonly RecordOf<Kind>[] {
    const loaded = this.sheet.own.get(kind);
    if (loaded === undefined) throw new FactMissing({ kind: "own", of: kind });
    // What this turn changed elsewhere (a command of the house) belongs to others.
    return this.withChanges(kind, loaded as readonly RecordOf<Kind>[]).filter(
      (one) => !("conversation" in one) || one.conversation === this.conversation,
    );
  }

  /** Records of everybody for which somebody waits, newest first, with this turn's changes. Never to be shown to a customer. */
  allOpen<Kind extends RecordKind>(kind: Kind): readonly RecordOf<Kind>[] {
    const loaded = this.sheet.open.get(kind);
    if (loaded === undefined) throw new FactMissing({ kind: "open", of: kind });
    return this.withChanges(kind, loaded as readonly RecordOf<Kind>[]);
  }

  /**
   * Cases of any customer that carry a mark, newest first, with this turn's changes.
   *
   * @param since marks older than this are left out
   */
  casesMarked(mark: string, since: Instant): readonly Case[] {
    const loaded = this.sheet.marked.get(mark);
    if (!loaded || loaded.since > since) throw new FactMissing({ kind: "marked", mark, since });
    return loaded.cases.map((one) => (this.changes.get(`case:${one.number}`)?.state as Case | undefined) ?? one);
  }

  /** A case as it was when the turn began; `null` for one that began in it. */
  caseBefore(number: string): Case | null {
    const own = this.sheet.file?.cases.find((one) => one.number === number) ?? this.sheet.cases.get(number);
    if (own) return own;
    for (const { cases } of this.sheet.marked.values()) {
      const found = cases.find((one) => one.number === number);
      if (found) return found;
    }
    return null;
  }

  /** Cases that this turn has changed so far. */
  changedCases(): readonly Case[] {
    return [...this.changes.values()].filter((change) => change.kind === "case").map((change) => change.state as Case);
  }

  /** Taken hours between two days, both included. */
  agenda(from: DayKey, to: DayKey): Agenda {
    const loaded = this.sheet.agenda;
    if (!loaded || loaded.from > from || loaded.to < to) {
      const wider = loaded ? { from: from < loaded.from ? from : loaded.from, to: to > loaded.to ? to : loaded.to } : { from, to };
      throw new FactMissing({ kind: "agenda", ...wider });
    }
    return {
      day: (technician, day) => {
        const key = agendaKey(technician, day);
        return this.days.get(key) ?? loaded.days.get(key) ?? { technician, day, version: 0, busy: [] };
      },
    };
  }

  /** What was planned for the customer, with this turn's changes, and how this conversation can be reached. */
  care(): CareFacts {
    if (!this.sheet.care) throw new FactMissing({ kind: "care" });
    if (this.touches.size === 0) return this.sheet.care;
    return { ...this.sheet.care, touches: this.sheet.care.touches.map((one) => this.touches.get(one.id) ?? one) };
  }

  saveTouch(touch: Touch): void {
    this.touches.set(touch.id, touch);
  }

  /** The next number of a kind. */
  number(kind: NumberKind): string {
    const index = this.drawn[kind] ?? 0;
    const number = this.sheet.numbers[kind]?.[index];
    if (number === undefined) throw new FactMissing({ kind: "number", of: kind, count: index + 1 });
    this.drawn[kind] = index + 1;
    return number;
  }

  // ---- decisions

  /** The customer's file, begun now if there is none. */
  ensureCustomer(): CustomerFile {
    const known = this.customer();
    if (known) return known;
    this.changedCustomer = { ...newCustomer(this.number("customer"), this.now), language: this.lang };
    return this.changedCustomer;
  }

  saveCustomer(file: CustomerFile): void {
    this.changedCustomer = { ...file, updatedAt: this.now };
  }

  applyBooking(number: string, before: Booking | null, event: BookingEvent): Booking {
    this.events.add("booking");
    this.ruleFacts["booking_event"] = event.type.replace(/^booking_/, "");
    return this.apply("booking", number, before, event, evolveBooking);
  }

  applyOrder(number: string, before: WorkOrder | null, event: OrderEvent): WorkOrder {
    const order = this.apply("order", number, before, event, evolveOrder);
    this.events.add("order");
    if (event.type === "order_moved") this.ruleFacts["order_status"] = order.status;
    if (event.type === "order_hurried") this.ruleFacts["order_hurried"] = order.hurried;
    return order;
  }

  applyCase(number: string, before: Case | null, event: CaseEvent): Case {
    return this.apply("case", number, before, event, evolveCase);
  }

  applyQuote(number: string, before: Quote | null, event: QuoteEvent): Quote {
    return this.apply("quote", number, before, event, evolveQuote);
  }

  applyPromise(number: string, before: TimePromise | null, event: PromiseEvent): TimePromise {
    return this.apply("promise", number, before, event, evolvePromise);
  }

  applyWait(number: string, before: Wait | null, event: WaitEvent): Wait {
    return this.apply("wait", number, before, event, evolveWait);
  }

  applyRescue(number: string, before: Rescue | null, event: RescueEvent): Rescue {
    return this.apply("rescue", number, before, event, evolveRescue);
  }

  /**
   * Takes the hours of an offer that was settled in this turn.
   *
   * @param booking number of the booking, or the key of a hold
   * @param until a hold lapses then; left out = taken for good
   * @throws AnxinError("conflict") when they are not free: the turn is run again
   */
  takeHours(offer: Offer, booking: string, until?: Instant): void {
    const day = dayOf(offer.start, this.zone);
    const agenda = this.agenda(day, day);
    const lapse = until === undefined ? {} : { until };
    const own = holdKey(this.conversation);
    for (const [key, spans] of takersOf(offer)) {
      const wanted = spans.map(({ start, end }) => ({ start, end, booking, ...lapse }));
      const taken = takeSpans(agenda.day(key, day), wanted, this.now, own);
      if (!taken) throw new AnxinError("conflict", "the hours of an offer are taken", { booking });
      this.days.set(agendaKey(key, day), taken);
    }
  }

  /** A day as this turn leaves it, for acts that take more than an offer. */
  putDay(day: AgendaDay): void {
    this.days.set(agendaKey(day.technician, day.day), day);
  }

  /** Gives back the hours of a booking, with its bay or loan car; those who wait for one hear of it. */
  freeHours(booking: Booking): void {
    this.releaseHours(booking, booking.number);
    if (booking.start > this.now)
      this.tell(HOUSE, "hours_freed", { technician: booking.technician, start: booking.start, end: booking.end });
  }

  /** Gives back what a booking or hold takes on its day. */
  releaseHours(taken: { readonly start: Instant; readonly technician: string }, booking: string): void {
    const day = dayOf(taken.start, this.zone);
    const agenda = this.agenda(day, day);
    for (const key of [taken.technician, ...this.model.profile.resources.map(({ id }) => resourceKey(id))]) {
      const current = agenda.day(key, day);
      if (current.busy.some((span) => span.booking === booking)) this.days.set(agendaKey(key, day), freeSpan(current, booking));
    }
  }

  /**
   * Opens a case, or joins the open one of the same category in this conversation, or takes up again the one just settled.
   *
   * @returns the case, and whether it is new
   */
  openCase(wanted: WantedCase): OpenedResult {
    return openCase(this, wanted);
  }

  /** An act is done that can be taken back for a while. */
  finished(act: Omit<FinishedAct, "until">): void {
    this.state.undo = { ...act, until: this.now + this.model.profile.business.conversation.undoMinutes * MINUTE_MS };
  }

  /** Tells staff. `to` is a role, `on_call`, or a staff id. */
  notify(to: string, text: string, number: string | null, media: StaffNotice["media"] = null): void {
    this.notices.push({
      id: `${this.entry}/n${this.notices.length + 1}`,
      to,
      case: number,
      text,
      at: this.now,
      ...(media ? { media } : {}),
    });
  }

  /** Writes a line into the case's thread in team chats. */
  writeLine(number: string | null, text: string, more: Partial<Pick<StaffLine, "to" | "buttons" | "only" | "except">> = {}): void {
    const id = `${this.entry}/l${this.lines.length + 1}`;
    this.lines.push({ id, to: null, case: number, text, at: this.now, buttons: [], only: null, except: null, ...more });
  }

  /** @param conversation where it becomes an event; left out = here */
  setTimer(timer: Omit<Timer, "conversation">, conversation: ConversationId = this.conversation): void {
    this.cancelled.delete(timer.id);
    this.timers.set(timer.id, { ...timer, conversation });
  }

  /** An event for another conversation (or for the house), taken in as soon as this turn is saved. */
  tell(conversation: ConversationId, name: TimerName, data: Timer["data"]): void {
    const id = `${this.entry}/to${this.timers.size + 1}`;
    this.timers.set(id, { id, conversation, dueAt: this.now, name, data });
  }

  cancelTimer(id: string): void {
    this.timers.delete(id);
    this.cancelled.add(id);
  }

  trace(step: TraceStep): void {
    this.steps.push(step);
  }

  note(code: string, data: Readonly<Record<string, string | number | boolean | null>> = {}): void {
    this.steps.push({ kind: "note", code, data });
  }

  /** The reply as one message, in the order in which it was said, the question last. */
  private finishReply(): void {
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

  /** Everything decided. To be taken once, at the end. */
  outcome(): Outcome<ConversationState> {
    this.finishReply();
    return {
      state: this.state,
      customer: this.changedCustomer,
      changes: [...this.changes.values()] as unknown as Change[],
      agenda: [...this.days.values()],
      messages: this.messages,
      notices: this.notices,
      lines: this.lines,
      rejoining: this.rejoining,
      setTimers: [...this.timers.values()],
      cancelTimers: [...this.cancelled],
      touches: [...this.touches.values()],
      trace: this.steps.length > 0 ? { entry: this.entry, conversation: this.conversation, at: this.now, steps: this.steps } : null,
    };
  }

  private apply<State extends { readonly number: string }, Event>(
    kind: Change["kind"],
    id: string,
    before: State | null,
    event: Event,
    evolve: (state: State | null, event: Event) => State,
  ): State {
    const key = `${kind}:${id}`;
    const change = this.changes.get(key);
    const state = evolve(change ? (change.state as State) : before, event);
    if (change) {
      change.events.push(event);
      change.state = state;
    } else {
      this.changes.set(key, { kind, id, events: [event], state });
    }
    return state;
  }

  private withChanges<State extends { readonly number: string }>(kind: Change["kind"], before: readonly State[]): readonly State[] {
    const changed = [...this.changes.values()].filter((change) => change.kind === kind).map((change) => change.state as State);
    if (changed.length === 0) return before;
    const numbers = new Set(changed.map((state) => state.number));
    return [...before.filter((state) => !numbers.has(state.number)), ...changed];
  }
}
