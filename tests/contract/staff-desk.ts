/** What people in a team chat can do, on every platform alike: the chat of the adapter before the engine's own staff intake. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MINUTE_MS } from "../../core/time.ts";
import type { ChannelService } from "../adapters/service.ts";
import type { FolkCustomer, FolkMember } from "../emulators/folk.ts";

/** What differs between platforms. */
export interface DeskMeans<Place> {
  /** From now on everything is delivered to us so many times. */
  copies(service: ChannelService<Place>, count: number): void;
  /** Somebody whom the profile doesn't know writes where a case stands. */
  stranger(service: ChannelService<Place>, text: string): Promise<unknown>;
}

/** Runs the contract. */
export function staffDeskContract<Place>(name: string, open: () => Promise<ChannelService<Place>>, means: DeskMeans<Place>): void {
  describe(`people in the team chat on ${name}`, () => {
    let service: ChannelService<Place>;
    let customer: FolkCustomer;
    let member: FolkMember;
    let staff: string;
    let number: string;

    beforeEach(async () => {
      service = await open();
      staff = service.profile.staff.find((one) => one.role === "representative")!.id;
      customer = service.folk.customer(1);
      member = service.folk.member(staff);
      await customer.say("我要投诉,师傅修完洗衣机把我家地板弄湿了一大片也不擦");
      await service.wait(MINUTE_MS);
      const [found] = await service.engine.store.unit((unit) => unit.records.casesOf(customer.conversation));
      number = found!.number;
    });
    afterEach(async () => {
      expect(service.errors).toEqual([]);
      await service.close();
    });

    const toCustomer = (): string =>
      customer
        .seen()
        .map((one) => one.text)
        .join("\n");
    const acts = async () =>
      (await service.engine.store.unit((unit) => unit.inbox.history(0, 1_000))).flatMap(({ event }) =>
        event.kind === "desk" ? [event] : [],
      );
    const owner = async () => (await service.engine.store.unit((unit) => unit.records.case(number)))!.owner;

    test("a button does what it says, once, however often its press arrives", async () => {
      means.copies(service, 3);
      await member.press("接单");
      await service.wait(MINUTE_MS);
      expect(await owner()).toBe(staff);
      expect((await acts()).filter(({ command }) => command.do === "claim")).toHaveLength(1);
    });

    test("a reply goes to the customer, once, however often it arrives", async () => {
      await member.press("接单");
      await service.wait(MINUTE_MS);
      means.copies(service, 3);
      await member.say("/reply 我们明天上门看地板", number);
      await service.wait(MINUTE_MS);
      expect(toCustomer().split("我们明天上门看地板")).toHaveLength(2);
      expect((await acts()).filter(({ command }) => command.do === "reply")).toMatchObject([{ by: staff, via: name }]);
    });

    test("plain words where a case is worked are a note that the customer never sees", async () => {
      await member.press("接单");
      await member.say("这位客户上个月也来过", number);
      await service.wait(MINUTE_MS);
      expect(toCustomer()).not.toContain("上个月");
      expect((await acts()).map(({ command }) => command)).toContainEqual({ do: "note", case: number, text: "这位客户上个月也来过" });
    });

    test("what a notice lets staff do is done with one tap; the next tap changes nothing and says so", async () => {
      await member.press("接单");
      await member.say("/reply 我们明天下午三点前给您回电", number);
      await service.wait(MINUTE_MS);
      const promises = () => service.engine.store.unit((unit) => unit.records.open("promise", 10));
      const [noted] = await promises();
      expect(noted).toMatchObject({ confirmed: false });
      means.copies(service, 3);
      await member.press("是承诺");
      await service.wait(MINUTE_MS);
      expect(await promises()).toMatchObject([{ number: noted!.number, confirmed: true }]);
      expect((await acts()).filter(({ command }) => command.do === "workshop")).toHaveLength(1);
      means.copies(service, 1);
      await member.press("是承诺");
      await service.wait(MINUTE_MS);
      const room = service.folk
        .room()
        .map((one) => one.text)
        .join("\n");
      expect(room).toContain(`承诺 ${noted!.number}`);
      expect(room).toContain("之前已确认");
      expect(await service.engine.store.unit((unit) => unit.staff.failed(10))).toEqual([]);
    });

    test("somebody whom the profile doesn't know can do nothing", async () => {
      await means.stranger(service, `/resolve ${number} 没事了`);
      await service.wait(MINUTE_MS);
      expect(await acts()).toEqual([]);
      expect(toCustomer()).not.toContain("没事了");
      expect((await service.engine.store.unit((unit) => unit.records.case(number)))!.status).not.toBe("resolved");
    });

    test("what the customer says to the one who has the case stands with it", async () => {
      await member.press("接单");
      await service.wait(MINUTE_MS);
      await customer.say("那你们快点");
      await service.wait(MINUTE_MS);
      expect(
        service.folk
          .room()
          .map((one) => one.text)
          .join("\n"),
      ).toContain("那你们快点");
      expect(await service.engine.store.unit((unit) => unit.staff.failed(10))).toEqual([]);
    });
  });
}
