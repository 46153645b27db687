/**
 * A technician can't come (改派): every booking of that day gets a way out, shown to staff before anything is sent; then those who
 * keep their hour are told, those who can't are asked with a held hour, and the rest are a list of calls.
 */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import type { Json } from "../conversation/state.ts";
import { HOUSE } from "../orders/workshop.ts";
import type { Technician } from "../profile/schema.ts";
import { timeIn } from "../promises/spoken.ts";
import type { TimerData } from "../spine/events.ts";
import { addDays, type DayKey, dayOf, type Instant, instantOf, MINUTE_MS } from "../time.ts";
import { formatPhone } from "../wording/format.ts";
import { jobOfBooking } from "./book-values.ts";
import { holdKey } from "./hold-key.ts";
import { holdOffer } from "./holds.ts";
import { type Plannable, plannable } from "./plannable.ts";
import { scheduleReminders } from "./reminders.ts";
import type { Rescue, RescueItem } from "./rescue-state.ts";
import { hoursOf, nearestOffers, offerAt } from "./slots.ts";
import type { Booking } from "./state.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";

/** Plans the day of a technician who is away. Nothing is sent and nothing taken yet. */
export function planRescue(turn: TurnContext, by: string, name: string, text: string): void {
  const language = turn.staffLanguage;
  const technician = technicianNamed(turn, name);
  if (!technician) {
    turn.notify(by, turn.staffWords("staff.no_technician", { name }), null);
    return;
  }
  const at = text === "" ? turn.now : (timeIn(turn, text) ?? turn.now);
  const day = dayOf(at, turn.zone);
  const window = bookingWindowOf(turn);
  const agenda = plannable(
    agendaOf(turn, { from: Math.min(turn.now, instantOf(day, 0, turn.zone)), to: Math.max(window.to, at) }),
    turn.zone,
  );
  const numbers = agenda.view.day(technician.id, day).busy.map((span) => span.booking);
  const items: RescueItem[] = [];
  const lines: string[] = [];
  for (const number of numbers) {
    const booking = number.startsWith("B") ? turn.record("booking", number) : null;
    if (booking?.status !== "confirmed" || booking.start <= turn.now) continue;
    const item = wayOut(turn, agenda, technician.id, booking);
    items.push(item);
    lines.push(lineOf(turn, booking, item));
  }
  if (items.length === 0) {
    blockDay(turn, technician.id, day);
    turn.notify(by, turn.staffWords("staff.rescue_none", { technician: technician.name[language], day }), null);
    return;
  }
  const number = turn.number("rescue");
  const rescue: Rescue = {
    number,
    conversation: HOUSE,
    customerId: null,
    status: "planned",
    technician: technician.id,
    day,
    by,
    items,
    createdAt: turn.now,
    updatedAt: turn.now,
  };
  turn.applyRescue(number, null, { type: "rescue_planned", at: turn.now, rescue });
  blockDay(turn, technician.id, day);
  turn.notify(
    by,
    turn.staffWords("staff.rescue_plan", { number, technician: technician.name[language], day, lines: lines.join("\n") }),
    null,
    { buttons: [{ id: `/rescue send ${number}`, label: turn.staffWords("button.rescue_send") }] },
  );
}

function technicianNamed(turn: TurnContext, name: string): Technician | undefined {
  return turn.model.profile.technicians.find((one) => one.id === name || Object.values(one.name).includes(name));
}

function wayOut(turn: TurnContext, agenda: Plannable, without: string, booking: Booking): RescueItem {
  const search = { job: { ...jobOfBooking(turn, booking), preferred: null }, now: turn.now, without };
  const same = offerAt(turn.model, agenda.view, search, booking.start);
  const other = same ?? nearestOffers(turn.model, agenda.view, { ...search, limit: 1 }, booking.start)[0] ?? null;
  if (other) agenda.take(other, booking.number);
  return {
    booking: booking.number,
    conversation: booking.conversation,
    way: same ? "same_time" : other ? "other_time" : "call",
    start: other?.start ?? null,
    technician: other?.technician ?? null,
    status: "planned",
  };
}

/** A line for staff: booking, customer, and what is planned. */
function lineOf(turn: TurnContext, booking: Booking, item: RescueItem): string {
  const language = turn.staffLanguage;
  return turn.staffWords(
    `rescue.${item.status === "planned" || item.status === "asked" ? item.way : item.status === "told" ? "told_line" : item.status}`,
    {
      number: booking.number,
      name: booking.contact.name,
      phone: formatPhone(booking.contact.phone),
      from: turn.staffTime(booking.start),
      to: item.start === null ? "" : turn.staffTime(item.start),
      technician: item.technician === null ? "" : (turn.model.technician(item.technician)?.name[language] ?? ""),
    },
  );
}

/** The rest of the day is not sold any more. */
function blockDay(turn: TurnContext, technician: string, day: DayKey): void {
  const from = Math.max(instantOf(day, 0, turn.zone), turn.now);
  const to = instantOf(addDays(day, 1), 0, turn.zone);
  const current = turn.agenda(day, day).day(technician, day);
  let at: Instant = from;
  let busy = current.busy;
  let part = 0;
  for (const span of [...current.busy, { start: to, end: to, booking: "" }]) {
    if (span.start > at) {
      part += 1;
      busy = [...busy, { start: at, end: span.start, booking: `away:${technician}:${part}` }];
    }
    at = Math.max(at, span.end);
  }
  turn.putDay({ ...current, busy: [...busy].sort((one, other) => one.start - other.start) });
}

