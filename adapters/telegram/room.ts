/**
 * The staff room as Telegram has it: which chat it is now (a group that becomes a supergroup gets another id), and what stands in
 * it: the topic and card of each case, and which case a message belongs to.
 */
import type { Notes } from "./notes.ts";
import type { ChannelLog } from "./types.ts";

/** Where a case stands. */
export interface CasePlace {
  readonly thread: number | null;
  readonly card: number | null;
  /** The topic's name as it was last set. */
  readonly name: string;
  /** Digest of the card as it was last shown, so that an unchanged one costs no call: the group's pace is scarce. */
  readonly shown: string | null;
}

/** What a message in the room belongs to. */
export interface PostedAt {
  readonly case: string;
  readonly thread: number | null;
  /** A page: a nod to it says that it was heard. */
  readonly page: boolean;
}

/** What a staff button stands for. */
export interface StaffButton {
  readonly case: string | null;
  readonly button: string;
  readonly until: number;
}

export interface Room {
  /** The chat's id now; `null` when staff don't sit on Telegram. */
  chat(): number | null;
  /** To be called once, before anything is received: learns whether the room has moved since it was set. */
  open(): Promise<void>;
  moved(from: number, to: number): Promise<void>;
  place(caseNumber: string): Promise<CasePlace | null>;
  /** `null` = it is lost. */
  setPlace(caseNumber: string, place: CasePlace | null): Promise<void>;
  posted(messages: readonly number[], at: PostedAt): Promise<void>;
  postedAt(message: number): Promise<PostedAt | null>;
  keepButtons(buttons: Readonly<Record<string, StaffButton>>): Promise<void>;
  button(token: string): Promise<StaffButton | null>;
}

export function createRoom(setting: number | null, notes: Notes, log: ChannelLog): Room {
  let chat = setting;
  return {
    chat: () => chat,
    async open() {
      if (setting === null) return;
      chat = (await notes.read<number>(`moved:${setting}`)) ?? setting;
    },
    async moved(from, to) {
      if (setting === null || from !== chat || to === chat) return;
      chat = to;
      await notes.write({ [`moved:${setting}`]: to });
      log("warn", "telegram.staff_chat_moved", { from, to, mend: `set TELEGRAM_STAFF_CHAT to ${to}` });
    },
    place: (caseNumber) => notes.read(`case:${chat}:${caseNumber}`),
    setPlace: (caseNumber, place) => notes.write({ [`case:${chat}:${caseNumber}`]: place }),
    posted: (messages, at) => notes.write(Object.fromEntries(messages.map((message) => [`posted:${chat}:${message}`, at]))),
    postedAt: (message) => notes.read(`posted:${chat}:${message}`),
    keepButtons: (buttons) =>
      notes.write(Object.fromEntries(Object.entries(buttons).map(([token, button]) => [`button:${token}`, button]))),
    button: (token) => notes.read(`button:${token}`),
  };
}
