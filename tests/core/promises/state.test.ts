import { describe, expect, test } from "vitest";
import { createPromiseTally, evolvePromise, type PromiseEvent, type TimePromise } from "../../../core/promises/state.ts";

const made: PromiseEvent = {
  type: "promise_made",
  at: 1,
  promise: { number: "P1", conversation: "web:a", customerId: "U1", about: "W1", words: "", by: "rep", confirmed: true, dueAt: 100 },
};
const play = (...events: readonly PromiseEvent[]): TimePromise =>
  events.reduce<TimePromise | null>((state, event) => evolvePromise(state, event), null)!;
const kept: PromiseEvent = { type: "promise_kept", at: 90, by: "rep" };
const renewed: PromiseEvent = { type: "promise_renewed", at: 80, by: "rep", to: 200 };
const broken: PromiseEvent = { type: "promise_broken", at: 101, to: 160 };

describe("evolvePromise: given a promise, when an event, then the promise", () => {
  test("kept by its time", () => expect(play(made, kept)).toMatchObject({ status: "kept", dueAt: 100, closedAt: 90, broken: 0 }));
  test("a new time keeps the old one on record", () =>
    expect(play(made, renewed)).toMatchObject({ status: "open", dueAt: 200, renewals: [{ at: 80, from: 100, to: 200, by: "rep" }] }));
  test("broken once it stays open with the new time that was told", () =>
    expect(play(made, broken)).toMatchObject({ status: "open", broken: 1, dueAt: 160, renewals: [{ by: "bot" }] }));
  test("broken again without a further time it is closed as broken", () =>
    expect(play(made, broken, { type: "promise_broken", at: 161, to: null })).toMatchObject({
      status: "broken",
      broken: 2,
      closedAt: 161,
    }));
  test("a promise about the same order may be made again after it was kept", () =>
    expect(play(made, kept, { ...made, at: 300 })).toMatchObject({ status: "open", broken: 0, createdAt: 1 }));
  test("nothing happens to a promise that was never made", () => expect(() => evolvePromise(null, kept)).toThrow(RangeError));
});

test("the kept rate counts those kept, those told of a later time before, those broken, and leaves out what was withdrawn", () => {
  const promises = [
    play(made, kept),
    play(made, renewed, kept),
    play(made, broken, kept),
    play(made, broken, { type: "promise_broken", at: 161, to: null }),
    play(made, { type: "promise_withdrawn", at: 2, by: "rep" }),
    play(made),
  ];
  const tally = createPromiseTally();
  expect(tally.result().keptPercent).toBeNull();
  for (const promise of promises) tally.add(promise);
  expect(tally.result()).toEqual({ closed: 4, kept: 1, keptLater: 1, broken: 2, open: 1, keptPercent: 50 });
});
