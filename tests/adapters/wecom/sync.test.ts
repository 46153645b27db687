import { describe, expect, test } from "vitest";
import { chatOf } from "../../../adapters/wecom/ids.ts";
import { AnxinError } from "../../../core/errors.ts";
import type { Intake } from "../../../core/ports.ts";
import { createIntake } from "../../../core/spine/index.ts";
import { DAY_MS, SECOND_MS } from "../../../core/time.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { ACCOUNT } from "../../emulators/wecom/index.ts";
import { openWecomPlace, until, type WecomPlace, type WecomPlaceOptions } from "./support.ts";

const CUSTOMER = "wmCustomer1";

async function withPlace(work: (place: WecomPlace) => Promise<void>, options: WecomPlaceOptions = {}): Promise<void> {
  const place = await openWecomPlace(options);
  try {
    await work(place);
  } finally {
    await place.close();
  }
}
const texts = async (place: WecomPlace): Promise<string[]> =>
  (await place.entries()).map((entry) => (entry.event.kind === "message" ? entry.event.text : entry.event.kind));
const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);

describe("reading an account's log", () => {
  test("a message is one entry under the platform's id, of the account and the customer", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).say("空调不制冷");
      await place.read();
      const [entry] = await place.entries();
      expect(entry).toMatchObject({ conversation: place.conversation(CUSTOMER), event: { kind: "message", text: "空调不制冷" } });
      expect(entry!.id).toMatch(new RegExp(`^wecom:${ACCOUNT}:${CUSTOMER}:from_msgid_`));
      expect(chatOf(entry!.conversation)).toStrictEqual({ openKfId: ACCOUNT, customer: CUSTOMER });
    }));

  test("pages are read to their end, also empty ones with more behind them", () =>
    withPlace(async (place) => {
      place.platform.faults.loseCallbacks(true);
      for (const text of numbers(1, 25)) await place.platform.customer(CUSTOMER).say(text);
      place.platform.faults.loseCallbacks(false);
      place.platform.faults.pageSize(10);
      place.platform.faults.emptyPages(3);
      await place.platform.customer(CUSTOMER).say("26");
      await place.read();
      expect(await texts(place)).toStrictEqual(numbers(1, 26));
    }));

  test("repeated callbacks and callbacks out of turn change nothing", () =>
    withPlace(async (place) => {
      place.platform.faults.repeatCallbacks(4);
      await Promise.all(numbers(1, 20).map((text) => place.platform.customer(CUSTOMER).say(text)));
      await place.read();
      expect((await texts(place)).toSorted((one, other) => Number(one) - Number(other))).toStrictEqual(numbers(1, 20));
    }));

  test("a lost callback is made good by the next one", () =>
    withPlace(async (place) => {
      place.platform.faults.loseCallbacks(true);
      await place.platform.customer(CUSTOMER).say("one");
      place.platform.faults.loseCallbacks(false);
      await place.platform.customer("wmCustomer2").say("two");
      await place.read();
      expect(await texts(place)).toStrictEqual(["one", "two"]);
    }));

  test("and without any by the regular look", () =>
    withPlace(async (place) => {
      place.platform.faults.loseCallbacks(true);
      await place.platform.customer(CUSTOMER).say("one");
      place.passPauses();
      await place.read();
      expect(await texts(place)).toStrictEqual(["one"]);
    }));

  test("after a stop the log is read on from where it was, nothing twice and nothing left out", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).say("one");
      await place.read();
      await place.connection.stop();
      place.platform.faults.loseCallbacks(true);
      await place.platform.customer(CUSTOMER).say("two");
      place.platform.faults.loseCallbacks(false);
      await place.restart();
      await place.read();
      expect(await texts(place)).toStrictEqual(["one", "two"]);
    }));

  test("entries and the place reached are kept together: when the commit fails, both come again", () => {
    let failures = 2;
    const intake = (store: Parameters<typeof createIntake>[0]): Intake => {
      const real = createIntake(store, createInProcessWakeups(), () => new Promise((resolve) => setImmediate(resolve)));
      return {
        accept: (entries, beside) =>
          real.accept(entries, async (unit) => {
            await beside?.(unit);
            if (entries.length > 0 && failures-- > 0) throw new AnxinError("overloaded", "full", {});
          }),
      };
    };
    return withPlace(
      async (place) => {
        await place.platform.customer(CUSTOMER).say("one");
        await until(() => failures < 0);
        await place.read();
        expect(await texts(place)).toStrictEqual(["one"]);
        expect(place.logged.filter((line) => line.includes("wecom_sync_failed"))).toHaveLength(2);
      },
      { intake },
    );
  });

  test("a token of a callback that grew old is left out, and the place reached is kept", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).say("one");
      await place.read();
      place.platform.faults.next("kf/sync_msg", { errcode: 95007 });
      await place.platform.customer(CUSTOMER).say("two");
      await place.read();
      expect(await texts(place)).toStrictEqual(["one", "two"]);
    }));

  test.each([[{ status: 502 }], ["reset_before"], ["garbage"], [{ errcode: -1 }], [{ errcode: 45009 }], [{ errcode: 42001 }]] as const)(
    "trouble that passes (%j) only makes it late",
    (fault) =>
      withPlace(async (place) => {
        place.platform.faults.next("kf/sync_msg", fault, 2);
        await place.platform.customer(CUSTOMER).say("one");
        await place.read();
        expect(await texts(place)).toStrictEqual(["one"]);
      }),
  );

  test("what only an operator can mend is not asked for again and again, but found when it is mended", () =>
    withPlace(async (place) => {
      place.platform.kf.accounts.get(ACCOUNT)!.managed = false;
      await place.platform.customer(CUSTOMER).say("one");
      await until(() => place.logged.some((line) => line.includes("wecom_sync_failed") && line.includes("95023")));
      const calls = place.platform.calls.length;
      for (let round = 0; round < 200; round++) await new Promise((resolve) => setImmediate(resolve));
      expect(place.platform.calls.length).toBe(calls);
      place.platform.kf.accounts.get(ACCOUNT)!.managed = true;
      place.passPauses();
      await place.read();
      expect(await texts(place)).toStrictEqual(["one"]);
    }));

  test("the first look at an account leaves alone what is older than half an hour", () =>
    withPlace(
      async (place) => {
        place.platform.faults.loseCallbacks(true);
        await place.platform.customer(CUSTOMER).say("two days old");
        place.clock.move(2 * DAY_MS);
        await place.platform.customer(CUSTOMER).say("just now");
        await place.connection.start();
        await place.read();
        expect(await texts(place)).toStrictEqual(["just now"]);
      },
      { start: false },
    ));

  test("but a service that was away for two days reads all of it", () =>
    withPlace(async (place) => {
      await place.connection.stop();
      place.platform.faults.loseCallbacks(true);
      await place.platform.customer(CUSTOMER).say("two days old");
      place.clock.move(2 * DAY_MS);
      place.platform.faults.loseCallbacks(false);
      await place.restart();
      await place.read();
      expect(await texts(place)).toStrictEqual(["two days old"]);
    }));

  test("a second account that is handed to us is served from the platform's word of it", () =>
    withPlace(async (place) => {
      place.platform.kf.addAccount("wkExampleAccount2", "门店二");
      const xml =
        "<xml><MsgType>event</MsgType><Event>kf_account_auth_change</Event><AuthAddOpenKfId>wkExampleAccount2</AuthAddOpenKfId></xml>";
      await place.platform.callbacks.send(xml);
      await place.platform.customer(CUSTOMER, "wkExampleAccount2").say("one");
      await place.read("wkExampleAccount2");
      expect((await place.entries()).map((entry) => entry.conversation)).toStrictEqual([`wecom:wkExampleAccount2:${CUSTOMER}`]);
    }));

  test("an item that can't be read holds up no other", () =>
    withPlace(async (place) => {
      const customer = place.platform.customer(CUSTOMER);
      await customer.raw({ msgid: "", msgtype: "text" });
      await customer.raw({ external_userid: "not:an id", msgtype: "text", text: { content: "x" } });
      await customer.say("one");
      await place.read();
      expect(await texts(place)).toStrictEqual(["one"]);
      expect(place.logged.filter((line) => line.includes("wecom_item_unreadable"))).toHaveLength(2);
    }));
});

