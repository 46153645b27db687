/** Plays a script against the whole engine on a virtual clock and an empty throw-away database. */
import type { Booking } from "../../core/booking/state.ts";
import type { Case } from "../../core/cases/state.ts";
import type { ConversationState, Json } from "../../core/conversation/state.ts";
import type { CustomerFile } from "../../core/customers/state.ts";
import { parseDeskCommand } from "../../core/desk/command.ts";
import { type DeskQuery, parseDeskQuery } from "../../core/desk/query.ts";
import { AnxinError } from "../../core/errors.ts";
import type { Language } from "../../core/language.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import type { Channel, Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { conversationOfCommand } from "../../core/spine/addressee.ts";
import type { InboundEvent, StoredMessage } from "../../core/spine/events.ts";
import type { Trace } from "../../core/spine/trace.ts";
import { type Instant, isoInZone, parseIso } from "../../core/time.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { type PrintedUnderstanding, printUnderstanding } from "../print-understanding.ts";
import { createEngine, type Engine } from "../service/engine.ts";
import { openScratchStore } from "../service/scratch.ts";
import { createVirtualClock, type VirtualClock } from "../service/virtual-clock.ts";
import { prepareScript } from "./prepare.ts";
import { durationMs, type Script, type ScriptTurn } from "./schema.ts";

export interface PlayedTurn {
  readonly turn: number;
  readonly say: string;
  readonly replies: readonly { readonly to: string; readonly text: string; readonly buttons: readonly string[] }[];
  readonly understanding: PrintedUnderstanding | null;
  readonly flow: string | null;
  readonly slots: Readonly<Record<string, Json>>;
  readonly rules: readonly string[];
  readonly cases: readonly {
    readonly number: string;
    readonly category: string;
    readonly urgency: string;
    readonly status: string;
    readonly step: string;
    readonly owner: string | null;
  }[];
  readonly bookings: readonly PrintedBooking[];
  readonly staff: readonly { readonly to: string; readonly text: string }[];
  readonly ms: number;
}

export interface PrintedBooking {
  readonly number: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly technician: string;
  readonly items: readonly string[];
  readonly place: string;
  readonly address: string | null;
  readonly contact: { readonly name: string; readonly phone: string };
}

export interface Played {
  readonly final: {
    readonly bookings: readonly PrintedBooking[];
    readonly cases: readonly PlayedTurn["cases"][number][];
    readonly orders: readonly { readonly number: string; readonly status: string; readonly promised: string | null }[];
    readonly customer: CustomerFile | null;
    readonly pending: readonly { readonly kind: string; readonly at: string }[];
  };
}

export interface PlayOptions {
  readonly script: Script;
  readonly profile: Profile;
  readonly understander: Understander;
  /** Start of the virtual clock; the script's own `now` comes first. */
  readonly now: Instant;
  /** An empty store to play on, closed at the end; a throw-away one when left out. */
  readonly store?: Store;
  /** @param trace why, of the last turn that ran; `null` when none did */
  readonly onTurn: (turn: PlayedTurn, trace: Trace | null) => void;
}

/** @throws AnxinError("script_invalid") when the script names somebody or something that does not exist */
export async function playScript(options: PlayOptions): Promise<Played> {
  const { script, profile, understander } = options;
  const zone = profile.business.zone;
  const start = script.now === undefined ? options.now : parseIso(script.now, zone);
  if (start === null) throw new AnxinError("script_invalid", `now: "${script.now}" is no ISO date-time`, {});
  const clock = createVirtualClock(start);
  const channel: Channel = {
    name: script.channel,
    capabilities: {
      textLimit: { amount: 4000, unit: "characters" },
      buttons: 10,
      media: ["photo", "voice", "video", "file", "location"],
      pulled: true,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: true,
    },
    send: () => Promise.resolve({ result: "sent" }),
  };
  const scratch = await openScratchStore(options.store);
  const failures: unknown[] = [];
  const engine = createEngine({
    profile,
    store: scratch.store,
    clock,
    wakeups: scratch.wakeups,
    feed: scratch.feed,
    channels: new Map([[channel.name, channel]]),
    understander,
    random: () => 0.5,
    onError: (_what, error) => failures.push(error),
  });
  const stage = new Stage(engine, clock, script, profile);
  try {
    await stage.prepare();
    let number = 0;
    for (const turn of script.turns) {
      const played = await stage.play(turn, ++number);
      if (failures.length > 0) throw failures[0];
      options.onTurn(played, stage.lastTrace);
    }
    return { final: await stage.final() };
  } finally {
    await scratch.store.close();
  }
}

