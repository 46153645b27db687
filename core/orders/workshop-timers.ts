/** Timers of the workshop, and what one conversation tells another, each to the room it belongs to. */
import { putDisplaced, putRoomMade } from "../booking/displace.ts";
import { putRescue, rescueAnswered } from "../booking/rescue.ts";
import { putWishedRoom } from "../booking/room-wish.ts";
import { checkVisit } from "../booking/visit.ts";
import { endRound, offerFreed, putWaitOffer, tellGone } from "../booking/waiting.ts";
import type { TurnContext } from "../conversation/context.ts";
import { unreachable } from "../errors.ts";
import { promiseTimer } from "../promises/ledger.ts";
import { quoteTimer } from "../quotes/make.ts";
import type { TimerData } from "../spine/events.ts";
import { watchStatutory } from "../warranty/watch.ts";
import { noteProbed } from "./probing.ts";
import type { WorkshopTimer } from "./workshop.ts";

export function workshopTimer(turn: TurnContext, name: WorkshopTimer, data: TimerData): void {
  switch (name) {
    case "quote_silent":
    case "quote_expired":
    case "quote_later":
      quoteTimer(turn, name, data);
      return;
    case "promise_soon":
    case "promise_tell":
    case "promise_due":
      promiseTimer(turn, name, data);
      return;
    case "visit_check":
      checkVisit(turn, data);
      return;
    case "hours_freed":
      offerFreed(turn, data);
      return;
    case "wait_offer":
      putWaitOffer(turn, data);
      return;
    case "wait_gone":
      tellGone(turn, data);
      return;
    case "wait_over":
      endRound(turn, data);
      return;
    case "rescue_offer":
      putRescue(turn, data);
      return;
    case "rescue_answer":
      rescueAnswered(turn, data);
      return;
    case "statutory_check": {
      const order = turn.orderByNumber(String(data["order"]));
      if (order) watchStatutory(turn, order);
      return;
    }
    case "probed":
      noteProbed(turn, data);
      return;
    case "displaced":
      putDisplaced(turn, data);
      return;
    case "room_made":
      if (data["booking"] === null) putWishedRoom(turn, data);
      else putRoomMade(turn, data);
      return;
    default:
      unreachable(name);
  }
}
