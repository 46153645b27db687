/** Compensation at the desk: proposed, weighed against limits, budget and precedent, approved or denied, offered to the customer. */
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import type { Staff } from "../profile/schema.ts";
import { DAY_MS, dayOf, instantOf } from "../time.ts";
import { formatMoney } from "../wording/format.ts";
import { askAcceptance } from "./answers.ts";
import {
  approverOf,
  type Compensation,
  type CompensationKind,
  type FaultSide,
  isGiven,
  limitOf,
  mayDecide,
  precedentOf,
} from "./compensation.ts";
import { escalate } from "./escalate.ts";
import { topStep } from "./ladder.ts";
import { GIVEN, givenMark } from "./marks.ts";
import { type Case, isOpen } from "./state.ts";

const KINDS: readonly (readonly [CompensationKind, RegExp])[] = [
  ["gift", /^(?:gift|赠送|贈送|礼品|禮品)$/i],
  ["discount", /^(?:discount|折扣|减免|減免|优惠|優惠)$/i],
  ["exchange", /^(?:exchange|换货|換貨|换新|換新)$/i],
  ["refund", /^(?:refund|退款|退费|退費)$/i],
];
const SIDES: readonly (readonly [FaultSide, RegExp])[] = [
  ["ours", /^(?:ours|我方|我们|我們)$/i],
  ["maker", /^(?:maker|厂家|廠家|原廠|原厂)$/i],
  ["customer", /^(?:customer|客户|客戶)$/i],
  ["unclear", /^(?:unclear|不明|未明)$/i],
];

export interface Proposal {
  readonly kind: CompensationKind;
  readonly amountMinor: number;
  readonly fault: FaultSide;
  readonly reason: string;
}

/** `refund 200 ours floor got wet`, `退款 200 我方 师傅弄湿地板`: kind, amount, whose fault (left out = unclear), reason. */
export function parseProposal(text: string): Proposal | null {
  const parts = text.trim().split(/\s+/);
  const kind = KINDS.find(([, pattern]) => pattern.test(parts[0] ?? ""))?.[0];
  const amount = /^[¥$€£]?(\d{1,7}(?:\.\d{1,2})?)(?:元|块|塊)?$/.exec(parts[1] ?? "");
  if (!kind || !amount) return null;
  const side = SIDES.find(([, pattern]) => pattern.test(parts[2] ?? ""))?.[0];
  const reason = parts.slice(side ? 3 : 2).join(" ");
  const amountMinor = Math.round(Number(amount[1]) * 100);
  return reason === "" || amountMinor <= 0 ? null : { kind, amountMinor, fault: side ?? "unclear", reason: reason.slice(0, 500) };
}

/** What has been given in this calendar month over all cases, minor units. */
function givenThisMonth(turn: TurnContext): number {
  const since = instantOf(`${dayOf(turn.now, turn.zone).slice(0, 7)}-01`, 0, turn.zone);
  return turn
    .casesMarked(GIVEN, since)
    .flatMap((one) => one.compensations.filter((each) => isGiven(each) && (each.decidedAt ?? 0) >= since))
    .reduce((sum, one) => sum + one.amountMinor, 0);
}

/** Would this amount go beyond the month's budget? */
function overBudget(turn: TurnContext, amountMinor: number): boolean {
  const { monthlyBudget } = turn.model.profile.cases.compensation;
  return monthlyBudget !== "none" && givenThisMonth(turn) + amountMinor > Math.round(monthlyBudget * 100);
}

