/** Plays a year of care for a town on the real engine and a virtual clock, with all that happens to people, and has it judged. */
import { createEngine } from "../../bots/service/engine.ts";
import { openScratchStore } from "../../bots/service/scratch.ts";
import { createVirtualClock } from "../../bots/service/virtual-clock.ts";
import { withConsent } from "../../core/care/consent.ts";
import { evolveCase } from "../../core/cases/evolve.ts";
import { newConversation } from "../../core/conversation/state.ts";
import type { Channel, Unit } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../../core/time.ts";
import { checkYear, type JudgedTouch, judged, type SentMessage, type Verdict } from "./checker.ts";
import { createTown, orderOf, type Person } from "./world.ts";

export interface YearOptions {
  readonly profile: Profile;
  readonly customers: number;
  readonly days: number;
  readonly start: Instant;
  readonly seed?: number;
  readonly onDay?: (day: number, sent: number) => void;
}

/** Day of the year on which the open channel is down from morning to morning. */
const DOWN_ON = 40;

interface Happening {
  readonly at: Instant;
  readonly act: (unit: Unit) => Promise<void>;
}

export async function playYear(options: YearOptions): Promise<Verdict & { readonly seconds: number; readonly failures: number }> {
  const began = performance.now();
  const { profile, start, days } = options;
  const end = start + days * DAY_MS;
  const town = createTown(options.customers, start, options.seed);
  const clock = createVirtualClock(start);
  const scratch = await openScratchStore();
  const down = [{ from: start + DOWN_ON * DAY_MS, to: start + (DOWN_ON + 1) * DAY_MS }];
  const sent: SentMessage[] = [];
  let failures = 0;
  const channel = (name: string, window: number | null): Channel => ({
    name,
    capabilities: {
      textLimit: { amount: 4000, unit: "characters" },
      buttons: 10,
      media: [],
      pulled: false,
      pushWindowMs: window,
      pushQuota: window === null ? null : 5,
      idempotent: true,
      staffSend: window !== null,
    },
    async send(message) {
      const now = clock.now();
      if (name === "open" && down.some((one) => now >= one.from && now < one.to)) return { result: "retry", reason: "down", afterMs: null };
      const { id, conversation, text } = message;
      sent.push({ at: now, message: { id, conversation, text } });
      return { result: "sent" };
    },
  });
  const engine = createEngine({
    profile,
    ...scratch,
    clock,
    channels: new Map([channel("open", null), channel("window", 48 * HOUR_MS)].map((one) => [one.name, one])),
    understander: {
      understand: () => {
        throw new Error("nobody writes in this town");
      },
    },
    random: () => 0.5,
    onError: () => failures++,
  });
  try {
    await settleTown(scratch.store.unit.bind(scratch.store), town, start);
    const happenings = happeningsOf(town, end).sort((one, other) => one.at - other.at);
    let next = 0;
    let day = 0;
    for (;;) {
      await engine.settle();
      const due = await engine.nextAt();
      const happens = happenings[next]?.at ?? Number.POSITIVE_INFINITY;
      const at = Math.min(due ?? Number.POSITIVE_INFINITY, happens);
      if (at > end) break;
      if (at > clock.now()) clock.moveTo(at);
      while (happenings[next] && happenings[next]!.at <= clock.now()) {
        const { act } = happenings[next++]!;
        await scratch.store.unit(act);
      }
      const today = Math.floor((clock.now() - start) / DAY_MS);
      if (today !== day) options.onDay?.(today, sent.length);
      day = today;
    }
    clock.moveTo(Math.max(end, clock.now()));
    await engine.settle();
    const touches: JudgedTouch[] = [];
    for (let after = { at: 0, id: "" }; ; ) {
      const page = await scratch.store.unit((unit) => unit.care.changed(after, end + 400 * DAY_MS, 1_000));
      touches.push(...page.map(judged));
      if (page.length < 1_000) break;
      after = page.at(-1)!;
    }
    return { ...checkYear({ town, sent, touches, start, end, down }), failures, seconds: (performance.now() - began) / 1_000 };
  } finally {
    await scratch.store.close();
  }
}

async function settleTown(
  unit: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>,
  town: readonly Person[],
  start: Instant,
): Promise<void> {
  for (let from = 0; from < town.length; from += 500) {
    await unit(async (one) => {
      for (const { file, way } of town.slice(from, from + 500)) {
        await one.customers.put(file);
        const link = async (id: string, blocked = false): Promise<void> => {
          await one.customers.linkConversation(id, file.id);
          const state = { ...newConversation(file.language ?? "zh-CN", start), ...(blocked ? { blocked } : {}) };
          await one.conversations.put({ id, customerId: file.id, state, updatedAt: start });
        };
        if (way === "open" || way === "both") await link(`open:${file.id}`);
        if (way === "window" || way === "both") await link(`window:${file.id}`);
        if (way === "blocked") await link(`open:blocked-${file.id}`, true);
      }
    });
  }
}

function happeningsOf(town: readonly Person[], end: Instant): Happening[] {
  const found: Happening[] = [];
  const add = (at: Instant, act: Happening["act"]): void => void (at < end && found.push({ at, act }));
  for (const person of town) {
    const { file, refuses, complaint, sold, orders } = person;
    const change = (unit: Unit, edit: (known: typeof file) => typeof file): Promise<void> =>
      unit.customers.get(file.id).then((known) => unit.customers.put(edit(known!)));
    if (refuses)
      add(refuses.at, (unit) =>
        change(unit, (known) => ({
          ...known,
          consents: withConsent(known.consents, refuses.kind === "all" ? null : [refuses.kind], false, refuses.at, "town"),
        })),
      );
    if (sold)
      add(sold.at, (unit) =>
        change(unit, (known) => ({
          ...known,
          products: known.products.map((owned) => ({ ...owned, soldOn: new Date(sold.at).toISOString().slice(0, 10) })),
        })),
      );
    if (complaint && person.way !== "none") {
      const conversation =
        person.way === "window" ? `window:${file.id}` : person.way === "blocked" ? `open:blocked-${file.id}` : `open:${file.id}`;
      add(complaint.from, (unit) => saveCase(unit, person, conversation, "open"));
      add(complaint.to, (unit) => saveCase(unit, person, conversation, "closed"));
    }
    for (const [index, one] of orders.entries()) {
      add(one.received, async (unit) => {
        const order = orderOf(person, index, false);
        await unit.records.save(
          { kind: "order", id: order.number, events: [{ type: "order_opened", at: one.received, order }], state: order },
          "town",
        );
      });
      add(one.delivered, async (unit) => {
        const state = orderOf(person, index, true);
        const event = {
          type: "order_moved",
          at: one.delivered,
          to: "delivered",
          by: "town",
          why: null,
          promisedAt: null,
          note: null,
        } as const;
        await unit.records.save({ kind: "order", id: state.number, events: [event], state }, "town");
      });
    }
  }
  return found;
}

async function saveCase(unit: Unit, { file, complaint }: Person, conversation: string, status: "open" | "closed"): Promise<void> {
  const opened = evolveCase(null, {
    type: "case_opened",
    at: complaint!.from,
    case: {
      number: `C${file.id}`,
      category: "complaint",
      urgency: "normal",
      step: "representative",
      conversation,
      customerId: file.id,
      words: "等太久",
      about: null,
      reasons: [],
      tags: [],
      promisedAt: complaint!.from,
    },
  });
  await unit.records.save({ kind: "case", id: opened.number, events: [], state: { ...opened, status } }, "town");
}
