/** Links that say what they hang on: made by the command, opened by a customer, heard by the engine. */
import { afterEach, describe, expect, test } from "vitest";
import { makeLinks } from "../../../bots/commands/link.ts";
import { parseScene, sceneOf } from "../../../core/conversation/scene.ts";
import { type ChannelService, openTelegramService, openWecomService } from "../../adapters/service.ts";

describe("a scene", () => {
  test.each([
    [{ product: "ac" }, "product-ac"],
    [{ serial: "SN 1", product: "ac" }, "product-ac~serial-SN 1"],
    [{ plate: "沪A12345", order: "W1" }, "plate-沪A12345~order-W1"],
  ])("of %j is written and read", (facts, written) => {
    expect(sceneOf(facts)).toBe(written);
    expect(Object.fromEntries(parseScene(written))).toEqual(facts);
  });

  test.each([[{ serial: "a~b" }], [{ serial: " " }], [{ serial: "x".repeat(61) }]])("of %j is refused", (facts) => {
    expect(() => sceneOf(facts)).toThrow("serial");
  });
});

describe("the link", () => {
  let service: ChannelService<unknown>;
  afterEach(() => service.close());
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);

  test("of WeChat Work brings the product to the talk", async () => {
    const opened = await openWecomService("appliance");
    service = opened;
    const { profile, place } = opened;
    const channels = { wecom: place.settings, telegram: null, slack: null };
    lines.length = 0;
    expect(await makeLinks(channels, profile, { product: profile.products[0]!.id, serial: "SN2026" }, print)).toBe(true);
    const url = new URL(/https:\S+/.exec(lines[0]!)![0]);
    const scene = url.searchParams.get("scene_param")!;
    expect(scene).toBe(`product-${profile.products[0]!.id}~serial-SN2026`);
    const customer = place.platform.customer("wmScans");
    await customer.enter({ scene: "label", scene_param: scene });
    await opened.settle();
    expect(
      customer
        .seen()
        .map((one) => one.text)
        .join("\n"),
    ).toContain(profile.products[0]!.name["zh-CN"]);
  });

  test("of Telegram opens the chat with it, and one that Telegram would not take is not made", async () => {
    const opened = await openTelegramService("appliance");
    service = opened;
    const { profile, place } = opened;
    const channels = { wecom: null, telegram: place.settings, slack: null };
    lines.length = 0;
    expect(await makeLinks(channels, profile, { product: profile.products[0]!.id }, print)).toBe(true);
    const scene = /\?start=(\S+)/.exec(lines[0]!)![1]!;
    const customer = place.telegram.customer(4_001, { language: "zh-hans" });
    await customer.start(scene);
    await opened.settle();
    expect(
      customer
        .seen()
        .map((one) => one.text)
        .join("\n"),
    ).toContain(profile.products[0]!.name["zh-CN"]);
    expect(await makeLinks(channels, profile, { plate: "沪A12345" }, print)).toBe(false);
  });

  test("of a product that the shop has not is refused, with those that it has", async () => {
    const opened = await openTelegramService("appliance");
    service = opened;
    lines.length = 0;
    expect(await makeLinks({ wecom: null, telegram: null, slack: null }, opened.profile, { product: "spaceship" }, print)).toBe(false);
    expect(lines[0]).toContain(opened.profile.products[0]!.id);
  });
});