describe("first contact", () => {
  const noteOf = (place: WecomPlace): Promise<string | null> => place.store.unit((unit) => unit.meta.get(`wecom:customer:${CUSTOMER}`));

  test("stores what the platform says of the customer, once", () =>
    withPlace(async (place) => {
      for (const text of ["one", "two"]) await place.platform.customer(CUSTOMER).say(text);
      await place.read();
      expect(JSON.parse((await noteOf(place))!)).toStrictEqual({ nickname: "昵称r1", unionId: `u-${CUSTOMER}`, gender: 1 });
      expect(place.platform.calls.filter((call) => call === "kf/customer/batchget")).toHaveLength(1);
    }));

  test("a failure there holds nothing up, and is made good with the next message", () =>
    withPlace(async (place) => {
      place.platform.faults.next("kf/customer/batchget", { status: 500 });
      await place.platform.customer(CUSTOMER).say("one");
      await place.read();
      expect(await texts(place)).toStrictEqual(["one"]);
      expect(await noteOf(place)).toBeNull();
      await place.platform.customer(CUSTOMER).say("two");
      await place.read();
      expect(await noteOf(place)).not.toBeNull();
    }));

  test("a chat opened by a product's code tells the product and the name", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).enter({ scene: "label", scene_param: encodeURIComponent("SN-2026 空调/01") });
      await place.read();
      expect((await place.entries()).map((entry) => entry.event)).toStrictEqual([
        { kind: "opened", scene: "SN-2026 空调/01", name: "昵称r1", language: null },
      ]);
    }));
});

