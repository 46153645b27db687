/**
 * Sends messages to customers. Each part goes under a key of ours (`msgid`), so that a part that arrived is not sent twice:
 * what we know to have arrived is left out, and what the platform refuses to take a second time has arrived.
 */
import type { Channel, Delivery } from "../../core/ports.ts";
import type { ConversationId, StoredMessage } from "../../core/spine/events.ts";
import { messagesNeeded } from "../../core/spine/push-window.ts";
import { KF_CAPABILITIES } from "./capabilities.ts";
import { errcodeOf, retryAfterMs, type WecomApi } from "./client.ts";
import { reactionTo } from "./codes.ts";
import { CHANNEL, chatOf, entryId, type KfChat, sendKey } from "./ids.ts";
import { createMediaMover } from "./media.ts";
import { type EventCode, eventCodeOf, keep, lateFailureOf, recall } from "./memory.ts";
import { EVENT_MENU_ITEMS, type KfBody, renderLocation, renderNumbered, renderWords, textOfMenu } from "./render.ts";
import type { Sessions } from "./sessions.ts";
import type { WecomDependencies } from "./types.ts";

/** Keys remembered at most; a delivery ends within two hours. */
const MOST_KEYS = 10_000;

/** Why something was not sent. */
type NotSent = Exclude<Delivery, { readonly result: "sent" }>;
/** What became of one part. */
type PartResult = "sent" | NotSent;

