/**
 * Posts to the staff room: one forum topic a case, with one card that is kept up to date, and a message for each thing said. A
 * topic is a view that can be lost (deleted by hand, archived by Telegram in very large groups): then it is made anew and the
 * card put into it. Where topics can't be made the posts stand in the room itself behind their case's number.
 */
import { createHash } from "node:crypto";
import type { StaffChannel, StaffPost } from "../../core/ports.ts";
import { STAFF_CAPABILITIES } from "./capabilities.ts";
import type { Answer, TelegramClient } from "./client.ts";
import { type Failure, outcomeOf } from "./failure.ts";
import { CHANNEL } from "./ids.ts";
import type { Pacer } from "./pace.ts";
import { type Called, type Part, renderCard, renderPost, staffKeyboard, TOPIC_COLOURS, topicName } from "./render.ts";
import type { CasePlace, Room, StaffButton } from "./room.ts";
import type { Sends } from "./sends.ts";
import type { ButtonTokens } from "./tokens.ts";
import type { TelegramDependencies, TelegramLimits } from "./types.ts";

/** A page that comes again under the same id after so long is meant to sound again. */
const PAGE_AGAIN_MS = 60_000;

export interface StaffParts {
  readonly dependencies: TelegramDependencies;
  readonly limits: TelegramLimits;
  readonly client: TelegramClient;
  readonly sends: Sends;
  readonly pacer: Pacer;
  readonly tokens: ButtonTokens;
  readonly room: Room;
}

/** A failure on the way through several calls; caught in this file. */
class Stopped extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

function need<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Stopped(answer.failure);
  return answer.value;
}

