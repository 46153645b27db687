/**
 * The shape of a business profile: a folder of YAML files that holds every fact, number, price, hour, rule and word of one business.
 * Each file is one section of {@link profileSchema}; docs/profile.md explains them to a shop owner.
 */
import { z } from "zod";
import { parseBirthday } from "../calendar/birthdays.ts";
import { ORDER_STATUSES } from "../orders/state.ts";
import { licenceSchema, resourceSchema, zonesSchema } from "./capacity-schema.ts";
import { carePlanSchema, careSettingsSchema, careSurveySchema } from "./care-schema.ts";
import { casesSchema } from "./cases-schema.ts";
import { deskSchema, staffChannelsSchema } from "./desk-schema.ts";
import { ruleSchema } from "./rules-schema.ts";
import { statutorySchema, warrantySchema } from "./warranty-schema.ts";
import { workshopSchema } from "./workshop-schema.ts";

/** Opening span within one day, `HH:MM-HH:MM`; several a day make a split shift. */
const span = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "span");

/** A calendar day `YYYY-MM-DD`. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "day");

/** A day or a span of days, both ends included: `YYYY-MM-DD` or `YYYY-MM-DD..YYYY-MM-DD`. */
const days = z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/, "days");

/** Identifier used inside the profile: lower-case letters, digits, hyphen. */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "id");

const text = z.string().min(1, "text");

/** One text in the three written languages. */
const localText = z.strictObject({ "zh-CN": text, "zh-TW": text, en: text });

/** Wordings of customers, per language; the name is always understood and need not be repeated here. */
const words = z.strictObject({ "zh-CN": z.array(text).default([]), "zh-TW": z.array(text).default([]), en: z.array(text).default([]) });

/** Money in the profile's currency, in whole units with up to two decimals (yuan, not fen): read once, kept in fen. */
const money = z.number().min(0).max(10_000_000);

const weekly = z.strictObject({
  mon: z.array(span).default([]),
  tue: z.array(span).default([]),
  wed: z.array(span).default([]),
  thu: z.array(span).default([]),
  fri: z.array(span).default([]),
  sat: z.array(span).default([]),
  sun: z.array(span).default([]),
});

const positiveInt = (max: number) => z.number().int().min(1).max(max);
const natural = (max: number) => z.number().int().min(0).max(max);

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

/** `products.yaml`: what the business looks after. */
export const productSchema = z.strictObject({
  id,
  name: localText,
  words: words.prefault({}),
  /** Product this one is a sort of (a model of `car`): services, faults and terms for that one hold for this one too. */
  kind: id.optional(),
  /** Where this product is usually served. */
  place: z.enum(["shop", "visit", "either"]),
  /** What tells one such product from another of the same customer. */
  identify: z.enum(["plate", "serial", "none"]).default("none"),
  /** Asked for with brands or models, shown to staff. */
  brands: z.array(text).default([]),
  models: z.array(text).default([]),
});

/** `services.yaml`: priced work. */
export const serviceSchema = z.strictObject({
  id,
  name: localText,
  words: words.prefault({}),
  products: z.array(id).min(1),
  /** Working time, min (labour hours × 60). */
  minutes: positiveInt(2_880),
  /** Every skill the technician needs. */
  skills: z.array(id).min(1),
  /** Least level of the technician, 1–5. */
  level: positiveInt(5).default(1),
  /** Papers the technician must hold on the day, by id. */
  licences: z.array(id).default([]),
  /** Kinds of resources taken for as long as the work lasts (a lift, a loan car). */
  needs: z.array(id).default([]),
  /** Product campaigns and recalls come first (service standard): they may use what is held back for emergencies. */
  priority: z.enum(["recall", "campaign", "none"]).default("none"),
  /** Safety depends on this work: who declines it gets the safety notice. */
  safety: z.boolean().default(false),
  price: z.strictObject({
    labour: money,
    /** Range of parts, least and most. */
    parts: z.tuple([money, money]).default([0, 0]),
    /** Way, charged for visits only. */
    travel: money.default(0),
  }),
  /** Where this work is done, when it is not where the product is usually served (towing a car). */
  place: z.enum(["shop", "visit", "either"]).optional(),
  /** Total can be told only after diagnosis. */
  afterDiagnosis: z.boolean().default(false),
  bring: localText.optional(),
  /** Work the customer may ask for by itself (a maintenance); false for what only a fault leads to. */
  requestable: z.boolean().default(true),
});

/** `faults.yaml`: what can be wrong, in customers' words. */
export const faultSchema = z.strictObject({
  id,
  name: localText,
  words: words.prefault({}),
  products: z.array(id).min(1),
  /** The service that answers it. */
  service: id,
  /** Advice until someone has looked at it. */
  advice: localText.optional(),
  /** Cannot be used, or safety is doubtful. */
  urgent: z.boolean().default(false),
});

/** `team.yaml`: technicians and staff. */
export const technicianSchema = z.strictObject({
  id,
  name: localText,
  phone: text,
  skills: z.array(id).min(1),
  level: positiveInt(5).default(2),
  /** Working spans a week; left out = the opening hours. */
  shifts: weekly.partial().optional(),
  /** Breaks within the shift. */
  breaks: weekly.partial().optional(),
  licences: z.array(licenceSchema).default([]),
  daysOff: z.array(days).default([]),
  /** Most jobs a day. */
  dailyJobs: positiveInt(50).default(8),
});

export const staffSchema = z.strictObject({
  id,
  name: localText,
  role: z.enum(["representative", "manager", "general_office", "appraiser", "technician"]),
  onCall: z.boolean().default(false),
  /** Who this is in the team chats; nobody else may act as them there. */
  channels: staffChannelsSchema.prefault({}),
  /** Working spans a week; left out = the opening hours. */
  shifts: weekly.partial().optional(),
});

