/** What the customer is asked around a case: details of a bare complaint; place and phone in an emergency. */

import type { TurnContext } from "../conversation/context.ts";
import { defineFlow } from "../conversation/flow.ts";
import { entitiesOf, type Reading, sureIntent } from "../conversation/reading.ts";
import type { Frame, Json } from "../conversation/state.ts";
import { HOUR_MS } from "../time.ts";
import { formatPhone } from "../wording/format.ts";
import { addToCase } from "./add-to-case.ts";
import { countBatch } from "./outbreak.ts";
import { type Case, openCaseOf } from "./state.ts";
import { linksOf } from "./subject.ts";

/** What was told goes to the case that is asked about. */
function addDetails(turn: TurnContext, number: Json | undefined, words: string): void {
  const found = turn.cases().find((one) => one.number === number);
  if (!found) return;
  addToCase(turn, found, words);
  learnLinks(turn, found);
}

/** What the case is about shows in the details: where it was not known, it is now. */
function learnLinks(turn: TurnContext, found: Case): void {
  const now = linksOf(turn);
  const links = {
    ...(found.links.fault === null && now.fault !== null ? { fault: now.fault } : {}),
    ...(found.links.product === null && now.product !== null ? { product: now.product } : {}),
  };
  if (Object.keys(links).length === 0) return;
  countBatch(turn, turn.applyCase(found.number, found, { type: "case_linked", at: turn.now, links, by: "bot" }));
}

type DetailValues = { details: Json };

/** What exactly happened, after "I want to complain" and nothing else. Anything the customer writes is taken. */
export const DETAILS_FLOW = defineFlow<DetailValues>({
  id: "details",
  data: ["case"],
  title: (turn) => turn.words("complaint.title"),
  absorbs: [
    "complaint",
    "provide_info",
    "book",
    "status",
    "abuse",
    "survey_score",
    "quote_price",
    "warranty",
    "chitchat",
    "out_of_scope",
    "confirm_yes",
    "confirm_no",
    "cancel_booking",
    "reschedule",
  ],
  slots: {
    details: {
      label: ({ turn }) => turn.words("label.details"),
      verbatim: true,
      take: (_context, reading, asked) => (asked && reading.text.trim() ? reading.text.trim().slice(0, 2_000) : undefined),
      ask: ({ turn }) => ({ text: turn.words("complaint.ask_details"), question: "fault" }),
      show: (_context, value) => String(value),
    },
  },
  complete: ({ turn, frame }, values) => {
    addDetails(turn, frame.data["case"], String(values.details));
    turn.say(turn.words("complaint.added", { number: String(frame.data["case"]) }));
  },
  dropped: ({ turn, frame }) => turn.say(turn.words("complaint.added", { number: String(frame.data["case"]) })),
});

type EmergencyValues = { address: Json; phone: Json };

/** Where help must go, and a phone: asked only after the safety line. */
export const EMERGENCY_FLOW = defineFlow<EmergencyValues>({
  id: "emergency",
  data: ["case"],
  title: (turn) => turn.words("emergency.title"),
  quietAfter: true,
  absorbs: [
    "emergency",
    "provide_info",
    "book",
    "reschedule",
    "cancel_booking",
    "complaint",
    "human",
    "confirm_yes",
    "chitchat",
    "out_of_scope",
    "abuse",
  ],
  slots: {
    address: {
      label: ({ turn }) => turn.words("label.address"),
      take: ({ turn, frame }, reading, asked) =>
        sentPlace(reading) ?? addressIn(reading, asked) ?? (asked ? (homeOf(turn, reading) ?? placeIn(turn, frame, reading)) : undefined),
      // Staff hear the place at once: who is in danger may never get to the phone.
      settle: ({ turn, frame }, raw) => {
        if (frame.raw["phone"] === undefined && !turn.customer()?.phones[0]) addDetails(turn, frame.data["case"], String(raw));
        return { status: "ok", value: raw };
      },
      // The address on file is only offered: people in danger are often elsewhere.
      ask: ({ turn }) => {
        const onFile = turn.customer()?.address;
        return {
          text: turn.words("emergency.ask_place"),
          again: turn.words("emergency.ask_place_again"),
          question: "address",
          choices: onFile ? [{ id: "place:file", label: onFile.slice(0, 60), value: onFile }] : [],
        };
      },
      show: (_context, value) => String(value),
    },
    phone: {
      label: ({ turn }) => turn.words("label.contact"),
      take: (_context, reading) => entitiesOf(reading).phone[0]?.value,
      known: ({ turn }) => turn.customer()?.phones[0] ?? undefined,
      ask: ({ turn }) => ({ text: turn.words("emergency.ask_phone"), question: "phone", again: turn.words("emergency.ask_phone_again") }),
      show: (_context, value) => String(value),
    },
  },
  complete: ({ turn, frame }, values) => {
    addDetails(turn, frame.data["case"], `${values.address} · ${values.phone}`);
    turn.say(
      turn.words("emergency.on_the_way", {
        number: String(frame.data["case"]),
        phone: turn.model.profile.business.contact.emergencyPhone,
        address: String(values.address),
        contact: formatPhone(String(values.phone)),
      }),
    );
  },
  // Whatever is written in danger reaches the person on call, a place or not.
  unheard: ({ turn, frame }, text) => {
    addDetails(turn, frame.data["case"], text);
    frame.data["unheard"] = true;
    turn.say(
      turn.words("emergency.noted", {
        number: String(frame.data["case"]),
        phone: turn.model.profile.business.contact.emergencyPhone,
      }),
    );
  },
  dropped: ({ turn, frame }) => turn.say(turn.words("emergency.stays_open", { number: String(frame.data["case"]) })),
});