export function createStaffChannel(parts: StaffParts): StaffChannel {
  const { dependencies, limits, client, sends, pacer, tokens, room } = parts;
  const { clock, log } = dependencies;
  const names = new Map<number, string>();

  /** A call in the room that is not a message of its own counts towards its pace all the same. */
  async function paced<T>(chat: number, act: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const wait = await pacer.enter(chat, limits.roomPatienceMs);
    if (wait !== null) return { ok: false, failure: { kind: "busy", afterMs: wait } };
    const answer = await act();
    if (!answer.ok && answer.failure.kind === "busy") pacer.hold(chat, answer.failure.afterMs);
    return answer;
  }

  async function calledOf(chat: number, mention: readonly string[]): Promise<readonly Called[]> {
    const called: Called[] = [];
    for (const id of mention.filter((one) => /^\d{1,16}$/.test(one)).map(Number)) {
      if (!names.has(id)) {
        const member = await client.ask((raw) => raw.getChatMember({ chat_id: chat, user_id: id }));
        if (member.ok) names.set(id, member.value.user.first_name);
        else log("warn", "telegram.mention_unknown", { failure: member.failure.kind });
      }
      const name = names.get(id);
      if (name !== undefined) called.push({ id, name });
    }
    return called;
  }

  async function keyboardOf(chat: number, post: StaffPost) {
    const token = (index: number): string => tokens.ofCase(chat, post.case, post.buttons[index]!.id);
    const until = clock.now() + limits.buttonMs;
    const kept: Record<string, StaffButton> = {};
    post.buttons.forEach((button, index) => {
      kept[token(index)] = { case: post.case, button: button.id, until };
    });
    if (post.buttons.length > 0) await room.keepButtons(kept);
    return staffKeyboard(post.buttons, token);
  }

  /** The case's place; a topic is made when there is none. */
  async function placeOf(chat: number, post: StaffPost, given: CasePlace | null): Promise<CasePlace> {
    const number = post.case!;
    const kept = (await room.place(number)) ?? given;
    if (kept) return kept;
    const name = topicName(number, post.card);
    const made = await paced(chat, () =>
      client.ask((raw) => raw.createForumTopic({ chat_id: chat, name, icon_color: TOPIC_COLOURS[post.card?.urgency ?? "normal"] })),
    );
    let thread: number | null = null;
    if (made.ok) thread = made.value.message_thread_id;
    else if (["refused", "gone"].includes(made.failure.kind) && !isLost(made.failure)) {
      // No forum, or no right to make topics: said loudly, and the case is shown all the same.
      log("error", "telegram.no_topic", { reason: "reason" in made.failure ? made.failure.reason : made.failure.kind });
    } else throw new Stopped(made.failure);
    const place: CasePlace = { thread, card: null, name, shown: null };
    await room.setPlace(number, place);
    return place;
  }

  async function showCard(chat: number, post: StaffPost, place: CasePlace, part: Part): Promise<CasePlace> {
    if (part.kind !== "text") return place;
    const digest = createHash("sha256").update(JSON.stringify(part)).digest("base64url").slice(0, 16);
    if (place.card !== null && place.shown === digest) return place;
    if (place.card !== null) {
      const edited = await paced(chat, () =>
        client.ask((raw) =>
          raw.editMessageText({
            chat_id: chat,
            message_id: place.card!,
            text: part.text,
            entities: [...part.entities],
            link_preview_options: { is_disabled: true },
            ...(part.keyboard ? { reply_markup: part.keyboard } : {}),
          }),
        ),
      );
      if (edited.ok || edited.failure.kind === "not_modified") {
        const changed = { ...place, shown: digest };
        await room.setPlace(post.case!, changed);
        return changed;
      }
      if (edited.failure.kind !== "message_gone" && edited.failure.kind !== "topic_gone") throw new Stopped(edited.failure);
    }
    const sent = need(
      await sends.run({
        key: `card:${chat}:${post.case}`,
        id: `${place.thread ?? "room"}:${place.card ?? "first"}`,
        to: { chat, thread: place.thread, quiet: true },
        parts: [part],
        anewAfterMs: null,
      }),
    );
    const first = { ...place, card: sent[0]!, shown: digest };
    await room.setPlace(post.case!, first);
    await room.posted(sent, { case: post.case!, thread: place.thread, page: false });
    return first;
  }

  /** The topic's name tells the case's state; a name that can't be changed holds nothing up. */
  async function rename(chat: number, post: StaffPost, place: CasePlace): Promise<CasePlace> {
    const name = topicName(post.case!, post.card);
    if (place.thread === null || post.card === null || name === place.name) return place;
    const { thread } = place;
    const renamed = await paced(chat, () => client.ask((raw) => raw.editForumTopic({ chat_id: chat, message_thread_id: thread, name })));
    if (!renamed.ok && renamed.failure.kind !== "not_modified") {
      log("debug", "telegram.topic_not_renamed", { failure: renamed.failure.kind });
      return place;
    }
    const named = { ...place, name };
    await room.setPlace(post.case!, named);
    return named;
  }

  async function write(chat: number, post: StaffPost, place: CasePlace | null, words: readonly Part[]): Promise<void> {
    if (words.length === 0) return;
    const sent = need(
      await sends.run({
        key: `post:${chat}:${post.case ?? "room"}`,
        id: `${post.id}@${place?.thread ?? "room"}`,
        to: { chat, thread: place?.thread ?? null, quiet: false },
        parts: words,
        anewAfterMs: post.page ? PAGE_AGAIN_MS : null,
      }),
    );
    if (post.case !== null) await room.posted(sent, { case: post.case, thread: place?.thread ?? null, page: post.page });
    if (post.page) {
      // A pinned message is told to everyone in the group, also to those who have muted it.
      const pinned = await client.ask((raw) =>
        raw.pinChatMessage({ chat_id: chat, message_id: sent.at(-1)!, disable_notification: false }),
      );
      if (!pinned.ok) log("warn", "telegram.page_not_pinned", { failure: pinned.failure.kind });
    }
  }

  async function sendOfCase(chat: number, post: StaffPost, given: CasePlace | null): Promise<CasePlace> {
    const keyboard = await keyboardOf(chat, post);
    const called = await calledOf(chat, post.mention);
    let place = await placeOf(chat, post, given);
    if (post.card) place = await showCard(chat, post, place, renderCard(post.card, keyboard));
    if (post.text !== "" || post.media) {
      const behind = place.thread === null ? { ...post, text: `【${post.case}】${post.text}` } : post;
      await write(chat, post, place, renderPost(behind, called, post.card ? null : keyboard));
    }
    return rename(chat, post, place);
  }

  async function send(chat: number, post: StaffPost, given: CasePlace | null): Promise<CasePlace | null> {
    if (post.case === null) {
      const called = await calledOf(chat, post.mention);
      await write(chat, post, null, renderPost(post, called, await keyboardOf(chat, post)));
      return null;
    }
    try {
      return await sendOfCase(chat, post, given);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (error.failure.kind === "topic_closed") {
        const { thread } = (await room.place(post.case)) ?? { thread: null };
        if (thread === null) throw error;
        need(await paced(chat, () => client.ask((raw) => raw.reopenForumTopic({ chat_id: chat, message_thread_id: thread }))));
        return sendOfCase(chat, post, given);
      }
      if (error.failure.kind !== "topic_gone") throw error;
      log("warn", "telegram.topic_rebuilt", { case: post.case });
      await room.setPlace(post.case, null);
      return sendOfCase(chat, post, null);
    }
  }

  return {
    name: CHANNEL,
    capabilities: STAFF_CAPABILITIES,
    async send(post, given) {
      for (let moves = 0; ; moves++) {
        const chat = room.chat();
        if (chat === null) return { result: "refused", reason: "no_staff_chat" };
        try {
          const place = await send(chat, post, given ? placeFrom(given) : null);
          return { result: "sent", place: { thread: textOf(place?.thread), card: textOf(place?.card) } };
        } catch (error) {
          if (!(error instanceof Stopped)) throw error;
          if (error.failure.kind === "migrated" && moves === 0) {
            await room.moved(chat, error.failure.to);
            continue;
          }
          if (isLost(error.failure)) log("error", "telegram.staff_chat_lost", { failure: error.failure.kind });
          return outcomeOf(error.failure);
        }
      }
    },
  };
}

const textOf = (id: number | null | undefined): string | null => (id === null || id === undefined ? null : String(id));

function placeFrom(given: { readonly thread: string | null; readonly card: string | null }): CasePlace {
  return {
    thread: given.thread === null ? null : Number(given.thread),
    card: given.card === null ? null : Number(given.card),
    name: "",
    shown: null,
  };
}

/** The bot is not in the room, or may not write there. */
function isLost(failure: Failure): boolean {
  return failure.kind === "gone" && (failure.reason === "kicked" || failure.reason === "chat_not_found");
}
