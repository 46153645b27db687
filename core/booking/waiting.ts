/**
 * The waiting list (候补) that fills itself. A freed hour is offered to those whom it fits, longest wait first, a few at once, and
 * held for them alone meanwhile; the first yes has it, because the hold is given up and the hour taken in one commit, under the
 * version of the technician's day. The others hear a kind no and keep their place.
 */
import type { TurnContext } from "../conversation/context.ts";
import { advance, completeTop, startFlow } from "../conversation/engine.ts";
import { defineFlow } from "../conversation/flow.ts";
import { sureIntent } from "../conversation/reading.ts";
import { copyFrame, type Frame, type Json } from "../conversation/state.ts";
import { HOUSE } from "../orders/workshop.ts";
import type { TimerData } from "../spine/events.ts";
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from "../time.ts";
import { holdOffer, releaseHold } from "./holds.ts";
import type { Job } from "./job.ts";
import { nearestOffers, type Offer, offerAt } from "./slots.ts";
import type { Wait } from "./waiting-state.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";
import { servicesById } from "./work.ts";

/** Around a wished hour, other hours of the same half-day will do. */
const AROUND_MS = 2 * HOUR_MS;

export const ASKS_TO_WAIT =
  /候补|候補|排队|排隊|等位|有(?:空|位|号|號|空位|空档|空檔)(?:了|的话|的話|出来|出來)?.{0,6}(?:告诉|告訴|通知|叫|喊|联系|聯絡|话我|話我)|wait(?:ing)? ?list|let me know if .{0,20}(?:free|opens?|slot|available)/i;

/** Puts the customer on the list with the booking as far as it stands. */
export function joinWaiting(turn: TurnContext, frame: Frame, choiceId: string, job: Job): void {
  const [, start, end] = choiceId.split(":");
  const from = Number(start);
  const to = Number(end);
  const known = turn
    .own("wait")
    .find((one) => (one.status === "waiting" || one.status === "offered") && one.from === from && one.to === to);
  if (!known) {
    const number = turn.number("wait");
    turn.applyWait(number, null, {
      type: "wait_joined",
      at: turn.now,
      wait: {
        number,
        conversation: turn.conversation,
        customerId: turn.customer()?.id ?? null,
        status: "waiting",
        services: job.services.map((service) => service.id),
        place: job.place,
        address: job.address ?? null,
        ...(job.lent ? { lent: job.lent } : {}),
        from: from === to ? from - AROUND_MS : from,
        to: from === to ? to + AROUND_MS : to,
        frame: copyFrame(frame),
        offer: null,
        passed: [],
        createdAt: turn.now,
        updatedAt: turn.now,
      },
    });
  }
  turn.state.waits = true;
  turn.state.stack = turn.state.stack.filter((one) => one !== frame);
  turn.state.draft = null;
  turn.say(turn.words("waiting.joined", { time: turn.time(from) }));
}

function jobOfWait(turn: TurnContext, wait: Wait): Job {
  const services = servicesById(turn.model, wait.services);
  return { services, place: wait.place, address: wait.address, ...(wait.lent ? { lent: wait.lent } : {}) };
}

