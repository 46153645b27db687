/** The parts of a profile that say how staff work: who they are in the team chats, and the figures of the desk. */
import { z } from "zod";
import { text } from "./atoms.ts";

/** An id as a platform writes it; a number of YAML is taken as its digits. */
const platformId = z.union([text, z.number().int()]).transform(String);

/** Who a member of staff is on each platform: Telegram user id, Slack user id (`U…`), WeChat Work user id. */
export const staffChannelsSchema = z.strictObject({
  telegram: platformId.optional(),
  slack: platformId.optional(),
  wecom: platformId.optional(),
});

const wordsSchema = z.strictObject({
  "zh-CN": z.array(text).default([]),
  "zh-TW": z.array(text).default([]),
  en: z.array(text).default([]),
});

/** A reply for staff to send: `{number}` of the case and `{phone}` of the shop are filled in, nothing else. */
const replyText = text.refine((words) => [...words.matchAll(/\{([^}]*)\}/g)].every((match) => ["number", "phone"].includes(match[1]!)), {
  message: "variables",
});

/** A sort of customer by signs in their words, and how to speak to them. */
const customerTypeSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "id"),
  name: z.strictObject({ "zh-CN": text, "zh-TW": text, en: text }),
  signs: wordsSchema,
  /** Words of this length, characters, are a sign by themselves. */
  fromLength: z.number().int().min(20).max(4_000).optional(),
  reply: z.strictObject({ "zh-CN": replyText, "zh-TW": replyText, en: replyText }),
});

const minutes = (most: number) => z.number().int().min(1).max(most);

/** `desk.yaml`: how staff and bot work together. The shared base has it all; a shop changes what it wants. */
export const deskSchema = z.strictObject({
  /** How long a reply from a team chat waits, so that it can be taken back, s. 0 = leaves at once. */
  recallSeconds: z.number().int().min(0).max(120).default(8),
  /** A page comes again after this long until somebody acknowledges, min; the pause grows slowly. */
  pageRepeatMinutes: minutes(120).default(3),
  /** Where people work in shifts, their cases are offered to the next shift so long before their work ends, min. */
  handoverBeforeMinutes: z.number().int().min(0).max(240).default(15),
  /** A hand-over nobody accepts is recalled after this long, min. */
  handoverReminderMinutes: minutes(1_440).default(15),
  /** A code that joins two chats of one customer is good for this long, min. */
  joinCodeMinutes: minutes(1_440).default(15),
  /** Words staff would never want to have sent to a customer: asked "send anyway?" first. */
  unkind: wordsSchema.prefault({}),
  /** Words for what stays inside (cost price, floor price): asked "send anyway?" first. */
  inside: wordsSchema.prefault({}),
  /** Types of customers, for the replies that staff are offered. */
  customerTypes: z.array(customerTypeSchema).default([]),
});
