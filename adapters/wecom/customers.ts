/** What the platform says of customers: only to be had within 48 hours of their doings (document 95159), so asked for at once. */

import { cleanText } from "../../core/text.ts";
import type { WecomApi } from "./client.ts";
import { errcodeOf } from "./client.ts";
import { chatOf } from "./ids.ts";
import { customerOf } from "./memory.ts";
import type { KfItem, WecomDependencies } from "./types.ts";

/** Customers asked for in one call of `kf/customer/batchget`. */
const CUSTOMERS_A_CALL = 100;

export interface Customers {
  /** Stores what is said of customers seen for the first time. A failure holds nothing up: their next item tries again. */
  meet(items: readonly KfItem[]): Promise<void>;
  /** Names of those who opened the chat, as far as known. */
  nicknames(items: readonly KfItem[]): Promise<ReadonlyMap<string, string>>;
}

export function createCustomers(api: WecomApi, { store, log }: Pick<WecomDependencies, "store" | "log">): Customers {
  async function ask(some: readonly string[]): Promise<void> {
    const answer = await api.post("kf/customer/batchget", { external_userid_list: some, need_enter_session_context: 0 });
    const found: readonly Readonly<Record<string, unknown>>[] = Array.isArray(answer["customer_list"]) ? answer["customer_list"] : [];
    await store.unit(async (unit) => {
      for (const one of found) {
        const id = one["external_userid"];
        if (typeof id !== "string" || !some.includes(id)) continue;
        const text = (field: string): string | null => (typeof one[field] === "string" ? cleanText(one[field]) || null : null);
        const gender = typeof one["gender"] === "number" ? one["gender"] : null;
        await customerOf(id).set(unit, { nickname: text("nickname"), unionId: text("unionid"), gender });
      }
    });
  }

  return {
    async meet(items) {
      const seen = customersOf(items);
      const unknown: string[] = [];
      await store.unit(async (unit) => {
        for (const customer of seen) if ((await customerOf(customer).get(unit)) === null) unknown.push(customer);
      });
      for (let from = 0; from < unknown.length; from += CUSTOMERS_A_CALL) {
        const some = unknown.slice(from, from + CUSTOMERS_A_CALL);
        try {
          await ask(some);
        } catch (error) {
          log("warn", "wecom_customers_unknown", { count: some.length, errcode: errcodeOf(error) });
        }
      }
    },
    nicknames: (items) =>
      store.unit(async (unit) => {
        const names = new Map<string, string>();
        for (const customer of customersOf(items.filter((item) => item.kind === "opened"))) {
          const nickname = (await customerOf(customer).get(unit))?.nickname;
          if (nickname) names.set(customer, nickname);
        }
        return names;
      }),
  };
}

function customersOf(items: readonly KfItem[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const item of items) {
    const conversation = item.kind === "customer" ? item.entry.conversation : item.kind === "opened" ? item.conversation : null;
    const chat = conversation === null ? null : chatOf(conversation);
    if (chat) seen.add(chat.customer);
  }
  return seen;
}
