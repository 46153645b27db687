/** The customer file (客户档案): one person, many channel identities, their products. */
import type { Birthday } from "../calendar/birthdays.ts";
import type { Language } from "../language.ts";
import type { DayKey, Instant } from "../time.ts";

/** `mrs`: 太太, a way to be called of its own; nobody is made one who did not say so. */
export type Title = "mr" | "ms" | "mrs";

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
  /** Sales file (购车档). */
  readonly maker?: string;
  readonly specification?: string;
  readonly purchaseChannel?: string;
  /** 公用、私用. */
  readonly usage?: "business" | "private";
  /** Others who have to do with it: who drives it, who pays. They may be called; only the owner's identity is answered. */
  readonly people?: readonly ProductPerson[];
  /** Days on which something falls due, by name: `inspection`, `insurance`, `tax`, `warranty`, or the shop's own. */
  readonly due?: Readonly<Record<string, DayKey>>;
  /** Mileage as read on days, oldest first; what the next maintenance is forecast from. */
  readonly readings?: readonly { readonly on: DayKey; readonly km: number }[];
  /** No longer theirs since. */
  readonly soldOn?: DayKey;
}

/** A person beside the owner, with what they are for. */
export interface ProductPerson {
  readonly name: string;
  readonly phone: string | null;
  readonly role: "owner" | "driver" | "tenant" | "payer" | "contact";
}

/** Care messages wait until a day, because a person said so. */
export interface CareHold {
  readonly reason: "bereavement" | "accident" | "asked";
  /** Last day of the hold; `null` = until taken away. */
  readonly until: DayKey | null;
  /** Staff id. */
  readonly by: string;
  readonly at: Instant;
  /** What staff wrote about it. */
  readonly text?: string;
}

/** A consent given or withdrawn, with its proof. */
export interface Consent {
  readonly allowed: boolean;
  readonly at: Instant;
  /** Where it was said: the inbox entry. */
  readonly source: string;
}

/** Ways in which customers are found by the beginning of a key. */
export type CustomerKey = "name" | "pinyin" | "tail" | "fragment";

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
  readonly postcode?: string;
  readonly company?: string;
  readonly products: readonly OwnedProduct[];
  readonly birthday?: Birthday;
  /** IANA zone they live in, when it is not the shop's. */
  readonly zone?: string;
  readonly hold?: CareHold;
  /**
   * `care` = everything that is not about a job under way; `care.reminder`, `care.survey`, `care.greeting`, `care.campaign` = one kind.
   * A kind is sent when neither forbids it.
   */
  readonly consents: Readonly<Record<string, Consent>>;
  /** Phones that a platform, or the shop itself, vouches for; others were only typed. */
  readonly proven?: readonly string[];
  /** What a platform calls them, for staff; never used to address them. */
  readonly platformName?: string;
  /** Files that turned out to be the same person's; their records are this one's too. */
  readonly joined?: readonly JoinedFile[];
  /** The file this one was joined into. */
  readonly joinedInto?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A file joined into another, with what is needed to take that back. */
export interface JoinedFile {
  readonly id: string;
  /** Conversations that were its own. */
  readonly conversations: readonly string[];
  /** Products and phones that came over with it. */
  readonly products: readonly string[];
  readonly phones: readonly string[];
  /** What proved it. */
  readonly proof: "phone" | "code";
  readonly at: Instant;
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
