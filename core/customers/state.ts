/** The customer file (客户档案): one person, many channel identities, their products. */
import type { Language } from "../language.ts";
import type { DayKey, Instant } from "../time.ts";

export type Title = "mr" | "ms";

/** A product a customer owns (一车两档 keeps its sales and service files under the same id). */
export interface OwnedProduct {
  /** Unique within the customer: `p1`, `p2`, … */
  readonly id: string;
  /** Product id of the profile. */
  readonly product: string;
  readonly brand: string | null;
  readonly model: string | null;
  readonly plate: string | null;
  /** Serial number or VIN. */
  readonly serial: string | null;
  readonly boughtOn: DayKey | null;
  readonly mileageKm: number | null;
  /** Day of the last reading of {@link OwnedProduct.mileageKm}. */
  readonly mileageOn?: DayKey;
  /** Earlier readings, oldest first: how far it is driven a day follows from them. */
  readonly readings?: readonly MileageReading[];
  /** Sales file (购车档). */
  readonly maker?: string;
  readonly specification?: string;
  readonly purchaseChannel?: string;
  /** 公用、私用. */
  readonly usage?: "business" | "private";
  readonly warrantyEnd?: DayKey;
  readonly inspectionDue?: DayKey;
  readonly insuranceDue?: DayKey;
  /** Others who have to do with it: who drives it, who pays. They may be called; only the owner's identity is answered. */
  readonly people?: readonly ProductPerson[];
}

export interface MileageReading {
  readonly on: DayKey;
  readonly km: number;
}

/** A person beside the owner, with what they are for. */
export interface ProductPerson {
  readonly name: string;
  readonly phone: string | null;
  readonly role: "owner" | "driver" | "payer" | "contact";
}

/** A consent given or withdrawn, with its proof. */
export interface Consent {
  readonly allowed: boolean;
  readonly at: Instant;
  /** Where it was said: the inbox entry. */
  readonly source: string;
}

export interface CustomerFile {
  readonly id: string;
  /** Name without title; `null` until told. */
  readonly name: string | null;
  readonly title: Title | null;
  /** E.164 where the country is known. The first is the one to call. */
  readonly phones: readonly string[];
  readonly address: string | null;
  readonly language: Language | null;
  readonly vip: boolean;
  readonly birthday?: DayKey;
  readonly postcode?: string;
  readonly company?: string;
  readonly products: readonly OwnedProduct[];
  /** By kind of message: `care` = everything that is not about a job under way. */
  readonly consents: Readonly<Record<string, Consent>>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A new file of somebody of whom nothing is known. */
export function newCustomer(id: string, now: Instant): CustomerFile {
  return {
    id,
    name: null,
    title: null,
    phones: [],
    address: null,
    language: null,
    vip: false,
    products: [],
    consents: {},
    createdAt: now,
    updatedAt: now,
  };
}