/** `emergencies.yaml`: the safety line for each kind of danger, said first, at any hour. */
export const emergencySchema = z.strictObject({
  id: z.enum(["injury", "fire", "gas", "carbon_monoxide", "shock", "brakes", "steering", "glass", "trapped", "flood", "other"]),
  line: localText,
});

/** Wording files: every key in the three languages. */
const wordingSchema = z.record(z.string(), localText);

/** Sample data for a new database and for trying out. */
const sampleSchema = z.strictObject({
  customers: z
    .array(
      z.strictObject({
        id,
        name: text,
        title: z.enum(["mr", "ms", "none"]).default("none"),
        phone: text,
        address: text.optional(),
        language: z.enum(["zh-CN", "zh-TW", "en"]).default("zh-CN"),
        vip: z.boolean().default(false),
        birthday: z
          .string()
          .refine((value) => parseBirthday(value) !== null, "birthday")
          .optional(),
        products: z
          .array(
            z.strictObject({
              product: id,
              brand: text.optional(),
              model: text.optional(),
              plate: text.optional(),
              serial: text.optional(),
              /** Days before the database was made. */
              boughtDaysAgo: natural(20_000).optional(),
              mileageKm: natural(2_000_000).optional(),
              /** Days from the making of the database until something falls due, by name. */
              dueInDays: z.record(id, z.number().int().min(-20_000).max(20_000)).optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  orders: z
    .array(
      z.strictObject({
        number: text,
        customer: id,
        /** Index into the customer's products, from 0. */
        product: natural(20).default(0),
        service: id,
        status: z.enum(ORDER_STATUSES),
        technician: id.optional(),
        /** Hours from the making of the database until the promised time; negative = past. */
        promisedInHours: z.number().min(-10_000).max(10_000).optional(),
        note: localText.optional(),
      }),
    )
    .default([]),
});

/** The whole profile, one key a file. */
export const profileSchema = z.strictObject({
  business: businessSchema,
  products: z.array(productSchema).min(1),
  services: z.array(serviceSchema).min(1),
  faults: z.array(faultSchema).min(1),
  technicians: z.array(technicianSchema).min(1),
  staff: z.array(staffSchema).min(1),
  /** Bays, lifts, loan cars: taken beside the technician. */
  resources: z.array(resourceSchema).default([]),
  /** Roles in the order in which a case climbs. */
  ladder: z.array(z.enum(["representative", "manager", "general_office"])).min(1),
  desk: deskSchema.prefault({}),
  warranty: z.array(warrantySchema).default([]),
  /** Counters of the law, by the time of purchase. */
  statutory: z.array(statutorySchema).default([]),
  rules: z.array(ruleSchema).default([]),
  cases: casesSchema.prefault({}),
  emergencies: z.array(emergencySchema).min(1),
  wording: wordingSchema,
  care: careSettingsSchema,
  carePlans: z.array(carePlanSchema).default([]),
  careSurveys: z.array(careSurveySchema).default([]),
  sample: sampleSchema.prefault({}),
});

export type Profile = z.infer<typeof profileSchema>;
export type Business = z.infer<typeof businessSchema>;
export type Product = z.infer<typeof productSchema>;
export type Service = z.infer<typeof serviceSchema>;
export type Fault = z.infer<typeof faultSchema>;
export type Technician = z.infer<typeof technicianSchema>;
export type Staff = z.infer<typeof staffSchema>;
export type StaffRole = Staff["role"];
export type WeeklyHours = z.infer<typeof weekly>;
export type DangerKind = z.infer<typeof emergencySchema>["id"];
export type { Rule, RuleCondition } from "./rules-schema.ts";

/**
 * Which file holds which sections of the profile. A section is the whole file when `key` is null, else the file's key of that name.
 * `common` sections may stand in the shared base folder; the shop's own file adds to and overrides it entry by entry (by `id` or key).
 */
export const PROFILE_FILES = [
  { file: "profile.yaml", sections: [["business", null]], required: true, common: false },
  { file: "products.yaml", sections: [["products", "products"]], required: true, common: false },
  { file: "services.yaml", sections: [["services", "services"]], required: true, common: false },
  { file: "faults.yaml", sections: [["faults", "faults"]], required: true, common: false },
  {
    file: "team.yaml",
    sections: [
      ["technicians", "technicians"],
      ["staff", "staff"],
      ["ladder", "ladder"],
      ["resources", "resources"],
    ],
    required: true,
    common: false,
  },
  { file: "desk.yaml", sections: [["desk", null]], required: false, common: true },
  {
    file: "warranty.yaml",
    sections: [
      ["warranty", "warranty"],
      ["statutory", "statutory"],
    ],
    required: false,
    common: false,
  },
  { file: "rules.yaml", sections: [["rules", "rules"]], required: false, common: true },
  { file: "cases.yaml", sections: [["cases", null]], required: false, common: true },
  { file: "emergencies.yaml", sections: [["emergencies", "emergencies"]], required: false, common: true },
  { file: "wording.yaml", sections: [["wording", null]], required: false, common: true },
  {
    file: "care.yaml",
    sections: [
      ["care", "care"],
      ["carePlans", "plans"],
      ["careSurveys", "surveys"],
    ],
    required: false,
    common: true,
  },
  { file: "sample.yaml", sections: [["sample", null]], required: false, common: false },
] as const satisfies readonly {
  file: string;
  sections: readonly (readonly [keyof Profile, string | null])[];
  required: boolean;
  common: boolean;
}[];
