/** The yes to a booking: the hour is taken, the file kept, the booking made and confirmed. */
import { linkVisit } from "../cases/visit-link.ts";
import type { TurnContext } from "../conversation/context.ts";
import { isPersonsPhone } from "../customers/people.ts";
import { estimateOf, nameIn } from "../profile/model.ts";
import { takeUpApart } from "./also-slot.ts";
import { type BookContext, type BookValues, isUrgent, itemsOf, placeOf, type VisitItem, visitEstimate } from "./book-values.ts";
import { confirmedText } from "./book-words.ts";
import { takeWithRoom } from "./displace.ts";
import { withNamed } from "./owned-product.ts";
import type { ProductValue } from "./product-value.ts";
import { scheduleReminders } from "./reminders.ts";
import { hoursOf, type Offer } from "./slots.ts";
import type { BookedItem, Contact } from "./state.ts";
import { wishesOf, wishLine } from "./visit-wish.ts";
import { leaveWaiting } from "./waiting-leave.ts";
import { faultsFor } from "./work.ts";

export function completeBooking(context: BookContext, values: BookValues): void {
  const { turn } = context;
  const offer = values.time as unknown as Offer;
  const number = turn.number("booking");
  takeWithRoom(turn, offer, number, "bot");
  const place = placeOf(context);
  const contact = values.contact as unknown as Contact;
  const items = itemsOf(context);
  const identity = values.identity === undefined || values.identity === null ? null : String(values.identity);
  const named = items.map(({ product }, at) => (at === 0 && identity !== null ? withIdentity(turn, product, identity) : product));
  const address = place === "shop" ? null : String(values.address);
  const customer = keepInFile(turn, contact, named, address);
  const wishes = wishesOf(context.frame);
  const booked = items.map((item, at) => bookedItem(turn, item, customer.owned[at]!));
  const booking = turn.applyBooking(number, null, {
    type: "booking_confirmed",
    at: turn.now,
    data: {
      number,
      customerId: customer.id,
      conversation: turn.conversation,
      product: booked[0]!.product,
      ownedProduct: booked[0]!.ownedProduct,
      fault: booked[0]!.fault,
      services: booked.flatMap((item) => item.services),
      ...(booked.length > 1 ? { items: booked } : {}),
      place,
      address,
      contact,
      purchaseChannel: values.purchase_channel === undefined || values.purchase_channel === null ? null : String(values.purchase_channel),
      ...hoursOf(offer),
      ...(values.loan === "yes" ? { lent: [turn.model.profile.business.booking.loans!.kind] } : {}),
      estimate: visitEstimate(context),
      note: items[0]!.wish.note,
      ...(wishes.length > 0 ? { wishes } : {}),
    },
  });
  scheduleReminders(turn, booking);
  if (turn.state.waits) leaveWaiting(turn, offer.start);
  linkVisit(turn, booking);
  turn.finished({ kind: "booked", number });
  turn.say(confirmedText(context, booking));
  takeUpApart(context);
  const told = turn.staffWords(isUrgent(context) ? "staff.booked_urgent" : "staff.booked", {
    number,
    technician: nameIn(turn.model.technician(offer.technician), turn.staffLanguage),
    time: turn.staffTime(offer.start),
  });
  turn.notify("representative", wishes.length > 0 ? `${told}\n${wishLine(turn, number, wishes)}` : told, null);
}

function withIdentity(turn: TurnContext, product: ProductValue, identity: string): ProductValue {
  return { ...product, ...(turn.model.product(product.id)?.identify === "plate" ? { plate: identity } : { serial: identity }) };
}

export function bookedItem(turn: TurnContext, { product, wish, services }: VisitItem, owned: string | null): BookedItem {
  return {
    product: product.id,
    ownedProduct: owned,
    fault: faultsFor(turn.model, product.id, wish)[0]?.id ?? null,
    services: services.map((service) => service.id),
    estimate: estimateOf(services, false, turn.model.profile.business.currency),
    note: wish.note,
  };
}

/** Puts what the customer told into the file, and gives the products there, in the same order. */
function keepInFile(
  turn: TurnContext,
  contact: Contact,
  named: readonly ProductValue[],
  address: string | null,
): { readonly id: string; readonly owned: readonly (string | null)[] } {
  const file = turn.ensureCustomer();
  let products = file.products;
  const owned = named.map((product) => {
    if (product.owned) return product.owned;
    const kept = withNamed(products, product);
    products = kept.products;
    return kept.owned;
  });
  // The phone of who drives it is not the owner's.
  const another = isPersonsPhone(file, contact.phone);
  turn.saveCustomer({
    ...file,
    name: file.name ?? (another ? null : contact.name),
    title: file.title ?? (file.name === null || file.name === contact.name ? contact.title : null),
    phones: another || file.phones.includes(contact.phone) ? file.phones : [...file.phones, contact.phone],
    address: file.address ?? address,
    language: turn.lang,
    products,
  });
  return { id: file.id, owned };
}
