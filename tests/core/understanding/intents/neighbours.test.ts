import { describe, expect, test } from "vitest";
import type { SparseVector } from "../../../../core/understanding/intents/linear.ts";
import { collectNeighbours, createNeighbourhood } from "../../../../core/understanding/intents/neighbours.ts";

const vector = (weights: Readonly<Record<number, number>>): SparseVector => ({
  indexes: Int32Array.from(Object.keys(weights), Number),
  values: Float32Array.from(Object.values(weights)),
});
const [STATUS, PRICE] = [2, 5];

describe("the neighbours of a message", () => {
  const taught = [
    { vector: vector({ 0: 0.8, 1: 0.6 }), intent: STATUS, text: "is it ready" },
    { vector: vector({ 0: 0.8, 2: 0.6 }), intent: STATUS, text: "is it done" },
    { vector: vector({ 3: 1 }), intent: PRICE, text: "price" },
  ];
  const ask = createNeighbourhood(collectNeighbours(taught, 5));

  test("are the wordings that share its tokens, the likest first", () => {
    const { votes, nearest } = ask(vector({ 0: 0.8, 1: 0.6 }));
    expect(nearest.map(({ wording }) => taught[wording]!.text)).toEqual(["is it ready", "is it done"]);
    expect(nearest[0]!.likeness).toBeCloseTo(1, 1);
    expect(nearest[1]!.likeness).toBeCloseTo(0.64, 1);
    expect(votes[STATUS]).toBe(1);
    expect(votes[PRICE]).toBe(0);
  });

  test("vote the more the likelier they are", () => {
    const { votes } = ask(vector({ 0: 0.4, 3: 0.9 }));
    expect(votes[PRICE]!).toBeGreaterThan(0.9);
    expect(votes[STATUS]! + votes[PRICE]!).toBeCloseTo(1);
  });

  test("of one message say nothing of the next", () => {
    const before = ask(vector({ 3: 1 }));
    ask(vector({ 0: 1 }));
    expect(ask(vector({ 3: 1 }))).toEqual(before);
  });

  test("are none when nothing taught is like it, or it is as long as a story", () => {
    expect(ask(vector({ 4: 1 })).nearest).toEqual([]);
    const long = Object.fromEntries(Array.from({ length: 401 }, (_, i) => [i, 0.05]));
    const many = createNeighbourhood(collectNeighbours([{ vector: vector(long), intent: STATUS, text: "story" }], 401));
    expect(many(vector(long)).nearest).toEqual([]);
    expect(many(vector({ 0: 1 })).nearest).toEqual([]);
    expect([...ask(vector({ 4: 1 })).votes].every((vote) => vote === 0)).toBe(true);
  });

  test("share no token that most wordings have: it tells none of them from the others", () => {
    const crowd = Array.from({ length: 1_501 }, (_, i) => ({ vector: vector({ 0: 0.9, [1 + (i % 2)]: 0.4 }), intent: STATUS, text: "x" }));
    expect(collectNeighbours(crowd, 3).starts[1]).toBe(0);
  });

  test("are fifteen at most", () => {
    const crowd = Array.from({ length: 40 }, (_, i) => ({
      vector: vector({ 0: 0.2 + i / 50 }),
      intent: i < 25 ? STATUS : PRICE,
      text: `${i}`,
    }));
    const { nearest, votes } = createNeighbourhood(collectNeighbours(crowd, 1))(vector({ 0: 1 }));
    expect(nearest.map(({ wording }) => wording)).toEqual(Array.from({ length: 15 }, (_, i) => 39 - i));
    expect(votes[PRICE]).toBe(1);
  });
});
