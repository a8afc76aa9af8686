/** Chance that can be repeated: the same seed gives the same numbers. Mulberry32, public domain (Tommy Ettinger). */

export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  between(least: number, most: number): number;
  /** Up to `count` of `items`, in an order of chance. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    between: (least, most) => least + next() * (most - least),
    some(items, count) {
      const left = [...items];
      const picked = Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(next() * left.length), 1));
      return picked.flat();
    },
  };
}
