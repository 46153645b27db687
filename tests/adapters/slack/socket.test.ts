import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AnxinError } from "../../../core/errors.ts";
import { createIntake } from "../../../core/spine/index.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSlackPlace, type SlackPlace } from "./support.ts";

let place: SlackPlace;
beforeEach(async () => {
  place = await openSlackPlace({ settings: { appToken: "xapp-1-A0ANXIN-1-socket", signingSecret: null } });
  place.slack.requestUrl = null;
});
afterEach(() => place.close());

const texts = async (): Promise<unknown[]> => (await place.entries()).map((entry) => (entry.event as { text?: string }).text);

describe("Socket Mode", () => {
  test("needs no route: there is none", async () => {
    expect((await fetch(`${place.url}/channels/slack`, { method: "POST", body: "{}" })).status).toBe(404);
  });

  test("brings messages, presses, forms and commands as HTTP does", async () => {
    const customer = place.slack.customer("U0WANG");
    const staff = place.slack.staff("U0CHEN");
    await customer.say("空调不制冷");
    await place.connection.channel.send(
      await place.keep(`slack:${customer.channel}`, "b1", "什么时间？", { buttons: [{ id: "t1", label: "明天" }] }),
    );
    await customer.press("明天");
    await customer.shortcut("book");
    expect(await customer.submit({ fault: "x", phone: "1" })).toMatchObject({ closed: false, errors: { phone: expect.any(String) } });
    expect(await customer.submit({ fault: "x" })).toEqual({ closed: true, errors: {} });
    expect((await staff.command("list")).body).toContain("已提交");
    expect((await place.entries()).map((entry) => entry.event.kind)).toEqual(["message", "press", "form"]);
    expect(place.acts).toHaveLength(1);
  });

  test("acknowledges only what is stored, and Slack brings the rest again", async () => {
    await place.close();
    let refusals = 0;
    place = await openSlackPlace({
      // After so long Slack takes it for not acknowledged.
      ackMs: 500,
      settings: { appToken: "xapp-1-A0ANXIN-1-socket", signingSecret: null },
      intake: (store) => {
        const inner = createIntake(store, createInProcessWakeups(), async () => undefined);
        return {
          accept: (entries, beside) =>
            refusals++ === 0 ? Promise.reject(new AnxinError("overloaded", "too much waits")) : inner.accept(entries, beside),
        };
      },
    });
    place.slack.requestUrl = null;
    await place.slack.customer("U0WANG").say("在吗");
    expect(refusals).toBeGreaterThanOrEqual(2);
    expect(await texts()).toEqual(["在吗"]);
  });

  test("connects again at once when Slack recycles the connection or it breaks", async () => {
    const customer = place.slack.customer("U0WANG");
    let renewed = 0;
    for (const end of [() => place.slack.recycleSockets(), () => place.slack.cutSockets(), () => place.slack.recycleSockets()]) {
      const opened = place.slack.calls.filter((call) => call.method === "apps.connections.open").length;
      end();
      await place.slack.until(
        () => place.slack.calls.filter((call) => call.method === "apps.connections.open").length > opened && place.slack.sockets === 1,
      );
      await customer.say(`${++renewed}`);
    }
    expect(await texts()).toEqual(["1", "2", "3"]);
  });

  test("keeps trying while Slack refuses, without ending the process", async () => {
    const failures: unknown[] = [];
    const note = (reason: unknown): number => failures.push(reason);
    process.on("unhandledRejection", note);
    place.slack.faults.next(
      "apps.connections.open",
      { kind: "http", status: 503 },
      { kind: "reset" },
      { kind: "limited", seconds: 2 },
      { kind: "error", error: "internal_error" },
      { kind: "error", error: "invalid_auth" },
    );
    place.slack.cutSockets();
    await place.slack.until(() => place.slack.sockets === 1);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    expect(failures).toEqual([]);
    await place.slack.customer("U0WANG").say("在吗");
    expect(await texts()).toEqual(["在吗"]);
  });

  test("a start that fails says so and goes on by itself; asked again, it tells how it ended", async () => {
    await place.close();
    place = await openSlackPlace({ settings: { appToken: "xapp-1-A0ANXIN-1-socket", signingSecret: null }, firstFaults: 2 });
    await expect(place.connection.start()).rejects.toMatchObject({ code: "slack_socket" });
    await expect(place.connection.start()).resolves.toBeUndefined();
    await expect(place.connection.start()).resolves.toBeUndefined();
    expect(place.slack.sockets).toBe(1);
  });

  test("writes neither the token nor the address of the socket into the log", async () => {
    place.slack.faults.next("apps.connections.open", { kind: "error", error: "invalid_auth" });
    place.slack.cutSockets();
    await place.slack.until(() => place.slack.sockets === 1);
    const log = place.logged.join("\n");
    expect(log).toContain("slack socket");
    expect(log).not.toMatch(/xapp-|ticket-/);
  });
});
