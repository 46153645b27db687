/** Answers to the desk's questions, in the language of the business. Each reads what it needs within the unit it is given. */
import { type Case, isOpen } from "../cases/state.ts";
import { explainTrace, traceNames } from "../conversation/explain.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { Unit } from "../ports.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import type { Staff } from "../profile/schema.ts";
import type { Instant } from "../time.ts";
import { comma, formatDateTime, formatPhone } from "../wording/format.ts";
import { staffWords } from "./card.ts";
import { absenceOf, type Handover, type Roster } from "./roster.ts";
import { isOnShift } from "./shifts.ts";

const LIST_MOST = 20;
const FOUND_MOST = 5;
const URGENCY = { emergency: 0, urgent: 1, normal: 2 } as const;

/** Most urgent first, then by the time promised; what was put off comes last. */
export function inOrder(cases: readonly Case[], now: Instant): readonly Case[] {
  const later = (one: Case): number => ((one.snoozedUntil ?? 0) > now ? 1 : 0);
  return [...cases].sort(
    (one, other) => later(one) - later(other) || URGENCY[one.urgency] - URGENCY[other.urgency] || one.promisedAt - other.promisedAt,
  );
}

/** Open cases, all of them or those of one member. */
export async function listCases(unit: Unit, model: BusinessModel, of: Staff | null, now: Instant): Promise<string> {
  const open = (await unit.records.openCases(1_000)).filter(isOpen);
  const wanted = inOrder(of ? open.filter((one) => one.owner === of.id) : open, now);
  if (wanted.length === 0) return staffWords(model, "staff.list_empty");
  const language = model.staffLanguage;
  const title = of
    ? staffWords(model, "staff.list_mine", { name: of.name[language], count: wanted.length })
    : staffWords(model, "staff.list_title", { count: wanted.length });
  const lines: string[] = [];
  for (const one of wanted.slice(0, LIST_MOST)) lines.push(await caseLine(unit, model, one, now));
  if (wanted.length > LIST_MOST) lines.push("…");
  return [title, ...lines].join("\n");
}

/** One case in a line. */
export async function caseLine(unit: Unit, model: BusinessModel, one: Case, now: Instant): Promise<string> {
  const language = model.staffLanguage;
  const id = (await unit.customers.ofConversation(one.conversation)) ?? one.customerId;
  const customer = id === null ? null : await unit.customers.get(id);
  return staffWords(model, "staff.list_line", {
    number: one.number,
    urgency: one.urgency === "normal" ? "" : staffWords(model, `urgency.${one.urgency}`),
    category: staffWords(model, `category.${one.category}`),
    customer: customer?.name ?? "",
    owner: nameIn(model.staff(one.owner ?? ""), language),
    promised: one.answeredAt === null ? formatDateTime(one.promisedAt, language, model.zone, now) : "",
  });
}

