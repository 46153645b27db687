/**
 * `care.yaml`: reminders, follow-ups and greetings as data. The common file holds what suits every business; a shop's own file
 * changes single settings and replaces or adds plans by their id.
 */
import { z } from "zod";
import { FESTIVALS } from "../calendar/festivals.ts";
import { ORDER_STATUSES } from "../orders/state.ts";
import { id, localText, natural, positiveInt, text, words } from "./atoms.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "clock");
const span = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "span");

/** What a customer consents to, kind by kind. */
export const CARE_KINDS = ["reminder", "survey", "greeting", "campaign"] as const;
export type CareKind = (typeof CARE_KINDS)[number];
const kind = z.enum(CARE_KINDS);
const kinds = z.array(kind);

/** Why a message may be out of place just now. */
export const TACT_REASONS = ["complaint", "in_shop", "quote", "accident", "bereavement"] as const;
export type TactReason = (typeof TACT_REASONS)[number];

/** Rules for all care messages of the business. */
export const careSettingsSchema = z
  .strictObject({
    /** Nothing is sent in these hours of the customer's own zone; may run over midnight. */
    quietHours: span.default("21:00-09:00"),
    /** Most care messages to one person on one day, all kinds together. */
    perDay: positiveInt(10).default(1),
    /** Most care messages to one person in any 31 days, all kinds together. */
    perMonth: positiveInt(100).default(4),
    /** Most care messages handed to the channels in a minute, so that a large sending lasts hours instead of blocking them. */
    perMinute: positiveInt(100_000).default(600),
    /** What is allowed to somebody who has said neither yes nor no. Advertising needs a yes. */
    withoutConsent: kinds.default(["reminder", "survey", "greeting"]),
    /** Plans of the common file that this shop does without. */
    without: z.array(id).default([]),
    /** Kinds that wait while the reason holds. */
    tact: z
      .strictObject({
        /** A complaint is open. */
        complaint: kinds.default(["survey", "greeting", "campaign"]),
        /** A product of theirs is in the shop or being worked on. */
        in_shop: kinds.default(["survey", "greeting", "campaign"]),
        /** A quote waits for their answer. */
        quote: kinds.default(["survey", "greeting", "campaign"]),
        /** An accident or other emergency not long ago. */
        accident: kinds.default(["reminder", "survey", "greeting", "campaign"]),
        /** Somebody has died. */
        bereavement: kinds.default(["survey", "greeting", "campaign"]),
      })
      .prefault({}),
    /** How long an emergency counts as recent, days. */
    accidentDays: natural(365).default(30),
    /** How long a bereavement is respected, days. */
    bereavementDays: natural(730).default(180),
    /** Words in a case or its notes that tell of a bereavement. */
    bereavementWords: z
      .array(text)
      .default(["去世", "过世", "過世", "离世", "離世", "逝世", "丧事", "喪事", "passed away", "bereave", "funeral"]),
    /** Lunar and leap-day birthdays. */
    birthdays: z
      .strictObject({
        /** Born in a leap month: `leap` keeps it in that leap month when the year has it, `regular` always in the month of that number. */
        leapMonth: z.enum(["leap", "regular"]).default("regular"),
        /** Born on the 30th, and the month has 29 days: its last day, or the first of the next month. */
        day30: z.enum(["last", "next"]).default("last"),
        /** Born on 29 February, in other years: 28 February or 1 March. */
        feb29: z.enum(["feb28", "mar1"]).default("feb28"),
      })
      .prefault({}),
    /** Wanted share of satisfied customers, percent (handbook and thesis: 90). */
    goalPercent: natural(100).default(90),
    /** Without any service for this long a customer counts as lost, months (dealer plan: 12). */
    churnMonths: positiveInt(120).default(12),
    /** A booking within this time after a reminder counts as its fruit, days. */
    conversionDays: positiveInt(365).default(14),
    /** Daily, weekly and monthly report to staff. */
    reports: z
      .strictObject({
        at: clock.default("08:45"),
        to: z.enum(["representative", "manager", "general_office"]).default("manager"),
      })
      .prefault({}),
    /** Follow-up visits by people: drawn each month (second level) and each quarter (third level). */
    samples: z
      .strictObject({
        /** Finished orders of the month that are drawn, percent. */
        secondPercent: natural(100).default(10),
        secondAtMost: natural(10_000).default(50),
        /** VIPs and customers with large or accident repairs and new customers of the quarter, percent. */
        thirdPercent: natural(100).default(5),
        thirdAtMost: natural(10_000).default(30),
      })
      .prefault({}),
  })
  .prefault({});

const products = z.array(id).default([]);
const daysBefore = natural(366).default(0);

