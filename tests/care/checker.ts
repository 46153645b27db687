/**
 * Judges every message of a played year against the truth of the town. Knows nothing of how the product decides: it reads clocks with
 * `Intl`, lunar days from the published table (the platform's own Chinese calendar is a day off in February 2027), and has its own idea of
 * each rule.
 */
import type { Touch, TouchReason } from "../../core/care/touch.ts";
import type { StoredMessage } from "../../core/spine/events.ts";
import { DAY_MS, type Instant } from "../../core/time.ts";
import { type PublishedDay, publishedDays } from "../core/calendar/lunar-table.ts";
import type { Person } from "./world.ts";

export interface SentMessage {
  readonly at: Instant;
  readonly message: Pick<StoredMessage, "id" | "conversation" | "text">;
}

/** What is judged of a touch; the rest of a year's touches would fill the memory. */
export interface JudgedTouch
  extends Pick<Touch, "id" | "customerId" | "plan" | "kind" | "step" | "owned" | "order" | "on" | "status" | "notAfter" | "into"> {
  /** Of its last note. */
  readonly why: TouchReason | null;
}

export function judged(touch: Touch): JudgedTouch {
  const { id, customerId, plan, kind, step, owned, order, on, status, notAfter, into } = touch;
  return { id, customerId, plan, kind, step, owned, order, on, status, notAfter, into, why: touch.log.at(-1)?.why ?? null };
}

export interface Verdict {
  readonly messages: number;
  readonly touches: Readonly<Record<string, number>>;
  /** Rules that were broken, with the first examples. */
  readonly broken: readonly string[];
}

