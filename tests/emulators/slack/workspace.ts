/** A workspace as Slack keeps it: people, channels, messages, files, views. No network here. */
import type { JsonObject } from "./limits.ts";

export const BOT_USER = "U0BOT";
export const BOT_ID = "B0BOT";
export const TEAM = "T0SHOP";
export const APP = "A0ANXIN";

export interface Channel {
  readonly id: string;
  readonly kind: "im" | "channel";
  /** The person of a direct message. */
  readonly user: string | null;
  readonly members: Set<string>;
  archived: boolean;
  shared: boolean;
  readonly messages: JsonObject[];
  /** Words that one person alone sees. */
  readonly whispers: { readonly user: string; readonly text: string; readonly thread: string | null }[];
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  disabled: boolean;
  home: JsonObject | null;
  modal: JsonObject | null;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  bytes: Buffer | null;
  readonly shares: Set<string>;
  readonly secretPath: string;
}

export interface Workspace {
  readonly channels: Map<string, Channel>;
  readonly users: Map<string, User>;
  readonly files: Map<string, StoredFile>;
  /** Unique and growing. */
  nextTs(): string;
  nextNumber(): number;
  addUser(id: string, name: string, locale: string): User;
  addChannel(id: string, members: readonly string[]): Channel;
  /** The direct message channel of a person with the app. */
  direct(user: string): Channel;
  addFile(name: string, mime: string, bytes: Buffer | null): StoredFile;
  /** A trigger works once and for three seconds. */
  newTrigger(user: string): string;
  /** Whom it was made for. */
  openerOf(trigger: string): string;
  useTrigger(trigger: string): "good" | "expired_trigger_id" | "exchanged_trigger_id" | "invalid_trigger_id";
}

const TRIGGER_MS = 3_000;

export function createWorkspace(now: () => number): Workspace {
  const channels = new Map<string, Channel>();
  const users = new Map<string, User>();
  const files = new Map<string, StoredFile>();
  const triggers = new Map<string, { readonly at: number; readonly user: string; used: boolean }>();
  let counter = 0;
  const workspace: Workspace = {
    channels,
    users,
    files,
    nextNumber: () => ++counter,
    nextTs: () => `${Math.floor(now() / 1_000)}.${String(++counter).padStart(6, "0")}`,
    addUser(id, name, locale) {
      const known = users.get(id);
      if (known) return known;
      const user: User = { id, name, locale, disabled: false, home: null, modal: null };
      users.set(id, user);
      return user;
    },
    addChannel(id, members) {
      const channel: Channel = {
        id,
        kind: "channel",
        user: null,
        members: new Set(members),
        archived: false,
        shared: false,
        messages: [],
        whispers: [],
      };
      channels.set(id, channel);
      return channel;
    },
    direct(user) {
      const id = `D${user}`;
      const known = channels.get(id);
      if (known) return known;
      const channel: Channel = {
        id,
        kind: "im",
        user,
        members: new Set([user, BOT_USER]),
        archived: false,
        shared: false,
        messages: [],
        whispers: [],
      };
      channels.set(id, channel);
      return channel;
    },
    addFile(name, mime, bytes) {
      const id = `F${String(++counter).padStart(8, "0")}`;
      const file: StoredFile = { id, name, mime, bytes, shares: new Set(), secretPath: `${id}-${counter}` };
      files.set(id, file);
      return file;
    },
    newTrigger(user) {
      const trigger = `${counter}.${now()}.${++counter}`;
      triggers.set(trigger, { at: now(), user, used: false });
      return trigger;
    },
    openerOf: (id) => triggers.get(id)?.user ?? "",
    useTrigger(id) {
      const trigger = triggers.get(id);
      if (!trigger) return "invalid_trigger_id";
      if (trigger.used) return "exchanged_trigger_id";
      if (now() - trigger.at > TRIGGER_MS) return "expired_trigger_id";
      trigger.used = true;
      return "good";
    },
  };
  return workspace;
}
