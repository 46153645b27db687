import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { actOnCampaign, type CampaignAct } from "../../../core/care/campaign.ts";
import { kindsNamed, kindsToStop, mayReceive, withConsent } from "../../../core/care/consent.ts";
import { quietEnd } from "../../../core/care/decide.ts";
import { bestWay, type Reach, waysFor } from "../../../core/care/facts.ts";
import { serviceDueOn } from "../../../core/care/mileage.ts";
import { addMonths } from "../../../core/care/months.ts";
import { readSurvey, tenthsOf } from "../../../core/care/survey.ts";
import { heldBy } from "../../../core/care/tact.ts";
import type { OwnedProduct } from "../../../core/customers/state.ts";
import { careSettingsSchema } from "../../../core/profile/care-schema.ts";
import { campaign, caseOf, customer, NOW, order, product } from "../../contract/store/samples.ts";
import { read as readText } from "../understanding/entities/read.ts";

const SETTINGS = careSettingsSchema.parse(undefined);
const iso = (text: string): number => Date.parse(text);

describe("quietEnd", () => {
  test.each([
    ["21:00-09:00", "2026-11-22T20:59:00+08:00", null],
    ["21:00-09:00", "2026-11-22T21:00:00+08:00", "2026-11-23T09:00:00+08:00"],
    ["21:00-09:00", "2026-11-23T03:00:00+08:00", "2026-11-23T09:00:00+08:00"],
    ["21:00-09:00", "2026-11-23T09:00:00+08:00", null],
    ["12:00-14:00", "2026-11-23T13:00:00+08:00", "2026-11-23T14:00:00+08:00"],
    ["09:00-09:00", "2026-11-23T09:00:00+08:00", null],
  ])("of %s at %s", (span, at, wanted) => {
    expect(quietEnd(span, iso(at), "Asia/Shanghai")).toBe(wanted === null ? null : iso(wanted));
  });

  test("is the morning after the clocks went forward, where the customer lives", () => {
    expect(quietEnd("21:00-09:00", iso("2027-03-14T01:30:00-05:00"), "America/New_York")).toBe(iso("2027-03-14T09:00:00-04:00"));
  });
});

describe("consent", () => {
  test.each<[string, readonly string[] | null]>([
    ["别再给我发广告了", ["campaign"]],
    ["节日祝福就不用发了", ["greeting"]],
    ["不要再做回访了", ["survey"]],
    ["不要再傳提醒了", ["reminder"]],
    ["退订", null],
    ["什么都别给我发了，提醒也不要", null],
    ["唔好再send啲優惠訊息畀我啦", ["campaign"]],
    ["stop sending me ads and birthday messages", ["greeting", "campaign"]],
    ["stop all messages", null],
    ["no more surveys please", ["survey"]],
    ["unsubscribe", null],
  ])("%s is about %j", (text, wanted) => {
    const found = kindsNamed(text);
    expect(found === null ? null : [...found].sort()).toEqual(wanted === null ? null : [...wanted].sort());
  });

  const said = (steps: readonly [named: Parameters<typeof withConsent>[1], allowed: boolean][]) =>
    steps.reduce((consents, [named, allowed], index) => withConsent(consents, named, allowed, NOW + index, `e${index}`), {});
  const allowed = (steps: Parameters<typeof said>[0]) =>
    (["reminder", "survey", "greeting", "campaign"] as const).filter((kind) => mayReceive({ consents: said(steps) }, kind, SETTINGS));

  test("unsaid, advertising alone needs a yes", () => expect(allowed([])).toEqual(["reminder", "survey", "greeting"]));
  test("a stop of all stops all", () => expect(allowed([[null, false]])).toEqual([]));
  test("a stop of one kind leaves the others", () => expect(allowed([[["greeting"], false]])).toEqual(["reminder", "survey"]));
  test("one kind asked back after a stop of all comes alone", () => {
    expect(
      allowed([
        [null, false],
        [["reminder"], true],
      ]),
    ).toEqual(["reminder"]);
  });
  test("everything asked back brings no advertising that was never agreed to", () => {
    expect(
      allowed([
        [null, false],
        [null, true],
      ]),
    ).toEqual(["reminder", "survey", "greeting"]);
  });
  test("advertising that was agreed to is sent until it is stopped", () => {
    expect(allowed([[["campaign"], true]])).toContain("campaign");
    expect(
      allowed([
        [["campaign"], true],
        [["campaign"], false],
      ]),
    ).not.toContain("campaign");
  });
});

