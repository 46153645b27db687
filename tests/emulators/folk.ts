/** The people of one emulated platform in one form: customers who write, staff who work in its team chat, and what both can read. */
import type { SlackEmulator } from "./slack/index.ts";
import type { TelegramEmulator } from "./telegram/index.ts";
import { ACCOUNT, type WecomEmulator } from "./wecom/index.ts";

export interface Said {
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface FolkCustomer {
  /** As the service keeps the conversation. */
  readonly conversation: string;
  open(): Promise<void>;
  say(text: string): Promise<void>;
  /** Presses the newest button of that label. */
  press(label: string): Promise<void>;
  /** What the bot and staff have written, oldest first. */
  seen(): readonly Said[];
}

export interface FolkMember {
  /** Writes in the thread of a case, or in the room (`null`). */
  say(text: string, caseNumber: string | null): Promise<void>;
  press(label: string): Promise<void>;
}

export interface Folk {
  readonly name: "telegram" | "slack" | "wecom";
  /** The nth customer; the same number is the same person. */
  customer(number: number): FolkCustomer;
  /** @param staff id of a member of staff in the profile */
  member(staff: string): FolkMember;
  /** What can be read in the team chat, oldest first. */
  room(): readonly Said[];
}

/** A member of staff, with the account on each platform. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly telegram: string;
  readonly slack: string;
  readonly wecom: string;
}

/** The account of the nth member of staff on each platform. */
export const accountsOf = (index: number) => ({ telegram: String(9_000 + index), slack: `U0STAFF${index}`, wecom: `staff${index}` });

function find(staff: readonly Colleague[], id: string): Colleague {
  const member = staff.find((one) => one.id === id);
  if (!member) throw new Error(`no member of staff has the id ${id}; wanted one of ${staff.map((one) => one.id).join(", ")}`);
  return member;
}

export function telegramFolk(emulator: TelegramEmulator, colleagues: readonly Colleague[]): Folk {
  const { staff } = emulator;
  return {
    name: "telegram",
    customer(number) {
      const person = emulator.customer(5_000 + number, { name: `客户${number}`, language: "zh-hans" });
      return {
        conversation: `telegram:${person.id}`,
        open: () => person.start(),
        say: (text) => person.say(text),
        press: async (label) => void (await person.press(label)),
        seen: () => person.seen().map(({ text, buttons }) => ({ text, buttons })),
      };
    },
    member(id) {
      const { telegram: account, name } = find(colleagues, id);
      const person = staff.member(Number(account), name);
      return {
        async say(text, caseNumber) {
          const topic = caseNumber === null ? null : staff.topics().find((one) => one.name.includes(caseNumber));
          await person.say(text, topic?.id ?? null);
        },
        press: async (label) => void (await person.press(label)),
      };
    },
    room: () =>
      [null, ...staff.topics().map((topic) => topic.id)].flatMap((thread) =>
        staff.seen(thread).map(({ text, buttons }) => ({ text, buttons })),
      ),
  };
}

export function slackFolk(emulator: SlackEmulator, colleagues: readonly Colleague[]): Folk {
  const reader = emulator.staff("U0READER", { name: "Reader" });
  return {
    name: "slack",
    customer(number) {
      const person = emulator.customer(`U0CUST${number}`, { name: `客户${number}`, locale: "zh-CN" });
      return {
        conversation: `slack:${person.channel}`,
        open: () => person.openHome(),
        say: async (text) => void (await person.say(text)),
        press: async (label) => void (await person.press(label)),
        seen: () => person.seen().map(({ text, buttons }) => ({ text, buttons })),
      };
    },
    member(id) {
      const { slack: account, name } = find(colleagues, id);
      const person = emulator.staff(account, { name });
      return {
        async say(text, caseNumber) {
          const root =
            caseNumber === null
              ? undefined
              : person
                  .seen(emulator.staffChannel)
                  .find((one) => one.text.includes(caseNumber) && (one.thread === null || one.thread === one.ts));
          await person.say(text, { channel: emulator.staffChannel, ...(root ? { thread: root.ts } : {}) });
        },
        press: async (label) => void (await person.press(label, { channel: emulator.staffChannel })),
      };
    },
    room: () => reader.seen(emulator.staffChannel).map(({ text, buttons }) => ({ text, buttons })),
  };
}

export function wecomFolk(emulator: WecomEmulator, colleagues: readonly Colleague[]): Folk {
  const inbox = (user: string): Said[] => {
    const { texts, cards } = emulator.staff(user).seen();
    const shown = cards.map(({ card }) => ({
      text: JSON.stringify(card),
      buttons: ((card["button_list"] ?? []) as { readonly text: string }[]).map((button) => button.text),
    }));
    return [...shown, ...texts.map((text) => ({ text, buttons: [] }))];
  };
  return {
    name: "wecom",
    customer(number) {
      const person = emulator.customer(`wm0000customer${number}`);
      return {
        conversation: `wecom:${ACCOUNT}:${person.id}`,
        open: async () => void (await person.enter()),
        say: async (text) => void (await person.say(text)),
        press: async (label) => void (await person.press(label)),
        seen: () => person.seen().map(({ text, buttons }) => ({ text, buttons: buttons.map((button) => button.label) })),
      };
    },
    member(id) {
      const person = emulator.staff(find(colleagues, id).wecom);
      return {
        // There are no threads: a command names its case, and what follows is about the same one.
        async say(text, caseNumber) {
          const named = caseNumber === null ? text : text.replace(/^(\/\S+)/, `$1 ${caseNumber}`);
          await person.say(named);
        },
        press: async (label) => void (await person.press(label)),
      };
    },
    room: () => inbox(colleagues[0]!.wecom),
  };
}
