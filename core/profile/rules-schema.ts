/** `rules.yaml`: when a human is needed, and what happens then. */
import { z } from "zod";
import { id, localText, text } from "./atoms.ts";
import { CATEGORIES } from "./cases-schema.ts";

/** What may set a rule off; a rule without `on` is tested whenever something happens. */
export const RULE_EVENTS = [
  "message",
  "press",
  "media",
  "timer",
  "desk",
  "dead_letter",
  "undelivered",
  "opened",
  "contact",
  "form",
  "edited",
  "reach",
  /** The customer has been silent for a while. */
  "silence",
  /** A clock of a case has reached a share of its time. */
  "clock",
  /** A work order has moved. */
  "order",
  /** A booking was made, moved or cancelled. */
  "booking",
  /** A mark was given. */
  "score",
] as const;
export type RuleEvent = (typeof RULE_EVENTS)[number];

const conditionValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** Earlier repairs, cases or bookings of this customer, within the last days. */
export interface HistoryCondition {
  /** `repair`: finished work; `case`: what people had to take care of; `booking`: bookings made. */
  history: "repair" | "case" | "booking";
  /** Only those of the same product, the same fault, or the same category (cases). */
  same?: ("product" | "fault" | "category")[] | undefined;
  /** Category of the cases counted. */
  category?: (typeof CATEGORIES)[number] | undefined;
  days: number;
  atLeast: number;
}

/** One test of the facts of a turn; core/rules/facts.ts names them. */
export type RuleCondition =
  | { all: RuleCondition[] }
  | { any: RuleCondition[] }
  | { not: RuleCondition }
  | HistoryCondition
  | { fact: string; is?: string | number | boolean | string[] | undefined; atLeast?: number | undefined; atMost?: number | undefined };

const conditionSchema: z.ZodType<RuleCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({
      history: z.enum(["repair", "case", "booking"]),
      same: z
        .array(z.enum(["product", "fault", "category"]))
        .min(1)
        .optional(),
      category: z.enum(CATEGORIES).optional(),
      days: z.number().int().min(1).max(3_660),
      atLeast: z.number().int().min(1).max(1_000),
    }),
    z.strictObject({ fact: text, is: conditionValue.optional(), atLeast: z.number().optional(), atMost: z.number().optional() }),
  ]),
);

const steps = z.enum(["representative", "manager", "general_office", "appraiser"]);

export const ruleSchema = z.strictObject({
  id,
  name: localText,
  /** Events that set it off; left out = any. */
  on: z.array(z.enum(RULE_EVENTS)).min(1).optional(),
  when: conditionSchema,
  then: z.strictObject({
    /** Opens a case, or joins the open one of the category. */
    case: z
      .strictObject({
        category: z.enum(CATEGORIES),
        urgency: z.enum(["normal", "urgent", "emergency"]),
        /** First step of the ladder. */
        step: steps.default("representative"),
        /** `any`: joins whichever case of the conversation is open; else only one of the same category. */
        join: z.enum(["category", "any"]).optional(),
        /** Queue of `cases.yaml`. */
        queue: id.optional(),
      })
      .optional(),
    /** Page the on-call person on every staff channel, until somebody acknowledges. */
    page: z.boolean().default(false),
    /** A person takes the conversation; the bot keeps quiet until released. */
    pauseBot: z.boolean().default(false),
    /** Said to the customer; may use {number}, {promised} and {name}. */
    reply: localText.optional(),
    tags: z.array(text).default([]),
    /** Something to be done by a certain time. */
    task: z
      .strictObject({
        text: localText,
        /** Who does it; left out = the owner or step of the case. */
        to: steps.optional(),
        /** Business time until it is due, min. */
        withinMinutes: z.number().int().min(1).max(100_000),
      })
      .optional(),
  }),
});

export type Rule = z.infer<typeof ruleSchema>;
