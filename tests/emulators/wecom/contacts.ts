/** Contacts of the members (客户联系) and what is prepared for them (企业群发), as the documents 92135, 93338 and 97611 have it. */
import type { Clock } from "../../../core/ports.ts";
import { bytesOf, type Json, newId, Refusal } from "./platform.ts";

/** What became of it can't be asked for in the first seconds. */
const EARLY_MS = 10_000;

interface Prepared {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  /** By customer: who sends it, and 0 not yet · 1 sent · 2 no contact · 3 had too many. */
  readonly results: Map<string, { readonly user: string; status: number; sentAt: number | null }>;
  withdrawn: boolean;
}

export function createContacts(clock: Clock) {
  /** The member who last talked with each customer. */
  const members = new Map<string, string>();
  const prepared: Prepared[] = [];
  /** What customers got, in order. */
  const seen: { readonly customer: string; readonly text: string; readonly at: number }[] = [];
  const full = new Set<string>();
  let allowed = true;
  let page = 1_000;

  const find = (id: unknown): Prepared => {
    const one = prepared.find((other) => other.id === id);
    if (!one) throw new Refusal(40058, "invalid msgid");
    return one;
  };

  function create(body: Json): Json {
    const customers = body["external_userid"];
    const content = (body["text"] as Json | undefined)?.["content"];
    if (!Array.isArray(customers) || customers.length === 0 || typeof content !== "string" || content === "")
      throw new Refusal(40058, "missing external_userid or text");
    if (customers.length > 10_000 || bytesOf(content) > 4_000) throw new Refusal(40058, "too long");
    const fails = customers.filter((customer) => !members.has(customer));
    if (fails.length === customers.length) throw new Refusal(41048, "no customer to send");
    const id = newId("msg");
    const good = customers.filter((customer) => members.has(customer));
    prepared.push({
      id,
      text: content,
      at: clock.now(),
      withdrawn: false,
      results: new Map(good.map((customer) => [customer, { user: members.get(customer)!, status: 0, sentAt: null }])),
    });
    return { fail_list: fails, msgid: id };
  }

  /** A page of a list; the cursor is the place of the next. */
  function paged(rows: readonly Json[], field: string, body: Json): Json {
    const from = Number(body["cursor"] ?? 0);
    const most = Math.min(page, Number(body["limit"] ?? 50));
    return { [field]: rows.slice(from, from + most), next_cursor: from + most < rows.length ? String(from + most) : "" };
  }

  function tasks(body: Json): Json {
    const one = find(body["msgid"]);
    if (clock.now() - one.at < EARLY_MS) throw new Refusal(41063, "too early");
    const rows = [...new Set([...one.results.values()].map(({ user }) => user))].map((userid) => ({
      userid,
      status: [...one.results.values()].some((result) => result.user === userid && result.status === 0) ? 0 : 2,
    }));
    return paged(rows, "task_list", body);
  }

  function results(body: Json): Json {
    const one = find(body["msgid"]);
    if (clock.now() - one.at < EARLY_MS) throw new Refusal(41063, "too early");
    const rows = [...one.results]
      .filter(([, { user }]) => user === body["userid"])
      .map(([customer, { user, status, sentAt }]) => ({
        external_userid: customer,
        userid: user,
        status,
        ...(sentAt === null ? {} : { send_time: Math.floor(sentAt / 1_000) }),
      }));
    return paged(rows, "send_list", body);
  }

  function records(body: Json): Json {
    const [from, to] = [Number(body["start_time"]) * 1_000, Number(body["end_time"]) * 1_000];
    if (!(to >= from) || to - from > 31 * 86_400_000) throw new Refusal(40058, "invalid time range");
    const rows = prepared
      .filter((one) => one.at >= from && one.at <= to)
      .map((one) => ({ msgid: one.id, create_time: String(Math.floor(one.at / 1_000)), create_type: 0, text: { content: one.text } }));
    return paged(rows, "group_msg_list", body);
  }

  return {
    prepared,
    seen,
    add: (customer: string, user: string) => void members.set(customer, user),
    /** The customer deletes the member. */
    remove: (customer: string) => void members.delete(customer),
    /** The customer gets no more of these this month. */
    fill: (customer: string) => void full.add(customer),
    /** Whether the app may call these at all. */
    allow(may: boolean) {
      allowed = may;
    },
    pageSize(rows: number) {
      page = rows;
    },
    /** A member taps "send" on everything that waits for them. */
    confirm(user: string): void {
      for (const one of prepared.filter(({ withdrawn }) => !withdrawn))
        for (const [customer, result] of one.results) {
          if (result.user !== user || result.status !== 0) continue;
          result.status = !members.has(customer) ? 2 : full.has(customer) ? 3 : 1;
          if (result.status !== 1) continue;
          result.sentAt = clock.now();
          seen.push({ customer, text: one.text, at: clock.now() });
        }
    },
    call(name: string, body: Json): Json | null {
      if (!name.startsWith("externalcontact/") || !allowed) return null;
      switch (name) {
        case "externalcontact/add_msg_template":
          return create(body);
        case "externalcontact/get_groupmsg_list_v2":
          return records(body);
        case "externalcontact/get_groupmsg_task":
          return tasks(body);
        case "externalcontact/get_groupmsg_send_result":
          return results(body);
        case "externalcontact/cancel_groupmsg_send":
          find(body["msgid"]).withdrawn = true;
          return {};
        default:
          return null;
      }
    },
  };
}
