/**
 * The three emulated platforms side by side, each with customers who write and staff who work in its team chat, in one form. The
 * service runs before them as it would before the real ones: over HTTP, with settings.
 */
import type { Profile } from "../../core/profile/schema.ts";
import { startSlackEmulator } from "./slack/index.ts";
import { startTelegramEmulator } from "./telegram/index.ts";
import { ACCOUNT, startWecomEmulator } from "./wecom/index.ts";

export interface Said {
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface StreetCustomer {
  /** As the service keeps the conversation. */
  readonly conversation: string;
  open(): Promise<void>;
  say(text: string): Promise<void>;
  /** Presses the newest button of that label. */
  press(label: string): Promise<void>;
  /** What the bot and staff have written, oldest first. */
  seen(): readonly Said[];
}

export interface StreetMember {
  /** Writes in the thread of a case, or in the room (`null`). */
  say(text: string, caseNumber: string | null): Promise<void>;
  press(label: string): Promise<void>;
}

export interface StreetPlatform {
  readonly name: "telegram" | "slack" | "wecom";
  /** Settings of the service for this platform. */
  readonly environment: Readonly<Record<string, string>>;
  customer(number: number): StreetCustomer;
  member(staff: string): StreetMember;
  /** What can be read in the team chat, oldest first. */
  room(): readonly Said[];
  close(): Promise<void>;
}

export interface Street {
  readonly platforms: readonly StreetPlatform[];
  readonly environment: Readonly<Record<string, string>>;
  /** The profile with its staff known on every platform. */
  peopled(profile: Profile): Profile;
  /** Tells the platforms where the service answers. */
  attach(address: string): void;
  close(): Promise<void>;
}

/** The account of the nth member of staff on each platform. */
const accounts = (index: number) => ({ telegram: String(9_000 + index), slack: `U0STAFF${index}`, wecom: `staff${index}` });

export async function openStreet(profile: Profile, clock: { now(): number } = { now: () => Date.now() }): Promise<Street> {
  const staff = profile.staff.map((member, index) => ({ id: member.id, name: member.name["zh-CN"], ...accounts(index) }));
  const of = (id: string) => {
    const member = staff.find((one) => one.id === id);
    if (!member) throw new Error(`no member of staff has the id ${id}; wanted one of ${staff.map((one) => one.id).join(", ")}`);
    return member;
  };
  const telegram = await openTelegram(clock, of);
  const slack = await openSlack(clock, of);
  const wecom = await openWecom(
    clock,
    of,
    staff.map((one) => one.wecom),
  );
  const platforms = [telegram.platform, slack.platform, wecom.platform];
  return {
    platforms,
    environment: Object.assign({}, ...platforms.map((one) => one.environment)) as Record<string, string>,
    peopled: (before) => ({
      ...before,
      staff: before.staff.map((member, index) => ({ ...member, channels: accounts(index) })),
    }),
    attach(address) {
      slack.emulator.requestUrl = `${address}/channels/slack`;
      wecom.emulator.callbacks.url = `${address}/channels/wecom`;
    },
    async close() {
      for (const one of platforms) await one.close();
    },
  };
}

type Clock = { now(): number };
type Of = (id: string) => { readonly name: string; readonly telegram: string; readonly slack: string; readonly wecom: string };

async function openTelegram(clock: Clock, of: Of) {
  const emulator = await startTelegramEmulator({ clock });
  const { staff } = emulator;
  const platform: StreetPlatform = {
    name: "telegram",
    environment: {
      TELEGRAM_BOT_TOKEN: emulator.token,
      TELEGRAM_API_ROOT: emulator.url,
      TELEGRAM_MODE: "polling",
      TELEGRAM_STAFF_CHAT: String(staff.group.id),
    },
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
      const { telegram: account, name } = of(id);
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
    close: () => emulator.close(),
  };
  return { emulator, platform };
}

async function openSlack(clock: Clock, of: Of) {
  const emulator = await startSlackEmulator({ clock });
  const reader = emulator.staff("U0READER", { name: "Reader" });
  const platform: StreetPlatform = {
    name: "slack",
    environment: {
      SLACK_BOT_TOKEN: emulator.botToken,
      SLACK_SIGNING_SECRET: emulator.signingSecret,
      SLACK_API_URL: emulator.url,
      SLACK_STAFF_CHANNEL: emulator.staffChannel,
    },
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
      const { slack: account, name } = of(id);
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
    close: () => emulator.close(),
  };
  return { emulator, platform };
}

async function openWecom(clock: Clock, of: Of, members: readonly string[]) {
  const emulator = await startWecomEmulator({ clock, staff: members });
  const { company } = emulator;
  const inbox = (user: string): Said[] => {
    const { texts, cards } = emulator.staff(user).seen();
    const shown = cards.map(({ card }) => ({
      text: JSON.stringify(card),
      buttons: ((card["button_list"] ?? []) as { readonly text: string }[]).map((button) => button.text),
    }));
    return [...shown, ...texts.map((text) => ({ text, buttons: [] }))];
  };
  const platform: StreetPlatform = {
    name: "wecom",
    environment: {
      WECOM_CORP_ID: company.corpId,
      WECOM_AGENT_ID: company.agentId,
      WECOM_SECRET: company.secret,
      WECOM_TOKEN: company.token,
      WECOM_AES_KEY: company.aesKey,
      WECOM_API_ROOT: emulator.url,
      WECOM_STAFF: members.join(","),
    },
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
      const person = emulator.staff(of(id).wecom);
      return {
        // There are no threads: a command names its case, and what follows is about the same one.
        async say(text, caseNumber) {
          const named = caseNumber === null ? text : text.replace(/^(\/\S+)/, `$1 ${caseNumber}`);
          await person.say(named);
        },
        press: async (label) => void (await person.press(label)),
      };
    },
    room: () => inbox(members[0]!),
    close: () => emulator.close(),
  };
  return { emulator, platform };
}