/** In the house: hours became free. They are offered to those who wait for them. */
export function offerFreed(turn: TurnContext, data: TimerData): void {
  const start = Number(data["start"]);
  const end = Number(data["end"]);
  const { atOnce, days } = turn.model.profile.business.workshop.waiting;
  const waiting = turn
    .allOpen("wait")
    .filter((one) => one.status === "waiting" && turn.now - one.createdAt <= days * DAY_MS && one.to >= turn.now)
    .sort((one, other) => one.createdAt - other.createdAt || (one.number < other.number ? -1 : 1));
  if (waiting.length === 0) return;
  const window = bookingWindowOf(turn);
  const agenda = agendaOf(turn, window);
  const day = dayOf(start, turn.zone);
  let hour: Offer | null = null;
  const asked: { wait: Wait; offer: Offer }[] = [];
  for (const wait of waiting) {
    const job = jobOfWait(turn, wait);
    // Whoever passed on an hour of that day is not asked again for another half-hour of it.
    if (job.services.length === 0 || wait.passed.some((one) => dayOf(one, turn.zone) === day)) continue;
    let offer: Offer | null = null;
    if (hour === null) {
      const found = nearestOffers(turn.model, agenda, { job, now: turn.now, limit: 6 }, start);
      offer =
        found.find((one) => wait.from <= one.start && one.start <= wait.to && start - AROUND_MS <= one.start && one.start <= end) ?? null;
    } else if (wait.from <= hour.start && hour.start <= wait.to) {
      offer = offerAt(turn.model, agenda, { now: turn.now, job: { ...job, preferred: hour.technician } }, hour.start);
      if (offer?.technician !== hour.technician) offer = null;
    }
    if (!offer) continue;
    hour ??= offer;
    asked.push({ wait, offer });
    if (asked.length >= atOnce) break;
  }
  if (hour === null) return;
  const until = turn.now + turn.model.profile.business.workshop.bookings.offerHoldMinutes * MINUTE_MS;
  const hold = `wait:${asked[0]!.wait.number}:${hour.start}`;
  const busy = {
    start: Math.min(...asked.map(({ offer }) => offer.busy.start)),
    end: Math.max(...asked.map(({ offer }) => offer.busy.end)),
  };
  if (!holdOffer(turn, { ...hour, busy }, until, hold)) return;
  for (const { wait, offer } of asked) {
    turn.applyWait(wait.number, wait, {
      type: "wait_offered",
      at: turn.now,
      offer: { start: offer.start, technician: offer.technician, hold, until },
    });
    turn.tell(wait.conversation, "wait_offer", { wait: wait.number, start: offer.start });
  }
  turn.setTimer({
    id: `over:${hold}`,
    dueAt: until,
    name: "wait_over",
    data: { hold, technician: hour.technician, start: hour.start, end: hour.end },
  });
  turn.note("waiting_offered", { start: hour.start, asked: asked.length });
}

/** In the house: the time to answer is over, or somebody has it. Those who were asked keep their place; a free hour goes on to the next. */
export function endRound(turn: TurnContext, data: TimerData): void {
  const hold = String(data["hold"]);
  const taken = data["taken"] === true;
  for (const wait of turn.allOpen("wait")) {
    if (wait.status !== "offered" || wait.offer?.hold !== hold) continue;
    turn.applyWait(wait.number, wait, { type: "wait_passed", at: turn.now, left: false });
    turn.tell(wait.conversation, "wait_gone", { wait: wait.number, start: Number(data["start"]), taken });
  }
  if (taken) {
    turn.cancelTimer(`over:${hold}`);
    return;
  }
  const agendaDay = dayOf(Number(data["start"]), turn.zone);
  turn.agenda(agendaDay, agendaDay);
  releaseHold(turn, { start: Number(data["start"]), technician: String(data["technician"]) }, hold);
  turn.tell(HOUSE, "hours_freed", { technician: String(data["technician"]), start: Number(data["start"]), end: Number(data["end"]) });
}

/** At the customer: an hour is free and held; yes or no. */
export function putWaitOffer(turn: TurnContext, data: TimerData): void {
  const wait = turn.record("wait", String(data["wait"]));
  if (wait?.status !== "offered" || wait.conversation !== turn.conversation || wait.offer?.start !== data["start"]) return;
  startFlow(turn, "wait-offer", null, { wait: wait.number });
}

/** At the customer: the hour is another's now. */
export function tellGone(turn: TurnContext, data: TimerData): void {
  const mine = turn.state.stack.some((frame) => frame.flow === "wait-offer" && frame.data["wait"] === data["wait"]);
  turn.state.stack = turn.state.stack.filter((frame) => frame.flow !== "wait-offer" || frame.data["wait"] !== data["wait"]);
  if (turn.state.asked?.flow === "wait-offer") turn.state.asked = null;
  if (!mine) return;
  turn.say(
    turn.words(data["taken"] === true ? "waiting.gone" : "waiting.over", {
      time: turn.time(Number(data["start"])),
    }),
  );
}

