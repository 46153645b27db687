/** What a handful of real conversations leave in the tables, to be multiplied: rows as the program itself writes them. */
import { join } from "node:path";
import type { InboundEvent } from "../../../core/spine/events.ts";
import { type BulkTable, type BulkValue, bulkTables } from "../../../storage/bulk.ts";
import { openSqliteBulk } from "../../../storage/sqlite/bulk.ts";
import { words } from "../dialogue.ts";
import { type Bench, openEngine } from "../setup.ts";

/** One conversation's rows. */
export interface Template {
  /** How many of twenty stored conversations are like it. */
  readonly share: number;
  /** Key of the conversation, behind `web:`. */
  readonly key: string;
  /** Everything by which another conversation's rows differ, in the order in which it is to be replaced. */
  readonly tokens: readonly string[];
  readonly phone: string | null;
  readonly rows: readonly { readonly table: BulkTable; readonly values: readonly BulkValue[] }[];
}

const say = (text: string): InboundEvent => ({ kind: "message", text });
const BY = "history";

/** What is said; of twenty customers ten book, three of whom cancel, seven ask something, three complain and are looked after. */
const PLAYED: readonly { readonly key: string; readonly share: number; readonly phone: string | null; readonly said: readonly string[] }[] =
  [
    { key: "hbooked", share: 7, phone: "13890010001", said: ["0", "1", "确认", "谢谢"] },
    { key: "hcancel", share: 3, phone: "13890020002", said: ["0", "1", "确认", "取消预约", "确认取消"] },
    { key: "hasking", share: 7, phone: null, said: ["你们几点开门", "空调加氟多少钱"] },
    { key: "hcomplain", share: 3, phone: null, said: ["我要投诉,上次师傅迟到两小时还把地板划了", "什么时候处理"] },
  ];

/** Shared by all customers, or not a conversation's own. */
const LEFT_OUT = new Set(["agenda", "counters", "meta", "staff_posts", "staff_places", "campaigns"]);

/** @returns the templates; a conversation number `n` in each table has the rows of its template with the tokens replaced */
export async function playTemplates(bench: Bench): Promise<readonly Template[]> {
  const templates: Template[] = [];
  for (const [place, { key, share, phone, said }] of PLAYED.entries()) {
    const path = join(bench.folder, `${key}.sqlite`);
    const { engine, store } = openEngine(bench, path);
    const conversation = `web:${key}`;
    let count = 0;
    const take = async (event: InboundEvent): Promise<void> => {
      count += 1;
      await engine.intake.accept([{ id: `${conversation}:${count}`, conversation, receivedAt: Date.now(), event }]);
      await engine.settle();
    };
    for (const text of said) {
      const spoken = /^\d$/.test(text) ? words(place * 11, Number(text), Date.now()) : text;
      await take(say(phone === null ? spoken : spoken.replace(/138\d{8}/, phone)));
    }
    const cases = await store.unit((unit) => unit.records.casesOf(conversation));
    for (const { number } of cases)
      for (const command of [
        { do: "claim", case: number },
        { do: "reply", case: number, text: "已经安排师傅重新上门,十分抱歉。" },
        { do: "resolve", case: number, text: "已处理" },
      ] as const)
        await take({ kind: "desk", by: bench.profile.staff[0]?.id ?? BY, command });
    await store.close();
    templates.push(await readTemplate(path, { key, share, phone }));
  }
  return templates;
}

async function readTemplate(
  path: string,
  { key, share, phone }: { readonly key: string; readonly share: number; readonly phone: string | null },
): Promise<Template> {
  const bulk = openSqliteBulk(path);
  const rows: { table: BulkTable; values: BulkValue[] }[] = [];
  const ids = new Set<string>();
  for (const table of bulkTables()) {
    if (LEFT_OUT.has(table.name)) continue;
    const column = (name: string): number => table.columns.findIndex((one) => one.name === name);
    for await (const page of bulk.read(table)) {
      for (const values of page) {
        // A case that was looked after is closed after a while; the desk's list holds the few that aren't.
        rows.push({ table, values: values.map((value, at) => (table.name === "records" && at === column("open") ? false : value)) });
        if (table.name === "customers") ids.add(String(values[column("id")]));
        if (table.name === "records") ids.add(String(values[column("number")]));
      }
    }
  }
  await bulk.finish(false);
  const tokens = [...ids].sort((one, other) => other.length - one.length);
  // What bears no name of this conversation is the house's, and is there once.
  const own = rows.filter(({ values }) =>
    values.some((value) => typeof value === "string" && [key, ...tokens].some((token) => value.includes(token))),
  );
  return { key, share, phone, tokens, rows: own };
}
