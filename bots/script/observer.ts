/** Reads from the store what a turn of a script has brought, each message and notice once. */
import type { Booking } from "../../core/booking/state.ts";
import type { Case } from "../../core/cases/state.ts";
import type { ConversationState } from "../../core/conversation/state.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import type { Unit } from "../../core/ports.ts";
import type { StaffNotice, StoredMessage } from "../../core/spine/events.ts";
import type { Trace } from "../../core/spine/trace.ts";
import { isoInZone } from "../../core/time.ts";
import { type PrintedUnderstanding, printUnderstanding } from "../print-understanding.ts";
import type { Engine } from "../service/engine.ts";
import type { VirtualClock } from "../service/virtual-clock.ts";
import type { Cast } from "./cast.ts";
import { type Played, type PlayedTurn, type PrintedReply, printBooking, printCase, printOrder, printSlots } from "./played.ts";
import type { Script } from "./schema.ts";

/** More records or messages than any script makes. */
const ALL_RECORDS = 1_000;
const ALL_MESSAGES = 500;

export class Observer {
  /** Why, of the last turn that ran; `null` when none did. */
  lastTrace: Trace | null = null;
  private readonly engine: Engine;
  private readonly clock: VirtualClock;
  private readonly script: Script;
  private readonly cast: Cast;
  private readonly zone: string;
  private readonly seen = new Map<string, number>();
  private noticesSeen = 0;

  constructor(engine: Engine, clock: VirtualClock, script: Script, cast: Cast) {
    this.engine = engine;
    this.clock = clock;
    this.script = script;
    this.cast = cast;
    this.zone = engine.dependencies.model.zone;
  }

  async turn(number: number, say: string, conversation: string, ms: number): Promise<PlayedTurn> {
    return this.engine.store.unit(async (unit) => {
      const replies = await this.newReplies(unit, conversation);
      const notices = await this.newNotices(unit);
      const row = await unit.conversations.get(conversation);
      const frame = (row?.state as ConversationState | undefined)?.stack.at(-1);
      const [trace] = await unit.traces.list(conversation, 1);
      this.lastTrace = trace ?? null;
      const fresh = trace && trace.at === this.clock.now() ? trace : undefined;
      return {
        turn: number,
        say,
        replies,
        understanding: fresh ? this.understandingOf(say, fresh.entry) : null,
        flow: frame?.flow ?? null,
        slots: frame ? printSlots(frame.values, this.zone) : {},
        rules: (fresh?.steps ?? []).flatMap((step) => (step.kind === "rule" ? [step.rule] : [])),
        cases: await this.cases(unit),
        bookings: await this.bookings(unit),
        staff: notices.map((notice) => ({ to: notice.to, text: notice.text })),
        ms: Math.round(ms * 100) / 100,
      };
    });
  }

  /** @param speaker who spoke last */
  async final(speaker: string): Promise<Played["final"]> {
    return this.engine.store.unit(async (unit) => {
      const customerId = await unit.customers.ofConversation(this.cast.conversationOf(this.script.customers[0]?.name ?? speaker));
      const pending: { kind: string; at: string }[] = [];
      for (const conversation of this.cast.conversationsWith(this.cast.conversationOf(speaker)))
        for (const timer of await unit.timers.of(conversation)) pending.push({ kind: timer.name, at: isoInZone(timer.dueAt, this.zone) });
      return {
        bookings: await this.bookings(unit),
        cases: await this.cases(unit),
        orders: ((await unit.records.all("order", "", ALL_RECORDS)) as WorkOrder[]).map((order) => printOrder(order, this.zone)),
        customer: customerId === null ? null : await unit.customers.get(customerId),
        pending,
      };
    });
  }

  private async newReplies(unit: Unit, conversation: string): Promise<readonly PrintedReply[]> {
    const replies: PrintedReply[] = [];
    for (const one of this.cast.conversationsWith(conversation)) {
      const messages: readonly StoredMessage[] = await unit.messages.list(one, this.seen.get(one) ?? 0, ALL_MESSAGES);
      for (const message of messages) {
        this.seen.set(one, message.seq);
        if (message.from !== "customer")
          replies.push({ to: this.cast.nameOf(one), text: message.text, buttons: message.buttons.map((button) => button.label) });
      }
    }
    return replies;
  }

  private async newNotices(unit: Unit): Promise<readonly StaffNotice[]> {
    const notices = await unit.notices.list(this.noticesSeen, ALL_MESSAGES);
    this.noticesSeen = notices.at(-1)?.seq ?? this.noticesSeen;
    return notices;
  }

  private async cases(unit: Unit): Promise<PlayedTurn["cases"]> {
    return ((await unit.records.all("case", "", ALL_RECORDS)) as Case[]).map(printCase);
  }

  private async bookings(unit: Unit): Promise<PlayedTurn["bookings"]> {
    const found = (await unit.records.all("booking", "", ALL_RECORDS)) as Booking[];
    return found.map((booking) => printBooking(booking, this.zone));
  }

  /** What was understood of the words of a turn, read once more for printing. */
  private understandingOf(say: string, entry: string): PrintedUnderstanding | null {
    if (!say || say.startsWith("(") || say.startsWith("[") || entry.startsWith("desk:") || entry.startsWith("timer:")) return null;
    const { understander } = this.engine.dependencies;
    const began = performance.now();
    const understanding = understander.understand(say, { now: this.clock.now(), zone: this.zone, lang: this.script.locale ?? null });
    return printUnderstanding(understanding, this.zone, performance.now() - began);
  }
}
