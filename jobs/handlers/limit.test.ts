import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLimit } from './limit.ts';

test('no more than allowed run at once, in the order in which they came, and a failure lets the next one in', async () => {
  const limit = createLimit(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = (n: number) => async (): Promise<number> => {
    begun.push(n);
    running += 1;
    most = Math.max(most, running);
    await pause(5);
    running -= 1;
    if (n === 1) throw new Error('one');
    return n;
  };
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => limit(work(n))));
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});
