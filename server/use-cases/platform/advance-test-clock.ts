/** Moves the test clock so that everything in between happens in order: from due instant to due instant, each drained. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { listLiveWorkers } from '#db/queries/workers.ts';
import { countDueWork, findNextInstant, setTestClock } from '#db/queries/test-clock.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';
import { sweep } from '../engine/sweep.ts';

const lookEveryMs = 25;
/** Work that does not become less for so long is taken as work that cannot be done now. */
const patienceMs = 8_000;

/** Advances to `to`, which must lie ahead. Needs a worker. Throws `conflict` for a time in the past, and `unavailable`
 *  when nothing works off what is due. */
export async function advanceTestClock(db: Db, to: Date): Promise<void> {
  const start = await now(db);
  if (to < start) throw new DomainError('conflict', `The clock stands at ${start.toISOString()} and only goes ahead.`);
  if ((await listLiveWorkers(db)).length === 0) {
    throw new DomainError(
      'unavailable',
      'No worker is running, so nothing that becomes due would happen. Start one with `npm run worker`.',
    );
  }
  await drain(db);
  for (;;) {
    const at = await now(db);
    const next = await findNextInstant(db, at, to);
    if (!next) break;
    await setTestClock(db, next);
    await drain(db);
  }
  if ((await now(db)) < to) await setTestClock(db, to);
  await drain(db);
}

/** Waits until nothing is due, queued for now or under way. */
async function drain(db: Db): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let sinceMs = performance.now();
  for (let turn = 0; ; turn++) {
    const left = await countDueWork(db);
    if (left === 0) return;
    if (left < least) {
      least = left;
      sinceMs = performance.now();
    }
    if (performance.now() - sinceMs > patienceMs) {
      if ((await listLiveWorkers(db)).length > 0) return;
      throw new DomainError('unavailable', `The workers are gone while ${left} things are due. Start one with \`npm run worker\`.`);
    }
    if (turn % 20 === 0) await sweep(db);
    await pause(lookEveryMs);
  }
}
