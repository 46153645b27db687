/** Cells that hold several values, parted by `；`: due days by name, mileage readings, people. Read and written alike. */
import type { DayKey } from "../../time.ts";
import type { OwnedProduct, ProductPerson } from "../state.ts";
import { transferDay, transferPhone } from "./values.ts";

const parts = (text: string): string[] =>
  text
    .normalize("NFKC")
    .split(";")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** `tax 2027-01-31；warranty 2028-03-05`. @returns what could not be read as `wrong` */
export function readDue(text: string): { readonly due: Readonly<Record<string, DayKey>>; readonly wrong: readonly string[] } {
  const due: Record<string, DayKey> = {};
  const wrong: string[] = [];
  for (const part of parts(text)) {
    const match = /^([a-z0-9][a-z0-9-]{0,39})[\s:=]+(.+)$/i.exec(part);
    const day = match ? transferDay(match[2]!) : null;
    if (match && day !== null) due[match[1]!.toLowerCase()] = day;
    else wrong.push(part);
  }
  return { due, wrong };
}

export function writeDue(due: Readonly<Record<string, DayKey>>): string {
  return Object.entries(due)
    .map(([name, day]) => `${name} ${day}`)
    .join("；");
}

type Reading = NonNullable<OwnedProduct["readings"]>[number];

/** `2026-01-05 12000；2026-06-30 18500`, oldest first whatever their order here. */
export function readReadings(text: string): { readonly readings: readonly Reading[]; readonly wrong: readonly string[] } {
  const readings: Reading[] = [];
  const wrong: string[] = [];
  for (const part of parts(text)) {
    const match = /^(\S+)[\s:=]+([\d,]+)\s*(?:km|公里)?$/i.exec(part);
    const on = match ? transferDay(match[1]!) : null;
    const km = match ? Number(match[2]!.replaceAll(",", "")) : Number.NaN;
    if (on !== null && km <= 3_000_000) readings.push({ on, km });
    else wrong.push(part);
  }
  return { readings: readings.sort((one, other) => (one.on < other.on ? -1 : 1)), wrong };
}

export function writeReadings(readings: readonly Reading[]): string {
  return readings.map(({ on, km }) => `${on} ${km}`).join("；");
}

const ROLES: Readonly<Record<string, ProductPerson["role"]>> = {
  owner: "owner",
  车主: "owner",
  車主: "owner",
  业主: "owner",
  業主: "owner",
  driver: "driver",
  司机: "driver",
  司機: "driver",
  使用人: "driver",
  驾驶人: "driver",
  tenant: "tenant",
  租客: "tenant",
  租户: "tenant",
  租戶: "tenant",
  payer: "payer",
  付款人: "payer",
  contact: "contact",
  联系人: "contact",
  聯絡人: "contact",
};

/** A role as people write it; `null` when it is none. */
function roleNamed(text: string): ProductPerson["role"] | null {
  return ROLES[text.normalize("NFKC").trim().toLowerCase()] ?? null;
}

/** `driver 王芳 13800138000；付款人 李雷`. */
export function readPeople(text: string): { readonly people: readonly ProductPerson[]; readonly wrong: readonly string[] } {
  const people: ProductPerson[] = [];
  const wrong: string[] = [];
  for (const part of parts(text)) {
    const match = /^(\S+?)[\s:：]+(.+?)(?:\s+(\+?[\d -]{7,20}))?$/.exec(part);
    const role = match ? roleNamed(match[1]!) : null;
    const phone = match?.[3] === undefined ? null : transferPhone(match[3]);
    if (!match || role === null || (match[3] !== undefined && phone === null) || match[2]!.length > 60) wrong.push(part);
    else people.push({ name: match[2]!.trim(), phone, role });
  }
  return { people, wrong };
}

export function writePeople(people: readonly ProductPerson[]): string {
  return people.map(({ role, name, phone }) => [role, name, phone].filter(Boolean).join(" ")).join("；");
}