/** Who speaks, what was printed already. */
class Stage {
  private readonly engine: Engine;
  private readonly clock: VirtualClock;
  private readonly script: Script;
  private readonly profile: Profile;
  private readonly zone: string;
  private speaker: string;
  private entries = 0;
  private readonly seen = new Map<string, number>();
  private noticesSeen = 0;
  private lastCase: string | null = null;
  /** Answers of the desk since the last turn. */
  private answered: { to: string; text: string }[] = [];
  lastTrace: Trace | null = null;

  constructor(engine: Engine, clock: VirtualClock, script: Script, profile: Profile) {
    this.engine = engine;
    this.clock = clock;
    this.script = script;
    this.profile = profile;
    this.zone = engine.dependencies.model.zone;
    this.speaker = script.customers[0]?.name ?? "customer";
  }

  private conversationOf(name: string): string {
    const index = this.script.customers.findIndex((customer) => customer.name === name || customer.id === name);
    return `${this.script.channel}:${index >= 0 ? `customer-${index + 1}` : `guest-${name}`}`;
  }

  private nameOf(conversation: string): string {
    const match = /:customer-(\d+)$/.exec(conversation);
    return match ? this.script.customers[Number(match[1]) - 1]!.name : conversation.replace(/^[^:]*:guest-/, "");
  }

  prepare(): Promise<void> {
    return prepareScript(this.engine.store, this.script, this.profile, this.clock.now(), this.zone, (name) => this.conversationOf(name));
  }

  async play(turn: ScriptTurn, number: number): Promise<PlayedTurn> {
    const began = performance.now();
    let said = "";
    let speaker = this.speaker;
    if ("wait" in turn) {
      said = `(${turn.wait})`;
      await this.pass(durationMs(turn.wait));
    } else if ("staff" in turn) {
      said = turn.staff;
      await this.staff(turn.staff, turn.as, turn.case ?? null);
    } else if ("say" in turn || "press" in turn || "send" in turn) {
      if (turn.as) speaker = turn.as;
      const event: InboundEvent =
        "say" in turn
          ? { kind: "message", text: turn.say }
          : "press" in turn
            ? { kind: "press", value: await this.pressed(turn.press, speaker) }
            : {
                kind: "media",
                media: { kind: turn.send, ref: `script:${number}`, name: turn.name ?? null, mime: null },
                text: turn.text ?? null,
              };
      said = "say" in turn ? turn.say : "press" in turn ? turn.press : `[${turn.send}]`;
      const conversation = this.conversationOf(speaker);
      const id = "id" in turn && turn.id !== undefined ? turn.id : `t${++this.entries}`;
      await this.engine.intake.accept([{ id: `${conversation}:${id}`, conversation, receivedAt: this.clock.now(), event }]);
      await this.engine.settle();
    } else {
      this.speaker = turn.as;
      speaker = turn.as;
      said = `(${turn.as})`;
    }
    return this.report(number, said, speaker, performance.now() - began);
  }

  /** Lets time pass, stopping at everything that falls due. */
  private async pass(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    for (;;) {
      await this.engine.settle();
      const next = await this.engine.nextAt();
      if (next === null || next > until) break;
      this.clock.moveTo(Math.max(next, this.clock.now()));
    }
    this.clock.moveTo(until);
    await this.engine.settle();
  }

