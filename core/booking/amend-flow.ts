/** Another address, name or phone for a booking that stands (改地址、换电话): the hour stays where the way allows it. */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { defineFlow, type FlowContext } from "../conversation/flow.ts";
import { confirmChoices } from "../conversation/question.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import { sameJson } from "../conversation/stack.ts";
import type { Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import { dayOf } from "../time.ts";
import { addressForm, formatEstimate, formatPhone } from "../wording/format.ts";
import { jobOfBooking } from "./book-values.ts";
import { BOOKING_SLOT, bookingLabel, bookingOf, comingBookings, onlyBooking } from "./change-flows.ts";
import { type ContactRaw, takeContact } from "./contact-slot.ts";
import { pickupFee, pickupZone } from "./job.ts";
import { outOfReach, takeAddress } from "./place-slots.ts";
import { hoursOf, type Offer, offerAt } from "./slots.ts";
import type { Booking, Contact, Estimate } from "./state.ts";

type AmendValues = { booking: Json; what: Json; address: Json; contact: Json };
type AmendContext = FlowContext<AmendValues>;

const ADDRESS_WORDS =
  /地址|门牌|門牌|搬(?:家|到|去)|换(?:个)?地方|換(?:個)?地方|\baddress\b|\bmoved (?:house|to)\b|\bdifferent (?:house|flat|place)\b/i;
const CONTACT_WORDS = /电话|電話|手机|手機|号码|號碼|联系人|聯絡人|姓名|\b(?:phone|mobile|number|contact|name)\b/i;
const CORRECTS = /改|换|換|更正|错|錯|不对|不對|应该|應該|唔啱|\b(?:change|use|another|update|wrong|actually|should be|instead|correct)/i;

/** Does the message change where or whom, and no hour, of a booking of the customer's? */
export function wantsAmendment(turn: TurnContext, reading: Reading): boolean {
  const { datetime, address, phone, order_no, fault, service } = entitiesOf(reading);
  const { text } = reading;
  const coming = comingBookings(turn);
  if (coming.length === 0 || datetime.length > 0 || fault.length + service.length > 0) return false;
  if (order_no.length > 0 && !coming.some((one) => order_no.some(({ value }) => value.toUpperCase() === one.number))) return false;
  const place = (address.length > 0 || ADDRESS_WORDS.test(text)) && coming.some((one) => one.place !== "shop");
  return CORRECTS.test(text) && (place || phone.length > 0 || CONTACT_WORDS.test(text));
}

function whatIn(reading: Reading): "address" | "contact" | undefined {
  const { address, phone } = entitiesOf(reading);
  if (ADDRESS_WORDS.test(reading.text) || address.length > 0) return "address";
  if (CONTACT_WORDS.test(reading.text) || phone.length > 0) return "contact";
  return undefined;
}

const chosen = ({ turn, values, frame }: AmendContext): Booking | undefined =>
  bookingOf(turn, values.booking ?? frame.raw["booking"] ?? frame.data["booking"] ?? onlyBooking(turn));

function contactWords({ turn }: AmendContext, contact: Contact): string {
  return `${addressForm(contact.name, contact.title, turn.lang, true) || contact.name} ${formatPhone(contact.phone)}`;
}

export const AMEND_FLOW = defineFlow<AmendValues>({
  id: "amend",
  title: (turn) => turn.words("amend.title"),
  absorbs: ["reschedule", "provide_info", "book", "confirm_yes"],
  slots: {
    booking: BOOKING_SLOT,
    what: {
      label: ({ turn }) => turn.words("amend.title"),
      take: ({ frame }, reading) => (frame.raw["what"] === undefined || CORRECTS.test(reading.text) ? whatIn(reading) : undefined),
      ask: ({ turn }) => ({
        text: turn.words("amend.ask_what"),
        question: "choice",
        choices: (["address", "contact"] as const).map((what) => ({
          id: `amend:${what}`,
          label: turn.words(`label.${what}`),
          value: what,
        })),
      }),
      show: () => "",
    },
    address: {
      label: ({ turn }) => turn.words("label.address"),
      mention: ADDRESS_WORDS,
      dependsOn: ["booking", "what"],
      needed: ({ values }) => values.what === "address",
      take: (context, reading, asked) => takeAddress(reading, asked, chosen(context as AmendContext)?.address ?? null),
      settle: (context, raw) =>
        chosen(context)?.place === "pickup" && pickupZone(context.turn.model, String(raw)) === undefined
          ? outOfReach(context.turn)
          : { status: "ok", value: raw },
      ask: ({ turn }) => ({ text: turn.words("amend.ask_address"), question: "address" }),
      show: (_context, value) => String(value),
    },
    contact: {
      label: ({ turn }) => turn.words("label.contact"),
      mention: CONTACT_WORDS,
      dependsOn: ["booking", "what"],
      needed: ({ values }) => values.what === "contact",
      take: (context, reading, asked) => takeContact(context.frame, undefined, reading, asked),
      settle: (context, raw) => {
        const standing = chosen(context)!.contact;
        const said = raw as unknown as ContactRaw;
        if (!said.name && !said.phone)
          return { status: "incomplete", prompt: { text: context.turn.words("amend.ask_contact"), question: "phone" } };
        return {
          status: "ok",
          value: {
            name: said.name || standing.name,
            title: said.name ? (said.title ?? null) : standing.title,
            phone: said.phone || standing.phone,
          },
        };
      },
      ask: ({ turn }) => ({ text: turn.words("amend.ask_contact"), question: "phone" }),
      show: (context, value) => contactWords(context, value as unknown as Contact),
    },
  },
  summary: (context) => {
    const { turn, values } = context;
    const booking = chosen(context)!;
    const address = values.what === "address";
    return {
      text: turn.words("amend.summary", {
        number: booking.number,
        booking: bookingLabel(turn, booking),
        label: turn.words(address ? "label.address" : "label.contact"),
        from: address ? (booking.address ?? "") : contactWords(context, booking.contact),
        to: address ? String(values.address) : contactWords(context, values.contact as unknown as Contact),
      }),
      question: "yesno",
      choices: confirmChoices(turn),
    };
  },
  complete: (context, values) => {
    const { turn } = context;
    const booking = bookingOf(turn, values.booking);
    if (booking?.status !== "confirmed") {
      turn.say(turn.words("change.none"));
      return;
    }
    const address = values.what === "address" ? String(values.address) : undefined;
    const contact = values.what === "contact" ? (values.contact as unknown as Contact) : undefined;
    const estimate = address === undefined ? booking.estimate : estimateAt(turn, booking, address);
    const amended = turn.applyBooking(booking.number, booking, {
      type: "booking_amended",
      at: turn.now,
      ...(address === undefined ? {} : { address, estimate }),
      ...(contact === undefined ? {} : { contact }),
    });
    tellStaff(context, booking, amended);
    const reached = address === undefined ? "same" : reach(turn, amended);
    if (reached === "no") {
      turn.say(turn.words("amend.no_time", { number: booking.number }));
      startFlow(turn, "move", null, { booking: booking.number });
      return;
    }
    turn.finished({
      kind: "amended",
      number: booking.number,
      ...(address === undefined
        ? { was: { contact: booking.contact } }
        : {
            was: { address: booking.address, estimate: booking.estimate },
            from: { start: booking.start, end: booking.end, technician: booking.technician },
          }),
    });
    turn.say(
      turn.words("amend.done", {
        number: booking.number,
        booking: bookingLabel(turn, amended),
        label: turn.words(address === undefined ? "label.contact" : "label.address"),
        to: address ?? contactWords(context, contact!),
        technician: nameIn(turn.model.technician(bookingOf(turn, booking.number)!.technician), turn.lang),
        estimate: sameJson(estimate as unknown as Json, booking.estimate as unknown as Json) ? "" : formatEstimate(estimate),
      }),
    );
  },
});

/** What the booking may cost from another address: fetching is charged by the part of town. */
function estimateAt(turn: TurnContext, booking: Booking, address: string): Estimate {
  if (booking.place !== "pickup") return booking.estimate;
  const moreMinor = Math.round((pickupFee(turn.model, address) - pickupFee(turn.model, booking.address)) * 100);
  const { lowMinor, highMinor } = booking.estimate;
  return { ...booking.estimate, lowMinor: lowMinor + moreMinor, highMinor: highMinor + moreMinor };
}

/** Is there time for the way to the new address at the same hour; by another technician if need be? */
function reach(turn: TurnContext, booking: Booking): "same" | "another" | "no" {
  const day = dayOf(booking.start, turn.zone);
  const offer = offerAt(
    turn.model,
    turn.agenda(day, day),
    { job: jobOfBooking(turn, booking), now: turn.now, moving: booking.number },
    booking.start,
  );
  if (!offer) return "no";
  turn.freeHours(booking);
  turn.takeHours(offer, booking.number);
  const hours = hoursOf(offer);
  if (sameJson(hours as unknown as Json, hoursOf(booking as unknown as Offer) as unknown as Json)) return "same";
  turn.applyBooking(booking.number, booking, { type: "booking_moved", at: turn.now, ...hours, by: "address" });
  return "another";
}

function tellStaff({ turn }: AmendContext, before: Booking, after: Booking): void {
  const moved = before.address !== after.address;
  turn.notify(
    "representative",
    turn.staffWords("staff.amended", {
      number: before.number,
      label: turn.staffWords(moved ? "label.address" : "label.contact"),
      from: moved ? (before.address ?? "") : `${before.contact.name} ${before.contact.phone}`,
      to: moved ? (after.address ?? "") : `${after.contact.name} ${after.contact.phone}`,
    }),
    null,
  );
}
