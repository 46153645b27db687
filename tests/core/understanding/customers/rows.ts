/** Reads the tables of customers' messages beside this file: what each says of names, products, faults, times and figures. */
import { readdirSync } from "node:fs";
import { loadProfile, SHIPPED_PROFILES } from "../../../../bots/profiles.ts";
import { readDateTimes } from "../../../../core/understanding/datetime/index.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";
import type { Vocabulary } from "../../../../core/understanding/vocabulary/index.ts";
import { createVocabulary } from "../../../../core/understanding/vocabulary/index.ts";
import { instant, NOW, show, ZONE } from "../datetime/table.ts";
import { read } from "../entities/read.ts";
import { readTableLines } from "./table-lines.ts";

/** Tables by name: a language, and the occasion for which its rows were written. */
export const TABLES = readdirSync(import.meta.dirname)
  .filter((file) => /^(?:zh-CN|zh-TW|en)\b.*\.txt$/.test(file))
  .map((file) => file.slice(0, -".txt".length));

/** One message and what is in it; a kind that is empty must not be found. */
export interface Row {
  readonly text: string;
  /** `null`: names are not looked at. */
  readonly names: readonly string[] | null;
  /** Ids of products; `null`: products are not looked at. */
  readonly products: readonly string[] | null;
  /** Words of the faults as typed; `null`: faults are not looked at. */
  readonly faults: readonly string[] | null;
  /** The first time that lies ahead, as the tables of times write it; empty: none. */
  readonly time: string;
  /** Amounts of money, `89.5 USD`; `null`: they are not looked at, as the other figures. */
  readonly amounts: readonly string[] | null;
  /** Marks given, `9/10`. */
  readonly scores: readonly string[] | null;
  /** Readings of the odometer, km. */
  readonly mileages: readonly string[] | null;
  /** The moment at which it was written. */
  readonly now: string;
}

/**
 * Rows `text | n=names | p=products | f=faults | d=time`, one a line; `# ` begins a remark, `\n` in a text is a line end, `f=-` means
 * that no fault may be found. `a=` amounts, `s=` scores and `m=` mileages are looked at where a row has them, `-` for none. `@ ISO` sets
 * the moment for the rows after it; below `! times` names and products are not looked at.
 */
export function readRows(table: string): Row[] {
  let now = NOW;
  let timesAlone = false;
  return readTableLines(`${table}.txt`).flatMap((line) => {
    if (line.directive !== null) {
      if (line.directive === "@") now = line.value;
      else timesAlone = true;
      return [];
    }
    const { text, fields } = line;
    const field = (key: string): string | undefined =>
      fields
        .find((one) => one.startsWith(`${key}=`))
        ?.slice(key.length + 1)
        .trim();
    const list = (value: string | undefined): string[] => (value === undefined ? [] : value.split(","));
    const looked = (value: string | undefined): string[] | null => (value === undefined ? null : value === "-" ? [] : value.split(", "));
    const faults = field("f");
    return {
      text,
      names: timesAlone ? null : list(field("n")),
      products: timesAlone ? null : list(field("p")),
      faults: faults === undefined ? null : faults === "-" ? [] : faults.split(","),
      time: field("d") ?? "",
      amounts: looked(field("a")),
      scores: looked(field("s")),
      mileages: looked(field("m")),
      now,
    };
  });
}

/** The words of each shipped business, and of all of them at once, for messages that could go to any. */
export interface ShippedWords {
  readonly of: (product: string | undefined) => Vocabulary;
}

/** A message that names a product is read by the business that looks after it. */
export function shippedWords(): ShippedWords {
  const profiles = SHIPPED_PROFILES.map((name) => loadProfile(name, "en"));
  const all = createVocabulary(profiles);
  const own = profiles.map((profile) => ({ ids: new Set(profile.products.map(({ id }) => id)), vocabulary: createVocabulary([profile]) }));
  return { of: (product) => own.find(({ ids }) => product !== undefined && ids.has(product))?.vocabulary ?? all };
}

/** What was read of a row's message, in the terms of the row. A fault counts as the row's words where one holds the other. */
export function readRow(row: Row, shipped: ShippedWords): Row {
  const words = shipped.of(row.products?.[0]).read(normalise(row.text));
  const times = readDateTimes(row.text, { now: instant(row.now), zone: ZONE });
  const ahead = times.find(({ past }) => !past);
  const entities = read(row.text, { taken: times });
  const found = [...words.fault, ...words.service].map(({ text }) => text);
  const same = (one: string, other: string): boolean => one.includes(other) || other.includes(one);
  return {
    text: row.text,
    names: row.names && entities.name.map(({ value }) => value),
    products: row.products && [...new Set(words.product.map(({ id }) => id))],
    faults: faultsAsExpected(row.faults, found, same),
    time: ahead === undefined ? "" : show(ahead),
    amounts: row.amounts && entities.amount.map(({ minor, currency }) => `${minor / 100} ${currency}`),
    scores: row.scores && entities.score.map(({ value, scale }) => `${value}/${scale}`),
    mileages: row.mileages && entities.mileage.map(({ km }) => String(km)),
    now: row.now,
  };
}

function faultsAsExpected(wanted: Row["faults"], found: readonly string[], same: (one: string, other: string) => boolean): Row["faults"] {
  if (wanted === null) return null;
  if (wanted.length === 0) return found;
  const told = wanted.filter((words) => found.some((text) => same(text, words)));
  return told.length === wanted.length ? wanted : found;
}
