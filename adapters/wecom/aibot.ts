/**
 * The AI bot as a member of the staff's group: posts go there, staff answer by @-mentioning it or by quoting a post.
 *
 * One long connection a bot: the process with the lease (aibot-lease.ts) has it. When the platform says that somebody else
 * connected all the same, it stays away for a while, longer each time, instead of throwing the other out in turn.
 *
 * The group is learned: the first in which a member of WECOM_STAFF speaks to the bot. A group that the platform does not know
 * any more is forgotten. Sources: documents 101039, 101027, 101463 and the package's own code.
 */

import type { Logger, TemplateCard, WSClient, WsFrameHeaders } from "@wecom/aibot-node-sdk";
import { z } from "zod";
import { errorName } from "../../core/errors.ts";
import type { StaffAct, StaffPlace, StaffPost } from "../../core/ports.ts";
import { cleanText } from "../../core/text.ts";
import { MINUTE_MS, SECOND_MS } from "../../core/time.ts";
import { splitText } from "../../core/wording/split.ts";
import { createAibotLease } from "./aibot-lease.ts";
import { reactionTo } from "./codes.ts";
import { CHANNEL } from "./ids.ts";
import { AIBOT_ROOM, keep, recall } from "./memory.ts";
import { demandPace, NotSent } from "./not-sent.ts";
import { AIBOT_PACE, createPacer } from "./pacing.ts";
import { caseOfTask, renderCard, renderPostTexts, renderQuestion, taskOf } from "./render-staff.ts";
import { inertMarkdown } from "./text.ts";
import type { WecomDependencies } from "./types.ts";

/** Kept away after being thrown out: doubled each time, until it lasts. */
const AWAY_MS = MINUTE_MS;
const LONGEST_AWAY_MS = 10 * MINUTE_MS;
/** A card may be changed this long after a press on it. */
const CHANGE_MS = 5 * SECOND_MS;
/** Markdown of one push is at most 20,480 bytes. */
const MARKDOWN = { amount: 20_000, unit: "bytes" } as const;

/** Runs a step of a post once, however often the post is sent. */
type Once = <T>(step: string, work: () => Promise<T>) => Promise<T>;

export interface Aibot {
  start(): Promise<void>;
  /** Ends the connection and gives its lease back; `start` begins again. */
  rest(): Promise<void>;
  isConnected(): boolean;
  /**
   * @returns where the post stands, or `null` when it must go another way (no group yet, connection elsewhere, media)
   * @throws NotSent
   */
  post(post: StaffPost, place: StaffPlace | null, once: Once): Promise<StaffPlace | null>;
}

const bodySchema = z.looseObject({
  msgid: z.string().min(1),
  chatid: z.string().optional(),
  chattype: z.string().optional(),
  from: z.looseObject({ userid: z.string().min(1) }),
  msgtype: z.string(),
  text: z.looseObject({ content: z.string() }).optional(),
  voice: z.looseObject({ content: z.string() }).optional(),
  mixed: z.looseObject({ msg_item: z.array(z.looseObject({ text: z.looseObject({ content: z.string() }).optional() })) }).optional(),
  quote: z.unknown().optional(),
});

/** The event's own part is nested under its name, says document 101027; the package's types have it flat. Both are read. */
const pressSchema = z.looseObject({ event_key: z.string(), task_id: z.string() });

