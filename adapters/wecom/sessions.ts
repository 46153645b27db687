/**
 * The session between a customer and an account: who may speak in it. States (document 94669):
 * 0 new: the customer wrote and nobody took it; we may speak · 1 assistant: we may speak · 2 waits in the pool: nobody may, but
 * for one text by code · 3 a servicer talks in the client: we may not, but for one text by code · 4 over, or entered without a
 * word: nobody may; the customer's next message makes it 0. From 2 and 3 there is no way back to us but the end.
 */
import type { ConversationId } from "../../core/spine/events.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../core/time.ts";
import type { WecomApi } from "./client.ts";
import { chatOf } from "./ids.ts";
import { eventCodeOf, keep, recall, type SessionNote, sessionOf } from "./memory.ts";
import type { SessionState, WecomDependencies } from "./types.ts";

/** How long a code is good: the welcome and the end of a session at once, the hand-over for 48 hours (document 95122). */
export const WELCOME_MS = 20 * SECOND_MS;
export const ENDED_MS = 20 * SECOND_MS;
export const TAKEN_MS = 48 * HOUR_MS;
/** A note of a session in other hands is asked for again after this time: sessions end by themselves after 48 hours. */
const NOTE_GOOD_MS = 5 * MINUTE_MS;

export interface Sessions {
  /** The session's state as far as known, asked anew when it says that we may not speak and is not fresh. */
  current(conversation: ConversationId): Promise<SessionNote | null>;
  /** Asks the platform. */
  refresh(conversation: ConversationId): Promise<SessionNote>;
  /**
   * Hands the session over, or ends it.
   * @returns whether a text may follow by code
   * @throws AnxinError as the call does
   */
  move(conversation: ConversationId, state: 2 | 3 | 4, servicer: string | null): Promise<boolean>;
}

export function createSessions(api: WecomApi, { store, clock }: Pick<WecomDependencies, "store" | "clock">): Sessions {
  const ids = (conversation: ConversationId): { open_kfid: string; external_userid: string } => {
    const chat = chatOf(conversation)!;
    return { open_kfid: chat.openKfId, external_userid: chat.customer };
  };
  const sessions: Sessions = {
    async current(conversation) {
      const note = await recall(store, sessionOf(conversation));
      const closed = note !== null && (note.state === 2 || note.state === 3);
      return closed && clock.now() - note.at > NOTE_GOOD_MS ? sessions.refresh(conversation) : note;
    },
    async refresh(conversation) {
      const answer = await api.post("kf/service_state/get", ids(conversation));
      const note: SessionNote = {
        state: stateOf(answer["service_state"]),
        servicer: typeof answer["servicer_userid"] === "string" ? answer["servicer_userid"] : null,
        at: clock.now(),
      };
      await keep(store, sessionOf(conversation), note);
      return note;
    },
    async move(conversation, state, servicer) {
      const body = { ...ids(conversation), service_state: state, ...(servicer === null ? {} : { servicer_userid: servicer }) };
      const answer = await api.post("kf/service_state/trans", body);
      const code = typeof answer["msg_code"] === "string" && answer["msg_code"] !== "" ? answer["msg_code"] : null;
      const now = clock.now();
      await store.unit(async (unit) => {
        await sessionOf(conversation).set(unit, { state, servicer, at: now });
        // No code comes with a move that changes nothing; an earlier one is still good.
        const until = now + (state === 4 ? ENDED_MS : TAKEN_MS);
        if (code !== null) await eventCodeOf(conversation).set(unit, { code, for: "session", until });
      });
      return code !== null;
    },
  };
  return sessions;
}

function stateOf(value: unknown): SessionState {
  return value === 1 || value === 2 || value === 3 || value === 4 ? value : 0;
}
