/**
 * Reads the logs of customer service accounts: one worker an account, page after page, the place reached (`cursor`) kept in the
 * transaction of the entries. A callback only wakes the worker; what a lost callback would have told is found by the next one,
 * or by the regular look. Sources: documents 94670 and 90930 ("do not rely on callbacks alone").
 */

import { once } from "node:events";
import { errorName } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import type { InboxEntry } from "../../core/spine/events.ts";
import { openPush } from "../../core/spine/push-window.ts";
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "../../core/time.ts";
import { type Answer, errcodeOf, type WecomApi } from "./client.ts";
import { reactionTo } from "./codes.ts";
import { createCustomers } from "./customers.ts";
import { anyUnsettled, keepFailure } from "./failures.ts";
import { chatOf } from "./ids.ts";
import { cursorOf, eventCodeOf, recall, sessionOf } from "./memory.ts";
import { parseKfItem } from "./parse-kf.ts";
import { ENDED_MS, TAKEN_MS, WELCOME_MS } from "./sessions.ts";
import type { KfItem, WecomDependencies } from "./types.ts";

/** A wake-up's token is good for ten minutes; a little less, so that it does not die on the way. */
const TOKEN_MS = 10 * MINUTE_MS - 30 * SECOND_MS;
/** Without a token the platform allows few calls, and does not say how many. */
const LOOK_EVERY_MS = 5 * MINUTE_MS;
/** The very first look at an account gives three days of talk that others have answered: older than this is left alone. */
const FIRST_LOOK_MS = HOUR_MS / 2;
const PAGE = 1_000;
const FIRST_PAUSE_MS = SECOND_MS;
const LONGEST_PAUSE_MS = MINUTE_MS;
/** How long a delivery takes to note what it sent, at the longest. */
const SETTLE_MS = 500;
const SETTLE_ROUNDS = 6;