type WaitValues = { answer: Json };

export const WAIT_FLOW = defineFlow<WaitValues>({
  id: "wait-offer",
  data: ["wait"],
  title: (turn) => turn.words("waiting.title"),
  readsAlone: true,
  absorbs: ["confirm_yes", "confirm_no", "cancel_booking"],
  slots: {
    answer: {
      label: ({ turn }) => turn.words("waiting.title"),
      take: (_context, reading, asked) => {
        if (!asked || reading.choice) return undefined;
        const first = sureIntent(reading);
        if (first === "confirm_yes") return "yes";
        return first === "confirm_no" || first === "cancel_booking" ? "no" : undefined;
      },
      ask: ({ turn, frame }) => {
        const offer = turn.record("wait", String(frame.data["wait"]))?.offer;
        return {
          text: turn.words("waiting.offer", {
            name: turn.callName(),
            time: offer ? turn.time(offer.start) : "",
            until: offer ? turn.time(offer.until) : "",
          }),
          question: "yesno",
          choices: [
            { id: "wait:yes", label: turn.words("waiting.choice_yes"), value: "yes" },
            { id: "wait:no", label: turn.words("waiting.choice_no"), value: "no" },
            { id: "wait:leave", label: turn.words("waiting.choice_leave"), value: "leave" },
          ],
        };
      },
      show: () => "",
    },
  },
  complete: ({ turn, frame }, { answer }) => answerOffer(turn, String(frame.data["wait"]), String(answer)),
  dropped: ({ turn, frame }) => answerOffer(turn, String(frame.data["wait"]), "no"),
});

function answerOffer(turn: TurnContext, number: string, answer: string): void {
  const wait = turn.record("wait", number);
  const held = wait?.offer;
  if (wait?.status !== "offered" || !held) {
    turn.say(turn.words("waiting.gone", { time: "" }));
    return;
  }
  const time = turn.time(held.start);
  if (answer !== "yes") {
    turn.applyWait(number, wait, { type: "wait_passed", at: turn.now, left: answer === "leave" });
    turn.say(turn.words(answer === "leave" ? "waiting.left" : "waiting.kept", { time }));
    return;
  }
  const day = dayOf(held.start, turn.zone);
  const agendaDay = turn.agenda(day, day).day(held.technician, day);
  const standing = agendaDay.busy.find((span) => span.booking === held.hold);
  const job = jobOfWait(turn, wait);
  if (!standing || held.until <= turn.now) {
    turn.applyWait(number, wait, { type: "wait_passed", at: turn.now, left: false });
    turn.say(turn.words("waiting.gone", { time }));
    return;
  }
  const agenda = agendaOf(turn, bookingWindowOf(turn));
  const moving = typeof wait.frame.values["booking"] === "string" ? wait.frame.values["booking"] : null;
  const offer = offerAt(
    turn.model,
    agenda,
    { job: { ...job, preferred: held.technician }, now: turn.now, hold: held.hold, moving },
    held.start,
  );
  if (!offer) {
    turn.applyWait(number, wait, { type: "wait_passed", at: turn.now, left: false });
    turn.say(turn.words("waiting.gone", { time }));
    return;
  }
  releaseHold(turn, { start: held.start, technician: held.technician }, held.hold);
  turn.applyWait(number, wait, { type: "wait_booked", at: turn.now });
  // The others are told by the house, which knows who was asked.
  turn.tell(HOUSE, "wait_over", { hold: held.hold, technician: held.technician, start: held.start, end: offer.end, taken: true });
  const kept = copyFrame(wait.frame);
  kept.raw["time"] = offer as unknown as Json;
  delete kept.values["time"];
  const all = Object.keys(kept.values).length > 0;
  turn.state.stack.push(kept);
  if (all) kept.values["time"] = offer as unknown as Json;
  if (all && kept.values["contact"] !== undefined) completeTop(turn);
  else if (all && kept.flow === "move") completeTop(turn);
  else {
    delete kept.values["time"];
    holdOffer(turn, offer, held.until);
    advance(turn);
  }
}
