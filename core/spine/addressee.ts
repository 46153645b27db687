/** In whose conversation a command of staff is carried out: that of the customer it is about, or the house's. */
import { HOUSE } from "../orders/workshop.ts";
import type { Unit } from "../ports.ts";
import type { ConversationId, DeskCommand } from "./events.ts";
import { latestConversation } from "./facts.ts";

/** @returns `null` when there is nothing of that number */
export async function conversationOfCommand(unit: Unit, command: DeskCommand): Promise<ConversationId | null> {
  if (command.do === "move_order") return ofOrder(unit, command.order);
  if (command.do !== "workshop") return (await unit.records.case(command.case))?.conversation ?? null;
  const { about } = command;
  switch (command.act.name) {
    case "away":
    case "displace":
    case "rescue_send":
    case "rescue_list":
      return HOUSE;
    case "arrived":
    case "no_show":
    case "propose":
      return (await unit.records.booking(about))?.conversation ?? null;
    case "kept":
    case "dismiss":
    case "confirm_promise":
    case "renew":
      return (await unit.records.one("promise", about))?.conversation ?? null;
    default:
      return ofOrder(unit, about);
  }
}

/** Where the customer of an order is told of it: where they wrote last, else where it was booked; the house when they have no chat. */
async function ofOrder(unit: Unit, number: string): Promise<ConversationId | null> {
  const order = await unit.records.order(number);
  if (!order) return null;
  const booking = order.booking === null ? null : await unit.records.booking(order.booking);
  return (await latestConversation(unit, order.customerId)) ?? booking?.conversation ?? HOUSE;
}