describe("kindsToStop", () => {
  const NOT_REMINDERS = ["survey", "greeting", "campaign"] as const;
  test.each<[string, readonly string[] | null]>([
    ["退订", null],
    ["stop", null],
    ["别再给我发广告了", ["campaign"]],
    ["活动通知不用发给我，保养提醒还要", ["campaign"]],
    ["广告别发，提醒可以继续发", ["campaign"]],
    ["不用發祝福了，問卷也別發，提醒保留", ["survey", "greeting"]],
    ["除了保养提醒都别发了", NOT_REMINDERS],
    ["除了保養提醒以外都不要傳", NOT_REMINDERS],
    ["保养提醒照发，其他的都不要", NOT_REMINDERS],
    ["只要保养提醒，别的不要", NOT_REMINDERS],
    ["stop the promotions but keep the service reminders", ["campaign"]],
    ["no more ads, but still send me reminders", ["campaign"]],
    ["stop everything except service reminders", NOT_REMINDERS],
    ["keep the reminders, stop the rest", NOT_REMINDERS],
    ["你们怎么还继续发广告，别发了", ["campaign"]],
    ["别继续发广告了", ["campaign"]],
    ["廣告照發不誤，煩死了，別再傳了", ["campaign"]],
    ["why do you keep sending me ads, stop", ["campaign"]],
    ["you still send me ads, stop it", ["campaign"]],
    ["leave me alone with your ads", ["campaign"]],
  ])("%s", (text, kinds) => expect(kindsToStop(text)).toEqual(kinds));
});

describe("tact", () => {
  const facts = (more: Partial<Parameters<typeof heldBy>[1]>) => ({
    customer: customer("k1"),
    orders: [],
    cases: [],
    now: NOW,
    today: "2026-11-22",
    ...more,
  });
  const held = (more: Parameters<typeof facts>[0]) =>
    (["reminder", "survey", "greeting", "campaign"] as const).filter((kind) => heldBy(kind, facts(more), SETTINGS) !== null);
  const DAY = 86_400_000;

  test.each<[string, Parameters<typeof facts>[0], readonly string[]]>([
    ["nothing is wrong", {}, []],
    ["a complaint is open", { cases: [caseOf("C1")] }, ["survey", "greeting", "campaign"]],
    ["a complaint is closed", { cases: [caseOf("C1", { status: "closed" })] }, []],
    ["a low mark is being looked into", { cases: [caseOf("C1", { category: "survey" })] }, ["survey", "greeting", "campaign"]],
    ["the car is in the shop", { orders: [order("W1", { status: "in_progress" })] }, ["survey", "greeting", "campaign"]],
    ["a quote waits", { orders: [order("W1", { status: "quoted" })] }, ["survey", "greeting", "campaign"]],
    ["the car was handed over", { orders: [order("W1", { status: "delivered" })] }, []],
    [
      "an accident last week",
      { cases: [caseOf("C1", { category: "emergency", status: "closed", createdAt: NOW - 7 * DAY })] },
      ["reminder", "survey", "greeting", "campaign"],
    ],
    ["an accident two months ago", { cases: [caseOf("C1", { category: "emergency", status: "closed", createdAt: NOW - 60 * DAY })] }, []],
    [
      "a note of a bereavement",
      { cases: [caseOf("C1", { category: "other", status: "closed", notes: [{ at: NOW - DAY, by: "may", text: "客户父亲上周去世" }] })] },
      ["survey", "greeting", "campaign"],
    ],
    [
      "a note of a bereavement a year ago",
      {
        cases: [
          caseOf("C1", {
            category: "other",
            status: "closed",
            createdAt: NOW - 365 * DAY,
            notes: [{ at: NOW - 365 * DAY, by: "may", text: "母亲去世" }],
          }),
        ],
      },
      [],
    ],
    [
      "staff asked for a pause",
      { customer: customer("k1", { hold: { reason: "asked", until: "2026-11-30", by: "may", at: NOW } }) },
      ["reminder", "survey", "greeting", "campaign"],
    ],
    ["the pause is over", { customer: customer("k1", { hold: { reason: "asked", until: "2026-11-21", by: "may", at: NOW } }) }, []],
  ])("%s", (_name, more, wanted) => expect(held(more)).toEqual(wanted));
});

