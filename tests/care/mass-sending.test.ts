/** Messages that staff send with one tap: prepared at the emulated platform by the real adapter, and read back. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import { withConsent } from "../../core/care/consent.ts";
import { createMassRoutine } from "../../core/care/mass-routine.ts";
import { finishTask } from "../../core/care/tasks.ts";
import type { Touch } from "../../core/care/touch.ts";
import { newCustomer } from "../../core/customers/state.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../core/time.ts";
import { NOW, openWecomPlace, type WecomPlace } from "../adapters/wecom/support.ts";

const BASE = loadProfile("dealer", "en");
const MODEL = createBusinessModel({
  ...BASE,
  staff: BASE.staff.map((one, index) => (index === 0 ? { ...one, channels: { ...one.channels, wecom: "zhang" } } : one)),
});
const CREATE = "externalcontact/add_msg_template";
const WORDS = "您的生日快到了";

let place: WecomPlace;
let routine: ReturnType<typeof createMassRoutine>;
let problems: unknown[];

beforeEach(async () => {
  place = await openWecomPlace();
  problems = [];
  begin();
});
afterEach(async () => {
  await place.close();
  expect(problems).toEqual([]);
});

/** A process that knows nothing of what an earlier one did. */
function begin(): void {
  const { channel, massSending } = place.connection;
  routine = createMassRoutine({
    store: place.store,
    model: MODEL,
    channels: new Map([[channel.name, channel]]),
    sendings: new Map([[channel.name, massSending!]]),
    clock: place.clock,
    onError: (_what, error) => problems.push(error),
  });
}

/** Time passes, and the list is gone through to its end. */
async function look(ms = 16 * MINUTE_MS): Promise<void> {
  place.clock.move(ms);
  for (let times = 0; times < 500 && (await routine.step()) > 0; times++);
}

async function task(id: string, more: Partial<Touch> = {}, phones: readonly string[] = []): Promise<void> {
  const touch: Touch = {
    id: `birthday/${id}`,
    customerId: id,
    plan: "birthday",
    kind: "greeting",
    step: 0,
    anchor: "2026-11-26",
    owned: null,
    order: null,
    on: "2026-11-26",
    status: "task",
    dueAt: NOW - HOUR_MS,
    notAfter: NOW + 3 * DAY_MS,
    conversation: null,
    tried: [],
    tries: 0,
    at: NOW - HOUR_MS,
    into: null,
    task: { way: "mass", to: "representative", text: WORDS },
    result: null,
    answer: null,
    fruit: null,
    log: [{ at: NOW - HOUR_MS, status: "task", why: "window_closed" }],
    ...more,
  };
  await place.store.unit(async (unit) => {
    await unit.customers.put({ ...newCustomer(id, NOW - DAY_MS), language: "zh-CN", phones });
    await unit.customers.linkConversation(place.conversation(id), id);
    await unit.care.plan([touch]);
  });
}

async function optOut(id: string): Promise<void> {
  await place.store.unit(async (unit) => {
    const file = (await unit.customers.get(id))!;
    await unit.customers.put({ ...file, consents: withConsent(file.consents, null, false, place.clock.now(), "said") });
  });
}

const touchOf = (id: string): Promise<Touch | null> => place.store.unit((unit) => unit.care.get(`birthday/${id}`));
const standing = async (id: string): Promise<string> => {
  const touch = await touchOf(id);
  return `${touch?.status}/${touch?.task?.way}/${touch?.log.at(-1)?.why}`;
};
const seen = (): readonly string[] => place.platform.contacts.seen.map(({ customer }) => customer).toSorted();
const created = (): number => place.platform.calls.filter((call) => call === CREATE).length;