interface Clock {
  readonly day: string;
  readonly hour: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function clockOf(at: Instant, zone: string): Clock {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      hourCycle: "h23",
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
  return { day: `${parts["year"]}-${parts["month"]}-${parts["day"]}`, hour: Number(parts["hour"]) };
}

const LUNAR = new Map(publishedDays().map((one) => [one.day, one]));
const lunarOf = (day: string): PublishedDay => LUNAR.get(day)!;
const shift = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export interface CheckInput {
  readonly town: readonly Person[];
  readonly sent: readonly SentMessage[];
  readonly touches: readonly JudgedTouch[];
  readonly start: Instant;
  readonly end: Instant;
  /** Spans in which the open channel was down. */
  readonly down: readonly { readonly from: Instant; readonly to: Instant }[];
}

export function checkYear(input: CheckInput): Verdict {
  const { town, sent, touches } = input;
  const broken: string[] = [];
  const say = (rule: string, what: string): void => void (broken.length < 50 && broken.push(`${rule}: ${what}`));
  const people = new Map(town.map((person) => [person.file.id, person]));
  const byId = new Map(touches.map((touch) => [touch.id, touch]));
  const told = new Map<string, number>();
  const ofPerson = new Map<string, { at: Instant; day: string }[]>();

  for (const { at, message } of sent) {
    const id = /^care\/\d+\/(.+)$/s.exec(message.id)?.[1];
    const touch = id === undefined ? undefined : byId.get(id);
    if (!touch) {
      say("known", `message ${message.id} belongs to no touch`);
      continue;
    }
    const person = people.get(touch.customerId)!;
    const where = `${touch.id} at ${new Date(at).toISOString()}`;
    told.set(touch.id, (told.get(touch.id) ?? 0) + 1);
    const clock = clockOf(at, person.zone);
    if (clock.hour >= 21 || clock.hour < 9) say("quiet hours", `${where}, ${clock.hour} o'clock in ${person.zone}`);
    const before = ofPerson.get(touch.customerId) ?? [];
    if (before.some((one) => one.day === clock.day)) say("one a day", where);
    if (before.filter((one) => at - one.at < 31 * DAY_MS).length >= 4) say("four a month", where);
    ofPerson.set(touch.customerId, [...before, { at, day: clock.day }]);
    const { refuses, complaint, sold } = person;
    if (refuses && at > refuses.at && (refuses.kind === "all" || refuses.kind === touch.kind)) say("opt-out", where);
    if (complaint && at > complaint.from && at < complaint.to && touch.kind !== "reminder") say("complaint", where);
    const inShop = person.orders.some((order) => at > order.received && at < order.delivered);
    if (inShop && touch.kind !== "reminder") say("in the shop", where);
    if (inShop && touch.plan === "maintenance") say("maintenance in the shop", where);
    if (sold && at > sold.at && touch.owned === "p1") say("sold", where);
    if (message.conversation.startsWith("window:")) say("window", `${where}: the customer had not written`);
    if (message.conversation.includes("blocked")) say("blocked", where);
    if (!speaks(message.text, person.file.language ?? "zh-CN")) say("language", `${where}: ${message.text.slice(0, 40)}`);
    if (/\{|\}|undefined|null|NaN/.test(message.text)) say("wording", `${where}: ${message.text.slice(0, 80)}`);
    checkDay(touch, person, at, say);
  }
  for (const [id, count] of told) if (count > 1) say("once", `${id} was sent ${count} times`);
  for (const touch of touches) {
    if (touch.status === "sent" && !told.has(touch.id)) say("honest", `${touch.id} is called sent and never left`);
    if (touch.status !== "sent" && told.has(touch.id)) say("honest", `${touch.id} left and is called ${touch.status}`);
    const ended = ["sent", "merged", "skipped", "task", "unreachable", "done"].includes(touch.status);
    if (!ended && touch.notAfter < input.end) say("ends", `${touch.id} is still ${touch.status} after its time`);
    if (["skipped", "unreachable", "task"].includes(touch.status) && touch.why === null) say("reason", `${touch.id} has none`);
  }
  checkTwice(touches, byId, say);
  checkReach(input, byId, say);
  const counts: Record<string, number> = {};
  for (const touch of touches) counts[touch.status] = (counts[touch.status] ?? 0) + 1;
  return { messages: sent.length, touches: counts, broken };
}

type Say = (rule: string, what: string) => void;

/** The right day: birthdays three days ahead, due dates a week ahead, follow-ups three days after, none later than its limit. */
function checkDay(touch: JudgedTouch, person: Person, at: Instant, say: Say): void {
  const today = clockOf(at, person.zone).day;
  const ahead = (days: number, late: number): void => {
    const first = shift(touch.on, -days);
    if (today < first || today > shift(first, late)) say("day", `${touch.id}: for ${touch.on}, sent on ${today}`);
  };
  if (touch.plan === "birthday") {
    ahead(3, 3);
    const { birthday } = person.file;
    if (!birthday) say("birthday", `${touch.id}: has none`);
    else if (birthday.calendar === "solar") {
      if (Number(touch.on.slice(5, 7)) !== birthday.month || Number(touch.on.slice(8)) !== birthday.date) say("birthday", touch.id);
    } else {
      const lunar = lunarOf(touch.on);
      const short = birthday.date === 30 && lunar.date === 29 && lunarOf(shift(touch.on, 1)).date === 1;
      if (lunar.month !== birthday.month || lunar.leap || (lunar.date !== birthday.date && !short)) say("lunar birthday", touch.id);
    }
  } else if (touch.plan === "inspection-due" || touch.plan === "insurance-due") ahead(7, 5);
  else if (touch.plan === "spring") {
    const lunar = lunarOf(shift(touch.on, 1));
    if (lunar.month !== 1 || lunar.date !== 1) say("spring", touch.id);
    ahead(0, 2);
  } else if (touch.plan === "3dc" && touch.step === 0) {
    const order = person.orders.find((one) => one.number === touch.order);
    const from = order ? clockOf(order.delivered, person.zone).day : "";
    if (!order || today < shift(from, 3) || today > shift(from, 5)) say("3DC", `${touch.id}: delivered ${from}, asked ${today}`);
  }
}

/** Nobody hears of one thing twice, alone or along with another; what went along went along with something that was sent. */
function checkTwice(touches: readonly JudgedTouch[], byId: ReadonlyMap<string, JudgedTouch>, say: Say): void {
  const heard = new Set<string>();
  for (const touch of touches) {
    if (touch.status !== "sent" && touch.status !== "merged") continue;
    const key = [touch.customerId, touch.plan, touch.owned ?? "", touch.order ?? "", touch.on, touch.step].join("|");
    if (heard.has(key)) say("twice", `${touch.id}: ${touch.plan} for ${touch.on} was said before`);
    heard.add(key);
    if (touch.status === "merged" && byId.get(touch.into ?? "")?.status !== "sent") say("merged", `${touch.id} went along with nothing`);
  }
}

/** Reasons for which somebody who is always reachable may still not have been written to. */
const EXCUSES = new Set<TouchReason | null>([
  "goal_reached",
  "month_full",
  "day_full",
  "sold",
  "complaint",
  "in_shop",
  "opted_out",
  "quiet_hours",
]);

/** Nobody is forgotten: what is due has its touch, and who is always reachable and has nothing against it got it. */
function checkReach({ town, start, end, down }: CheckInput, byId: ReadonlyMap<string, JudgedTouch>, say: Say): void {
  const [from, to] = [start + 2 * DAY_MS, end - 8 * DAY_MS];
  /** @param first the day on which it is to be sent; `fine` nothing of the town speaks against it */
  const owed = (person: Person, id: string, first: string, fine: boolean): void => {
    const at = Date.parse(`${first}T02:00:00Z`);
    if (at < from || at > to) return;
    const touch = byId.get(id);
    if (!touch) {
      say("forgotten", id);
      return;
    }
    const reachable = person.way === "open" || person.way === "both";
    const quiet = down.some((one) => at > one.from - 6 * DAY_MS && at < one.to + DAY_MS);
    if (!fine || !reachable || person.refuses || quiet || touch.status === "sent" || touch.status === "merged") return;
    if (!EXCUSES.has(touch.why)) say("not brought", `${id} is ${touch.status}: ${touch.why}`);
  };
  for (const person of town) {
    const { id, birthday, products } = person.file;
    const due = products[0]!.due ?? {};
    for (const name of ["inspection", "insurance"] as const) {
      const on = due[name];
      if (on !== undefined && !person.sold) owed(person, `${name}-due/${id}/p1@${on}/0`, shift(on, -7), true);
    }
    for (const on of birthday ? birthdaysBetween(birthday, from, to + 8 * DAY_MS) : [])
      owed(person, `birthday/${id}/${on}/0`, shift(on, -3), person.complaint === null && person.orders.length === 0);
    for (const { number, delivered } of person.orders) {
      const on = clockOf(delivered, person.zone).day;
      if (delivered < end - 10 * DAY_MS) owed(person, `3dc/${id}/${number}@${on}/0`, shift(on, 3), person.complaint === null);
    }
    const eve = [...LUNAR.values()].find((one) => one.month === 1 && one.date === 1 && Date.parse(one.day) > start);
    if (eve)
      owed(person, `spring/${id}/${shift(eve.day, -1)}/0`, shift(eve.day, -1), person.complaint === null && person.orders.length === 0);
  }
}

/** Days of a birthday by the published table: a leap month's is kept in the regular one, the 30th of a short month on its last day. */
function birthdaysBetween(birthday: NonNullable<Person["file"]["birthday"]>, from: Instant, to: Instant): readonly string[] {
  const days: string[] = [];
  for (let at = from; at < to; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (birthday.calendar === "solar") {
      if (Number(day.slice(5, 7)) === birthday.month && Number(day.slice(8)) === birthday.date) days.push(day);
      continue;
    }
    const { month, date, leap } = lunarOf(day);
    if (month !== birthday.month || leap) continue;
    const last = birthday.date === 30 && date === 29 && lunarOf(shift(day, 1)).date === 1;
    if (date === birthday.date || last) days.push(day);
  }
  return days;
}

function speaks(text: string, language: string): boolean {
  if (language === "en") return /[a-z]{4}/.test(text) && !/您|这|這/.test(text);
  return language === "zh-TW" ? /這裡|您/.test(text) && !/这里|满意|预约/.test(text) : /您/.test(text) && !/這裡|滿意|預約/.test(text);
}
