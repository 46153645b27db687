/** A touch as a task for a person, with the words to send or to say. */
import type { CustomerFile } from "../customers/state.ts";
import type { Unit } from "../ports.ts";
import { type BusinessModel, nameIn } from "../profile/model.ts";
import type { Instant } from "../time.ts";
import { zoneOf } from "./audience.ts";
import { bodyOf, pieceOf } from "./compose.ts";
import { campaignOf } from "./decide.ts";
import { loadCampaigns } from "./load.ts";
import { moveTouch, type Touch, type TouchReason } from "./touch.ts";

export async function staffTask(
  unit: Unit,
  model: BusinessModel,
  touch: Touch,
  customer: CustomerFile,
  way: "mass" | "call",
  why: TouchReason,
  now: Instant,
): Promise<Touch> {
  const campaigns = await loadCampaigns(unit, [touch]);
  const piece = pieceOf(model, touch, campaigns);
  if (!piece) return moveTouch(touch, now, "skipped", "plan_gone");
  // What is sent by hand is read by the customer; a call's note is read by staff.
  const language = way === "mass" ? (customer.language ?? model.profile.business.languages[0]!) : model.profile.business.languages[0]!;
  const plan = model.profile.carePlans.find((one) => one.id === touch.plan);
  const title = plan ? nameIn(plan, language) : (campaignOf(touch, campaigns)?.name ?? "");
  const body = bodyOf(
    model,
    piece,
    customer,
    language,
    zoneOf(customer, model),
    now,
    way === "mass" && piece.book !== null ? "reply" : "none",
  );
  const text = way === "mass" ? body : [title, body].filter(Boolean).join("\n");
  return moveTouch(touch, now, "task", why, { task: { way, to: model.profile.ladder[0]!, text } });
}

/** What nobody could send by hand: called, where the plan wants that and a phone is known; else recorded as not reachable. */
export function nextByHand(
  unit: Unit,
  model: BusinessModel,
  touch: Touch,
  customer: CustomerFile,
  why: TouchReason,
  now: Instant,
): Promise<Touch> {
  const fallback = model.profile.carePlans.find((one) => one.id === touch.plan)?.fallback ?? [];
  if (fallback.includes("call") && customer.phones.length > 0) return staffTask(unit, model, touch, customer, "call", why, now);
  return Promise.resolve(moveTouch(touch, now, "unreachable", why));
}