export function createKfChannel(
  api: WecomApi,
  sessions: Sessions,
  dependencies: Pick<WecomDependencies, "store" | "intake" | "clock" | "log">,
): Channel {
  const { store, intake, clock, log } = dependencies;
  const mover = createMediaMover(api, dependencies);
  const startedAt = clock.now();
  /** Keys used by this process: `sent` for sure, or `unknown` when the answer got lost. */
  const used = new Map<string, "sent" | "unknown">();

  function note(key: string, what: "sent" | "unknown"): void {
    used.delete(key);
    used.set(key, what);
    if (used.size > MOST_KEYS) used.delete(used.keys().next().value!);
  }

  /**
   * The page says that a repeated key is an error and not which. So a refusal that no list explains, of a key that may have been
   * used before, is that error; a refusal of the request itself is so only when an answer was lost in this process.
   */
  function wasUsedBefore(key: string, message: StoredMessage, errcode: number): boolean {
    const reaction = reactionTo(errcode);
    if (used.get(key) === "unknown") return reaction === "unknown" || reaction === "bug";
    return reaction === "unknown" && !used.has(key) && message.at < startedAt;
  }

  async function sendPart(message: StoredMessage, key: string, call: string, body: Record<string, unknown>): Promise<PartResult> {
    if (used.get(key) === "sent") return lateResult(key);
    try {
      await api.post(call, { ...body, msgid: key });
    } catch (error) {
      const errcode = errcodeOf(error);
      if (errcode === null) {
        note(key, "unknown");
        return { result: "retry", reason: "WeChat Work could not be reached", afterMs: null };
      }
      if (!wasUsedBefore(key, message, errcode)) return resultOf(errcode);
      log("info", "wecom_already_sent", { errcode });
    }
    note(key, "sent");
    return lateResult(key);
  }

  /** It arrived at the platform; has the platform said since that it went no further? */
  async function lateResult(key: string): Promise<PartResult> {
    const failed = await recall(store, lateFailureOf(key));
    return failed === null ? "sent" : { result: "refused", reason: failed };
  }

  /** Words by the right that an event gave: one message, once. `null` = the right is gone. */
  async function answerEvent(message: StoredMessage, code: EventCode): Promise<Delivery | null> {
    const bodies = renderWords(message, EVENT_MENU_ITEMS);
    // After a hand-over only text may follow; a menu may after the welcome.
    const body = code.for === "welcome" ? bodies[0] : renderNumbered(message)[0];
    if (body === undefined) return null;
    const key = sendKey(message.conversation, message.id, 0);
    const result = await sendPart(message, key, "kf/send_msg_on_event", { code: code.code, ...body });
    if (result !== "sent" && result.result === "retry") return result;
    await keep(store, eventCodeOf(message.conversation), null);
    return result === "sent" ? { result: "sent", messages: 1 } : null;
  }

  async function bodiesOf(message: StoredMessage): Promise<readonly KfBody[] | NotSent> {
    const words = renderWords(message);
    const { media } = message;
    if (media === null) return words;
    try {
      const place = media.kind === "location" ? renderLocation(media.ref, media.name) : null;
      const prepared = place === null ? await mover.prepare(media) : null;
      const body: KfBody | null =
        place ?? (prepared === null ? null : { msgtype: prepared.msgtype, [prepared.msgtype]: { media_id: prepared.mediaId } });
      if (body !== null) return [body, ...words];
      return { result: "refused", reason: `a ${media.kind} from elsewhere can't be sent on WeChat` };
    } catch (error) {
      const errcode = errcodeOf(error);
      return errcode === null ? { result: "retry", reason: "media could not be moved", afterMs: null } : resultOf(errcode);
    }
  }

  async function sendAll(chat: KfChat, message: StoredMessage, bodies: readonly KfBody[], keyed: string): Promise<Delivery> {
    for (const [index, body] of bodies.entries()) {
      const key = sendKey(message.conversation, `${message.id}${keyed}`, index);
      const result = await sendPart(message, key, "kf/send_msg", { touser: chat.customer, open_kfid: chat.openKfId, ...body });
      if (result === "sent") continue;
      if (result.reason === MENU_REFUSED && keyed === "") {
        log("error", "wecom_menu_refused", {});
        const plain = renderNumbered({ text: textOfMenu(body), buttons: message.buttons });
        const rest = await sendAll(chat, message, plain, "#");
        return rest.result === "sent" ? { result: "sent", messages: index + plain.length } : rest;
      }
      if (result.reason === NOT_OURS) return judgeSession(message.conversation);
      if (result.reason.startsWith(CUSTOMER_GONE)) await tellGone(message, result.reason);
      return result;
    }
    const expected = messagesNeeded(KF_CAPABILITIES, message);
    return bodies.length === expected ? { result: "sent" } : { result: "sent", messages: bodies.length };
  }

  /** The conversation hears that its customer can't be reached; what they write next takes it back. */
  async function tellGone({ conversation, id }: StoredMessage, reason: string): Promise<void> {
    const event = { kind: "reach", reachable: false, reason } as const;
    await intake.accept([{ id: entryId(conversation, `gone:${id}`), conversation, receivedAt: clock.now(), event }]);
  }

  /** The platform said that we may not speak: why not? */
  async function judgeSession(conversation: ConversationId): Promise<Delivery> {
    try {
      const { state } = await sessions.refresh(conversation);
      return state === 2 || state === 3 ? ATTENDED : { result: "refused", reason: "window_closed" };
    } catch {
      return { result: "retry", reason: "the session's state could not be asked for", afterMs: null };
    }
  }

  return {
    name: CHANNEL,
    capabilities: KF_CAPABILITIES,
    async send(message) {
      const chat = chatOf(message.conversation);
      if (chat === null) return { result: "refused", reason: "no conversation of WeChat customer service" };
      const code = await recall(store, eventCodeOf(message.conversation));
      const session = await sessions.current(message.conversation).catch(() => null);
      const state = session?.state ?? 0;
      if (code !== null && clock.now() <= code.until && message.media === null && (code.for === "welcome" || state >= 2)) {
        const answered = await answerEvent(message, code);
        if (answered !== null) return answered;
        // A greeting that came too late was asked for by nobody.
        if (code.for === "welcome") return { result: "refused", reason: "the welcome came too late", attended: true };
      }
      if (state === 2 || state === 3) return ATTENDED;
      const bodies = await bodiesOf(message);
      return "result" in bodies ? bodies : sendAll(chat, message, bodies, "");
    },
  };
}

const CUSTOMER_GONE = "customer_gone";
const MENU_REFUSED = "menu_refused";
const NOT_OURS = "session_not_ours";
const ATTENDED: Delivery = { result: "refused", reason: "a colleague talks with the customer in WeChat Work", attended: true };

function resultOf(errcode: number): NotSent {
  const afterMs = retryAfterMs(errcode);
  if (afterMs !== null) return { result: "retry", reason: `errcode ${errcode}`, afterMs };
  switch (reactionTo(errcode)) {
    case "quota":
      return { result: "refused", reason: "quota_spent" };
    case "window":
      return { result: "refused", reason: "window_closed" };
    case "session":
      return { result: "refused", reason: NOT_OURS };
    case "menu":
      return { result: "refused", reason: MENU_REFUSED };
    case "customer":
      return { result: "refused", reason: `${CUSTOMER_GONE}: errcode ${errcode}` };
    default:
      return { result: "refused", reason: `errcode ${errcode}` };
  }
}