  private async staff(text: string, as: string | undefined, named: string | null): Promise<void> {
    const member =
      as === undefined
        ? this.profile.staff.find((one) => one.role === "representative")
        : this.profile.staff.find((one) => one.id === as || Object.values(one.name).includes(as) || one.role === as);
    if (as !== undefined && !member)
      throw new AnxinError(
        "script_invalid",
        `no member of staff is called "${as}"; wanted one of ${this.profile.staff.map((one) => one.id).join(", ")}`,
        {},
      );
    const open = await this.engine.store.unit((unit) => unit.records.openCases(50));
    const own = open.find((one) => one.conversation === this.conversationOf(this.speaker));
    const current = named ?? own?.number ?? this.lastCase ?? open[0]?.number ?? null;
    const query = text.startsWith("/") ? parseDeskQuery(text) : null;
    const parsed = parseDeskCommand(text, current);
    // "/away NAME …" of a technician is a command of the workshop; every other question is answered at once.
    if (query && !(parsed.ok && parsed.command.do === "workshop")) return this.question(query, member?.id, current);
    if (!parsed.ok)
      throw new AnxinError(
        "script_invalid",
        `staff "${text}": ${{ no_case: "there is no open case", no_text: "text is missing", no_order: "wanted move ORDER STATUS", no_status: "unknown order status", no_number: "the number is missing", no_amount: "an amount is missing", no_time: "wanted a time such as 2h", unknown: "unknown command" }[parsed.reason]}`,
        {},
      );
    const { command } = parsed;
    let conversation = this.conversationOf(this.speaker);
    conversation = (await this.engine.store.unit((unit) => conversationOfCommand(unit, command))) ?? conversation;
    if (command.do !== "move_order" && command.do !== "workshop") this.lastCase = command.case;
    await this.engine.intake.accept([
      {
        id: `desk:t${++this.entries}`,
        conversation,
        receivedAt: this.clock.now(),
        event: { kind: "desk", by: member?.id ?? this.profile.staff[0]!.id, command },
      },
    ]);
    await this.engine.settle();
  }

  /** `/join`, `/list`, `/find …`: what the desk answers is shown with what staff hear. */
  private async question(query: DeskQuery, by: string | undefined, current: string | null): Promise<void> {
    const id = `t${++this.entries}`;
    const answer = await this.engine.questions.ask(id, by ?? this.profile.staff[0]!.id, query, current);
    if (answer.result === "refused") throw new AnxinError("script_invalid", `staff: ${answer.say}`, {});
    if (answer.result === "taken" && answer.text) this.answered.push({ to: by ?? "", text: answer.text });
    await this.engine.settle();
  }

  /** A button by its label, its position from 1, or its id. */
  private async pressed(wanted: string, speaker: string): Promise<string> {
    const recent = await this.engine.store.unit((unit) => unit.messages.recent(this.conversationOf(speaker), 30));
    const last = recent.findLast((message) => message.buttons.length > 0);
    if (!last) return wanted;
    const byText = last.buttons.find((button) => button.id === wanted || button.label === wanted);
    if (byText) return byText.id;
    const position = /^\d+$/.test(wanted) ? Number(wanted) : Number.NaN;
    return last.buttons[position - 1]?.id ?? last.buttons.find((button) => button.label.includes(wanted))?.id ?? wanted;
  }

