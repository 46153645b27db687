import { afterEach, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import type { Fault } from "../../emulators/wecom/platform.ts";
import { type ChannelService, openWecomService } from "../service.ts";
import type { WecomPlace } from "./support.ts";

let service: ChannelService<WecomPlace>;
afterEach(async () => {
  expect(service.errors).toEqual([]);
  await service.close();
});

describe("through WeChat customer service, with the real engine,", () => {
  test("what comes too late for the window becomes a task for staff, and is never shown as sent", async () => {
    service = await openWecomService("appliance");
    const wang = service.place.platform.customer("wmWang");
    await wang.say("空调不制冷了，11月27日下午3点能来吗，徐汇区漕溪北路88号12楼1203，李建军 13916628451");
    await service.settle();
    await wang.press("确认");
    await service.settle();
    const shown = wang.seen().length;
    await service.wait(5 * 24 * HOUR_MS);
    expect(wang.seen()).toHaveLength(shown);
    const kept = await service.place.store.unit((unit) => unit.messages.list(service.place.conversation("wmWang"), 0, 100));
    expect(kept.filter((message) => message.status === "failed").length).toBeGreaterThan(0);
    const cases = await service.place.store.unit((unit) => unit.records.all("case", "", 10));
    expect(cases.map((one) => ("tags" in one ? one.tags : []))).toContainEqual(["undelivered"]);
  });

  test("every message is answered once while callbacks come twice, get lost and are late, and the platform refuses, breaks and forgets", async () => {
    service = await openWecomService("appliance");
    const { platform } = service.place;
    const people = Array.from({ length: 6 }, (_, index) => platform.customer(`wmC${index}`));
    platform.faults.repeatCallbacks(2);
    const faults: readonly Fault[] = [
      { errcode: 45009 },
      "reset_after",
      { status: 503 },
      "reset_before",
      { errcode: -1 },
      "reset_after",
      "garbage",
      { errcode: 42001 },
    ];
    for (let round = 0; round < 3; round++) {
      for (const fault of faults) platform.faults.next("kf/send_msg", fault);
      platform.faults.next("kf/sync_msg", { errcode: 95007 });
      platform.faults.next("kf/sync_msg", "reset_after");
      platform.faults.emptyPages(2);
      platform.faults.pageSize(2);
      // The callbacks of half of them are lost; the others' wake the reading of all.
      platform.faults.loseCallbacks(true);
      await Promise.all(people.slice(0, 3).map((person) => person.say("你们几点开门")));
      platform.faults.loseCallbacks(false);
      await Promise.all(people.slice(3).map((person) => person.say("你们几点开门")));
      await service.wait(20 * MINUTE_MS);
      platform.faults.expireTokens();
      await service.place.restart();
    }
    const history = await service.place.store.unit((unit) => unit.inbox.history(0, 1_000));
    expect(history.filter((entry) => entry.event.kind === "message")).toHaveLength(18);
    for (const person of people) {
      const kept = await service.place.store.unit((unit) => unit.messages.list(service.place.conversation(person.id), 0, 100));
      const ours = kept.filter((message) => message.from === "bot");
      expect(ours.every((message) => message.status === "sent")).toBe(true);
      // What waited together left together; in order, each once.
      expect(
        person
          .seen()
          .map((one) => one.text)
          .join("\n\n"),
      ).toBe(ours.map((message) => message.text).join("\n\n"));
      expect(ours.length).toBeGreaterThanOrEqual(3);
    }
  });
});
