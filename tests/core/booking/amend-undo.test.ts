import { expect, test } from "vitest";
import type { Understander } from "../../../core/understanding/types.ts";
import { openBench } from "../../support/bench.ts";
import { product, tinyProfile } from "../../support/profile.ts";
import { createTestUnderstander } from "../../support/understander.ts";

test("another address takes the hours of its way; taking it back restores words, way and neighbours to the minute", async () => {
  const words = { "zh-CN": ["机器"], "zh-TW": ["機器"], en: ["machine"] };
  const profile = tinyProfile({
    products: [product("machine", { words, place: "visit" })],
    booking: {
      zones: [
        { id: "near", words: ["静安"], travelMinutes: 10 },
        { id: "far", words: ["松江"], travelMinutes: 60 },
      ],
    },
  });
  const base = createTestUnderstander(profile);
  const understander: Understander = {
    ...base,
    understand: (text, context) => ({ ...base.understand(text, context), ...(text === "撤销" ? { signals: ["undo"] } : {}) }),
  };
  const bench = openBench({ profile, understander });
  const spans = async () => (await bench.store.unit((unit) => unit.agenda.days("2026-11-24", "2026-11-24"))).flatMap((day) => day.busy);
  await bench.say("web:a", "机器坏了,明天下午两点,静安区愚园路 168 号 501 室,王芳 13800138000");
  await bench.say("web:a", "确认");
  const before = await spans();
  const [booked] = await bench.bookings();
  expect(before).toHaveLength(1);

  await bench.say("web:a", "地址改到松江区人民北路 88 号 3 幢 201");
  await bench.say("web:a", "确认");
  const moved = await spans();
  expect(moved).toHaveLength(1);
  expect(moved[0]!.end - moved[0]!.start).toBeGreaterThan(before[0]!.end - before[0]!.start);

  await bench.say("web:a", "撤销");
  expect(await spans()).toEqual(before);
  const { updatedAt: _now, ...restored } = (await bench.bookings())[0]!;
  const { updatedAt: _then, ...first } = booked!;
  expect(restored).toEqual(first);
  expect(bench.errors).toStrictEqual([]);
  await bench.store.close();
});
