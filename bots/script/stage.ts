/** Does what a turn of a script says: a customer speaks, presses or sends something, staff type a command, time passes. */
import { type CommandRefusal, parseDeskCommand } from "../../core/desk/command.ts";
import { type DeskQuery, parseDeskQuery } from "../../core/desk/query.ts";
import { AnxinError } from "../../core/errors.ts";
import type { Staff } from "../../core/profile/schema.ts";
import { conversationOfCommand } from "../../core/spine/addressee.ts";
import type { InboundEvent } from "../../core/spine/events.ts";
import type { Engine } from "../service/engine.ts";
import type { VirtualClock } from "../service/virtual-clock.ts";
import type { Cast } from "./cast.ts";
import { durationMs, type Script, type ScriptTurn } from "./schema.ts";

type CustomerTurn = Extract<ScriptTurn, { say: string } | { press: string } | { send: string }>;

/** What was done, in words, and for whom. */
interface Act {
  readonly said: string;
  /** Answers of the desk to the staff who asked. */
  readonly answers?: readonly { readonly to: string; readonly text: string }[];
  readonly speaker: string;
}

/** Why a command of the staff can't be read. */
const UNREADABLE: Readonly<Record<CommandRefusal, string>> = {
  no_case: "there is no open case",
  no_text: "text is missing",
  no_order: "wanted move ORDER STATUS",
  no_status: "unknown order status",
  no_number: "the number is missing",
  no_amount: "an amount is missing",
  no_time: "wanted a time such as 2h",
  unknown: "unknown command",
};

export class Stage {
  /** Who speaks when a turn names nobody. */
  speaker: string;
  private readonly engine: Engine;
  private readonly clock: VirtualClock;
  private readonly cast: Cast;
  private entries = 0;
  private lastCase: string | null = null;
  /** What the desk answered in the last turn. */
  private answers: { readonly to: string; readonly text: string }[] = [];

  constructor(engine: Engine, clock: VirtualClock, script: Script, cast: Cast) {
    this.engine = engine;
    this.clock = clock;
    this.cast = cast;
    this.speaker = script.customers[0]?.name ?? "customer";
  }

  /** @param number of the turn, from 1 */
  async play(turn: ScriptTurn, number: number): Promise<Act> {
    if ("wait" in turn) {
      await this.pass(durationMs(turn.wait));
      return { said: `(${turn.wait})`, speaker: this.speaker };
    }
    if ("staff" in turn) {
      await this.command(turn.staff, turn.as, turn.case ?? null);
      return { said: turn.staff, speaker: this.speaker, answers: this.answers.splice(0) };
    }
    if ("say" in turn || "press" in turn || "send" in turn) return this.customer(turn, number);
    this.speaker = turn.as;
    return { said: `(${turn.as})`, speaker: turn.as };
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

  private async customer(turn: CustomerTurn, number: number): Promise<Act> {
    const speaker = turn.as || this.speaker;
    const conversation = this.cast.conversationOf(speaker);
    const event = await this.eventOf(turn, number, conversation);
    const id = "id" in turn && turn.id !== undefined ? turn.id : this.nextId();
    await this.accept(`${conversation}:${id}`, conversation, event);
    return { said: "say" in turn ? turn.say : "press" in turn ? turn.press : `[${turn.send}]`, speaker };
  }

  private async eventOf(turn: CustomerTurn, number: number, conversation: string): Promise<InboundEvent> {
    if ("say" in turn) return { kind: "message", text: turn.say };
    if ("press" in turn) return { kind: "press", value: await this.pressed(turn.press, conversation) };
    const media = { kind: turn.send, ref: `script:${number}`, name: turn.name ?? null, mime: null };
    return { kind: "media", media, text: turn.text ?? null };
  }

  /** A button by its label, its position from 1, or its id. */
  private async pressed(wanted: string, conversation: string): Promise<string> {
    const recent = await this.engine.store.unit((unit) => unit.messages.recent(conversation, 30));
    const last = recent.findLast((message) => message.buttons.length > 0);
    if (!last) return wanted;
    const byText = last.buttons.find((button) => button.id === wanted || button.label === wanted);
    if (byText) return byText.id;
    const position = /^\d+$/.test(wanted) ? Number(wanted) : Number.NaN;
    return last.buttons[position - 1]?.id ?? last.buttons.find((button) => button.label.includes(wanted))?.id ?? wanted;
  }

  /** @param named the case it is about; else the speaker's, else the last one spoken of, else any */
  private async command(text: string, as: string | undefined, named: string | null): Promise<void> {
    const member = this.member(as);
    const open = await this.engine.store.unit((unit) => unit.records.openCases(50));
    const speaking = this.cast.conversationOf(this.speaker);
    const own = open.find((one) => one.conversation === speaking);
    const current = named ?? own?.number ?? this.lastCase ?? open[0]?.number ?? null;
    const parsed = parseDeskCommand(text, current);
    // "/away NAME …" of a technician is a command of the workshop; every other question is answered at once.
    const query = text.startsWith("/") && !(parsed.ok && parsed.command.do === "workshop") ? parseDeskQuery(text) : null;
    if (query) return this.question(query, member.id, current);
    if (!parsed.ok) throw new AnxinError("script_invalid", `staff "${text}": ${UNREADABLE[parsed.reason]}`, {});
    const { command } = parsed;
    const conversation = (await this.engine.store.unit((unit) => conversationOfCommand(unit, command))) ?? speaking;
    if (command.do !== "move_order" && command.do !== "workshop") this.lastCase = command.case;
    await this.accept(`desk:${this.nextId()}`, conversation, { kind: "desk", by: member.id, command });
  }

  /** `/join`, `/list`, `/find …`: what the desk answers is shown with what staff hear. */
  private async question(query: DeskQuery, by: string, current: string | null): Promise<void> {
    const answer = await this.engine.questions.ask(this.nextId(), by, query, current);
    if (answer.result === "refused") throw new AnxinError("script_invalid", `staff: ${answer.say}`, {});
    if (answer.result === "taken" && answer.text) this.answers.push({ to: by, text: answer.text });
    await this.engine.settle();
  }

  /** A member of staff by id, name or role; a representative when nobody is named. */
  private member(as: string | undefined): Staff {
    const { staff } = this.engine.dependencies.model.profile;
    if (as === undefined) return staff.find((one) => one.role === "representative") ?? staff[0]!;
    const member = staff.find((one) => one.id === as || Object.values(one.name).includes(as) || one.role === as);
    if (!member) {
      const ids = staff.map((one) => one.id).join(", ");
      throw new AnxinError("script_invalid", `no member of staff is called "${as}"; wanted one of ${ids}`, {});
    }
    return member;
  }

  private nextId(): string {
    return `t${++this.entries}`;
  }

  private async accept(id: string, conversation: string, event: InboundEvent): Promise<void> {
    await this.engine.intake.accept([{ id, conversation, receivedAt: this.clock.now(), event }]);
    await this.engine.settle();
  }
}