export function propose(turn: TurnContext, found: Case, staff: Staff, text: string): void {
  const tell = (to: string, words: string): void => turn.notify(to, words, found.number);
  const proposal = parseProposal(text);
  if (!proposal) {
    tell(staff.id, turn.staffWords("staff.comp_usage", { number: found.number }));
    return;
  }
  if (!isOpen(found)) {
    tell(staff.id, turn.staffWords("staff.not_open", { number: found.number, state: turn.staffWords(`case.${found.status}`) }));
    return;
  }
  const policy = turn.model.profile.cases.compensation;
  const { ladder } = turn.model.profile;
  const over = overBudget(turn, proposal.amountMinor);
  const lowest = approverOf(policy, ladder, proposal.amountMinor, proposal.fault);
  const needs = lowest === null ? null : over ? topStep(ladder) : lowest;
  if (needs === null || limitOf(policy, needs, proposal.fault) < proposal.amountMinor) {
    const most = Math.max(0, ...ladder.map((role) => limitOf(policy, role, proposal.fault)));
    tell(staff.id, turn.staffWords("staff.comp_too_much", { number: found.number, most: formatMoney(most, currencyOf(turn)) }));
    return;
  }
  const id = `K${found.compensations.length + 1}`;
  const compensation: Compensation = {
    ...proposal,
    id,
    proposedBy: staff.id,
    proposedAt: turn.now,
    status: "proposed",
    needs,
    decidedBy: null,
    decidedAt: null,
    remark: null,
    answer: null,
  };
  turn.applyCase(found.number, found, { type: "compensation_proposed", at: turn.now, compensation });
  if (mayDecide(staff.role, needs) && limitOf(policy, staff.role, proposal.fault) >= proposal.amountMinor) {
    grant(turn, found, compensation, staff, null);
    return;
  }
  turn.ruleFacts["beyond_authority"] = true;
  escalate(turn, "");
  tell(needs, wantedWords(turn, found, compensation, over));
  tell(staff.id, turn.staffWords("staff.comp_sent", { number: found.number, id, step: turn.staffWords(`step.${needs as "manager"}`) }));
}

/** Everything an approver needs to decide. */
function wantedWords(turn: TurnContext, found: Case, one: Compensation, over: boolean): string {
  const currency = currencyOf(turn);
  const policy = turn.model.profile.cases.compensation;
  const since = turn.now - policy.similarDays * DAY_MS;
  const similar = turn.casesMarked(givenMark(found), since).filter((other) => other.number !== found.number);
  const precedent = precedentOf(similar.map((other) => other.compensations));
  const { monthlyBudget } = policy;
  return turn.staffWords("staff.comp_wanted", {
    number: found.number,
    id: one.id,
    kind: turn.staffWords(`comp.${one.kind}`),
    amount: formatMoney(one.amountMinor, currency),
    fault: turn.staffWords(`comp.side_${one.fault}`),
    reason: one.reason,
    by: nameIn(turn.model.staff(one.proposedBy), turn.staffLanguage),
    similar:
      precedent.given === 0
        ? ""
        : turn.staffWords("staff.comp_similar", {
            count: precedent.given,
            least: formatMoney(precedent.leastMinor, currency),
            middle: formatMoney(precedent.middleMinor, currency),
            most: formatMoney(precedent.mostMinor, currency),
          }),
    budget:
      monthlyBudget === "none"
        ? ""
        : turn.staffWords(over ? "staff.comp_over_budget" : "staff.comp_budget", {
            given: formatMoney(givenThisMonth(turn), currency),
            budget: formatMoney(Math.round(monthlyBudget * 100), currency),
          }),
  });
}

/** The proposal a text names (`K2 …`), else the only one that waits. */
function namedIn(found: Case, text: string): { readonly one: Compensation | undefined; readonly rest: string } {
  const match = /^#?(K\d+)[\s:：,，]*(.*)$/is.exec(text.trim());
  if (match) return { one: found.compensations.find((each) => each.id === match[1]!.toUpperCase()), rest: match[2]!.trim() };
  const waiting = found.compensations.filter((each) => each.status === "proposed");
  return { one: waiting.length === 1 ? waiting[0] : undefined, rest: text.trim() };
}