describe("readSurvey", () => {
  const survey = loadProfile("dealer", "en").careSurveys[0]!;
  const read = (text: string) => {
    return readSurvey(text, readText(text, { asked: "score" }).score, survey);
  };

  test.each<[string, number | null, readonly string[]]>([
    ["还行吧,就是等太久", 3, ["waiting"]],
    ["5", 5, []],
    ["4分", 4, []],
    ["满分！", 5, []],
    ["太差了", 1, []],
    ["很满意，师傅很耐心", 5, []],
    ["不错，但是太贵了", 4, ["price"]],
    ["等太久了", 2, ["waiting"]],
    ["又坏了，根本没修好", 2, ["quality"]],
    ["態度很好，就是有點貴", 3, ["price"]],
    ["great, but I waited two hours", 5, ["waiting"]],
    ["so so", 3, []],
    ["8/10", 4, []],
    ["昨天下雨了", null, []],
  ])("%s is %j of five, blaming %j", (text, score, topics) => {
    const found = read(text);
    expect([found.score, found.topics]).toEqual([score, topics]);
  });

  test("one mark for each item in order", () => {
    expect(read("5 4 2 5 5")).toEqual({ score: 4, items: { quality: 5, attitude: 4, waiting: 2, price: 5, care: 5 }, topics: ["waiting"] });
    expect(read("54355").items).toEqual({ quality: 5, attitude: 4, waiting: 3, price: 5, care: 5 });
  });

  test.each([
    [{ score: 5, items: {} }, 10],
    [{ score: 3, items: {} }, 6],
    [{ score: 4, items: { waiting: 2 } }, 4],
    [{ score: 4, items: { waiting: 3 } }, 8],
    [{ score: null, items: {} }, null],
  ])("%j is judged as %j of ten", (reading, tenths) => expect(tenthsOf(reading as never)).toBe(tenths));
});

describe("ways to a customer", () => {
  const reach = (conversation: string, more: Partial<Reach> = {}): Reach => ({
    conversation,
    running: true,
    blocked: false,
    openUntil: null,
    left: null,
    pulled: false,
    staffSend: false,
    lastAt: 0,
    ...more,
  });

  test("the conversation used last comes first, those tried or shut are left out", () => {
    const all = [
      reach("web:a", { lastAt: 5 }),
      reach("telegram:a", { lastAt: 9 }),
      reach("slack:a", { blocked: true, lastAt: 99 }),
      reach("wecom:a", { openUntil: NOW - 1, left: 5 }),
      reach("wecom:b", { openUntil: NOW + 1, left: 2 }),
      reach("wecom:c", { openUntil: NOW + 1, left: 3, lastAt: 1 }),
    ];
    expect(waysFor(all, ["web:a"], NOW).map((one) => one.conversation)).toEqual(["telegram:a", "wecom:c"]);
  });

  test.each<[string, Reach[], ("mass" | "call")[], boolean, string]>([
    ["an open channel", [reach("web:a")], ["mass", "call"], true, "message"],
    ["a shut window where staff can send", [reach("wecom:a", { openUntil: 0, staffSend: true })], ["mass", "call"], true, "mass"],
    ["a shut window, and the plan wants no staff", [reach("wecom:a", { openUntil: 0, staffSend: true })], [], true, "none"],
    ["blocked everywhere, a phone", [reach("wecom:a", { blocked: true, staffSend: true })], ["mass", "call"], true, "call"],
    ["nothing at all", [], ["mass", "call"], false, "none"],
  ])("%s", (_name, reaches, fallback, phone, wanted) => expect(bestWay(reaches, fallback, phone, NOW)).toBe(wanted));
});

