/**
 * Finding a customer by any mixture of what staff know (service standard: several ways of looking up): name or its pinyin, phone
 * or its tail, plate, VIN or serial or a piece of it, order, booking or case number, a day. 「lwq 8821」「罗 粤B 8821」「2026-11-24 王」.
 */
import type { Unit } from "../ports.ts";
import { type DayKey, dayOf, instantOf } from "../time.ts";
import { pinyinOf } from "./pinyin.ts";
import type { CustomerFile, CustomerKey } from "./state.ts";

/** One thing said in a query. */
export type QueryPart =
  | { readonly kind: "number"; readonly value: string }
  | { readonly kind: "day"; readonly value: DayKey }
  | { readonly kind: "digits" | "code" | "letters" | "name"; readonly value: string };

/** Files looked at for one query; the most selective part is looked up, the others are tried on what it gives. */
const CANDIDATES_MOST = 400;

/** What a query says, part by part. */
export function parseQuery(query: string): QueryPart[] {
  const parts: QueryPart[] = [];
  const plain = query.normalize("NFKC").slice(0, 200);
  const words = plain.replace(/\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?/g, (day) => {
    const [year, month, date] = day.match(/\d+/g) as [string, string, string];
    parts.push({ kind: "day", value: `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}` });
    return " ";
  });
  for (const raw of words.split(/[\s,，;；、]+/)) {
    const word = raw.replace(/[·.\-'’]/g, "");
    // A country code standing alone says nothing.
    if (word === "" || /^\+\d{0,3}$/.test(word)) continue;
    if (/^[A-Za-z]{1,3}\d{6,}$/.test(word)) parts.push({ kind: "number", value: word.toUpperCase() });
    else if (/^\+?\d{3,}$/.test(word)) parts.push({ kind: "digits", value: word.replace("+", "") });
    else if (/^[A-Za-z]+$/.test(word)) parts.push({ kind: "letters", value: word.toLowerCase() });
    else if (/^\p{Script=Han}+(?:先生|女士|小姐)?$/u.test(word))
      parts.push({ kind: "name", value: word.replace(/(?:先生|女士|小姐)$/, "") });
    else if (/[A-Za-z\d]/.test(word)) parts.push({ kind: "code", value: word.toUpperCase() });
  }
  return parts;
}

const plainCode = (code: string): string =>
  code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** Does a file hold what the part says? Days and numbers are the shell's to look up. */
function matchesPart(file: CustomerFile, part: QueryPart): boolean {
  const codes = file.products.flatMap((product) =>
    [product.plate, product.serial].filter((code): code is string => code !== null).map(plainCode),
  );
  const people = file.products.flatMap((product) => product.people ?? []);
  const names = [file.name, ...people.map((person) => person.name)].filter((name): name is string => name !== null);
  switch (part.kind) {
    case "digits": {
      const phones = [...file.phones, ...people.map((person) => person.phone ?? "")].map((phone) => phone.replace(/\D/g, ""));
      return phones.some((phone) => phone.endsWith(part.value)) || codes.some((code) => code.includes(part.value));
    }
    case "code":
      return codes.some((code) => code.includes(plainCode(part.value)));
    case "letters":
      return (
        names.some((name) => {
          const latin = pinyinOf(name);
          if (latin) return latin.initials.startsWith(part.value) || latin.full.startsWith(part.value);
          return name
            .toLowerCase()
            .replace(/[^a-z]/g, "")
            .includes(part.value);
        }) || codes.some((code) => part.value.length >= 3 && code.includes(part.value.toUpperCase()))
      );
    case "name":
      return names.some((name) => name.includes(part.value));
    case "number":
    case "day":
      return true;
  }
}

/** Which part is looked up: the one that the fewest share. */
const SELECTIVITY: readonly QueryPart["kind"][] = ["number", "code", "digits", "name", "letters", "day"];

/** @returns those whom every part fits, at most `limit`; for staff only */
export async function searchCustomers(unit: Unit, query: string, zone: string, limit = 20): Promise<readonly CustomerFile[]> {
  const parts = parseQuery(query).sort((one, other) => SELECTIVITY.indexOf(one.kind) - SELECTIVITY.indexOf(other.kind));
  const [first] = parts;
  if (!first) return [];
  const candidates = new Map<string, CustomerFile>();
  const add = (files: readonly CustomerFile[]): void => {
    for (const file of files) candidates.set(file.id, file);
  };
  const lookUp = (kind: CustomerKey, value: string): Promise<readonly CustomerFile[]> =>
    unit.customers.search(kind, value, CANDIDATES_MOST);
  switch (first.kind) {
    case "number": {
      const owner = await ownerOf(unit, first.value);
      const file = owner === null ? null : await unit.customers.get(owner);
      if (file) add([file]);
      else add(await lookUp("fragment", first.value));
      break;
    }
    case "digits":
      add(await lookUp("tail", first.value));
      add(await lookUp("fragment", first.value));
      break;
    case "code":
      add(await lookUp("fragment", first.value));
      break;
    case "name":
      add(await lookUp("name", first.value));
      break;
    case "letters":
      add(await lookUp("pinyin", first.value));
      add(await lookUp("name", first.value));
      if (first.value.length >= 3) add(await lookUp("fragment", first.value));
      break;
    case "day":
      break;
  }
  const day = parts.find((part) => part.kind === "day");
  if (first.kind === "day") add(await customersOn(unit, first.value));
  const found: CustomerFile[] = [];
  for (const file of candidates.values()) {
    if (!parts.every((part) => (part === first && part.kind === "number") || matchesPart(file, part))) continue;
    if (day && first.kind !== "day" && !(await wasHereOn(unit, file.id, day.value, zone))) continue;
    found.push(file);
    if (found.length >= limit) break;
  }
  return found;
}

async function ownerOf(unit: Unit, number: string): Promise<string | null> {
  const order = await unit.records.order(number);
  if (order) return order.customerId;
  const booking = await unit.records.booking(number);
  if (booking) return booking.customerId;
  return (await unit.records.case(number))?.customerId ?? null;
}

/** Whose bookings lie on a day. */
async function customersOn(unit: Unit, day: DayKey): Promise<CustomerFile[]> {
  const files = new Map<string, CustomerFile>();
  for (const { busy } of await unit.agenda.days(day, day)) {
    for (const span of busy) {
      const booking = await unit.records.booking(span.booking);
      const file = booking && !files.has(booking.customerId) ? await unit.customers.get(booking.customerId) : null;
      if (file) files.set(file.id, file);
    }
  }
  return [...files.values()];
}

async function wasHereOn(unit: Unit, customer: string, day: DayKey, zone: string): Promise<boolean> {
  const from = instantOf(day, 0, zone);
  if (Number.isNaN(from)) return false;
  const on = (at: number): boolean => dayOf(at, zone) === day;
  if ((await unit.records.bookingsOf(customer)).some((booking) => on(booking.start))) return true;
  return (await unit.records.ordersOf(customer)).some((order) => on(order.createdAt) || order.history.some((move) => on(move.at)));
}