/** What a plan is reckoned from. */
const triggerSchema = z.discriminatedUnion("event", [
  z.strictObject({ event: z.literal("birthday"), daysBefore }),
  z.strictObject({ event: z.literal("festival"), festival: z.enum(FESTIVALS.map((one) => one.id) as [string, ...string[]]), daysBefore }),
  /** A date of an owned product: `bought`, or a due date of the file (`inspection`, `insurance`, `tax`, any other name). */
  z.strictObject({
    event: z.literal("date"),
    date: id,
    daysBefore,
    /** The date itself, moved by this many months. */
    afterMonths: natural(600).default(0),
    /** Again every so many months; 0 = once. */
    everyMonths: natural(600).default(0),
    products,
  }),
  /** An order came to this state. */
  z.strictObject({ event: z.literal("order"), status: z.enum(ORDER_STATUSES), daysAfter: natural(366).default(0), products }),
  /** Maintenance by mileage or time, whichever comes first; the mileage is forecast from its readings. */
  z.strictObject({
    event: z.literal("service_due"),
    daysBefore,
    firstKm: natural(1_000_000).default(0),
    firstMonths: positiveInt(240),
    everyKm: natural(1_000_000).default(0),
    everyMonths: positiveInt(240),
    /** Assumed where no reading tells: km a year. */
    kmPerYear: natural(500_000).default(15_000),
    products,
  }),
  /** No service for this long. */
  z.strictObject({ event: z.literal("idle"), months: positiveInt(120) }),
]);

/** Who is meant. What is left out does not matter. */
export const audienceSchema = z.strictObject({
  vip: z.boolean().optional(),
  /** Owns one of these products (or a sort of one). */
  products: products.optional(),
  languages: z.array(z.enum(["zh-CN", "zh-TW", "en"])).optional(),
  /** Had a service within this many months. */
  servedWithinMonths: positiveInt(240).optional(),
  /** Had no service for this many months. */
  notServedForMonths: positiveInt(240).optional(),
  /** Bought within this many months. */
  boughtWithinMonths: positiveInt(240).optional(),
});
export type Audience = z.infer<typeof audienceSchema>;

const FALLBACKS = ["mass", "call"] as const;

const stepSchema = z.strictObject({
  /** Days after the first step. */
  afterDays: natural(366).default(0),
  /** `message` to the customer, or a `call` on the list of staff. */
  do: z.enum(["message", "call"]).default("message"),
  /** Other words than the plan's. */
  text: localText.optional(),
});

export const carePlanSchema = z.strictObject({
  id,
  name: localText,
  kind: z.enum(["reminder", "survey", "greeting"]),
  on: triggerSchema,
  /** When on the day, in the customer's zone. */
  at: clock.default("10:00"),
  /** Later than this it is no longer sent, days after its time. */
  lateDays: natural(60).default(3),
  /** Of several on one day the highest leads. */
  priority: natural(100).default(50),
  audience: audienceSchema.prefault({}),
  /** What is said, behind the salutation and before the closing line. */
  text: localText,
  /** Service that the button books; without it the reminder has no button. */
  book: id.optional(),
  /** Questionnaire that is asked. */
  survey: id.optional(),
  /** What makes further steps needless: a booking, the work done, an answer. A product that was sold always ends it. */
  goal: z.enum(["booked", "served", "answered", "none"]).default("none"),
  steps: z
    .array(stepSchema)
    .min(1)
    .default([{ afterDays: 0, do: "message" }]),
  /** Ways taken when no channel can bring it: a task for staff to send by hand (企业群发), the call list. */
  fallback: z.array(z.enum(FALLBACKS)).default([]),
});
export type CarePlan = z.infer<typeof carePlanSchema>;

export const careSurveySchema = z.strictObject({
  id,
  name: localText,
  /** In the order in which a customer may answer with numbers alone. */
  items: z
    .array(
      z.strictObject({
        id,
        name: localText,
        /** Who mends it. */
        department: localText,
        /** Words by which customers speak of it. */
        words: words.prefault({}),
        /** Words that praise it. */
        good: words.prefault({}),
        /** Words that blame it. */
        bad: words.prefault({}),
      }),
    )
    .min(1)
    .max(9),
});
export type CareSurvey = z.infer<typeof careSurveySchema>;
export type CareSettings = z.infer<typeof careSettingsSchema>;

/** Variables that the words of plans and campaigns may hold. */
export const CARE_VARIABLES = [
  "name",
  "business",
  "bot",
  "phone",
  "product",
  "plate",
  "due",
  "days",
  "km",
  "service",
  "festival",
  "button",
  "reply",
] as const;
