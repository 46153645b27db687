/**
 * One turn under way: what it may know (facts, as far as loaded) and what it has decided so far. Flows and topics read and
 * write through it; nothing leaves it before the turn ends and {@link TurnContext.outcome} is taken.
 *
 * Built up in layers, an idea each: effects beside the reply (`turn-effects.ts`), records (`turn-records.ts`), hours
 * (`turn-hours.ts`), the reply (`turn-reply.ts`), and here what the conversation itself keeps in mind for the turn.
 */
import { type OpenedResult, openCase, type WantedCase } from "../cases/open.ts";
import type { Change, Outcome, Rejoining } from "../spine/outcome.ts";
import { MINUTE_MS } from "../time.ts";
import type { Understanding } from "../understanding/types.ts";
import type { FactSheet } from "./facts.ts";
import type { Asked, ConversationState, FinishedAct } from "./state.ts";
import type { TurnDependencies, TurnInput } from "./turn-effects.ts";
import { TurnReply } from "./turn-reply.ts";

export class TurnContext extends TurnReply {
  /** The question that was open when the turn began. */
  readonly previouslyAsked: Asked | null;
  /** The bot asked which of several readings is meant; that counts as not understood. */
  clarified = false;
  /** What waits is not taken up by itself in this turn. */
  quiet = false;
  /** Time since the customer's last turn, ms. */
  readonly silentMs: number;
  /** The message brought a new fact. */
  learnt = false;
  /** Slots of which this message brought something new. */
  readonly told = new Set<string>();
  /** Nothing of the customer's own was found; a person may check who they are. */
  unverified = false;
  /** Rules that have fired in this turn. */
  readonly fired = new Set<string>();
  /** Number of the case of this turn that may be one of an outbreak. */
  gathering: string | null = null;
  /** What was understood of the customer's words in this turn. */
  heard: Understanding | null = null;
  /** Files that become one, or part again, with this turn. */
  rejoining: Rejoining | null = null;

  constructor(dependencies: TurnDependencies, input: TurnInput, state: ConversationState, sheet: FactSheet) {
    super(dependencies, input, state, sheet);
    this.previouslyAsked = state.asked;
    this.silentMs = input.now - state.lastAt;
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
}
