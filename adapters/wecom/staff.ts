/**
 * Where staff sit: the app's chat with each member of WECOM_STAFF, a group robot for announcements, and the AI bot's group where
 * there is one.
 *
 * - Each member has a chat of their own with the app. Words that call someone by name go to them alone; a card, a page and words
 *   that call nobody go to all. Members may get 30 messages a minute, and what is more is dropped without a word.
 * - A card is changed with a one-time code: one comes with the sending, one with each press. Without a code the card stays as
 *   it was until somebody presses it, and the words go as a text; a page brings a fresh card.
 * - A post of no case is an announcement: it goes to the group, when there is one.
 */
import type { StaffChannel, StaffPlace, StaffPost } from "../../core/ports.ts";
import { HOUR_MS } from "../../core/time.ts";
import type { Aibot } from "./aibot.ts";
import { STAFF_CAPABILITIES } from "./capabilities.ts";
import { type Answer, errcodeOf, type WecomApi } from "./client.ts";
import { CHANNEL, hashOf } from "./ids.ts";
import { createMediaMover } from "./media.ts";
import { cardOf, recall } from "./memory.ts";
import { attempt, demandPace, NotSent } from "./not-sent.ts";
import { createPacer, MEMBER_PACE, WEBHOOK_PACE } from "./pacing.ts";
import { type CardBody, renderCard, renderPostTexts, renderQuestion, taskOf } from "./render-staff.ts";
import type { WecomDependencies } from "./types.ts";
import { WORDS } from "./words.ts";

/** A code is good for 72 hours (document 94888); an hour less. */
const CODE_MS = 71 * HOUR_MS;
/** The platform drops a request that it has had within this time, s: a retry whose first answer got lost is not shown twice. */
const DUPLICATE_CHECK_S = 600;
/** Members in one call. */
const MOST_MEMBERS = 1_000;
/** Key of the button that the adapter adds to cards of its own customers. */
export const TAKE_OVER = "wecom:takeover";
/** What a post has done already, so that a retry does not do it again; forgotten after this time. */
const PROGRESS_MS = 3 * HOUR_MS;

export interface WecomStaff extends StaffChannel {
  /** Says something to one member alone. A failure is logged. */
  tell(user: string, text: string): Promise<void>;
}