describe("serviceDueOn", () => {
  const rule = {
    event: "service_due",
    daysBefore: 7,
    firstKm: 5_000,
    firstMonths: 6,
    everyKm: 10_000,
    everyMonths: 12,
    kmPerYear: 15_000,
    products: [],
  } as const;
  const car = (more: Partial<OwnedProduct>): OwnedProduct => product("p1", { boughtOn: "2026-01-01", ...more });

  test.each<[string, OwnedProduct, { on: string; km: number | null } | null, string | null]>([
    ["the first by the assumed mileage", car({}), null, "2026-05-03"],
    ["the first by time, for somebody who drives little", car({ readings: [{ on: "2026-04-01", km: 900 }] }), null, "2026-07-01"],
    ["the first by mileage, for somebody who drives much", car({ readings: [{ on: "2026-02-10", km: 4_000 }] }), null, "2026-02-20"],
    ["the next by time", car({ readings: [{ on: "2026-06-01", km: 3_000 }] }), { on: "2026-06-01", km: 3_000 }, "2027-06-01"],
    ["the next by mileage", car({ readings: [{ on: "2026-06-01", km: 15_100 }] }), { on: "2026-06-01", km: 15_100 }, "2026-09-09"],
    ["nothing known", car({ boughtOn: null }), null, null],
  ])("%s", (_name, owned, served, wanted) => expect(serviceDueOn(owned, served, rule as never)).toBe(wanted));
});

test.each([
  ["2026-01-31", 1, "2026-02-28"],
  ["2028-01-31", 1, "2028-02-29"],
  ["2026-11-15", 3, "2027-02-15"],
  ["2026-03-31", -1, "2026-02-28"],
])("%s moved by %i months is %s", (day, months, wanted) => expect(addMonths(day, months)).toBe(wanted));

describe("a campaign", () => {
  const run = (steps: readonly [CampaignAct["do"], by: string, role: "representative" | "manager" | null][]) => {
    let current = campaign("K1");
    for (const [what, by, role] of steps) {
      const act = (what === "reject" || what === "cancel" ? { do: what, why: "…" } : { do: what }) as CampaignAct;
      const result = actOnCampaign(current, act, by, role, NOW);
      if (!result.ok) return result.why;
      current = result.campaign;
    }
    return current.status;
  };
  test.each<[string, Parameters<typeof run>[0], string]>([
    [
      "is sent after a manager's yes",
      [
        ["submit", "may", "representative"],
        ["approve", "boss", "manager"],
        ["start", "may", "representative"],
      ],
      "sending",
    ],
    [
      "is not sent without one",
      [
        ["submit", "may", "representative"],
        ["start", "may", "representative"],
      ],
      "wrong_state",
    ],
    [
      "is not approved by a representative",
      [
        ["submit", "may", "representative"],
        ["approve", "li", "representative"],
      ],
      "needs_manager",
    ],
    [
      "is not approved by its author",
      [
        ["submit", "may", "manager"],
        ["approve", "may", "manager"],
      ],
      "own_campaign",
    ],
    [
      "goes back to its author",
      [
        ["submit", "may", "representative"],
        ["reject", "boss", "manager"],
      ],
      "draft",
    ],
    [
      "rests and goes on",
      [
        ["submit", "may", "representative"],
        ["approve", "boss", "manager"],
        ["start", "may", "representative"],
        ["pause", "may", "representative"],
        ["resume", "may", "representative"],
      ],
      "sending",
    ],
    ["is not touched by strangers", [["submit", "eve", null]], "unknown_staff"],
    [
      "can't be taken up again once cancelled",
      [
        ["cancel", "may", "representative"],
        ["submit", "may", "representative"],
      ],
      "wrong_state",
    ],
  ])("%s", (_name, steps, wanted) => expect(run(steps)).toBe(wanted));
});
