/** What platforms report of a customer beside messages: the chat was opened, a contact shared, a form filled in, words changed, contact lost. */
import { escalate } from "../cases/escalate.ts";
import { isOpen } from "../cases/state.ts";
import { provePhone } from "../customers/joining.ts";
import type { Language } from "../language.ts";
import { nameIn } from "../profile/model.ts";
import type { InboundEvent } from "../spine/events.ts";
import { formatPhone } from "../wording/format.ts";
import type { TurnContext } from "./context.ts";
import { takeForm } from "./engine.ts";
import { offerMenu } from "./menu.ts";
import { parseScene } from "./scene.ts";
import { topFrame } from "./stack.ts";
import { greet } from "./topics.ts";

type Reported<Kind extends InboundEvent["kind"]> = Extract<InboundEvent, { kind: Kind }>;
/** Hears words as if the customer had just written them; `id` is the message's in the transcript. */
type Hear = (text: string, id?: string) => void;

/** Our language for a platform's code (`zh-hans`, `zh_TW`, `en-US`), or `null` for one we don't speak. */
function languageOfPlatform(code: string | null): Language | null {
  if (code === null) return null;
  const lower = code.toLowerCase().replaceAll("_", "-");
  if (/^zh-(?:tw|hk|mo|hant)/.test(lower)) return "zh-TW";
  if (/^zh/.test(lower)) return "zh-CN";
  return lower.startsWith("en") ? "en" : null;
}

/** Opened without a word: who we are and what can be done, in the customer's language. */
export function opened(turn: TurnContext, event: Reported<"opened">): void {
  const { state } = turn;
  const language = languageOfPlatform(event.language);
  if (state.turns === 0 && language && turn.model.profile.business.languages.includes(language) && !turn.customer()?.language)
    state.lang = language;
  state.lastAt = turn.now;
  if (event.name) keepPlatformName(turn, event.name);
  if (state.holder.by === "human") {
    turn.note("opened_while_held", {});
    return;
  }
  const device = event.scene === null ? null : takeScene(turn, event.scene);
  greet(turn);
  if (device) turn.say(turn.words("opened.device", { product: device }));
  if (topFrame(turn) && state.asked) {
    turn.ask({ text: state.lastReply, question: state.asked.question, choices: state.asked.choices });
    return;
  }
  offerMenu(turn, turn.words("menu.what"));
}

/** What a platform calls somebody is for staff to see; the person is addressed by the name they give. */
function keepPlatformName(turn: TurnContext, name: string): void {
  const file = turn.customer();
  if (file?.platformName === name) return;
  turn.saveCustomer({ ...turn.ensureCustomer(), platformName: [...name.trim()].slice(0, 60).join("") });
}

/**
 * What a link or a QR code carried is a draft fact, offered to the next booking or question: anyone may scan a code, so nothing is
 * told from it.
 *
 * @returns the product's name when one was named
 */
function takeScene(turn: TurnContext, scene: string): string | null {
  const parts = parseScene(scene);
  if (parts.length === 0) {
    turn.note("scene_unknown", { scene: scene.slice(0, 60) });
    return null;
  }
  const product = parts.find(([kind]) => kind === "product");
  const known = product ? turn.model.product(product[1]) : undefined;
  const words = parts.map(([kind, value]) => (kind === "product" ? nameIn(known, turn.lang) : value)).filter(Boolean);
  if (words.length === 0) return null;
  turn.state.offered = words.join(" ").slice(0, 200);
  turn.note("scene", { facts: words.join(" ").slice(0, 60) });
  return known ? nameIn(known, turn.lang) : null;
}