/** @param isOurs whether a case's customer writes on this channel, so that the session can be taken over */
export function createWecomStaff(
  api: WecomApi,
  dependencies: Pick<WecomDependencies, "settings" | "store" | "clock" | "log">,
  aibot: Aibot | null,
  isOurs: (caseNumber: string) => Promise<boolean>,
): WecomStaff {
  const { settings, store, clock, log } = dependencies;
  const members = createPacer(MEMBER_PACE, clock);
  const group = createPacer(WEBHOOK_PACE, clock);
  const mover = createMediaMover(api, dependencies);
  const startedAt = clock.now();
  let told = 0;
  const progress = new Map<string, { readonly done: Map<string, unknown>; readonly until: number }>();

  /** Runs a step of a post once, however often the post is sent, and remembers what came of it. */
  async function once<T>(post: StaffPost, step: string, work: () => Promise<T>): Promise<T> {
    const now = clock.now();
    for (const [id, { until }] of progress) {
      if (until > now) break;
      progress.delete(id);
    }
    const entry = progress.get(post.id) ?? { done: new Map<string, unknown>(), until: now + PROGRESS_MS };
    progress.set(post.id, entry);
    if (entry.done.has(step)) return entry.done.get(step) as T;
    const result = await work();
    entry.done.set(step, result);
    return result;
  }

  /** Everybody, for cards and pages. */
  const everyone = (post: StaffPost): readonly string[] => [...new Set([...settings.staff, ...post.mention])];
  /** Those whom the words are for. */
  const called = (post: StaffPost): readonly string[] =>
    post.page || post.mention.length === 0 ? everyone(post) : [...new Set(post.mention)];

  /** One message of the app. `key` makes requests that look alike different ones for the platform's check of duplicates. */
  async function sendApp(users: readonly string[], key: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    demandPace(members, users);
    return attempt(() =>
      api.post("message/send", {
        touser: users.join("|"),
        agentid: Number(settings.agentId),
        ...body,
        enable_duplicate_check: 1,
        duplicate_check_interval: DUPLICATE_CHECK_S,
        client_key: hashOf(key),
      }),
    );
  }

  async function sendToAll(users: readonly string[], key: string, body: Readonly<Record<string, unknown>>): Promise<Answer | null> {
    let last: Answer | null = null;
    for (let from = 0; from < users.length; from += MOST_MEMBERS)
      last = await sendApp(users.slice(from, from + MOST_MEMBERS), `${key}:${from}`, body);
    const unknown = last?.["invaliduser"];
    if (typeof unknown === "string" && unknown !== "") log("warn", "wecom_members_unknown", { count: unknown.split("|").length });
    return last;
  }

  async function sendGroup(post: StaffPost): Promise<void> {
    const url = settings.groupWebhook!;
    for (const [index, content] of renderPostTexts(post).entries()) {
      await once(post, `group ${index}`, async () => {
        demandPace(group, ["group"]);
        const mention = index === 0 && post.page ? ["@all"] : index === 0 ? post.mention : [];
        await attempt(() => api.postTo("webhook/send", url, { msgtype: "text", text: { content, mentioned_list: mention } }));
      });
    }
  }

  async function sendMedia(users: readonly string[], post: StaffPost): Promise<void> {
    const { media } = post;
    if (media === null) return;
    await once(post, "media", async () => {
      const number = post.case === null ? "" : `${post.case} `;
      const prepared = await attempt(() => mover.prepare(media)).catch((error: unknown) => {
        // A picture that is gone must not keep the words from arriving.
        if (error instanceof NotSent && error.result.result === "refused") return null;
        throw error;
      });
      const place = media.kind === "location" ? ` ${media.ref}` : "";
      const note = `${number}${WORDS.media[media.kind]}${media.name === null ? "" : ` ${media.name}`}${place}`;
      for (const content of renderPostTexts({ text: note, case: null })) await sendToAll(users, `${post.id}:media-note`, text(content));
      if (prepared !== null)
        await sendToAll(users, `${post.id}:media`, { msgtype: prepared.msgtype, [prepared.msgtype]: { media_id: prepared.mediaId } });
    });
  }

  /** Changes the card that members have, if there is a right to. @returns whether it was changed */
  async function updateCard(post: StaffPost, body: CardBody): Promise<boolean> {
    const note = await recall(store, cardOf(post.case!));
    if (note === null || note.code === null || clock.now() > note.until) return false;
    // Used up whatever becomes of it: a code works once.
    await store.unit((unit) => cardOf(post.case!).set(unit, { ...note, code: null }));
    try {
      await api.post("message/update_template_card", {
        atall: 1,
        agentid: Number(settings.agentId),
        response_code: note.code,
        template_card: { ...body, task_id: note.task },
      });
      return true;
    } catch (error) {
      log("info", "wecom_card_not_changed", { errcode: errcodeOf(error) });
      return false;
    }
  }

  async function freshCard(users: readonly string[], post: StaffPost, body: CardBody): Promise<string> {
    await once(post, "card", async () => {
      const answer = await sendToAll(users, `${post.id}:card`, { msgtype: "template_card", template_card: body });
      const code = answer?.["response_code"];
      if (post.case !== null && typeof code === "string" && code !== "")
        await store.unit((unit) => cardOf(post.case!).set(unit, { task: body.task_id, code, until: clock.now() + CODE_MS }));
    });
    return body.task_id;
  }

  async function withOurButtons(post: StaffPost): Promise<StaffPost> {
    const { card, buttons } = post;
    if (card === null || card.done || buttons.length === 0 || buttons.length >= STAFF_CAPABILITIES.buttons) return post;
    if (!(await isOurs(card.case))) return post;
    return { ...post, buttons: [...buttons, { id: TAKE_OVER, label: WORDS.takeOver }] };
  }

  async function sendToApp(given: StaffPost, place: StaffPlace | null): Promise<StaffPlace> {
    const post = await withOurButtons(given);
    let shown = place?.card ?? null;
    let wordsShown = false;
    if (post.card !== null) {
      const body = renderCard(post.card, post, taskOf(post));
      const changed = shown !== null && (await once(post, "update", () => updateCard(post, body)));
      if (!changed && (shown === null || post.page)) {
        shown = await freshCard(everyone(post), post, body);
        wordsShown = body["sub_title_text"] === post.text;
      }
    } else if (post.buttons.length > 0) {
      shown = await freshCard(called(post), post, renderQuestion(post, taskOf(post)));
      wordsShown = [...post.text].length <= 36;
    }
    if (!wordsShown)
      for (const [index, content] of renderPostTexts(post).entries())
        await once(post, `text ${index}`, () => sendToAll(called(post), `${post.id}:${index}`, text(content)));
    await sendMedia(called(post), post);
    return { thread: null, card: shown };
  }

  async function send(post: StaffPost, place: StaffPlace | null): Promise<StaffPlace> {
    const group = settings.groupWebhook !== null;
    const announcement = post.case === null && post.card === null && post.buttons.length === 0 && post.media === null;
    const hasApp = settings.staff.length > 0 || post.mention.length > 0;
    if (group && (announcement || !hasApp)) {
      await sendGroup(post);
      // A page rings everywhere.
      if (!post.page || !hasApp) return place ?? { thread: null, card: null };
    }
    if (aibot !== null) {
      const stood = await aibot.post(post, place, (step, work) => once(post, step, work));
      if (stood !== null && !post.page) return stood;
    }
    if (!hasApp) throw new NotSent({ result: "refused", reason: "no member of staff is set: WECOM_STAFF is empty" });
    const stands = await sendToApp(post, place);
    if (group && post.page && !announcement)
      await sendGroup(post).catch((error: unknown) => log("warn", "wecom_group_not_paged", { errcode: errcodeOf(error) }));
    return stands;
  }

  return {
    name: CHANNEL,
    capabilities: STAFF_CAPABILITIES,
    async send(post, place) {
      try {
        return { result: "sent", place: await send(post, place) };
      } catch (error) {
        if (error instanceof NotSent) return error.result;
        throw error;
      }
    },
    async tell(user, words) {
      try {
        for (const [index, content] of renderPostTexts({ text: words, case: null }).entries())
          await sendApp([user], `tell:${startedAt}:${++told}:${index}`, text(content));
      } catch (error) {
        log("warn", "wecom_member_not_told", { errcode: errcodeOf(error) });
      }
    },
  };
}

function text(content: string): Readonly<Record<string, unknown>> {
  return { msgtype: "text", text: { content } };
}
