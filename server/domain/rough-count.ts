/** Numbers beside lists: exact up to 10,000, and honestly approximate above. */
export interface RoughCount {
  readonly count: number;
  /** False: an estimate from a sample, rounded to one digit or two. */
  readonly isExact: boolean;
}

/** Counted one by one up to so many. */
export const exactUpTo = 10_000;

/** An estimate above this says for sure that they are more than `exactUpTo`. */
export const surelyMany = 15_000;

/** What `matching` of a sample stand for when each stands for `weight`. A second digit is worth something from a hundred on. */
export function estimated(matching: number, weight: number): number {
  return rounded(matching * weight, matching < 100 ? 1 : 2);
}

/** To so many digits that count. */
export function rounded(count: number, digits: number): number {
  return Number(count.toPrecision(digits));
}
