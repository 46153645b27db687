/** What opening a case needs of the turn under way; the turn's own context is one. */
import type { Booking } from "../booking/state.ts";
import type { NumberKind } from "../conversation/facts.ts";
import type { ConversationState } from "../conversation/state.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { RuleEvent } from "../profile/rules-schema.ts";
import type { Quote } from "../quotes/state.ts";
import type { Instant } from "../time.ts";
import type { Understanding } from "../understanding/types.ts";
import type { WordingKey } from "../wording/keys.ts";
import type { TemplateValues } from "../wording/template.ts";
import type { CaseEvent } from "./case-events.ts";
import type { Case } from "./state.ts";

export interface CaseTurn {
  readonly model: BusinessModel;
  readonly now: Instant;
  readonly conversation: string;
  readonly state: ConversationState;
  readonly heard: Understanding | null;
  readonly events: ReadonlySet<RuleEvent>;
  customer(): CustomerFile | null;
  bookings(): readonly Booking[];
  orders(): readonly WorkOrder[];
  cases(): readonly Case[];
  /** Records of this conversation. */
  own(kind: "quote"): readonly Quote[];
  record(kind: "quote", number: string): Quote | null;
  number(kind: NumberKind): string;
  staffWords(key: WordingKey, values?: TemplateValues): string;
  notify(to: string, text: string, number: string | null): void;
  applyCase(number: string, before: Case | null, event: CaseEvent): Case;
}
