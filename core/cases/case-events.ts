/** What happens to a case, in the past tense: the only way in which one changes. */
import type { Instant } from "../time.ts";
import type { ClockKind } from "./clock-spans.ts";
import type { CompensationEvent } from "./compensation.ts";
import type { Case, CaseChild, CaseLinks, CaseReason, CaseTask, CaseUrgency, LadderStep } from "./state.ts";

/** What a case is opened with; the rest begins empty. */
export type OpenedCase = Pick<
  Case,
  "number" | "category" | "urgency" | "step" | "conversation" | "customerId" | "words" | "about" | "reasons" | "tags" | "promisedAt"
> &
  Partial<Pick<Case, "links" | "queue" | "children" | "known">>;

interface At {
  readonly at: Instant;
}

export type CaseEvent =
  | (At & { readonly type: "case_opened"; readonly case: OpenedCase })
  | (At & {
      readonly type: "case_joined";
      readonly reasons: readonly CaseReason[];
      /** The customer's words, or those of `by`; "" when there are none. */
      readonly words: string;
      /** Left out = the customer. */
      readonly by?: "bot";
      readonly urgency: CaseUrgency;
      readonly step: LadderStep;
      readonly tags: readonly string[];
      readonly queue?: string | null;
    })
  | (At & { readonly type: "case_claimed"; readonly by: string })
  | (At & { readonly type: "case_assigned"; readonly by: string; readonly to: string; readonly text: string | null })
  | (At & { readonly type: "case_snoozed"; readonly by: string; readonly until: Instant })
  | (At & { readonly type: "case_released"; readonly by: string })
  | (At & { readonly type: "case_noted"; readonly by: string; readonly text: string })
  | (At & { readonly type: "case_answered"; readonly by: string })
  /** `by` waits for the customer. */
  | (At & { readonly type: "case_waiting"; readonly by: string })
  /** One step up; `release` takes it from its silent owner. */
  | (At & {
      readonly type: "case_climbed";
      readonly step: LadderStep;
      readonly why: string;
      readonly release?: boolean;
      readonly promisedAt?: Instant;
    })
  | (At & { readonly type: "case_clock_reached"; readonly clock: ClockKind; readonly level: number })
  | (At & { readonly type: "case_breached" })
  | (At & { readonly type: "case_paged" })
  | (At & { readonly type: "case_acknowledged"; readonly by: string })
  | (At & { readonly type: "case_linked"; readonly links: Partial<CaseLinks>; readonly by: string })
  | (At & { readonly type: "case_parented"; readonly parent: string })
  | (At & { readonly type: "case_child_added"; readonly child: CaseChild })
  | (At & { readonly type: "case_tagged"; readonly tags: readonly string[] })
  | (At & { readonly type: "case_task_added"; readonly task: Omit<CaseTask, "doneAt" | "doneBy"> })
  | (At & { readonly type: "case_task_done"; readonly id: string; readonly by: string })
  /** An action of a rule could not be carried out. */
  | (At & { readonly type: "case_action_failed"; readonly rule: string; readonly action: string; readonly why: string })
  | (At & { readonly type: "case_cause_named"; readonly cause: string; readonly by: string })
  | (At & { readonly type: "case_resolved"; readonly by: string; readonly resolution: string })
  | (At & { readonly type: "case_satisfaction"; readonly satisfied: boolean; readonly words: string })
  | (At & { readonly type: "case_reopened"; readonly step: LadderStep; readonly why: string; readonly promisedAt?: Instant })
  | (At & { readonly type: "case_closed" })
  | CompensationEvent;
