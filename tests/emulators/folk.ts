/** The people of one emulated platform in one form: customers who write, staff who work in its team chat, and what both can read. */
import type { Form, SlackEmulator } from "./slack/index.ts";
import type { TelegramEmulator } from "./telegram/index.ts";
import { ACCOUNT, type WecomEmulator } from "./wecom/index.ts";

export interface Said {
  readonly text: string;
  readonly buttons: readonly string[];
  /** Files that came with it, by what the platform shows of them. */
  readonly files?: Shared;
}

/** What of files can be seen: the names or ids that the platform shows, oldest first. */
export type Shared = readonly string[];

export interface FolkCustomer {
  /** As the service keeps the conversation. */
  readonly conversation: string;
  open(): Promise<void>;
  say(text: string): Promise<void>;
  /** Presses the newest button of that label. */
  press(label: string): Promise<void>;
  photo(): Promise<void>;
  /** What the bot and staff have written, oldest first. */
  seen(): readonly Said[];
  /** Files from us. */
  files(): Shared;
}

export interface FolkMember {
  /** Writes in the thread of a case, or in the room (`null`). */
  say(text: string, caseNumber: string | null): Promise<void>;
  /** Presses the newest button of that label, of the message that has these words. */
  press(label: string, within?: string): Promise<void>;
  /** The form that is open before this person, on platforms that have forms. */
  form(): Form | null;
  submit(values: Readonly<Record<string, string>>): Promise<void>;
  /** Closes the form without sending it. */
  close(): Promise<void>;
  /** Sends a photo where a case stands, with these words. */
  photo(caption: string, caseNumber: string): Promise<void>;
}

