/**
 * Sends the parts of one message, each once as far as Telegram lets us know.
 *
 * `sendMessage` has no key, and an answer can get lost after the message arrived (a connection that breaks, a process that is
 * killed). So before each part is sent it is noted which part that is and up to which id messages were known. When the same
 * message comes again, parts that are done are left out, and the one under way is looked for among the ids that came after: an
 * edit to the very same content is refused as "not modified" exactly when it is there (quirks.md).
 *
 * In a group nothing is looked for: the ids that came after may be our own messages to other topics, whose answers were lost as
 * well, and the edit would overwrite them. There a lost answer can make a post stand twice, and staff see that it does.
 */
import type { Clock } from "../../core/ports.ts";
import type { Answer, Target, TelegramClient } from "./client.ts";
import type { Failure } from "./failure.ts";
import type { Ledger } from "./ledger.ts";
import type { Notes } from "./notes.ts";
import type { Pacer } from "./pace.ts";
import type { Part } from "./render.ts";
import type { TelegramLimits } from "./types.ts";

interface Journal {
  readonly id: string;
  /** Ids of the parts that stand in the chat. */
  readonly done: readonly number[];
  /** The part under way, and the highest id known before it. */
  readonly trying: { readonly index: number; readonly floor: number | null } | null;
  readonly at: number;
}

export interface SendOrder {
  /** One line of messages: no two sends under one key at a time. */
  readonly key: string;
  /** Of the message; the same id is the same message. */
  readonly id: string;
  readonly to: Target;
  readonly parts: readonly Part[];
  /** The same id after so long is meant to be sent anew, ms; `null` = never. */
  readonly anewAfterMs: number | null;
}

export interface Sends {
  /** @returns ids of the parts, in order */
  run(order: SendOrder): Promise<Answer<readonly number[]>>;
}

export interface SendsParts {
  readonly client: TelegramClient;
  readonly ledger: Ledger;
  readonly pacer: Pacer;
  readonly notes: Notes;
  readonly clock: Clock;
  readonly limits: TelegramLimits;
}

export function createSends({ client, ledger, pacer, notes, clock, limits }: SendsParts): Sends {
  /** `null` = it stands nowhere; a failure when it could not be asked. */
  async function lookFor(to: Target, part: Part, floor: number | null): Promise<number | Failure | null> {
    if (floor === null || to.chat < 0) return null;
    for (const candidate of ledger.candidates(to.chat, floor)) {
      const wait = await pacer.enter(to.chat, limits.patienceMs);
      if (wait !== null) return { kind: "busy", afterMs: wait };
      const stands = await client.stands(to.chat, candidate, part);
      if (stands === "yes") return candidate;
      if (stands === "unknown") return part.kind === "text" ? { kind: "ambiguous", reason: "not_looked_up" } : null;
    }
    return null;
  }

  return {
    async run({ key, id, to, parts, anewAfterMs }) {
      const kept = await notes.read<Journal>(key);
      const same = kept?.id === id && !(anewAfterMs !== null && clock.now() - kept.at >= anewAfterMs);
      const done = same ? [...kept.done] : [];
      let trying = same ? kept.trying : null;
      const save = (): Promise<void> => notes.write({ [key]: { id, done, trying, at: clock.now() } satisfies Journal });

      while (done.length < parts.length) {
        const index = done.length;
        const part = parts[index]!;
        if (trying?.index === index) {
          const found = await lookFor(to, part, trying.floor);
          trying = typeof found === "number" || found === null ? null : trying;
          if (typeof found === "number") {
            ledger.note(to.chat, found);
            done.push(found);
            continue;
          }
          if (found !== null) return { ok: false, failure: found };
        }
        const wait = await pacer.enter(to.chat, to.chat < 0 ? limits.roomPatienceMs : limits.patienceMs);
        if (wait !== null) return { ok: false, failure: { kind: "busy", afterMs: wait } };
        trying = { index, floor: ledger.highest(to.chat) };
        await save();
        const answer = await client.put(to, part);
        if (answer.ok) {
          ledger.note(to.chat, answer.value);
          done.push(answer.value);
          trying = null;
          // Nothing can be looked for in a group, so what is done is kept at once.
          if (to.chat < 0) await save();
          continue;
        }
        if (answer.failure.kind === "busy") pacer.hold(to.chat, answer.failure.afterMs);
        if (answer.failure.kind !== "ambiguous") {
          trying = null;
          await save();
        }
        return answer;
      }
      return { ok: true, value: done };
    },
  };
}
