/** What the pages need to know of the business, taken from its profile. */
import type { LocalText } from "../../../core/language.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import type { About, SampleCustomer } from "../types.ts";

/**
 * @param customers whose part visitors of the try page can play; empty for a business on real data
 * @param channels names of the running channels
 */
export function aboutBusiness(profile: Profile, zone: string, customers: readonly SampleCustomer[], channels: readonly string[]): About {
  const { business } = profile;
  return {
    business: business.name,
    bot: business.botName,
    zone,
    currency: business.currency,
    languages: business.languages,
    staff: profile.staff.map(({ id, name, role, onCall }) => ({ id, name, role, onCall })),
    customers,
    causes: profile.cases.causes.map(({ id, name }) => ({ id, name })),
    channels,
    names: {
      product: namesOf(profile.products),
      fault: namesOf(profile.faults),
      service: namesOf(profile.services),
      technician: namesOf(profile.technicians),
      rule: namesOf(profile.rules),
    },
  };
}

function namesOf(entries: readonly { readonly id: string; readonly name: LocalText }[]): Readonly<Record<string, LocalText>> {
  return Object.fromEntries(entries.map(({ id, name }) => [id, name]));
}
