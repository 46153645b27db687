/** One turn under way, for what is decided within a turn. Nothing is stored. */
import { TurnContext } from "../../core/conversation/context.ts";
import { agendaKey, type CustomerFacts, type FactSheet, newFactSheet } from "../../core/conversation/facts.ts";
import { FLOWS } from "../../core/conversation/flows.ts";
import { newConversation } from "../../core/conversation/state.ts";
import type { Language } from "../../core/language.ts";
import type { BusinessModel } from "../../core/profile/model.ts";
import type { AgendaDay } from "../../core/spine/outcome.ts";
import type { Instant } from "../../core/time.ts";
import { createTestUnderstander } from "./understander.ts";

export interface TurnOptions {
  readonly now: Instant;
  readonly lang?: Language;
  readonly days?: readonly AgendaDay[];
  readonly file?: Partial<CustomerFacts>;
  readonly numbers?: FactSheet["numbers"];
}

export function openTurn(model: BusinessModel, options: TurnOptions): TurnContext {
  const sheet: FactSheet = {
    ...newFactSheet(),
    file: { customer: null, bookings: [], orders: [], cases: [], ...options.file },
    agenda: {
      from: "2000-01-01",
      to: "2100-01-01",
      days: new Map((options.days ?? []).map((day) => [agendaKey(day.technician, day.day), day])),
    },
    numbers: options.numbers ?? {},
  };
  return new TurnContext(
    { model, understander: createTestUnderstander(model.profile), flows: FLOWS },
    { entry: "web:a:1", conversation: "web:a", now: options.now },
    newConversation(options.lang ?? "zh-CN", options.now),
    sheet,
  );
}
