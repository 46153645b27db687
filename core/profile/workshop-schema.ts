/** `workshop:` of `profile.yaml`: what the customer of a job hears and when, quotes, promises, no-shows, waiting list, probing. */
import { z } from "zod";
import { ORDER_STATUSES } from "../orders/state.ts";

const minutes = (least: number, most: number) => z.number().int().min(least).max(most);

export const workshopSchema = z
  .strictObject({
    /** States of an order of which the customer hears by themselves; the others only when staff add words or a new time. */
    tell: z
      .array(z.enum(ORDER_STATUSES))
      .default(["confirmed", "received", "waiting_parts", "quality_check", "ready", "delivered", "rework", "cancelled", "no_show"]),
    quotes: z
      .strictObject({
        /** A quote is good for this long, hours. */
        validHours: minutes(1, 8_760).default(72),
        /** Unanswered for this long, a representative calls, min (domain: 4 h). */
        silentMinutes: minutes(1, 100_000).default(240),
        /** A line put off is brought up again after this long, days. */
        laterDays: minutes(1, 730).default(30),
      })
      .prefault({}),
    promises: z
      .strictObject({
        /** Staff are reminded this long before a promise is due, min. */
        remindMinutes: minutes(1, 10_080).default(30),
        /** When nobody has said how it stands, the customer hears this long before the promised time, min. */
        tellMinutes: minutes(0, 10_080).default(10),
        /** The new time given then: this much business time later, min. */
        renewMinutes: minutes(1, 10_080).default(60),
      })
      .prefault({}),
    bookings: z
      .strictObject({
        /** A summary holds its hour for this long, min; 0 = the hour is only taken by the yes. */
        summaryHoldMinutes: minutes(0, 240).default(0),
        /** A time proposed by staff, a rescue or the waiting list is held this long, min. */
        offerHoldMinutes: minutes(1, 10_080).default(30),
        /** Not there this long after the start, staff are asked, min. */
        noShowMinutes: minutes(1, 1_440).default(30),
        /** A change or cancellation later than this before the start counts as late and is told to staff as such, min; 0 = never. */
        lateMinutes: minutes(0, 10_080).default(120),
        /** Most moves of one booking by the customer alone; after that a person arranges it. */
        movesMost: minutes(1, 100).default(5),
      })
      .prefault({}),
    displace: z
      .strictObject({
        /** Work for which an ordinary booking may have to give way. Emergencies are always a matter of staff. */
        for: z.array(z.enum(["recall", "campaign", "repeat", "urgent"])).default([]),
        /** By itself, with the other customer told at once; false = staff are asked. For an urgent fault staff are always asked. */
        automatic: z.boolean().default(true),
        /** A booking that begins sooner than this is left alone, min. */
        noticeMinutes: minutes(0, 100_000).default(1_440),
      })
      .prefault({}),
    waiting: z
      .strictObject({
        /** Customers to whom a freed hour is offered at once; the first yes has it. */
        atOnce: minutes(1, 20).default(3),
        /** Longest time on the list, days. */
        days: minutes(1, 366).default(30),
      })
      .prefault({}),
    probing: z
      .strictObject({
        /** Numbers, plates or phones that are not the asker's own, in `withinMinutes`, before questions for more are no longer looked up. */
        most: minutes(1, 100).default(5),
        withinMinutes: minutes(1, 100_000).default(1_440),
        /** Questions for one plate, number or phone by people whose it is not, whoever they are, before a manager is told. */
        mostOfTarget: minutes(1, 1_000).default(8),
      })
      .prefault({}),
  })
  .prefault({});