/** Sends the plan: hours are taken or held now, in one commit; what is no longer free becomes a call. */
export function sendRescue(turn: TurnContext, by: string, number: string): void {
  const rescue = turn.record("rescue", number);
  if (rescue?.status !== "planned") {
    turn.notify(by, turn.staffWords("staff.no_rescue", { number }), null);
    return;
  }
  const until = turn.now + turn.model.profile.business.workshop.bookings.offerHoldMinutes * MINUTE_MS;
  const window = bookingWindowOf(turn);
  const items: RescueItem[] = [];
  for (const item of rescue.items) {
    const booking = turn.record("booking", item.booking);
    if (booking?.status !== "confirmed" || booking.technician !== rescue.technician) {
      items.push({ ...item, status: "gone" });
      continue;
    }
    const search = { job: { ...jobOfBooking(turn, booking), preferred: item.technician }, now: turn.now, without: rescue.technician };
    const agenda = agendaOf(turn, window);
    const offer = item.start === null ? null : offerAt(turn.model, agenda, search, item.start);
    if (!offer) items.push({ ...item, way: "call", start: null, technician: null, status: "asked" });
    else if (item.way === "same_time") {
      turn.takeHours(offer, booking.number);
      turn.applyBooking(booking.number, booking, {
        type: "booking_moved",
        at: turn.now,
        ...hoursOf(offer),
        by,
      });
      items.push({ ...item, technician: offer.technician, status: "told" });
    } else {
      holdOffer(turn, offer, until, holdKey(booking.conversation));
      items.push({ ...item, technician: offer.technician, status: "asked" });
    }
    const last = items.at(-1)!;
    turn.tell(booking.conversation, "rescue_offer", {
      rescue: number,
      booking: booking.number,
      way: last.way,
      start: last.start,
      technician: last.technician,
      until,
    });
  }
  const sent = turn.applyRescue(number, rescue, { type: "rescue_sent", at: turn.now, items });
  turn.setTimer({ id: `rescue:${number}`, dueAt: until, name: "rescue_answer", data: { rescue: number, booking: null, status: null } });
  turn.notify(by, turn.staffWords("staff.rescue_sent", { number, count: sent.items.length }), null);
}

/** In the house: somebody answered, or the time to answer is over and staff get the list of calls. */
export function rescueAnswered(turn: TurnContext, data: TimerData): void {
  const rescue = turn.record("rescue", String(data["rescue"]));
  if (rescue?.status !== "open") return;
  if (data["booking"] === null) {
    listRescue(turn, rescue.by, rescue.number);
    return;
  }
  turn.applyRescue(rescue.number, rescue, {
    type: "rescue_answered",
    at: turn.now,
    booking: String(data["booking"]),
    status: data["status"] as RescueItem["status"],
  });
}

/** Who is settled, who hasn't answered, and whom to call. */
export function listRescue(turn: TurnContext, by: string, number: string): void {
  const rescue = turn.record("rescue", number);
  if (!rescue) {
    turn.notify(by, turn.staffWords("staff.no_rescue", { number }), null);
    return;
  }
  const line = (item: RescueItem): string => {
    const booking = turn.record("booking", item.booking);
    return booking ? lineOf(turn, booking, item) : item.booking;
  };
  const open = rescue.items.filter((item) => item.status === "asked" || item.status === "declined" || item.status === "planned");
  const calls = open.map((item) => line(item)).join("\n");
  const done = rescue.items.length - open.length;
  turn.notify(by, turn.staffWords("staff.rescue_list", { number, done, open: open.length, calls }), null);
}

/** At the customer: the technician can't come. */
export function putRescue(turn: TurnContext, data: TimerData): void {
  const booking = turn.bookings().find((one) => one.number === data["booking"]);
  if (booking?.status !== "confirmed") return;
  const time = turn.time(booking.start);
  const technician = turn.model.technician(String(data["technician"] ?? ""));
  if (data["way"] === "same_time") {
    scheduleReminders(turn, booking);
    turn.say(
      turn.words("rescue.told", {
        name: turn.callName(),
        number: booking.number,
        time,
        technician: technician?.name[turn.lang] ?? "",
        phone: technician ? formatPhone(technician.phone) : "",
      }),
    );
    return;
  }
  if (data["way"] === "call") {
    turn.say(turn.words("rescue.will_call", { name: turn.callName(), number: booking.number, time }));
    return;
  }
  const until = Number(data["until"]);
  const job = jobOfBooking(turn, booking);
  const search = {
    job: { ...job, preferred: String(data["technician"]) },
    now: turn.now,
    moving: booking.number,
    hold: holdKey(turn.conversation),
    without: booking.technician,
  };
  const offer = offerAt(turn.model, agendaOf(turn, bookingWindowOf(turn)), search, Number(data["start"]));
  if (offer)
    startFlow(turn, "new-time", null, {
      booking: booking.number,
      offer: offer as unknown as Json,
      until,
      why: "rescue",
      rescue: String(data["rescue"]),
    });
}
