/**
 * 企业群发: a message to contacts of the staff, put before the member who last talked with each, who confirms it by hand. Documents
 * 92135 (create), 93338 (records, tasks of members, results), 97611 (withdraw). The app must stand under 客户联系 · 可调用接口的应用; else
 * the platform refuses with 48002 and staff keep their own list.
 */
import type { Clock, MassOutcome, MassSending } from "../../core/ports.ts";
import type { ConversationId } from "../../core/spine/events.ts";
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from "../../core/time.ts";
import { type Answer, errcodeOf, retryAfterMs, type WecomApi } from "./client.ts";
import { reactionTo } from "./codes.ts";
import { chatOf } from "./ids.ts";

/** Document 92135: customers of one sending. */
const MOST = 10_000;
const RECORDS_A_PAGE = 100;
const RESULTS_A_PAGE = 1_000;
/** Records are given of a month at most. */
const RECORDS_BACK_MS = 27 * DAY_MS;
/** Clocks differ by less. */
const SLACK_MS = 5 * MINUTE_MS;
/** There is nobody to send it to; and what became of it is asked too early. */
const NOBODY = 41048;
const TOO_EARLY = 41063;

type Rows = readonly Readonly<Record<string, unknown>>[];
const rowsOf = (answer: Answer, field: string): Rows => (Array.isArray(answer[field]) ? (answer[field] as Rows) : []);

export function createMassSending(api: WecomApi, clock: Clock): MassSending {
  /** All pages of an answer. */
  async function all(call: string, body: Readonly<Record<string, unknown>>, field: string): Promise<Rows> {
    const rows: Readonly<Record<string, unknown>>[] = [];
    for (let cursor = ""; ; ) {
      const answer = await api.post(call, cursor === "" ? body : { ...body, cursor });
      rows.push(...rowsOf(answer, field));
      const next = answer["next_cursor"];
      if (typeof next !== "string" || next === "" || next === cursor) return rows;
      cursor = next;
    }
  }

  /** What became of a sending, by external user id; `null` = too early to tell. */
  async function results(id: string): Promise<ReadonlyMap<string, MassOutcome> | null> {
    try {
      const found = new Map<string, MassOutcome>();
      for (const task of await all("externalcontact/get_groupmsg_task", { msgid: id, limit: RESULTS_A_PAGE }, "task_list")) {
        const body = { msgid: id, userid: task["userid"], limit: RESULTS_A_PAGE };
        for (const row of await all("externalcontact/get_groupmsg_send_result", body, "send_list")) {
          const customer = row["external_userid"];
          if (typeof customer === "string" && found.get(customer)?.result !== "sent") found.set(customer, outcomeOf(row));
        }
      }
      return found;
    } catch (error) {
      if (errcodeOf(error) === TOO_EARLY) return null;
      throw error;
    }
  }

  /** One that an earlier attempt left behind; `unclear` = one with these words is there, and whose it is can't be told yet. */
  async function standing(text: string, customers: readonly string[], begun: Instant) {
    const now = clock.now();
    const from = Math.max(begun - SLACK_MS, now - RECORDS_BACK_MS);
    const body = {
      chat_type: "single",
      start_time: Math.floor(from / SECOND_MS),
      end_time: Math.ceil((now + SLACK_MS) / SECOND_MS),
      filter_type: 0,
      limit: RECORDS_A_PAGE,
    };
    for (const record of await all("externalcontact/get_groupmsg_list_v2", body, "group_msg_list")) {
      const id = record["msgid"];
      if (typeof id !== "string" || (record["text"] as { readonly content?: unknown } | undefined)?.content !== text) continue;
      const known = await results(id);
      if (known === null) return "unclear";
      if (customers.some((customer) => known.has(customer))) return { id, left: customers.filter((customer) => !known.has(customer)) };
    }
    return null;
  }

  return {
    textLimit: { amount: 4_000, unit: "bytes" },
    most: MOST,
    async prepare(text, conversations, begun) {
      const byCustomer = namesOf(conversations);
      const conversationsOf = (customers: readonly unknown[]): readonly ConversationId[] =>
        customers.flatMap((customer) => byCustomer.get(String(customer)) ?? []);
      const customers = [...byCustomer.keys()];
      try {
        const found = begun === null ? null : await standing(text, customers, begun);
        if (found === "unclear") return { result: "retry" };
        if (found !== null) return { result: "prepared", id: found.id, left: conversationsOf(found.left) };
        const answer = await api.post("externalcontact/add_msg_template", {
          chat_type: "single",
          external_userid: customers,
          text: { content: text },
        });
        const left = Array.isArray(answer["fail_list"]) ? conversationsOf(answer["fail_list"]) : [];
        return { result: "prepared", id: typeof answer["msgid"] === "string" ? answer["msgid"] : null, left };
      } catch (error) {
        const errcode = errcodeOf(error);
        if (errcode === NOBODY || (errcode !== null && reactionTo(errcode) === "customer"))
          return { result: "prepared", id: null, left: conversations };
        // What an operator must mend is no matter of minutes here: staff have their list.
        if (errcode === null || (retryAfterMs(errcode) !== null && !SET_UP.has(reactionTo(errcode)))) return { result: "retry" };
        return { result: "refused", reason: `errcode ${errcode}` };
      }
    },
    async outcomes(id, conversations) {
      const known = await results(id);
      const found = new Map<ConversationId, MassOutcome>();
      for (const [customer, own] of namesOf(conversations)) {
        const outcome = known?.get(customer);
        if (outcome) for (const conversation of own) found.set(conversation, outcome);
      }
      return found;
    },
    async withdraw(id) {
      await api.post("externalcontact/cancel_groupmsg_send", { msgid: id });
    },
  };
}

const SET_UP: ReadonlySet<string> = new Set(["config", "secret", "address"]);

/** Conversations by external user id; those that are none of ours left out. */
function namesOf(conversations: readonly ConversationId[]): ReadonlyMap<string, readonly ConversationId[]> {
  const names = new Map<string, ConversationId[]>();
  for (const conversation of conversations) {
    const customer = chatOf(conversation)?.customer;
    if (customer !== undefined) names.set(customer, [...(names.get(customer) ?? []), conversation]);
  }
  return names;
}

/** Document 93338: 0 not sent, 1 sent, 2 no contact (any more), 3 had too many others. */
function outcomeOf(row: Readonly<Record<string, unknown>>): MassOutcome {
  switch (row["status"]) {
    case 1:
      return { result: "sent", by: String(row["userid"] ?? "") };
    case 2:
      return { result: "not_a_contact" };
    case 3:
      return { result: "full" };
    default:
      return { result: "waiting" };
  }
}
