/** Chance that can be repeated: the same seed gives the same choices, as far as the timing of processes allows. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number;
  /** Whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with this probability. */
  happens(probability: number): boolean;
  /** A source of its own, for someone who acts beside the others. */
  branch(): Chance;
}

/** Mulberry32: small, fast, good enough to scatter kills and customers. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    happens: (probability) => next() < probability,
    branch: () => createChance(Math.floor(next() * 4_294_967_296)),
  };
}
