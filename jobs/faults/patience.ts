/** The battery's own statements, while the database comes and goes under them. */
import { setTimeout as pause } from 'node:timers/promises';
import { isPassing } from '#server/use-cases/engine/retry-on-conflict.ts';

const patienceMs = 120_000;

/** Runs `work` again while the database is away; it must be safe to run twice. */
export async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || performance.now() > untilMs) throw error;
      await pause(100);
    }
  }
}

export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  while (!(await patiently(condition))) {
    if (performance.now() > untilMs) throw new Error(`Waited too long until ${what}.`);
    await pause(10);
  }
}
