/** `profile.yaml`: who the business is, when it is open, how it takes bookings, how it talks. */
import { z } from "zod";
import { day, days, id, localText, natural, positiveInt, span, text, weekly } from "./atoms.ts";
import { loanSchema, pickupSchema, zonesSchema } from "./capacity-schema.ts";
import { workshopSchema } from "./workshop-schema.ts";

/** `profile.yaml`: who the business is, when it is open, how it takes bookings. */
export const businessSchema = z.strictObject({
  id,
  name: localText,
  /** Short name that the bot uses of itself. */
  botName: localText,
  zone: text,
  currency: z.enum(["CNY", "TWD", "HKD", "USD", "EUR", "GBP", "SGD"]).default("CNY"),
  /** Languages in the order in which an unknown customer is greeted. */
  languages: z
    .array(z.enum(["zh-CN", "zh-TW", "en"]))
    .min(1)
    .default(["zh-CN", "zh-TW", "en"]),
  contact: z.strictObject({
    phone: text,
    /** Number for emergencies, answered at any hour. */
    emergencyPhone: text,
    address: localText,
    directions: localText.optional(),
    serviceArea: localText,
    payment: localText,
  }),
  hours: z.strictObject({
    weekly,
    /** Days on which the business is shut. */
    closed: z.array(days).default([]),
    /** Days whose hours differ from the week's. */
    special: z.record(day, z.array(span)).default({}),
    /** `cn`: statutory holidays are closed and swapped working days (调休) are open as on a weekday; `none`: the week alone counts. */
    holidays: z.enum(["cn", "none"]).default("cn"),
  }),
  booking: z.strictObject({
    /**
     * What the customer is asked, in this order, where it is not known yet. `identity` (plate or serial) and `purchase_channel`
     * may be skipped by the customer; what the work can't do without is asked last when it is left out here.
     */
    ask: z
      .array(z.enum(["product", "fault", "identity", "purchase_channel", "place", "address", "contact", "time"]))
      .min(1)
      .default(["product", "fault", "place", "address", "contact", "time"]),
    /** Shortest time between now and the start of a booking, min. */
    minimumNoticeMinutes: natural(20_160).default(60),
    /** How far ahead bookings are taken, days. */
    horizonDays: positiveInt(366).default(30),
    /** Starts are offered on this grid, min. */
    gridMinutes: positiveInt(240).default(30),
    /** How many times are offered at once. */
    offers: positiveInt(6).default(3),
    /** How far the bill may differ from the estimate without a new approval, percent (handbook: 10). */
    tolerancePercent: natural(100).default(10),
    /** Kept free before and after each job in the shop, min. */
    bufferMinutes: natural(240).default(0),
    /** Kept free before and after each visit for the way, min. */
    travelMinutes: natural(480).default(30),
    /** Parts of town and the way there; an address that names none takes `travelMinutes`. */
    zones: zonesSchema,
    pickup: pickupSchema.optional(),
    loans: loanSchema.optional(),
    /** Reminders before the start, min (domain: day before and 2 h before). */
    remindMinutesBefore: z.array(positiveInt(43_200)).default([1440, 120]),
    /** Share of each technician's day held back for emergencies, percent. */
    emergencyReservePercent: natural(90).default(0),
  }),
  service: z.strictObject({
    /** First human answer, minutes of business time (thesis: 30). */
    firstAnswerMinutes: positiveInt(10_000).default(30),
    /** First human answer in an emergency, minutes on the clock, at any hour. */
    emergencyAnswerMinutes: positiveInt(1_000).default(5),
    /** A conversation a person has not touched for this long goes back to the bot, min. */
    releaseMinutes: positiveInt(100_000).default(720),
  }),
  workshop: workshopSchema,
  conversation: z
    .strictObject({
      /** An unanswered question is recalled once after this long, min. 0 = never. */
      nudgeMinutes: natural(10_080).default(30),
      /** After this long a message to an open question is met with "go on, start over or leave it", min. */
      parkMinutes: positiveInt(100_000).default(240),
      /** An unfinished booking is kept this long, hours. */
      draftHours: positiveInt(8_760).default(72),
      /** Undo of a finished act is possible this long, min. */
      undoMinutes: natural(1_440).default(10),
      /** Words that make no sense alone are read together with the next ones when these come within this time, ms. */
      fragmentMs: natural(600_000).default(20_000),
      /** How long the bot waits for the next words before it says that it did not understand, ms. 0 = says so at once. */
      gatherMs: natural(10_000).default(0),
    })
    .prefault({}),
});
