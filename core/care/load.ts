/** Loads what care decides on, within a transaction that the caller opened. */
import type { Case } from "../cases/state.ts";
import type { ConversationState } from "../conversation/state.ts";
import type { Capabilities, Channel, Unit } from "../ports.ts";
import { channelOf } from "../spine/channel.ts";
import type { ConversationId } from "../spine/events.ts";
import { isPushLimited, loadPush } from "../spine/push-window.ts";
import { DAY_MS, type Instant } from "../time.ts";
import type { Campaign } from "./campaign.ts";
import { type CareFacts, type Reach, reachOf } from "./facts.ts";
import { CAMPAIGN_PLAN, NO_STATE, type Touch } from "./touch.ts";

/** Longer than any span the caps look back. */
export const BACK_MS = 32 * DAY_MS;

/** @param customerId `null` = nobody is known in this conversation */
export async function loadCare(
  unit: Unit,
  channels: ReadonlyMap<string, Channel>,
  customerId: string | null,
  conversation: ConversationId,
  now: Instant,
): Promise<CareFacts> {
  const reach = await loadReach(unit, channels, conversation, now);
  if (customerId === null) return { touches: [], cases: [], state: NO_STATE, reach, campaigns: new Map() };
  const touches = await unit.care.ofCustomer(customerId, now - BACK_MS);
  return {
    touches,
    cases: await loadCases(unit, await unit.customers.conversationsOf(customerId)),
    state: await unit.care.stateOf(customerId),
    reach,
    campaigns: await loadCampaigns(unit, touches),
  };
}

/** Cases of all conversations of a customer. */
export async function loadCases(unit: Unit, conversations: readonly ConversationId[]): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const one of conversations) cases.push(...(await unit.records.casesOf(one)));
  return cases;
}

/** Campaigns of touches, by id. */
export async function loadCampaigns(unit: Unit, touches: readonly Touch[]): Promise<ReadonlyMap<string, Campaign>> {
  const found = new Map<string, Campaign>();
  for (const { plan } of touches) {
    if (!plan.startsWith(CAMPAIGN_PLAN)) continue;
    const id = plan.slice(CAMPAIGN_PLAN.length);
    const campaign = found.has(id) ? null : await unit.care.campaign(id);
    if (campaign) found.set(id, campaign);
  }
  return found;
}

/** How a conversation stands now: how it can be reached, and what it remembers. */
export interface Standing {
  readonly reach: Reach;
  /** `null` = the channel does not run. */
  readonly capabilities: Capabilities | null;
  /** `null` = no turn yet. */
  readonly state: ConversationState | null;
}

export async function loadStanding(
  unit: Unit,
  channels: ReadonlyMap<string, Channel>,
  conversation: ConversationId,
  now: Instant,
): Promise<Standing> {
  const row = await unit.conversations.get(conversation);
  const state = (row?.state as ConversationState | undefined) ?? null;
  const capabilities = channels.get(channelOf(conversation))?.capabilities ?? null;
  const blocked = state?.blocked ?? false;
  const wrote = (state?.turns ?? 0) > 0 ? state!.lastAt : 0;
  if (capabilities === null || !isPushLimited(capabilities))
    return { reach: reachOf(conversation, capabilities, wrote, 0, blocked), capabilities, state };
  const { standing } = await loadPush(unit, capabilities, { conversation, seq: Number.MAX_SAFE_INTEGER }, now);
  return { reach: reachOf(conversation, capabilities, standing.customer?.at ?? 0, standing.ledger.spent, blocked), capabilities, state };
}

async function loadReach(unit: Unit, channels: ReadonlyMap<string, Channel>, conversation: ConversationId, now: Instant): Promise<Reach> {
  return (await loadStanding(unit, channels, conversation, now)).reach;
}

/** All conversations of a customer. */
export async function loadReaches(
  unit: Unit,
  channels: ReadonlyMap<string, Channel>,
  customerId: string,
  now: Instant,
): Promise<readonly Reach[]> {
  const reaches: Reach[] = [];
  for (const one of await unit.customers.conversationsOf(customerId)) reaches.push(await loadReach(unit, channels, one, now));
  return reaches;
}