export interface Folk {
  readonly name: "telegram" | "slack" | "wecom";
  /** The nth customer; the same number is the same person. */
  customer(number: number): FolkCustomer;
  /** @param staff id of a member of staff in the profile */
  member(staff: string): FolkMember;
  /** What can be read in the team chat, oldest first. */
  room(): readonly Said[];
  /** Files from us in the team chat. */
  roomFiles(): Shared;
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

const WITHOUT_FORMS = {
  form: () => null,
  submit: () => Promise.reject(new Error("there are no forms on this platform")),
  close: () => Promise.resolve(),
};

type Card = Readonly<Record<string, unknown>>;

/** What a member reads on a card: its title, its words, its lines. */
function wordsOfCard(card: Card): string {
  const part = (name: string, field: string): string => String((card[name] as Card | undefined)?.[field] ?? "");
  const lines = ((card["horizontal_content_list"] ?? []) as Card[]).map((line) => `${line["keyname"]}：${line["value"] ?? ""}`);
  return [
    [part("main_title", "title"), part("main_title", "desc")].filter(Boolean).join(" · "),
    String(card["sub_title_text"] ?? ""),
    ...lines,
    part("quote_area", "quote_text"),
  ]
    .filter(Boolean)
    .join("\n");
}

export function telegramFolk(emulator: TelegramEmulator, colleagues: readonly Colleague[]): Folk {
  const { staff } = emulator;
  for (const { telegram: account, name } of colleagues) staff.member(Number(account), name);
  return {
    name: "telegram",
    customer(number) {
      const person = emulator.customer(5_000 + number, { name: `客户${number}`, language: "zh-hans" });
      return {
        conversation: `telegram:${person.id}`,
        open: () => person.start(),
        say: (text) => person.say(text),
        press: async (label) => void (await person.press(label)),
        photo: () => person.photo(),
        seen: () => person.seen().map(({ text, buttons, media }) => ({ text, buttons, files: media === null ? [] : [media] })),
        files: () => person.seen().flatMap((one) => one.media ?? []),
      };
    },
    member(id) {
      const { telegram: account, name } = find(colleagues, id);
      const person = staff.member(Number(account), name);
      const topicOf = (caseNumber: string | null): number | null =>
        (caseNumber === null ? null : staff.topics().find((one) => one.name.includes(caseNumber)))?.id ?? null;
      return {
        say: async (text, caseNumber) => void (await person.say(text, topicOf(caseNumber))),
        press: async (label, within) => void (await person.press(label, within)),
        ...WITHOUT_FORMS,
        photo: (caption, caseNumber) => person.photo(topicOf(caseNumber), caption),
      };
    },
    roomFiles: () => staff.topics().flatMap((topic) => staff.seen(topic.id).flatMap((one) => one.media ?? [])),
    room: () =>
      [null, ...staff.topics().map((topic) => topic.id)].flatMap((thread) =>
        staff.seen(thread).map(({ text, buttons, media }) => ({ text, buttons, files: media === null ? [] : [media] })),
      ),
  };
}

export function slackFolk(emulator: SlackEmulator, colleagues: readonly Colleague[]): Folk {
  const reader = emulator.staff("U0READER", { name: "Reader" });
  for (const { slack: account, name } of colleagues) emulator.staff(account, { name });
  const named = (text: string): string => colleagues.reduce((words, { slack, name }) => words.replaceAll(`@${slack}`, `@${name}`), text);
  return {
    name: "slack",
    customer(number) {
      const person = emulator.customer(`U0CUST${number}`, { name: `客户${number}`, locale: "zh-CN" });
      return {
        conversation: `slack:${person.channel}`,
        open: () => person.openHome(),
        say: async (text) => void (await person.say(text)),
        press: async (label) => void (await person.press(label)),
        photo: async () => void (await person.photo()),
        seen: () => person.seen().map(({ text, buttons, files }) => ({ text, buttons, files })),
        files: () => person.seen().flatMap((one) => one.files),
      };
    },
    member(id) {
      const { slack: account, name } = find(colleagues, id);
      const person = emulator.staff(account, { name });
      const whereOf = (caseNumber: string | null) => {
        const root =
          caseNumber === null
            ? undefined
            : person
                .seen(emulator.staffChannel)
                .find((one) => one.text.includes(caseNumber) && (one.thread === null || one.thread === one.ts));
        return { channel: emulator.staffChannel, ...(root ? { thread: root.ts } : {}) };
      };
      return {
        say: async (text, caseNumber) => void (await person.say(text, whereOf(caseNumber))),
        async photo(caption, caseNumber) {
          await person.say(caption, { ...whereOf(caseNumber), files: [{ name: "photo.jpg", mime: "image/jpeg" }] });
        },
        press: async (label, within) => void (await person.press(label, { channel: emulator.staffChannel, within: within ?? "" })),
        form: () => person.form(),
        async submit(values) {
          const { closed, errors } = await person.submit(values);
          if (!closed) throw new Error(Object.values(errors).join(" "));
        },
        close: async () => {
          emulator.workspace.users.get(account)!.modal = null;
        },
      };
    },
    roomFiles: () => reader.seen(emulator.staffChannel).flatMap((one) => one.files),
    room: () => reader.seen(emulator.staffChannel).map(({ text, buttons, files }) => ({ text: named(text), buttons, files })),
  };
}

export function wecomFolk(emulator: WecomEmulator, colleagues: readonly Colleague[]): Folk {
  const inbox = (user: string): Said[] => {
    const { texts, cards } = emulator.staff(user).seen();
    const shown = cards.map(({ card }) => ({
      text: wordsOfCard(card),
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
        photo: async () => void (await person.send("image")),
        seen: () => person.seen().map(({ text, buttons }) => ({ text, buttons: buttons.map((button) => button.label) })),
        files: () =>
          person
            .seen()
            .filter((one) => ["image", "voice", "video", "file"].includes(one.msgtype))
            .map((one) => one.msgtype),
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
        press: async (label, within) => void (await person.press(label, within)),
        ...WITHOUT_FORMS,
        // The app's chat takes no words with a picture: it belongs to the case at hand, and stays inside.
        async photo() {
          await person.send("STAFF-MEDIA");
        },
      };
    },
    roomFiles: () =>
      emulator
        .staff(colleagues[0]!.wecom)
        .seen()
        .media.map((one) => one.msgtype),
    room: () => inbox(colleagues[0]!.wecom),
  };
}
