/** A new time that we propose for a booking (a rescue, or staff): held until the customer says yes, or looks for another. */
import { startFlow } from "../conversation/engine.ts";
import { defineFlow } from "../conversation/flow.ts";
import { readAgain } from "../conversation/read-again.ts";
import { sureIntent } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { HOUSE } from "../orders/workshop.ts";
import { jobOfBooking } from "./book-values.ts";
import { holdKey } from "./hold-key.ts";
import { releaseHold } from "./holds.ts";
import { scheduleReminders } from "./reminders.ts";
import type { RescueItem } from "./rescue-state.ts";
import { hoursOf, type Offer, offerAt } from "./slots.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";

type NewTimeValues = { answer: Json };

/** A new time that we propose for a booking (a rescue, or staff): yes, no, or the customer looks for another one. */
export const NEW_TIME_FLOW = defineFlow<NewTimeValues>({
  id: "new-time",
  data: ["booking", "offer"],
  title: (turn) => turn.words("newtime.title"),
  readsAlone: true,
  absorbs: ["confirm_yes", "confirm_no", "reschedule", "provide_info", "book"],
  slots: {
    answer: {
      label: ({ turn }) => turn.words("newtime.title"),
      take: (_context, reading, asked) => {
        if (!asked || reading.choice) return undefined;
        const first = sureIntent(reading);
        if ((reading.understanding?.entities.datetime.length ?? 0) > 0) return { as: "other", words: reading.text };
        if (first === "confirm_yes") return { as: "yes", words: "" };
        return first === "confirm_no" || first === "reschedule" ? { as: "other", words: "" } : undefined;
      },
      ask: ({ turn, frame }) => {
        const booking = turn.bookings().find((one) => one.number === frame.data["booking"]);
        const offer = frame.data["offer"] as unknown as Offer;
        const why = frame.data["why"];
        return {
          text: turn.words(why === "rescue" ? "newtime.rescue" : why === "displaced" ? "newtime.displaced" : "newtime.ask", {
            name: turn.callName(),
            number: String(frame.data["booking"]),
            from: booking ? turn.time(Number(frame.data["from"] ?? booking.start)) : "",
            to: turn.time(offer.start),
            technician: turn.model.technician(offer.technician)?.name[turn.lang] ?? "",
            until: turn.time(Number(frame.data["until"])),
          }),
          question: "yesno",
          choices: [
            { id: "newtime:yes", label: turn.words("newtime.choice_yes"), value: { as: "yes", words: "" } },
            { id: "newtime:other", label: turn.words("newtime.choice_other"), value: { as: "other", words: "" } },
            { id: "newtime:cancel", label: turn.words("newtime.choice_cancel"), value: { as: "cancel", words: "" } },
          ],
        };
      },
      show: () => "",
    },
  },
  complete: ({ turn, frame }, { answer }) => {
    const { as, words } = answer as { as: string; words: string };
    const booking = turn.bookings().find((one) => one.number === frame.data["booking"]);
    const offered = frame.data["offer"] as unknown as Offer;
    const rescue = frame.data["rescue"];
    const report = (status: RescueItem["status"]): void => {
      if (typeof rescue === "string" && booking) turn.tell(HOUSE, "rescue_answer", { rescue, booking: booking.number, status });
    };
    if (booking?.status !== "confirmed") {
      turn.say(turn.words("change.none"));
      return;
    }
    if (as === "yes" && frame.data["why"] === "displaced") {
      // The hour is theirs already.
      turn.say(turn.words("newtime.thanks", { time: turn.time(booking.start) }));
      return;
    }
    if (as === "cancel") {
      releaseHold(turn, offered);
      report("gone");
      startFlow(turn, "cancel", null, { booking: booking.number });
      return;
    }
    const job = jobOfBooking(turn, booking);
    const search = {
      job: { ...job, preferred: offered.technician },
      now: turn.now,
      moving: booking.number,
      hold: holdKey(turn.conversation),
    };
    const offer = as === "yes" ? offerAt(turn.model, agendaOf(turn, bookingWindowOf(turn)), search, offered.start) : null;
    if (!offer) {
      if (as === "yes") turn.say(turn.words("time.taken", { time: turn.time(offered.start) }));
      releaseHold(turn, offered);
      report("declined");
      startFlow(turn, "move", words === "" ? null : readAgain(turn, words), { booking: booking.number });
      return;
    }
    turn.freeHours(booking);
    turn.takeHours(offer, booking.number);
    const moved = turn.applyBooking(booking.number, booking, {
      type: "booking_moved",
      at: turn.now,
      ...hoursOf(offer),
      by: "shop",
    });
    scheduleReminders(turn, moved);
    report("accepted");
    const technician = turn.model.technician(offer.technician);
    turn.say(
      turn.words("move.done", {
        number: moved.number,
        time: turn.time(moved.start),
        technician: technician?.name[turn.lang] ?? "",
        technicianPhone: technician?.phone ?? "",
      }),
    );
  },
  dropped: ({ turn }) => turn.say(turn.words("newtime.waits")),
});