describe("what staff are to send by hand", () => {
  test("is one sending for all who get the same words, and counts as sent when a member has sent it", async () => {
    const { contacts } = place.platform;
    contacts.pageSize(1);
    for (const id of ["wm1", "wm2", "wm3"]) await task(id);
    await task("wm4", { task: { way: "mass", to: "representative", text: "other words" } });
    for (const [id, user] of [
      ["wm1", "zhang"],
      ["wm2", "zhang"],
      ["wm3", "li"],
      ["wm4", "li"],
    ] as const)
      contacts.add(id, user);
    await look(0);
    expect(contacts.prepared.map(({ text, results }) => [text, results.size])).toEqual([
      [WORDS, 3],
      ["other words", 1],
    ]);
    expect([await standing("wm1"), seen()]).toEqual(["task/mass/window_closed", []]);
    contacts.confirm("zhang");
    await look();
    expect(seen()).toEqual(["wm1", "wm2"]);
    const first = (await touchOf("wm1"))!;
    expect([first.status, first.result?.by, first.at]).toEqual(["sent", MODEL.profile.staff[0]!.id, place.clock.now()]);
    expect([await standing("wm3"), created(), problems]).toEqual(["task/mass/window_closed", 2, []]);
  });

  test("waits a while for others with the same words", async () => {
    place.platform.contacts.add("wm1", "zhang");
    await task("wm1", { at: NOW });
    await look(0);
    expect(created()).toBe(0);
    await look();
    expect(created()).toBe(1);
  });

  test("goes the next way where no member has the contact, the contact is gone, or the platform allows no more", async () => {
    const { contacts } = place.platform;
    const due = { plan: "maintenance", kind: "reminder" } as const;
    await task("stranger");
    await task("strangerWithPhone", due, ["+8613800000001"]);
    for (const id of ["gone", "full"]) {
      await task(id, due, ["+8613800000002"]);
      contacts.add(id, "zhang");
    }
    await look(0);
    expect([await standing("stranger"), await standing("strangerWithPhone")]).toEqual([
      "unreachable/mass/not_a_contact",
      "task/call/not_a_contact",
    ]);
    contacts.remove("gone");
    contacts.fill("full");
    contacts.confirm("zhang");
    await look();
    expect([await standing("gone"), await standing("full"), seen()]).toEqual(["task/call/not_a_contact", "task/call/platform_full", []]);
  });

  test("where nobody has any of the contacts, is not asked for again", async () => {
    await task("stranger");
    await look(0);
    await look();
    expect([await standing("stranger"), created()]).toEqual(["unreachable/mass/not_a_contact", 1]);
  });
});

describe("an answer that got lost", () => {
  test.each([
    ["after it took effect", "reset_after"],
    ["before it took effect", "reset_before"],
  ] as const)("%s leaves one sending and no second message", async (_when, fault) => {
    const { contacts, faults } = place.platform;
    for (const id of ["wm1", "wm2"]) {
      contacts.add(id, "zhang");
      await task(id);
    }
    faults.next(CREATE, fault);
    await look(0);
    expect((await touchOf("wm1"))?.task?.sending?.id).toBeNull();
    // Another process goes on.
    begin();
    await look();
    expect(contacts.prepared).toHaveLength(1);
    contacts.confirm("zhang");
    await look();
    expect([seen(), (await touchOf("wm1"))?.status, (await touchOf("wm2"))?.status]).toEqual([["wm1", "wm2"], "sent", "sent"]);
  });
});

describe("a platform that does not do it for this app", () => {
  test("leaves the list to staff and is asked again hours later", async () => {
    const { contacts } = place.platform;
    contacts.add("wm1", "zhang");
    contacts.allow(false);
    await task("wm1");
    await look(0);
    await look();
    expect([await standing("wm1"), (await touchOf("wm1"))?.task?.sending, created()]).toEqual(["task/mass/window_closed", undefined, 1]);
    contacts.allow(true);
    await look(6 * HOUR_MS);
    expect([created(), contacts.prepared.length]).toEqual([2, 1]);
  });

  test("does not stand in the way of a member who reports it as sent", async () => {
    place.platform.contacts.add("wm1", "zhang");
    await task("wm1");
    await look(0);
    await finishTask(place.store, "birthday/wm1", { by: "manager", reached: true, score: null, text: "" }, place.clock.now());
    await look();
    expect((await touchOf("wm1"))?.result?.by).toBe("manager");
  });
});

describe("what is out of place by now", () => {
  test("is withdrawn from a member's list, and the others are prepared again", async () => {
    const { contacts } = place.platform;
    for (const id of ["wm1", "wm2"]) {
      contacts.add(id, "zhang");
      await task(id);
    }
    await look(0);
    await optOut("wm1");
    await look();
    expect([contacts.prepared[0]?.withdrawn, await standing("wm1")]).toEqual([true, "skipped/mass/opted_out"]);
    await look();
    contacts.confirm("zhang");
    await look();
    expect([seen(), (await touchOf("wm2"))?.status]).toEqual([["wm2"], "sent"]);
  });

  test("and was sent just before, counts as sent", async () => {
    place.platform.contacts.add("wm1", "zhang");
    await task("wm1");
    await look(0);
    place.platform.contacts.confirm("zhang");
    await optOut("wm1");
    await look();
    expect((await touchOf("wm1"))?.status).toBe("sent");
  });

  test("leaves the list when it is too late, prepared or not", async () => {
    const { contacts } = place.platform;
    contacts.add("wm1", "zhang");
    await task("wm1");
    await look(0);
    await task("wm2", { at: place.clock.now() });
    await look(4 * DAY_MS);
    expect([(await touchOf("wm1"))?.status, (await touchOf("wm2"))?.status, contacts.prepared[0]?.withdrawn]).toEqual([
      "skipped",
      "skipped",
      true,
    ]);
    contacts.confirm("zhang");
    expect(seen()).toEqual([]);
  });
});
