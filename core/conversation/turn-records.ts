/** What a turn may know, as far as loaded, and what it has made of it so far: files, bookings, orders, cases and other records. */
import { evolveRescue, type Rescue, type RescueEvent } from "../booking/rescue-state.ts";
import { type Booking, type BookingEvent, evolveBooking } from "../booking/state.ts";
import { evolveWait, type Wait, type WaitEvent } from "../booking/waiting-state.ts";
import type { CareFacts } from "../care/facts.ts";
import type { Touch } from "../care/touch.ts";
import type { CaseEvent } from "../cases/case-events.ts";
import { evolveCase } from "../cases/evolve.ts";
import type { Case } from "../cases/state.ts";
import { type CustomerFile, newCustomer } from "../customers/state.ts";
import type { Language } from "../language.ts";
import { evolveOrder, type OrderEvent, type WorkOrder } from "../orders/state.ts";
import type { RuleEvent } from "../profile/rules-schema.ts";
import { evolvePromise, type PromiseEvent, type TimePromise } from "../promises/state.ts";
import { evolveQuote, type Quote, type QuoteEvent } from "../quotes/state.ts";
import type { Change, RecordKind, RecordOf } from "../spine/outcome.ts";
import type { Instant } from "../time.ts";
import { type CustomerFacts, FactMissing, type FactSheet, type JoinOffer, type LinkedFile, type NumberKind } from "./facts.ts";
import type { ConversationState } from "./state.ts";
import { type TurnDependencies, TurnEffects, type TurnInput } from "./turn-effects.ts";

export class TurnRecords extends TurnEffects {
  readonly state: ConversationState;
  /** Facts of this turn for the rules, gathered as it goes. */
  readonly ruleFacts: Record<string, string | number | boolean | readonly string[]> = {};
  /** What happened in this turn, for rules that wait for it. */
  readonly events = new Set<RuleEvent>();

  protected readonly sheet: FactSheet;
  protected readonly changes = new Map<string, { kind: Change["kind"]; id: string; events: unknown[]; state: unknown }>();
  protected readonly touches = new Map<string, Touch>();
  protected changedCustomer: CustomerFile | null = null;
  private readonly drawn: Partial<Record<NumberKind, number>> = {};

  constructor(dependencies: TurnDependencies, input: TurnInput, state: ConversationState, sheet: FactSheet) {
    super(dependencies, input);
    this.state = state;
    this.sheet = sheet;
  }

  get lang(): Language {
    return this.state.lang;
  }

  // ---- as known

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

  // ---- as decided

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