/** @param onAct told of what members do; `say` of a refusal goes to that member by `tell` of the app */
export function createAibot(
  dependencies: Pick<WecomDependencies, "settings" | "store" | "clock" | "log" | "random" | "pause">,
  onAct: (act: StaffAct) => Promise<void>,
): Aibot | null {
  const { settings, store, clock, log, random, pause } = dependencies;
  const { aibotId, aibotSecret } = settings;
  if (aibotId === null || aibotSecret === null) return null;
  const pacer = createPacer(AIBOT_PACE, clock);
  const pressed = new Map<string, { readonly frame: WsFrameHeaders; readonly task: string; readonly until: number }>();
  let client: WSClient | null = null;
  let ready = false;
  let thrownOut = 0;

  const lease = createAibotLease({ store, clock, log, random, pause }, { connect, disconnect, isMade: () => client !== null });

  async function connect(until: AbortSignal): Promise<void> {
    // Loaded only by those who have such a bot: it brings an HTTP client and a WebSocket library of its own.
    const { WSClient: Client } = await import("@wecom/aibot-node-sdk");
    if (until.aborted) return;
    const made = new Client({
      botId: aibotId!,
      secret: aibotSecret!,
      // By itself the package gives up after ten tries.
      maxReconnectAttempts: -1,
      logger: SILENT,
      ...(settings.aibotUrl ? { wsUrl: settings.aibotUrl } : {}),
    });
    client = made;
    made.on("authenticated", () => {
      ready = true;
      log("info", "wecom_aibot_connected", {});
    });
    made.on("disconnected", () => {
      ready = false;
    });
    made.on("error", (error: Error) => {
      log("warn", "wecom_aibot_error", { error: error.name });
      if (error.name === "WSAuthFailureError" || "code" in error) {
        // Wrong id or secret: left alone for long, then tried again, for it may have been mended.
        if ((error as { code?: string }).code === "WS_AUTH_FAILURE_EXHAUSTED") leave(LONGEST_AWAY_MS, "wecom_aibot_refused");
      }
    });
    made.on("event.disconnected_event", () => {
      thrownOut += 1;
      leave(Math.min(LONGEST_AWAY_MS, AWAY_MS * 2 ** (thrownOut - 1)), "wecom_aibot_thrown_out");
    });
    made.on("message", (frame) => void heard(frame.body));
    made.on("event.template_card_event", (frame) => void wasPressed(frame.body, frame.headers));
    made.connect();
  }

  function disconnect(): void {
    ready = false;
    client?.disconnect();
    client = null;
  }

  function leave(ms: number, event: string): void {
    lease.stayAway(ms);
    log("error", event, { awayMs: ms });
    disconnect();
  }

  /** A failure to take an act is logged; the platform does not send it again. */
  async function act(what: StaffAct): Promise<void> {
    try {
      await onAct(what);
    } catch (error) {
      log("error", "wecom_aibot_act_lost", { error: errorName(error) });
    }
  }

  async function heard(raw: unknown): Promise<void> {
    const read = bodySchema.safeParse(raw);
    if (!read.success) return;
    const { data } = read;
    const user = data.from.userid;
    if (data.chatid && data.chattype === "group" && settings.staff.includes(user) && (await recall(store, AIBOT_ROOM)) === null) {
      await keep(store, AIBOT_ROOM, data.chatid);
      log("info", "wecom_aibot_room_learned", {});
    }
    const text = wordsOf(data);
    if (text === "") return;
    const quoted = CASE_NUMBER.exec(JSON.stringify(data.quote ?? null))?.[0] ?? null;
    await act({
      id: `${CHANNEL}:aibot:${data.msgid}`,
      channel: CHANNEL,
      actor: user,
      case: quoted,
      thread: null,
      act: { kind: "text", text },
      receivedAt: clock.now(),
    });
  }

  async function wasPressed(raw: unknown, frame: WsFrameHeaders["headers"]): Promise<void> {
    const body = z
      .looseObject({
        msgid: z.string().min(1),
        from: z.looseObject({ userid: z.string().min(1) }),
        event: z.record(z.string(), z.unknown()),
      })
      .safeParse(raw);
    if (!body.success) return;
    const { event, msgid, from } = body.data;
    const press = pressSchema.safeParse(event["template_card_event"] ?? event);
    if (!press.success) return;
    const number = caseOfTask(press.data.task_id);
    if (number !== null) pressed.set(number, { frame: { headers: frame }, task: press.data.task_id, until: clock.now() + CHANGE_MS });
    await act({
      id: `${CHANNEL}:aibot:${msgid}`,
      channel: CHANNEL,
      actor: from.userid,
      case: number,
      thread: null,
      act: { kind: "press", button: press.data.event_key },
      receivedAt: clock.now(),
    });
  }

  /** @throws NotSent, and the group is forgotten when the platform does not know it */
  async function pushed<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const errcode = typeof error === "object" && error !== null && "errcode" in error ? Number(error.errcode) : null;
      if (errcode === null) throw new NotSent({ result: "retry", reason: "the AI bot's connection was lost", afterMs: null });
      if (reactionTo(errcode) === "group") {
        await keep(store, AIBOT_ROOM, null);
        log("warn", "wecom_aibot_room_lost", { errcode });
      } else log("warn", "wecom_aibot_push_refused", { errcode });
      return null;
    }
  }

  return {
    start: async () => lease.hold(),
    rest: () => lease.giveBack(),
    isConnected: () => ready,
    async post(post, place, once) {
      const room = await recall(store, AIBOT_ROOM);
      const live = client;
      if (room === null || live === null || !ready || post.media !== null) return null;
      let shown = place?.card ?? null;
      const asks = post.card !== null || post.buttons.length > 0;
      if (asks) {
        const body = post.card === null ? renderQuestion(post, taskOf(post)) : renderCard(post.card, post, taskOf(post));
        const press = post.case === null ? undefined : pressed.get(post.case);
        const changed =
          press !== undefined &&
          clock.now() <= press.until &&
          (await once("bot update", () =>
            pushed(() => live.updateTemplateCard(press.frame, { ...body, task_id: press.task } as TemplateCard)),
          )) !== null;
        if (post.case !== null) pressed.delete(post.case);
        if (!changed && (shown === null || post.text === "" || post.card === null)) {
          const sent = await once("bot card", async () => {
            demandPace(pacer, [room]);
            return pushed(() => live.sendMessage(room, { msgtype: "template_card", template_card: body as TemplateCard }));
          });
          if (sent === null) return null;
          shown = body.task_id;
        }
      }
      const mentions = post.mention.map((user) => `<@${user}> `).join("");
      for (const [index, words] of renderPostTexts(post)
        .flatMap((part) => splitText(inertMarkdown(part), MARKDOWN))
        .entries()) {
        const content = index === 0 ? `${mentions}${words}` : words;
        const sent = await once(`bot text ${index}`, async () => {
          demandPace(pacer, [room]);
          return pushed(() => live.sendMessage(room, { msgtype: "markdown", markdown: { content } }));
        });
        if (sent === null) return null;
      }
      return { thread: null, card: shown };
    },
  };
}

const CASE_NUMBER = /C\d{8,}/;

/** What was said, without the call of the bot before it. */
function wordsOf(data: z.infer<typeof bodySchema>): string {
  const mixed = data.mixed?.msg_item.map((item) => item.text?.content ?? "").join("\n");
  return cleanText(data.text?.content ?? data.voice?.content ?? mixed ?? "").replace(/^@\S+\s*/u, "");
}

/** The package's log lines hold what people said: none of them is kept. */
const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
