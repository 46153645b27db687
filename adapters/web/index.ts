/** The web channel: customers write and read over plain HTTP; staff have the desk; both have pages. */
import type { Channel, Unit } from "../../core/ports.ts";
import type { ConversationId } from "../../core/spine/events.ts";
import { type HttpHost, HttpProblem } from "../http/index.ts";
import { createWebClient } from "./client.ts";
import { mountDesk } from "./desk/index.ts";
import { mountFiles } from "./files.ts";
import { mountPages } from "./pages.ts";
import { isRecord, own, parseConversation, parseCount, parseMessage } from "./parse.ts";
import { conversationId, entryId, renderMessage } from "./render.ts";
import { followConversation } from "./stream.ts";
import { WEB_LIMITS, type WebDependencies } from "./types.ts";
import { callerOf, createPaceCheck } from "./verify.ts";

export { createWebClient } from "./client.ts";
export { aboutBusiness } from "./desk/about.ts";
export { conversationId as webConversation } from "./render.ts";
export { reportCsv, reportXlsx } from "./reports/files.ts";
export { mountReports } from "./reports/index.ts";
export type { About, WebDependencies, WebLimits } from "./types.ts";

const PAGE_LIMIT = 100;
const PAGE_MOST = 500;

/** Hangs the web channel's routes, the desk and the pages on the host. To be called before the host listens. */
export function mountWeb(host: HttpHost, dependencies: WebDependencies): Channel {
  mountCustomers(host, dependencies);
  mountDesk(host, dependencies);
  mountPages(host);
  return createWebClient();
}

function mountCustomers(host: HttpHost, { store, feed, intake, clock, about, files: sources, limits: given }: WebDependencies): void {
  const limits = { ...WEB_LIMITS, ...given };
  const { app } = host;
  const files = mountFiles(host, store, clock, sources);
  const checkPace = createPaceCheck(limits, () => clock.now());

  app.post("/channels/web/messages", async (request, reply) => {
    const message = parseMessage(request.body);
    checkPace(message.conversation, callerOf(request));
    const conversation = conversationId(message.conversation);
    await intake.accept([{ id: entryId(message.conversation, message.id), conversation, receivedAt: clock.now(), event: message.event }]);
    return reply.code(202).send({ id: message.id });
  });

  app.get("/channels/web/messages", async (request, reply) => {
    const query = isRecord(request.query) ? request.query : {};
    const conversation = conversationId(parseConversation(own(query, "conversation")));
    const after = parseCount(own(query, "after"), "after", 0);
    const limit = Math.max(1, parseCount(own(query, "limit"), "limit", PAGE_LIMIT, PAGE_MOST));
    const messages = await store.unit(async (unit) => {
      const list = await unit.messages.list(conversation, after, limit);
      return list.length > 0 || (await isKnown(unit, conversation)) ? list : null;
    });
    if (messages === null)
      throw new HttpProblem(
        404,
        "conversation_unknown",
        "There is no such conversation yet; send a message to begin it. 会话不存在，发送消息即可开始。",
      );
    const linkOf = await files.links();
    return reply
      .header("cache-control", "no-store")
      .send({ messages: messages.map((message) => renderMessage(message, about.zone, linkOf)) });
  });

  app.get("/channels/web/stream", async (request, reply) => {
    const query = isRecord(request.query) ? request.query : {};
    const conversation = conversationId(parseConversation(own(query, "conversation")));
    const after = Math.max(parseCount(own(query, "after"), "after", 0), lastEventId(request.headers["last-event-id"]));
    const stream = host.streams.open(request, reply, conversation, limits.streamsPerConversation);
    followConversation(stream, { store, feed, conversation, after, zone: about.zone, links: files.links }).catch((error: unknown) => {
      // The browser connects again by itself and goes on where it was.
      request.log.error({ err: error }, "a customer's stream was cut by a failure");
      stream.end();
    });
    return reply;
  });
}

/** Begun at whatever front, with or without a turn yet, or linked to a customer by staff. */
async function isKnown(unit: Unit, conversation: ConversationId): Promise<boolean> {
  return (
    (await unit.inbox.waitsFor(conversation)) ||
    (await unit.conversations.get(conversation)) !== null ||
    (await unit.customers.ofConversation(conversation)) !== null ||
    (await unit.messages.recent(conversation, 1)).length > 0
  );
}

/** A header that is no number of ours tells nothing; the stream starts where the address says. */
function lastEventId(header: string | string[] | undefined): number {
  return typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : 0;
}
