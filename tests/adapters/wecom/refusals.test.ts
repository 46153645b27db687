/** Every refusal that the platform's pages name, through the real adapter: what becomes of a message, a post, a look, a file. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KNOWN_CODES, reactionTo } from "../../../adapters/wecom/codes.ts";
import type { StaffPost } from "../../../core/ports.ts";
import { MINUTE_MS } from "../../../core/time.ts";
import { REFUSALS, UNLISTED } from "../../emulators/wecom/refusals.ts";
import { openWecomPlace, until, type WecomPlace } from "./support.ts";

const CODES = Object.keys(REFUSALS).map(Number);
const ALL = [...CODES, UNLISTED];

let place: WecomPlace;
beforeAll(async () => {
  place = await openWecomPlace();
});
afterAll(() => place.close());

test("the table and the sheet have the same codes", () => {
  expect(KNOWN_CODES.filter((code) => !(code in REFUSALS))).toStrictEqual([]);
  expect(CODES.filter((code) => reactionTo(code) === "unknown")).toStrictEqual([]);
  expect(reactionTo(UNLISTED)).toBe("unknown");
});

const sent = { result: "sent" };
const mend = (code: number) => ({ result: "retry", reason: `errcode ${code}`, afterMs: 5 * MINUTE_MS });
const no = (code: number) => ({ result: "refused", reason: `errcode ${code}` });

/** By reaction: what a customer's message meets, what a post to staff meets, and whether a look goes on by itself. */
const REACTIONS: Readonly<
  Record<
    ReturnType<typeof reactionTo>,
    { readonly message: (code: number) => object; readonly post: (code: number) => object; readonly look: "goes on" | "ends" }
  >
> = {
  // The call is made again at once, after a pause, or with a new token.
  token: { message: () => sent, post: () => sent, look: "goes on" },
  busy: { message: () => sent, post: () => sent, look: "goes on" },
  // An operator is told, and what waits is tried again.
  secret: { message: mend, post: mend, look: "ends" },
  config: { message: mend, post: mend, look: "ends" },
  address: { message: mend, post: mend, look: "ends" },
  frequency: {
    message: (code) => ({ ...mend(code), afterMs: MINUTE_MS }),
    post: (code) => ({ ...mend(code), afterMs: MINUTE_MS }),
    look: "goes on",
  },
  concurrency: {
    message: (code) => ({ ...mend(code), afterMs: 2_000 }),
    post: (code) => ({ ...mend(code), afterMs: 2_000 }),
    look: "goes on",
  },
  // The core keeps what it has to say until the customer writes, or gives it to staff.
  quota: { message: () => ({ result: "refused", reason: "quota_spent" }), post: no, look: "goes on" },
  window: { message: () => ({ result: "refused", reason: "window_closed" }), post: no, look: "goes on" },
  // The state is asked for, and it is ours: then it was the window.
  session: { message: () => ({ result: "refused", reason: "window_closed" }), post: no, look: "goes on" },
  menu: { message: () => sent, post: no, look: "goes on" },
  // Staff hear that this customer can't be reached here.
  customer: { message: (code) => ({ result: "refused", reason: `customer_gone: errcode ${code}` }), post: no, look: "goes on" },
  sync_token: { message: no, post: no, look: "goes on" },
  servicer: { message: no, post: no, look: "goes on" },
  media: { message: no, post: no, look: "goes on" },
  group: { message: no, post: no, look: "goes on" },
  code: { message: no, post: no, look: "goes on" },
  bug: { message: no, post: no, look: "ends" },
  unknown: { message: no, post: no, look: "ends" },
};

let people = 0;
/** A customer who has just written, and whose word is read. */
async function newCustomer(): Promise<{ readonly id: string; readonly conversation: string }> {
  const id = `wmRefused${++people}`;
  await place.platform.customer(id).say("你好");
  await place.read();
  return { id, conversation: place.conversation(id) };
}
const isLogged = (code: number): boolean => place.logged.some((line) => line.includes(`"errcode":${code}`));

