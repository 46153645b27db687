/** Sample customers and orders of a profile, put into a new database so that there is something to try. */
import { parseBirthday } from "../../core/calendar/birthdays.ts";
import type { CustomerFile } from "../../core/customers/state.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import type { Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { addDays, dayOf, HOUR_MS, type Instant } from "../../core/time.ts";

/** Key of a sample customer's conversation on the web channel: the try-it page writes as them. */
export function sampleKey(id: string): string {
  return `sample-${id}`;
}

/** Fills an empty database; a database that has been filled or used before is left as it is. Returns whether it did. */
export async function loadSample(store: Store, profile: Profile, now: Instant, zone: string): Promise<boolean> {
  return store.unit(async (unit) => {
    if ((await unit.meta.get("sample")) !== null || (await unit.inbox.history(0, 1)).length > 0) return false;
    await unit.meta.set("sample", profile.business.id);
    for (const sample of profile.sample.customers) {
      const file: CustomerFile = {
        id: `sample-${sample.id}`,
        name: sample.name,
        title: sample.title === "none" ? null : sample.title,
        phones: [sample.phone],
        address: sample.address ?? null,
        language: sample.language,
        vip: sample.vip,
        products: sample.products.map((owned, index) => ({
          id: `p${index + 1}`,
          product: owned.product,
          brand: owned.brand ?? null,
          model: owned.model ?? null,
          plate: owned.plate ?? null,
          serial: owned.serial ?? null,
          boughtOn: owned.boughtDaysAgo === undefined ? null : addDays(dayOf(now, zone), -owned.boughtDaysAgo),
          mileageKm: owned.mileageKm ?? null,
          ...(owned.mileageKm === undefined ? {} : { readings: [{ on: dayOf(now, zone), km: owned.mileageKm }] }),
          ...(owned.dueInDays === undefined
            ? {}
            : { due: Object.fromEntries(Object.entries(owned.dueInDays).map(([name, days]) => [name, addDays(dayOf(now, zone), days)])) }),
        })),
        consents: {},
        ...(sample.birthday === undefined ? {} : { birthday: parseBirthday(sample.birthday)! }),
        createdAt: now,
        updatedAt: now,
      };
      await unit.customers.put(file);
      await unit.customers.linkConversation(`web:${sampleKey(sample.id)}`, file.id);
    }
    for (const sample of profile.sample.orders) {
      const owner = profile.sample.customers.find((customer) => customer.id === sample.customer)!;
      const owned = owner.products[sample.product];
      const order: WorkOrder = {
        number: sample.number,
        customerId: `sample-${sample.customer}`,
        status: sample.status,
        product: owned?.product ?? profile.services.find((service) => service.id === sample.service)!.products[0]!,
        ownedProduct: owned ? `p${sample.product + 1}` : null,
        plate: owned?.plate ?? null,
        serial: owned?.serial ?? null,
        services: [sample.service],
        technician: sample.technician ?? null,
        booking: null,
        promisedAt: sample.promisedInHours === undefined ? null : now + sample.promisedInHours * HOUR_MS,
        note: sample.note?.[owner.language] ?? null,
        history: [{ status: sample.status, at: now, by: "sample", why: null }],
        hurried: 0,
        createdAt: now,
        updatedAt: now,
      };
      await unit.records.save(
        { kind: "order", id: order.number, events: [{ type: "order_opened", at: now, order }], state: order },
        "sample",
      );
    }
    return true;
  });
}