/** "At home" is the address on file, when there is one. */
function homeOf(turn: TurnContext, reading: Reading): string | undefined {
  return /^(?:我)?(?:就?在|喺|系|係)?(?:我)?(?:家|家里|家裡|屋企|屋里|屋裡)[啊呀度入面裡里。!！]*$|^(?:i'?m )?(?:at )?(?:my )?home[.!]*$/i.test(
    reading.text.trim(),
  )
    ? (turn.customer()?.address ?? undefined)
    : undefined;
}

/** A location that was sent: its name, or where the channel keeps it. */
function sentPlace({ media }: Reading): string | undefined {
  return media?.kind === "location" ? (media.name ?? media.ref) : undefined;
}

/** The address found in the words; an answer that says little more is taken whole ("Highway 1, southbound, km 52"). */
function addressIn(reading: Reading, asked: boolean): string | undefined {
  const { address, phone } = entitiesOf(reading);
  const text = reading.text.trim();
  const [found] = address;
  const whole = asked && found && phone.length === 0 && text.length <= found.text.length + 20;
  return whole ? text : found?.value;
}

/** What tells where, in words of any place. */
const WHERE =
  /\d{2,}|在|喺|路|街|道|巷|弄|号|號|楼|樓|栋|棟|室|区|區|镇|鎮|村|县|縣|市|站|桥|橋|口|边|邊|旁|附近|对面|對面|门|門|厦|廈|园|園|苑|家|店|公司|学校|學校|医院|醫院|高速|隧道|\b(?:at|in|on|near|by|next to|opposite|behind|outside|exit|road|rd|street|st|avenue|lane|highway|motorway|bridge|station|building|tower|flat|floor|home|house|office|shop|mall|hotel|school|hospital|park)\b/i;

/** What no danger is told with, only a place. */
const NAMED_PLACE =
  /路|街|巷|弄|号|號|高速|国道|國道|出口|隧道|小区|小區|村|镇|鎮|\b(?:exit|road|rd|street|st|avenue|lane|highway|motorway|tower|court)\b/i;

/**
 * Words that say where, as they are: a person will read them. What shows no place is one when it is said once more, for
 * nobody knows every name of a place; it has reached staff either way.
 */
function placeIn(turn: TurnContext, frame: Frame, reading: Reading): string | undefined {
  const phone = entitiesOf(reading).phone[0];
  const text = (phone ? reading.text.replace(phone.text, " ") : reading.text).replace(/[\s,,。.;;]+/gu, " ").trim();
  // One word beside a phone number is a name.
  if (phone && /^[A-Za-z'-]+$/.test(text)) return undefined;
  const intent = sureIntent(reading);
  if (intent === "cancel_booking" || intent === "confirm_no" || intent === "confirm_yes")
    return WHERE.test(text) && /\d/.test(text) ? text : undefined;
  if (text.length < 2 || entitiesOf(reading).score.length > 0) return undefined;
  // More of the danger is no place, unless it names one.
  if (intent === "emergency" && !NAMED_PLACE.test(text)) return undefined;
  const isSecond = (turn.previouslyAsked?.times ?? 1) > 1 && frame.data["unheard"] === true;
  return WHERE.test(text) || (isSecond && intent === undefined) ? text.slice(0, 200) : undefined;
}

/** Later than this, what is told is about other things. */
const FRESH_HOURS = 12;

/** After the person on call was told: a place or phone said later, or put right, goes to them too. */
export function addToEmergency(turn: TurnContext, reading: Reading): boolean {
  const { address, phone } = entitiesOf(reading);
  const open = openCaseOf(turn.cases(), "emergency");
  if (!open || turn.now - open.createdAt > FRESH_HOURS * HOUR_MS || (address.length + phone.length === 0 && !WHERE.test(reading.text)))
    return false;
  addDetails(turn, open.number, reading.text);
  turn.say(turn.words("emergency.noted", { number: open.number, phone: turn.model.profile.business.contact.emergencyPhone }));
  return true;
}