/** The proposal somebody decides on, or `null` once they have been told why not. */
function toDecide(
  turn: TurnContext,
  found: Case,
  staff: Staff,
  text: string,
): { readonly one: Compensation; readonly rest: string } | null {
  const tell = (words: string): void => turn.notify(staff.id, words, found.number);
  const { one, rest } = namedIn(found, text);
  if (!one) {
    const waiting = found.compensations.filter((each) => each.status === "proposed").map((each) => each.id);
    tell(turn.staffWords("staff.comp_which", { number: found.number, ids: waiting.join("、") }));
    return null;
  }
  if (one.status !== "proposed") {
    tell(
      turn.staffWords("staff.comp_decided", {
        number: found.number,
        id: one.id,
        state: turn.staffWords(`comp.${one.status}`),
        by: nameIn(turn.model.staff(one.decidedBy ?? one.proposedBy), turn.staffLanguage),
      }),
    );
    return null;
  }
  return { one, rest };
}

export function approve(turn: TurnContext, found: Case, staff: Staff, text: string): void {
  const chosen = toDecide(turn, found, staff, text);
  if (!chosen) return;
  const { one, rest } = chosen;
  const needs = overBudget(turn, one.amountMinor) ? topStep(turn.model.profile.ladder) : one.needs;
  // Nobody approves their own proposal: what they may give themselves needed no approval.
  if (!mayDecide(staff.role, needs) || staff.id === one.proposedBy) {
    turn.notify(
      staff.id,
      turn.staffWords("staff.comp_not_yours", { number: found.number, id: one.id, step: turn.staffWords(`step.${needs as "manager"}`) }),
      found.number,
    );
    return;
  }
  grant(turn, found, one, staff, rest || null);
}

/** Approved: only now does the customer hear of it, and is asked. */
function grant(turn: TurnContext, found: Case, one: Compensation, staff: Staff, remark: string | null): void {
  turn.applyCase(found.number, found, { type: "compensation_approved", at: turn.now, id: one.id, by: staff.id, remark });
  turn.applyCase(found.number, found, { type: "case_waiting", at: turn.now, by: staff.id });
  if (one.proposedBy !== staff.id)
    turn.notify(
      one.proposedBy,
      turn.staffWords("staff.comp_approved", {
        number: found.number,
        id: one.id,
        by: nameIn(staff, turn.staffLanguage),
        remark: remark ?? "",
      }),
      found.number,
    );
  askAcceptance(turn, found.number, one);
}

export function deny(turn: TurnContext, found: Case, staff: Staff, text: string): void {
  const chosen = toDecide(turn, found, staff, text);
  if (!chosen) return;
  const { one, rest } = chosen;
  if (!mayDecide(staff.role, one.needs)) {
    turn.notify(
      staff.id,
      turn.staffWords("staff.comp_not_yours", {
        number: found.number,
        id: one.id,
        step: turn.staffWords(`step.${one.needs as "manager"}`),
      }),
      found.number,
    );
    return;
  }
  turn.applyCase(found.number, found, { type: "compensation_denied", at: turn.now, id: one.id, by: staff.id, remark: rest || null });
  turn.notify(
    one.proposedBy,
    turn.staffWords("staff.comp_denied", { number: found.number, id: one.id, by: nameIn(staff, turn.staffLanguage), remark: rest }),
    found.number,
  );
}

/** Only who proposed it takes it back, and only before it is decided. */
export function withdraw(turn: TurnContext, found: Case, staff: Staff, text: string): void {
  const chosen = toDecide(turn, found, staff, text);
  if (!chosen) return;
  const { one } = chosen;
  if (one.proposedBy !== staff.id) {
    const by = nameIn(turn.model.staff(one.proposedBy), turn.staffLanguage);
    turn.notify(staff.id, turn.staffWords("staff.comp_not_proposer", { number: found.number, id: one.id, by }), found.number);
    return;
  }
  turn.applyCase(found.number, found, { type: "compensation_withdrawn", at: turn.now, id: one.id, by: staff.id });
}

const currencyOf = (turn: TurnContext): string => turn.model.profile.business.currency;
