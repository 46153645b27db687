/**
 * What a button carries. Telegram gives `callback_data` back from the client, and a client of somebody's own making can send
 * whatever it likes: so a button carries a sealed token, and what stands behind it is in the store.
 *
 * A customer's button: `c<seq>.<index>.<seal>`: the message's number in our store and the button's place on it, sealed together
 * with the conversation. The message itself holds the button and its age; nothing else is kept.
 * A staff button: `s<seal>`: the seal of case and button, under which both are kept with their expiry.
 *
 * The key comes from the bot's token: who has the token can do everything anyway, and all processes of the bot have it.
 */
import { createHmac } from "node:crypto";
import { sameSecret } from "../http/guard.ts";

/** 96 bits: out of reach for guesses, and within the 64 bytes of callback_data. */
const SEAL_LENGTH = 16;

export interface ButtonTokens {
  ofMessage(conversation: string, seq: number, index: number): string;
  /** `null` when the token was not made by us for this conversation. */
  openMessage(data: string, conversation: string): { readonly seq: number; readonly index: number } | null;
  ofCase(chat: number, caseNumber: string | null, button: string): string;
  /** Has it the form of a staff button's token? What it stands for is looked up. */
  isOfCase(data: string): boolean;
}

export function createButtonTokens(botToken: string): ButtonTokens {
  const key = createHmac("sha256", botToken).update("anxin buttons").digest();
  const seal = (...parts: readonly (string | number)[]): string =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url").slice(0, SEAL_LENGTH);
  return {
    ofMessage: (conversation, seq, index) => `c${seq.toString(36)}.${index.toString(36)}.${seal("c", conversation, seq, index)}`,
    openMessage(data, conversation) {
      const match = /^c([0-9a-z]{1,11})\.([0-9a-z]{1,2})\.([\w-]{16})$/.exec(data);
      if (!match) return null;
      const seq = Number.parseInt(match[1]!, 36);
      const index = Number.parseInt(match[2]!, 36);
      return sameSecret(match[3]!, seal("c", conversation, seq, index)) ? { seq, index } : null;
    },
    ofCase: (chat, caseNumber, button) => `s${seal("s", chat, caseNumber ?? "", button)}`,
    isOfCase: (data) => /^s[\w-]{16}$/.test(data),
  };
}