export interface KfSync {
  /** Something is new in an account. Returns at once. */
  wake(openKfId: string, token: string | null): void;
  /** Asks for the accounts and looks at each, now and regularly, until `rest` or `stop`. */
  start(): Promise<void>;
  /** Looks no more by itself; a wake-up is still followed. */
  rest(): Promise<void>;
  /** Looks at all accounts again; some may have come or gone. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

interface Account {
  running: Promise<void> | null;
  again: boolean;
  token: { readonly value: string; readonly at: Instant } | null;
}

/** @param onSession told of sessions that servicers took or ended, before it is kept; may be told twice */
export function createKfSync(
  api: WecomApi,
  dependencies: Pick<WecomDependencies, "store" | "intake" | "clock" | "log" | "random" | "pause">,
  onSession: (item: Extract<KfItem, { kind: "session" }>) => Promise<void>,
): KfSync {
  const { store, intake, clock, log, random, pause } = dependencies;
  const customers = createCustomers(api, dependencies);
  const accounts = new Map<string, Account>();
  let stopped = false;
  let stopWaiting = (): void => {};
  const stopSignal = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  let looking: { readonly end: AbortController; readonly done: Promise<void> } | null = null;
  const wait = (ms: number): Promise<void> => Promise.race([pause(ms), stopSignal]);

  function wake(openKfId: string, token: string | null): void {
    if (stopped) return;
    const account = accounts.get(openKfId) ?? { running: null, again: false, token: null };
    accounts.set(openKfId, account);
    if (token !== null) account.token = { value: token, at: clock.now() };
    if (account.running) {
      account.again = true;
      return;
    }
    account.running = work(openKfId, account).finally(() => {
      account.running = null;
      // Woken between the last page and now.
      if (account.again) wake(openKfId, null);
    });
  }

  async function work(openKfId: string, account: Account): Promise<void> {
    for (let failures = 0; !stopped; ) {
      try {
        account.again = false;
        while ((await readPage(openKfId, account)) && !stopped);
        failures = 0;
        if (!account.again) return;
      } catch (error) {
        const errcode = errcodeOf(error);
        failures += 1;
        log("warn", "wecom_sync_failed", {
          failures,
          ...(errcode === null ? { error: errorName(error) } : { errcode }),
        });
        // What an operator must mend is not mended by asking again and again: the regular look will see.
        if (errcode !== null && ["config", "secret", "address", "bug", "unknown"].includes(reactionTo(errcode))) return;
        const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
        await wait(full * (0.5 + random() / 2));
      }
    }
  }

  async function fetchPage(openKfId: string, account: Account, cursor: string | null): Promise<Answer> {
    const body = { open_kfid: openKfId, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
    const token = account.token !== null && clock.now() - account.token.at < TOKEN_MS ? account.token.value : null;
    if (token === null) return api.post("kf/sync_msg", body);
    try {
      return await api.post("kf/sync_msg", { ...body, token });
    } catch (error) {
      const errcode = errcodeOf(error);
      if (errcode === null || reactionTo(errcode) !== "sync_token") throw error;
      if (account.token?.value === token) account.token = null;
      return api.post("kf/sync_msg", body);
    }
  }

  /** @returns whether there is more; an empty page may have more behind it */
  async function readPage(openKfId: string, account: Account): Promise<boolean> {
    const cursor = await recall(store, cursorOf(openKfId));
    const answer = await fetchPage(openKfId, account, cursor);
    const list: readonly unknown[] = Array.isArray(answer["msg_list"]) ? answer["msg_list"] : [];
    const items: KfItem[] = [];
    for (const raw of list) {
      const item = parseKfItem(raw, openKfId, clock.now());
      if (item === null) log("warn", "wecom_item_unreadable", { type: typeOf(raw) });
      else if (item.kind === "ignored") log("debug", "wecom_item_ignored", { what: item.what });
      else if (cursor === null && "sentAt" in item && item.sentAt < clock.now() - FIRST_LOOK_MS) log("info", "wecom_item_old", {});
      else items.push(item);
    }
    await customers.meet(items);
    for (const item of items) if (item.kind === "session") await onSession(item);
    const names = await customers.nicknames(items);
    const entries = items.flatMap((item): InboxEntry[] => {
      if (item.kind === "customer") return [item.entry];
      if (item.kind !== "opened") return [];
      const name = names.get(chatOf(item.conversation)!.customer) ?? null;
      const event = { kind: "opened", scene: item.scene, name, language: null } as const;
      return [{ id: item.id, conversation: item.conversation, receivedAt: clock.now(), event }];
    });
    await letSendsSettle(items);
    const next = typeof answer["next_cursor"] === "string" && answer["next_cursor"] !== "" ? answer["next_cursor"] : cursor;
    await intake.accept(entries, async (unit) => {
      for (const item of items) await keepBeside(unit, item);
      await cursorOf(openKfId).set(unit, next);
    });
    return answer["has_more"] === 1;
  }

  /** What an item leaves behind beside an entry. May be run twice with the same item. */
  async function keepBeside(unit: Unit, item: KfItem): Promise<void> {
    switch (item.kind) {
      case "customer": {
        // A word of the customer's opens a session that was over.
        const session = await sessionOf(item.entry.conversation).get(unit);
        if (session?.state === 4) await sessionOf(item.entry.conversation).set(unit, null);
        return;
      }
      case "opened": {
        const until = item.welcomeCode === null ? null : item.sentAt + WELCOME_MS;
        await openPush(unit, item.conversation, item.id, until);
        if (item.welcomeCode !== null && until !== null)
          await eventCodeOf(item.conversation).set(unit, { code: item.welcomeCode, for: "welcome", until });
        return;
      }
      case "servicer":
        await unit.messages.add({
          id: item.id,
          conversation: item.conversation,
          from: "staff",
          author: item.servicer,
          text: item.text,
          buttons: [],
          media: item.media,
          at: item.sentAt,
          status: "kept",
          attempts: 0,
          nextAt: item.sentAt,
        });
        return;
      case "session":
        await sessionOf(item.conversation).set(unit, { state: item.state, servicer: item.servicer, at: clock.now() });
        if (item.code !== null) {
          const until = item.sentAt + (item.state === 4 ? ENDED_MS : TAKEN_MS);
          await eventCodeOf(item.conversation).set(unit, { code: item.code, for: "session", until });
        }
        return;
      case "send_failed":
        log("warn", "wecom_send_failed_later", { why: item.why });
        await keepFailure(unit, item, clock.now());
        return;
      default:
        return;
    }
  }

  /** Word of a failure may come before the delivery has noted that the message was sent: the note is waited for, a little. */
  async function letSendsSettle(items: readonly KfItem[]): Promise<void> {
    const failed = items.filter((item) => item.kind === "send_failed");
    if (failed.length === 0) return;
    for (let round = 0; round < SETTLE_ROUNDS && !stopped && (await store.unit((unit) => anyUnsettled(unit, failed))); round++)
      await wait(SETTLE_MS);
  }

  async function reload(): Promise<void> {
    for (let offset = 0; !stopped; offset += 100) {
      const answer = await api.post("kf/account/list", { offset, limit: 100 });
      const list: readonly Readonly<Record<string, unknown>>[] = Array.isArray(answer["account_list"]) ? answer["account_list"] : [];
      // Accounts that other apps or people serve are listed too.
      for (const account of list)
        if (typeof account["open_kfid"] === "string" && account["manage_privilege"] !== false) wake(account["open_kfid"], null);
      if (list.length < 100) return;
    }
  }

  async function look(until: AbortSignal): Promise<void> {
    const resting = once(until, "abort");
    while (!until.aborted) {
      try {
        await reload();
      } catch (error) {
        log("warn", "wecom_accounts_unknown", { errcode: errcodeOf(error) });
        for (const openKfId of accounts.keys()) wake(openKfId, null);
      }
      await Promise.race([pause(LOOK_EVERY_MS), resting]);
    }
  }

  async function rest(): Promise<void> {
    looking?.end.abort();
    await looking?.done;
    looking = null;
  }

  return {
    wake,
    reload,
    async start() {
      if (looking !== null || stopped) return;
      const end = new AbortController();
      looking = { end, done: look(end.signal) };
    },
    rest,
    async stop() {
      stopped = true;
      stopWaiting();
      await Promise.all([rest(), ...[...accounts.values()].map((account) => account.running)]);
    },
  };
}

/** Type of an item that can't be read, for the log; never its content. */
function typeOf(raw: unknown): string {
  const type = typeof raw === "object" && raw !== null && "msgtype" in raw ? raw.msgtype : null;
  return typeof type === "string" ? type.slice(0, 40) : "none";
}
