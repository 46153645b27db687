/** Small, complete values for the clauses of the store. */
import type { Booking, BookingEvent } from "../../../core/booking/state.ts";
import { type Campaign, newCampaign } from "../../../core/care/campaign.ts";
import type { Touch } from "../../../core/care/touch.ts";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import type { Case } from "../../../core/cases/state.ts";
import { type CustomerFile, newCustomer, type OwnedProduct } from "../../../core/customers/state.ts";
import type { WorkOrder } from "../../../core/orders/state.ts";
import type { Store, Unit } from "../../../core/ports.ts";
import type { InboxEntry, NewMessage, StaffNotice, Timer } from "../../../core/spine/events.ts";
import type { Change } from "../../../core/spine/outcome.ts";
import type { AuditEntry, NewStaffPost } from "../../../core/spine/staff-posts.ts";
import type { Trace } from "../../../core/spine/trace.ts";

/** Sunday, 22 November 2026, 14:00 in Shanghai. */
export const NOW = Date.parse("2026-11-22T06:00:00Z");

/** What a clause works on. `reopen` closes the store and opens the same data again. */
export interface Place {
  store: Store;
  reopen(): Promise<void>;
}

/** A unit that answers one question. */
export const ask = <T>(place: Place, question: (unit: Unit) => Promise<T>): Promise<T> => place.store.unit(question);

export function entry(id: string, conversation = "web:a", text = `words of ${id}`): InboxEntry {
  return { id, conversation, receivedAt: NOW, event: { kind: "message", text } };
}

export function message(id: string, more: Partial<NewMessage> = {}): NewMessage {
  return {
    id,
    conversation: "web:a",
    from: "bot",
    author: null,
    text: `text of ${id}`,
    buttons: [],
    media: null,
    at: NOW,
    status: "pending",
    attempts: 0,
    nextAt: NOW,
    ...more,
  };
}

export function notice(id: string): StaffNotice {
  return { id, to: "on_call", case: null, text: `notice ${id}`, at: NOW };
}

export function staffPost(id: string, more: Partial<NewStaffPost> = {}): NewStaffPost {
  return { id, channel: "telegram", case: "C1", to: null, text: `post ${id}`, page: false, buttons: [], media: null, at: NOW, ...more };
}

export function auditEntry(cause: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return { at: NOW, by: "amy", via: "telegram", act: "claim", subject: "C1", before: {}, after: {}, cause, ...more };
}

export function timer(id: string, dueAt: number, conversation = "web:a"): Timer {
  return { id, conversation, dueAt, name: "nudge", data: { step: 1, sure: true, note: null } };
}

export function trace(entryId: string, conversation = "web:a"): Trace {
  return { entry: entryId, conversation, at: NOW, steps: [{ kind: "note", code: "greeted", data: { times: 1 } }] };
}

export function touch(id: string, more: Partial<Touch> = {}): Touch {
  return {
    id,
    customerId: "k1",
    plan: "birthday",
    kind: "greeting",
    step: 0,
    anchor: "2026-11-25",
    owned: null,
    order: null,
    on: "2026-11-25",
    status: "waiting",
    dueAt: NOW,
    notAfter: NOW + 86_400_000,
    conversation: null,
    tried: [],
    tries: 0,
    at: NOW,
    into: null,
    task: null,
    result: null,
    answer: null,
    fruit: null,
    log: [],
    ...more,
  };
}

export function campaign(id: string, more: Partial<Campaign> = {}): Campaign {
  return {
    ...newCampaign(
      id,
      {
        name: "Winter check",
        text: { "zh-CN": "冬检", "zh-TW": "冬檢", en: "winter check" },
        book: null,
        audience: {},
        startAt: null,
        endAt: null,
      },
      "may",
      NOW,
    ),
    ...more,
  };
}

export function product(id: string, more: Partial<OwnedProduct> = {}): OwnedProduct {
  return { id, product: "sedan", brand: null, model: null, plate: null, serial: null, boughtOn: null, mileageKm: null, ...more };
}

export function customer(id: string, more: Partial<CustomerFile> = {}): CustomerFile {
  return { ...newCustomer(id, NOW), ...more };
}

export function booking(number: string, more: Partial<Booking> = {}): Booking {
  return {
    status: "confirmed",
    number,
    customerId: "k1",
    conversation: "web:a",
    product: "sedan",
    ownedProduct: null,
    fault: null,
    services: ["maintenance"],
    place: "shop",
    address: null,
    contact: { name: "王", title: "mr", phone: "+8613800138000" },
    purchaseChannel: null,
    technician: "zhou",
    start: NOW + 3_600_000,
    end: NOW + 7_200_000,
    estimate: { lowMinor: 30_000, highMinor: 45_000, currency: "CNY", afterDiagnosis: false },
    note: null,
    changes: 0,
    createdAt: NOW,
    updatedAt: NOW,
    ...more,
  } as Booking;
}

export function order(number: string, more: Partial<WorkOrder> = {}): WorkOrder {
  return {
    number,
    customerId: "k1",
    status: "received",
    product: "sedan",
    ownedProduct: null,
    plate: null,
    serial: null,
    services: [],
    technician: null,
    booking: null,
    promisedAt: null,
    note: null,
    history: [],
    hurried: 0,
    createdAt: NOW,
    updatedAt: NOW,
    ...more,
  };
}

export function caseOf(number: string, more: Partial<Case> = {}): Case {
  const opened = evolveCase(null, {
    type: "case_opened",
    at: NOW,
    case: {
      number,
      category: "complaint",
      urgency: "normal",
      step: "representative",
      conversation: "web:a",
      customerId: "k1",
      words: "还是漏水",
      about: null,
      reasons: [],
      tags: [],
      promisedAt: NOW,
    },
  });
  return { ...opened, ...more };
}

export function bookingChange(state: Booking, events: readonly BookingEvent[] = []): Change {
  return { kind: "booking", id: state.number, events, state };
}

export function orderChange(state: WorkOrder): Change {
  return { kind: "order", id: state.number, events: [{ type: "order_opened", at: NOW, order: state }], state };
}

export function caseChange(state: Case, events: readonly CaseEvent[] = []): Change {
  return { kind: "case", id: state.number, events, state };
}
