/** Which way a due touch takes: into a conversation, to a person, or none. Pure; the feed does it, the forecast plays it. */
import type { CustomerFile } from "../customers/state.ts";
import type { CarePlan } from "../profile/care-schema.ts";
import type { Instant } from "../time.ts";
import { bestWay, type Reach, unreachable, waysFor } from "./facts.ts";
import { CAMPAIGN_PLAN, type Touch, type TouchReason } from "./touch.ts";

export type Way =
  /** Asked of the turn in this conversation. */
  | { readonly do: "ask"; readonly reach: Reach }
  /** For a person, when nothing speaks against it. */
  | { readonly do: "hand"; readonly way: "mass" | "call"; readonly why: TouchReason }
  /** Nobody can bring it: recorded as not reachable, when nothing speaks against it. */
  | { readonly do: "give_up"; readonly why: TouchReason }
  | { readonly do: "skip"; readonly why: TouchReason };

/** @param plan `undefined` = a campaign, or gone */
export function wayOf(
  touch: Touch,
  plan: CarePlan | undefined,
  customer: Pick<CustomerFile, "phones">,
  reaches: readonly Reach[],
  now: Instant,
): Way {
  const hasPhone = customer.phones.length > 0;
  if (plan?.steps[touch.step]?.do === "call")
    return hasPhone ? { do: "hand", way: "call", why: "second_step" } : { do: "give_up", why: "no_phone" };
  const [reach] = waysFor(reaches, touch.tried, now);
  if (reach) return { do: "ask", reach };
  if (now > touch.notAfter) return { do: "skip", why: touch.log.at(-1)?.why ?? "too_late" };
  const why = whyShut(touch, reaches, now);
  const way = bestWay(
    reaches.map((one) => ({ ...one, running: false })),
    touch.plan.startsWith(CAMPAIGN_PLAN) ? ["mass"] : (plan?.fallback ?? []),
    hasPhone,
    now,
  );
  return way === "mass" || way === "call" ? { do: "hand", way, why } : { do: "give_up", why };
}

/** What stands in the way on the channel that was used last of those not tried; where all were, what was noted of the last try. */
function whyShut(touch: Touch, reaches: readonly Reach[], now: Instant): TouchReason {
  if (reaches.length === 0) return "no_channel";
  const untried = reaches.filter((one) => !touch.tried.includes(one.conversation)).toSorted((one, other) => other.lastAt - one.lastAt);
  for (const one of untried) {
    const why = unreachable(one, now);
    if (why !== null) return why;
  }
  return touch.log.at(-1)?.why ?? "refused";
}