  private async report(turn: number, say: string, speaker: string, ms: number): Promise<PlayedTurn> {
    const conversation = this.conversationOf(speaker);
    return this.engine.store.unit(async (unit) => {
      const replies: { to: string; text: string; buttons: string[] }[] = [];
      const conversations = new Set([...this.script.customers.map((customer) => this.conversationOf(customer.name)), conversation]);
      for (const one of conversations) {
        const messages = await unit.messages.list(one, this.seen.get(one) ?? 0, 500);
        for (const message of messages as readonly StoredMessage[]) {
          this.seen.set(one, message.seq);
          if (message.from !== "customer")
            replies.push({ to: this.nameOf(one), text: message.text, buttons: message.buttons.map((button) => button.label) });
        }
      }
      const notices = await unit.notices.list(this.noticesSeen, 500);
      this.noticesSeen = notices.at(-1)?.seq ?? this.noticesSeen;
      const row = await unit.conversations.get(conversation);
      const state = row?.state as ConversationState | undefined;
      const frame = state?.stack.at(-1);
      const [trace] = await unit.traces.list(conversation, 1);
      this.lastTrace = trace ?? null;
      const fresh = trace && trace.at === this.clock.now() ? trace : undefined;
      const understood = fresh ? await this.understandingOf(say, fresh.entry) : null;
      const bookings = (await unit.records.all("booking", "", 1_000)) as Booking[];
      const cases = (await unit.records.all("case", "", 1_000)) as Case[];
      return {
        turn,
        say,
        replies,
        understanding: understood,
        flow: frame?.flow ?? null,
        slots: frame ? this.slotsOf(frame.values) : {},
        rules: (fresh?.steps ?? []).flatMap((step) => (step.kind === "rule" ? [step.rule] : [])),
        cases: cases.map(printCase),
        bookings: bookings.map((booking) => this.printBooking(booking)),
        staff: [...this.answered.splice(0), ...notices.map((notice) => ({ to: notice.to, text: notice.text }))],
        ms: Math.round(ms * 100) / 100,
      };
    });
  }

  /** What was understood of the words of a turn, read once more for printing. */
  private understandingOf(say: string, entry: string): PrintedUnderstanding | null {
    if (!say || say.startsWith("(") || say.startsWith("[") || entry.startsWith("desk:") || entry.startsWith("timer:")) return null;
    const { understander, model } = this.engine.dependencies;
    const began = performance.now();
    const understanding = understander.understand(say, { now: this.clock.now(), zone: model.zone, lang: this.languageOf() });
    return printUnderstanding(understanding, model.zone, performance.now() - began);
  }

  private languageOf(): Language | null {
    return this.script.locale ?? null;
  }

  private slotsOf(values: Readonly<Record<string, Json>>): Record<string, Json> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        if (typeof value !== "object" || value === null || !("start" in value)) return [name, value];
        const offer = value as unknown as { start: Instant; end: Instant; technician: string };
        return [name, { start: isoInZone(offer.start, this.zone), end: isoInZone(offer.end, this.zone), technician: offer.technician }];
      }),
    );
  }

  private printBooking(booking: Booking): PrintedBooking {
    return {
      number: booking.number,
      status: booking.status,
      start: isoInZone(booking.start, this.zone),
      end: isoInZone(booking.end, this.zone),
      technician: booking.technician,
      items: booking.services,
      place: booking.place,
      address: booking.address,
      contact: { name: booking.contact.name, phone: booking.contact.phone },
    };
  }

  async final(): Promise<Played["final"]> {
    return this.engine.store.unit(async (unit) => {
      const customerId = await unit.customers.ofConversation(this.conversationOf(this.script.customers[0]?.name ?? this.speaker));
      const conversations = [
        ...new Set([...this.script.customers.map((customer) => this.conversationOf(customer.name)), this.conversationOf(this.speaker)]),
      ];
      const pending: { kind: string; at: string }[] = [];
      for (const conversation of conversations)
        for (const timer of await unit.timers.of(conversation)) pending.push({ kind: timer.name, at: isoInZone(timer.dueAt, this.zone) });
      return {
        bookings: ((await unit.records.all("booking", "", 1_000)) as Booking[]).map((booking) => this.printBooking(booking)),
        cases: ((await unit.records.all("case", "", 1_000)) as Case[]).map(printCase),
        orders: ((await unit.records.all("order", "", 1_000)) as WorkOrder[]).map((order) => ({
          number: order.number,
          status: order.status,
          promised: order.promisedAt === null ? null : isoInZone(order.promisedAt, this.zone),
        })),
        customer: customerId === null ? null : await unit.customers.get(customerId),
        pending,
      };
    });
  }
}

function printCase(one: Case): PlayedTurn["cases"][number] {
  return { number: one.number, category: one.category, urgency: one.urgency, status: one.status, step: one.step, owner: one.owner };
}
