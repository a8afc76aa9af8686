/** What a benchmark prints: one measured value, and the peer or limit that it is held against. */
import type { Db } from '#db/client.ts';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** `value` against `against`, measured in the same run; null where there is no peer. */
  readonly ratio: number | null;
  readonly against: string | null;
  /** What is wanted, in words. */
  readonly target: string;
  readonly pass: boolean;
}

/** An empty, migrated database of its own on the embedded server. */
export interface Bench {
  readonly db: Db;
  readonly connectionString: string;
}

export type Benchmark = (bench: Bench) => Promise<Figure[]>;

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

export function perSecond(count: number, tookMs: number): number {
  return Math.round((count / tookMs) * 1_000);
}

/** What 95 of 100 stay within, to a tenth. */
export function p95(milliseconds: readonly number[]): number {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return Math.round((sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0) * 10) / 10;
}
