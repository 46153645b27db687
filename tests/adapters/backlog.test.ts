/**
 * The service was down for an hour or for days, and each platform hands over what waited in its own way: Telegram from its queue,
 * WeChat Work from its log by pages, Slack by its last retry. Copies come, answers get lost, the store refuses in between.
 */
import { afterEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../core/time.ts";
import type { Said } from "../emulators/folk.ts";
import { type ChannelService, openSlackService, openTelegramService, openWecomService } from "./service.ts";

let service: Pick<ChannelService<unknown>, "engine" | "errors" | "close">;
afterEach(async () => {
  expect(service.errors).toEqual([]);
  await service.close();
});

const QUESTIONS = ["空调不制冷", "你们几点开门", "修一次多少钱", "保修多久"];

/** Without the seams of a platform: where it broke a line, and what it put behind a sign. */
const plain = (text: string): string => text.replace(/[\s\u200b\u2060]/g, "");

/** Each was kept once and in order, everything said in answer arrived, once. */
async function expectAnswered(conversation: string, asked: readonly string[], seen: readonly Said[]): Promise<void> {
  const { store } = service.engine;
  const history = await store.unit((unit) => unit.inbox.history(0, 10_000));
  const heard = history.flatMap((entry) =>
    entry.conversation === conversation && entry.event.kind === "message" ? [entry.event.text] : [],
  );
  expect(heard).toEqual(asked);
  const ours = (await store.unit((unit) => unit.messages.list(conversation, 0, 1_000))).filter((one) => one.from === "bot");
  expect(ours.length).toBeGreaterThan(0);
  expect(ours.map((one) => one.status)).toEqual(ours.map(() => "sent"));
  const shown = plain(seen.map((one) => one.text).join(""));
  expect(shown).toBe(plain(ours.map((one) => one.text).join("")));
  expect(await store.unit((unit) => unit.records.casesOf(conversation))).toEqual([]);
}

describe("after an hour", () => {
  test("Telegram's queue is taken in order, copies and lost answers change nothing", async () => {
    const opened = await openTelegramService("appliance");
    service = opened;
    const { telegram, time } = opened.place;
    const people = [51, 52, 53].map((number) => opened.folk.customer(number));
    const releases = [51, 52, 53].map((number) => telegram.faults.hold(`chat ${5_000 + number}`));
    const said = people.flatMap((person) => QUESTIONS.map((text) => person.say(text)));
    await time.advance(HOUR_MS);
    telegram.faults.duplicates = 2;
    telegram.faults.loseAnswers = 5;
    opened.place.overloaded = true;
    for (const release of releases) release();
    await time.advance(MINUTE_MS);
    opened.place.overloaded = false;
    await Promise.all(said);
    await opened.wait(10 * MINUTE_MS);
    for (const person of people) await expectAnswered(person.conversation, QUESTIONS, person.seen());
  });

  test("WeChat's log is read on from its cursor, page by page, through cuts; a greeting whose moment has passed is not made up for", async () => {
    const opened = await openWecomService("appliance");
    service = opened;
    const { place } = opened;
    const people = [51, 52, 53].map((number) => opened.folk.customer(number));
    await people[0]!.say("你好");
    await opened.settle();
    const greeted = people[0]!.seen().length;
    await place.connection.stop();
    place.platform.faults.loseCallbacks(true);
    const looker = opened.folk.customer(54);
    await looker.open();
    for (const text of QUESTIONS) for (const person of people) await person.say(text);
    place.clock.move(HOUR_MS);
    place.platform.faults.loseCallbacks(false);
    place.platform.faults.pageSize(5);
    place.platform.faults.emptyPages(2);
    place.platform.faults.next("kf/sync_msg", "none", 3);
    place.platform.faults.next("kf/sync_msg", "reset_after");
    place.platform.faults.next("kf/sync_msg", { status: 502 });
    place.platform.faults.repeatCallbacks(2);
    await place.restart();
    await opened.wait(10 * MINUTE_MS);
    await expectAnswered(people[0]!.conversation, ["你好", ...QUESTIONS], people[0]!.seen());
    expect(people[0]!.seen().length).toBeGreaterThan(greeted);
    for (const person of people.slice(1)) await expectAnswered(person.conversation, QUESTIONS, person.seen());
    expect(looker.seen()).toEqual([]);
    expect(await opened.engine.store.unit((unit) => unit.records.casesOf(looker.conversation))).toEqual([]);
  });

  test("Slack's last tries are taken, whatever their order, and once", async () => {
    const opened = await openSlackService("appliance");
    service = opened;
    const { slack, clock } = opened.place;
    const people = [51, 52, 53].map((number) => opened.folk.customer(number));
    slack.faults.hold();
    slack.faults.duplicates = 2;
    const said = people.map((person, index) => person.say(QUESTIONS[index]!));
    clock.move(HOUR_MS);
    await slack.faults.release();
    await Promise.all(said);
    await opened.wait(10 * MINUTE_MS);
    for (const [index, person] of people.entries()) await expectAnswered(person.conversation, [QUESTIONS[index]!], person.seen());
  });
});

describe("what a platform gives up is lost, and stops nothing", () => {
  test("Slack tries four times in all", async () => {
    const opened = await openSlackService("appliance");
    service = opened;
    const customer = opened.folk.customer(61);
    opened.place.overloaded = true;
    await customer.say("没人听到");
    opened.place.overloaded = false;
    expect(opened.place.slack.delivered.at(-1)).toMatchObject({ status: 503 });
    await customer.say("你们几点开门");
    await opened.wait(MINUTE_MS);
    await expectAnswered(customer.conversation, ["你们几点开门"], customer.seen());
  });

  test("WeChat keeps three days: of four, the last three are read", async () => {
    const opened = await openWecomService("appliance");
    service = opened;
    const { place } = opened;
    const early = opened.folk.customer(61);
    const late = opened.folk.customer(62);
    await opened.folk.customer(60).say("你好");
    await opened.settle();
    await place.connection.stop();
    place.platform.faults.loseCallbacks(true);
    await early.say("没人听到");
    place.clock.move(2 * DAY_MS);
    await late.say("你们几点开门");
    place.clock.move(DAY_MS + 20 * HOUR_MS);
    place.platform.faults.loseCallbacks(false);
    await place.restart();
    await opened.wait(10 * MINUTE_MS);
    expect(early.seen()).toEqual([]);
    await expectAnswered(late.conversation, ["你们几点开门"], late.seen());
  });

  test("Telegram keeps a day: what is older never comes", async () => {
    const opened = await openTelegramService("appliance");
    service = opened;
    const { telegram, time } = opened.place;
    const customer = opened.folk.customer(61);
    const release = telegram.faults.hold("chat 5061");
    const lost = customer.say("没人听到");
    await time.advance(DAY_MS + HOUR_MS);
    const kept = customer.say("你们几点开门");
    release();
    await Promise.all([lost, kept]);
    await opened.wait(MINUTE_MS);
    await expectAnswered(customer.conversation, ["你们几点开门"], customer.seen());
  });
});
