/** From what is wrong with a product to the work it needs. */
import type { BusinessModel } from "../profile/model.ts";
import type { Fault, Service } from "../profile/schema.ts";
import type { Entities, Span } from "../understanding/types.ts";

/**
 * What the customer wants done, as said. Each fault and each service is a list of alternatives: "it leaks" means another
 * fault on a fridge than on a washer, and the product settles which.
 */
export interface WorkWish {
  readonly faults: readonly (readonly string[])[];
  readonly services: readonly (readonly string[])[];
  /** The customer's words, for the technician. */
  readonly note: string | null;
}

export const NO_WISH: WorkWish = { faults: [], services: [], note: null };

/** The work said in a message; `null` when none is. Only work that can be asked for by itself counts as a service. */
export function wishOf(model: BusinessModel, entities: Entities, note: string | null): WorkWish | null {
  const faults = alternatives(entities.fault);
  const services = alternatives(entities.service.filter((one) => model.service(one.id)?.requestable !== false));
  return faults.length + services.length > 0 ? { faults, services, note } : null;
}

/** Ids on the same words are alternatives of each other. */
function alternatives(found: readonly (Span & { readonly id: string })[]): string[][] {
  const groups = new Map<number, string[]>();
  for (const one of found) groups.set(one.at, [...(groups.get(one.at) ?? []), one.id]);
  return [...groups.values()];
}

/** The alternative that holds for a product: one that names the product itself before one that names its kind. */
function settle<Entry extends Fault | Service>(
  model: BusinessModel,
  ids: readonly string[],
  look: (id: string) => Entry | undefined,
  product: string,
): Entry | undefined {
  const entries = ids.map(look).filter((entry): entry is Entry => entry !== undefined && model.covers(entry.products, product));
  return entries.find((entry) => entry.products.includes(product)) ?? entries[0];
}

/** The services of these ids; those that the business no longer offers are left out. */
export function servicesById(model: BusinessModel, ids: readonly string[]): Service[] {
  return ids.map(model.service).filter((service): service is Service => service !== undefined);
}

/** The named faults as they stand for a product, or before one is known the first alternative of each. */
export function faultsFor(model: BusinessModel, product: string | null, wish: WorkWish): Fault[] {
  return wish.faults
    .map((ids) => (product === null ? model.fault(ids[0]!) : settle(model, ids, model.fault, product)))
    .filter((fault): fault is Fault => fault !== undefined);
}

/** The services a wish needs on a product: what was asked for and what the faults lead to, else finding out what is wrong. */
export function servicesFor(model: BusinessModel, product: string, wish: WorkWish): Service[] {
  const found = new Map<string, Service>();
  for (const ids of wish.services) {
    const service = settle(model, ids, model.service, product);
    if (service) found.set(service.id, service);
  }
  for (const fault of faultsFor(model, product, wish)) {
    const service = model.service(fault.service);
    if (service) found.set(service.id, service);
  }
  if (found.size === 0) {
    const general = generalService(model, product);
    if (general) found.set(general.id, general);
  }
  return [...found.values()];
}

/** Services that only look: `inspection`, `inspection-…`, `…-diagnosis`. */
const LOOKS = /^inspection(?:-|$)|(?:^|-)diagnosis$/;

/** The work that finds out what is wrong with a product: its own inspection, the closest first; else the first priced after diagnosis. */
export function generalService(model: BusinessModel, product: string): Service | undefined {
  const services = model.profile.services.filter((service) => model.covers(service.products, product));
  const [look] = services.filter((service) => LOOKS.test(service.id)).sort((one, other) => one.products.length - other.products.length);
  if (look) return look;
  const direct = services.filter((service) => service.products.includes(product));
  return direct.find((service) => service.afterDiagnosis) ?? services.find((service) => service.afterDiagnosis) ?? services[0];
}

/** Products a wish can be about: those on which every named fault and service makes sense; empty when nothing is named. */
export function productsFor(model: BusinessModel, wish: WorkWish): string[] {
  if (wish.faults.length + wish.services.length === 0) return [];
  return model.profile.products
    .map((product) => product.id)
    .filter(
      (product) =>
        wish.faults.every((ids) => settle(model, ids, model.fault, product)) &&
        wish.services.every((ids) => settle(model, ids, model.service, product)),
    );
}
