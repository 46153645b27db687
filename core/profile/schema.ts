/**
 * The shape of a business profile: a folder of YAML files that holds every fact, number, price, hour, rule and word of one business.
 * Each file is one section of {@link profileSchema}; docs/profile.md explains them to a shop owner.
 */
import { z } from "zod";
import type { weekly } from "./atoms.ts";
import { localText } from "./atoms.ts";
import { businessSchema } from "./business-schema.ts";
import { resourceSchema } from "./capacity-schema.ts";
import { carePlanSchema, careSettingsSchema, careSurveySchema } from "./care-schema.ts";
import { casesSchema } from "./cases-schema.ts";
import { faultSchema, productSchema, serviceSchema } from "./catalogue-schema.ts";
import { deskSchema } from "./desk-schema.ts";
import { ruleSchema } from "./rules-schema.ts";
import { sampleSchema } from "./sample-schema.ts";
import { staffSchema, technicianSchema } from "./team-schema.ts";
import { statutorySchema, warrantySchema } from "./warranty-schema.ts";

/** `emergencies.yaml`: the safety line for each kind of danger, said first, at any hour. */
export const emergencySchema = z.strictObject({
  id: z.enum(["injury", "fire", "gas", "carbon_monoxide", "shock", "brakes", "steering", "glass", "trapped", "flood", "other"]),
  line: localText,
});

/** Wording files: every key in the three languages. */
const wordingSchema = z.record(z.string(), localText);

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