describe("a message to a customer", () => {
  test.each(ALL.map((code) => [code, reactionTo(code), REFUSALS[code] ?? "of tomorrow"] as const))(
    "%d (%s): %s",
    async (code, reaction) => {
      const { id, conversation } = await newCustomer();
      place.platform.faults.next("kf/send_msg", { errcode: code });
      const message = await place.keep(conversation, "b1", "什么时间方便？", { buttons: [{ id: "a", label: "今天" }] });
      const answer = await place.connection.channel.send(message);
      expect(answer).toMatchObject(REACTIONS[reaction].message(code));
      expect(place.platform.customer(id).seen().length > 0).toBe(answer.result === "sent");
      if (["config", "address", "bug"].includes(reaction)) expect(isLogged(code)).toBe(true);
      const told = (await place.entries()).filter((entry) => entry.conversation === conversation && entry.event.kind === "reach");
      expect(told.map((entry) => entry.event)).toMatchObject(reaction === "customer" ? [{ reachable: false }] : []);
    },
  );

  test.each(["reset_before", "garbage", { status: 500 }, { status: 502 }, { status: 404 }] as const)(
    "%j: nobody knows whether it arrived, so it is tried again, and stands there once",
    async (fault) => {
      const { id, conversation } = await newCustomer();
      place.platform.faults.next("kf/send_msg", fault);
      const message = await place.keep(conversation, "b1", "您好");
      expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry", afterMs: null });
      expect(await place.connection.channel.send({ ...message, attempts: 1 })).toStrictEqual(sent);
      expect(place.platform.customer(id).seen()).toHaveLength(1);
    },
  );
});

describe("a post to staff", () => {
  const post = (code: number): StaffPost => ({
    id: `post ${code}`,
    case: null,
    mention: ["zhang"],
    page: false,
    text: `通知 ${code}`,
    card: null,
    buttons: [],
    media: null,
  });

  test.each(ALL.map((code) => [code, reactionTo(code)] as const))("%d (%s)", async (code, reaction) => {
    // Thirty posts a minute to one member, no more.
    place.clock.move(MINUTE_MS);
    place.platform.faults.next("message/send", { errcode: code });
    const answer = await place.connection.staff!.send(post(code), null);
    expect(answer).toMatchObject(REACTIONS[reaction].post(code));
    expect(place.platform.staff("zhang").seen().texts.includes(`通知 ${code}`)).toBe(answer.result === "sent");
  });
});

describe("a look at the log", () => {
  test.each(ALL.map((code) => [code, reactionTo(code), REACTIONS[reactionTo(code)].look] as const))(
    "%d (%s) %s",
    async (code, _why, look) => {
      const id = `wmLook${++people}`;
      const calls = place.platform.calls.filter((call) => call === "kf/sync_msg").length;
      place.platform.faults.next("kf/sync_msg", { errcode: code });
      await place.platform.customer(id).say("在吗");
      // Nothing else wakes it: what has ended stays ended until the next word or the regular look.
      if (look === "ends") await until(() => place.logged.some((line) => line.includes("wecom_sync_failed") && line.includes(`${code}`)));
      else await place.read();
      const got = (await place.entries()).filter((entry) => entry.conversation === place.conversation(id)).length;
      expect(got).toBe(look === "ends" ? 0 : 1);
      expect(place.platform.calls.filter((call) => call === "kf/sync_msg").length - calls).toBeLessThanOrEqual(look === "ends" ? 1 : 3);
      if (look === "goes on") return;
      await place.platform.customer(id).say("还在吗");
      await place.read();
      expect((await place.entries()).filter((entry) => entry.conversation === place.conversation(id))).toHaveLength(2);
    },
  );
});

describe("a file", () => {
  test.each(ALL.map((code) => [code, reactionTo(code)] as const))("%d (%s) is fetched, waited for or given up", async (code, reaction) => {
    const kind = "image";
    const who = await newCustomer();
    await place.platform.customer(who.id).send(kind);
    await place.read();
    const entry = (await place.entries()).findLast((one) => one.conversation === who.conversation && one.event.kind === "media")!;
    const media = entry.event.kind === "media" ? entry.event.media : null;
    place.platform.faults.next("media/get", { errcode: code });
    const read = await place.connection.files.read(media!, 1_000_000);
    const wait = ["secret", "config", "address", "frequency", "concurrency"].includes(reaction);
    expect(read.result).toBe(["token", "busy"].includes(reaction) ? "read" : wait ? "retry" : "refused");
    if (read.result === "refused") expect(read.reason).toBe(reaction === "media" ? "file_gone" : `errcode ${code}`);
  });
});
