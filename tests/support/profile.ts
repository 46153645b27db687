/** Profiles for tests: the shipped ones, and a tiny shop whose every number is known. */
import { loadProfile } from "../../bots/profiles.ts";
import { faultSchema, productSchema, serviceSchema } from "../../core/profile/catalogue-schema.ts";
import { type BusinessModel, createBusinessModel } from "../../core/profile/model.ts";
import type { Business, Fault, Product, Profile, Service, Technician } from "../../core/profile/schema.ts";
import { technicianSchema } from "../../core/profile/team-schema.ts";

const shipped = new Map<string, Profile>();

export function shippedProfile(name: "dealer" | "appliance" | "glass"): Profile {
  const known = shipped.get(name) ?? loadProfile(name, "en");
  shipped.set(name, known);
  return known;
}

const named = (id: string) => ({ "zh-CN": id, "zh-TW": id, en: id });

export function technician(id: string, more: Partial<Technician> = {}): Technician {
  return technicianSchema.parse({ id, name: named(id), phone: "13800000000", skills: ["basic"], level: 2, ...more });
}

export function service(id: string, more: Partial<Service> = {}): Service {
  return serviceSchema.parse({
    id,
    name: named(id),
    products: ["machine"],
    minutes: 60,
    skills: ["basic"],
    price: { labour: 100 },
    ...more,
  });
}

export function product(id: string, more: Partial<Product> = {}): Product {
  return productSchema.parse({ id, name: named(id), place: "shop", ...more });
}

export function fault(id: string, more: Partial<Fault> = {}): Fault {
  return faultSchema.parse({ id, name: named(id), products: ["machine"], service: "check", ...more });
}

export interface TinyShop {
  readonly weekly?: Partial<Business["hours"]["weekly"]>;
  readonly hours?: Partial<Omit<Business["hours"], "weekly">>;
  readonly booking?: Partial<Business["booking"]>;
  readonly products?: readonly Product[];
  readonly services?: readonly Service[];
  readonly faults?: readonly Fault[];
  readonly technicians?: readonly Technician[];
}

const NINE_TO_FIVE = ["09:00-17:00"];

/** One product `machine`, one service `check` of an hour, one technician `amy`; Monday to Friday 9–17 in Shanghai, no holidays, nobody in shifts. */
export function tinyProfile(shop: TinyShop = {}): Profile {
  const base = shippedProfile("dealer");
  return {
    ...base,
    // The shipped shifts belong to the shipped hours.
    staff: base.staff.map(({ shifts: _shipped, ...member }) => member),
    business: {
      ...base.business,
      id: "tiny",
      hours: {
        weekly: {
          mon: NINE_TO_FIVE,
          tue: NINE_TO_FIVE,
          wed: NINE_TO_FIVE,
          thu: NINE_TO_FIVE,
          fri: NINE_TO_FIVE,
          sat: [],
          sun: [],
          ...shop.weekly,
        },
        closed: [],
        special: {},
        holidays: "none",
        ...shop.hours,
      },
      booking: {
        ...base.business.booking,
        minimumNoticeMinutes: 60,
        horizonDays: 14,
        gridMinutes: 30,
        offers: 3,
        bufferMinutes: 0,
        travelMinutes: 30,
        remindMinutesBefore: [1440, 120],
        emergencyReservePercent: 0,
        ...shop.booking,
      },
    },
    products: [...(shop.products ?? [product("machine", { words: { "zh-CN": ["机器"], "zh-TW": ["機器"], en: ["machine"] } })])],
    services: [...(shop.services ?? [service("check", { words: { "zh-CN": ["检修"], "zh-TW": ["檢修"], en: ["checkup"] } })])],
    faults: [...(shop.faults ?? [fault("broken", { words: { "zh-CN": ["坏了"], "zh-TW": ["壞了"], en: ["broken"] } })])],
    technicians: [...(shop.technicians ?? [technician("amy")])],
    warranty: [],
    sample: { customers: [], orders: [] },
  };
}

export function tinyModel(shop: TinyShop = {}): BusinessModel {
  return createBusinessModel(tinyProfile(shop));
}
