/** What a turn is about: product, fault, order, booking, technician, as far as known. */
import type { Subject } from "../rules/history.ts";
import type { CaseTurn } from "./case-turn.ts";
import { partOfOrder } from "./parts.ts";
import type { CaseLinks } from "./state.ts";

/** A value of a flow's slot that carries an id. */
function idIn(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, fault } = value as { id?: unknown; fault?: unknown };
  if (typeof id === "string") return id;
  return typeof fault === "string" ? fault : null;
}

/** Product and fault: said in this message, else of the flow under way, else the customer's only product. */
export function subjectOf(turn: CaseTurn): Subject {
  const frame = turn.state.stack.at(-1);
  const slot = (name: string): string | null => idIn(frame?.values[name]) ?? idIn(frame?.raw[name]);
  const owned = turn.customer()?.products ?? [];
  const said = turn.heard?.entities.product[0]?.id ?? slot("product");
  const mine = said === null ? (owned.length === 1 ? owned[0] : undefined) : owned.find((one) => turn.model.covers([said], one.product));
  const fault = turn.heard?.entities.fault[0]?.id ?? slot("fault");
  return {
    product: said ?? mine?.product ?? null,
    ownedProduct: mine?.id ?? null,
    fault: fault !== null && turn.model.fault(fault) ? fault : null,
  };
}

/** Links of a case that opens in this turn. The order or booking named counts, else the latest of the same product, else the latest. */
export function linksOf(turn: CaseTurn): CaseLinks {
  const subject = subjectOf(turn);
  const numbers = turn.heard?.entities.order_no.map((one) => one.value.toUpperCase()) ?? [];
  const newest = <T extends { readonly number: string; readonly product: string; readonly updatedAt: number }>(
    all: readonly T[],
  ): T | undefined => {
    const sorted = [...all].sort((one, other) => other.updatedAt - one.updatedAt);
    return (
      sorted.find((one) => numbers.includes(one.number)) ??
      (subject.product === null ? sorted[0] : (sorted.find((one) => turn.model.covers([subject.product!], one.product)) ?? sorted[0]))
    );
  };
  const order = newest(turn.orders());
  const booking = newest(turn.bookings().filter((one) => one.status === "confirmed"));
  const owned = turn.customer()?.products.find((one) => one.id === (subject.ownedProduct ?? order?.ownedProduct ?? booking?.ownedProduct));
  return {
    product: subject.product ?? order?.product ?? booking?.product ?? null,
    model: owned ? [owned.brand, owned.model].filter(Boolean).join(" ") || null : null,
    fault: subject.fault ?? booking?.fault ?? null,
    part: order ? partOfOrder(turn, order, turn.heard?.text ?? "") : null,
    technician: order?.technician ?? (booking && booking.start <= turn.now ? booking.technician : null),
    order: order?.number ?? null,
    booking: booking?.number ?? null,
  };
}
