import { expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { understanderFor } from "../../../bots/understanding.ts";
import { newFactSheet } from "../../../core/conversation/facts.ts";
import { FLOWS } from "../../../core/conversation/flows.ts";
import type { ConversationState } from "../../../core/conversation/state.ts";
import { takeTurn } from "../../../core/conversation/turn.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");

/** A booking half-way, as the appliance profile's conversation keeps it. */
async function halfWay(): Promise<ConversationState> {
  const profile = loadProfile("appliance", "en");
  const understander = await understanderFor("appliance", profile, "data");
  const model = createBusinessModel(profile);
  const sheet = { ...newFactSheet(), file: { customer: null, bookings: [], orders: [], cases: [] } };
  const event = { kind: "message", text: "冰箱不制冷,浦东新区张杨路500号3栋1202" } as const;
  return takeTurn({ model, understander, flows: FLOWS }, { entry: "web:a:1", conversation: "web:a", now: NOW }, null, event, sheet).state;
}

test("a product that left the profile in the middle of a booking is asked for anew, with everything else kept", async () => {
  const before = await halfWay();
  expect(before.stack[0]?.raw).toHaveProperty("product");
  const profile = loadProfile("appliance", "en");
  const without = { ...profile, products: profile.products.filter((product) => product.id !== "fridge") };
  const model = createBusinessModel(without);
  expect(model.version).not.toBe(createBusinessModel(profile).version);
  const understander = await understanderFor("appliance", without, "data");
  const sheet = { ...newFactSheet(), file: { customer: null, bookings: [], orders: [], cases: [] } };
  const after = takeTurn(
    { model, understander, flows: FLOWS },
    { entry: "web:a:2", conversation: "web:a", now: NOW + 1_000 },
    before,
    { kind: "message", text: "王先生 13800138000" },
    sheet,
  );
  expect(after.state.asked?.slot).toBe("product");
  expect(after.state.stack[0]?.raw).toMatchObject({ address: "浦东新区张杨路500号3栋1202", contact: { phone: "+8613800138000" } });
});

test("a flow that is gone is left out of what is under way, and the customer is answered", async () => {
  const before = await halfWay();
  const stack = [{ ...before.stack[0]!, flow: "gone" }];
  const profile = loadProfile("appliance", "en");
  const model = createBusinessModel(profile);
  const understander = await understanderFor("appliance", profile, "data");
  const sheet = { ...newFactSheet(), file: { customer: null, bookings: [], orders: [], cases: [] } };
  const after = takeTurn(
    { model, understander, flows: FLOWS },
    { entry: "web:a:2", conversation: "web:a", now: NOW + 1_000 },
    { ...before, version: "older", stack, asked: null },
    { kind: "message", text: "你好" },
    sheet,
  );
  expect(after.state.stack).toEqual([]);
  expect(after.messages.some((message) => message.from === "bot")).toBe(true);
});
