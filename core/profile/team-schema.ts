/** `team.yaml`: technicians and staff. */
import { z } from "zod";
import { days, id, localText, positiveInt, text, weekly } from "./atoms.ts";
import { licenceSchema } from "./capacity-schema.ts";
import { staffChannelsSchema } from "./desk-schema.ts";

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
