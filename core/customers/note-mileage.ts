/** A mileage said in chat is kept with the product it is about. */
import type { TurnContext } from "../conversation/context.ts";
import { dayOf } from "../time.ts";
import type { Understanding } from "../understanding/types.ts";
import { withMileage } from "./mileage.ts";

/** The customer's only product with an odometer, or the one whose plate was said or is being booked. */
export function noteMileage(turn: TurnContext, understanding: Understanding): void {
  const [said] = understanding.entities.mileage;
  const customer = said ? turn.customer() : null;
  if (!said || !customer) return;
  const driven = customer.products.filter((one) => turn.model.product(one.product)?.identify === "plate");
  const inFlow = (turn.state.stack.at(-1)?.values["product"] as { owned?: string } | undefined)?.owned;
  const plates = understanding.entities.plate.map((one) => one.value);
  const owned =
    driven.find((one) => one.plate !== null && plates.includes(one.plate)) ??
    driven.find((one) => one.id === inFlow) ??
    (driven.length === 1 ? driven[0] : undefined);
  if (!owned) return;
  const noted = withMileage(owned, said.km, dayOf(turn.now, turn.zone));
  if (noted === owned) {
    turn.note("mileage_doubtful", { product: owned.id, km: said.km });
    return;
  }
  turn.saveCustomer({ ...customer, products: customer.products.map((one) => (one.id === owned.id ? noted : one)) });
  turn.note("mileage", { product: owned.id, km: said.km });
}
