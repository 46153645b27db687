/**
 * A campaign (群发活动): one message of staff to many customers.
 *
 *   draft ── submit ──► submitted ── approve (a manager, not the author) ──► approved ── start ──► sending ⇄ paused
 *   submitted ── reject ──► draft        sending ── all planned and none left ──► finished
 *   draft | submitted | approved | sending | paused ── cancel ──► cancelled
 * Any change of words or audience of a draft needs a new submission; after that nothing can be changed.
 */
import type { LocalText } from "../language.ts";
import type { Audience } from "../profile/care-schema.ts";
import type { StaffRole } from "../profile/schema.ts";
import type { Instant } from "../time.ts";

export type CampaignStatus = "draft" | "submitted" | "approved" | "sending" | "paused" | "finished" | "cancelled";
/** States in which its touches may go out. */
export const CAMPAIGN_PLAN_RUNNING: readonly CampaignStatus[] = ["sending"];

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly text: LocalText;
  /** Service that the button books. */
  readonly book: string | null;
  readonly audience: Audience;
  readonly status: CampaignStatus;
  /** First and last moment of sending; `startAt` null = as soon as approved and started. */
  readonly startAt: Instant | null;
  readonly endAt: Instant | null;
  readonly author: string;
  readonly approvedBy: string | null;
  /** Customer up to whom touches were planned; `null` = none yet. */
  readonly plannedTo: string | null;
  /** Everybody was looked at. */
  readonly planned: boolean;
  readonly history: readonly { readonly at: Instant; readonly by: string; readonly to: CampaignStatus; readonly why: string | null }[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type CampaignAct =
  | { readonly do: "submit" | "approve" | "start" | "pause" | "resume" }
  | { readonly do: "reject" | "cancel"; readonly why: string };

/** Why an act is refused. */
export type CampaignRefusal = "wrong_state" | "needs_manager" | "own_campaign" | "unknown_staff";

const FROM: Readonly<Record<CampaignAct["do"], readonly CampaignStatus[]>> = {
  submit: ["draft"],
  approve: ["submitted"],
  reject: ["submitted"],
  start: ["approved"],
  pause: ["sending"],
  resume: ["paused"],
  cancel: ["draft", "submitted", "approved", "sending", "paused"],
};
const TO: Readonly<Record<CampaignAct["do"], CampaignStatus>> = {
  submit: "submitted",
  approve: "approved",
  reject: "draft",
  start: "sending",
  pause: "paused",
  resume: "sending",
  cancel: "cancelled",
};

/** Approval is a manager's, and never the author's own. */
const APPROVERS: readonly StaffRole[] = ["manager", "general_office"];

/** The campaign after an act, or why not. @param role of the member of staff; `null` = a stranger */
export function actOnCampaign(
  campaign: Campaign,
  act: CampaignAct,
  by: string,
  role: StaffRole | null,
  now: Instant,
): { readonly ok: true; readonly campaign: Campaign } | { readonly ok: false; readonly why: CampaignRefusal } {
  if (role === null) return { ok: false, why: "unknown_staff" };
  if (!FROM[act.do].includes(campaign.status)) return { ok: false, why: "wrong_state" };
  if ((act.do === "approve" || act.do === "reject") && !APPROVERS.includes(role)) return { ok: false, why: "needs_manager" };
  if (act.do === "approve" && campaign.author === by) return { ok: false, why: "own_campaign" };
  return {
    ok: true,
    campaign: moveCampaign(campaign, TO[act.do], by, "why" in act ? act.why : null, now, act.do === "approve" ? by : null),
  };
}

export function moveCampaign(
  campaign: Campaign,
  to: CampaignStatus,
  by: string,
  why: string | null,
  now: Instant,
  approvedBy: string | null = null,
): Campaign {
  return {
    ...campaign,
    status: to,
    approvedBy: to === "draft" ? null : (approvedBy ?? campaign.approvedBy),
    history: [...campaign.history, { at: now, by, to, why }],
    updatedAt: now,
  };
}

/** A campaign that has just been written. */
export function newCampaign(
  id: string,
  draft: Pick<Campaign, "name" | "text" | "book" | "audience" | "startAt" | "endAt">,
  author: string,
  now: Instant,
): Campaign {
  return {
    ...draft,
    id,
    status: "draft",
    author,
    approvedBy: null,
    plannedTo: null,
    planned: false,
    history: [{ at: now, by: author, to: "draft", why: null }],
    createdAt: now,
    updatedAt: now,
  };
}
