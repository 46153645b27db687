/** WeChat Work: customers by WeChat customer service, staff by the app, a group and the AI bot. */
import { errorName } from "../../core/errors.ts";
import type { Connection } from "../../core/ports.ts";
import { MINUTE_MS } from "../../core/time.ts";
import type { HttpHost } from "../http/index.ts";
import { createAibot } from "./aibot.ts";
import { mountCallback } from "./callback.ts";
import { createKfChannel } from "./channel.ts";
import { checkWecom } from "./check.ts";
import { createWecomApi } from "./client.ts";
import { createHandover, parseHandover } from "./handover.ts";
import { chatOf } from "./ids.ts";
import { createMassSending } from "./mass-sending.ts";
import { createWecomFiles } from "./media.ts";
import { cardOf, currentCaseOf, recall } from "./memory.ts";
import { caseOfTask } from "./render-staff.ts";
import { createSessions } from "./sessions.ts";
import { createWecomStaff, TAKE_OVER } from "./staff.ts";
import { createKfSync } from "./sync.ts";
import type { Callback, WecomDependencies } from "./types.ts";
import { assertAesKey } from "./verify.ts";

export { createChatLinks } from "./links.ts";
export type { WecomDependencies, WecomSettings } from "./types.ts";

/** A case chosen by a button stays the current one this long after it was last used. */
const CURRENT_MS = 60 * MINUTE_MS;
/** A code for a card is good for 72 hours; an hour less. */
const CODE_MS = 71 * 60 * MINUTE_MS;

/** Hangs the callback's route on the host; to be called before the host listens. @throws AnxinError("settings_invalid") */
export function connectWecom(host: HttpHost, dependencies: WecomDependencies): Connection {
  const { settings, store, staffIntake, clock, log } = dependencies;
  assertAesKey(settings.aesKey);
  const api = createWecomApi(dependencies);
  const sessions = createSessions(api, dependencies);
  const handover = createHandover(sessions, dependencies);
  const sync = createKfSync(api, dependencies, (item) => handover.follow(item));
  const aibot = createAibot(dependencies, async (act) => {
    const command = act.act.kind === "text" ? parseHandover(act.act.text) : null;
    if (command !== null) await staff.tell(act.actor, await handover.run(command, act.actor, act.id, act.case));
    else await takeAct(act);
  });
  const staff = createWecomStaff(api, dependencies, aibot, async (number) => {
    const found = await store.unit((unit) => unit.records.case(number));
    return found !== null && chatOf(found.conversation) !== null;
  });
  const hasStaff = settings.staff.length > 0 || settings.groupWebhook !== null || aibot !== null;
  let background: Promise<unknown> = Promise.resolve();

  /** Runs something that nobody waits for; a failure is logged. */
  function later(work: () => Promise<unknown>): void {
    const run = work().catch((error: unknown) => log("error", "wecom_background_failed", { error: errorName(error) }));
    background = Promise.all([background, run]);
  }

  async function takeAct(act: Parameters<typeof staffIntake.accept>[0]): Promise<void> {
    const taken = await staffIntake.accept(act);
    if (taken.result === "refused") later(() => staff.tell(act.actor, taken.say));
  }

  /** The case whose card a member pressed last; for commands of the adapter's own. What a text is about, the core knows. */
  async function lastPressed(user: string): Promise<string | null> {
    const current = await recall(store, currentCaseOf(user));
    return current !== null && clock.now() - current.at <= CURRENT_MS ? current.case : null;
  }

  async function takeText(callback: Extract<Callback, { kind: "said" | "sent" }>): Promise<void> {
    const { id, user } = callback;
    const command = callback.kind === "said" ? parseHandover(callback.text) : null;
    if (command !== null) {
      later(async () => staff.tell(user, await handover.run(command, user, id, await lastPressed(user))));
      return;
    }
    const act =
      callback.kind === "said"
        ? ({ kind: "text", text: callback.text } as const)
        : ({ kind: "media", media: callback.media, text: null } as const);
    await takeAct({ id, channel: "wecom", actor: user, case: null, thread: null, act, receivedAt: clock.now() });
  }

  async function takePress(callback: Extract<Callback, { kind: "pressed" }>): Promise<void> {
    const { id, user, task, key, responseCode } = callback;
    const number = caseOfTask(task);
    if (number !== null) {
      const now = clock.now();
      await store.unit(async (unit) => {
        await currentCaseOf(user).set(unit, { case: number, at: now });
        // The newest right to change the card.
        if (responseCode !== null) await cardOf(number).set(unit, { task, code: responseCode, until: now + CODE_MS });
      });
    }
    if (key === TAKE_OVER) {
      later(async () => staff.tell(user, await handover.run({ do: "take", case: number }, user, id, null)));
      return;
    }
    await takeAct({
      id,
      channel: "wecom",
      actor: user,
      case: number,
      thread: null,
      act: { kind: "press", button: key },
      receivedAt: clock.now(),
    });
  }

  async function take(callback: Callback): Promise<void> {
    switch (callback.kind) {
      case "kf":
        sync.wake(callback.openKfId, callback.token);
        return;
      case "accounts":
        log("info", "wecom_accounts_changed", { added: callback.added.length, removed: callback.removed.length });
        later(() => sync.reload());
        return;
      case "said":
      case "sent":
        return takeText(callback);
      case "pressed":
        return takePress(callback);
      case "alarm":
        log("error", "wecom_alarm", { event: callback.event });
        return;
      case "ignored":
        log("debug", "wecom_callback_ignored", { what: callback.what });
        return;
    }
  }

  mountCallback(host, dependencies, take);
  return {
    channel: createKfChannel(api, sessions, dependencies),
    staff: hasStaff ? staff : null,
    massSending: createMassSending(api, clock),
    files: createWecomFiles(api),
    async start() {
      await sync.start();
      await aibot?.start();
    },
    async rest() {
      await Promise.all([sync.rest(), aibot?.rest()]);
    },
    async stop() {
      await Promise.all([sync.stop(), aibot?.rest()]);
      await background;
    },
    check: () => checkWecom(api, dependencies, aibot),
  };
}