/** Customers by phone, plate, serial, or the number of an order, booking or case. */
export async function findCustomers(unit: Unit, model: BusinessModel, text: string): Promise<string> {
  const files = new Map<string, CustomerFile>();
  const add = async (id: string | null): Promise<void> => {
    const file = id === null ? null : await unit.customers.get(id);
    const whole = file?.joinedInto === undefined ? file : await unit.customers.get(file.joinedInto);
    if (whole) files.set(whole.id, whole);
  };
  const number = text.toUpperCase().replace(/^#/, "");
  await add((await unit.records.order(number))?.customerId ?? null);
  await add((await unit.records.booking(number))?.customerId ?? null);
  const named = await unit.records.case(number);
  if (named) await add((await unit.customers.ofConversation(named.conversation)) ?? named.customerId);
  const digits = text.replace(/\D/g, "");
  const phones = digits.length >= 7 ? [digits, `86${digits}`, `852${digits}`, `886${digits.replace(/^0/, "")}`] : [];
  for (const phone of phones) for (const file of await unit.customers.find("phone", phone)) await add(file.id);
  for (const kind of ["plate", "serial"] as const) for (const file of await unit.customers.find(kind, text)) await add(file.id);
  if (files.size === 0) return staffWords(model, "staff.find_none", { query: text });
  const lines: string[] = [];
  for (const file of [...files.values()].slice(0, FOUND_MOST)) lines.push(await customerLine(unit, model, file));
  return lines.join("\n");
}

async function customerLine(unit: Unit, model: BusinessModel, file: CustomerFile): Promise<string> {
  const language = model.staffLanguage;
  const orders = await unit.records.ordersOf(file.id);
  const cases: Case[] = [];
  for (const conversation of await unit.customers.conversationsOf(file.id)) cases.push(...(await unit.records.casesOf(conversation)));
  const joined = (texts: readonly string[]): string => texts.slice(-FOUND_MOST).join(comma(language));
  return staffWords(model, "staff.find_line", {
    customer: file.name ?? file.platformName ?? staffWords(model, "card.unnamed"),
    phone: file.phones[0] ? formatPhone(file.phones[0]) : "",
    products: joined(
      file.products.map((one) => [nameIn(model.product(one.product), language), one.plate ?? one.serial].filter(Boolean).join(" ")),
    ),
    orders: joined(orders.map((order) => `${order.number} ${staffWords(model, `order.${order.status}`)}`)),
    cases: joined(cases.map((one) => `${one.number} ${staffWords(model, `case.${one.status}`)}`)),
  });
}

/** What made the rules open a case, and what the last turns of its conversation decided. */
export async function explainCase(unit: Unit, model: BusinessModel, one: Case): Promise<string> {
  const language = model.staffLanguage;
  const names = traceNames(model);
  const lines = one.reasons.map((reason) => `· ${reason.why}`);
  const traces = await unit.traces.list(one.conversation, 20);
  const fired = traces.find((trace) => trace.steps.some((step) => step.kind === "rule")) ?? traces[0];
  if (fired) {
    const explained = explainTrace(fired, language, names);
    lines.push(explained.title, ...explained.lines.slice(0, 12).map((line) => `· ${line.text}`));
  }
  return lines.length > 0 ? [one.number, ...lines].join("\n") : staffWords(model, "staff.why_none", { number: one.number });
}

/** Who is at work, and what waits to be accepted, as the desk page shows it. */
export interface DeskShift {
  readonly people: readonly {
    readonly id: string;
    readonly state: "here" | "off" | "away";
    readonly until: Instant | null;
    readonly substitute: string | null;
  }[];
  readonly handovers: readonly Handover[];
}

export function describePeople(model: BusinessModel, roster: Roster, now: Instant): DeskShift {
  const people = model.profile.staff.map((member) => {
    const absence = absenceOf(roster, member.id, now);
    const state = absence ? ("away" as const) : isOnShift(model, member, now) ? ("here" as const) : ("off" as const);
    return { id: member.id, state, until: absence?.until ?? null, substitute: absence?.substitute ?? null };
  });
  return { people, handovers: roster.handovers };
}

/** Who is at work, in words. */
export function describeShift(model: BusinessModel, roster: Roster, now: Instant): string {
  const language = model.staffLanguage;
  const lines = model.profile.staff.map((member) => {
    const absence = absenceOf(roster, member.id, now);
    const state = absence
      ? staffWords(model, "shift.away", {
          until: absence.until === null ? "" : formatDateTime(absence.until, language, model.zone, now),
          substitute: nameIn(model.staff(absence.substitute ?? ""), language),
        })
      : staffWords(model, isOnShift(model, member, now) ? "shift.here" : "shift.off");
    return staffWords(model, "staff.shift_line", { name: member.name[language], role: staffWords(model, `role.${member.role}`), state });
  });
  return [staffWords(model, "staff.shift_title", { time: formatDateTime(now, language, model.zone, now) }), ...lines].join("\n");
}