describe("the welcome", () => {
  const answer = async (place: WecomPlace) => {
    const [entry] = (await place.entries()).slice(-1);
    return place.keep(place.conversation(CUSTOMER), `${entry!.id}/1`, "您好，这里是安心售后。", {
      buttons: [{ id: "intent:book", label: "预约维修" }],
    });
  };

  test("goes by its code, once, with buttons", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).enter();
      await place.read();
      expect(await place.connection.channel.send(await answer(place))).toMatchObject({ result: "sent" });
      expect(place.platform.customer(CUSTOMER).seen()).toMatchObject([
        { msgtype: "msgmenu", text: "您好，这里是安心售后。", buttons: [{ label: "预约维修" }] },
      ]);
      expect(place.platform.calls.filter((call) => call.startsWith("kf/send_msg"))).toStrictEqual(["kf/send_msg_on_event"]);
    }));

  test("that comes after its 20 seconds is not sent, and nobody is called for it", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).enter();
      await place.read();
      const message = await answer(place);
      place.clock.move(21 * SECOND_MS);
      expect(await place.connection.channel.send(message)).toMatchObject({ result: "refused" });
      expect(place.platform.customer(CUSTOMER).seen()).toStrictEqual([]);
    }));

  test("whose answer got lost is not sent twice", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).enter();
      await place.read();
      const message = await answer(place);
      place.platform.faults.next("kf/send_msg_on_event", "reset_after");
      expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry" });
      await place.connection.channel.send({ ...message, attempts: 1 });
      expect(place.platform.customer(CUSTOMER).seen()).toHaveLength(1);
    }));
});

describe("a message that fails later", () => {
  const inbox = async (place: WecomPlace) =>
    (await place.entries()).map((entry) => entry.event).filter((event) => event.kind !== "message");

  test.each([
    [4, "window_closed"],
    [6, "quota_spent"],
    [13, "security_limit"],
    [99, "unknown"],
  ])("for reason %d is marked failed and told", (failType, reason) =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).say("在吗");
      await place.read();
      const message = await place.keep(place.conversation(CUSTOMER), "e1/1", "您好");
      place.platform.faults.failLater(failType);
      place.platform.faults.loseCallbacks(true);
      expect(await place.connection.channel.send(message)).toMatchObject({ result: "sent" });
      await place.store.unit((unit) => unit.messages.mark(message.seq, "sent", 1, place.clock.now()));
      place.platform.faults.loseCallbacks(false);
      await place.platform.customer(CUSTOMER).say("?");
      await place.read();
      expect((await place.store.unit((unit) => unit.messages.recent(message.conversation, 5)))[0]).toMatchObject({ status: "failed" });
      expect(await inbox(place)).toMatchObject([{ kind: "undelivered", message: "e1/1", text: "您好", reason }]);
    }),
  );

  test("takes with it what was joined to it", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).say("在吗");
      await place.read();
      const [first, second, other] = [
        await place.keep(place.conversation(CUSTOMER), "e1/1", "一"),
        await place.keep(place.conversation(CUSTOMER), "e1/2", "二"),
        await place.keep(place.conversation(CUSTOMER), "e2/1", "三"),
      ];
      place.platform.faults.loseCallbacks(true);
      place.platform.faults.failLater(13);
      await place.connection.channel.send({ ...first, text: "一\n\n二" });
      await place.store.unit(async (unit) => {
        for (const message of [first, second]) await unit.messages.mark(message.seq, "sent", 1, place.clock.now());
        await unit.messages.mark(other.seq, "sent", 1, place.clock.now() + 1);
      });
      place.platform.faults.loseCallbacks(false);
      await place.platform.customer(CUSTOMER).say("?");
      await place.read();
      expect(await inbox(place)).toMatchObject([{ kind: "undelivered", message: "e1/1", text: "一\n\n二" }]);
      const rows = await place.store.unit((unit) => unit.messages.recent(first.conversation, 5));
      expect(rows.map((row) => row.status)).toStrictEqual(["failed", "failed", "sent"]);
    }));

  test("before it was noted as sent is waited for; a send that goes on for long hears of it itself", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).say("在吗");
      await place.read();
      const message = await place.keep(place.conversation(CUSTOMER), "e1/1", "您好");
      place.platform.faults.failLater(4);
      await place.connection.channel.send(message);
      await place.read();
      expect(await inbox(place)).toStrictEqual([]);
      expect(await place.connection.channel.send({ ...message, attempts: 1 })).toStrictEqual({
        result: "refused",
        reason: "window_closed",
      });
    }));

  test("because the customer refuses us tells that they can't be reached", () =>
    withPlace(async (place) => {
      await place.platform.customer(CUSTOMER).say("在吗");
      await place.read();
      const message = await place.keep(place.conversation(CUSTOMER), "e1/1", "您好");
      place.platform.faults.loseCallbacks(true);
      place.platform.faults.failLater(10);
      await place.connection.channel.send(message);
      await place.store.unit((unit) => unit.messages.mark(message.seq, "sent", 1, place.clock.now()));
      place.platform.faults.loseCallbacks(false);
      await place.platform.customer(CUSTOMER).say("?");
      await place.read();
      expect((await inbox(place)).map((event) => event.kind).toSorted()).toStrictEqual(["reach", "undelivered"]);
    }));
});
