/** Fills a database with any number of conversations, by the database itself: a million in minutes. */
import type { BulkColumn, BulkValue } from "../../../storage/bulk.ts";
import type { Template } from "./template.ts";

/** How an engine writes what the fill needs. */
export interface Dialect {
  /** Rows `k` = `from` … `to`, to select from. */
  series(from: number, to: number): string;
  /** An expression as text of `digits` digits. */
  padded(expression: string, digits: number): string;
  flag(value: boolean): string;
  /** Text as a value of a JSON column. */
  json(expression: string): string;
}

export const SQLITE: Dialect = {
  series: (from, to) => `(with recursive s (k) as (select ${from} union all select k + 1 from s where k < ${to}) select k from s)`,
  padded: (expression, digits) => `printf('%0${digits}d', ${expression})`,
  flag: (value) => (value ? "1" : "0"),
  json: (expression) => expression,
};

export const POSTGRES: Dialect = {
  series: (from, to) => `generate_series(${from}::bigint, ${to}::bigint) as s (k)`,
  padded: (expression, digits) => `lpad((${expression})::text, ${digits}, '0')`,
  flag: String,
  json: (expression) => `(${expression})::json`,
};

const OF = 20;
const DIGITS = 7;
/** Conversations of one statement: long enough to be quick, short enough to be told of. */
const STEP = 50_000;

/** Name under which stored conversation number `n` is known; `n` counts from 0. */
export function storedConversation(templates: readonly Template[], n: number): string {
  let place = n % OF;
  const template = templates.find(({ share }) => {
    place -= share;
    return place < 0;
  })!;
  return `web:${template.key}-${String(n).padStart(DIGITS, "0")}`;
}

/** Statements that store the conversations 0 … `count` - 1, `count` a multiple of twenty; to be run in their order. */
export function* fillStatements(dialect: Dialect, templates: readonly Template[], count: number): Generator<string> {
  for (let from = 0; from < count; from += STEP) {
    let place = 0;
    const blocks = Math.ceil((Math.min(count, from + STEP) - from) / OF);
    for (const template of templates) {
      const { share } = template;
      // Of each twenty numbers, `share` from `place` on are like this template.
      const first = (from / OF) * share;
      const series = `(select (k / ${share}) * ${OF} + ${place} + k % ${share} as n from ${dialect.series(first, first + blocks * share - 1)}) as numbers`;
      for (const [at, row] of template.rows.entries()) yield insert(dialect, template, row, at, series);
      place += share;
    }
  }
}

function insert(dialect: Dialect, template: Template, { table, values }: Template["rows"][number], at: number, series: string): string {
  const written = table.columns.map((column, index) => ({ column, value: values[index]! })).filter(({ column }) => !column.sequence);
  const names = written.map(({ column }) => column.name).join(", ");
  const expressions = written.map(({ column, value }) => expressionOf(dialect, template, column, value, at)).join(", ");
  return `insert into ${table.name} (${names}) select ${expressions} from ${series}`;
}

/** Most rows of a table that one conversation leaves. */
const MOST_ROWS = 100;

function expressionOf(dialect: Dialect, template: Template, column: BulkColumn, value: BulkValue, at: number): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return dialect.flag(value);
  // Turns are numbered over all conversations.
  if (typeof value === "number") return column.name === "turn" ? `n * ${MOST_ROWS} + ${at + 1}` : String(value);
  const n = dialect.padded("n", DIGITS);
  let expression = quoted(value);
  const replace = (token: string, by: string): void => {
    if (value.includes(token)) expression = `replace(${expression}, ${quoted(token)}, ${by})`;
  };
  for (const token of [...template.tokens, template.key]) replace(token, `${quoted(`${token}-`)} || ${n}`);
  if (template.phone !== null) {
    const n8 = dialect.padded("n", 8);
    replace(template.phone, `'139' || ${n8}`);
    // Kept from its end as well, for staff who remember the last digits.
    replace([...template.phone].reverse().join(""), `${n8} || '931'`);
  }
  return column.type === "json" ? dialect.json(expression) : expression;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
