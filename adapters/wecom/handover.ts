/**
 * The two ways to a person. By default a colleague answers through the bot: the session stays with us, and everything goes by
 * the case. Who wants to talk with the customer in the client itself takes the session over ("接管", or the button of the
 * card): then the platform keeps us silent until it ends. Either way the core knows who holds the conversation: it is told by
 * the same commands that staff type (`claim`, `release`).
 */
import { type Case, isOpen } from "../../core/cases/state.ts";
import type { StaffAct, StaffIntake } from "../../core/ports.ts";
import { errcodeOf } from "./client.ts";
import { reactionTo } from "./codes.ts";
import { CHANNEL, chatOf } from "./ids.ts";
import type { Sessions } from "./sessions.ts";
import type { KfItem, WecomDependencies } from "./types.ts";
import { WORDS } from "./words.ts";

const TAKE = /^[/!]?(?:接管|takeover|take over)(?=\s|$)\s*#?(C\d{8,})?\s*$/iu;
const END = /^[/!]?(?:结束会话|結束會話|endsession|end session)(?=\s|$)\s*#?(C\d{8,})?\s*$/iu;

export interface HandoverCommand {
  readonly do: "take" | "end";
  /** Named in the text; else the current case counts. */
  readonly case: string | null;
}

/** @returns `null` when the text is no command of this file */
export function parseHandover(text: string): HandoverCommand | null {
  const take = TAKE.exec(text.trim());
  if (take) return { do: "take", case: take[1]?.toUpperCase() ?? null };
  const end = END.exec(text.trim());
  return end ? { do: "end", case: end[1]?.toUpperCase() ?? null } : null;
}

export interface Handover {
  /** Carries a command out. @returns what to tell the member */
  run(command: HandoverCommand, actor: string, act: string, current: string | null): Promise<string>;
  /** A servicer took, passed on or ended a session in the client. May be told twice. */
  follow(item: Extract<KfItem, { kind: "session" }>): Promise<void>;
}

export function createHandover(
  sessions: Sessions,
  dependencies: Pick<WecomDependencies, "settings" | "store" | "clock" | "log"> & { readonly staffIntake: StaffIntake },
): Handover {
  const { settings, store, clock, log, staffIntake } = dependencies;

  function tellCore(id: string, actor: string, number: string, words: string): ReturnType<StaffIntake["accept"]> {
    const act: StaffAct = {
      id: `${CHANNEL}:handover:${id}`,
      channel: CHANNEL,
      actor,
      case: number,
      thread: null,
      act: { kind: "text", text: words },
      receivedAt: clock.now(),
    };
    return staffIntake.accept(act);
  }

  async function take(found: Case, actor: string, act: string): Promise<string> {
    // First the case, so that the bot is silent when the session moves; what it still says goes by the code of the hand-over.
    const claimed = await tellCore(act, actor, found.number, `claim ${found.number}`);
    if (claimed.result === "refused") return claimed.say;
    try {
      await sessions.move(found.conversation, 3, actor);
      return WORDS.takenOver(found.number);
    } catch (error) {
      const errcode = errcodeOf(error);
      const reaction = errcode === null ? null : reactionTo(errcode);
      if (reaction === "session") {
        const now = await sessions.refresh(found.conversation);
        if (now.state === 3 && now.servicer === actor) return WORDS.takenOver(found.number);
      }
      if (reaction !== "servicer") throw error;
    }
    await sessions.move(found.conversation, 2, null);
    return WORDS.pooled(found.number);
  }

  return {
    async run(command, actor, act, current) {
      if (!settings.staff.includes(actor)) return WORDS.notStaff;
      const number = command.case ?? current;
      if (number === null) return WORDS.noCase;
      const found = await store.unit((unit) => unit.records.case(number));
      if (found === null || chatOf(found.conversation) === null) return WORDS.notFromHere(number);
      try {
        if (command.do === "take") return await take(found, actor, act);
        await sessions.move(found.conversation, 4, null);
        await tellCore(act, actor, number, `release ${number}`);
        return WORDS.ended(number);
      } catch (error) {
        const errcode = errcodeOf(error);
        log("warn", "wecom_handover_failed", { errcode });
        return WORDS.failed(number, errcode === null ? "-" : String(errcode));
      }
    },
    async follow(item) {
      if (item.servicer === null) return;
      const open = await store.unit(async (unit) => (await unit.records.casesOf(item.conversation)).find(isOpen));
      if (!open) return;
      const words = item.state === 3 ? `claim ${open.number}` : `release ${open.number}`;
      const told = await tellCore(`session:${item.id}`, item.servicer, open.number, words);
      if (told.result === "refused") log("warn", "wecom_servicer_unknown", {});
    },
  };
}
