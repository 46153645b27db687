/** Hours of technicians, bays and loan cars, taken and given back within a turn. */
import { type Agenda, freeSpan, resourceKey, takersOf, takeSpans } from "../booking/agenda.ts";
import { holdKey } from "../booking/hold-key.ts";
import type { Offer } from "../booking/slots.ts";
import type { Booking } from "../booking/state.ts";
import { AnxinError } from "../errors.ts";
import { HOUSE } from "../orders/workshop.ts";
import type { AgendaDay } from "../spine/outcome.ts";
import { type DayKey, dayOf, type Instant } from "../time.ts";
import { agendaKey, FactMissing } from "./facts.ts";
import { TurnRecords } from "./turn-records.ts";

export class TurnHours extends TurnRecords {
  protected readonly days = new Map<string, AgendaDay>();

  /** Taken hours between two days, both included. */
  agenda(from: DayKey, to: DayKey): Agenda {
    const loaded = this.sheet.agenda;
    if (!loaded || loaded.from > from || loaded.to < to) {
      const wider = loaded ? { from: from < loaded.from ? from : loaded.from, to: to > loaded.to ? to : loaded.to } : { from, to };
      throw new FactMissing({ kind: "agenda", ...wider });
    }
    return {
      day: (technician, day) => {
        const key = agendaKey(technician, day);
        return this.days.get(key) ?? loaded.days.get(key) ?? { technician, day, version: 0, busy: [] };
      },
    };
  }

  /**
   * Takes the hours of an offer that was settled in this turn.
   *
   * @param booking number of the booking, or the key of a hold
   * @param until a hold lapses then; left out = taken for good
   * @throws AnxinError("conflict") when they are not free: the turn is run again
   */
  takeHours(offer: Offer, booking: string, until?: Instant): void {
    const day = dayOf(offer.start, this.zone);
    const agenda = this.agenda(day, day);
    const lapse = until === undefined ? {} : { until };
    const own = holdKey(this.conversation);
    for (const [key, spans] of takersOf(offer)) {
      const wanted = spans.map(({ start, end }) => ({ start, end, booking, ...lapse }));
      const taken = takeSpans(agenda.day(key, day), wanted, this.now, own);
      if (!taken) throw new AnxinError("conflict", "the hours of an offer are taken", { booking });
      this.days.set(agendaKey(key, day), taken);
    }
  }

  /** A day as this turn leaves it, for acts that take more than an offer. */
  putDay(day: AgendaDay): void {
    this.days.set(agendaKey(day.technician, day.day), day);
  }

  /** Gives back the hours of a booking, with its bay or loan car; those who wait for one hear of it. */
  freeHours(booking: Booking): void {
    this.releaseHours(booking, booking.number);
    if (booking.start > this.now)
      this.tell(HOUSE, "hours_freed", { technician: booking.technician, start: booking.start, end: booking.end });
  }

  /** Gives back what a booking or hold takes on its day, of its technician and of every resource. */
  releaseHours(taken: { readonly start: Instant; readonly technician: string }, booking: string): void {
    const day = dayOf(taken.start, this.zone);
    const agenda = this.agenda(day, day);
    for (const key of [taken.technician, ...this.model.profile.resources.map(({ id }) => resourceKey(id))]) {
      const current = agenda.day(key, day);
      if (current.busy.some((span) => span.booking === booking)) this.days.set(agendaKey(key, day), freeSpan(current, booking));
    }
  }
}
