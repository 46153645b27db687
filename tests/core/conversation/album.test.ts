import { expect, test } from "vitest";
import type { Media } from "../../../core/spine/events.ts";
import { openBench } from "../../support/bench.ts";

const photo = (ref: string): Media => ({ kind: "photo", ref, name: null, mime: "image/jpeg" });

test("photos sent together stand in the transcript one by one and are acknowledged once", async () => {
  const bench = openBench();
  await bench.say("web:a", "你好");
  const before = (await bench.messages("web:a")).length;
  await bench.post("web:a", { kind: "media", media: photo("one"), text: null, more: [photo("two"), photo("three")] }, "album");
  await bench.engine.settle();
  const added = (await bench.messages("web:a")).slice(before);
  expect(added.filter((message) => message.from === "customer").map((message) => message.media?.ref)).toEqual(["one", "two", "three"]);
  expect(added.filter((message) => message.from === "bot")).toHaveLength(1);
});

test("a case is told how many photos came together", async () => {
  const bench = openBench();
  await bench.say("web:a", "我要投诉");
  await bench.post("web:a", { kind: "media", media: photo("one"), text: null, more: [photo("two")] }, "album");
  await bench.engine.settle();
  expect((await bench.notices()).at(-1)?.text).toContain("×2");
});
