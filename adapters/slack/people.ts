/** People as Slack knows them: their direct message channel, name and language. Remembered, because Slack counts the questions. */
import type { Language } from "../../core/language.ts";
import type { Store } from "../../core/ports.ts";
import type { SlackApi } from "./api.ts";
import { directKey, isChannelId } from "./ids.ts";
import { objectIn, textIn } from "./types.ts";
import { languageOfLocale } from "./words.ts";

export interface Profile {
  readonly name: string | null;
  readonly language: Language | null;
  /** As Slack writes it, such as `zh-TW`. */
  readonly locale: string | null;
}

export interface People {
  /** The direct message channel of a person with the app; `null` when Slack gives none, or not in time. */
  directOf(user: string): Promise<string | null>;
  /** Remembers a channel that an event named. */
  learnDirect(user: string, channel: string): Promise<void>;
  /** What Slack says of a person, or nothings when that takes too long. */
  profileOf(user: string): Promise<Profile>;
}

const UNKNOWN: Profile = { name: null, language: null, locale: null };
const REMEMBERED = 10_000;

/** @param withinMs how long an answer may take: people wait on the other side */
export function createPeople(api: SlackApi, store: Store, withinMs: number): People {
  const directs = new Map<string, string>();
  const profiles = new Map<string, Profile>();
  const remember = <Value>(map: Map<string, Value>, key: string, value: Value): void => {
    map.delete(key);
    map.set(key, value);
    if (map.size > REMEMBERED) map.delete(map.keys().next().value!);
  };

  /** Resolves to `otherwise` when the answer takes too long; then it is remembered for the next time. */
  function soon<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Value>((resolve) => {
      timer = setTimeout(() => resolve(otherwise), withinMs);
    });
    work.catch(() => undefined);
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }

  async function learnDirect(user: string, channel: string): Promise<void> {
    if (directs.get(user) === channel) return;
    remember(directs, user, channel);
    await store.unit(async (unit) => {
      if ((await unit.meta.get(directKey(user))) !== channel) await unit.meta.set(directKey(user), channel);
    });
  }

  async function openDirect(user: string): Promise<string | null> {
    const opened = await api.call("conversations.open", { users: user });
    const channel = opened.ok ? textIn(objectIn(opened.data, "channel"), "id") : null;
    if (channel === null || !isChannelId(channel)) return null;
    await learnDirect(user, channel);
    return channel;
  }

  async function ask(user: string): Promise<Profile> {
    const info = await api.call("users.info", { user, include_locale: true });
    if (!info.ok) return UNKNOWN;
    const found = objectIn(info.data, "user");
    const profile = objectIn(found, "profile");
    const locale = textIn(found, "locale");
    const name = textIn(profile, "real_name") ?? textIn(found, "real_name") ?? textIn(profile, "display_name");
    const known: Profile = { name: name?.slice(0, 100) ?? null, language: languageOfLocale(locale), locale };
    remember(profiles, user, known);
    return known;
  }

  return {
    learnDirect,
    async directOf(user) {
      const known = directs.get(user) ?? (await store.unit((unit) => unit.meta.get(directKey(user))));
      if (known !== null) {
        remember(directs, user, known);
        return known;
      }
      return soon(openDirect(user), null);
    },
    async profileOf(user) {
      const known = profiles.get(user);
      if (known) return known;
      return soon(ask(user), UNKNOWN);
    },
  };
}
