/** `cases.yaml`: clocks, pages, causes, compensation: how the business keeps its word on what people must take care of. */
import { z } from "zod";
import { id, localText } from "./atoms.ts";

const minutes = z.number().int().min(1).max(100_000);
const hours = z.number().int().min(1).max(10_000);

/** An amount in whole units of the profile's currency, or `none` for no limit. */
const limit = z.union([z.number().min(0).max(10_000_000), z.literal("none")]);

const ROLES = ["representative", "manager", "general_office"] as const;

export const CATEGORIES = [
  "complaint",
  "emergency",
  "human",
  "unclear",
  "quote",
  "warranty",
  "booking",
  "privacy",
  "survey",
  "batch",
  "other",
] as const;

export const casesSchema = z.strictObject({
  clocks: z
    .strictObject({
      /** Answer to what the customer writes after the first answer, min of business time (handbook: a plan within 2 h). */
      nextAnswerMinutes: minutes.default(120),
      /** Time to resolve, hours of business time, by category (thesis: complaint 24 h, feedback 12 h). */
      resolutionHours: z
        .partialRecord(z.enum(CATEGORIES), hours)
        .default({ complaint: 24, emergency: 24, human: 24, survey: 12, privacy: 72 }),
      /** Time to resolve of the other categories. */
      otherResolutionHours: hours.default(48),
      /** Share of the time at which the owner is warned, percent. */
      warnPercent: z.number().int().min(1).max(99).default(50),
      /** Anyone unanswered for this long is a breach, hours on the clock (dealer plan: 24). */
      breachHours: hours.default(24),
    })
    .prefault({}),
  /** A page nobody has acknowledged for this long climbs one step, min on the clock. */
  pageClimbMinutes: minutes.default(5),
  /** A resolved case is closed when the customer doesn't answer the question whether they are satisfied, hours. */
  closeAfterHours: hours.default(72),
  /** Words of dissatisfaction reopen a case resolved or closed at most this long ago, days. */
  reopenDays: z.number().int().min(0).max(365).default(7),
  /** While a case waits for the customer, its owner is reminded after this long, hours. */
  waitingRemindHours: hours.default(48),
  /** Cases of the same fault on the same product, model, part or by the same technician are counted over this long, days. */
  outbreakDays: z.number().int().min(1).max(365).default(30),
  /** Why things went wrong, demanded before a case is closed. */
  causes: z.array(z.strictObject({ id, name: localText })).default([]),
  /** Where cases may be sent beside the ladder's steps. */
  queues: z.array(z.strictObject({ id, name: localText, step: z.enum([...ROLES, "appraiser"]) })).default([]),
  compensation: z
    .strictObject({
      /** Most that each role may approve, by whose fault it was. */
      limits: z
        .array(
          z.strictObject({
            role: z.enum(ROLES),
            ours: limit.default(0),
            maker: limit.default(0),
            customer: limit.default(0),
            unclear: limit.default(0),
          }),
        )
        .default([]),
      /** All that is given in one calendar month; above it the last step of the ladder approves. */
      monthlyBudget: limit.default("none"),
      /** How far back similar cases are looked at, days. */
      similarDays: z.number().int().min(1).max(3_660).default(180),
    })
    .prefault({}),
});

export type CasesPolicy = z.infer<typeof casesSchema>;
export type CompensationPolicy = CasesPolicy["compensation"];
