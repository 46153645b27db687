/** The customers and orders that exist before a script begins. */
import { type CustomerFile, newCustomer } from "../../core/customers/state.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import type { Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { type Instant, parseIso } from "../../core/time.ts";
import type { Script } from "./schema.ts";

export async function prepareScript(
  store: Store,
  script: Script,
  profile: Profile,
  now: Instant,
  zone: string,
  conversationOf: (name: string) => string,
): Promise<void> {
  const { customers, orders } = script;
  /** A product of the profile by id, name, word, model or brand; anything else is one of the general sort. */
  const productId = (named: string | undefined): string | undefined => {
    if (named === undefined) return undefined;
    const found = profile.products.find(
      (product) =>
        product.id === named ||
        Object.values(product.name).includes(named) ||
        Object.values(product.words).some((words) => words.includes(named)) ||
        product.models.includes(named) ||
        product.brands.includes(named),
    );
    return found?.id ?? generalProduct(profile);
  };
  await store.unit(async (unit) => {
    for (const [index, customer] of customers.entries()) {
      if (!customer.verified) continue;
      const file: CustomerFile = {
        ...newCustomer(`U${9000 + index + 1}`, now),
        name: customer.name || null,
        title: customer.title ?? null,
        phones: customer.phone ? [normalPhone(customer.phone)] : [],
        address: customer.address ?? null,
        language: customer.language ?? (index === 0 ? (script.locale ?? null) : null),
        vip: customer.vip ?? false,
        products: customer.products.map((owned, at) => ({
          id: `p${at + 1}`,
          product: productId(owned.product) ?? generalProduct(profile),
          brand: owned.brand ?? null,
          model: owned.model ?? null,
          plate: owned.plate?.toUpperCase().replace(/[\s·.-]/g, "") ?? null,
          serial: owned.serial ?? owned.vin ?? null,
          boughtOn: owned.bought ?? null,
          mileageKm: owned.mileage ?? null,
        })),
      };
      await unit.customers.put(file);
      await unit.customers.linkConversation(conversationOf(customer.name), file.id);
    }
    for (const order of orders) {
      const owner = order.customer ?? customers[0]?.name;
      const index = customers.findIndex((customer) => customer.name === owner || customer.id === owner);
      const plate = order.plate?.toUpperCase().replace(/[\s·.-]/g, "") ?? null;
      const product = productId(order.product) ?? productId(customers[index]?.products[0]?.product) ?? profile.products[0]!.id;
      const promisedAt = order.promised === undefined ? null : parseIso(order.promised, zone);
      const state: WorkOrder = {
        number: order.number.toUpperCase(),
        customerId: index >= 0 ? `U${9000 + index + 1}` : "U0",
        status: order.status,
        product,
        ownedProduct: null,
        plate,
        serial: order.serial ?? order.vin ?? null,
        services: order.services ?? (order.service ? [order.service] : []),
        technician: order.technician ?? null,
        booking: null,
        promisedAt,
        note: order.note ?? null,
        history: [{ status: order.status, at: now, by: "script", why: null }],
        hurried: 0,
        createdAt: now,
        updatedAt: now,
      };
      await unit.records.save(
        { kind: "order", id: state.number, events: [{ type: "order_opened", at: now, order: state }], state },
        "script",
      );
    }
  });
}

/** The product that stands for all others: the first that is no sort of another one. */
function generalProduct(profile: Profile): string {
  return profile.products.find((product) => product.kind === undefined)!.id;
}

/** Phones of scripts as the reader of messages would keep them: mainland mobiles in E.164. */
function normalPhone(phone: string): string {
  const digits = phone.replace(/[\s-]/g, "");
  return /^1[3-9]\d{9}$/.test(digits) ? `+86${digits}` : digits;
}
