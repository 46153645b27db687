/** Files across platforms: what a customer sends on one can be seen by staff on the others, and the other way round. */
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedStreet, serveStreet, until } from "./served-street.ts";

const NAMES = ["telegram", "slack", "wecom"] as const;

let served: ServedStreet;
const logged: string[] = [];

beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  served = await serveStreet({ now: () => Date.now() }, pino({ level: "debug" }, sink));
}, 120_000);
afterAll(() => served?.close());

const platform = (name: (typeof NAMES)[number]) => served.street.platforms.find((one) => one.name === name)!;

test.each(NAMES)(
  "a photo from %s is seen as a file in every team chat, and one from staff by the customer",
  async (name) => {
    const { store } = served.service.engine;
    const customer = platform(name).customer(20 + NAMES.indexOf(name));
    const staff = served.service.engine.dependencies.model.profile.staff[0]!.id;
    await customer.say("我要投诉,空调修了三次还是不制冷");
    let number = "";
    await until("a case", async () => {
      const [found] = await store.unit((unit) => unit.records.casesOf(customer.conversation));
      number = found?.number ?? "";
      return number !== "";
    });
    for (const room of NAMES)
      await until(`${number} on ${room}`, () => store.unit(async (unit) => (await unit.staff.place(room, number)) !== null));
    await platform("slack").member(staff).say("!claim", number);
    await until("a claim", async () => (await store.unit((unit) => unit.records.case(number)))!.owner === staff);

    const before = new Map(NAMES.map((room) => [room, platform(room).roomFiles().length]));
    await customer.photo();
    for (const room of NAMES) await until(`a file on ${room}`, () => platform(room).roomFiles().length > before.get(room)!);

    for (const room of ["telegram", "slack"] as const) {
      const had = customer.files().length;
      await platform(room)
        .member(staff)
        .photo(`${room === "slack" ? "!" : "/"}reply 请看${name}这里${room}`, number);
      await until(`a file from ${room}`, () => customer.files().length > had);
    }
    expect(await store.unit((unit) => unit.staff.failed(10))).toEqual([]);
  },
  180_000,
);

test("no token stands in anything that was written, shown or logged", async () => {
  const { environment } = served.street;
  const shown = JSON.stringify(
    NAMES.map((name) => [
      platform(name).room(),
      NAMES.map((_, index) =>
        platform(name)
          .customer(20 + index)
          .seen(),
      ),
    ]),
  );
  const kept = JSON.stringify(await served.service.engine.store.unit((unit) => unit.inbox.history(0, 10_000)));
  for (const secret of ["TELEGRAM_BOT_TOKEN", "SLACK_BOT_TOKEN", "WECOM_SECRET"] as const)
    for (const text of [shown, kept, logged.join("")]) expect(text.includes(environment[secret]!)).toBe(false);
});
