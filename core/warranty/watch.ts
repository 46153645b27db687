/** Warns a manager before a limit of the law is reached: looked at when a product arrives, when its order moves, and every day it stays. */
import { escalate } from "../cases/escalate.ts";
import type { TurnContext } from "../conversation/context.ts";
import type { WorkOrder } from "../orders/state.ts";
import { DAY_MS } from "../time.ts";
import { statutoryFindings } from "./statutory.ts";

const ENDED: readonly WorkOrder["status"][] = ["ready", "delivered", "closed", "cancelled", "no_show", "declined"];

export function watchStatutory(turn: TurnContext, order: WorkOrder): void {
  const { statutory, faults } = turn.model.profile;
  const packs = statutory.filter((pack) => turn.model.covers(pack.products, order.product));
  const timer = `statutory:${order.number}`;
  if (packs.length === 0 || order.ownedProduct === null) return;
  if (ENDED.includes(order.status)) turn.cancelTimer(timer);
  else turn.setTimer({ id: timer, dueAt: turn.now + DAY_MS, name: "statutory_check", data: { order: order.number } });
  const owned = turn.customer()?.products.find((one) => one.id === order.ownedProduct);
  const orders = turn.orders().filter((one) => one.ownedProduct === order.ownedProduct);
  const safetyFaults = new Set(faults.filter((fault) => fault.urgent).map((fault) => fault.id));
  const findings = statutoryFindings({
    packs,
    boughtOn: owned?.boughtOn ?? null,
    mileageKm: owned?.mileageKm ?? null,
    orders,
    safetyFaults,
    now: turn.now,
    zone: turn.zone,
  });
  if (findings.length === 0) return;
  const words = findings.map((one) =>
    turn.staffWords(`statutory.${one.count}`, {
      order: order.number,
      value: one.value,
      limit: one.limit,
      fault: one.fault === null ? "" : (turn.model.fault(one.fault)?.name[turn.staffLanguage] ?? one.fault),
      source: `${one.pack.source}${one.source}`,
      reached: one.reached ? turn.staffWords("statutory.reached") : "",
    }),
  );
  const text = words.join("\n");
  // Said once for each state of the counters: a day more is told, the same again is not.
  if (turn.cases().some((one) => one.tags.includes("statutory") && (one.words === text || one.notes.some((note) => note.text === text))))
    return;
  turn.ruleFacts["statutory_near"] = true;
  turn.fired.delete("statutory-limit");
  escalate(turn, text);
}