/** A phone handed over by the platform. Proven, it is the customer's identity; else it is words like any others. */
export function contacted(turn: TurnContext, event: Reported<"contact">, hear: Hear): void {
  const phone =
    event.phone.startsWith("+") || !/^\d{11,15}$/.test(event.phone) || event.phone.startsWith("1") ? event.phone : `+${event.phone}`;
  const read =
    turn.dependencies.understander.understand(phone, { now: turn.now, zone: turn.zone, lang: turn.lang }).entities.phone[0]?.value ?? phone;
  if (!event.proven) {
    hear([event.name, read].filter(Boolean).join(" "));
    return;
  }
  if (event.name) keepPlatformName(turn, event.name);
  const result = provePhone(turn, read);
  turn.note("phone_proven", { result });
  if (turn.state.holder.by === "human" || topFrame(turn)) {
    if (result === "joined") turn.say(turn.words("contact.joined", { name: turn.callName() }));
    hear(read);
    return;
  }
  turn.post("customer", formatPhone(read), { id: turn.messageId });
  turn.state.turns += 1;
  turn.state.lastAt = turn.now;
  turn.say(
    result === "joined"
      ? turn.words("contact.joined", { name: turn.callName() })
      : turn.words("contact.thanks", { phone: formatPhone(read) }),
  );
  offerMenu(turn, turn.words("menu.what"));
}

/** Several facts at once: taken into the flow together, then what is still missing is asked. */
export function filledIn(turn: TurnContext, event: Reported<"form">, hear: Hear): void {
  const words = Object.values(event.values).filter((value) => value.trim() !== "");
  if (turn.state.holder.by === "human" || !turn.dependencies.flows.has(event.flow)) {
    // A person reads it; a form of a flow that is gone is words all the same.
    hear(words.join("\n"));
    return;
  }
  turn.post("customer", words.join("\n"), { id: turn.messageId });
  turn.state.turns += 1;
  turn.state.lastAt = turn.now;
  turn.state.asked = null;
  takeForm(turn, event.flow, event.values);
}

/** A message sent before reads otherwise now. */
export function edited(turn: TurnContext, event: Reported<"edited">, hear: Hear): void {
  const before = turn.saidBefore(event.message);
  if (before === event.text) {
    turn.note("edited_same", {});
    return;
  }
  const open = turn.cases().find(isOpen);
  if (open) {
    const text = turn.staffWords("staff.edited", { number: open.number, from: before ?? "?", to: event.text });
    turn.applyCase(open.number, open, { type: "case_noted", at: turn.now, by: "customer", text: `${before ?? "?"} → ${event.text}` });
    turn.notify(open.owner ?? open.step, text, open.number);
    if (turn.state.holder.by === "human") {
      turn.post("customer", event.text, { id: turn.messageId });
      return;
    }
  }
  turn.note("edited", { before: (before ?? "").slice(0, 60) });
  // The correction is heard like "no, I mean …": facts of the open flow change, and old → new is said back.
  hear(event.text);
}

/** The customer can't be reached on this channel any more, or can be again. */
export function reached(turn: TurnContext, event: Reported<"reach">): void {
  const was = turn.state.blocked ?? false;
  const name = turn.customer()?.name ?? "";
  const open = turn.cases().find(isOpen);
  if (event.reachable) {
    if (!was) return;
    turn.state.blocked = false;
    turn.note("reachable", {});
    turn.notify(
      open?.owner ?? open?.step ?? turn.model.profile.ladder[0]!,
      turn.staffWords("staff.reachable", { customer: name }),
      open?.number ?? null,
    );
    return;
  }
  turn.state.blocked = true;
  turn.note("unreachable", { reason: event.reason.slice(0, 60) });
  const unsent = turn.unsent();
  if (unsent.length === 0 && !open && comingMatters(turn) === 0) return;
  turn.ruleFacts["undelivered"] = true;
  const [case_] = escalate(turn, unsent.join("\n") || event.reason);
  turn.notify(
    open?.owner ?? turn.model.profile.ladder[0]!,
    turn.staffWords("staff.blocked", { customer: name, reason: event.reason, count: unsent.length }),
    case_?.case.number ?? open?.number ?? null,
  );
}

/** Bookings to come and orders under way: somebody must be able to tell the customer of them. */
function comingMatters(turn: TurnContext): number {
  const bookings = turn.bookings().filter((one) => one.status === "confirmed" && one.start > turn.now).length;
  return bookings + turn.orders().filter((one) => !["delivered", "closed", "cancelled"].includes(one.status)).length;
}
