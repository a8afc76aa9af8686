/** `npm run clock -- set 2026-11-27T17:50:00-03:00` and `npm run clock -- advance 3d`: moves the test clock of web, worker
 *  and database. What is due in between has happened, in order, when the command returns. */
import { closeAlarms } from '#jobs/queues/boss.ts';
import { createDb, createPool } from '#db/client.ts';
import { now } from '#server/platform/clock.ts';
import { advanceTestClock } from '#server/use-cases/platform/advance-test-clock.ts';
import { parseDuration } from './duration.ts';
import { prepareEnvironment } from './environment.ts';
import { runCommand } from './failure.ts';
import { openDatabase } from './open-database.ts';

const usage =
  'Say where to: npm run clock -- set 2026-11-27T17:50:00-03:00, or npm run clock -- advance 3d (weeks w, days d, hours h, minutes m).';

await runCommand(async () => {
  const env = prepareEnvironment('development');
  if (env.ANDANTE_CLOCK !== 'test') {
    throw new Error('Time cannot be moved here. Start web, worker and this command with ANDANTE_CLOCK=test; see docs/guides/operating.md.');
  }
  const [verb, argument = ''] = process.argv.slice(2);
  const database = await openDatabase();
  const db = createDb(createPool(database.url, { max: 2, testClock: true }));
  try {
    await advanceTestClock(db, target(verb, argument, await now(db)));
    console.log(`It is ${(await now(db)).toISOString()}.`);
  } finally {
    await closeAlarms();
    await db.destroy();
    await database.stop();
  }
});

function target(verb: string | undefined, argument: string, from: Date): Date {
  const milliseconds = verb === 'advance' ? parseDuration(argument) : null;
  if (milliseconds !== null) return new Date(from.getTime() + milliseconds);
  if (verb === 'set' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(argument)) return new Date(argument);
  throw new Error(usage);
}
