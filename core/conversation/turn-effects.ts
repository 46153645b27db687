/** What a turn does beside its reply: notices and lines to staff, timers, the trace. */
import type { BusinessModel } from "../profile/model.ts";
import type { ConversationId, StaffLine, StaffNotice, Timer, TimerName } from "../spine/events.ts";
import type { TraceStep } from "../spine/trace.ts";
import type { Instant } from "../time.ts";
import type { Understander } from "../understanding/types.ts";

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
  /** As `Capabilities.pulled` of the conversation's channel; `false` when left out. */
  readonly pulled?: boolean;
}

export class TurnEffects {
  readonly dependencies: TurnDependencies;
  readonly model: BusinessModel;
  readonly zone: string;
  readonly now: Instant;
  readonly conversation: ConversationId;
  readonly entry: string;
  readonly pulled: boolean;

  protected readonly notices: StaffNotice[] = [];
  protected readonly lines: StaffLine[] = [];
  protected readonly timers = new Map<string, Timer>();
  protected readonly cancelled = new Set<string>();
  protected readonly steps: TraceStep[] = [];

  constructor(dependencies: TurnDependencies, input: TurnInput) {
    this.dependencies = dependencies;
    this.model = dependencies.model;
    this.zone = dependencies.model.zone;
    this.now = input.now;
    this.pulled = input.pulled ?? false;
    this.conversation = input.conversation;
    this.entry = input.entry;
  }

  /** Tells staff. `to` is a role, `on_call`, or a staff id. */
  notify(
    to: string,
    text: string,
    number: string | null,
    { media, buttons = [] }: Partial<Pick<StaffNotice, "media" | "buttons">> = {},
  ): void {
    this.notices.push({
      id: `${this.entry}/n${this.notices.length + 1}`,
      to,
      case: number,
      text,
      at: this.now,
      ...(media ? { media } : {}),
      ...(buttons.length > 0 ? { buttons } : {}),
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
}
