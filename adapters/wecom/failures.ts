/** Messages that the platform took and could not bring to the customer (`msg_send_fail`). */
import type { Unit } from "../../core/ports.ts";
import type { StoredMessage } from "../../core/spine/events.ts";
import type { Instant } from "../../core/time.ts";
import { entryId, sendKey } from "./ids.ts";
import { lateFailureOf } from "./memory.ts";
import type { KfItem } from "./types.ts";

/** Messages looked through for the one that failed. */
const LOOK_BACK = 200;

type Failed = Extract<KfItem, { readonly kind: "send_failed" }>;

/** Has the delivery of one of them not been noted yet? */
export async function anyUnsettled(unit: Unit, failed: readonly Failed[]): Promise<boolean> {
  for (const item of failed) {
    const recent = await unit.messages.recent(item.conversation, LOOK_BACK);
    if (recent.some((message) => message.status === "pending" && isPartOf(message, item.msgid))) return true;
  }
  return false;
}

/** A message that was marked sent was not: it is marked failed, with what was joined to it, and a person is told. */
export async function keepFailure(unit: Unit, item: Failed, now: Instant): Promise<void> {
  const { conversation } = item;
  if (item.why === "customer_refuses") {
    const event = { kind: "reach", reachable: false, reason: item.why } as const;
    await unit.inbox.accept({ id: entryId(conversation, item.id), conversation, receivedAt: now, event });
  }
  const recent = await unit.messages.recent(conversation, LOOK_BACK);
  const first = recent.find((message) => isPartOf(message, item.msgid));
  // A delivery that is still at it hears of the failure when it goes on.
  if (first?.status === "pending") await lateFailureOf(item.msgid).set(unit, item.why);
  if (first?.status !== "sent") return;
  // Messages that left as one were marked at the same instant, one after the other.
  const group = recent.filter((message) => message.status === "sent" && message.seq >= first.seq && message.nextAt === first.nextAt);
  for (const message of group) await unit.messages.mark(message.seq, "failed", message.attempts, now);
  await unit.inbox.accept({
    id: `unsent:${conversation}:${first.id}`,
    conversation,
    receivedAt: now,
    event: { kind: "undelivered", message: first.id, text: group.map((message) => message.text).join("\n\n"), reason: item.why },
  });
}

/** Was a key made for this message? The part's number is left out: one part that fails is the message that fails. */
function isPartOf(message: StoredMessage, key: string): boolean {
  if (message.from === "customer") return false;
  const stem = (id: string): string => sendKey(message.conversation, id, 0).slice(0, -1);
  return key.startsWith(stem(message.id)) || key.startsWith(stem(`${message.id}#`));
}
