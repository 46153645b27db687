/** An agenda into which a plan can be written without taking anything. */
import { dayOf } from "../time.ts";
import { type Agenda, freeSpan, takersOf, takeSpans } from "./agenda.ts";
import type { Offer } from "./slots.ts";

export interface Plannable {
  readonly view: Agenda;
  readonly take: (offer: Offer, booking: string) => void;
  /** Gives back what a booking has of a day, of whoever is named. */
  readonly free: (takers: readonly string[], day: string, booking: string) => void;
}

export function plannable(agenda: Agenda, zone: string): Plannable {
  const planned = new Map<string, ReturnType<Agenda["day"]>>();
  const view: Agenda = { day: (taker, day) => planned.get(`${taker}|${day}`) ?? agenda.day(taker, day) };
  return {
    view,
    take(offer, booking) {
      const day = dayOf(offer.start, zone);
      for (const [taker, spans] of takersOf(offer)) {
        const wanted = spans.map(({ start, end }) => ({ start, end, booking }));
        const taken = takeSpans(view.day(taker, day), wanted);
        if (taken) planned.set(`${taker}|${day}`, taken);
      }
    },
    free(takers, day, booking) {
      for (const taker of takers) planned.set(`${taker}|${day}`, freeSpan(view.day(taker, day), booking));
    },
  };
}
