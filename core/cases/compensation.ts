/**
 * Compensation (补偿): what the business gives a customer to make up for something.
 *
 *   proposed ── approve ──► approved ── the customer accepts ──► accepted
 *   proposed ── deny ─────► denied       └─ the customer declines ─► declined
 *   proposed ── withdraw ─► withdrawn
 * Nothing is said to the customer before `approved` (handbook: 未经请示领导,不要随意承诺).
 */
import { unreachable } from "../errors.ts";
import type { CompensationPolicy } from "../profile/cases-schema.ts";
import type { Staff } from "../profile/schema.ts";
import type { Instant } from "../time.ts";

/** Gift 赠送, discount 折扣, exchange 换货, refund 退款. */
export const COMPENSATION_KINDS = ["gift", "discount", "exchange", "refund"] as const;
export type CompensationKind = (typeof COMPENSATION_KINDS)[number];

/** Whose fault it was, as staff see it when they propose. */
export const FAULT_SIDES = ["ours", "maker", "customer", "unclear"] as const;
export type FaultSide = (typeof FAULT_SIDES)[number];

export interface Compensation {
  /** Unique within the case: `K1`, `K2` … */
  readonly id: string;
  readonly kind: CompensationKind;
  /** Value in minor units, ≥ 0. */
  readonly amountMinor: number;
  readonly fault: FaultSide;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly status: "proposed" | "approved" | "denied" | "withdrawn" | "accepted" | "declined";
  /** Role that must approve. */
  readonly needs: Staff["role"];
  /** Member of staff who approved or denied. */
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  /** Why it was denied, or what the approver added. */
  readonly remark: string | null;
  /** The customer's own words or button, and when. */
  readonly answer: { readonly at: Instant; readonly words: string } | null;
}

export type CompensationEvent =
  | { readonly type: "compensation_proposed"; readonly at: Instant; readonly compensation: Compensation }
  | {
      readonly type: "compensation_approved" | "compensation_denied";
      readonly at: Instant;
      readonly id: string;
      readonly by: string;
      readonly remark: string | null;
    }
  | { readonly type: "compensation_withdrawn"; readonly at: Instant; readonly id: string; readonly by: string }
  | {
      readonly type: "compensation_answered";
      readonly at: Instant;
      readonly id: string;
      readonly accepted: boolean;
      readonly words: string;
    };

/** The compensations of a case after an event. */
export function evolveCompensations(before: readonly Compensation[], event: CompensationEvent): readonly Compensation[] {
  if (event.type === "compensation_proposed") return [...before, event.compensation];
  return before.map((one) => (one.id === event.id ? evolved(one, event) : one));
}

function evolved(one: Compensation, event: Exclude<CompensationEvent, { type: "compensation_proposed" }>): Compensation {
  switch (event.type) {
    case "compensation_approved":
      return { ...one, status: "approved", decidedBy: event.by, decidedAt: event.at, remark: event.remark };
    case "compensation_denied":
      return { ...one, status: "denied", decidedBy: event.by, decidedAt: event.at, remark: event.remark };
    case "compensation_withdrawn":
      return { ...one, status: "withdrawn", decidedBy: event.by, decidedAt: event.at };
    case "compensation_answered":
      return { ...one, status: event.accepted ? "accepted" : "declined", answer: { at: event.at, words: event.words } };
    default:
      return unreachable(event);
  }
}

/** Rank of a role in approving; roles outside of the ladder approve nothing. */
const RANKS: readonly Staff["role"][] = ["representative", "manager", "general_office"];

/** Most a role may approve for a fault, minor units; `Infinity` without a limit, 0 for a role that approves nothing. */
export function limitOf(policy: CompensationPolicy, role: Staff["role"], fault: FaultSide): number {
  const limit = policy.limits.find((one) => one.role === role);
  if (!limit) return 0;
  const amount = limit[fault];
  return amount === "none" ? Number.POSITIVE_INFINITY : Math.round(amount * 100);
}

/**
 * The lowest role whose limit covers an amount.
 *
 * @param amountMinor > 0
 * @param ladder roles of the business, lowest first
 * @returns `null` when no role may give as much
 */
export function approverOf(
  policy: CompensationPolicy,
  ladder: readonly Staff["role"][],
  amountMinor: number,
  fault: FaultSide,
): Staff["role"] | null {
  return ladder.find((role) => limitOf(policy, role, fault) >= amountMinor) ?? null;
}

/** May someone of `role` decide what needs `needs`? */
export function mayDecide(role: Staff["role"], needs: Staff["role"]): boolean {
  const rank = RANKS.indexOf(role);
  return rank >= 0 && rank >= RANKS.indexOf(needs);
}

/** Given or promised: what counts against the budget. */
export function isGiven(one: Compensation): boolean {
  return one.status === "approved" || one.status === "accepted";
}

/** What similar cases received: how many, and the least, middle and most of what was given, minor units. */
export interface Precedent {
  readonly cases: number;
  readonly given: number;
  readonly leastMinor: number;
  readonly middleMinor: number;
  readonly mostMinor: number;
}

/** @param similar compensations of each similar case, one list a case */
export function precedentOf(similar: readonly (readonly Compensation[])[]): Precedent {
  const amounts = similar.flatMap((list) => list.filter(isGiven).map((one) => one.amountMinor)).sort((one, other) => one - other);
  return {
    cases: similar.length,
    given: amounts.length,
    leastMinor: amounts[0] ?? 0,
    middleMinor: amounts[Math.floor((amounts.length - 1) / 2)] ?? 0,
    mostMinor: amounts.at(-1) ?? 0,
  };
}
